import type { HistoryNeed } from "#src/metrics/percentile-rank.ts";
import { type Measured, notDefined, tooFew } from "#src/metrics/result.ts";
import { zScore } from "#src/metrics/z-score.ts";

/** Sessions of a surge, and how many windows of them before it it is held against. */
export const surgeRules = { window: 5, history: { min: 252, preferred: 756 } } as const satisfies {
  readonly window: number;
  readonly history: HistoryNeed;
};

/**
 * Volume of some sessions against its own history (成交量标准分, A9, S12).
 *
 *     z = (x[T] − mean(H)) / sd(H),   x[t] = ln Σ v[t−4 … t],   H = { x[t] : t ≤ T − 5 }
 *
 * Windows of the history share no session with the latest. A logarithm, since volumes grow by multiplication.
 *
 * @param volumes  a session each, oldest first, in shares or money
 * @returns `insufficient` below 252 earlier windows, `warn` below 756; `undefined` (`not-positive`) for a volume below 0 or a window without
 *   any, (`zero-variance`) where volumes never differ
 * @throws {RangeError} if a volume is not finite
 */
export function volumeSurge(volumes: readonly number[]): Measured<number> {
  if (!volumes.every(Number.isFinite)) throw new RangeError("volumeSurge requires finite volumes");
  const { window, history: need } = surgeRules;
  const counted = volumes.slice(-(need.preferred + 2 * window - 1));
  const sums = counted
    .slice(window - 1)
    .map((_, t) => counted.slice(t, t + window).reduce((sum, v) => sum + v, 0));
  const latest = sums.at(-1);
  const history = sums.slice(0, -window);
  if (latest === undefined || history.length < need.min) return tooFew(history.length, need.min);
  if (counted.some((v) => v < 0) || [...history, latest].some((sum) => sum <= 0))
    return notDefined("not-positive", history.length);
  return zScore(history.map(Math.log), Math.log(latest), need);
}
