import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { countOf, currencies, directionOf, isCurrency, quantumOf, type Unit } from "#src/domain/quantity.ts";

const seed = 20_260_213;

/** `n / 10^decimals` as a decimal text, so that nothing but the text decides its rounding. */
function decimal(n: number, decimals: number): string {
  const digits = String(Math.abs(n)).padStart(decimals + 1, "0");
  const cut = digits.length - decimals;
  return `${n < 0 ? "-" : ""}${digits.slice(0, cut)}.${digits.slice(cut)}`;
}

/** Rounds `n / 10^decimals` to quanta of `10^-places`, halves away from zero, in whole numbers only. */
function roundedCount(n: number, decimals: number, places: number): number {
  const quantum = 10n ** BigInt(decimals - places);
  const magnitude = BigInt(Math.abs(n));
  const count = (magnitude + quantum / 2n) / quantum;
  return Number(n < 0 ? -count : count) + 0;
}

describe("countOf", () => {
  // The values that binary fractions put just below a half: 1.45 / 0.1 is 14.499999999999998.
  it.each([
    [1.45, 0.1, 15],
    [5.55, 0.1, 56],
    [0.615, 0.01, 62],
    [1.005, 0.01, 101],
    [0.145, 0.01, 15],
    [2.675, 0.01, 268],
    [0.0005, 0.001, 1],
    [0.00049999, 0.001, 0],
    [0.0285, 0.001, 29],
    [89e9, 1e8, 890],
    [105e6, 1e7, 11],
    [104_999_999, 1e7, 10],
    [0, 0.001, 0],
  ])("%d in quanta of %d is %d, and its negative the negative", (value, quantum, count) => {
    expect(countOf(value, quantum)).toBe(count);
    expect(countOf(-value, quantum)).toBe(count === 0 ? 0 : -count);
  });

  it("never gives a negative zero", () => {
    for (const value of [0, -0, -0.0004, 0.0004, -1e-300])
      expect(Object.is(countOf(value, 0.001), 0)).toBe(true);
  });

  it("rounds decimal texts as whole numbers do, halves away from zero", () => {
    const drawn = fc.record({
      n: fc.integer({ min: -1_000_000_000_000, max: 1_000_000_000_000 }),
      decimals: fc.integer({ min: 1, max: 7 }),
      less: fc.integer({ min: 1, max: 7 }),
    });
    fc.assert(
      fc.property(drawn, ({ n, decimals, less }) => {
        const places = Math.max(0, decimals - less);
        expect(countOf(Number(decimal(n, decimals)), 10 ** -places)).toBe(roundedCount(n, decimals, places));
      }),
      { seed, numRuns: 20_000 },
    );
  });

  it("rounds exact halves, and the digits beside them, as written", () => {
    const drawn = fc.record({
      whole: fc.integer({ min: -1_000_000, max: 1_000_000 }),
      tail: fc.constantFrom(49_999, 50_000, 50_001),
      places: fc.integer({ min: 0, max: 4 }),
    });
    fc.assert(
      fc.property(drawn, ({ whole, tail, places }) => {
        const n = whole < 0 ? whole * 100_000 - tail : whole * 100_000 + tail;
        const expected = roundedCount(n, places + 5, places);
        expect(countOf(Number(decimal(n, places + 5)), 10 ** -places)).toBe(expected);
        expect(Math.abs(expected) - Math.abs(whole)).toBe(tail === 49_999 ? 0 : 1);
      }),
      { seed, numRuns: 10_000 },
    );
  });
});

describe("quantumOf", () => {
  // Both ends of each row of the rule for money, and what rounds into the next row.
  it.each([
    ["13 tn", 13e12, 1e11],
    ["10 tn", 10e12, 1e11],
    ["what rounds to 10 tn", 9.996e12, 1e11],
    ["what does not", 9.994e12, 1e10],
    ["1.23 tn", 1.23e12, 1e10],
    ["1 tn", 1e12, 1e10],
    ["999.96 bn, which rounds to 1 tn", 999.96e9, 1e10],
    ["999.94 bn, which does not", 999.94e9, 1e8],
    ["89 bn", 89e9, 1e8],
    ["1 bn", 1e9, 1e8],
    ["995 mn, which rounds to 1 bn", 995e6, 1e8],
    ["994 mn, which does not", 994e6, 1e7],
    ["340 mn", 340e6, 1e7],
    ["105 mn", 105e6, 1e7],
    ["100 mn", 100e6, 1e7],
    ["99.6 mn, which rounds to 100 mn", 99.6e6, 1e7],
    ["94 mn", 94e6, 1e6],
    ["10 mn", 10e6, 1e6],
    ["9.96 mn, which rounds to 10 mn", 9.96e6, 1e6],
    ["9.4 mn", 9.4e6, 1e5],
    ["1 mn", 1e6, 1e5],
    ["999.6 k, which rounds to 1 mn", 999_600, 1e5],
    ["999.4 k, which does not", 999_400, 1e3],
    ["12 k", 12_000, 1e3],
    ["less than that", 400, 1e3],
    ["nothing", 0, 1e3],
  ])("%s of any currency, in or out", (_, value, quantum) => {
    for (const currency of currencies) {
      expect(quantumOf(value, currency)).toBe(quantum);
      expect(quantumOf(-value, currency)).toBe(quantum);
    }
  });

  it.each([
    ["return", 0.001],
    ["share", 0.001],
    ["volatility", 0.001],
    ["yield", 0.0001],
    ["pp", 0.001],
    ["bp", 1],
    ["points", 1],
    ["multiple", 0.1],
    ["ratio", 0.01],
    ["percentile", 1],
    ["ordinal", 1],
    ["z", 0.1],
    ["correlation", 0.01],
    ["count", 1],
  ] as const)("%s has one quantum whatever the value", (unit, quantum) => {
    for (const value of [-1e9, -0.5, 0, 0.04, 1e9]) expect(quantumOf(value, unit)).toBe(quantum);
  });

  it.each(["date", "month", "instant", "label"] as const)("%s has none", (unit) => {
    expect(() => quantumOf(1, unit)).toThrow(RangeError);
  });

  it("leaves money two to four digits, one to three below a million, and rounding does not change the row", () => {
    const magnitude = fc.double({ min: 3, max: 14.9, noNaN: true }).map((power) => 10 ** power);
    fc.assert(
      fc.property(magnitude, fc.boolean(), (size, out) => {
        const value = out ? -size : size;
        const quantum = quantumOf(value, "USD");
        const count = Math.abs(countOf(value, quantum));
        expect(count).toBeGreaterThanOrEqual(quantum === 1e3 ? 1 : 10);
        expect(count).toBeLessThan(10_000);
        expect(quantumOf(count * quantum, "USD")).toBe(quantum);
      }),
      { seed, numRuns: 5000 },
    );
  });
});

describe("isCurrency", () => {
  it("knows the currencies that can be printed, and nothing else", () => {
    for (const code of ["USD", "EUR", "GBP", "JPY", "CNY", "HKD", "KRW"] as const)
      expect(isCurrency(code)).toBe(true);
    for (const other of ["return", "date", "usd", "CHF", ""]) expect(isCurrency(other as Unit)).toBe(false);
  });
});

describe("directionOf", () => {
  it.each([
    [0.031, "return", 0.001, "up"],
    [-0.031, "return", 0.001, "down"],
    [0, "return", 0.001, "flat"],
    [-0.0004, "return", 0.001, "flat"],
    [0.0004, "return", 0.001, "flat"],
    [0.0005, "return", 0.001, "up"],
    [-0.0005, "return", 0.001, "down"],
    [-0.4, "bp", 1, "flat"],
    [-0.5, "bp", 1, "down"],
    [0.04, "z", 0.1, "flat"],
    [-0.004, "correlation", 0.01, "flat"],
    [0.0004, "pp", 0.001, "flat"],
    [400, "USD", 1e3, "flat"],
    [-340e6, "KRW", 1e7, "down"],
    [40e6, "USD", 1e8, "flat"],
    [null, "return", 0.001, "na"],
    [null, "return", null, "na"],
    [0.031, "return", null, "na"],
  ] as const)("%d of %s in quanta of %d is %s", (value, unit, quantum, direction) => {
    expect(directionOf(value, unit, quantum)).toBe(direction);
  });

  it.each([
    "share",
    "volatility",
    "yield",
    "points",
    "multiple",
    "percentile",
    "ordinal",
    "count",
    "date",
  ] as const)("%s has no direction", (unit) => {
    for (const value of [-5, 0, 5]) expect(directionOf(value, unit, 1)).toBe("none");
    expect(directionOf(null, unit, 1)).toBe("na");
  });

  it("agrees with the sign of the rounded count, and each of the three is reached", () => {
    const unit = fc.constantFrom<Unit>("return", "pp", "bp", "z", "correlation", ...currencies);
    const reached = { up: 0, down: 0, flat: 0 };
    fc.assert(
      fc.property(fc.double({ min: -3, max: 3, noNaN: true }), fc.nat(12), unit, (mantissa, power, each) => {
        const value = mantissa * 10 ** (power - 3);
        const quantum = quantumOf(value, each);
        const direction = directionOf(value, each, quantum);
        const sign = { up: 1, down: -1, flat: 0, na: Number.NaN, none: Number.NaN }[direction];
        expect(sign).toBe(Math.sign(countOf(value, quantum)));
        if (direction in reached) reached[direction as keyof typeof reached]++;
      }),
      { seed, numRuns: 20_000 },
    );
    for (const times of Object.values(reached)) expect(times).toBeGreaterThan(300);
  });
});
