import { describe, expect, it } from "vitest";
import { monthlyReturns } from "#src/metrics/monthly-returns.ts";

const days = ["2025-10-31", "2025-11-14", "2025-11-28", "2025-12-31", "2026-01-30", "2026-02-13"];

describe("monthlyReturns", () => {
  it("is from month-end to month-end, without the month that is not over", () => {
    const { months, returns } = monthlyReturns(days, [100, 90, 110, 99, 108.9, 50], "level", "2026-01");
    expect(months).toEqual(["2025-11", "2025-12", "2026-01"]);
    for (const [i, r] of [0.1, -0.1, 0.1].entries()) expect(returns[i]).toBeCloseTo(r, 12);
  });

  it("of returns is what those of a month make together, the first month included", () => {
    const { months, returns } = monthlyReturns(days, [0.01, 0.1, -0.1, 0.02, 0.03, 0.5], "return", "2026-01");
    expect(months).toEqual(["2025-10", "2025-11", "2025-12", "2026-01"]);
    for (const [i, r] of [0.01, -0.01, 0.02, 0.03].entries()) expect(returns[i]).toBeCloseTo(r, 12);
  });

  it("begins anew after a month without a value", () => {
    const gapped = ["2025-09-30", "2025-10-31", "2025-12-31", "2026-01-30"];
    expect(monthlyReturns(gapped, [1, 2, 4, 5], "level", "2026-01")).toEqual({
      months: ["2026-01"],
      returns: [0.25],
    });
    expect(monthlyReturns(gapped, [0.1, 0.2, 0.3, 0.4], "return", "2026-01").months).toEqual([
      "2025-12",
      "2026-01",
    ]);
  });

  it("is none of one level, of nothing, and before the first month", () => {
    const none = { months: [], returns: [] };
    expect(monthlyReturns([], [], "level", "2026-01")).toEqual(none);
    expect(monthlyReturns(["2026-01-30"], [1], "level", "2026-01")).toEqual(none);
    expect(monthlyReturns(days, [1, 1, 1, 1, 1, 1], "return", "2025-09")).toEqual(none);
  });

  it("does not change with what comes later", () => {
    const levels = [100, 90, 110, 99, 108.9, 50];
    const early = monthlyReturns(days.slice(0, 4), levels.slice(0, 4), "level", "2025-12");
    expect(monthlyReturns(days, levels, "level", "2025-12")).toEqual(early);
  });

  it("refuses what is no series of levels or returns", () => {
    expect(() => monthlyReturns(["2026-01-30"], [], "level", "2026-01")).toThrow(RangeError);
    expect(() => monthlyReturns(["2026-01-30"], [0], "level", "2026-01")).toThrow(RangeError);
    expect(() => monthlyReturns(["2026-01-30"], [Number.NaN], "return", "2026-01")).toThrow(RangeError);
  });
});
