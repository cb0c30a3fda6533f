import { describe, expect, it } from "vitest";
import type { ReturnSurprise } from "#src/metrics/return-surprise.ts";
import { surpriseOfWeek } from "#src/metrics/surprise-of-week.ts";

const surprise = (distance: number, squares: number, assets = 4): ReturnSurprise => ({
  distance,
  squares,
  assets,
  sessions: 756,
  isShrunk: false,
});

describe("surpriseOfWeek", () => {
  const days = [surprise(4, 2), surprise(8, 8), surprise(2, 4), surprise(6, 6), surprise(10, 10)];

  it("is by hand: the mean turbulence, and over the mean magnitude", () => {
    const { turbulence, correlation } = surpriseOfWeek(days);
    expect(turbulence).toEqual([null, null, null, null, 1.5]);
    expect(correlation.at(-1)).toBeCloseTo(1, 12);
  });

  it("divides each session by its own number of assets", () => {
    const one = surprise(6, 3, 3);
    const { turbulence, correlation } = surpriseOfWeek([...days.slice(1), one]);
    expect(turbulence.at(-1)).toBeCloseTo((2 + 0.5 + 1.5 + 2.5 + 2) / 5, 12);
    expect(correlation.at(-1)).toBeCloseTo((2 + 0.5 + 1.5 + 2.5 + 2) / (2 + 1 + 1.5 + 2.5 + 1), 12);
  });

  it("is missing for five sessions after one that has none", () => {
    const path = surpriseOfWeek([...days, null, ...days, ...days]).turbulence;
    expect(path.map((v) => v === null)).toEqual([
      ...[true, true, true, true, false],
      true,
      ...[true, true, true, true, false],
      ...[false, false, false, false, false],
    ]);
  });

  it("says nothing of the combination of moves that are next to none", () => {
    const still = (squares: number) => Array.from({ length: 5 }, () => surprise(1, squares, 1));
    expect(surpriseOfWeek(still(0.05)).correlation.at(-1)).toBeCloseTo(20, 9);
    expect(surpriseOfWeek(still(0.0499)).correlation.at(-1)).toBeNull();
    expect(surpriseOfWeek(still(0.0499)).turbulence.at(-1)).toBe(1);
  });
});
