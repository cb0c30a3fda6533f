import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { milestone } from "#src/metrics/milestone.ts";
import pairs from "#tests/fixtures/reference/pairs.json" with { type: "json" };
import { weekdays } from "#tests/metrics/weekdays.ts";

const days = weekdays("2024-12-30", 40);
/** The multiple after the given closes since the first day. */
const since = (...closes: readonly number[]) =>
  milestone(days.slice(0, closes.length), Object.freeze(closes), { date: "2024-12-30" });
const word = (...closes: readonly number[]) => since(...closes).value?.word;

describe("milestone against the reference", () => {
  const { dates, values, rows } = pairs.milestones;

  it.each(rows)("from $base", ({ base, ratio, firstTwice }) => {
    const found = milestone(Object.freeze(dates), Object.freeze(values), { date: base }).value;
    expect(found?.ratio).toBeCloseTo(ratio, 12);
    expect(found).toMatchObject({ baseDate: base, firstCrossing: firstTwice, word: "more-than-doubled" });
  });
});

describe("the word of a multiple of 100", () => {
  it.each([
    [194.99, "none"],
    [195, "about-doubled"],
    [199.99, "about-doubled"],
    [200, "doubled"],
    [205, "doubled"],
    [205.01, "more-than-doubled"],
    [1000, "more-than-doubled"],
    [100, "none"],
    [55.01, "none"],
    [55, "halved"],
    [50, "halved"],
    [45, "halved"],
    [44.99, "none"],
  ])("at %d is %s", (close, expected) => {
    expect(word(100, 99, close)).toBe(expected);
  });

  it("is “halved” only where no close before or since the base was higher", () => {
    expect(word(100, 100, 50)).toBe("halved");
    expect(word(100, 100.01, 50)).toBe("none");
    // From 120 it had fallen already: its base was no peak.
    expect(milestone(days.slice(0, 3), [120, 100, 50], { date: days[1] ?? "" }).value?.word).toBe("none");
    expect(milestone(days.slice(0, 3), [100, 100, 50], { date: days[1] ?? "" }).value?.word).toBe("halved");
  });

  it("is the same for a base of any size, exactly at the edges", () => {
    for (const base of [0.01, 3, 2398.94, 1e9]) expect(word(base, 2 * base)).toBe("doubled");
    for (const base of [0.01, 3, 2398.94, 1e9]) expect(word(base, base / 2)).toBe("halved");
  });
});

describe("the first crossing", () => {
  it("is the first close at twice the base, even if the series fell back", () => {
    expect(since(100, 199.99, 200, 150, 210, 201).value).toMatchObject({
      word: "doubled",
      firstCrossing: days[2],
    });
    expect(since(100, 210, 150).value).toMatchObject({ word: "none", firstCrossing: days[1] });
  });

  it("is missing while twice the base has not been reached", () => {
    expect(since(100, 199.99).value).toMatchObject({ word: "about-doubled", firstCrossing: null });
  });

  it("is the first close at half the base for “halved”, and missing above it", () => {
    expect(since(100, 50.01, 50, 48, 52).value).toMatchObject({ word: "halved", firstCrossing: days[2] });
    expect(since(100, 52).value).toMatchObject({ word: "halved", firstCrossing: null });
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
      word: "doubled",
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

  it("another unit changes neither the ratio nor the word nor the day", () => {
    const words = new Set<string>();
    fc.assert(
      fc.property(closes, fc.constantFrom(0.125, 4, 1 << 20), (path, unit) => {
        const one = since(...path).value;
        words.add(one?.word ?? "");
        expect(since(...path.map((close) => close * unit)).value).toEqual({
          ...one,
          base: unit * (one?.base ?? 0),
        });
      }),
      { seed: 11, numRuns: 500 },
    );
    expect(words.size).toBeGreaterThan(2);
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
