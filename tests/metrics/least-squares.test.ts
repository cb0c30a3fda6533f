import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type LinearFit, leastSquares } from "#src/metrics/least-squares.ts";
import reference from "#tests/fixtures/reference/least-squares.json" with { type: "json" };
import { relativeGap, seeded, series } from "#tests/metrics/returns-reference.ts";

const fitOf = (columns: readonly (readonly number[])[], y: readonly number[]): LinearFit => {
  const { value } = leastSquares(columns, y);
  if (value === null) throw new Error("no fit");
  return value;
};
const ones = (n: number) => series(n, 1);
const powers = (x: readonly number[], count: number) =>
  Array.from({ length: count }, (_, power) => Object.freeze(x.map((v) => v ** power)));

describe("least squares against NIST's certified values", () => {
  // Digits that double precision can keep: the condition of Wampler5 and Filip, scaled, is 1e6 and 5e9.
  it.each([
    ["Norris", 1e-11],
    ["Longley", 1e-10],
    ["Filip", 1e-6],
    ["Wampler1", 1e-7],
    ["Wampler2", 1e-11],
    ["Wampler3", 1e-8],
    ["Wampler4", 1e-7],
    ["Wampler5", 1e-5],
  ])("%s to %d", (name, tolerance) => {
    const found = reference.nist.find((each) => each.name === name);
    const { x = [], y = [], coefficients = [], errors = [] } = found ?? {};
    const [first = []] = x;
    const columns = x.length > 1 ? [ones(y.length), ...x] : powers(first, coefficients.length);
    const fit = fitOf(columns, y);
    expect(relativeGap(fit.coefficients, coefficients)).toBeLessThan(tolerance);
    expect(relativeGap(fit.errors, errors)).toBeLessThan(tolerance);
  });
});

describe("least squares against statsmodels", () => {
  it.each(reference.cases)("coefficients, errors, squares and inverse to 1e-10", (row) => {
    const fit = fitOf(row.columns, row.y);
    expect(relativeGap(fit.coefficients, row.coefficients)).toBeLessThan(1e-10);
    expect(relativeGap(fit.errors, row.errors)).toBeLessThan(1e-10);
    expect(relativeGap([fit.squares], [row.squares])).toBeLessThan(1e-10);
    expect(relativeGap(fit.inverse.flat(), row.inverse.flat())).toBeLessThan(1e-10);
  });
});

describe("least squares", () => {
  it("is by hand", () => {
    // Means 1 and 2, slope (1·2 + 1·2)/2 = 2, intercept 0; residuals none but at x = 1.
    const fit = fitOf(
      [
        [1, 1, 1],
        [0, 1, 2],
      ],
      [0, 2.3, 4],
    );
    expect(fit.coefficients[1]).toBeCloseTo(2, 14);
    expect(fit.coefficients[0]).toBeCloseTo(0.1, 14);
    expect(fit.residuals[1]).toBeCloseTo(0.2, 14);
    expect(fit.squares).toBeCloseTo(0.06, 14);
  });

  it("needs more observations than regressors: one more is enough", () => {
    const line = [ones(3), [0, 1, 2]];
    expect(leastSquares(line, [1, 2, 4])).toMatchObject({ status: "ok", n: 3 });
    const short = line.map((column) => column.slice(1));
    expect(leastSquares(short, [1, 2])).toEqual({
      status: "insufficient",
      value: null,
      n: 2,
      reasons: [{ code: "too-few", need: 3, have: 2 }],
    });
  });

  const wiggle = series(40, (i) => Math.sin(i * i));
  const drift = series(40, (i) => i);
  const collinear = { status: "undefined", value: null, n: 40, reasons: [{ code: "collinear" }] };

  it.each([
    ["twice the same", [wiggle, wiggle]],
    ["a multiple", [wiggle, wiggle.map((v) => -3e7 * v)]],
    ["a sum", [ones(40), wiggle, drift, wiggle.map((v, i) => v + 2 * i - 5)]],
    ["a column of nothing", [ones(40), series(40, 0)]],
    ["all dummies and an intercept", [ones(40), series(40, (i) => i % 2), series(40, (i) => 1 - (i % 2))]],
    // Neither the second nor the third lies within 1e-13 of what comes before it; all three together have no inverse.
    [
      "a difference that is only just there",
      [drift, drift.map((v, i) => v + 1e-7 * (wiggle[i] ?? 0)), wiggle],
    ],
  ])("is undefined for %s", (_, columns) => {
    expect(leastSquares(columns, wiggle)).toEqual(collinear);
  });

  it("holds for columns that differ by little more than noise", () => {
    const near = (by: number) => [drift, drift.map((v, i) => v + by * (wiggle[i] ?? 0))];
    expect(leastSquares(near(1e-9), wiggle).status).toBe("ok");
    expect(fitOf(near(1e-4), wiggle).coefficients[1]).toBeCloseTo(
      1e4 * (fitOf([drift, wiggle], wiggle).coefficients[1] ?? 0),
      3,
    );
    expect(leastSquares(near(1e-13), wiggle).status).toBe("undefined");
  });

  it("holds for very large and very small numbers", () => {
    for (const size of [1e-150, 1e150]) {
      const fit = fitOf([ones(40), drift.map((v) => v * size)], wiggle);
      expect((fit.coefficients[1] ?? 0) * size).toBeCloseTo(
        fitOf([ones(40), drift], wiggle).coefficients[1] ?? 0,
        12,
      );
    }
    expect(() =>
      leastSquares(
        [ones(40), drift],
        wiggle.map((v) => v * 1e200),
      ),
    ).toThrow(/squares a double can hold/);
  });

  it("refuses what is no regression", () => {
    expect(() => leastSquares([], [1, 2])).toThrow(/a regressor/);
    expect(() => leastSquares([[1, 1]], [1, 2, 3])).toThrow(RangeError);
    for (const bad of [Number.NaN, Number.POSITIVE_INFINITY]) {
      expect(() => leastSquares([[1, bad, 1]], [1, 2, 3])).toThrow(RangeError);
      expect(() => leastSquares([[1, 1, 1]], [1, 2, bad])).toThrow(RangeError);
    }
  });
});

describe("laws of least squares", () => {
  const number = fc.integer({ min: -1000, max: 1000 }).map((n) => n / 100);
  const data = fc.array(fc.tuple(number, number, number), { minLength: 8, maxLength: 40 }).map((rows) => ({
    // Waves of two lengths, so that no column is a combination of the others.
    a: rows.map(([a], i) => a + 40 * Math.sin(i)),
    b: rows.map(([, b], i) => b + 40 * Math.cos(2.3 * i)),
    y: rows.map(([, , y]) => y),
  }));
  const close = (a: number | undefined, b: number | undefined) =>
    expect(Math.abs((a ?? Number.NaN) - (b ?? 0))).toBeLessThan(1e-9 * (1 + Math.abs(b ?? 0)));

  it("residuals are at right angles to every regressor, and to nothing else", () => {
    fc.assert(
      fc.property(data, ({ a, b, y }) => {
        const columns = [ones(y.length), a, b];
        const { residuals, squares } = fitOf(columns, y);
        const along = (column: readonly number[]) =>
          column.reduce((sum, v, i) => sum + v * (residuals[i] ?? 0), 0);
        for (const column of columns) expect(Math.abs(along(column))).toBeLessThan(1e-8);
        // Their product with y is their own squares.
        close(along(y), squares);
      }),
      seeded,
    );
  });

  it("does not see the unit or order of regressors, and adds what is added to y", () => {
    fc.assert(
      fc.property(data, ({ a, b, y }) => {
        const [intercept = 0, slopeA = 0, slopeB = 0] = fitOf([ones(y.length), a, b], y).coefficients;
        const other = fitOf([b.map((v) => v * 1000), ones(y.length), a.map((v) => v / 7)], y);
        close(other.coefficients[0], slopeB / 1000);
        close(other.coefficients[1], intercept);
        close(other.coefficients[2], slopeA * 7);
        const moved = fitOf(
          [ones(y.length), a, b],
          y.map((v, i) => v + 3 + 2 * (a[i] ?? 0)),
        );
        close(moved.coefficients[0], intercept + 3);
        close(moved.coefficients[1], slopeA + 2);
        close(moved.coefficients[2], slopeB);
      }),
      seeded,
    );
  });

  it("errors grow with y, and every observation counts", () => {
    fc.assert(
      fc.property(data, fc.nat(7), ({ a, b, y }, at) => {
        const columns = [ones(y.length), a, b];
        const fit = fitOf(columns, y);
        const tenfold = fitOf(
          columns,
          y.map((v) => v * 10),
        );
        for (const [j, error] of fit.errors.entries()) close(tenfold.errors[j], 10 * error);
        expect(fitOf(columns, y.with(at, (y[at] ?? 0) + 5)).coefficients).not.toEqual(fit.coefficients);
      }),
      seeded,
    );
  });
});
