import type { HistoryNeed } from "#src/metrics/percentile-rank.ts";
import { type Measured, mapMeasured, notDefined, tooFew } from "#src/metrics/result.ts";
import { zScore } from "#src/metrics/z-score.ts";

/** A move over some sessions, and how it compares with such moves before. */
export interface ChangeZ {
  /** Of prices the difference of logarithms, of yields that of the levels. */
  readonly change: number;
  readonly z: number;
}

/** Rules of the move that signals are made of (J7, as E2): sessions of the move, and its history. */
export const changeRules = { horizon: 20, history: { min: 756, preferred: 2520 } } as const;

/**
 * z-score of a move over some sessions (区间变动Z值, J7): against such moves that ended before the last session (G11). Neighbours
 * share all but one of their sessions (G20): it is no test.
 *
 *     z = (c[t] − mean(C)) / sd(C),   c[t] = x[t] − x[t−20],   x = ln p of prices, the level itself of yields
 *
 * @param levels  one a session of its own, oldest first
 * @param kind  prices by logarithms; yields and spreads by differences, never in per cent (G5)
 * @returns `insufficient` below 756 earlier moves, `warn` below 2,520; `undefined` (`not-positive`) for a price in use that is not
 *   positive, (`zero-variance`) for a history that does not move
 * @throws {RangeError} if a level is not finite
 */
export function changeZ(
  levels: readonly number[],
  kind: "logarithm" | "difference",
  { horizon, history: need }: { readonly horizon: number; readonly history: HistoryNeed } = changeRules,
): Measured<ChangeZ> {
  if (!levels.every(Number.isFinite)) throw new RangeError("changeZ requires finite levels");
  const used = levels.slice(-(need.preferred + horizon + 1));
  if (used.length < horizon + 1) return tooFew(0, need.min);
  if (kind === "logarithm" && used.some((level) => level <= 0))
    return notDefined("not-positive", used.length);
  const x = kind === "logarithm" ? used.map(Math.log) : used;
  const changes = x.slice(horizon).map((level, t) => level - (x[t] ?? 0));
  const change = changes.at(-1) ?? 0;
  return mapMeasured(zScore(changes.slice(0, -1), change, need), (z) => ({ change, z }));
}
