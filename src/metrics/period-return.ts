import { type CountSessions, type Day, dayNumber, dayOf, weekdaysIn } from "#src/metrics/days.ts";
import { type Measured, notDefined, ok, tooFew } from "#src/metrics/result.ts";

/** A period's return, and between which closes. */
export interface PeriodReturn {
  /** Fraction. */
  readonly ret: number;
  readonly baseDate: Day;
  readonly endDate: Day;
}

const farthestBase = 5;

/**
 * Period return (区间收益率, A2): the last price against the last one before the period began.
 *
 *     R = p[end] / p[base] − 1,   base = last session before `start`
 *
 * The base of a year to date is therefore the last session of the year before in the series' own calendar (for
 * Seoul 30 December, not 31). Where that session is missing, an earlier one serves if no more than five sessions lie
 * between it and the period.
 *
 * @param dates  sessions, oldest first
 * @param prices  one a session
 * @param start  the first day of the period
 * @param sessions  of the series' exchange
 * @returns `insufficient` without a price before and one inside the period; `undefined` where the base is too old
 *   (`base-missing`) or a price is not positive (`not-positive`)
 * @throws {RangeError} if the base or the last price is not finite
 * @example periodReturn(["2025-12-30", "2026-01-02"], [100, 103], "2026-01-01").value?.ret; // 0.03
 */
export function periodReturn(
  dates: readonly Day[],
  prices: readonly number[],
  start: Day,
  sessions: CountSessions = weekdaysIn,
): Measured<PeriodReturn> {
  const base = dates.findLastIndex((date) => date < start);
  const inside = dates.length - 1 - base;
  const [baseDate, endDate] = [dates[base], dates.at(-1)];
  const [before, last] = [prices[base], prices.at(-1)];
  if (baseDate === undefined || endDate === undefined || before === undefined || last === undefined)
    return tooFew(Math.min(1, inside), 2);
  if (inside === 0) return tooFew(1, 2);
  if (!Number.isFinite(before) || !Number.isFinite(last))
    throw new RangeError("periodReturn requires finite prices");
  const missed = sessions(dayOf(dayNumber(baseDate) + 1), dayOf(dayNumber(start) - 1));
  if (missed > farthestBase) return notDefined("base-missing", inside);
  if (before <= 0 || last <= 0) return notDefined("not-positive", inside);
  return ok({ ret: last / before - 1, baseDate, endDate }, inside + 1);
}
