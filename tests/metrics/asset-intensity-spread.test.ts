import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { assetIntensitySpread, intensityRules } from "#src/metrics/asset-intensity-spread.ts";
import reference from "#tests/fixtures/reference/valuation.json" with { type: "json" };
import { seeded, series } from "#tests/metrics/returns-reference.ts";

const { intensity, ret, sector } = reference.names;

describe("assetIntensitySpread against the reference", () => {
  it.each([
    ["of all names", undefined, reference.plain, 103, "ok"],
    ["neutral to sectors", sector, reference.neutral, 99, "ok"],
  ] as const)("%s", (_, sectors, expected, n, status) => {
    const found = assetIntensitySpread(Object.freeze(intensity), Object.freeze(ret), sectors);
    expect(found).toMatchObject({ status, n });
    expect(found.value?.names).toBe(expected.names);
    for (const name of ["spread", "heavy", "light"] as const)
      expect(Math.abs((found.value?.[name] ?? 9) - expected[name])).toBeLessThan(1e-15);
  });
});

describe("assetIntensitySpread", () => {
  const rising = (n: number) => series(n, (i) => i);

  it("needs 30 names, and takes a fifth on each side", () => {
    expect(assetIntensitySpread(rising(29), rising(29))).toEqual({
      status: "insufficient",
      value: null,
      n: 29,
      reasons: [{ code: "too-few", need: 30, have: 29 }],
    });
    expect(assetIntensitySpread(rising(30), rising(30))).toEqual({
      status: "ok",
      n: 30,
      reasons: [],
      value: { heavy: 26.5, light: 2.5, spread: 24, names: 6 },
    });
    expect(assetIntensitySpread(rising(34), rising(34)).value?.names).toBe(6);
    expect(assetIntensitySpread(rising(35), rising(35)).value?.names).toBe(7);
    expect(assetIntensitySpread([], [])).toMatchObject({ status: "insufficient", n: 0 });
    expect(intensityRules).toEqual({ leastNames: 30, leastOfSector: 5, quintile: 5 });
  });

  it("needs three quarters of the names, and warns below nine tenths", () => {
    const of = (missing: number) =>
      assetIntensitySpread(
        rising(100),
        series(100, 1).map((r, i) => (i < missing ? null : r)),
      );
    expect(of(10).status).toBe("ok");
    expect(of(11)).toMatchObject({ status: "warn", n: 89, reasons: [{ code: "coverage", have: 0.89 }] });
    expect(of(25).status).toBe("warn");
    expect(of(26)).toMatchObject({ status: "insufficient", value: null, n: 74 });
  });

  it("takes no sector for assets: sectors that differ in both leave nothing between them", () => {
    // Ten light names that lose and ten heavy ones that gain, three times; within each all returns are equal.
    const names = Array.from({ length: 60 }, (_, i) => Math.floor(i / 20));
    const [intensities, returns] = [names.map((s, i) => s + i / 1000), names.map((s) => s / 100)];
    expect(assetIntensitySpread(intensities, returns).value?.spread).toBeCloseTo(0.02, 14);
    const neutral = assetIntensitySpread(
      intensities,
      returns,
      names.map((s) => `s${s}`),
    );
    expect(neutral.value?.spread).toBe(0);
  });

  it("leaves out a sector of four names, and none of five", () => {
    const of = (thin: number) =>
      assetIntensitySpread(
        rising(40),
        rising(40),
        series(40, 0).map((_, i) => (i < thin ? "thin" : "rest")),
      ).n;
    expect(of(4)).toBe(36);
    expect(of(5)).toBe(40);
  });

  it("refuses other lengths and what is no number", () => {
    expect(() => assetIntensitySpread([1], [])).toThrow(RangeError);
    expect(() => assetIntensitySpread([1], [1], [])).toThrow(RangeError);
    expect(() => assetIntensitySpread([Number.NaN], [1])).toThrow(RangeError);
    expect(() => assetIntensitySpread([1], [Number.POSITIVE_INFINITY])).toThrow(RangeError);
  });

  it("turns over with the returns, does not see a shift of all, and sees a heavy name's return", () => {
    const returns = fc.array(fc.integer({ min: -300, max: 300 }), { minLength: 40, maxLength: 60 });
    fc.assert(
      fc.property(returns, (bp) => {
        const [rets, intensities] = [bp.map((b) => b / 1e4), bp.map((_, i) => (i * 37) % 61)];
        const of = (values: readonly number[]) =>
          assetIntensitySpread(intensities, values).value?.spread ?? 9;
        const own = of(rets);
        expect(of(rets.map((r) => -r))).toBeCloseTo(-own, 14);
        expect(of(rets.map((r) => r + 0.05))).toBeCloseTo(own, 12);
        expect(of(rets.with(intensities.indexOf(Math.max(...intensities)), 1))).toBeGreaterThan(own);
      }),
      seeded,
    );
  });
});
