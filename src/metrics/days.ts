/** A calendar day `YYYY-MM-DD`, as everywhere; metrics import nothing, so the name is their own. */
export type Day = string;

const dayMs = 86_400_000;

/** Days since 1970-01-01: a day's place, for arithmetic. */
export const dayNumber = (day: Day): number => Math.round(Date.parse(`${day}T00:00:00Z`) / dayMs);

/** The day of that number. */
export const dayOf = (number: number): Day => new Date(number * dayMs).toISOString().slice(0, 10);

/** The place of the first day that is not before `from`, of days in their order; −1 if there is none. */
export function firstFrom(days: readonly Day[], from: Day): number {
  let [low, high] = [0, days.length];
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((days[middle] ?? "") < from) low = middle + 1;
    else high = middle;
  }
  return low < days.length ? low : -1;
}

/** Mondays to Fridays after `from` and before `to`. */
export const weekdaysBetween = (from: Day, to: Day): number =>
  Math.max(0, weekdaysBefore(dayNumber(to)) - weekdaysBefore(dayNumber(from) + 1));

/** Mondays to Fridays before a day and from some Monday on; negative before it. */
function weekdaysBefore(number: number): number {
  // 1970-01-01, day 0, was a Thursday.
  const days = number + 3;
  const weeks = Math.floor(days / 7);
  return 5 * weeks + Math.min(5, days - 7 * weeks);
}

/** How many sessions there are from one day to another, both included. A series' exchange knows; weekdays where nobody does. */
export type CountSessions = (from: Day, to: Day) => number;

/** Whole years from one day to another: anniversaries that have come. 29 February has its own on 1 March. */
export function wholeYears(from: Day, to: Day): number {
  const years = Number(to.slice(0, 4)) - Number(from.slice(0, 4));
  return to.slice(5) < from.slice(5) ? years - 1 : years;
}

/** Mondays to Fridays from one day to another, both included. */
export const weekdaysIn = (from: Day, to: Day): number =>
  weekdaysBetween(dayOf(dayNumber(from) - 1), dayOf(dayNumber(to) + 1));
