import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { compoundGrowth, earningsGrowth } from "#src/metrics/earnings-growth.ts";
import reference from "#tests/fixtures/reference/valuation.json" with { type: "json" };
import { seeded } from "#tests/metrics/returns-reference.ts";

describe("earningsGrowth", () => {
  it("agrees with fractions to 1e-14", () => {
    for (const { before, after, years, growth, change, isBaseEffect } of reference.growth) {
      const found = earningsGrowth(before, after, years);
      if (growth === null) expect(found.growth).toBeNull();
      else expect(Math.abs((found.growth ?? 99) - growth)).toBeLessThan(1e-13);
      expect(found.change).toBeCloseTo(change, 13);
      expect(found.isBaseEffect).toBe(growth === null ? null : isBaseEffect);
    }
    expect(reference.growth.some(({ growth }) => growth === null)).toBe(true);
  });

  it("has a rate only from a profit on, and a word for every change of state", () => {
    const of = (before: number, after: number) => {
      const { growth, state } = earningsGrowth(before, after);
      return [growth, state];
    };
    expect(of(2, 2.5)).toEqual([0.25, "profit-up"]);
    expect(of(2, 1.5)).toEqual([-0.25, "profit-down"]);
    expect(of(2, 2)).toEqual([0, "profit-unchanged"]);
    expect(of(2, -1)).toEqual([-1.5, "to-loss"]);
    expect(of(2, 0)).toEqual([-1, "to-loss"]);
    expect(of(-2, 1)).toEqual([null, "to-profit"]);
    expect(of(0, 1)).toEqual([null, "to-profit"]);
    expect(of(-2, -1)).toEqual([null, "loss-narrower"]);
    expect(of(-2, 0)).toEqual([null, "loss-narrower"]);
    expect(of(-2, -3)).toEqual([null, "loss-wider"]);
    expect(of(-2, -2)).toEqual([null, "loss-unchanged"]);
  });

  it("has a low base below half of the highest of five years, and not at half", () => {
    expect(earningsGrowth(2, 4, [4, 3, 2]).isBaseEffect).toBe(false);
    expect(earningsGrowth(1.99, 4, [4, 3, 2]).isBaseEffect).toBe(true);
    expect(earningsGrowth(2, 9, [1, 1, 1]).isBaseEffect).toBe(false);
    expect(earningsGrowth(2, 4).isBaseEffect).toBeNull();
    expect(earningsGrowth(-2, 4, [4]).isBaseEffect).toBeNull();
  });

  it("refuses what is no number", () => {
    for (const bad of [Number.NaN, Number.POSITIVE_INFINITY]) {
      expect(() => earningsGrowth(bad, 1)).toThrow(RangeError);
      expect(() => earningsGrowth(1, bad)).toThrow(RangeError);
      expect(() => earningsGrowth(1, 2, [bad])).toThrow(RangeError);
    }
    expect(() => earningsGrowth(1e-300, 1e300)).toThrow(RangeError);
  });
});

describe("compoundGrowth", () => {
  it("is the published one of 36 % and 120 %, and not their sum", () => {
    expect((100 * (compoundGrowth([0.36, 1.2]).value ?? 0)).toFixed(1)).toBe("199.2");
    expect(compoundGrowth([0.5]).value).toBe(0.5);
  });

  it("does not exist without a year, or after a total loss", () => {
    expect(compoundGrowth([])).toMatchObject({ status: "insufficient", n: 0 });
    expect(compoundGrowth([0.1, -1])).toEqual({
      status: "undefined",
      value: null,
      n: 2,
      reasons: [{ code: "total-loss" }],
    });
    expect(compoundGrowth([0.1, -0.999]).status).toBe("ok");
    expect(() => compoundGrowth([Number.NaN])).toThrow(RangeError);
    expect(() => compoundGrowth([1e200, 1e200])).toThrow(RangeError);
  });

  it("is that of the earnings themselves, in any order of the years", () => {
    const level = fc.integer({ min: 5000, max: 1e5 }).map((k) => k / 100);
    fc.assert(
      fc.property(fc.array(level, { minLength: 2, maxLength: 6 }), (levels) => {
        const rates = levels.slice(1).map((after, i) => earningsGrowth(levels[i] ?? 0, after).growth ?? 0);
        const own = compoundGrowth(rates).value ?? 0;
        const direct = (levels.at(-1) ?? 0) / (levels[0] ?? 1);
        expect(Math.abs((own + 1) / direct - 1)).toBeLessThan(1e-12);
        expect((compoundGrowth(rates.toReversed()).value ?? 0) + 1).toBeCloseTo(own + 1, 8);
        expect(compoundGrowth([...rates, 0.01]).value).toBeGreaterThan(own);
      }),
      seeded,
    );
  });
});
