import { describe, expect, it } from "vitest";
import { monthEnds } from "#src/metrics/month-ends.ts";

describe("monthEnds", () => {
  it("is the last day of each month that has one, the unfinished last included", () => {
    expect(monthEnds(["2025-11-28", "2026-01-05", "2026-01-30", "2026-02-06", "2026-02-13"])).toEqual([
      { month: "2025-11", index: 0 },
      { month: "2026-01", index: 2 },
      { month: "2026-02", index: 4 },
    ]);
    expect(monthEnds([])).toEqual([]);
  });

  it("tells January of one year from that of the next", () => {
    expect(monthEnds(["2025-01-31", "2026-01-30"])).toHaveLength(2);
  });
});
