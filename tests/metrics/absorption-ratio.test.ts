import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  absorbedShare,
  absorptionRatio,
  absorptionRatioPath,
  absorptionShiftPath,
} from "#src/metrics/absorption-ratio.ts";
import { symmetricEigenvalues } from "#src/metrics/symmetric-eigenvalues.ts";
import reference from "#tests/fixtures/reference/turbulence.json" with { type: "json" };
import { noisePanel } from "#tests/metrics/panels.ts";
import { seeded, series } from "#tests/metrics/returns-reference.ts";
import { covarianceOf, small } from "#tests/metrics/small-panel.ts";

const returns = reference.absorption.returns.map((row) => Object.freeze(row.map((v) => v / 1e5)));
const until = (panel: readonly (readonly number[])[], n: number) => panel.map((path) => path.slice(0, n));

describe("symmetricEigenvalues", () => {
  it("agrees with numpy to 1e-14", () => {
    for (const { matrix, values } of reference.eigenvalues) {
      const found = symmetricEigenvalues(Float64Array.from(matrix.flat()), matrix.length);
      const size = Math.max(...values.map(Math.abs));
      for (const [k, value] of values.entries())
        expect(Math.abs((found[k] ?? 9) - value)).toBeLessThan(1e-14 * size);
    }
  });

  it("finds those that are equal, zero or on the diagonal, and leaves the matrix as it is", () => {
    const matrix = Float64Array.of(2, 0, 0, 0, -1, 0, 0, 0, 2);
    expect([...symmetricEigenvalues(matrix, 3)]).toEqual([-1, 2, 2]);
    expect([...matrix]).toEqual([2, 0, 0, 0, -1, 0, 0, 0, 2]);
    expect([...symmetricEigenvalues(new Float64Array(9), 3)]).toEqual([0, 0, 0]);
    const ones = symmetricEigenvalues(new Float64Array(25).fill(1), 5);
    for (const [k, value] of [0, 0, 0, 0, 5].entries()) expect(ones[k]).toBeCloseTo(value, 14);
    const alternating = symmetricEigenvalues(Float64Array.of(0, 0, 0, 1, 0, 0, 0, 1, 0), 3);
    for (const [k, value] of [-Math.SQRT2, 0, Math.SQRT2].entries())
      expect(alternating[k]).toBeCloseTo(value, 14);
  });

  it("refuses another size and what is not finite", () => {
    expect(() => symmetricEigenvalues(new Float64Array(5), 2)).toThrow(RangeError);
    expect(() => symmetricEigenvalues(Float64Array.of(1, 0, Number.NaN, 1), 2)).toThrow(RangeError);
  });

  it("keeps trace and squares, of any matrix", () => {
    const matrix = fc
      .integer({ min: 1, max: 12 })
      .chain((n) =>
        fc
          .array(fc.integer({ min: -99, max: 99 }), { minLength: n * n, maxLength: n * n })
          .map((flat) =>
            Float64Array.from(
              flat,
              (_, k) =>
                flat[Math.max(Math.floor(k / n), k % n) * n + Math.min(Math.floor(k / n), k % n)] ?? 0,
            ),
          ),
      );
    fc.assert(
      fc.property(matrix, (a) => {
        const n = Math.sqrt(a.length);
        const values = symmetricEigenvalues(a, n);
        const trace = series(n, (i) => a[i * (n + 1)] ?? 0).reduce((x, y) => x + y, 0);
        const squares = a.reduce((sum, v) => sum + v * v, 0);
        expect(Math.abs(values.reduce((x, y) => x + y, 0) - trace)).toBeLessThan(1e-10);
        expect(Math.abs(values.reduce((x, y) => x + y * y, 0) - squares)).toBeLessThan(1e-9 * (1 + squares));
      }),
      seeded,
    );
  });
});

describe("absorptionRatio", () => {
  it("is the published one of three assets and six days, alike in weight", () => {
    const covariance = covarianceOf(small);
    expect(absorbedShare(covariance, 3, 1)).toBeCloseTo(0.774654330766026, 14);
    expect(absorbedShare(covariance, 3, 2)).toBeCloseTo(0.9434931256, 10);
    expect(absorbedShare(covariance, 3, 3)).toBe(1);
  });

  it("agrees with numpy to 1e-13, the weighted mean removed", () => {
    const path = absorptionRatioPath(returns);
    for (const [t = 0, ratio] of reference.absorption.usual) expect(path[t]).toBeCloseTo(ratio ?? 9, 13);
    const short = absorptionRatioPath(returns, { window: 40, halfLife: 15 });
    for (const [k, ratio] of reference.absorption.short.entries())
      expect(short[39 + 20 * k]).toBeCloseTo(ratio, 13);
    expect(reference.absorption.usual.length).toBeGreaterThan(15);
  });

  it("is the last of the path, of the full window, a fifth of the names rounded half up", () => {
    const found = absorptionRatio(returns);
    expect(found).toMatchObject({ status: "ok", n: 500, reasons: [], value: { components: 3, names: 13 } });
    expect(found.value?.ratio).toBeCloseTo(absorptionRatioPath(returns).at(-1) ?? 9, 13);
    const components = (names: number) => absorptionRatio(noisePanel(names, 60)).value?.components;
    expect([10, 12, 13, 17, 18].map(components)).toEqual([2, 2, 3, 3, 4]);
  });

  it("needs ten names and two sessions for each", () => {
    const of = (names: number, count: number) => absorptionRatio(noisePanel(names, count));
    expect(of(10, 20)).toMatchObject({
      status: "warn",
      n: 20,
      reasons: [{ code: "short-window", need: 500, have: 20 }],
    });
    expect(of(10, 19)).toEqual({
      status: "insufficient",
      value: null,
      n: 19,
      reasons: [{ code: "too-few", need: 20, have: 19 }],
    });
    expect(of(9, 600)).toMatchObject({
      status: "insufficient",
      reasons: [{ code: "too-few", need: 10, have: 9 }],
    });
    expect(of(10, 499).status).toBe("warn");
    expect(of(10, 500).status).toBe("ok");
    expect(absorptionRatioPath(noisePanel(10, 25), { window: 20 }).at(-1)).not.toBeNull();
    expect(absorptionRatioPath(noisePanel(10, 25), { window: 19 }).at(-1)).toBeNull();
    expect(absorptionRatioPath(noisePanel(9, 25), { window: 20 }).at(-1)).toBeNull();
  });

  it("does not exist where nothing moves, and does where one name does", () => {
    const still = noisePanel(10, 30).map((_, i) => series(30, 0.001 * i));
    expect(absorptionRatio(still)).toMatchObject({
      status: "undefined",
      reasons: [{ code: "zero-variance" }],
    });
    expect(
      absorptionRatio(
        still.with(
          4,
          series(30, (t) => (t % 2) / 100),
        ),
      ).value?.ratio,
    ).toBeCloseTo(1, 12);
  });

  it("refuses lengths that differ, what is not finite, a window of one and a half-life of 0", () => {
    expect(() => absorptionRatio(returns.with(3, [0.1]))).toThrow(RangeError);
    expect(() => absorptionRatio(returns.with(3, (returns[3] ?? []).with(7, Number.NaN)))).toThrow(
      RangeError,
    );
    expect(() => absorptionRatioPath(returns, { halfLife: 0 })).toThrow(RangeError);
    expect(() => absorptionRatioPath(returns, { window: 500.5 })).toThrow(RangeError);
  });

  it("leaves out what is not wanted, and nothing else", () => {
    const options = { window: 40, halfLife: 15 };
    const path = absorptionRatioPath(returns, options);
    const late = absorptionRatioPath(returns, { ...options, from: 600 });
    expect(late.slice(600)).toEqual(path.slice(600));
    expect(late.slice(0, 600).every((ratio) => ratio === null)).toBe(true);
  });
});

describe("absorptionShiftPath", () => {
  const short = absorptionRatioPath(returns, { window: 40, halfLife: 15 });
  const shifts = absorptionShiftPath(short);

  it("agrees with numpy to 1e-10", () => {
    for (const [t = 0, shift] of reference.absorption.shifts) expect(shifts[t]).toBeCloseTo(shift ?? 99, 10);
    expect(new Set(reference.absorption.shifts.map(([, shift = 0]) => shift > 0)).size).toBe(2);
  });

  it("needs 252 ratios that move", () => {
    expect(shifts.findIndex((shift) => shift !== null)).toBe(39 + 251);
    expect(absorptionShiftPath(series(300, 0.5)).every((shift) => shift === null)).toBe(true);
    expect(absorptionShiftPath(series(300, 0.5).with(299, 0.6)).at(-1)).not.toBeNull();
  });

  it("looks at nothing after its day, and at all before", () => {
    const first = absorptionRatioPath(until(returns, 500), { window: 40, halfLife: 15 });
    expect(first).toEqual(short.slice(0, 500));
    expect(absorptionShiftPath(first)).toEqual(shifts.slice(0, 500));
    const changed = absorptionRatioPath(
      returns.map((path, i) => (i === 2 ? path.with(500, 0.3) : path)),
      { window: 40, halfLife: 15 },
    );
    expect(changed.slice(0, 500)).toEqual(first);
    expect(changed[500]).not.toBe(short[500]);
    // The window forgets: forty sessions on, rounding apart.
    expect(changed[540]).toBeCloseTo(short[540] ?? 9, 10);
    expect(Math.abs((changed[539] ?? 9) - (short[539] ?? 9))).toBeGreaterThan(1e-6);
  });
});

describe("absorptionRatioPath after a misprint", () => {
  // A price of ten million times its worth, a quarter of whose square of 10¹⁴ leaves sums of a tenth.
  it("has nothing of it left once it has left the window", () => {
    const [first = [], ...others] = returns;
    const changed = absorptionRatioPath([first.with(100, 1e7), ...others]);
    const whole = absorptionRatioPath(returns);
    for (let t = 600; t < 900; t++) expect(changed[t]).toBeCloseTo(whole[t] ?? 9, 11);
    expect(changed[599]).toBeGreaterThan(0.99);
  });
});

describe("laws of the absorption ratio", () => {
  const ratio = (panel: readonly (readonly number[])[]) =>
    absorptionRatio(panel, { window: 60 }).value?.ratio ?? Number.NaN;
  const seed = fc.integer({ min: 1, max: 10_000 });

  it("lies between m/N and 1, and does not turn with the assets; with their sizes it does", () => {
    fc.assert(
      fc.property(seed, fc.integer({ min: 0, max: 628 }), (k, hundredths) => {
        const panel = noisePanel(11, 60, k);
        const [cosine, sine] = [Math.cos(hundredths / 100), Math.sin(hundredths / 100)];
        const [a = [], b = [], ...others] = panel;
        const turned = [
          a.map((x, t) => cosine * x + sine * (b[t] ?? 0)),
          a.map((x, t) => cosine * (b[t] ?? 0) - sine * x),
          ...others,
        ];
        expect(ratio(panel)).toBeGreaterThan(2 / 11);
        expect(ratio(panel)).toBeLessThanOrEqual(1);
        expect(Math.abs(ratio(turned) - ratio(panel))).toBeLessThan(1e-12);
        expect(
          Math.abs(
            ratio(
              panel.with(
                0,
                a.map((x) => 3 * x),
              ),
            ) - ratio(panel),
          ),
        ).toBeGreaterThan(1e-4);
      }),
      { ...seeded, numRuns: 40 },
    );
  });

  it("does not see the mean, nor one unit for all", () => {
    const panel = noisePanel(11, 60);
    expect(ratio(panel.map((path, i) => path.map((r) => 4 * r + i / 100)))).toBeCloseTo(ratio(panel), 12);
  });
});
