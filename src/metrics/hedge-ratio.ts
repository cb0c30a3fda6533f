import { leastSessions } from "#src/metrics/augmented-dickey-fuller.ts";
import { hedgeCaveats } from "#src/metrics/hedge-caveat.ts";
import { logLevels } from "#src/metrics/log-levels.ts";
import { meanOf } from "#src/metrics/mean.ts";
import { presentOf } from "#src/metrics/panel.ts";
import { type Measured, notDefined, ok, tooFew, warn } from "#src/metrics/result.ts";
import { covariancesOf, meansOf, variancesOf } from "#src/metrics/rolling.ts";

/** A line through the logarithms of two legs: `ln L = intercept + slope · ln S`. */
export interface HedgeRatio {
  /** Per cent of the long leg that one per cent of the short leg goes with. */
  readonly slope: number;
  readonly intercept: number;
}

/** The line of a window, and what it leaves. */
export interface HedgeLine extends HedgeRatio {
  /** Sample deviation (n − 1) of the residuals in the window. */
  readonly deviation: number;
  /** R²: the share of the long leg's variance that the line explains. */
  readonly determination: number;
}

/** Hedge ratios by both measures over the same sessions. */
export interface HedgeRatios {
  /** Least squares: the short leg is taken as known. */
  readonly ordinary: HedgeRatio;
  /** Total least squares: both are noisy, and swapping the legs inverts the slope. `null` where the legs are uncorrelated. */
  readonly orthogonal: HedgeRatio | null;
}

/** Legs of which one explains this much of the other (R²) are one and the same; as statsmodels has it. */
export const identicalLegs = 1 - 100 * Math.sqrt(Number.EPSILON);
/** Sessions of a rolling ratio. */
export const hedgeWindow = 252;
/** A variance below this share of the squared level is rounding. */
const noise = 1e-24;

/**
 * Hedge ratios (对冲比率, P3): how much of the short leg goes with the long one, in logarithms of prices.
 *
 *     ordinary    s_xy / s_xx
 *     orthogonal  ( s_yy − s_xx + √((s_yy − s_xx)² + 4 s_xy²) ) / (2 s_xy)       x = ln S, y = ln L
 *
 * @param long  prices on sessions that the legs share, oldest first, at least 250
 * @param short  prices on the same sessions
 * @returns `warn` (`hedge-ratio`) where one is negative or above 3; `insufficient` below 250 sessions; `undefined`:
 *   (`zero-variance`) for a short leg that does not move, (`not-positive`) for a price that is not positive
 * @throws {RangeError} if the legs differ in length or a price is not finite
 * @see Golub and Van Loan (1980), SIAM Journal on Numerical Analysis 17(6)
 */
export function hedgeRatios(long: readonly number[], short: readonly number[]): Measured<HedgeRatios> {
  const n = long.length;
  const logs = logLevels(long, short);
  if (logs.value === null) return logs;
  if (n < leastSessions) return tooFew(n, leastSessions);
  const [x, y] = [logs.value.short, logs.value.long];
  const [meanX, meanY] = [meanOf(x), meanOf(y)];
  const xx = products(x, x, meanX, meanX);
  if (xx <= n * noise * meanX ** 2) return notDefined("zero-variance", n);
  const xy = products(x, y, meanX, meanY);
  const through = (slope: number): HedgeRatio => ({ slope, intercept: meanY - slope * meanX });
  const best = orthogonalSlope(xx, products(y, y, meanY, meanY), xy);
  const ordinary = through(xy / xx);
  const orthogonal = best === null ? null : through(best);
  const caveats = hedgeCaveats([ordinary.slope, best ?? ordinary.slope]);
  const found = { ordinary, orthogonal };
  return caveats.length > 0 ? warn(found, n, ...caveats) : ok(found, n);
}

/**
 * The slope of the line from which points are least far away, each by the shortest way.
 *
 * @param xx  sum, or variance, of squared deviations of x; `yy` and `xy` alike
 * @returns `null` where x and y are uncorrelated, and every line or an upright one is the nearest
 */
export function orthogonalSlope(xx: number, yy: number, xy: number): number | null {
  const gap = yy - xx;
  if (xy * xy <= noise * xx * yy) return null;
  const root = Math.hypot(gap, 2 * xy);
  // The two are one; each in its half adds numbers of one sign and loses no digits.
  return gap > 0 ? (gap + root) / (2 * xy) : (2 * xy) / (root - gap);
}

/**
 * Rolling hedge ratio (滚动对冲比率, P3): the ordinary line of the window that ends at each session, and the deviation of its
 * residuals, in one pass.
 *
 * @param long  prices, as for {@link hedgeRatios}
 * @param window  sessions, 252 by default
 * @returns one element a session, `null` before the first whole window and where the short leg did not move in it;
 *   `undefined` (`not-positive`) for a price that is not positive
 * @throws {RangeError} as {@link hedgeRatios}, or if the window is below 3
 */
export function rollingHedge(
  long: readonly number[],
  short: readonly number[],
  window: number = hedgeWindow,
): Measured<readonly (HedgeLine | null)[]> {
  if (!(window >= 3)) throw new RangeError(`rollingHedge requires a window of 3 or more, got ${window}`);
  const logs = logLevels(long, short);
  if (logs.value === null) return logs;
  const [x, y] = [presentOf(logs.value.short), presentOf(logs.value.long)];
  const [meanX, meanY] = [meansOf(x, window), meansOf(y, window)];
  const [xx, yy, xy] = [variancesOf(x, window), variancesOf(y, window), covariancesOf(x, y, window)];
  return ok(
    Array.from(x, (_, t) => line(meanX[t] ?? 0, meanY[t] ?? 0, xx[t] ?? 0, yy[t] ?? 0, xy[t] ?? 0)),
    x.length,
  );
}

/** `null` before there is a window, where all of these are NaN, and where the short leg stands still. */
function line(meanX: number, meanY: number, xx: number, yy: number, xy: number): HedgeLine | null {
  if (!(xx > noise * meanX ** 2)) return null;
  const slope = xy / xx;
  return {
    slope,
    intercept: meanY - slope * meanX,
    deviation: Math.sqrt(Math.max(0, yy - slope * xy)),
    determination: yy === 0 ? 0 : Math.min(1, (slope * xy) / yy),
  };
}

const products = (x: readonly number[], y: readonly number[], meanX: number, meanY: number): number =>
  x.reduce((sum, v, i) => sum + (v - meanX) * ((y[i] ?? Number.NaN) - meanY), 0);
