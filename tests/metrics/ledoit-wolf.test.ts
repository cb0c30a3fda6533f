import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { cholesky, inverseTrace, mahalanobis } from "#src/metrics/cholesky.ts";
import { ledoitWolf } from "#src/metrics/ledoit-wolf.ts";
import reference from "#tests/fixtures/reference/turbulence.json" with { type: "json" };
import { noisePanel } from "#tests/metrics/panels.ts";
import { seeded, series } from "#tests/metrics/returns-reference.ts";
import { covarianceOf, small } from "#tests/metrics/small-panel.ts";

const { documentation, wide } = reference;

describe("ledoitWolf", () => {
  it("is the published one of sklearn's documentation", () => {
    const found = ledoitWolf(documentation.series);
    expect(found).toMatchObject({
      status: "ok",
      n: 50,
      value: { shrinkage: expect.closeTo(0.230254062, 9) },
    });
    const published = [
      [0.44067332, 0.16161585],
      [0.16161585, 0.80226294],
    ];
    for (const [i, row] of published.entries())
      for (const [j, value] of row.entries()) expect(found.value?.covariance[i]?.[j]).toBeCloseTo(value, 8);
  });

  it("agrees with sklearn to 1e-14, there and for eight series of thirty", () => {
    const cases = [documentation, { ...wide, series: wide.returns.map((path) => path.map((v) => v / 1e5)) }];
    for (const { series: panel, covariance, shrinkage } of cases) {
      const found = ledoitWolf(panel).value;
      expect(found?.shrinkage).toBeCloseTo(shrinkage, 13);
      for (const [i, row] of covariance.entries())
        for (const [j, value] of row.entries()) expect(found?.covariance[i]?.[j]).toBeCloseTo(value, 14);
    }
  });

  it("shrinks three assets of six days by 0.3214699458", () => {
    expect(ledoitWolf(small).value?.shrinkage).toBeCloseTo(0.3214699458, 10);
  });

  it("needs two observations, and one that moves", () => {
    expect(ledoitWolf([[1], [2]])).toMatchObject({ status: "insufficient", n: 1 });
    expect(ledoitWolf([])).toMatchObject({ status: "insufficient", n: 0 });
    expect(ledoitWolf([series(9, 0.1), series(9, 0.3)])).toMatchObject({
      status: "undefined",
      reasons: [{ code: "zero-variance" }],
    });
    expect(
      ledoitWolf([
        [1, 2],
        [2, 2],
      ]).status,
    ).toBe("ok");
    expect(() => ledoitWolf([[1, 2], [2]])).toThrow(RangeError);
    expect(() => ledoitWolf([[1, Number.NaN]])).toThrow(RangeError);
  });

  it("keeps the total variance, between the sample and its target, and can be inverted even where that cannot", () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 999 }), fc.integer({ min: 4, max: 12 }), (seed, count) => {
        const panel = noisePanel(6, count, seed);
        const found = ledoitWolf(panel).value;
        const sample = covarianceOf(panel).map((v) => (v * (count - 1)) / count);
        const trace = series(6, (i) => sample[7 * i] ?? 0).reduce((a, b) => a + b, 0);
        const shrunk = found?.covariance.reduce((sum, row, i) => sum + (row[i] ?? 0), 0) ?? 9;
        expect(Math.abs(shrunk - trace)).toBeLessThan(1e-15);
        expect(found?.shrinkage).toBeGreaterThan(0);
        expect(found?.shrinkage).toBeLessThanOrEqual(1);
        if (found && found.shrinkage < 1) {
          const off = (found.covariance[1]?.[0] ?? 9) / (sample[6] ?? 0);
          expect(off).toBeCloseTo(1 - found.shrinkage, 9);
        }
        expect(cholesky(Float64Array.from(found?.covariance.flat() ?? []), 6)).not.toBeNull();
      }),
      seeded,
    );
    // Three observations of six series: a sample covariance of rank two.
    const flat = covarianceOf([...noisePanel(5, 3), series(3, 0.01)]);
    expect(cholesky(flat, 6)).toBeNull();
  });
});

describe("cholesky", () => {
  // [[4, 2], [2, 5]] = L L' with L = [[2, 0], [1, 2]]; its inverse is [[5, −2], [−2, 4]] / 16.
  it("is by hand", () => {
    const factor = cholesky(Float64Array.of(4, 9, 2, 5), 2);
    expect([...(factor ?? [])]).toEqual([2, 0, 1, 2]);
    expect(mahalanobis(factor ?? new Float64Array(4), Float64Array.of(1, 1))).toBeCloseTo(5 / 16, 15);
    expect(inverseTrace(factor ?? new Float64Array(4), 2)).toBeCloseTo(9 / 16, 15);
  });

  it("is not there for what is not positive definite, by however little", () => {
    expect(cholesky(Float64Array.of(1, 0, 1, 1), 2)).toBeNull();
    expect(cholesky(Float64Array.of(1, 0, 1, 1 + 1e-15), 2)).not.toBeNull();
    expect(cholesky(Float64Array.of(0), 1)).toBeNull();
    expect(cholesky(Float64Array.of(-1), 1)).toBeNull();
    expect(cholesky(Float64Array.of(Number.NaN), 1)).toBeNull();
  });
});
