import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { leastSquares } from "#src/metrics/least-squares.ts";
import { type HacErrors, hacLags, neweyWest } from "#src/metrics/newey-west.ts";
import reference from "#tests/fixtures/reference/inference.json" with { type: "json" };
import byR from "#tests/fixtures/reference/inference-r.json" with { type: "json" };
import { relativeGap, seeded, series } from "#tests/metrics/returns-reference.ts";

function hacOf(columns: readonly (readonly number[])[], y: readonly number[], lags?: number): HacErrors {
  const fit = leastSquares(columns, y);
  const { value } = fit.value === null ? fit : neweyWest(columns, fit.value, lags);
  if (value === null) throw new Error("no errors");
  return value;
}
const ones = (n: number) => series(n, 1);
const wiggle = series(50, (t) => Math.sin(t * t));
const wave = series(50, (t) => Math.sin(t / 4) + Math.cos(3 * t));

describe("Newey–West errors", () => {
  it.each(reference.hac)("are statsmodels' to 1e-9: lags $lags", (row) => {
    const found = hacOf(row.columns, row.y, row.given ?? hacLags(row.y.length, row.horizon));
    expect(found.lags).toBe(row.lags);
    expect(relativeGap(found.covariance.flat(), row.covariance.flat())).toBeLessThan(1e-9);
    expect(relativeGap(found.errors, row.errors)).toBeLessThan(1e-9);
    expect(relativeGap(found.t, row.t)).toBeLessThan(1e-9);
    for (const [j, p] of found.p.entries()) expect(p).toBeCloseTo(row.p[j] ?? 9, 10);
  });

  it.each(byR.hac)("are sandwich's and lmtest's to 1e-9: lags $lags", (row) => {
    const found = hacOf([ones(row.x.length), row.x], row.y, row.lags);
    expect(relativeGap(found.covariance.flat(), row.covariance)).toBeLessThan(1e-9);
    expect(relativeGap(found.errors, row.errors)).toBeLessThan(1e-9);
    expect(relativeGap(found.t, row.t)).toBeLessThan(1e-9);
    for (const [j, p] of found.p.entries()) expect(p).toBeCloseTo(row.p[j] ?? 9, 10);
  });

  it("are by hand, of a mean without lags", () => {
    // Residuals ±1: S = 4, (X'X)⁻¹ = 1/4, factor 4/3: a variance of 1/3.
    const found = hacOf([ones(4)], [3, 1, 3, 1], 0);
    expect(found.errors[0]).toBeCloseTo(Math.sqrt(1 / 3), 14);
    expect(found.t[0]).toBeCloseTo(2 * Math.sqrt(3), 13);
    // One lag, half weight: Γ₁ = −3, so S = 4 − 3 = 1.
    expect(hacOf([ones(4)], [3, 1, 3, 1], 1).errors[0]).toBeCloseTo(Math.sqrt(1 / 12), 14);
  });

  it("take the lags of the sample where none are given", () => {
    expect(hacOf([ones(50), wiggle], wave).lags).toBe(3);
  });

  it("are undefined where nothing but roundings is left", () => {
    const columns = [ones(50), wiggle];
    const line = (noise: number) => wiggle.map((v, t) => 2 + 3 * v + noise * (wave[t] ?? 0));
    const of = (y: readonly number[]) => {
      const { value } = leastSquares(columns, y);
      return value && neweyWest(columns, value);
    };
    expect(of(line(0))).toEqual({
      status: "undefined",
      value: null,
      n: 50,
      reasons: [{ code: "perfect-fit" }],
    });
    expect(of(line(1e-13))?.status).toBe("undefined");
    expect(of(line(1e-11))?.status).toBe("ok");
    expect(of(series(50, 0))?.status).toBe("undefined");
    // A regressor of one observation fits it exactly: that coefficient has no error, whatever the others have.
    const alone = [series(50, (t) => (t === 0 ? 1 : 0)), series(50, (t) => (t === 0 ? 0 : 1))];
    const { value: fit } = leastSquares(alone, wave);
    expect(fit && neweyWest(alone, fit).reasons).toEqual([{ code: "perfect-fit" }]);
  });

  it("refuse what is not the fit's, and lags that there are not", () => {
    const { value } = leastSquares([ones(50), wiggle], wave);
    if (value === null) throw new Error("no fit");
    expect(() => neweyWest([ones(50)], value)).toThrow(/columns of the fit/);
    expect(() => neweyWest([ones(50), wiggle.slice(1)], value)).toThrow(/columns of the fit/);
    for (const lags of [-1, 50, 1.5, Number.NaN])
      expect(() => neweyWest([ones(50), wiggle], value, lags)).toThrow(RangeError);
    expect(neweyWest([ones(50), wiggle], value, 49).status).toBe("ok");
  });
});

describe("hacLags", () => {
  it.each([
    [99, 3],
    [100, 4],
    [252, 4],
    [272, 4],
    [274, 5],
    [5040, 9],
  ])("of %d observations are %d", (n, lags) => {
    expect(hacLags(n)).toBe(lags);
  });

  it("are at least those of the overlap, and fewer than the observations", () => {
    expect(hacLags(252, 5)).toBe(4);
    expect(hacLags(252, 6)).toBe(5);
    expect(hacLags(252, 20)).toBe(19);
    expect(hacLags(10, 20)).toBe(9);
  });
});

describe("laws of Newey–West errors", () => {
  const noise = fc.array(fc.integer({ min: -300, max: 300 }), { minLength: 50, maxLength: 50 });
  const noisy = noise.map((of) => of.map((n, t) => n / 100 + 3 * Math.cos(1.7 * t)));

  it("take the unit of y and of a regressor, and leave t", () => {
    fc.assert(
      fc.property(noisy, (y) => {
        const own = hacOf([ones(50), wiggle], y);
        const scaled = hacOf(
          [ones(50), wiggle.map((v) => v * 16)],
          y.map((v) => v * 4),
        );
        expect(relativeGap(scaled.t, own.t)).toBeLessThan(1e-9);
        expect(relativeGap([(scaled.errors[1] ?? 0) * 4], [own.errors[1] ?? 0])).toBeLessThan(1e-9);
      }),
      seeded,
    );
  });

  it("do not see which way time runs, but see its order", () => {
    fc.assert(
      fc.property(noisy, (y) => {
        const own = hacOf([ones(50), wiggle], y, 5).errors;
        const back = hacOf([ones(50), wiggle.toReversed()], y.toReversed(), 5).errors;
        expect(relativeGap(back, own)).toBeLessThan(1e-9);
        const order = y.map((_, t) => (t * 7) % 50);
        const shuffled = (x: readonly number[]) => order.map((t) => x[t] ?? 0);
        expect(relativeGap(hacOf([ones(50), shuffled(wiggle)], shuffled(y), 5).errors, own)).toBeGreaterThan(
          1e-6,
        );
        expect(
          relativeGap(
            hacOf([ones(50), shuffled(wiggle)], shuffled(y), 0).errors,
            hacOf([ones(50), wiggle], y, 0).errors,
          ),
        ).toBeLessThan(1e-9);
      }),
      seeded,
    );
  });
});
