import { describe, expect, it } from "vitest";
import { commonDays } from "#src/sections/regime-signals.ts";

const dated = (dates: readonly string[]) => ({ dates, values: dates.map(() => 1) });
const days = Array.from({ length: 20 }, (_, i) => `2026-01-${String(i + 1).padStart(2, "0")}`);
/** An exchange that meets on every other day. */
const seldom = days.filter((_, i) => i % 2 === 1);

describe("days of several signals", () => {
  it("go back until each has as many of its own, whoever else meets between", () => {
    const found = commonDays([dated(days), dated(seldom)], 4);
    expect(found.filter((day) => seldom.includes(day))).toHaveLength(4);
    expect(found).toEqual(days.slice(-7));
  });

  it("end on the last day that all have", () => {
    expect(commonDays([dated(days), dated(days.slice(0, 18))], 3)).toEqual(days.slice(15, 18));
  });

  it("are all there are of one that is shorter, and of the others as many", () => {
    expect(commonDays([dated(days), dated(days.slice(-2))], 5)).toEqual(days.slice(-5));
  });
});
