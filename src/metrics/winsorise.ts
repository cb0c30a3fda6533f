import { median, normalConsistency } from "#src/metrics/z-score.ts";

const usualLimit = 5;

/**
 * Winsorised values (缩尾处理): what is farther from the median than five median absolute deviations is drawn in to that limit, so
 * that a single day makes no segment of its own.
 *
 *     median ± limit · 1.4826 · MAD
 *
 * It looks at all values: for what is made of a whole past span (J2), not to be read day by day.
 *
 * @param limit  deviations; 5 unless given
 * @returns as many values; those that were given where half of them or more are equal, since nothing is then far
 * @throws {RangeError} if a value is not finite, or the limit is not positive
 * @example winsorised([-1, 0, 1, 100], 2).at(-1); // 0.5 + 2 · 1.4826 · 1
 */
export function winsorised(values: readonly number[], limit = usualLimit): readonly number[] {
  if (!(values.every(Number.isFinite) && limit > 0))
    throw new RangeError("winsorised values require finite numbers and a positive limit");
  const center = median(values);
  const reach = limit * normalConsistency * median(values.map((v) => Math.abs(v - center)));
  return reach === 0 ? values : values.map((v) => Math.min(center + reach, Math.max(center - reach, v)));
}
