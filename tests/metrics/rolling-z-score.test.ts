import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { rollingZScore } from "#src/metrics/rolling-z-score.ts";
import { zScore } from "#src/metrics/z-score.ts";
import { seeded, series } from "#tests/metrics/returns-reference.ts";

const need = { min: 5, preferred: 12 };
/** The definition, window by window. */
const slowly = (values: readonly (number | null)[]) =>
  values.map((value, t) => {
    const history = values.slice(0, t).filter((v) => v !== null);
    return value === null
      ? null
      : zScore(history.slice(-need.preferred), value, { min: 5, preferred: 5 }).value;
  });
const value = fc.oneof(
  { weight: 8, arbitrary: fc.integer({ min: -50, max: 50 }).map((v) => v / 8) },
  { weight: 1, arbitrary: fc.constant(null) },
  { weight: 1, arbitrary: fc.constantFrom(1e6, -1e7) },
);
const path = fc.array(value, { maxLength: 80, size: "max" });

describe("rollingZScore", () => {
  it("is the z-score of every value in those before it, gaps, shocks and stillness included", () => {
    let compared = 0;
    fc.assert(
      fc.property(path, (values) => {
        const [found, expected] = [rollingZScore(Object.freeze(values), need), slowly(values)];
        for (const [t, z] of expected.entries()) {
          compared += z === null ? 0 : 1;
          if (z === null) expect(found[t]).toBeNull();
          else expect(Math.abs((found[t] ?? 1e99) - z)).toBeLessThan(1e-9 * (1 + Math.abs(z)));
        }
      }),
      { ...seeded, numRuns: 300 },
    );
    expect(compared).toBeGreaterThan(1000);
  });

  it("does not exist while the history stands still, nor after a shock that has left it", () => {
    const still = [...series(6, 1), 1e8, ...series(14, 3)];
    const found = rollingZScore(still, need);
    expect(found.slice(5, 7)).toEqual([null, null]);
    expect(found[7]).not.toBeNull();
    // The shock, at 6, is among the last 12 up to 18; from 19 on the history is twelve threes.
    expect(found[18]).not.toBeNull();
    expect(found.slice(19)).toEqual([null, null]);
  });

  it("keeps its digits after a shock has left", () => {
    const values = series(60, (i) => (i === 10 ? 1e9 : (i % 2) / 1000 + i / 1e5));
    const [found, expected] = [rollingZScore(values, need), slowly(values)];
    for (let t = 24; t < 60; t++) expect(found[t]).toBeCloseTo(expected[t] ?? Number.NaN, 9);
  });

  it("needs the earlier values that are asked for, at least two", () => {
    const values = [1, 2, 4, 3, 5, 9, 7];
    expect(rollingZScore(values, need).map((z) => z === null)).toEqual([
      true,
      true,
      true,
      true,
      true,
      false,
      false,
    ]);
    expect(
      rollingZScore(values, { min: 0, preferred: 9 })
        .map((z) => z === null)
        .indexOf(false),
    ).toBe(2);
    expect(rollingZScore([], need)).toEqual([]);
  });

  it("refuses what is no number", () => {
    for (const bad of [Number.NaN, Number.POSITIVE_INFINITY])
      expect(() => rollingZScore([1, bad], need)).toThrow(RangeError);
  });

  it("begins with the same bits in a longer series, and moves with what is before", () => {
    fc.assert(
      fc.property(path, path, (known, later) => {
        expect(rollingZScore([...known, ...later], need).slice(0, known.length)).toEqual(
          rollingZScore(known, need),
        );
      }),
      seeded,
    );
    const values = series(40, (i) => (i * 7) % 11);
    expect(rollingZScore(values.with(30, 99), need)[31]).not.toBe(rollingZScore(values, need)[31]);
  });
});
