import { firstNotFinite } from "#src/metrics/all-numbers.ts";
import { type Measured, ok, tooFew } from "#src/metrics/result.ts";

/** How long a series has gone one way. */
export interface Streak {
  /** Periods in a row with the sign of the last; negative for falls, 0 where the last did not move. */
  readonly length: number;
  /** The longest streak of that sign before this one, signed too; 0 if there was none. */
  readonly longestBefore: number;
}

/**
 * Streaks (连涨连跌, B5) of every period: how many in a row up to it had its sign. Negative for falls; 0 for a period that did not move,
 * which ends a streak. Element `t` uses nothing after `t`.
 *
 * @param changes  returns or changes, oldest first
 * @throws {RangeError} if a change is not finite
 * @example streakPath([0.01, 0.02, -0.01, 0]); // [1, 2, −1, 0]
 */
export function streakPath(changes: readonly number[]): readonly number[] {
  const broken = firstNotFinite(changes);
  if (broken >= 0)
    throw new RangeError(`streakPath requires finite changes, got ${changes[broken]} at ${broken}`);
  const path = new Array<number>(changes.length);
  let run = 0;
  for (let t = 0; t < path.length; t++) {
    const change = changes[t] ?? 0;
    if (change > 0) run = Math.max(run, 0) + 1;
    else run = change < 0 ? Math.min(run, 0) - 1 : 0;
    path[t] = run;
  }
  return path;
}

/**
 * The streak (B5) at the end of a series, and the longest of its direction before it.
 *
 * @returns `insufficient` without a change
 * @throws {RangeError} as {@link streakPath}
 */
export function streak(changes: readonly number[]): Measured<Streak> {
  const path = streakPath(changes);
  const length = path.at(-1);
  if (length === undefined) return tooFew(0, 1);
  const side = Math.sign(length);
  let longest = 0;
  for (let t = 0; t < path.length - Math.abs(length); t++) longest = Math.max(longest, side * (path[t] ?? 0));
  return ok({ length, longestBefore: longest === 0 ? 0 : side * longest }, changes.length);
}
