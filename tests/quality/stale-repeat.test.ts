import { describe, expect, it } from "vitest";
import { staleRepeat } from "#src/quality/stale-repeat.ts";
import { inShort, valuesOf, walk } from "#tests/quality/values.ts";

/** A walk that stands still after a position for so many days. */
function stale(values: readonly number[], after: number, repeats: number): readonly number[] {
  return values.map((value, i) => (i > after && i <= after + repeats ? (values[after] ?? value) : value));
}
const found = (values: readonly number[], kind: Parameters<typeof valuesOf>[0] = "level") =>
  inShort(staleRepeat(valuesOf(kind, values)));

describe("a rate of exchange that is held", () => {
  it("for more than twenty repeats is no feed that stopped", () => {
    expect(found(stale(walk(1200), 600, 20), "fx")).toHaveLength(1);
    expect(found(stale(walk(1200), 600, 21), "fx")).toEqual([]);
    expect(found(stale(walk(1200), 600, 21), "price")).toHaveLength(1);
  });
});

describe("a close that repeats", () => {
  it("is improbable from two repeats on, in a long history without any", () => {
    // 1001 steps: 1001 · (1/1001)² is just below 1/1000, one step less just above it.
    expect(found(stale(walk(1002), 500, 2))).toEqual(["repeat 2"]);
    expect(found(stale(walk(1001), 500, 2))).toEqual([]);
    expect(found(stale(walk(5000), 500, 1))).toEqual([]);
  });

  it("takes a longer run in a short history, and none is judged by fewer than ten steps", () => {
    // 20 steps: 20 · (1/(22 − k))^k is 0.0034 for three repeats and 0.0002 for four.
    expect(found(stale(walk(21), 10, 3))).toEqual([]);
    expect(found(stale(walk(21), 10, 4))).toEqual(["repeat 4"]);
    expect(found(stale(walk(111), 9, 100))).toEqual(["repeat 100"]);
    expect(found(stale(walk(110), 9, 100))).toEqual([]);
  });

  it("is measured by the series' own repeats", () => {
    // One day in ten repeats: 500 · 0.1^k.
    const often = walk(501).map((value, i, all) => (i % 10 === 0 ? (all[i - 1] ?? value) : value));
    expect(found(often)).toEqual([]);
    expect(found(stale(often, 251, 4))).toEqual([]);
    expect(found(stale(often, 251, 7))).toEqual(["repeat 7"]);
  });

  it("is measured by the year around it, where repeats are more usual then", () => {
    // Calm for years; then a defended rate that repeats every third day.
    const defended = walk(4000).map((value, i, all) =>
      i > 2000 && i < 2250 && i % 3 === 0 ? (all[i - 1] ?? value) : value,
    );
    expect(found(stale(defended, 2100, 5))).toEqual([]);
    expect(found(stale(defended, 3000, 5))).toEqual(["repeat 5"]);
  });

  it("keeps the first, sets aside the others, up to the cut-off too", () => {
    const values = valuesOf("level", stale(walk(1200), 1190, 20));
    expect(staleRepeat(values)).toMatchObject([
      { from: values.dates[1191], to: values.dates[1199], days: values.dates.slice(1191) },
    ]);
  });

  it.each(["yield", "flow", "count", "tone", "ratio", "aum"] as const)(
    "is nothing unusual for a %s",
    (kind) => {
      expect(found(stale(walk(1200), 500, 30), kind)).toEqual([]);
    },
  );

  it("of a series that never moved is not judged", () => {
    expect(found(Array(500).fill(7.75), "fx")).toEqual([]);
  });
});
