import { midRanks, slidingRanks } from "#src/metrics/mid-ranks.ts";
import { type Path, pathOf } from "#src/metrics/panel.ts";
import { type Measured, notDefined, ok, tooFew } from "#src/metrics/result.ts";
import { covariancesOf, variancesOf } from "#src/metrics/rolling.ts";

const leastPairs = 3;
const usualWindow = 60;
/** A deviation below this share of the values' size is rounding. */
const noise = 1e-12;

/**
 * Pearson's correlation (相关系数, D10) of pairs.
 *
 *     r = Σ (x − x̄)(y − ȳ) / √( Σ (x − x̄)² Σ (y − ȳ)² )
 *
 * @returns −1 to 1; `insufficient` below three pairs, `undefined` (`zero-variance`) where one of the two does not move
 * @throws {RangeError} if lengths differ or a number is not finite
 */
export const pearson = (x: readonly number[], y: readonly number[]): Measured<number> =>
  measured(x, y, (values) => values);

/** Spearman's rank correlation (秩相关, D10): the same of ranks, of which equal values share the mean. */
export const spearman = (x: readonly number[], y: readonly number[]): Measured<number> =>
  measured(x, y, midRanks);

function measured(
  x: readonly number[],
  y: readonly number[],
  scores: (values: Float64Array) => Float64Array,
): Measured<number> {
  const [a, b] = finitePair(x, y);
  if (a.length < leastPairs) return tooFew(a.length, leastPairs);
  const r = correlationOf(scores(a), scores(b));
  return Number.isNaN(r) ? notDefined("zero-variance", a.length) : ok(r, a.length);
}

/** Two series of one length as arrays of doubles. @throws {RangeError} if they are not, or a number is not finite */
export function finitePair(
  x: readonly number[],
  y: readonly number[],
): readonly [Float64Array, Float64Array] {
  if (x.length !== y.length) throw new RangeError("a correlation requires series of equal lengths");
  if (!(x.every(Number.isFinite) && y.every(Number.isFinite)))
    throw new RangeError("a correlation requires finite numbers");
  return [Float64Array.from(x), Float64Array.from(y)];
}

/** Pearson's correlation; NaN where one of the two does not move. */
export function correlationOf(x: Float64Array, y: Float64Array): number {
  const n = x.length;
  const [meanX, meanY] = [meanOf(x), meanOf(y)];
  let [xx, yy, xy] = [0, 0, 0];
  for (let i = 0; i < n; i++) {
    const dx = (x[i] ?? 0) - meanX;
    const dy = (y[i] ?? 0) - meanY;
    xx += dx * dx;
    yy += dy * dy;
    xy += dx * dy;
  }
  if (isStill(xx / n, meanX) || isStill(yy / n, meanY)) return Number.NaN;
  return Math.min(1, Math.max(-1, xy / Math.sqrt(xx * yy)));
}

function meanOf(values: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < values.length; i++) sum += values[i] ?? 0;
  return sum / values.length;
}

const isStill = (variance: number, mean: number): boolean =>
  variance <= (noise * Math.max(1, Math.abs(mean))) ** 2;

/**
 * Pearson's correlation of every full window in one pass, `null` where there is none. Each element uses nothing after it.
 *
 * @param window  pairs; 60 unless given
 * @throws {RangeError} if lengths differ, a number is not finite or the window is below 3
 */
export function correlationPath(x: readonly number[], y: readonly number[], window = usualWindow): Path {
  requireWindow(window);
  const [p, q] = finitePair(x, y);
  const [xx, yy, xy] = [variancesOf(p, window), variancesOf(q, window), covariancesOf(p, q, window)];
  return pathOf(p.length, (t) => {
    const a = xx[t] ?? 0;
    const b = yy[t] ?? 0;
    if (isStill(a, 0) || isStill(b, 0)) return Number.NaN;
    return Math.min(1, Math.max(-1, (xy[t] ?? 0) / Math.sqrt(a * b)));
  });
}

/** The same of Spearman's rank correlation: a step takes as long as the window. Errors are the same. */
export function spearmanPath(x: readonly number[], y: readonly number[], window = usualWindow): Path {
  requireWindow(window);
  const [a, b] = finitePair(x, y);
  const [ranksOf, othersOf] = [slidingRanks(a, window), slidingRanks(b, window)];
  return pathOf(a.length, (t) => {
    const [ranks, others] = [ranksOf(t), othersOf(t)];
    if (t + 1 < window) return Number.NaN;
    return correlationOf(ranks.subarray(t + 1 - window, t + 1), others.subarray(t + 1 - window, t + 1));
  });
}

function requireWindow(window: number): void {
  if (!(Number.isInteger(window) && window >= leastPairs))
    throw new RangeError(`a rolling correlation requires a window of ${leastPairs} or more, got ${window}`);
}
