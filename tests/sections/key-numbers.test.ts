import { describe, expect, it } from "vitest";
import { fridaysTo, type Row, series } from "#tests/sections/days.ts";
import { issueOf } from "#tests/sections/issue-of.ts";
import { type CaseSeries, pairOf } from "#tests/sections/market-case.ts";

const friday = "2026-02-13";
const weekly = (last: number, n = 300): Row[] =>
  fridaysTo(friday, [...series(n, (i) => (i % 2 === 0 ? 0.01 : -0.01)), last]);

const numbersOf = (all: Readonly<Record<string, CaseSeries>>, keyNumbers = Object.keys(all), asOf = friday) =>
  issueOf({ series: all, keyNumbers, sections: ["headline", "sources"] }, asOf);
const one = (own: CaseSeries, asOf = friday) => {
  const found = numbersOf({ A: own }, ["A"], asOf);
  const [number] = found.composed.keyNumbers;
  if (number === undefined) throw new RangeError("no key number");
  return { ...found, number };
};

describe("a key number", () => {
  it("is the last value, its change over the week, and its place among five years of weekly closes", () => {
    const { number } = one({ rows: weekly(0.05) });
    expect(number.value).toMatchObject({ id: "headline.A.value", unit: "points", quantum: 0.1 });
    expect(number.change).toMatchObject({
      unit: "return",
      state: "up",
      window: { start: "2026-02-06", end: friday },
    });
    expect(number.change.value).toBeCloseTo(0.05, 12);
    expect(number.percentile).toMatchObject({ value: 100, window: { n: 260 } });
    expect(number.spark).toHaveLength(26);
    expect(number.spark.at(-1)).toBe(number.value.value);
    expect(number.coloured).toBe(true);
  });

  it("of a yield changes by basis points, and is not coloured", () => {
    const { number } = one({
      kind: "yield",
      rows: [
        ["2026-02-06", 0.041],
        ["2026-02-13", 0.0398],
      ],
    });
    expect(number.value).toMatchObject({ unit: "yield", quantum: 1e-4 });
    expect(number.change).toMatchObject({ unit: "bp", state: "down" });
    expect(number.change.value).toBeCloseTo(-12, 9);
    expect(number.coloured).toBe(false);
  });

  it("of a volatility index changes by points, and is not coloured", () => {
    const { number } = one({
      tags: ["volatility"],
      decimals: 2,
      rows: [
        ["2026-02-06", 17.76],
        ["2026-02-13", 20.6],
      ],
    });
    expect(number.change).toMatchObject({ unit: "points", quantum: 0.01 });
    expect(number.change.value).toBeCloseTo(2.84, 12);
    expect(number.coloured).toBe(false);
  });

  it("of a rate of exchange is not coloured", () => {
    expect(one({ kind: "fx", decimals: 2, rows: weekly(0.01) }).number).toMatchObject({
      coloured: false,
      value: { quantum: 0.01 },
    });
  });

  it.each(["price", "total-return", "level"] as const)("of a %s is", (kind) => {
    expect(one({ kind, rows: weekly(0.01) }).number.coloured).toBe(true);
  });

  it("has no change in a week without a value, and says so", () => {
    const { number } = one({ rows: weekly(0.05).slice(0, -1) });
    expect(number.change).toMatchObject({ value: null, state: "na", reasons: [{ code: "no-value" }] });
    expect(number.value.window.end).toBe("2026-02-06");
  });

  // The history of the percentile then holds the value itself (G12 leaves it out): 260 values, of which one is it.
  it("is compared with the closes before it, also when it did not trade this week", () => {
    const closes = [...series(120, (i) => (i % 2 === 0 ? 0.01 : -0.01)), 0.5];
    const rows = fridaysTo("2026-02-06", closes);
    expect(one({ rows }).number.percentile.value).toBe(100);
  });

  it("has no percentile below 60 weeks", () => {
    expect(one({ rows: weekly(0.05, 58) }).number.percentile).toMatchObject({
      value: null,
      reasons: [{ code: "too-few", need: 60, have: 59 }],
    });
    expect(one({ rows: weekly(0.05, 59) }).number.percentile.value).toBe(100);
  });

  // Its reason is “no-session”, although it traded.
  it("has another reason for no change where a price was not positive", () => {
    const { number } = one({
      rows: [
        ["2026-02-06", 20],
        ["2026-02-13", -37],
      ],
    });
    expect(number.change.value).toBeNull();
    expect(number.change.reasons[0]?.code).not.toBe("no-session");
  });
});

describe("the strip", () => {
  it("keeps the publication's order, and leaves out what has no data", () => {
    const all = { A: { rows: weekly(0.01) }, B: { gap: "file-missing" as const }, C: { rows: weekly(0.02) } };
    const found = numbersOf(all, ["C", "B", "A"]);
    expect(found.composed.keyNumbers.map(({ id }) => id)).toEqual(["C", "A"]);
    expect(found.factIds.filter((id) => id.startsWith("headline.B"))).toEqual([]);
  });

  it("shows a pair as a level that was 100 a trading year ago", () => {
    const found = issueOf(
      {
        series: { L: { rows: weekly(0.05) }, S: { rows: weekly(0.01) } },
        pairs: { p: pairOf(["L"], ["S"]) },
        keyNumbers: ["p"],
        sections: ["headline"],
      },
      friday,
    );
    const [number] = found.composed.keyNumbers;
    expect(number).toMatchObject({ id: "p", coloured: true, value: { quantum: 0.1, series: ["L", "S"] } });
    // Legs alike until this week, then 5 % against 1 %.
    expect(number?.value.value).toBeCloseTo(104, 9);
    expect(number?.change.value).toBeCloseTo(0.04, 12);
  });

  it("stops at the last finished week", () => {
    const rows: Row[] = [...weekly(0.05), ["2026-02-17", 1]];
    const { number } = one({ rows }, "2026-02-18");
    expect(number.value.window.end).toBe(friday);
    expect(number.change.value).toBeCloseTo(0.05, 12);
  });
});
