import { addDays, type IsoDate, weekday } from "#src/domain/time.ts";

/** A day and its value, and where a test says so the instant at which it was known and whose word it is. */
export type Row = readonly [date: IsoDate, value: number, knownAt?: string, source?: string];

/** The last `n` Mondays to Fridays up to a day. */
export function weekdaysTo(end: IsoDate, n: number): readonly IsoDate[] {
  const days: IsoDate[] = [];
  for (let day = end; days.length < n; day = addDays(day, -1)) if (weekday(day) <= 5) days.unshift(day);
  return days;
}

/** Mondays to Fridays from one day to another, both included. */
export function weekdaysFrom(first: IsoDate, last: IsoDate): readonly IsoDate[] {
  const days: IsoDate[] = [];
  for (let day = first; day <= last; day = addDays(day, 1)) if (weekday(day) <= 5) days.push(day);
  return days;
}

/** Closes on the last weekdays up to a day; the last value stands on that day. */
export const closesTo = (end: IsoDate, values: readonly number[]): Row[] => {
  const days = weekdaysTo(end, values.length);
  return values.map((value, i) => [days[i] ?? end, value]);
};

/** A price that begins at 100 and has these daily returns; one element more than returns. */
export function priceOf(returns: readonly number[]): readonly number[] {
  const prices = [100];
  for (const r of returns) prices.push((prices.at(-1) ?? 100) * (1 + r));
  return prices;
}

/** One close a week, on Fridays: the base, and then one for each return; the last on that Friday. */
export function fridaysTo(end: IsoDate, returns: readonly number[]): Row[] {
  const prices = priceOf(returns);
  return prices.map((price, i) => [addDays(end, -7 * (prices.length - 1 - i)), price]);
}

/** The same value `n` times. */
export const times = (n: number, value: number): readonly number[] => Array.from({ length: n }, () => value);

/** `n` numbers, each made from its position. */
export const series = (n: number, make: (i: number) => number): readonly number[] =>
  Array.from({ length: n }, (_, i) => make(i));
