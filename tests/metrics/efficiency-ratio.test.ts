import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { efficiencyRatio, efficiencyRatioPath, medianEfficiencyPath } from "#src/metrics/efficiency-ratio.ts";
import reference from "#tests/fixtures/reference/noise.json" with { type: "json" };
import { inUnits, noisePanel, pathGap, replaced, sessions } from "#tests/metrics/panels.ts";
import { seeded, series } from "#tests/metrics/returns-reference.ts";

const returns = inUnits(reference.efficiency.returns);
const { first, median } = reference.efficiency;

describe("efficiencyRatio", () => {
  it("agrees with pandas to 1e-13, and its median over names with numpy", () => {
    expect(pathGap(efficiencyRatioPath(returns[0] ?? []), first)).toBeLessThan(1e-13);
    expect(pathGap(medianEfficiencyPath(returns), median)).toBeLessThan(1e-13);
    expect(efficiencyRatio(returns[0] ?? []).value).toBeCloseTo(first.at(-1) ?? 9, 13);
  });

  // Twelve up and eight down, all as long: 4 of 20.
  it("is by hand", () => {
    expect(efficiencyRatio(series(20, (i) => (i < 12 ? 0.01 : -0.01))).value).toBeCloseTo(0.2, 14);
    expect(efficiencyRatio(series(20, (i) => (i % 2 === 0 ? 0.01 : -0.01))).value).toBeCloseTo(0, 14);
  });

  it("needs the whole window, and a price that moved", () => {
    expect(efficiencyRatio(series(20, 0.01))).toMatchObject({ status: "ok", value: 1, n: 20 });
    expect(efficiencyRatio(series(19, 0.01))).toEqual({
      status: "insufficient",
      value: null,
      n: 19,
      reasons: [{ code: "too-few", need: 20, have: 19 }],
    });
    expect(efficiencyRatio(series(20, 0.01).map((r, t) => (t === 4 ? null : r)))).toMatchObject({
      status: "insufficient",
      n: 19,
    });
    expect(efficiencyRatio(series(25, 0).with(4, 0.1))).toMatchObject({
      status: "undefined",
      reasons: [{ code: "no-movement" }],
    });
    expect(efficiencyRatio(series(25, 0).with(5, 0.1)).value).toBe(1);
  });

  it("has a median of ten names, and not of nine", () => {
    const panel = noisePanel(10, 25);
    expect(medianEfficiencyPath(panel).at(-1)).not.toBeNull();
    expect(medianEfficiencyPath(replaced(panel, 0, 20, null)).at(-1)).toBeNull();
    expect(medianEfficiencyPath([]).length).toBe(0);
  });

  it("refuses what is not finite, lengths that differ and a window of 0", () => {
    expect(() => efficiencyRatioPath([0.1, Number.NaN])).toThrow(RangeError);
    expect(() => medianEfficiencyPath([[0.1, 0.2], [0.1]])).toThrow(RangeError);
    expect(() => efficiencyRatioPath([0.1], 0)).toThrow(RangeError);
  });
});

describe("laws of the efficiency ratio", () => {
  const path = fc.array(
    fc.integer({ min: -500, max: 500 }).map((v) => v / 1e4),
    { minLength: 25, maxLength: 80 },
  );

  it("lies between 0 and 1, 1 for a price that goes one way, and does not see the size nor the sign of moves", () => {
    let inside = 0;
    fc.assert(
      fc.property(path, (r) => {
        const own = efficiencyRatioPath(r);
        for (const v of own.slice(19)) expect(v === null || (v >= 0 && v <= 1)).toBe(true);
        inside += own.filter((v) => v !== null && v > 0.01 && v < 0.99).length;
        expect(efficiencyRatioPath(r.map((v) => -4 * v))).toEqual(own);
        const rising = efficiencyRatioPath(r.map((v) => Math.abs(v) + 1e-4));
        for (const v of rising.slice(19)) expect(v).toBeCloseTo(1, 13);
      }),
      { ...seeded, numRuns: 50 },
    );
    expect(inside).toBeGreaterThan(500);
  });

  it("is about 1/√n for a random walk", () => {
    const many = noisePanel(1, 6000, 11)[0] ?? [];
    const path20 = efficiencyRatioPath(many).filter((v) => v !== null);
    const mean = path20.reduce((sum, v) => sum + v, 0) / path20.length;
    expect(mean).toBeGreaterThan(0.19);
    expect(mean).toBeLessThan(0.25);
  });

  it("looks at nothing after its day, and at all before", () => {
    const whole = medianEfficiencyPath(returns);
    expect(medianEfficiencyPath(sessions(returns, 0, 95))).toEqual(whole.slice(0, 95));
    const changed = efficiencyRatioPath((returns[0] ?? []).with(60, 0.5));
    const own = efficiencyRatioPath(returns[0] ?? []);
    expect(changed.slice(0, 60)).toEqual(own.slice(0, 60));
    expect(changed[60]).not.toBe(own[60]);
    expect(changed[79]).not.toBe(own[79]);
    expect(changed[80]).toBeCloseTo(own[80] ?? 9, 12);
  });
});
