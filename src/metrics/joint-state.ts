import { type Measured, ok, tooFew, warn } from "#src/metrics/result.ts";
import { bootstrapInterval } from "#src/metrics/stationary-bootstrap.ts";

/** How often two series rose together of late, and in the long run before. */
export interface JointState {
  /** Returns of the window on which both rose. */
  readonly both: number;
  readonly share: number;
  /** 95 % interval of the share, by a stationary bootstrap. */
  readonly low: number;
  readonly high: number;
  /** The share among the returns before the window. */
  readonly longRun: number;
  /** How many those are. */
  readonly history: number;
}

/** Rules of the joint state (D10): returns of the window, fewest before it, and the mean length of a block. */
export const jointRules = { window: 20, leastHistory: 120 } as const;

/**
 * Joint state of two series (联合状态, D10): the share of the last returns on which both rose, against the long run before them.
 *
 *     share = #{t in the last 20: x[t] > 0 and y[t] > 0} / 20
 *
 * Days of one sign come in runs, so that the interval draws blocks, of ∛n on average (G16's fallback).
 *
 * @param x  returns, oldest first
 * @param y  those of the other, on the same sessions
 * @returns `n` counts returns; `insufficient` below the window and 120 before it; `warn` as `bootstrapInterval`
 * @throws {RangeError} if lengths differ or a return is not finite
 */
export function jointState(
  x: readonly number[],
  y: readonly number[],
  { window, leastHistory }: { readonly window: number; readonly leastHistory: number } = jointRules,
): Measured<JointState> {
  if (x.length !== y.length) throw new RangeError("jointState requires returns of the same sessions");
  if (![x, y].every((returns) => returns.every(Number.isFinite)))
    throw new RangeError("jointState requires finite returns");
  const n = x.length;
  if (n < window + leastHistory) return tooFew(n, window + leastHistory);
  const isBoth: readonly number[] = x.map((r, t) => (r > 0 && (y[t] ?? 0) > 0 ? 1 : 0));
  const [before, recent] = [isBoth.slice(0, -window), isBoth.slice(-window)];
  const interval = bootstrapInterval(window, (at) => shareOf(at.length, (i) => recent[at[i] ?? 0]), {
    block: Math.ceil(Math.cbrt(window)),
  });
  if (interval.value === null) return interval;
  const share = shareOf(window, (i) => recent[i]);
  const value = {
    both: Math.round(share * window),
    share,
    low: interval.value.low,
    high: interval.value.high,
    longRun: shareOf(before.length, (i) => before[i]),
    history: before.length,
  };
  return interval.status === "ok" ? ok(value, n) : warn(value, n, ...interval.reasons);
}

function shareOf(n: number, at: (i: number) => number | undefined): number {
  let sum = 0;
  for (let i = 0; i < n; i++) sum += at(i) ?? 0;
  return sum / n;
}
