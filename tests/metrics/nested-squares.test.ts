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

  it("falls with every column that says something, and stays with one that does not", () => {
    const twice = columns.with(
      2,
      (columns[1] ?? []).map((x, i) => 3 * x - 7 * (columns[0]?.[i] ?? 0)),
    );
    const found = nestedSquares(twice, y);
    expect(found[2]).toBeLessThan(found[1] ?? 0);
    expect(found[3]).toBe(found[2]);
    expect(found[4]).toBeLessThan(found[3] ?? 0);
  });

  it("of no columns is of y itself, and of a column of nothing too", () => {
    expect(nestedSquares([], [3, 4])).toEqual([25]);
    expect(nestedSquares([[0, 0]], [3, 4])).toEqual([25, 25]);
  });

  it("changes nothing that it is given", () => {
    const frozen = [Object.freeze([1, 2, 3]), Object.freeze([1, 0, 0])];
    expect(() => nestedSquares(Object.freeze(frozen), Object.freeze([1, 2, 4]))).not.toThrow();
  });

  it("refuses columns of another length", () => {
    expect(() => nestedSquares([[1, 2]], [1, 2, 3])).toThrow(RangeError);
  });
});
