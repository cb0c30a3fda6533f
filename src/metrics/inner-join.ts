import type { Day } from "#src/metrics/days.ts";

/** A dated series: parallel arrays, oldest first. */
export interface Dated {
  readonly dates: readonly Day[];
  readonly values: readonly number[];
}

/** Days on which all series have a value, and the values of each on those days, in the order given. */
export interface Joined {
  readonly dates: readonly Day[];
  readonly values: readonly (readonly number[])[];
}

/**
 * Inner join of sessions (G6): what belongs together is joined first, and returns are taken afterwards, so that a
 * holiday of one market makes one two-session return for all and no false zero.
 */
export function innerJoin(series: readonly Dated[]): Joined {
  const lookups = series.map(({ dates, values }) => new Map(dates.map((date, i) => [date, values[i]])));
  const [first] = series;
  const dates = (first?.dates ?? []).filter((date) =>
    lookups.every((lookup) => lookup.get(date) !== undefined),
  );
  return { dates, values: lookups.map((lookup) => dates.map((date) => lookup.get(date) ?? Number.NaN)) };
}
