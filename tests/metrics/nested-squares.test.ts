import { describe, expect, it } from "vitest";
import { leastSquares } from "#src/metrics/least-squares.ts";
import { nestedSquares } from "#src/metrics/nested-squares.ts";
import { normals, walk } from "#tests/metrics/walks.ts";

const n = 120;
const columns = [normals(1, n).map(() => 1), walk(2, n), normals(3, n), normals(4, n)];
const y = normals(5, n).map((e, i) => 2 + 0.3 * (columns[1]?.[i] ?? 0) + e);

describe("nestedSquares", () => {
  it("has the sums of squared residuals of every regression by itself", () => {
    const found = nestedSquares(columns, y);
    expect(found).toHaveLength(5);
    expect(found[0]).toBeCloseTo(
      y.reduce((sum, v) => sum + v * v, 0),
      10,
    );
    for (const k of [1, 2, 3, 4])
      expect(found[k]).toBeCloseTo(leastSquares(columns.slice(0, k), y).value?.squares ?? Number.NaN, 10);
  });

  it("falls with every column, much with one that says something", () => {
    const found = nestedSquares(columns, y);
    for (const k of [1, 2, 3, 4]) expect(found[k]).toBeLessThan(found[k - 1] ?? 0);
    // The walk of column 1 is in y; the noise of columns 2 and 3 is not.
    expect(found[2]).toBeLessThan(0.7 * (found[1] ?? 0));
    expect(found[4]).toBeGreaterThan(0.9 * (found[2] ?? 0));
  });

  it("of no columns is of y itself", () => {
    expect(nestedSquares([], [3, 4])[0]).toBeCloseTo(25, 13);
  });

  it("changes nothing that it is given", () => {
    const frozen = [Object.freeze([1, 2, 3]), Object.freeze([1, 0, 0])];
    expect(() => nestedSquares(Object.freeze(frozen), Object.freeze([1, 2, 4]))).not.toThrow();
  });

  it("refuses columns of another length", () => {
    expect(() => nestedSquares([[1, 2]], [1, 2, 3])).toThrow(RangeError);
  });

  it("refuses no more observations than columns", () => {
    const two = [
      [1, 2],
      [1, 1],
    ];
    expect(() => nestedSquares(two, [1, 2])).toThrow(RangeError);
    expect(nestedSquares(two.slice(1), [1, 2])).toHaveLength(2);
  });
});
