import { leastSquares } from "#src/metrics/least-squares.ts";
import { meanOf } from "#src/metrics/mean.ts";
import { neweyWest } from "#src/metrics/newey-west.ts";
import { type Measured, notDefined, ok, tooFew } from "#src/metrics/result.ts";

/** How the long-run variance is estimated: not at all, of a first-order autoregression, or after Newey and West (G15). */
export type LongRun = "none" | "ar1" | "newey-west";

const leastValues = 20;

/**
 * Long-run variance ratio (长期方差比): how much larger the variance of a mean is than if values were independent.
 *
 *     ar1          (1 + ρ) / (1 − ρ),   ρ = Σ e[t] e[t−1] / Σ e[t]²
 *     newey-west   n · V / s²,   V the Newey–West variance of the mean (Bartlett, T/(T−1)), s² = Σ e² / (n − 1)
 *
 * with `e` the distances from the mean. Never below 1: it is there to prevent false alarms. A change of the mean raises it,
 * and so hides a part of itself.
 *
 * @returns 1 or more; `insufficient` below 20 values; `undefined` (`zero-variance`) where nothing moves
 * @throws {RangeError} if a value is not finite
 */
export function longRunRatio(values: readonly number[], method: LongRun): Measured<number> {
  const n = values.length;
  if (!values.every(Number.isFinite)) throw new RangeError("a long-run variance requires finite values");
  if (n < leastValues) return tooFew(n, leastValues);
  if (values.every((v) => v === values[0])) return notDefined("zero-variance", n);
  if (method === "none") return ok(1, n);
  return method === "ar1" ? autoregressive(values) : robust(values);
}

function autoregressive(values: readonly number[]): Measured<number> {
  const n = values.length;
  const mean = meanOf(values);
  const e = values.map((v) => v - mean);
  const squares = e.reduce((sum, v) => sum + v * v, 0);
  const rho = e.reduce((sum, v, t) => sum + v * (e[t - 1] ?? 0), 0) / squares;
  return ok(Math.max(1, (1 + rho) / (1 - rho)), n);
}

function robust(values: readonly number[]): Measured<number> {
  const n = values.length;
  const columns = [values.map(() => 1)];
  const fit = leastSquares(columns, values);
  if (fit.value === null) return fit;
  const errors = neweyWest(columns, fit.value);
  if (errors.value === null) return errors;
  const [error = 0] = errors.value.errors;
  return ok(Math.max(1, (n * error ** 2) / (fit.value.squares / (n - 1))), n);
}
