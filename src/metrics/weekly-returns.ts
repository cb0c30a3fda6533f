import type { Day } from "#src/metrics/days.ts";
import { type IsoWeek, isInWeek, isoWeek, weeksBetween } from "#src/metrics/iso-week.ts";

/** The return of one week, between the last sessions of two weeks that have any. */
export interface WeeklyReturn {
  /** The week, by its Friday. */
  readonly week: Day;
  /** The session whose price is the base: the last of the week before that had one. */
  readonly base: Day;
  /** The last session of the week. */
  readonly end: Day;
  /** Fraction. */
  readonly ret: number;
  /** Weeks since the base's: more than 1 after a closure of a whole week. */
  readonly spanWeeks: number;
  /** Whether the week was over. */
  readonly finished: boolean;
}

/** The last value of one week. */
export interface WeeklyClose {
  /** The week, by its Friday. */
  readonly week: Day;
  readonly date: Day;
  readonly value: number;
}

/** The last value of every ISO week that has one (周收盘, G8), oldest first. */
export function weeklyCloses(dates: readonly Day[], values: readonly number[]): readonly WeeklyClose[] {
  const closes: WeeklyClose[] = [];
  let week: IsoWeek | null = null;
  for (let i = 0; i < dates.length; i++) {
    const [date = "", next] = [dates[i], dates[i + 1]];
    week ??= isoWeek(date);
    if (next !== undefined && isInWeek(next, week)) continue;
    closes.push({ week: week.friday, date, value: values[i] ?? Number.NaN });
    week = null;
  }
  return closes;
}

/**
 * Weekly returns (周收益率, G8): ISO weeks of the series' own sessions, each price that of the week's last session.
 *
 * A week without a session is not there; the one after it spans two (`spanWeeks`), and is no candidate for records.
 * The first week has no base and is left out, and so is a week whose price or base is not positive: no return exists.
 *
 * @param dates  sessions, oldest first
 * @param prices  one a session
 * @param finishedThrough  Friday of the last week that is over; later weeks are unfinished
 * @throws {RangeError} if a week's price is not finite
 * @example weeklyReturns(["2026-02-06", "2026-02-13"], [100, 108], "2026-02-13")[0]?.ret; // 0.08
 */
export function weeklyReturns(
  dates: readonly Day[],
  prices: readonly number[],
  finishedThrough: Day,
): readonly WeeklyReturn[] {
  const closes = weeklyCloses(dates, prices);
  const bad = closes.find(({ value }) => !Number.isFinite(value));
  if (bad) throw new RangeError(`weeklyReturns requires finite prices, got ${bad.value} on ${bad.date}`);
  const returns: WeeklyReturn[] = [];
  let before: WeeklyClose | null = null;
  for (const close of closes) {
    if (before !== null && before.value > 0 && close.value > 0)
      returns.push(returnBetween(before, close, finishedThrough));
    before = close;
  }
  return returns;
}

const returnBetween = (before: WeeklyClose, close: WeeklyClose, finishedThrough: Day): WeeklyReturn => ({
  week: close.week,
  base: before.date,
  end: close.date,
  ret: close.value / before.value - 1,
  spanWeeks: weeksBetween(before.week, close.week),
  finished: close.week <= finishedThrough,
});
