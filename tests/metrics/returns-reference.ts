import raw from "#tests/fixtures/reference/returns.json" with { type: "json" };

/** The fixed seed of every property in this folder, so that a failure can be found again. */
export const seeded = { seed: 20_260_213 };

/** `20200131` as `2020-01-31`. */
export const day = (number = 0): string => String(number).replace(/^(\d{4})(\d\d)(\d\d)$/, "$1-$2-$3");

/** The values of returns.py; its README lines say how they are made. */
export const reference = Object.freeze({
  ...raw,
  dates: Object.freeze(raw.dates.map(day)),
  prices: Object.freeze(raw.prices),
  daily: Object.freeze(raw.daily),
});

/** The largest difference of two columns, relative to the expected value; infinite where their lengths differ. */
export function relativeGap(actual: readonly number[], expected: readonly number[]): number {
  if (actual.length !== expected.length) return Number.POSITIVE_INFINITY;
  const gaps = expected.map((e, i) => Math.abs((actual[i] ?? Number.NaN) - e) / (Math.abs(e) || 1));
  return gaps.reduce((worst, gap) => (gap <= worst ? worst : gap), 0);
}

const dayMs = 86_400_000;

/** The day so many days after another. */
export const plusDays = (from: string, days: number): string =>
  new Date(Date.parse(`${from}T00:00:00Z`) + days * dayMs).toISOString().slice(0, 10);

/** So many weekdays from a Monday on. */
export const weekdaysFrom = (monday: string, count: number): readonly string[] =>
  Object.freeze(Array.from({ length: count }, (_, i) => plusDays(monday, 7 * Math.floor(i / 5) + (i % 5))));

/** `n` copies of a value, or what a function makes of their places; frozen. */
export const series = (n: number, make: number | ((i: number) => number)): readonly number[] =>
  Object.freeze(Array.from({ length: n }, (_, i) => (typeof make === "number" ? make : make(i))));
