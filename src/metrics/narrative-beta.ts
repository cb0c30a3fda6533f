import { leastSquares } from "#src/metrics/least-squares.ts";
import { type HacErrors, neweyWest } from "#src/metrics/newey-west.ts";
import { insufficient, type Measured, notDefined, ok, tooFew } from "#src/metrics/result.ts";
import { twoSided } from "#src/metrics/student.ts";

/** A slope with its Newey–West error. */
export interface HacSlope {
  readonly beta: number;
  readonly error: number;
  readonly t: number;
  /** Two-sided. */
  readonly p: number;
}

/** How a basket answers to what is told of it. */
export interface NarrativeBeta {
  /** To intensity that rises, and that falls. */
  readonly rise: HacSlope;
  readonly fall: HacSlope;
  /** To the market. */
  readonly market: HacSlope;
  readonly alpha: number;
  /** Wald's statistic of `rise = fall`, and its probability by F(1, n − 4). */
  readonly wald: number;
  readonly pValue: number;
  readonly lags: number;
}

/** Observations that a narrative beta needs, of days and of weeks, and on each side (N5). */
export const narrativeBetaRules = { least: { daily: 250, weekly: 104 }, leastOfSide: 10 } as const;

/**
 * Narrative beta and its asymmetry (叙事贝塔与不对称性, N5).
 *
 *     r[t] = a + b₊ max(ΔI[t], 0) + b₋ min(ΔI[t], 0) + c r_m[t] + e[t],   W = (b₊ − b₋)² / Var(b₊ − b₋)
 *
 * Errors are Newey and West's (G15). News and prices of one day make each other: a beta is no cause, and news counts until half
 * an hour before the close.
 *
 * @param returns  of the basket, oldest first
 * @param shocks  ΔI, changes of intensity of the same periods
 * @param market  returns of the market
 * @param frequency  of the periods: 250 days or 104 weeks are enough
 * @returns `insufficient` below these (`too-few`), or with fewer than ten shocks on a side (`few-shocks`); `undefined` (`collinear`)
 *   where a regressor is a combination of the others, (`perfect-fit`) where the line fits exactly
 * @throws {RangeError} if lengths differ or a number is not finite
 */
export function narrativeBeta(
  returns: readonly number[],
  shocks: readonly number[],
  market: readonly number[],
  frequency: "daily" | "weekly" = "daily",
): Measured<NarrativeBeta> {
  const n = returns.length;
  if (shocks.length !== n || market.length !== n)
    throw new RangeError("narrativeBeta requires series of the same periods");
  if (![returns, shocks, market].every((series) => series.every(Number.isFinite)))
    throw new RangeError("narrativeBeta requires finite numbers");
  const { least, leastOfSide } = narrativeBetaRules;
  if (n < least[frequency]) return tooFew(n, least[frequency]);
  const side = Math.min(shocks.filter((s) => s > 0).length, shocks.filter((s) => s < 0).length);
  if (side < leastOfSide) return fewShocks(n, side);
  const columns = [
    returns.map(() => 1),
    shocks.map((shock) => Math.max(shock, 0)),
    shocks.map((shock) => Math.min(shock, 0)),
    market,
  ];
  const fit = leastSquares(columns, returns);
  if (fit.value === null) return fit;
  const hac = neweyWest(columns, fit.value);
  if (hac.value === null) return hac;
  return betaOf(fit.value.coefficients, hac.value, n);
}

const fewShocks = (n: number, have: number): Measured<never> =>
  insufficient(n, { code: "few-shocks", need: narrativeBetaRules.leastOfSide, have });

function betaOf(coefficients: readonly number[], hac: HacErrors, n: number): Measured<NarrativeBeta> {
  const slope = (j: number): HacSlope => ({
    beta: coefficients[j] ?? Number.NaN,
    error: hac.errors[j] ?? Number.NaN,
    t: hac.t[j] ?? Number.NaN,
    p: hac.p[j] ?? Number.NaN,
  });
  const [rise, fall, market] = [slope(1), slope(2), slope(3)];
  const at = (i: number, j: number) => hac.covariance[i]?.[j] ?? Number.NaN;
  const variance = at(1, 1) + at(2, 2) - at(1, 2) - at(2, 1);
  if (!(variance > 0)) return notDefined("perfect-fit", n);
  const wald = (rise.beta - fall.beta) ** 2 / variance;
  const pValue = twoSided(Math.sqrt(wald), n - coefficients.length);
  return ok({ rise, fall, market, alpha: coefficients[0] ?? Number.NaN, wald, pValue, lags: hac.lags }, n);
}
