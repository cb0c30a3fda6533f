import { blockLength } from "#src/metrics/block-length.ts";
import { coverage } from "#src/metrics/coverage.ts";
import type { Path } from "#src/metrics/panel.ts";
import { type Measured, notDefined, okFrom, tooFew, warn } from "#src/metrics/result.ts";
import { rollingMean } from "#src/metrics/rolling.ts";
import {
  type BootstrapInterval,
  bootstrapInterval,
  type Resampling,
} from "#src/metrics/stationary-bootstrap.ts";

/** By how much strategies that follow prices did better than standing still. */
export interface AdaptiveSpread {
  /** Difference of log returns over the window, a fraction. */
  readonly spread: number;
  /** Where that lies, 95 times of 100, if days come as they did. */
  readonly interval: BootstrapInterval;
  /** Whether all of the interval is above 0: "is winning"; for "is losing" all must be below. */
  readonly isWinning: boolean;
  readonly isLosing: boolean;
}

/** Sessions of the spread. */
export const adaptiveWindow = 60;

/**
 * Adaptive against static (自适应与静态策略, K7): the return of an index of trend or momentum over that of equal weights, and its bootstrap
 * interval (A13).
 *
 *     S = Σ d[t],   d[t] = ln((1 + a[t]) / (1 + s[t])),   the last 60 sessions
 *
 * @param adaptive  simple daily returns, oldest first
 * @param constant  of the equally weighted one in the same sessions
 * @param resampling  the block's mean length by `blockLength`, unless given
 * @returns `insufficient` below three quarters of the window, `warn` (`short-window`) below all of it; `undefined` (`total-loss`)
 *   where a day loses everything
 * @throws {RangeError} if lengths differ or a return is not finite
 */
export function adaptiveSpread(
  adaptive: readonly number[],
  constant: readonly number[],
  resampling: Partial<Resampling> = {},
): Measured<AdaptiveSpread> {
  if (adaptive.length !== constant.length)
    throw new RangeError("adaptiveSpread requires returns of the same sessions");
  if (!(adaptive.every(Number.isFinite) && constant.every(Number.isFinite)))
    throw new RangeError("adaptiveSpread requires finite returns");
  const [a, s] = [adaptive.slice(-adaptiveWindow), constant.slice(-adaptiveWindow)];
  const [n, least] = [a.length, Math.ceil(coverage.least * adaptiveWindow)];
  if (n < least) return tooFew(n, least);
  if ([...a, ...s].some((r) => r <= -1)) return notDefined("total-loss", n);
  const daily = a.map((r, t) => Math.log1p(r) - Math.log1p(s[t] ?? Number.NaN));
  const block = resampling.block ?? blockLength(daily).value ?? 1;
  const sum = (at: Int32Array) => at.reduce((total, i) => total + (daily[i] ?? Number.NaN), 0);
  const interval = bootstrapInterval(n, sum, { ...resampling, block });
  if (interval.value === null) return interval;
  const { low, high } = interval.value;
  const spread = daily.reduce((total, d) => total + d, 0);
  const value = { spread, interval: interval.value, isWinning: low > 0, isLosing: high < 0 };
  return n < adaptiveWindow
    ? warn(value, n, { code: "short-window", need: adaptiveWindow, have: n })
    : okFrom(value, n, 0);
}

/**
 * {@link adaptiveSpread}'s sum of every 60 sessions, for its place in its own history; `null` before there are as many. Element `t`
 * uses nothing after `t`.
 *
 * @throws {RangeError} if lengths differ, or a return is not finite or loses everything
 */
export function adaptiveSpreadPath(adaptive: readonly number[], constant: readonly number[]): Path {
  if (adaptive.length !== constant.length)
    throw new RangeError("adaptiveSpreadPath requires returns of the same sessions");
  if (![...adaptive, ...constant].every((r) => Number.isFinite(r) && r > -1))
    throw new RangeError("adaptiveSpreadPath requires finite returns above -1");
  const daily = adaptive.map((r, t) => Math.log1p(r) - Math.log1p(constant[t] ?? Number.NaN));
  return rollingMean(daily, adaptiveWindow).map((mean) => (mean === null ? null : mean * adaptiveWindow));
}
