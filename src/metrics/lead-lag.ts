import { benjaminiHochberg } from "#src/metrics/benjamini-hochberg.ts";
import { correlationOf } from "#src/metrics/correlation.ts";
import { leastSquares } from "#src/metrics/least-squares.ts";
import { hacLags, neweyWest } from "#src/metrics/newey-west.ts";
import { type Measured, notDefined, ok, tooFew } from "#src/metrics/result.ts";
import { twoSided } from "#src/metrics/student.ts";

const leastPairs = 36;
const usualHorizon = 12;

/** How one series goes with another so many periods before or after. */
export interface LagCorrelation {
  /** Periods by which the first comes before the second; negative where it comes after. */
  readonly lag: number;
  /** Pearson's correlation of the pairs at this lag. */
  readonly correlation: number;
  /** Of the slope, in HAC errors, against 0; `null`, as p and q, where the line fits exactly. */
  readonly t: number | null;
  readonly p: number | null;
  /** Over all lags looked at (Benjamini and Hochberg). */
  readonly q: number | null;
  readonly pairs: number;
}

/** Correlations at every lag. */
export interface LeadLag {
  readonly lags: readonly LagCorrelation[];
  /** The strongest with `q ≤ 0.10`; `null` where no lag has that. */
  readonly strongest: LagCorrelation | null;
}

/**
 * p-value of the strongest of several lags, as one of a family of tests may carry it: the larger of that in HAC errors and that of as many
 * pairs as do not overlap (G20), times the lags that were looked at (Bonferroni).
 *
 *     m = pairs / horizon,   t = r √( (m − 2) / (1 − r²) ),   Student's with m − 2
 *
 * HAC errors of a few dozen observations that share eleven months of twelve with their neighbours are too small.
 *
 * @returns 1 where fewer than three pairs do not overlap
 */
export function searchedP(
  { correlation, pairs, p }: Pick<LagCorrelation, "correlation" | "pairs" | "p">,
  lags: number,
  horizon = usualHorizon,
): number {
  const m = pairs / horizon;
  if (m < 3) return 1;
  const t = correlation * Math.sqrt((m - 2) / Math.max(Number.MIN_VALUE, 1 - correlation ** 2));
  return Math.min(1, lags * Math.max(p ?? 0, twoSided(t, m - 2)));
}

/** How leads and lags are looked for. */
export interface LeadLagOptions {
  /** The longest, 12 unless given. */
  readonly most?: number;
  /** Periods of which each observation is made: 12 for monthly growth of a year, the default. */
  readonly horizon?: number;
}

const mostFalse = 0.1;

/**
 * Lead–lag cross-correlation (领先滞后互相关, L3) with Newey–West errors (A12).
 *
 *     y[t] = a + b x[t−k] + e[t],   k = −12 … 12,   r[k] of the pairs, t of b
 *
 * Growth over twelve months shares eleven with its neighbour, so the errors reach back at least that far. What comes first need not be
 * the cause.
 *
 * @param x  one a period, oldest first
 * @param y  of the same periods
 * @returns `insufficient` where the longest lag leaves fewer than 36 pairs; `undefined` (`zero-variance`) where one of the two does not
 *   move in the pairs of a lag
 * @throws {RangeError} if lengths differ, a number is not finite, or the longest lag or the horizon is no integer of 0 and 1 or more
 */
export function leadLag(
  x: readonly number[],
  y: readonly number[],
  { most = 12, horizon = usualHorizon }: LeadLagOptions = {},
): Measured<LeadLag> {
  requirePairs(x, y, most, horizon);
  const n = x.length;
  const pairs = n - most;
  if (pairs < leastPairs) return tooFew(Math.max(0, pairs), leastPairs);
  const rows = Array.from({ length: 2 * most + 1 }, (_, i) => atLag(x, y, i - most, horizon));
  const found = rows.filter((row) => row !== null);
  if (found.length < rows.length) return notDefined("zero-variance", n);
  const tested = found.filter(({ p }) => p !== null);
  const q = benjaminiHochberg(tested.map(({ p }) => p ?? 1));
  const qOf = new Map(tested.map(({ lag }, i) => [lag, q[i] ?? null]));
  const lags = found.map((row) => ({ ...row, q: qOf.get(row.lag) ?? null }));
  const passed = lags.filter((row) => row.q !== null && row.q <= mostFalse);
  const strongest = passed.reduce<LagCorrelation | null>(
    (best, row) => (Math.abs(row.correlation) > Math.abs(best?.correlation ?? 0) ? row : best),
    null,
  );
  return ok({ lags, strongest }, n);
}

function atLag(
  x: readonly number[],
  y: readonly number[],
  lag: number,
  horizon: number,
): Omit<LagCorrelation, "q"> | null {
  const n = x.length;
  const before = x.slice(Math.max(0, -lag), n - Math.max(0, lag));
  const after = y.slice(Math.max(0, lag), n - Math.max(0, -lag));
  const correlation = correlationOf(Float64Array.from(before), Float64Array.from(after));
  const columns = [before.map(() => 1), before];
  const { value: fit } = leastSquares(columns, after);
  if (fit === null || Number.isNaN(correlation)) return null;
  const hac = neweyWest(columns, fit, hacLags(after.length, horizon)).value;
  return {
    lag,
    correlation,
    t: hac?.t[1] ?? null,
    p: hac?.p[1] ?? null,
    pairs: after.length,
  };
}

function requirePairs(x: readonly number[], y: readonly number[], most: number, horizon: number): void {
  if (x.length !== y.length) throw new RangeError("leadLag requires series of equal lengths");
  if (!(x.every(Number.isFinite) && y.every(Number.isFinite)))
    throw new RangeError("leadLag requires finite numbers");
  if (!(Number.isInteger(most) && most >= 0 && Number.isInteger(horizon) && horizon >= 1))
    throw new RangeError(`leadLag requires lags of 0 and a horizon of 1 or more, got ${most} and ${horizon}`);
}
