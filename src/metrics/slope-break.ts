import { finitePair } from "#src/metrics/correlation.ts";
import { type FlipOptions, flipWindows } from "#src/metrics/correlation-flip.ts";
import { leastSquares } from "#src/metrics/least-squares.ts";
import { neweyWest } from "#src/metrics/newey-west.ts";
import { type Measured, ok, tooFew, warn } from "#src/metrics/result.ts";

/** What one series gives for a unit of the other, before and lately. */
export interface SlopeBreak {
  /** Slope of the window before. */
  readonly before: number;
  /** Recent slope less the one before. */
  readonly change: number;
  /** HAC standard error of the change, its t and two-sided p. */
  readonly error: number;
  readonly t: number;
  readonly pValue: number;
}

/**
 * Break of a slope (斜率变化, D10): a regression whose intercept and slope may change where the recent window begins.
 *
 *     y = a + b x + D (c + d x) + e,   D = 1 in the last 60 returns; Newey-West errors
 *
 * Unlike a correlation, a slope does not grow because `x` moves more.
 *
 * @param x  log returns on joined sessions, oldest first
 * @param y  those of the other
 * @param options  the windows of `correlationFlip`, whose minimum samples these are too
 * @returns also `undefined` (`collinear`) where `x` does not move in one of the windows, (`perfect-fit`)
 * @throws {RangeError} if lengths differ or a number is not finite
 */
export function slopeBreak(
  x: readonly number[],
  y: readonly number[],
  options: Omit<FlipOptions, "replicates" | "seed"> = {},
): Measured<SlopeBreak> {
  const { recent, leastRecent, prior, leastPrior } = { ...flipWindows.daily, ...options };
  finitePair(x, y);
  const [total, wanted] = [x.length, recent + prior];
  if (total < leastRecent + leastPrior) return tooFew(total, leastRecent + leastPrior);
  const last = Math.min(recent, total - leastPrior);
  const n = Math.min(wanted, total);
  const own = x.slice(-n);
  const dummy = own.map((_, t) => (t >= n - last ? 1 : 0));
  const columns = [own.map(() => 1), own, dummy, own.map((v, t) => v * (dummy[t] ?? 0))];
  const fit = leastSquares(columns, y.slice(-n));
  if (fit.value === null) return fit;
  const hac = neweyWest(columns, fit.value);
  if (hac.value === null) return hac;
  const [, before = Number.NaN, , change = Number.NaN] = fit.value.coefficients;
  const [error, t, pValue] = [hac.value.errors, hac.value.t, hac.value.p].map(
    (of) => of[3] ?? Number.NaN,
  ) as [number, number, number];
  const value: SlopeBreak = { before, change, error, t, pValue };
  return n < wanted ? warn(value, n, { code: "short-window", need: wanted, have: n }) : ok(value, n);
}
