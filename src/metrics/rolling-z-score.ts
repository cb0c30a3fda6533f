import { pathOf, presentOf } from "#src/metrics/panel.ts";
import type { HistoryNeed } from "#src/metrics/percentile-rank.ts";
import { meansOf, variancesOf } from "#src/metrics/rolling.ts";
import { noise } from "#src/metrics/z-score.ts";

/**
 * z-score (滚动标准分, G11) of every value against the values before it, at most `preferred` of them, in one pass.
 *
 *     z[t] = (x[t] − mean(H)) / sd(H),   H = x[t−preferred … t−1]
 *
 * Element `t` uses no value after `t`. A missing value has none, and the history begins anew after it.
 *
 * @param need  `min`: fewer earlier values give `null`, at least 2; `preferred`: no more of them count
 * @returns `null` too where the history does not move
 * @throws {RangeError} if a value is not finite, or `min` above `preferred`
 */
export function rollingZScore(
  values: readonly (number | null)[],
  { min, preferred }: HistoryNeed,
): readonly (number | null)[] {
  const numbers = presentOf(values);
  const means = meansOf(numbers, preferred, min);
  const variances = variancesOf(numbers, preferred, min);
  return pathOf(numbers.length, (t) => {
    if (t === 0) return Number.NaN;
    const mean = means[t - 1] ?? 0;
    const spread = Math.sqrt(variances[t - 1] ?? 0);
    return spread < noise * Math.max(1, Math.abs(mean)) ? Number.NaN : ((numbers[t] ?? 0) - mean) / spread;
  });
}
