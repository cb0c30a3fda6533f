import { leastSessions } from "#src/metrics/augmented-dickey-fuller.ts";
import { hedgeCaveats } from "#src/metrics/hedge-caveat.ts";
import { KalmanLine, type KalmanNoise } from "#src/metrics/kalman-line.ts";
import { leastSquares } from "#src/metrics/least-squares.ts";
import { logLevels } from "#src/metrics/log-levels.ts";
import { nelderMead } from "#src/metrics/nelder-mead.ts";
import { type Measured, notDefined, ok, tooFew, warn } from "#src/metrics/result.ts";

/** A pair's line on a session, by what was known then. */
export interface KalmanPoint {
  /** Filtered: the session itself is in them. */
  readonly slope: number;
  readonly intercept: number;
  /** By how much the long leg missed the line of the session before, in the deviation expected of that: `e / √S`. */
  readonly innovation: number;
}

/** A hedge ratio that moves. */
export interface KalmanHedge {
  /** One a session; `null` in the first 60, in which the start is forgotten. */
  readonly path: readonly (KalmanPoint | null)[];
  /** Of the sessions after those. */
  readonly logLikelihood: number;
}

/** Sessions that are not shown, and the variance of the start. */
export const kalmanRules = { burnIn: 60, startVariance: 1e6 } as const;

/**
 * Hedge ratio by Kalman's filter (卡尔曼滤波对冲比率, P3): a line whose intercept and slope wander.
 *
 *     ln L[t] = a[t] + b[t] ln S[t] + e[t],   a, b random walks of variances q_a, q_b;   Var e = R
 *     P₀ = 10⁶ I;  60 sessions of burn-in
 *
 * Only filtered values are given: none knows a later session. With the noise given, element `t` uses nothing after `t`; take the noise from
 * earlier sessions, by {@link kalmanNoise}.
 *
 * @param long  prices on sessions that the legs share, oldest first, at least 250
 * @param short  prices on the same sessions
 * @returns `warn` (`hedge-ratio`) where the latest slope is negative or above 3; `insufficient` below 250 sessions; `undefined`:
 *   (`zero-variance`) for a short leg that does not move, (`not-positive`) for a price that is not positive
 * @throws {RangeError} if the legs differ in length, a price is not finite, or a variance is not one: R positive, q 0 or more
 * @see Durbin and Koopman, Time Series Analysis by State Space Methods, 2nd ed. (2012), section 4.3
 */
export function kalmanHedge(
  long: readonly number[],
  short: readonly number[],
  noise: KalmanNoise,
): Measured<KalmanHedge> {
  const logs = pairLogs(long, short);
  if (logs.value === null) return logs;
  const { x, y } = logs.value;
  const line = new KalmanLine(noise, kalmanRules.startVariance);
  let logLikelihood = 0;
  const path = y.map((value, t): KalmanPoint | null => {
    const { error, variance } = line.observe(x[t] ?? Number.NaN, value);
    if (t < kalmanRules.burnIn) return null;
    logLikelihood += logDensity(error, variance);
    return { slope: line.slope, intercept: line.intercept, innovation: error / Math.sqrt(variance) };
  });
  const caveats = hedgeCaveats([line.slope]);
  const value = { path, logLikelihood };
  return caveats.length > 0 ? warn(value, y.length, ...caveats) : ok(value, y.length);
}

const logDensity = (error: number, variance: number): number =>
  -(Math.log(2 * Math.PI * variance) + error ** 2 / variance) / 2;

/**
 * Noise of {@link kalmanHedge} by maximum likelihood (极大似然), of the sessions after the burn-in. For a path that knows nothing of the
 * future, fit it on sessions before the path's.
 *
 * @returns the three variances; cases and errors as {@link kalmanHedge}, and `undefined` (`identical-legs`) where a fixed line explains
 *   all, so that nothing is noise
 */
export function kalmanNoise(long: readonly number[], short: readonly number[]): Measured<KalmanNoise> {
  const logs = pairLogs(long, short);
  if (logs.value === null) return logs;
  const { x, y } = logs.value;
  const { value: fit } = leastSquares([x.map(() => 1), x], y);
  const size = (fit?.squares ?? 0) / y.length;
  if (size < leastVariance) return notDefined("identical-legs", y.length);
  const cost = (logarithms: readonly number[]) => -likelihood(noiseOf(logarithms), x, y);
  // The likelihood may have a top for a line that moves and another for one that hardly does.
  const [first, ...others] = startShares.map((share) => {
    const found = nelderMead(cost, [share * size, share * size, size].map(Math.log), 1);
    // A simplex may fold up on its way; begun anew where it ended, it goes on.
    return nelderMead(cost, found.at, 0.5);
  });
  const best = others.reduce((a, b) => (a !== undefined && b.value >= a.value ? a : b), first);
  return best === undefined ? notDefined("identical-legs", y.length) : ok(noiseOf(best.at), y.length);
}

/** Of residuals of logarithms that are nothing but roundings. */
const leastVariance = 1e-24;
/** Of the variance about a fixed line, for the intercept's and slope's steps at the start. */
const startShares = [1e-2, 1e-6];
/** The search goes no lower: below it a line does not move. */
const lowest = Math.log(1e-30);

function noiseOf(logarithms: readonly number[]): KalmanNoise {
  const [intercept = 1, slope = 1, observation = 1] = logarithms.map((v) => Math.exp(Math.max(lowest, v)));
  return { intercept, slope, observation };
}

function likelihood(noise: KalmanNoise, x: readonly number[], y: readonly number[]): number {
  const line = new KalmanLine(noise, kalmanRules.startVariance);
  let sum = 0;
  for (const [t, value] of y.entries()) {
    const { error, variance } = line.observe(x[t] ?? Number.NaN, value);
    if (t >= kalmanRules.burnIn) sum += logDensity(error, variance);
  }
  return sum;
}

/** A short leg that moves less than this, in its logarithm, does not move. */
const still = 1e-12;

function pairLogs(
  long: readonly number[],
  short: readonly number[],
): Measured<{ readonly x: readonly number[]; readonly y: readonly number[] }> {
  const logs = logLevels(long, short);
  if (logs.value === null) return logs;
  const [x, y] = [logs.value.short, logs.value.long];
  if (y.length < leastSessions) return tooFew(y.length, leastSessions);
  if (x.every((value) => Math.abs(value - (x[0] ?? 0)) < still)) return notDefined("zero-variance", y.length);
  return ok({ x, y }, y.length);
}
