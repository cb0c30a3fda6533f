import { describe, expect, it } from "vitest";
import { addDays } from "#src/domain/time.ts";
import { trailingPeak } from "#src/metrics/trailing-peak.ts";

/** The last day of each of so many months to January 2026. */
const monthsTo = (n: number): readonly string[] =>
  Array.from({ length: n }, (_, i) => {
    const month = 12 * 2026 - (n - 1 - i) + 1;
    return addDays(`${Math.floor(month / 12)}-${String((month % 12) + 1).padStart(2, "0")}-01`, -1);
  });

describe("trailingPeak", () => {
  const dates = monthsTo(60);
  const rising = dates.map((_, i) => 10 + i);

  it("is at its peak where the latest is the highest", () => {
    expect(trailingPeak(dates, rising).value).toMatchObject({
      ratio: 1,
      peak: 69,
      peakDate: "2026-01-31",
      isWhole: true,
    });
  });

  it("counts three years, and not what was before them", () => {
    const values = dates.map((date) => (date === "2023-01-31" ? 90 : date === "2023-02-28" ? 80 : 40));
    // 2026-01-31 less 1,096 days is 2023-01-31, which is out.
    expect(trailingPeak(dates, values)).toMatchObject({
      value: { ratio: 0.5, peak: 80, peakDate: "2023-02-28", from: "2023-02-28", isWhole: true },
      n: 36,
    });
    expect(trailingPeak(dates, values, 4).value?.peakDate).toBe("2023-01-31");
  });

  it("takes the last of equal peaks", () => {
    const values = dates.map((_, i) => (i === 40 || i === 50 ? 80 : 40));
    expect(trailingPeak(dates, values).value?.peakDate).toBe(dates[50]);
  });

  it("says whether values go back so far, to a month", () => {
    const of = (n: number) => trailingPeak(monthsTo(n), rising.slice(0, n)).value?.isWhole;
    expect([of(37), of(36), of(35)]).toEqual([true, true, false]);
  });

  it("needs two positive values, and finite ones", () => {
    expect(trailingPeak([], []).reasons).toEqual([{ code: "too-few", need: 2, have: 0 }]);
    expect(trailingPeak(["2026-01-31"], [3]).status).toBe("insufficient");
    // Two values four years apart are one of three years.
    expect(trailingPeak(["2022-01-31", "2026-01-31"], [3, 4]).status).toBe("insufficient");
    expect(trailingPeak(["2026-01-30", "2026-01-31"], [3, 0]).reasons).toEqual([{ code: "not-positive" }]);
    expect(() => trailingPeak(["2026-01-31"], [Number.NaN])).toThrow(RangeError);
    expect(() => trailingPeak(["2026-01-31"], [])).toThrow(RangeError);
  });
});
