import { type Day, dayNumber } from "#src/metrics/days.ts";
import { isoWeek } from "#src/metrics/iso-week.ts";
import { monthNumber } from "#src/metrics/month-number.ts";

/** Returns of several series over the same periods. */
export interface PeriodReturns {
  /** The day on which each period ended: its last joined one. */
  readonly ends: readonly Day[];
  /** Simple returns, one array a series. */
  readonly returns: readonly (readonly number[])[];
}

/** The calendar month of a day, by its place; and its ISO week. */
export const monthOf = (day: Day): number => monthNumber(day.slice(0, 7));
export const weekOf = (day: Day): number => Math.floor((dayNumber(isoWeek(day).friday) + 3) / 7);

/**
 * Returns between the last joined closes of periods that follow one another (周期收益率): of calendar months or of weeks. A period
 * without a day breaks the chain, so that no return is of two.
 *
 * @param dates  days of the prices, oldest first; the last period must be over
 * @param prices  one array a series, all positive, on those days
 * @param periodOf  the number of a day's period: {@link monthOf}, {@link weekOf}
 */
export function periodReturns(
  dates: readonly Day[],
  prices: readonly (readonly number[])[],
  periodOf: (day: Day) => number,
): PeriodReturns {
  const periods = dates.map(periodOf);
  const ends = periods.flatMap((period, t) => (periods[t + 1] === period ? [] : [t]));
  const pairs = ends
    .slice(1)
    .map((t, k) => [ends[k] ?? 0, t] as const)
    .filter(([before, t]) => (periods[t] ?? 0) - (periods[before] ?? 0) === 1);
  return {
    ends: pairs.map(([, t]) => dates[t] ?? ""),
    returns: prices.map((path) =>
      pairs.map(([before, t]) => (path[t] ?? Number.NaN) / (path[before] ?? Number.NaN) - 1),
    ),
  };
}
