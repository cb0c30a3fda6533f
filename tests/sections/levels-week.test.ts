import { describe, expect, it } from "vitest";
import { fridaysTo, type Row, series, times } from "#tests/sections/days.ts";
import { issueOf } from "#tests/sections/issue-of.ts";

const friday = "2026-02-13";

/** One market, scanned. */
const issue = (rows: readonly Row[], asOf = friday) =>
  issueOf(
    { series: { A: { rows } }, superlatives: ["A"], sections: ["headline", "levels", "sources"] },
    asOf,
  );

/** `n` quiet weeks of either sign, and then this week's return. */
const quiet = (n: number, last: number): readonly number[] => [
  ...series(n, (i) => (i % 2 === 0 ? 0.01 : -0.01)),
  last,
];
/** The same with one other week, `back` weeks ago. */
const withRival = (back: number, rival: number, last: number): readonly number[] =>
  quiet(120, last).map((r, i) => (i === 120 - back ? rival : r));

describe("best and worst week", () => {
  // 2026-02-13 less 53 weeks is 2025-02-07: a year has passed. Less 52 weeks it is 2025-02-14: it has not.
  it.each([
    ["best", 0.03],
    ["worst", -0.03],
  ])("%s is said a whole year after the last week like it", (word, r) => {
    const found = issue(fridaysTo(friday, withRival(53, r * 1.1, r)));
    expect(found.said).toEqual([`levels.A.${word}`]);
    expect(found.fact(`levels.A.${word}.since`).value).toBe("2025-02-07");
    expect(found.statement(`levels.A.${word}`).gate.found).toMatchObject({ years: 1, since: "2025-02-07" });
    expect(found.refused).toEqual([]);
  });

  it.each([
    ["best", "up", 0.03],
    ["worst", "down", -0.03],
  ])("%s is refused a week less than a year after it", (word, state, r) => {
    const found = issue(fridaysTo(friday, withRival(52, r * 1.1, r)));
    expect(found.said).toEqual([`levels.A.week.${state}`]);
    expect(found.refusal(`levels.A.${word}`)).toMatchObject({
      word,
      reasons: [{ code: "superlative-too-short", have: 0, need: 1 }],
      instead: `levels.A.week.${state}`,
    });
  });

  it("an equal week ends the span, and one a hair smaller does not", () => {
    const doubled: Row[] = fridaysTo(friday, withRival(10, 0, 0));
    // Exactly 3 % from 100 to 103, twice: the same double.
    const at = (back: number) => doubled.length - 1 - back;
    const equal = doubled.map(([day], i): Row => [day, i === at(10) || i === at(0) ? 103 : 100]);
    expect(issue(equal).refused).toEqual(["levels.A.best"]);
    const smaller = equal.map(([day, value], i): Row => [day, i === at(10) ? value - 1e-9 : value]);
    expect(issue(smaller).said).toEqual(["levels.A.best-on-record"]);
  });

  it("takes the last of several better weeks", () => {
    const returns = quiet(160, 0.02).map((r, i) => (i === 160 - 150 ? 0.05 : i === 160 - 60 ? 0.021 : r));
    // 60 weeks before 2026-02-13.
    expect(issue(fridaysTo(friday, returns)).fact("levels.A.best.since").value).toBe("2024-12-20");
  });
});

describe("best week on record", () => {
  it("is said of a history that began a year ago, names its start, and counts as a record", () => {
    const found = issue(fridaysTo(friday, quiet(52, 0.03)));
    expect(found.said).toEqual(["levels.A.best-on-record"]);
    // 53 returns: the base of the first lies 53 weeks back.
    expect(found.fact("levels.A.best.since")).toMatchObject({
      value: "2025-02-07",
      window: { start: "2025-02-07", n: 53 },
    });
    const { tail, score } = found.statement("levels.A.best-on-record");
    expect(tail).toEqual({ share: 1 / 53, n: 53, record: true });
    expect(score.surprise).toBeCloseTo(Math.log10(53), 12);
    expect(score.record).toBe(1);
  });

  it("is said of the worst week likewise", () => {
    expect(issue(fridaysTo(friday, quiet(52, -0.03))).said).toEqual(["levels.A.worst-on-record"]);
  });

  it("is refused a week less than a year after the start, and below 52 weeks", () => {
    expect(issue(fridaysTo(friday, quiet(51, 0.03))).refusal("levels.A.best").reasons).toEqual([
      { code: "superlative-too-short", have: 0, need: 1 },
    ]);
    expect(issue(fridaysTo(friday, quiet(50, 0.03))).refusal("levels.A.best").reasons).toEqual([
      { code: "too-few", have: 51, need: 52 },
    ]);
  });
});

describe("weeks that are not compared", () => {
  const without = (rows: readonly Row[], ...weeksBack: readonly number[]) =>
    rows.filter((_, i) => !weeksBack.includes(rows.length - 1 - i));

  it("this week after a closure of a whole week earns no superlative", () => {
    const rows = fridaysTo(friday, quiet(120, 0.2));
    expect(issue(rows).said).toEqual(["levels.A.best-on-record"]);
    const found = issue(without(rows, 1));
    expect(found.said).toEqual(["levels.A.week.up"]);
    expect(found.refusal("levels.A.best").reasons).toEqual([{ code: "not-comparable" }]);
  });

  // A change of two weeks has no place among those of one (G8, B2).
  it("nor is it ranked among weeks that it cannot be compared with", () => {
    const found = issue(without(fridaysTo(friday, quiet(120, 0.03)), 1));
    expect(found.fact("levels.A.z.week").value).toBeNull();
    expect(found.fact("levels.A.percentile.week").value).toBeNull();
    expect(found.statement("levels.A.week.up").tail).toEqual({ share: 1, n: 1, record: false });
    // The same change of one week has all three.
    const whole = issue(fridaysTo(friday, quiet(120, 0.03)));
    expect(whole.fact("levels.A.z.week").status).toBe("ok");
    expect(whole.fact("levels.A.percentile.week").value).toBe(100);
    expect(whole.statement("levels.A.best-on-record").tail.n).toBe(121);
  });

  it("an earlier one after a closure is no rival", () => {
    const rows = fridaysTo(friday, withRival(10, 0.2, 0.03));
    expect(issue(rows).refused).toEqual(["levels.A.best"]);
    // Without the close before it, the great week spans two, and the history holds none like this one.
    const found = issue(without(rows, 11));
    expect(found.said).toEqual(["levels.A.best-on-record"]);
    expect(found.statement("levels.A.best-on-record").tail.n).toBe(121 - 2);
  });

  // The better week lies 100 weeks back. A closure of two weeks loses three comparable weeks, one of one week two.
  const rival = fridaysTo(friday, withRival(100, 0.05, 0.03));
  it("19 of 20 weeks since then are enough", () => {
    const found = issue(without(rival, 20, 21, 40));
    expect(found.said).toEqual(["levels.A.best"]);
    expect(found.statement("levels.A.best").gate.found.coverage).toBe(0.95);
  });

  it("one less is refused for its coverage", () => {
    const found = issue(without(rival, 20, 21, 40, 41));
    expect(found.said).toEqual(["levels.A.week.up"]);
    expect(found.refusal("levels.A.best")).toMatchObject({
      reasons: [{ code: "coverage-below", have: 0.94, need: 0.95 }],
      instead: "levels.A.week.up",
    });
  });

  it("both shortfalls are named where both are there", () => {
    const recent = fridaysTo(friday, withRival(40, 0.05, 0.03));
    expect(issue(without(recent, 20, 21)).refusal("levels.A.best").reasons).toEqual([
      { code: "superlative-too-short", have: 0, need: 1 },
      { code: "coverage-below", have: 37 / 40, need: 0.95 },
    ]);
  });

  it("an unfinished week is not spoken of: in the middle of it the issue is about the one before", () => {
    const rows: Row[] = [...fridaysTo(friday, quiet(60, 0.01)), ["2026-02-17", 500], ["2026-02-20", 500]];
    const found = issue(rows, "2026-02-18");
    expect(found.fact("issue.week").value).toBe(friday);
    expect(found.fact("levels.A.close").window.end).toBe(friday);
    expect(found.refused).toEqual(["levels.A.best"]);
    // When it is over, it is: from 100 or so to 500.
    expect(issue(rows, "2026-02-20").said).toEqual(["levels.A.best-on-record"]);
  });
});

describe("a week without movement", () => {
  it("is flat after rounding, and neither best nor worst", () => {
    for (const r of [0.0004, -0.0004, 0]) {
      const found = issue(fridaysTo(friday, quiet(120, r)));
      expect(found.said).toEqual(["levels.A.week.flat"]);
      expect(found.fact("levels.A.return.week").state).toBe("flat");
    }
    expect(issue(fridaysTo(friday, quiet(120, 0.0006))).said).toEqual(["levels.A.week.up"]);
    expect(issue(fridaysTo(friday, quiet(120, -0.0006))).said).toEqual(["levels.A.week.down"]);
  });

  it("is not called the best although every other week was worse", () => {
    const found = issue(fridaysTo(friday, [...times(120, -0.01), 0.0001]));
    expect(found.said).toEqual(["levels.A.week.flat"]);
    expect(found.refusal("levels.A.best").reasons).toEqual([{ code: "flat" }]);
  });
});
