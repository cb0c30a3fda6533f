import { describe, expect, it } from "vitest";
import { type CapexQuarters, capexReturn, capexReturnPaths } from "#src/metrics/capex-return.ts";
import reference from "#tests/fixtures/reference/valuation.json" with { type: "json" };
import { pathGap } from "#tests/metrics/panels.ts";
import { series } from "#tests/metrics/returns-reference.ts";

const quarters: CapexQuarters = reference.quarters;
const paths = capexReturnPaths(quarters);
const names = ["intensity", "capexGrowth", "incrementalReturn", "cashMargin", "depreciationGrowth"] as const;
const until = (n: number, of = quarters): CapexQuarters => ({
  capex: Object.freeze(of.capex.slice(0, n)),
  sales: Object.freeze(of.sales.slice(0, n)),
  profit: Object.freeze(of.profit.slice(0, n)),
  freeCashFlow: Object.freeze(of.freeCashFlow.slice(0, n)),
  depreciation: Object.freeze(of.depreciation.slice(0, n)),
});
/** Twelve quarters: capital expenditure and profit of each of three years. */
const years = (capex: readonly number[], profit: readonly number[]): CapexQuarters => {
  const of = (values: readonly number[]) => series(12, (i) => values[Math.floor(i / 4)] ?? 0);
  const flat = series(12, 100);
  return { capex: of(capex), profit: of(profit), sales: flat, freeCashFlow: flat, depreciation: flat };
};

describe("capexReturn against the reference", () => {
  it.each(names)("%s at every quarter to 1e-12", (name) => {
    expect(pathGap(paths[name], reference.measures[name])).toBeLessThan(1e-12);
  });

  it.each([8, 12, 20, 24])("as of %d quarters", (n) => {
    const { value } = capexReturn(until(n));
    for (const name of names) expect(value?.[name]).toBe(paths[name][n - 1]);
  });
});

describe("capexReturn", () => {
  it("needs 8 quarters, and 12 for the change of the return", () => {
    expect(capexReturn(until(7))).toEqual({
      status: "insufficient",
      value: null,
      n: 7,
      reasons: [{ code: "too-few", need: 8, have: 7 }],
    });
    expect(capexReturn(until(8))).toMatchObject({
      status: "warn",
      // One of its quarters has no profit.
      reasons: [
        { code: "short-history", need: 12, have: 8 },
        { code: "components-missing", need: 5, have: 4 },
      ],
      value: { isReturnFalling: null },
    });
    const whole = years([10, 10, 10], [5, 6, 7]);
    expect(capexReturn(until(11, whole))).toMatchObject({ status: "warn", value: { isReturnFalling: null } });
    expect(capexReturn(whole)).toMatchObject({
      status: "ok",
      n: 12,
      reasons: [],
      value: { isReturnFalling: false },
    });
    expect(capexReturn(until(0))).toMatchObject({ status: "insufficient", n: 0 });
  });

  it("is by hand", () => {
    // A year's profit rose by 8 after capital expenditure of 80 in the year before.
    expect(capexReturn(years([10, 20, 30], [5, 7, 9])).value).toMatchObject({
      intensity: 0.3,
      capexGrowth: 0.5,
      incrementalReturn: 0.1,
      cashMargin: 1,
      depreciationGrowth: 0,
    });
  });

  it("is questioned where it rises and its return falls, or markets did not like it", () => {
    const question = (q: CapexQuarters, reactions?: readonly number[]) => {
      const { value } = capexReturn(q, reactions);
      return [value?.isRising, value?.isReturnFalling, value?.isQuestioned];
    };
    // Returns of 0.2 and then 0.1.
    expect(question(years([10, 20, 30], [5, 7, 9]))).toEqual([true, true, true]);
    expect(question(years([10, 20, 30], [5, 7, 11]))).toEqual([true, false, false]);
    expect(question(years([10, 20, 30], [5, 7, 11.1]), [0.01, -0.01, -0.02])).toEqual([true, false, true]);
    expect(question(years([10, 20, 30], [5, 7, 11.1]), [0.01, 0, -0.02])).toEqual([true, false, false]);
    expect(question(years([10, 20, 20], [5, 7, 9]), [-0.02])).toEqual([false, true, false]);
    expect(question(years([10, 20, 19], [5, 7, 9]))).toEqual([false, true, false]);
    expect(capexReturn(until(24), [0.03, -0.01]).value?.medianReaction).toBeCloseTo(0.01, 14);
    expect(capexReturn(until(24)).value?.medianReaction).toBeNull();
  });

  it("has no number where a quarter is missing or a base is not positive", () => {
    const found = capexReturn({ ...until(24), sales: quarters.sales.with(22, null) });
    expect(found).toMatchObject({
      status: "warn",
      reasons: [{ code: "components-missing", need: 5, have: 3 }],
    });
    const holed = found.value;
    expect(holed).toMatchObject({ intensity: null, cashMargin: null, isRising: null, isQuestioned: false });
    expect(holed?.capexGrowth).not.toBeNull();
    expect(capexReturn(years([0, 20, 30], [5, 7, 9])).value?.incrementalReturn).toBe(0.1);
    expect(capexReturn(years([10, 0, 30], [5, 7, 9])).value).toMatchObject({
      incrementalReturn: null,
      capexGrowth: null,
    });
  });

  it("does not see the currency, and sees a quarter", () => {
    const scaled = (k: number): CapexQuarters => {
      const of = (path: readonly (number | null)[]) => path.map((v) => v && v * k);
      const { capex, sales, profit, freeCashFlow, depreciation } = quarters;
      return {
        capex: of(capex),
        sales: of(sales),
        profit: of(profit),
        freeCashFlow: of(freeCashFlow),
        depreciation: of(depreciation),
      };
    };
    expect(capexReturn(scaled(4))).toEqual(capexReturn(quarters));
    expect(capexReturn({ ...quarters, capex: quarters.capex.with(23, 50) })).not.toEqual(
      capexReturn(quarters),
    );
  });

  it("uses nothing after a quarter, and what is before it", () => {
    for (const n of [3, 9, 17])
      for (const name of names) expect(paths[name].slice(0, n)).toEqual(capexReturnPaths(until(n))[name]);
    const changed = capexReturnPaths({ ...quarters, capex: quarters.capex.with(15, 99) });
    expect(changed.intensity.slice(0, 15)).toEqual(paths.intensity.slice(0, 15));
    expect(changed.intensity[15]).not.toBe(paths.intensity[15]);
    expect(changed.incrementalReturn[19]).not.toBe(paths.incrementalReturn[19]);
  });

  it("refuses other lengths, what is no number and capital expenditure with the other sign", () => {
    expect(() => capexReturn({ ...quarters, sales: quarters.sales.slice(1) })).toThrow(RangeError);
    expect(() => capexReturn({ ...quarters, sales: quarters.sales.with(3, Number.NaN) })).toThrow(RangeError);
    expect(() => capexReturn({ ...quarters, capex: quarters.capex.with(3, -1) })).toThrow(RangeError);
    expect(() => capexReturn(quarters, [Number.NaN])).toThrow(RangeError);
  });
});
