import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { milestone } from "#src/metrics/milestone.ts";
import pairs from "#tests/fixtures/reference/pairs.json" with { type: "json" };
import { weekdays } from "#tests/metrics/weekdays.ts";

const days = weekdays("2024-12-30", 40);
/** The multiple after the given closes since the first day. */
const since = (...closes: readonly number[]) =>
  milestone(days.slice(0, closes.length), Object.freeze(closes), { date: "2024-12-30" });

describe("milestone against the reference", () => {
  const { dates, values, rows } = pairs.milestones;

  it.each(rows)("from $base", ({ base, ratio, firstTwice }) => {
    const found = milestone(Object.freeze(dates), Object.freeze(values), { date: base }).value;
    expect(found?.ratio).toBeCloseTo(ratio, 12);
    expect(found).toMatchObject({ baseDate: base, firstCrossing: firstTwice });
  });
});

describe("the peak", () => {
  it("is a base that no close before or since was above", () => {
    const isPeak = (closes: readonly number[], at: number) =>
      milestone(days.slice(0, closes.length), closes, { date: days[at] ?? "" }).value?.isPeak;
    expect(isPeak([100, 100, 50], 0)).toBe(true);
    expect(isPeak([100, 100.01, 50], 0)).toBe(false);
    // From 120 it had fallen already.
    expect(isPeak([120, 100, 50], 1)).toBe(false);
    expect(isPeak([100, 100, 50], 1)).toBe(true);
  });

  it("leaves the ratio exact at the edges, for a base of any size", () => {
    for (const base of [0.01, 3, 2398.94, 1e9]) expect(since(base, 2 * base).value?.ratio).toBe(2);
    for (const base of [0.01, 3, 2398.94, 1e9]) expect(since(base, base / 2).value?.ratio).toBe(0.5);
  });
});

describe("the first crossing", () => {
  it("is the first close at twice the base, even if the series fell back", () => {
    expect(since(100, 199.99, 200, 150, 210, 201).value).toMatchObject({
      firstCrossing: days[2],
    });
    expect(since(100, 210, 150).value).toMatchObject({ firstCrossing: days[1] });
  });

  it("is missing while twice the base has not been reached", () => {
    expect(since(100, 199.99).value).toMatchObject({ firstCrossing: null });
  });

  it("below the base is the first close at half of it, and missing above that", () => {
    expect(since(100, 50.01, 50, 48, 52).value).toMatchObject({ firstCrossing: days[2] });
    expect(since(100, 52).value).toMatchObject({ firstCrossing: null });
  });
});

describe("the base", () => {
  it("is the last close on or before the named day", () => {
    const sessions = Object.freeze(["2024-12-27", "2024-12-30", "2025-01-02"]);
    // Seoul closed on the 31st.
    expect(milestone(sessions, [90, 100, 201], { date: "2024-12-31" }).value).toEqual({
      ratio: 2.01,
      baseDate: "2024-12-30",
      base: 100,
      isPeak: false,
      firstCrossing: "2025-01-02",
    });
  });

  const from = (session: string) => milestone([session, "2024-01-16"], [1, 2], { date: "2024-01-15" });

  it("may lie five weekdays before a named Monday, not seven", () => {
    expect(from("2024-01-08").value?.baseDate).toBe("2024-01-08");
    expect(from("2024-01-04")).toEqual({
      status: "undefined",
      value: null,
      n: 1,
      reasons: [{ code: "base-missing" }],
    });
  });

  // From Friday the 5th to Monday the 15th there are six weekdays, one more than “within five”. The count leaves the
  // named day itself out, which is right for a period that begins on it and wrong for a day that is itself the base.
  it("may not lie six weekdays before", () => {
    expect(from("2024-01-05").status).toBe("undefined");
  });
});

describe("milestone refuses", () => {
  it.each([
    ["no data", [], []],
    ["one close", ["2024-12-30"], [100]],
    ["nothing since the base", ["2024-12-27", "2024-12-30"], [99, 100]],
    ["nothing before the named day", ["2025-01-02", "2025-01-03"], [100, 200]],
  ])("%s", (_, dates, closes) => {
    expect(milestone(dates, closes, { date: "2024-12-30" })).toMatchObject({
      status: "insufficient",
      value: null,
    });
  });

  it.each([
    [0, 100],
    [-1, 100],
    [100, 0],
    [100, -5],
  ])("a close that is not positive: %d to %d", (base, last) => {
    expect(since(base, last)).toMatchObject({ status: "undefined", reasons: [{ code: "not-positive" }] });
  });

  // Wanted: RangeError, as everywhere. The ratio is now NaN, with status ok.
  it.each([
    [Number.NaN, 100],
    [100, Number.NaN],
    [100, Number.POSITIVE_INFINITY],
  ])("a close that is no number: %d to %d", (base, last) => {
    expect(() => since(base, last)).toThrow(RangeError);
  });
});

describe("milestone laws", () => {
  const closes = fc.array(fc.double({ min: 1, max: 1000, noNaN: true }), { minLength: 2, maxLength: 30 });

  it("another unit changes neither the ratio nor the peak nor the day", () => {
    const peaks = new Set<boolean | undefined>();
    fc.assert(
      fc.property(closes, fc.constantFrom(0.125, 4, 1 << 20), (path, unit) => {
        const one = since(...path).value;
        peaks.add(one?.isPeak);
        expect(since(...path.map((close) => close * unit)).value).toEqual({
          ...one,
          base: unit * (one?.base ?? 0),
        });
      }),
      { seed: 11, numRuns: 500 },
    );
    expect(peaks.size).toBe(2);
  });

  it("a later close leaves the day of a crossing where it was", () => {
    fc.assert(
      fc.property(closes, fc.double({ min: 600, max: 1000, noNaN: true }), (path, last) => {
        // A last close of six times the base keeps both ends away from “halved”, which looks for the other crossing.
        const [before, after] = [since(100, ...path, 600).value, since(100, ...path, 600, last).value];
        expect(after?.firstCrossing).toBe(before?.firstCrossing);
        expect(before?.firstCrossing).toBe(days[1 + [...path, 600].findIndex((close) => close >= 200)]);
      }),
      { seed: 12, numRuns: 200 },
    );
  });
});
