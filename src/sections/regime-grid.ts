import { sessionsOfWeek } from "#src/calendar/weeks.ts";
import { regimeGrid } from "#src/charts/regime-grid.ts";
import { calendarOf } from "#src/domain/calendar.ts";
import type { Figure } from "#src/domain/figure.ts";
import type { Place, Say } from "#src/domain/say.ts";
import type { Statement } from "#src/domain/statement.ts";
import type { Table } from "#src/domain/table.ts";
import { gridRules, type Trend, type TrendVolatility } from "#src/metrics/trend-volatility.ts";
import { shortName } from "#src/sections/market.ts";
import { lastClose, type Placed } from "#src/sections/regime-market.ts";
import { type SectionContext, say } from "#src/sections/section.ts";

type Places = Readonly<Record<string, Place>>;

/** The trend that a market counts in: none where its last session contradicts the confirmed one. */
const trendOf = ({ trend, isTrendContradicted }: TrendVolatility): Trend =>
  isTrendContradicted ? "mixed" : trend;

/** How many markets stand in each trend, and how many move much. */
export function counts({ facts }: SectionContext, placed: readonly Placed[]): Places {
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
      where((cell) => trendOf(cell) === "up"),
    ),
    down: count(
      "down",
      where((cell) => trendOf(cell) === "down"),
    ),
    mixed: count(
      "mixed",
      where((cell) => trendOf(cell) === "mixed"),
    ),
    high: count(
      "high-volatility",
      where((cell) => cell.volatility === "high" && !cell.isVolatilityContradicted),
    ),
  };
}

/** The trend that most markets share, or that they are split. */
export function summaryClaim(
  placed: readonly Placed[],
  counted: Places,
  statements: readonly Statement[],
): Say {
  const [only] = statements;
  if (only !== undefined && placed.length === 1) return only.claim;
  const size = (trend: Trend) => placed.filter(({ cell }) => trendOf(cell) === trend).length;
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

/** All markets in their cells. */
export function gridFigure(placed: readonly Placed[], counted: Places): Figure {
  const caption = (state: TrendVolatility["volatility"]) => say(`regime.volatility.${state}`);
  return {
    id: "regime.grid",
    claim: farthest(placed),
    unit: say("regime.figure.unit"),
    alt: say("regime.figure.alt", counted),
    notes: [say("regime.figure.note")],
    series: placed.map(({ column }) => column.series.id),
    size: "beside",
    spec: (words) =>
      regimeGrid(
        {
          points: placed.map(({ column, cell }) => ({
            name: words.name(column.series.short),
            trend: trendOf(cell),
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

/** All markets with the numbers that put them there. */
export function gridTable(context: SectionContext, placed: readonly Placed[]): Table {
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
        { say: say(`regime.trend.${cell.isTrendContradicted ? "doubt" : cell.trend}`) },
        { fact: facts.average.id },
        { fact: facts.momentum.id },
        { say: say(`regime.volatility.${cell.isVolatilityContradicted ? "doubt" : cell.volatility}`) },
        { fact: facts.volatility.id },
        { percentile: facts.percentile.id },
        { fact: facts.since.id },
      ],
    })),
    notes: [
      say("regime.method"),
      say("regime.table.note"),
      ...placed.flatMap((each) => [...closedWeek(context, each), ...shortHistory(each)]),
    ],
    series: placed.map(({ column }) => column.series.id),
    size: "wide",
  };
}
