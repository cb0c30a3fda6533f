import { cholesky, inverseTrace, mahalanobis } from "#src/metrics/cholesky.ts";
import { shrunk } from "#src/metrics/ledoit-wolf.ts";
import { bySession, type Panel, sessionsOf } from "#src/metrics/panel.ts";
import { slidingCovariance } from "#src/metrics/sliding-covariance.ts";
import { symmetricEigenvalues } from "#src/metrics/symmetric-eigenvalues.ts";

/** How far the returns of a session are from what was usual up to the session before (D8, D9). */
export interface ReturnSurprise {
  /** `(y − μ)' S⁻¹ (y − μ)`, of the assets that have a return. */
  readonly distance: number;
  /** The same as if they were not correlated: `Σ ((y − μ)/s)²`. */
  readonly squares: number;
  /** Assets that have a return. */
  readonly assets: number;
  /** Sessions that μ and S are of. */
  readonly sessions: number;
  readonly isShrunk: boolean;
}

/** Parameters of the estimate, as the page names them. */
export const surpriseRules = {
  /** Complete sessions before the one that is judged. */
  window: 756,
  least: 250,
  leastPerAsset: 3,
  /** Fewer sessions an asset than this, or a condition number above that, and the covariance is shrunk. */
  amplePerAsset: 10,
  mostCondition: 1e6,
  /** The share of the assets that must have a return. */
  leastPresent: 0.8,
} as const;

/** What rounding may take from a share that is exactly at its threshold. */
const slack = 1e-9;

/** Complete sessions that must have been before. */
export const leastSessions = (assets: number): number =>
  Math.max(surpriseRules.leastPerAsset * assets, surpriseRules.least);

/** Whether so many assets have a return that the others may be left out. */
export const arePresent = (assets: number, of: number): boolean =>
  assets >= surpriseRules.leastPresent * of - slack;

/**
 * The surprise of every session, `null` where there is none.
 *
 * μ and S are of the last 756 complete sessions before it, or as many as there are; a session that lacks an asset is judged by
 * the others and is no part of later estimates. S is the sample covariance (n − 1), or where that is not to be relied on the
 * shrunk one; it is never pseudo-inverted.
 *
 * @param returns  simple returns on joined sessions, one array an asset, oldest first; `null` where one is missing
 * @param from  the first session that is wanted: those before are left `null`
 * @throws {RangeError} if series differ in length or a return is not finite
 */
export function returnSurprises(returns: Panel, from = 0): readonly (ReturnSurprise | null)[] {
  const [size, count] = [returns.length, sessionsOf(returns)];
  const flat = bySession(returns);
  const estimate = slidingEstimate(size);
  return Array.from({ length: count }, (_, t) => {
    const row = flat.subarray(t * size, (t + 1) * size);
    const surprise = t < from ? null : surpriseOf(row, estimate);
    if (!row.some(Number.isNaN)) estimate.add(row);
    return surprise;
  });
}

type Estimate = ReturnType<typeof slidingEstimate>;

function surpriseOf(row: Float64Array, estimate: Estimate): ReturnSurprise | null {
  const sessions = estimate.sessions();
  const there = placesOf(row);
  const assets = there.length;
  if (sessions < leastSessions(row.length) || !arePresent(assets, row.length)) return null;
  const { means, covariance, factor, isShrunk } = estimate.now();
  const own = assets === row.length ? factor : cholesky(among(covariance, there, row.length), assets);
  if (own === null) return null;
  const y = Float64Array.from(there, (i) => (row[i] ?? 0) - (means[i] ?? 0));
  let squares = 0;
  for (const [k, i] of there.entries()) squares += (y[k] ?? 0) ** 2 / (covariance[i * (row.length + 1)] ?? 0);
  return { distance: mahalanobis(own, y), squares, assets, sessions, isShrunk };
}

function placesOf(row: Float64Array): readonly number[] {
  const places: number[] = [];
  for (let i = 0; i < row.length; i++) if (!Number.isNaN(row[i])) places.push(i);
  return places;
}

const among = (matrix: Float64Array, places: readonly number[], size: number): Float64Array =>
  Float64Array.from(
    places.flatMap((i) => places.map((j) => matrix[Math.max(i, j) * size + Math.min(i, j)] ?? 0)),
  );

/** Mean and covariance of the last complete sessions. */
function slidingEstimate(size: number) {
  const { window, amplePerAsset } = surpriseRules;
  const moments = slidingCovariance(size, window);
  return {
    sessions: moments.sessions,
    add: moments.add,
    now() {
      const means = moments.means();
      const sample = moments.covariance(1);
      const factor = cholesky(sample, size);
      const isAmple = moments.sessions() >= amplePerAsset * size;
      if (factor !== null && isAmple && isConditioned(sample, factor, size))
        return { means, covariance: sample, factor, isShrunk: false };
      const { covariance } = shrunk(moments.rows(), size);
      return { means, covariance, factor: cholesky(covariance, size), isShrunk: true };
    },
  };
}

/** Whether the condition number is small enough. The product of the traces is never below it, and mostly decides. */
function isConditioned(matrix: Float64Array, factor: Float64Array, size: number): boolean {
  const most = surpriseRules.mostCondition;
  let trace = 0;
  for (let i = 0; i < size; i++) trace += matrix[i * (size + 1)] ?? 0;
  if (trace * inverseTrace(factor, size) <= most) return true;
  const values = symmetricEigenvalues(matrix, size);
  return (values[size - 1] ?? 0) <= most * (values[0] ?? 0);
}
