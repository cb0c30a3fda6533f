import { describe, expect, it } from "vitest";
import { monthOf, periodReturns, weekOf } from "#src/metrics/period-returns.ts";

describe("returns of periods", () => {
  it("are between the last closes of months that follow one another", () => {
    const dates = ["2025-10-31", "2025-11-03", "2025-11-28", "2025-12-31", "2026-01-15"];
    const found = periodReturns(
      dates,
      [
        [100, 90, 110, 99, 198],
        [10, 11, 12, 6, 9],
      ],
      monthOf,
    );
    expect(found.ends).toEqual(["2025-11-28", "2025-12-31", "2026-01-15"]);
    expect(found.returns[0]).toEqual([110 / 100 - 1, 99 / 110 - 1, 1]);
    expect(found.returns[1]?.[2]).toBeCloseTo(0.5, 12);
  });

  it("skip a period that has no day, and so does the return after it", () => {
    const dates = ["2026-01-30", "2026-02-06", "2026-02-20", "2026-02-27"];
    // The week to 13 February has none: 2026-02-20 against 2026-02-06 would be of two weeks.
    const found = periodReturns(dates, [[1, 2, 8, 4]], weekOf);
    expect(found).toEqual({ ends: ["2026-02-06", "2026-02-27"], returns: [[1, -0.5]] });
  });

  it("are of ISO weeks across the turn of a year", () => {
    expect(weekOf("2026-01-01")).toBe(weekOf("2025-12-29"));
    expect(weekOf("2026-01-05") - weekOf("2026-01-04")).toBe(1);
    expect(periodReturns(["2025-12-26", "2026-01-02"], [[4, 5]], weekOf).returns).toEqual([[0.25]]);
  });

  it("are none of one period", () => {
    expect(periodReturns(["2026-02-12", "2026-02-13"], [[1, 2]], weekOf)).toEqual({
      ends: [],
      returns: [[]],
    });
    expect(periodReturns([], [[]], monthOf)).toEqual({ ends: [], returns: [[]] });
  });
});
