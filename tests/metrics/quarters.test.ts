import { describe, expect, it } from "vitest";
import { onQuarters } from "#src/metrics/quarters.ts";

describe("onQuarters", () => {
  it("puts series side by side that end their quarters on different days, with a gap where one is missing", () => {
    const found = onQuarters([
      { dates: ["2025-03-31", "2025-06-30", "2025-12-31"], values: [1, 2, 4] },
      { dates: ["2025-02-28", "2025-08-31", "2025-11-30"], values: [10, 30, 40] },
    ]);
    expect(found).toEqual({
      days: ["2025-03-31", "2025-06-30", "2025-08-31", "2025-12-31"],
      paths: [
        [1, 2, null, 4],
        [10, null, 30, 40],
      ],
    });
  });

  it("goes over the turn of a year, keeps a quarter that all lack, and takes the later of two values", () => {
    const found = onQuarters([{ dates: ["2024-10-01", "2024-12-31", "2025-06-30"], values: [1, 2, 3] }]);
    expect(found).toEqual({ days: ["2024-12-31", "2024-12-31", "2025-06-30"], paths: [[2, null, 3]] });
  });

  it("is nothing of nothing, and refuses what is no day", () => {
    expect(onQuarters([])).toEqual({ days: [], paths: [] });
    expect(onQuarters([{ dates: [], values: [] }])).toEqual({ days: [], paths: [[]] });
    expect(() => onQuarters([{ dates: ["2025-13-01"], values: [1] }])).toThrow(RangeError);
  });
});
