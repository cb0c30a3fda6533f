import { bySession, sessionsOf } from "#src/metrics/panel.ts";
import { type Measured, notDefined, ok, tooFew } from "#src/metrics/result.ts";

/** A covariance that can be inverted, and how much of it is the target. */
export interface ShrunkCovariance {
  /** Series × series. */
  readonly covariance: readonly (readonly number[])[];
  /** 0, the sample covariance, to 1, equal variances without correlation. */
  readonly shrinkage: number;
}

/**
 * Shrunk covariance (收缩协方差) of Ledoit and Wolf: the sample covariance drawn towards a multiple of the identity by as much
 * as makes the expected error least.
 *
 *     Σ = (1 − δ) S + δ m I,   S = Σ (y − ȳ)(y − ȳ)' / T,   m = tr S / n
 *
 * Divided by T, not T − 1, as the paper does and sklearn's `LedoitWolf`.
 *
 * @param series  one array each, as long as one another
 * @returns `insufficient` below two observations; `undefined` (`zero-variance`) where nothing moves
 * @throws {RangeError} if series differ in length or a number is not finite
 * @see Ledoit and Wolf (2004), A well-conditioned estimator for large-dimensional covariance matrices, Journal of
 *   Multivariate Analysis 88(2)
 */
export function ledoitWolf(series: readonly (readonly number[])[]): Measured<ShrunkCovariance> {
  const [size, sessions] = [series.length, sessionsOf(series)];
  if (sessions < 2) return tooFew(sessions, 2);
  const flat = bySession(series);
  const rows = Array.from({ length: sessions }, (_, t) => flat.subarray(t * size, (t + 1) * size));
  const { covariance, shrinkage } = shrunk(rows, size);
  if (!covariance.some((v) => v > 0)) return notDefined("zero-variance", sessions);
  const square = series.map((_, i) => Array.from(covariance.subarray(i * size, (i + 1) * size)));
  return ok({ covariance: square, shrinkage }, sessions);
}

/** The same of rows of `size` numbers, row by row. */
export function shrunk(rows: readonly Float64Array[], size: number) {
  const centred = centredRows(rows, size);
  const covariance = productMoment(centred, size);
  let [trace, squares, fourth] = [0, 0, 0];
  for (let i = 0; i < size; i++) trace += covariance[i * size + i] ?? 0;
  for (const v of covariance) squares += v * v;
  for (const row of centred) fourth += row.reduce((sum, v) => sum + v * v, 0) ** 2;
  const level = trace / size;
  const distance = squares - size * level * level;
  const error = Math.min((fourth / rows.length - squares) / rows.length, distance);
  const shrinkage = error > 0 ? error / distance : 0;
  for (let i = 0; i < covariance.length; i++)
    covariance[i] = (1 - shrinkage) * (covariance[i] ?? 0) + (i % (size + 1) === 0 ? shrinkage * level : 0);
  return { covariance, shrinkage };
}

function centredRows(rows: readonly Float64Array[], size: number): readonly Float64Array[] {
  const means = new Float64Array(size);
  const [first] = rows;
  // Less the first row, so that what does not move is exactly 0.
  for (const row of rows)
    for (let i = 0; i < size; i++)
      means[i] = (means[i] ?? 0) + ((row[i] ?? 0) - (first?.[i] ?? 0)) / rows.length;
  return rows.map((row) => row.map((v, i) => v - (first?.[i] ?? 0) - (means[i] ?? 0)));
}

function productMoment(centred: readonly Float64Array[], size: number): Float64Array {
  const moment = new Float64Array(size * size);
  for (const row of centred)
    for (let i = 0; i < size; i++)
      for (let j = 0; j < size; j++) {
        const place = i * size + j;
        moment[place] = (moment[place] ?? 0) + ((row[i] ?? 0) * (row[j] ?? 0)) / centred.length;
      }
  return moment;
}
