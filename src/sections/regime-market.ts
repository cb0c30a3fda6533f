import type { Fact } from "#src/domain/fact.ts";
import type { Column } from "#src/domain/panel.ts";
import type { Say } from "#src/domain/say.ts";
import type { IsoDate } from "#src/domain/time.ts";
import { insufficient, type Measured, mapMeasured } from "#src/metrics/result.ts";
import { gridRules, type TrendVolatility, trendVolatility } from "#src/metrics/trend-volatility.ts";
import { grade, sessionCount, shortName, staleness, subjectOf } from "#src/sections/market.ts";
import { endOf } from "#src/sections/own-history.ts";
import { type Question, type SectionContext, say } from "#src/sections/section.ts";
import { rankTail } from "#src/sections/tail.ts";
import { marketRegime } from "#src/statements/rules/regime.ts";

/** A market, its cell of the grid or why it has none, and what the rules are asked about it. */
export interface Market {
  readonly column: Column;
  readonly measured: Measured<TrendVolatility>;
  readonly facts: ReturnType<typeof regimeFacts>;
  readonly question: Question;
}

/** A market in its cell of the grid. */
export interface Placed extends Market {
  readonly cell: TrendVolatility;
}

/** The market's cell of the grid, and what the rules are asked about it. */
export function marketOf(context: SectionContext, column: Column): Market {
  const measured = regimeOf(context, column);
  const facts = regimeFacts(context, column, measured);
  const of = <T extends string | boolean>(trait: (cell: TrendVolatility) => T) =>
    mapMeasured(measured, trait);
  const question: Question = {
    ladder: marketRegime,
    subject: {
      ...subjectOf(column.series),
      evidence: {
        trend: of(({ trend }) => trend),
        calmness: of(({ volatility }) => volatility),
        isContradicted: of((cell) => cell.isTrendContradicted || cell.isVolatilityContradicted),
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
  return insufficient(column.dates.length, late);
}

/** Why a market is not in the grid. */
export function gap(context: SectionContext, column: Column): Say {
  const name = shortName(column.series);
  const day = column.dates.at(-1);
  if (day === undefined || staleness(context, column) === null) return say("regime.gap", { name });
  return say("regime.stale", { name, date: { fact: lastClose(context, column, day).id } });
}

/** The day of the last close, as a fact. */
export const lastClose = ({ facts }: SectionContext, { series: { id } }: Column, day: IsoDate): Fact =>
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
      cell
        ? rankTail(cell.rv20Percentile, { n: measured.n, overlap: gridRules.volatility, side: "either" })
        : {},
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
