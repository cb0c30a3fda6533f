import { describe, expect, it } from "vitest";
import { mackinnonCritical, mackinnonP, type UnitRootCase } from "#src/metrics/mackinnon.ts";
import reference from "#tests/fixtures/reference/unit-root.json" with { type: "json" };

const { mackinnon } = reference;

const cases: readonly UnitRootCase[] = ["none", "constant", "trend", "constant-2", "trend-2"];

describe("mackinnonP", () => {
  it("agrees with statsmodels to 1e-14, on both sides of every change of polynomial", () => {
    expect(mackinnon.p).toHaveLength(100);
    for (const [of, statistic, p] of mackinnon.p)
      expect(Math.abs(mackinnonP(Number(statistic), of as UnitRootCase) - Number(p))).toBeLessThan(1e-14);
  });

  it.each([
    [0.97505319, "constant", 0.99399563],
    [-4.3346988, "constant", 0.00038661],
    [-1.8566374, "trend", 0.67682968],
    [-4.425093, "trend", 0.00199633],
    [-2.4511596, "none", 0.013747],
    [-3.5, "constant-2", 0.0323954],
  ] as const)("gives the published p-value of %d, %s: %d", (statistic, of, p) => {
    expect(Math.abs(mackinnonP(statistic, of) - p)).toBeLessThan(1e-6);
  });

  it.each(cases)("rises with the statistic, within each polynomial, from 0 to 1: %s", (of) => {
    const [change] = {
      none: [-1.04],
      constant: [-1.61],
      "constant-2": [-2.62],
      trend: [-2.89],
      "trend-2": [-3.19],
    }[of];
    const grid = Array.from({ length: 200 }, (_, i) => -8 + 0.05 * i);
    for (const [i, s] of grid.entries()) {
      const [before, here] = [mackinnonP(grid[i - 1] ?? -9, of), mackinnonP(s, of)];
      if (s < 0 && Math.abs(s - (change ?? 0)) > 0.06) expect(here).toBeGreaterThan(before);
    }
    expect(mackinnonP(-30, of)).toBe(0);
    expect(mackinnonP(of === "none" ? 30 : 3, of)).toBeCloseTo(1, 12);
  });

  it("ends at the bounds of the table", () => {
    expect(mackinnonP(-18.83, "constant")).toBeGreaterThan(0);
    expect(mackinnonP(-18.84, "constant")).toBe(0);
    expect(mackinnonP(2.74, "constant")).toBeLessThan(1);
    expect(mackinnonP(2.75, "constant")).toBe(1);
  });

  it("refuses what is not finite", () => {
    for (const bad of [Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY])
      expect(() => mackinnonP(bad, "none")).toThrow(RangeError);
  });
});

describe("mackinnonCritical", () => {
  it("agrees with statsmodels to 1e-14", () => {
    expect(mackinnon.critical).toHaveLength(20);
    for (const [of, size, one, five, ten] of mackinnon.critical) {
      const found = mackinnonCritical(of as UnitRootCase, Number(size));
      for (const [value, expected] of [
        [found.one, one],
        [found.five, five],
        [found.ten, ten],
      ])
        expect(Math.abs(Number(value) - Number(expected))).toBeLessThan(1e-14);
    }
  });

  it("gives the published values, and for two series others than for one", () => {
    expect(mackinnonCritical("constant", 100).five).toBeCloseTo(-2.890906, 6);
    expect(mackinnonCritical("constant-2", 100).five).toBeCloseTo(-3.397913, 6);
    expect(mackinnonCritical("constant-2", 252).one).toBeCloseTo(-3.940428, 6);
  });

  it.each(cases)("is stricter at 1 %% than at 5 and 10, and in small samples: %s", (of) => {
    for (const size of [100, 250, 1000]) {
      const { one, five, ten } = mackinnonCritical(of, size);
      expect(one < five && five < ten).toBe(true);
      expect(one).toBeLessThan(mackinnonCritical(of, 2 * size).one);
    }
  });

  it("refuses a size that is none", () => {
    for (const size of [0, -1, Number.NaN]) expect(() => mackinnonCritical("none", size)).toThrow(RangeError);
  });
});
