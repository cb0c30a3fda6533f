import type { Path } from "#src/metrics/panel.ts";
import { type Measured, okFrom, tooFew } from "#src/metrics/result.ts";
import { zScore } from "#src/metrics/z-score.ts";

const year = 12;

/** How much is usual in ten years, and how far above it growth stands out (L3). */
export const spilloverRules = { history: { min: 60, preferred: 120 }, above: 1, leastSeries: 2 } as const;

/** Growth of a monthly series against that of ten years. */
export interface GrowthStanding {
  /** Over twelve months, a fraction. */
  readonly growth: number;
  readonly z: number;
  /** Whether growth is more than one deviation above the mean. */
  readonly isAbove: boolean;
}

/**
 * Growth of every month over the twelve before it (同比增速): `v[t] / v[t−12] − 1`. Element `t` uses nothing after `t`.
 *
 * @param values  one a calendar month, oldest first; `null` where one was not published
 * @throws {RangeError} if a value is not positive and finite
 */
export function yearOnYear(values: Path): Path {
  if (!values.every((value) => value === null || (value > 0 && value < Number.POSITIVE_INFINITY)))
    throw new RangeError("yearOnYear requires positive finite values");
  return values.map((value, t) => {
    const before = values[t - year] ?? null;
    return value === null || before === null ? null : value / before - 1;
  });
}

/**
 * Whether a series grows faster than usual (增速偏离十年均值, L3), such as consumer prices of electricity, its retail price or load.
 *
 *     z = (g − mean(H)) / sd(H),   H the 120 months before the latest, g of {@link yearOnYear}
 *
 * Twelve months overlap in neighbours: 120 are ten that do not.
 *
 * @param values  one a calendar month, oldest first, as published up to the day of the report; the last has a value
 * @returns `insufficient` below 60 months of earlier growth, or where the latest has none; `warn` below 120; `undefined`
 *   (`zero-variance`) where growth never changed
 * @throws {RangeError} if a value is not positive and finite
 */
export function growthStanding(values: Path): Measured<GrowthStanding> {
  const path = yearOnYear(values);
  const growth = path.at(-1) ?? null;
  const { history } = spilloverRules;
  const earlier = path.slice(-1 - history.preferred, -1).filter((g) => g !== null);
  if (growth === null) return tooFew(0, history.min);
  const z = zScore(earlier, growth, history);
  if (z.value === null) return z;
  return okFrom({ growth, z: z.value, isAbove: z.value > spilloverRules.above }, z.n, history.preferred);
}

/** Whether a theme has reached the economy. */
export interface MacroSpillover {
  /** One a series, in the order given. */
  readonly series: readonly Measured<GrowthStanding>[];
  readonly above: number;
  /** Whether that are two or more. */
  readonly isSpillover: boolean;
}

/**
 * Macro spillover (宏观外溢, L3): of how many series growth stands more than a deviation above its mean of ten years.
 *
 * @param series  monthly levels, each as {@link growthStanding} takes them
 * @returns `n` counts series with a z; `insufficient` below two, `warn` (`short-history`) where one has none
 * @throws {RangeError} as {@link growthStanding}
 */
export function macroSpillover(series: readonly Path[]): Measured<MacroSpillover> {
  const standings = series.map(growthStanding);
  const n = standings.filter(({ value }) => value !== null).length;
  if (n < spilloverRules.leastSeries) return tooFew(n, spilloverRules.leastSeries);
  const above = standings.filter(({ value }) => value?.isAbove).length;
  return okFrom(
    { series: standings, above, isSpillover: above >= spilloverRules.leastSeries },
    n,
    series.length,
  );
}
