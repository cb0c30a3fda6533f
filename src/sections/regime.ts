import { sessionsOfWeek } from "#src/calendar/weeks.ts";
import { regimeGrid } from "#src/charts/regime-grid.ts";
import { calendarOf } from "#src/domain/calendar.ts";
import type { Fact } from "#src/domain/fact.ts";
import type { Figure } from "#src/domain/figure.ts";
import type { Column } from "#src/domain/panel.ts";
import type { Place, Say } from "#src/domain/say.ts";
import type { Statement } from "#src/domain/statement.ts";
import type { Table } from "#src/domain/table.ts";
import type { IsoDate } from "#src/domain/time.ts";
import { type Measured, mapMeasured } from "#src/metrics/result.ts";
import { gridRules, type TrendVolatility, trendVolatility } from "#src/metrics/trend-volatility.ts";
import { grade, sessionCount, shortName, staleness, subjectOf } from "#src/sections/market.ts";
import { endOf, rarityOf } from "#src/sections/own-history.ts";
import { type Draft, type Question, type SectionContext, say } from "#src/sections/section.ts";
import { marketRegime } from "#src/statements/rules/regime.ts";

/** A market, its cell of the grid or why it has none, and what the rules are asked about it. */
interface Market {
  readonly column: Column;
  readonly measured: Measured<TrendVolatility>;
  readonly facts: ReturnType<typeof regimeFacts>;
  readonly question: Question;
}

/** A market in its cell of the grid. */
interface Placed extends Market {
  readonly cell: TrendVolatility;
}

/** Where each market stands on the trend and volatility grid. */
export function regime(context: SectionContext): Draft {
  const markets = context.workspace.regime.map((id) => marketOf(context, context.panel.column(id)));
  const placed = markets.flatMap((each): readonly Placed[] =>
    each.measured.value === null ? [] : [{ ...each, cell: each.measured.value }],
  );
  const absent = markets.filter(({ measured }) => measured.value === null);
  return {
    questions: markets.map(({ question }) => question),
    page(answers) {
      const statements = placed.flatMap(({ question }) => answers(question).statement ?? []);
      const rarest = statements.toSorted((a, b) => a.tail.share - b.tail.share)[0];
      const counted = placed.length > 0 ? counts(context, placed) : null;
      return {
        name: "regime",
        claim: counted ? summaryClaim(placed, counted, statements) : say("regime.none.claim"),
        standfirst: null,
        words: [
          counted && placed.length > 1 ? [say("regime.summary", counted)] : [],
          rarest?.text ?? [],
          [say("regime.method")],
        ].filter(({ length }) => length > 0),
        figures: counted ? [figure(placed, counted)] : [],
        tables: placed.length > 0 ? [table(context, placed)] : [],
        refusals: [],
        gaps: absent.map(({ column }) => gap(context, column)),
      };
    },
  };
}

function marketOf(context: SectionContext, column: Column): Market {
  const measured = regimeOf(context, column);
  const facts = regimeFacts(context, column, measured);
  const of = <T extends string>(trait: (cell: TrendVolatility) => T) => mapMeasured(measured, trait);
  const question: Question = {
    ladder: marketRegime,
    subject: {
      ...subjectOf(column.series),
      evidence: {
        trend: of(({ trend }) => trend),
        calmness: of(({ volatility }) => volatility),
        average: facts.average,
        volatility: facts.volatility,
        percentile: facts.percentile,
        end: endOf(facts.percentile),
        since: facts.since,
        n: facts.history,
      },
      proof: "regime.grid",
    },
  };
  return { column, measured, facts, question };
}

/** The regime as of this week; a series that ends before it has none. */
function regimeOf(context: SectionContext, column: Column): Measured<TrendVolatility> {
  const late = staleness(context, column);
  if (late === null)
    return trendVolatility(column.dates, column.values, sessionCount(context, column.series));
  return { status: "insufficient", value: null, n: column.dates.length, reasons: [late] };
}

function gap(context: SectionContext, column: Column): Say {
  const name = shortName(column.series);
  const day = column.dates.at(-1);
  if (day === undefined || staleness(context, column) === null) return say("regime.gap", { name });
  return say("regime.stale", { name, date: { fact: lastClose(context, column, day).id } });
}

const lastClose = ({ facts }: SectionContext, { series: { id } }: Column, day: IsoDate): Fact =>
  facts.add({
    id: `regime.${id}.close.date`,
    value: day,
    unit: "date",
    series: [id],
    method: "last close",
  });

function regimeFacts({ facts }: SectionContext, column: Column, measured: Measured<TrendVolatility>) {
  const { id } = column.series;
  const { value: cell } = measured;
  const shared = {
    ...grade(measured),
    series: [id],
    method: "J3 trend and volatility regime",
    params: { ...gridRules },
    window: { start: column.dates[0] ?? null, end: column.dates.at(-1) ?? null, n: measured.n },
  };
  const fact = (
    measure: string,
    value: number | string | null,
    unit: Fact["unit"],
    stats: Fact["stats"] = {},
  ): Fact => facts.add({ ...shared, id: `regime.${id}.${measure}`, value, unit, stats });
  return {
    average: fact("price-to-average", cell?.priceToAverage ?? null, "return"),
    momentum: fact("momentum", cell?.momentum ?? null, "return"),
    volatility: fact("rv20", cell?.rv20 ?? null, "volatility"),
    percentile: fact(
      "rv20-percentile",
      cell?.rv20Percentile ?? null,
      "percentile",
      cell ? rarityOf(cell.rv20Percentile, measured.n, gridRules.volatility) : {},
    ),
    since: fact("since", cell?.since ?? null, "date"),
    history: facts.add({
      ...shared,
      status: "ok",
      reasons: [],
      id: `regime.${id}.history`,
      value: measured.n,
      unit: "count",
    }),
  };
}

type Places = Readonly<Record<string, Place>>;

/** How many markets stand in each trend, and how many move much. */
function counts({ facts }: SectionContext, placed: readonly Placed[]): Places {
  const series = placed.map(({ column }) => column.series.id);
  const count = (id: string, value: number): Place => ({
    fact: facts.add({ id: `regime.count.${id}`, value, unit: "count", series, method: "J3 markets counted" })
      .id,
  });
  const where = (holds: (cell: TrendVolatility) => boolean) =>
    placed.filter(({ cell }) => holds(cell)).length;
  return {
    n: count("markets", placed.length),
    up: count(
      "up",
      where(({ trend }) => trend === "up"),
    ),
    down: count(
      "down",
      where(({ trend }) => trend === "down"),
    ),
    mixed: count(
      "mixed",
      where(({ trend }) => trend === "mixed"),
    ),
    high: count(
      "high-volatility",
      where(({ volatility }) => volatility === "high"),
    ),
  };
}

/** The trend that most markets share, or that they are split. */
function summaryClaim(placed: readonly Placed[], counted: Places, statements: readonly Statement[]): Say {
  const [only] = statements;
  if (only !== undefined && placed.length === 1) return only.claim;
  const size = (trend: TrendVolatility["trend"]) => placed.filter(({ cell }) => cell.trend === trend).length;
  const [most = "up", next = "down"] = (["up", "down", "mixed"] as const).toSorted(
    (a, b) => size(b) - size(a),
  );
  if (size(most) === size(next)) return say("regime.summary-claim.split", counted);
  return say(`regime.summary-claim.${size(most) === placed.length ? `all-${most}` : most}`, counted);
}

/** The market farthest from its average. */
function farthest(placed: readonly Placed[]): Say {
  const [first] = placed.toSorted(
    (a, b) => Math.abs(b.cell.priceToAverage) - Math.abs(a.cell.priceToAverage),
  );
  if (first === undefined) return say("regime.none.claim");
  const places = {
    name: shortName(first.column.series),
    average: { fact: first.facts.average.id, signed: true },
  };
  return say("regime.figure.claim", places);
}

function figure(placed: readonly Placed[], counted: Places): Figure {
  const caption = (state: TrendVolatility["volatility"]) => say(`regime.volatility.${state}`);
  return {
    id: "regime.grid",
    claim: farthest(placed),
    unit: say("regime.figure.unit"),
    alt: say("regime.figure.alt", counted),
    notes: [],
    series: placed.map(({ column }) => column.series.id),
    size: "beside",
    spec: (words) =>
      regimeGrid(
        {
          points: placed.map(({ column, cell }) => ({
            name: words.name(column.series.short),
            trend: cell.trend,
            gap: cell.priceToAverage,
            percentile: cell.rv20Percentile,
          })),
          axes: {
            gap: words.say(say("regime.figure.gap")),
            percentile: words.say(say("regime.figure.percentile")),
          },
          captions: {
            calm: words.say(caption("calm")),
            normal: words.say(caption("normal")),
            high: words.say(caption("high")),
          },
        },
        words,
      ),
  };
}

/** A market with less than ten years of volatility is named, with the sessions that it has. */
function shortHistory({ column, measured, facts }: Placed): readonly Say[] {
  if (measured.n >= gridRules.history) return [];
  return [say("regime.table.short", { name: shortName(column.series), n: { fact: facts.history.id } })];
}

/** A market that did not meet all week is named, with the day of which its regime is. */
function closedWeek(context: SectionContext, { column }: Placed): readonly Say[] {
  const calendar = calendarOf(context.workspace.calendars, column.series);
  const day = column.dates.at(-1);
  if (day === undefined || sessionsOfWeek(calendar, context.week) > 0) return [];
  const date = lastClose(context, column, day);
  return [say("regime.table.closed", { name: shortName(column.series), day: { fact: date.id } })];
}

function table(context: SectionContext, placed: readonly Placed[]): Table {
  const head = (key: string, align: "left" | "right" = "right") => ({
    say: say(`regime.table.${key}`),
    align,
  });
  return {
    id: "regime.table",
    claim: say("regime.table.claim"),
    unit: say("regime.table.unit"),
    head: [
      head("market", "left"),
      head("trend", "left"),
      head("average"),
      head("momentum"),
      head("volatility-state", "left"),
      head("volatility"),
      head("percentile"),
      head("since"),
    ],
    rows: placed.map(({ column, cell, facts }) => ({
      head: say("page.name", { name: shortName(column.series) }),
      cells: [
        { say: say(`regime.trend.${cell.trend}`) },
        { fact: facts.average.id },
        { fact: facts.momentum.id },
        { say: say(`regime.volatility.${cell.volatility}`) },
        { fact: facts.volatility.id },
        { percentile: facts.percentile.id },
        { fact: facts.since.id },
      ],
    })),
    notes: [
      say("regime.table.note"),
      ...placed.flatMap((each) => [...closedWeek(context, each), ...shortHistory(each)]),
    ],
    series: placed.map(({ column }) => column.series.id),
    size: "wide",
  };
}
