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
  const dates: Day[] = [];
  const values: number[][] = series.map(() => []);
  const places = series.map(() => 0);
  for (const date of series[0]?.dates ?? []) {
    let isShared = true;
    for (const [k, { dates: own }] of series.entries()) {
      const place = advanced(own, places[k] ?? 0, date);
      places[k] = place;
      isShared &&= own[place] === date;
    }
    if (!isShared) continue;
    dates.push(date);
    for (const [k, { values: own }] of series.entries()) values[k]?.push(own[places[k] ?? 0] ?? Number.NaN);
  }
  return { dates, values };
}

/** A place moved on to the first day that is not before another. Days stand in order, so that none is looked at twice. */
function advanced(dates: readonly Day[], from: number, day: Day): number {
  let place = from;
  while ((dates[place] ?? day) < day) place += 1;
  return place;
}

/**
 * How many of its own sessions each joined return spans, in the series that has the most: 1 for a return of one day,
 * more where a series had values on days that another lacked. A holiday that all share spans nothing.
 *
 * @param joined  days of {@link innerJoin}
 * @returns one fewer than the joined days
 */
export function sessionsSpanned(series: readonly Dated[], joined: readonly Day[]): readonly number[] {
  const places = series.map(({ dates }) => new Map(dates.map((date, i) => [date, i])));
  return joined.slice(1).map((day, t) => {
    const before = joined[t] ?? day;
    return Math.max(0, ...places.map((place) => (place.get(day) ?? 0) - (place.get(before) ?? 0)));
  });
}
