import type { Day } from "#src/metrics/days.ts";

/** The last value of a calendar month. */
export interface MonthEnd {
  /** `2026-02`. */
  readonly month: string;
  /** Its place in the series. */
  readonly index: number;
}

/**
 * The last value of every calendar month that has one (月末值), oldest first; the last month may not be over.
 *
 * @param dates  days of the values, oldest first
 * @example monthEnds(["2026-01-30", "2026-02-06", "2026-02-13"]); // [{ month: "2026-01", index: 0 }, { month: "2026-02", index: 2 }]
 */
export function monthEnds(dates: readonly Day[]): readonly MonthEnd[] {
  return dates.flatMap((date, index): readonly MonthEnd[] => {
    const month = date.slice(0, 7);
    return dates[index + 1]?.startsWith(month) ? [] : [{ month, index }];
  });
}
