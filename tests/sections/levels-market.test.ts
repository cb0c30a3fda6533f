import { describe, expect, it } from "vitest";
import { closesTo, fridaysTo, type Row, series } from "#tests/sections/days.ts";
import { issueOf } from "#tests/sections/issue-of.ts";
import type { CaseSeries } from "#tests/sections/market-case.ts";

const friday = "2026-02-13";

/** One market, scanned. */
const issue = (rows: readonly Row[], asOf = friday, own: CaseSeries = {}) =>
  issueOf(
    { series: { A: { ...own, rows } }, superlatives: ["A"], sections: ["headline", "levels", "sources"] },
    asOf,
  );

/** `n` quiet weeks of either sign, and then this week's return. */
const quiet = (n: number, last: number): readonly number[] => [
  ...series(n, (i) => (i % 2 === 0 ? 0.01 : -0.01)),
  last,
];
describe("the facts of a market", () => {
  // Weekly ±1 % since 2024; the year's base is the last session of 2025, Friday 2025-12-26 here.
  const found = issue(fridaysTo(friday, quiet(300, 0.02)));

  it("are its close, week, year, percentile and z-score, each over its window", () => {
    expect(found.fact("levels.A.return.week")).toMatchObject({
      unit: "return",
      state: "up",
      window: { start: "2026-02-06", end: friday, n: 2 },
    });
    expect(found.fact("levels.A.return.week").value).toBeCloseTo(0.02, 12);
    // 260 earlier weeks, half +1 %, half −1 %: all below; sd with n − 1 = 0.01·√(260/259), mean 0.
    expect(found.fact("levels.A.percentile.week")).toMatchObject({ value: 100, window: { n: 260 } });
    expect(found.fact("levels.A.z.week").value).toBeCloseTo(2 / Math.sqrt(260 / 259), 8);
    expect(found.fact("levels.A.return.year").window).toMatchObject({ start: "2025-12-26", end: friday });
  });

  it("are missing with a reason where history is too short", () => {
    const short = issue(fridaysTo(friday, quiet(59, 0.02)));
    const reasons = [{ code: "too-few", need: 60, have: 59 }];
    expect(short.fact("levels.A.percentile.week")).toMatchObject({ value: null, reasons });
    expect(short.fact("levels.A.z.week")).toMatchObject({ value: null, reasons });
    const enough = issue(fridaysTo(friday, quiet(60, 0.02)));
    expect(enough.fact("levels.A.percentile.week")).toMatchObject({ value: 100, status: "ok" });
  });

  it("come with a note of the number of weeks where they are fewer than five years of them", () => {
    const notes = (n: number) => issue(fridaysTo(friday, quiet(n, 0.02))).section("levels").tables[0]?.notes;
    expect(notes(259)).toMatchObject([
      { key: "levels.table.short", places: { n: { fact: "levels.A.history.weeks" } } },
    ]);
    expect(issue(fridaysTo(friday, quiet(259, 0.02))).fact("levels.A.history.weeks").value).toBe(259);
    expect(notes(260)).toEqual([]);
    // Without any percentile there is nothing to note.
    expect(notes(59)).toEqual([]);
  });

  it("round as the catalogue says", () => {
    const whole = issue(fridaysTo(friday, quiet(60, 0.02)), friday, { decimals: 0 });
    expect(whole.fact("levels.A.close").quantum).toBe(1);
    expect(found.fact("levels.A.close").quantum).toBe(0.1);
  });
});

describe("a market that did not trade", () => {
  const rows = fridaysTo("2026-02-06", quiet(60, 0.02));

  it("is said to have no close, with its last one, and makes no statement", () => {
    const found = issue(rows);
    expect(found.said).toEqual([]);
    expect(found.section("levels").gaps).toMatchObject([
      {
        key: "levels.closed",
        places: {
          close: { fact: "levels.A.close" },
          date: { fact: "levels.A.close.date" },
          week: { fact: "issue.week" },
        },
      },
    ]);
    expect(found.fact("levels.A.close.date").value).toBe("2026-02-06");
    expect(found.fact("levels.A.return.week")).toMatchObject({
      value: null,
      reasons: [{ code: "stale", need: 3, have: 5 }],
    });
    expect(found.fact("levels.A.close").window.end).toBe("2026-02-06");
  });

  /** The gap says “has no close for the week to Feb 13; its last is …, of” a day before that week. */
  const isConsistent = (found: ReturnType<typeof issue>) =>
    found.section("levels").gaps.every(({ key }) => key !== "levels.closed") ||
    String(found.fact("levels.A.close.date").value) < "2026-02-09";

  it("has a last close from before the week that it lacks", () => {
    expect(issue(rows).section("levels").gaps[0]?.key).toBe("levels.closed");
    expect(isConsistent(issue(rows))).toBe(true);
  });

  // With a first close in this very week no change exists yet: “has no close for the week to Feb 13; its last is 102,
  // of Feb 13”, and its reason is that it has no value.
  it("is not one whose data begin this week", () => {
    expect(isConsistent(issue(closesTo(friday, [100, 101, 102])))).toBe(true);
  });

  // The same of a price at which no return exists (oil, 2020-04-20), though it traded every day.
  it("is not one whose price was not positive", () => {
    const sunk = fridaysTo(friday, quiet(60, 0.02)).map(([day, v]): Row => [day, day === friday ? -v : v]);
    expect(isConsistent(issue(sunk))).toBe(true);
  });

  it("without any price is a gap of its own", () => {
    const found = issue([]);
    expect(found.section("levels").gaps).toMatchObject([{ key: "levels.gap" }]);
    expect(found.factIds.some((id) => id.startsWith("levels.A."))).toBe(false);
  });
});
