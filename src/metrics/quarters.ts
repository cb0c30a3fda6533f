import type { Day } from "#src/metrics/days.ts";
import type { Dated } from "#src/metrics/inner-join.ts";
import { monthNumber } from "#src/metrics/month-number.ts";
import type { Path } from "#src/metrics/panel.ts";

/** Series of quarters on one axis. */
export interface Quarters {
  /** The last day by which any series dates each quarter; of one that all lack, that of the quarter before it. */
  readonly days: readonly Day[];
  /** One path a series, in the order given. */
  readonly paths: readonly Path[];
}

const monthsAQuarter = 3;
const quarterOf = (day: Day): number => Math.floor(monthNumber(day.slice(0, 7)) / monthsAQuarter);

/**
 * Quarterly series side by side (季度对齐), one element a calendar quarter from the first that any has to the last: companies end their
 * quarters on different days, and one whose report is missing leaves a gap and moves no other. Of two values in one quarter the later counts.
 *
 * @throws {RangeError} for a day that is none
 */
export function onQuarters(series: readonly Dated[]): Quarters {
  const byQuarter = series.map(
    ({ dates, values }) =>
      new Map(dates.map((day, t) => [quarterOf(day), { day, value: values[t] ?? null }])),
  );
  const all = byQuarter.flatMap((map) => [...map.keys()]);
  const [first, last] = [Math.min(...all), Math.max(...all)];
  const quarters = Array.from({ length: all.length === 0 ? 0 : last - first + 1 }, (_, i) => first + i);
  const days: Day[] = [];
  for (const quarter of quarters) {
    const own = byQuarter.flatMap((map) => map.get(quarter)?.day ?? []).toSorted();
    days.push(own.at(-1) ?? days.at(-1) ?? "");
  }
  return { days, paths: byQuarter.map((map) => quarters.map((quarter) => map.get(quarter)?.value ?? null)) };
}
