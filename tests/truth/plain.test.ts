import { describe, expect, it } from "vitest";
import {
  correlation,
  eigenvalues,
  falseDiscovery,
  fitted,
  hacErrors,
  inverted,
  middleOf,
  normalBelow,
  percentileOf,
  printed,
  printedDirection,
  ranks,
  solved,
  studentTails,
  variance,
} from "#tests/truth/plain.ts";

/* What the independent re-computation is made of, against values from tables and by hand. */

describe("plain statistics", () => {
  it("take tails of Student's and of the normal distribution as tables have them", () => {
    expect(studentTails(2.131449546, 15)).toBeCloseTo(0.05, 8);
    expect(studentTails(-1.975387131, 155)).toBeCloseTo(0.05, 7);
    expect(studentTails(2.976842734, 14)).toBeCloseTo(0.01, 8);
    expect(normalBelow(1.959963985)).toBeCloseTo(0.975, 9);
    expect(normalBelow(-1.644853627)).toBeCloseTo(0.05, 9);
  });

  it("judge several tests together", () => {
    for (const [i, q] of falseDiscovery([0.01, 0.04, 0.03]).entries())
      expect(q).toBeCloseTo([0.03, 0.04, 0.04][i] ?? 0, 12);
  });

  it("count equal values half, and share their ranks", () => {
    expect(percentileOf([1, 2, 2, 3], 2)).toBe(50);
    expect(percentileOf([1, 2, 2, 3], 0)).toBe(0);
    expect(ranks([30, 10, 10, 20])).toEqual([4, 1.5, 1.5, 3]);
    expect([middleOf([3, 1, 2]), middleOf([4, 1, 2, 3])]).toEqual([2, 2.5]);
    expect(variance([1, 2, 3, 4])).toBeCloseTo(5 / 3, 12);
    expect(correlation([1, 2, 3], [6, 4, 2])).toBeCloseTo(-1, 12);
  });

  it("solve, invert and find eigenvalues", () => {
    expect(
      solved(
        [
          [0, 2],
          [1, 1],
        ],
        [4, 3],
      ),
    ).toEqual([1, 2]);
    expect(
      inverted([
        [2, 0],
        [0, 4],
      ]),
    ).toEqual([
      [0.5, 0],
      [0, 0.25],
    ]);
    const [a = 0, b = 0, c = 0] = eigenvalues([
      [2, 1, 0],
      [1, 2, 0],
      [0, 0, 5],
    ]);
    expect([a, b, c].map((v) => Math.round(v * 1e9) / 1e9)).toEqual([5, 3, 1]);
  });

  it("fit a line, with errors that know of its lags", () => {
    const x = Array.from({ length: 40 }, (_, t) => t);
    const y = x.map((t) => 3 + 2 * t + (t % 2 === 0 ? 1 : -1));
    const columns = [x.map(() => 1), x];
    const fit = fitted(columns, y);
    expect(fit.coefficients[1]).toBeCloseTo(2, 2);
    // Of residuals that turn at every step the long-run variance is less than that of one.
    expect(hacErrors(columns, fit)[1] ?? 1).toBeLessThan(0.0139);
  });

  it("print halves away from zero", () => {
    expect([printed(0.145, 0.01), printed(-0.145, 0.01)].map((v) => Math.round(v * 100))).toEqual([15, -15]);
    expect([0.0006, 0.0004, -0.0005].map((v) => printedDirection(v, 1e-3))).toEqual(["up", "flat", "down"]);
  });
});
