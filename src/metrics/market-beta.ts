import { allFinite } from "#src/metrics/all-numbers.ts";
import { leastSquares } from "#src/metrics/least-squares.ts";
import { type HacErrors, hacLags, neweyWest } from "#src/metrics/newey-west.ts";
import { pathOf, presentOf } from "#src/metrics/panel.ts";
import { type Measured, notDefined, ok, type Reason, tooFew, warn } from "#src/metrics/result.ts";
import { covariancesOf, variancesOf } from "#src/metrics/rolling.ts";
import { twoSided } from "#src/metrics/student.ts";
import { noise } from "#src/metrics/z-score.ts";

/** How an asset moved for each per cent of the market. */
export interface MarketBeta {
  readonly beta: number;
  /** Mean return that is not the market's, a fraction a period. */
  readonly alpha: number;
  /** HAC standard error of beta; `null` where the line fits exactly, and the three below. */
  readonly error: number | null;
  /** Beta in these errors, against 0. */
  readonly t: number | null;
  readonly p: number | null;
  /** Lags of the error. */
  readonly lags: number | null;
}

/** Returns that a beta is of, and how many it needs. */
export interface BetaWindow {
  readonly window: number;
  readonly min: number;
}

/** A year of daily returns, two of weekly ones. */
export const betaWindows = {
  daily: { window: 252, min: 120 },
  weekly: { window: 104, min: 52 },
} as const satisfies Record<string, BetaWindow>;

/** How a beta is measured. */
export interface BetaOptions {
  /** Daily unless given. */
  readonly of?: BetaWindow;
  /** Periods of which each return is made: 2 for overlapping two-day returns. */
  readonly horizon?: number;
}

/**
 * Beta (贝塔, A11): the slope of an asset's returns on the market's, by least squares with an intercept and Newey–West errors
 * (A12).
 *
 *     R[t] = α + β M[t] + e[t]
 *
 * @param asset  simple returns, plain or in excess of the riskless rate, oldest first; the last `window` count
 * @param market  of the same periods
 * @returns `insufficient` below `of.min` returns; `warn` (`short-window`) below `of.window`, (`perfect-fit`) where the asset is a
 *   multiple of the market and no error is known; `undefined` (`zero-variance`) where the market does not move
 * @throws {RangeError} if lengths differ or a return is not finite
 */
export function marketBeta(
  asset: readonly number[],
  market: readonly number[],
  { of = betaWindows.daily, horizon = 1 }: BetaOptions = {},
): Measured<MarketBeta> {
  requireReturns(asset, market);
  const [y, x] = [asset.slice(-of.window), market.slice(-of.window)];
  return betaOn([x], y, of, horizon);
}

/**
 * Dimson's beta (迪姆森贝塔, A11) for markets that close at different hours: the sum of the slopes on the market of the same
 * period and of the one before.
 *
 *     R[t] = α + β₀ M[t] + β₁ M[t−1] + e[t],   β = β₀ + β₁
 *
 * Same shape, cases and errors as {@link marketBeta}; the oldest period, which has none before it, is used only as such. Where the
 * market's periods repeat one another, `undefined` (`collinear`).
 *
 * @see Dimson (1979), Journal of Financial Economics 7(2)
 */
export function dimsonBeta(
  asset: readonly number[],
  market: readonly number[],
  { of = betaWindows.daily, horizon = 1 }: BetaOptions = {},
): Measured<MarketBeta> {
  requireReturns(asset, market);
  const y = asset.slice(1).slice(-of.window);
  const [x, before] = [market.slice(1).slice(-of.window), market.slice(0, -1).slice(-of.window)];
  return betaOn([x, before], y, of, horizon);
}

function betaOn(
  slopes: readonly (readonly number[])[],
  y: readonly number[],
  of: BetaWindow,
  horizon: number,
): Measured<MarketBeta> {
  const n = y.length;
  if (n < of.min) return tooFew(n, of.min);
  const columns = [y.map(() => 1), ...slopes];
  const fit = leastSquares(columns, y);
  if (fit.value === null) return notDefined(slopes.some(isFlat) ? "zero-variance" : "collinear", n);
  const [alpha = 0, ...betas] = fit.value.coefficients;
  const beta = betas.reduce((sum, b) => sum + b, 0);
  const hac = neweyWest(columns, fit.value, hacLags(n, horizon));
  const caveats: readonly Reason[] = [
    ...(n < of.window ? [{ code: "short-window", need: of.window, have: n }] : []),
    ...hac.reasons,
  ];
  const value = { beta, alpha, ...errorOfSum(beta, hac.value, n) };
  return caveats.length > 0 ? warn(value, n, ...caveats) : ok(value, n);
}

/** Of a sum of slopes, from their covariance. */
function errorOfSum(beta: number, hac: HacErrors | null, n: number): Omit<MarketBeta, "beta" | "alpha"> {
  const squares = hac?.covariance.slice(1).flatMap((row) => row.slice(1)) ?? [];
  const error = Math.sqrt(squares.reduce((sum, v) => sum + v, 0));
  if (hac === null || !(error > 0)) return { error: null, t: null, p: null, lags: null };
  const t = beta / error;
  return { error, t, p: twoSided(t, n - hac.errors.length), lags: hac.lags };
}

/** Whether returns differ by more than roundings. */
const isFlat = (returns: readonly number[]): boolean =>
  returns.every((r) => Math.abs(r - (returns[0] ?? 0)) < noise);

/**
 * Beta of every period (滚动贝塔, A11), on the last `window` returns up to it, in one pass; element `t` uses no return after `t`.
 *
 * @returns `null` below `of.min` returns, counted from the beginning or the last missing one, and where the market does not move
 * @throws {RangeError} if lengths differ or a return is not finite
 */
export function rollingBeta(
  asset: readonly (number | null)[],
  market: readonly (number | null)[],
  of: BetaWindow = betaWindows.daily,
): readonly (number | null)[] {
  const [own, shared] = [presentOf(asset), presentOf(market)];
  const together = covariancesOf(own, shared, of.window, of.min);
  // Of the market's returns on the periods that the asset has too.
  for (let t = 0; t < shared.length; t++) if (Number.isNaN(own[t])) shared[t] = Number.NaN;
  const variances = variancesOf(shared, of.window, of.min);
  return pathOf(shared.length, (t) => {
    const variance = variances[t] ?? 0;
    return Math.sqrt(variance) < noise ? Number.NaN : (together[t] ?? 0) / variance;
  });
}

function requireReturns(asset: readonly number[], market: readonly number[]): void {
  if (asset.length !== market.length) throw new RangeError("a beta requires returns of the same periods");
  if (!(allFinite(asset) && allFinite(market))) throw new RangeError("a beta requires finite returns");
}
