import { type LagCorrelation, type LeadLag, leadLag, searchedP } from "#src/metrics/lead-lag.ts";
import { yearOnYear } from "#src/metrics/macro-spillover.ts";
import { monthEnds } from "#src/metrics/month-ends.ts";
import { monthNumber } from "#src/metrics/month-number.ts";
import type { Path } from "#src/metrics/panel.ts";
import { type Measured, mapMeasured } from "#src/metrics/result.ts";
import type { Theme } from "#src/sections/grid-basket.ts";
import type { Monthly } from "#src/sections/grid-spillover.ts";
import { proseName } from "#src/sections/market.ts";
import { factsOf } from "#src/sections/regime-data.ts";
import type { Question, SectionContext } from "#src/sections/section.ts";
import { themeLead } from "#src/statements/rules/grid.ts";

/**
 * Before or after which months of the basket's year the growth of a series goes with it most closely: a description. The p-value of the
 * closest of several lags is that times their number (Bonferroni), since it was looked for.
 */
export function leadQuestion(context: SectionContext, theme: Theme, monthly: Monthly): Question {
  const { series } = monthly.column;
  const measured = measure(theme, monthly);
  const { value } = measured;
  const closest = value === null ? null : closestOf(value);
  const fact = factsOf(context, `${theme.prefix}.lead.${series.id}`, {
    series: [...theme.series, series.id],
    method: "L3 lead-lag correlation of growth over twelve months, the closest of its lags",
    params: { most: 12, horizon: 12 },
    window: { n: closest?.pairs ?? 0 },
  });
  const of = (take: (row: LagCorrelation) => number): Measured<number> =>
    mapMeasured(measured, (found) => take(closestOf(found)));
  const p = closest === null || value === null ? null : searchedP(closest, value.lags.length);
  return {
    ladder: themeLead,
    subject: {
      id: `${theme.rule.basket}.${series.id}`,
      name: { name: theme.names.short },
      prose: { name: theme.names.prose },
      places: { series: proseName(series) },
      evidence: {
        correlation: fact(
          "correlation",
          of(({ correlation }) => correlation),
          "correlation",
          { stats: p === null ? {} : { p } },
        ),
        months: fact(
          "months",
          of(({ lag }) => Math.abs(lag)),
          "count",
        ),
        pairs: fact(
          "pairs",
          of(({ pairs }) => pairs),
          "count",
        ),
        order: closest === null ? null : orderOf(closest.lag),
      },
    },
  };
}

const orderOf = (lag: number): "before" | "before-one" | "after" | "after-one" | "together" => {
  if (lag === 0) return "together";
  const side = lag > 0 ? "before" : "after";
  return Math.abs(lag) === 1 ? `${side}-one` : side;
};

/** The strongest correlation of all lags; of equals the shortest. */
function closestOf({ lags }: LeadLag): LagCorrelation {
  const [first, ...others] = lags.toSorted(
    (a, b) => Math.abs(b.correlation) - Math.abs(a.correlation) || Math.abs(a.lag) - Math.abs(b.lag),
  );
  if (first === undefined) throw new RangeError(`closestOf requires a lag, got ${others.length}`);
  return first;
}

/** Growth of both over twelve months, in the months since the last that lacks one of them. */
function measure({ dates, basket }: Theme, { first, values }: Monthly): Measured<LeadLag> {
  const ends = monthEnds(dates).map(
    ({ month, index }) => [monthNumber(month), basket.level[index] ?? null] as const,
  );
  const levels = new Map(ends);
  const own = yearOnYear(values.map((_, i) => levels.get(first + i) ?? null));
  const growth = yearOnYear(values);
  const pairs = lastRun(own, growth);
  return leadLag(
    pairs.map(([x]) => x),
    pairs.map(([, y]) => y),
  );
}

function lastRun(a: Path, b: Path): readonly (readonly [number, number])[] {
  const pairs = a.map((x, t) => {
    const y = b[t] ?? null;
    return x === null || y === null ? null : ([x, y] as const);
  });
  const end = pairs.findLastIndex((pair) => pair !== null) + 1;
  const begin = pairs.slice(0, end).lastIndexOf(null) + 1;
  return pairs.slice(begin, end).filter((pair) => pair !== null);
}
