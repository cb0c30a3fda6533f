import { blockLength } from "#src/metrics/block-length.ts";
import { finitePair } from "#src/metrics/correlation.ts";
import { meanOf } from "#src/metrics/mean.ts";
import { type Measured, ok, tooFew } from "#src/metrics/result.ts";
import { bootstrapInterval, usualReplicates, usualSeed } from "#src/metrics/stationary-bootstrap.ts";

/** How often two series moved so, lately and before. */
export interface JointState {
  readonly x: "up" | "down";
  readonly y: "up" | "down";
  /** Share of the recent sessions, and its 95 % interval. */
  readonly recent: number;
  readonly low: number;
  readonly high: number;
  /** Share of the sessions before those. */
  readonly longRun: number;
}

const [recentSessions, leastBefore] = [20, 120];
const directions = ["up", "down"] as const;

/**
 * Joint states (联合涨跌状态, D10): how often two series rose and fell together, in the last 20 sessions and in those before.
 *
 * A return of exactly 0 is neither up nor down, so that the four shares may sum to less than 1. The interval is that of a
 * stationary bootstrap of the recent sessions.
 *
 * @param x  returns on joined sessions, oldest first
 * @param y  those of the other
 * @returns four states, up/up, up/down, down/up and down/down; `insufficient` below 20 + 120 sessions
 * @throws {RangeError} if lengths differ or a number is not finite
 */
export function jointStates(
  x: readonly number[],
  y: readonly number[],
  { replicates = usualReplicates, seed = usualSeed } = {},
): Measured<readonly JointState[]> {
  finitePair(x, y);
  if (x.length < recentSessions + leastBefore) return tooFew(x.length, recentSessions + leastBefore);
  const states = directions.flatMap((dx) => directions.map((dy) => [dx, dy] as const));
  const value = states.map(([dx, dy]): JointState => {
    const hits = x.map((r, t): number => (isMove(r, dx) && isMove(y[t] ?? 0, dy) ? 1 : 0));
    const recent = hits.slice(-recentSessions);
    const { value: block } = blockLength(recent);
    const share = (at: ArrayLike<number>): number => shareOf(Array.from(at, (t) => recent[t] ?? 0));
    const interval = bootstrapInterval(recentSessions, share, { block: block ?? 1, replicates, seed });
    const { low = 0, high = 1 } = interval.value ?? {};
    return {
      x: dx,
      y: dy,
      recent: shareOf(recent),
      low,
      high,
      longRun: shareOf(hits.slice(0, -recentSessions)),
    };
  });
  return ok(value, x.length);
}

const isMove = (r: number, direction: "up" | "down"): boolean => (direction === "up" ? r > 0 : r < 0);

const shareOf = (hits: readonly number[]): number => meanOf(hits);
