import { describe, expect, it } from "vitest";
import { acrossGaps } from "#src/metrics/gaps.ts";

describe("acrossGaps", () => {
  const sums = (present: readonly number[]) => present.map((v, t) => v + (present[t - 1] ?? 0));

  it("makes a path of what is there, and leaves the gaps", () => {
    expect(acrossGaps([null, 1, null, null, 2, 4, null], sums)).toEqual([null, 1, null, null, 3, 6, null]);
    expect(acrossGaps([1, 2, 4], sums)).toEqual([1, 3, 6]);
    expect(acrossGaps([null], sums)).toEqual([null]);
    expect(acrossGaps([], sums)).toEqual([]);
  });

  it("leaves the gaps that it makes, too", () => {
    const twice = (present: readonly number[]) => present.map((v, t) => (t === 0 ? null : v));
    expect(acrossGaps([null, 1, null, 2], twice)).toEqual([null, null, null, 2]);
  });
});
