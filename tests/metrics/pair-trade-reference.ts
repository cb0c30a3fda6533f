import { simpleReturns } from "#src/metrics/returns.ts";
import raw from "#tests/fixtures/reference/pair-trade.json" with { type: "json" };
import { day } from "#tests/metrics/returns-reference.ts";

const returns = (prices: readonly number[]): readonly number[] =>
  Object.freeze(simpleReturns(prices).value ?? []);

/** The values of pair-trade.py: prices on `dates`, and returns, one fewer, that end on `ends`. */
export const reference = Object.freeze({
  ...raw,
  dates: Object.freeze(raw.dates.map(day)),
  ends: Object.freeze(raw.dates.slice(1).map(day)),
  prices: { long: Object.freeze(raw.long), short: Object.freeze(raw.short) },
  returns: { long: returns(raw.long), short: returns(raw.short), market: returns(raw.market) },
});

/** The largest absolute difference; infinite where lengths differ. */
export const gap = (found: readonly (number | null)[], expected: readonly (number | null)[]): number =>
  found.length === expected.length
    ? Math.max(0, ...found.map((v, i) => Math.abs((v ?? Number.NaN) - (expected[i] ?? Number.NaN))))
    : Number.POSITIVE_INFINITY;

/** Every tenth. */
export const tenths = <T>(values: readonly T[]): readonly T[] => values.filter((_, i) => i % 10 === 0);

export const sum = (values: readonly number[]): number => values.reduce((total, v) => total + v, 0);
