import { deviationOf, meanOf } from "#src/metrics/mean.ts";
import type { HistoryNeed } from "#src/metrics/percentile-rank.ts";
import { type Measured, notDefined, okFrom, tooFew } from "#src/metrics/result.ts";

const usualNeed: HistoryNeed = { min: 60, preferred: 60 };
/** A spread below this share of the values' size is rounding noise, not a spread. */
export const noise = 1e-12;
/** Makes the median absolute deviation of a normal sample estimate its standard deviation. */
export const normalConsistency = 1.4826;

/**
 * z-score (标准分, A9, G11): distance from the mean of the earlier history, in its standard deviations.
 *
 *     z = (x − mean(H)) / sd(H),   sd with n − 1
 *
 * @param history  earlier values, excluding today's
 * @returns `insufficient` below `need.min` values (60), `warn` below `need.preferred`; `undefined` (`zero-variance`) for a history that
 *   does not move
 * @throws {RangeError} if a number is not finite
 */
export function zScore(
  history: readonly number[],
  value: number,
  need: HistoryNeed = usualNeed,
): Measured<number> {
  const spread = deviationOf(history);
  return distance(history, value, { center: meanOf(history), spread, scale: 1 }, need);
}

/**
 * Robust z-score (稳健标准分, A9, G11): the same with median and median absolute deviation.
 *
 *     z = (x − median(H)) / (1.4826 · MAD(H))
 *
 * Same cases and errors as {@link zScore}.
 */
export function robustZScore(
  history: readonly number[],
  value: number,
  need: HistoryNeed = usualNeed,
): Measured<number> {
  const center = median(history);
  const spread = median(history.map((h) => Math.abs(h - center)));
  return distance(history, value, { center, spread, scale: normalConsistency }, need);
}

interface Spread {
  readonly center: number;
  readonly spread: number;
  readonly scale: number;
}

function distance(
  history: readonly number[],
  value: number,
  { center, spread, scale }: Spread,
  need: HistoryNeed,
): Measured<number> {
  const n = history.length;
  const least = Math.max(2, need.min);
  if (!Number.isFinite(value) || !history.every(Number.isFinite))
    throw new RangeError("a z-score requires finite numbers");
  if (n < least) return tooFew(n, least);
  if (spread < noise * Math.max(1, Math.abs(center))) return notDefined("zero-variance", n);
  const z = (value - center) / (scale * spread);
  if (!Number.isFinite(z)) throw new RangeError("a z-score requires numbers whose squares a double can hold");
  return okFrom(z, n, need.preferred);
}

/** The middle one of the values, or the mean of the two; NaN of none. */
export function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = sorted.length >> 1;
  const upper = sorted[middle] ?? Number.NaN;
  return sorted.length % 2 === 1 ? upper : (upper + (sorted[middle - 1] ?? Number.NaN)) / 2;
}
