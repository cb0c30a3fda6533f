import { type Measured, ok, tooFew, warn } from "#src/metrics/result.ts";
import { rollingVariance } from "#src/metrics/rolling.ts";

/** How a yield curve moved. All numbers are basis points. */
export interface CurveMove {
  /** Changes of the two yields. */
  readonly short: number;
  readonly long: number;
  /** Their mean, and the long one less the short one. */
  readonly level: number;
  readonly slope: number;
  /** What each of these must reach to be a move. */
  readonly levelThreshold: number;
  readonly slopeThreshold: number;
  /** `bull`: yields fell; `bear`: they rose; `null` where the level did not move. */
  readonly direction: "bull" | "bear" | null;
  /** `null` where the slope did not move. */
  readonly shape: "flattener" | "steepener" | null;
  /** The two yields went opposite ways. */
  readonly isTwist: boolean;
  /** Sessions over which it moved; always to be named. */
  readonly horizon: number;
}

/** Rules of the yield-curve move (E3). */
export const curveRules = {
  horizon: 20,
  least: 2,
  deviations: 0.25,
  history: { min: 60, preferred: 756 },
} as const;

/**
 * Yield-curve move (收益率曲线形态变化, E3): how the curve moved over some sessions.
 *
 *     level = (ΔS + ΔL) / 2,   slope = ΔL − ΔS
 *     bull  level < 0     bear       level > 0     (牛/熊)
 *     flattener  slope < 0     steepener  slope > 0     (平/陡);   twist  ΔS · ΔL < 0
 *
 * Each of the two counts from max(2 bp, a quarter of the deviation of its own changes over as many sessions before) on. With the
 * level below it the move has a shape and no direction; with both below it the curve is unchanged, and that is no twist either.
 * Official US yields of a day are known on the next, and their holidays are not those of the exchange.
 *
 * @param short  yields in per cent, as 4.25, of the short maturity, oldest first
 * @param long  of the long maturity on the same days
 * @returns `insufficient` below horizon + 1 yields; `warn` (`short-history`) below 756 earlier changes: of fewer than 60 there is
 *   no deviation, and the threshold is 2 bp
 * @throws {RangeError} if lengths differ, a yield is not finite or the horizon not an integer of 1 or more
 * @example yieldCurveMove([4.2, 4.18], [4.5, 4.45], 1).value; // direction "bull", shape "flattener"
 */
export function yieldCurveMove(
  short: readonly number[],
  long: readonly number[],
  horizon: number = curveRules.horizon,
): Measured<CurveMove> {
  const move = yieldCurvePath(short, long, horizon).at(-1) ?? null;
  const n = short.length;
  if (move === null) return tooFew(n, horizon + 1);
  const { preferred } = curveRules.history;
  const have = Math.min(preferred, n - horizon - 1);
  return have < preferred ? warn(move, n, { code: "short-history", need: preferred, have }) : ok(move, n);
}

/**
 * {@link yieldCurveMove} of every session, in one pass. Element `t` uses no yield after `t`, and its thresholds none of `t`.
 *
 * @returns `null` before the first whole horizon
 * @throws {RangeError} as {@link yieldCurveMove}
 */
export function yieldCurvePath(
  short: readonly number[],
  long: readonly number[],
  horizon: number = curveRules.horizon,
): readonly (CurveMove | null)[] {
  requireYields(short, long, horizon);
  const s = changes(short, horizon);
  const l = changes(long, horizon);
  const level = s.map((change, t) => (change + (l[t] ?? 0)) / 2);
  const slope = s.map((change, t) => (l[t] ?? 0) - change);
  const [levelThresholds, slopeThresholds] = [thresholds(level), thresholds(slope)];
  const moves = s.map((change, t) =>
    moveOf({
      short: change,
      long: l[t] ?? 0,
      level: level[t] ?? 0,
      slope: slope[t] ?? 0,
      levelThreshold: levelThresholds[t] ?? 0,
      slopeThreshold: slopeThresholds[t] ?? 0,
      horizon,
    }),
  );
  return [...short.slice(0, horizon).map(() => null), ...moves];
}

function moveOf(move: Omit<CurveMove, "direction" | "shape" | "isTwist">): CurveMove {
  const [isLevel, isSlope] = [
    Math.abs(move.level) >= move.levelThreshold,
    Math.abs(move.slope) >= move.slopeThreshold,
  ];
  return {
    ...move,
    direction: isLevel ? (move.level < 0 ? "bull" : "bear") : null,
    shape: isSlope ? (move.slope < 0 ? "flattener" : "steepener") : null,
    isTwist: (isLevel || isSlope) && move.short * move.long < 0,
  };
}

/** In basis points to a millionth: 4.28 − 4.3 is not quite two, and the thresholds would know. */
const changes = (yields: readonly number[], horizon: number): readonly number[] =>
  yields.slice(horizon).map((y, t) => Math.round((y - (yields[t] ?? Number.NaN)) * 1e8) / 1e6);

/** Of every change, from those before it. */
function thresholds(values: readonly number[]): readonly number[] {
  const { history, least, deviations } = curveRules;
  const variances = rollingVariance(values, history.preferred, history.min);
  return values.map((_, t) => Math.max(least, deviations * Math.sqrt(variances[t - 1] ?? 0)));
}

function requireYields(short: readonly number[], long: readonly number[], horizon: number): void {
  if (short.length !== long.length) throw new RangeError("a yield curve requires yields of the same days");
  if (!(Number.isInteger(horizon) && horizon >= 1))
    throw new RangeError(`a yield curve requires a horizon of 1 or more, got ${horizon}`);
  if (!(short.every(Number.isFinite) && long.every(Number.isFinite)))
    throw new RangeError("a yield curve requires finite yields");
}
