import { type Day, dayNumber, dayOf } from "#src/metrics/days.ts";
import { type Measured, notDefined, ok, tooFew } from "#src/metrics/result.ts";

/**
 * Revision ratio (盈利修正比率, V4): how many estimates were raised against how many were cut.
 *
 *     (up − down) / (up + down),   −1 to 1
 *
 * @param up  estimates raised in the window
 * @param down  estimates cut
 * @returns `n` counts revisions; `undefined` (`no-revisions`) without any
 * @throws {RangeError} if a count is not an integer of 0 or more
 * @example revisionRatio(30, 10).value; // 0.5
 */
export function revisionRatio(up: number, down: number): Measured<number> {
  if (![up, down].every((count) => Number.isInteger(count) && count >= 0))
    throw new RangeError(`revisionRatio requires counts, got ${up} and ${down}`);
  return up + down === 0 ? notDefined("no-revisions", 0) : ok((up - down) / (up + down), up + down);
}

/** A change of an estimate, and between which days. */
export interface EstimateChange {
  /** A fraction. */
  readonly change: number;
  readonly baseDate: Day;
  readonly endDate: Day;
}

const daysAWeek = 7;
/** An estimate that nobody has touched for longer than this is none of the day. */
const oldest = 30;

/**
 * Change of an estimate over some weeks (预期修正幅度, V4): the latest against the last one known so many weeks before its day.
 *
 *     E[t] / E[t − 7 w] − 1
 *
 * @param dates  days on which the estimates were known, oldest first
 * @param estimates  one a day: earnings of the next twelve months
 * @param weeks  4 unless given
 * @returns `insufficient` without an estimate at the base; `undefined` (`base-missing`) where the base's is more than 30 days older
 *   than it should be, (`not-meaningful`) where it is not positive
 * @throws {RangeError} if lengths differ, an estimate is not finite or the weeks are not an integer of 1 or more
 */
export function estimateChange(
  dates: readonly Day[],
  estimates: readonly number[],
  weeks = 4,
): Measured<EstimateChange> {
  if (dates.length !== estimates.length)
    throw new RangeError("estimateChange requires a day of each estimate");
  if (!estimates.every(Number.isFinite)) throw new RangeError("estimateChange requires finite estimates");
  if (!(Number.isInteger(weeks) && weeks >= 1))
    throw new RangeError(`estimateChange requires weeks of 1 or more, got ${weeks}`);
  const [endDate, after] = [dates.at(-1), estimates.at(-1)];
  if (endDate === undefined || after === undefined) return tooFew(0, 2);
  const due = dayNumber(endDate) - daysAWeek * weeks;
  const at = dates.findLastIndex((date) => date <= dayOf(due));
  const [baseDate, before] = [dates[at], estimates[at]];
  if (baseDate === undefined || before === undefined) return tooFew(1, 2);
  if (due - dayNumber(baseDate) > oldest) return notDefined("base-missing", 2);
  return before <= 0
    ? notDefined("not-meaningful", 2)
    : ok({ change: after / before - 1, baseDate, endDate }, 2);
}
