import { sessionsOfWeek } from "#src/calendar/weeks.ts";
import { regimeGrid } from "#src/charts/regime-grid.ts";
import { calendarOf } from "#src/domain/calendar.ts";
import type { Fact } from "#src/domain/fact.ts";
import type { Figure } from "#src/domain/figure.ts";
import type { Column } from "#src/domain/panel.ts";
import type { Place, Say } from "#src/domain/say.ts";
import type { Refusal, Statement } from "#src/domain/statement.ts";
import type { Table } from "#src/domain/table.ts";
import type { IsoDate } from "#src/domain/time.ts";
import type { Measured } from "#src/metrics/result.ts";
import { gridRules, type TrendVolatility, trendVolatility } from "#src/metrics/trend-volatility.ts";
import { grade, proseName, sessionCount, shortName, staleness } from "#src/sections/market.ts";
import { type Section, type SectionContext, say } from "#src/sections/section.ts";

/** A market in its cell of the grid. */
interface Placed {
  readonly column: Column;
  readonly cell: TrendVolatility;
  /** Sessions of volatility that its percentile was taken among. */
  readonly n: number;
  readonly facts: ReturnType<typeof regimeFacts>;
}

/** Where each market stands on the trend and volatility grid. */
export function regime(context: SectionContext): Section {
  const columns = context.workspace.regime.map((id) => context.panel.column(id));
  const measured = columns.map((column) => regimeOf(context, column));
  const placed = columns.flatMap((column, i) => place(context, column, measured[i]) ?? []);
  const statements = placed.map(statement);
  const rarest = statements.toSorted((a, b) => a.tail.share - b.tail.share)[0];
  const absent = columns.filter((column) => !placed.some((each) => each.column === column));
  const counted = placed.length > 0 ? counts(context, placed) : null;
  const claim = counted ? summaryClaim(placed, counted) : say("regime.none.claim");
  return {
    name: "regime",
    claim,
    standfirst: null,
    words: [
      counted && placed.length > 1 ? [say("regime.summary", counted)] : [],
      rarest?.text ?? [],
      [say("regime.method")],
    ].filter(({ length }) => length > 0),
    figures: counted ? [figure(placed, counted)] : [],
    tables: placed.length > 0 ? [table(context, placed)] : [],
    statements,
    refusals: columns.flatMap((column, i) => refusal(column, measured[i])),
    gaps: absent.map((column) => gap(context, column)),
  };
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

type Outcome = Measured<TrendVolatility> | undefined;

function place(context: SectionContext, column: Column, measured: Outcome): Placed | null {
  if (measured === undefined || measured.value === null) return null;
  const facts = regimeFacts(context, column, measured, measured.value);
  return { column, cell: measured.value, n: measured.n, facts };
}

function refusal({ series }: Column, measured: Outcome): readonly Refusal[] {
  if (measured === undefined || measured.value !== null) return [];
  const id = `regime.${series.id}`;
  return [{ id, word: "regime", section: "regime", reasons: measured.reasons, instead: null }];
}

function regimeFacts(
  { facts }: SectionContext,
  column: Column,
  measured: Measured<TrendVolatility>,
  cell: TrendVolatility,
) {
  const { id } = column.series;
  const shared = {
    ...grade(measured),
    series: [id],
    method: "J3 trend and volatility regime",
    params: { ...gridRules },
    window: { start: column.dates[0] ?? null, end: column.dates.at(-1) ?? null, n: measured.n },
  };
  const fact = (measure: string, value: number | string, unit: Fact["unit"]): Fact =>
    facts.add({ ...shared, id: `regime.${id}.${measure}`, value, unit });
  return {
    average: fact("price-to-average", cell.priceToAverage, "return"),
    momentum: fact("momentum", cell.momentum, "return"),
    volatility: fact("rv20", cell.rv20, "volatility"),
    percentile: fact("rv20-percentile", cell.rv20Percentile, "percentile"),
    since: fact("since", cell.since, "date"),
    history: fact("history", measured.n, "count"),
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
function summaryClaim(placed: readonly Placed[], counted: Places): Say {
  const [only] = placed;
  if (only !== undefined && placed.length === 1) return statement(only).claim;
  const size = (trend: TrendVolatility["trend"]) => placed.filter(({ cell }) => cell.trend === trend).length;
  const [most = "up", next = "down"] = (["up", "down", "mixed"] as const).toSorted(
    (a, b) => size(b) - size(a),
  );
  if (size(most) === size(next)) return say("regime.summary-claim.split", counted);
  return say(`regime.summary-claim.${size(most) === placed.length ? `all-${most}` : most}`, counted);
}

function statement({ column, cell, n, facts }: Placed): Statement {
  const { id } = column.series;
  const key = `${cell.trend}.${cell.volatility}`;
  const places = {
    average: { fact: facts.average.id },
    volatility: { fact: facts.volatility.id },
    percentile: { fact: facts.percentile.id },
    since: { fact: facts.since.id },
    n: { fact: facts.history.id },
  };
  const rank = cell.rv20Percentile / 100;
  // Overlapping windows: of n sessions, one in twenty is independent of the others (G20).
  const independent = Math.max(1, Math.floor(n / gridRules.volatility));
  return {
    id: `regime.${id}.${key}`,
    section: "regime",
    claim: say(`regime.claim.${key}`, { name: shortName(column.series) }),
    text: [
      say(`regime.text.${key}`, { ...places, name: proseName(column.series) }),
      say(`regime.percentile.${endOf(facts.percentile)}`, places),
      say(`regime.average.${facts.average.state}`, places),
    ],
    gate: {
      rule: "J3 trend and volatility regime",
      found: { trend: cell.trend, volatility: cell.volatility, since: cell.since },
    },
    tail: { share: Math.max(Math.min(rank, 1 - rank), 1 / independent), n: independent, record: false },
    stance: `${id}.regime:${key}`,
    proof: "regime.grid",
  };
}

/** A percentile that prints as 0 or 100 is said to be the end of its history: nothing is at the 0th percentile. */
function endOf({ value }: Fact): "bottom" | "middle" | "top" {
  const printed = Math.round(Number(value));
  if (printed <= 0) return "bottom";
  return printed >= 100 ? "top" : "middle";
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
function shortHistory({ column, n, facts }: Placed): readonly Say[] {
  if (n >= gridRules.history) return [];
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
