import { describe, expect, it } from "vitest";
import type { LevelRule } from "#src/domain/workspace.ts";
import { closesTo, fridaysTo, priceOf, type Row, series, times } from "#tests/sections/days.ts";
import { issueOf } from "#tests/sections/issue-of.ts";
import type { MarketCase } from "#tests/sections/market-case.ts";

const friday = "2026-02-13";
const quiet = (n: number): readonly number[] => series(n, (i) => (i % 2 === 0 ? 0.001 : -0.001));
/** A quiet market whose last closes are of that day. */
const upTo = (day: string, n = 1100): readonly Row[] => closesTo(day, priceOf(quiet(n)));
const level: LevelRule = { series: "A", level: 110, from: "252" };

const market = (rows: readonly Row[], rest: Partial<MarketCase> = {}) =>
  issueOf({ series: { A: { rows } }, sections: ["levels", "regime", "sources"], ...rest }, friday);

describe("a series that ends before the week does", () => {
  const spoken = {
    levels: [level],
    milestones: [{ series: "A", base: "2025-06-02" }],
    regime: ["A"],
  };

  it.each([
    ["on Friday", "2026-02-13", 0],
    ["on Tuesday, three sessions before", "2026-02-10", 3],
  ])("%s is spoken of", (_, day) => {
    const found = market(upTo(day), spoken);
    expect(found.said).toContain("levels.A.below.110");
    expect(found.said).toContain("levels.A.multiple");
    expect(found.said.filter((id) => id.startsWith("regime."))).toHaveLength(1);
  });

  it.each([
    ["on Monday, four sessions before", "2026-02-09", 4],
    ["years ago", "2023-06-16", 695],
  ])("%s has no level, no multiple and no regime, and the page says why", (_, day, age) => {
    const found = market(upTo(day), spoken);
    expect(found.said).toEqual([]);
    for (const id of ["levels.A.failed.110", "levels.A.doubled", "regime.A"])
      expect(found.refusal(id).reasons).toEqual([{ code: "stale", need: 3, have: age }]);
    expect(found.section("levels").gaps).toMatchObject([
      { key: "levels.stale", places: { date: { fact: "levels.A.close.date" } } },
    ]);
    expect(found.section("regime").gaps).toMatchObject([
      { key: "regime.stale", places: { date: { fact: "regime.A.close.date" } } },
    ]);
    expect(found.fact("levels.A.close.date").value).toBe(day);
    expect(found.section("regime").tables).toEqual([]);
  });
});

describe("a week whose last sessions are missing", () => {
  /** 300 quiet sessions, and a leap on the last day. */
  const leapOn = (day: string) =>
    market(closesTo(day, priceOf([...quiet(600), 0.05])), { superlatives: ["A"] });

  it("has its superlative when it is whole", () => {
    expect(leapOn("2026-02-13").said).toEqual(["levels.A.best-on-record"]);
  });

  it("has none on a Thursday, and names the day of its last close", () => {
    const found = leapOn("2026-02-12");
    expect(found.said).toEqual(["levels.A.week.up"]);
    expect(found.refusal("levels.A.best").reasons).toEqual([{ code: "week-incomplete", need: 0, have: 1 }]);
    expect(found.statement("levels.A.week.up").text[1]).toMatchObject({
      key: "levels.week.early",
      places: { lastDay: { fact: "levels.A.close.date" } },
    });
  });

  it("is not spoken of when it ends on a Monday", () => {
    const found = leapOn("2026-02-09");
    expect(found.said).toEqual([]);
    expect(found.refusal("levels.A.week").reasons).toEqual([{ code: "stale", need: 3, have: 4 }]);
    expect(found.section("levels").gaps).toMatchObject([{ key: "levels.closed" }]);
  });

  it("is not counted among the markets that were scanned", () => {
    const whole = { rows: upTo(friday) };
    const found = issueOf(
      {
        series: { A: whole, B: whole, C: { rows: upTo("2026-02-09") } },
        superlatives: ["A", "B", "C"],
        sections: ["levels"],
      },
      friday,
    );
    expect(found.fact("levels.scan.series").value).toBe(2);
  });
});

describe("a week after a closure of a whole week", () => {
  const rows = closesTo(friday, priceOf([...quiet(600), 0.05])).filter(
    ([day]) => day < "2026-02-02" || day > "2026-02-06",
  );

  it("says from which close its change is measured", () => {
    const found = market(rows, { superlatives: ["A"] });
    expect(found.statement("levels.A.week.up").text[1]).toMatchObject({
      key: "levels.week.span",
      places: { base: { fact: "levels.A.week.base" } },
    });
    expect(found.fact("levels.A.week.base").value).toBe("2026-01-30");
  });

  it("has no change among the key numbers", () => {
    const found = market(rows, { keyNumbers: ["A"], sections: ["headline", "sources"] });
    expect(found.fact("headline.A.change.week")).toMatchObject({
      value: null,
      reasons: [{ code: "spans-weeks" }],
    });
  });
});

describe("closes that are too sparse", () => {
  const fridays = fridaysTo(friday, quiet(1100));

  it("of Fridays only have no regime: twenty of them are no month", () => {
    const found = market(fridays, { regime: ["A"] });
    expect(found.said).toEqual([]);
    expect(found.refusal("regime.A").reasons[0]).toMatchObject({ code: "coverage", need: 0.75 });
    expect(found.refusal("regime.A").reasons[0]?.have).toBeLessThan(0.25);
  });

  it("of Fridays only are at no level", () => {
    const found = market(fridays, { levels: [level] });
    expect(found.said).toEqual([]);
    expect(found.refusal("levels.A.failed.110").reasons[0]).toMatchObject({ code: "coverage" });
  });

  /** One session in `every` is missing. */
  const without = (every: number) =>
    closesTo(
      friday,
      times(1400, 100).map((v, i) => v + (i % 3)),
    ).filter((_, i) => i % every !== 0);

  it("carry a caveat below nine tenths, and none above", () => {
    expect(market(without(8), { regime: ["A"] }).fact("regime.A.rv20")).toMatchObject({ status: "warn" });
    expect(
      market(without(8), { regime: ["A"] })
        .fact("regime.A.rv20")
        .reasons.map(({ code }) => code),
    ).toContain("coverage");
    expect(
      market(without(15), { regime: ["A"] })
        .fact("regime.A.rv20")
        .reasons.map(({ code }) => code),
    ).not.toContain("coverage");
  });
});

describe("one market alone", () => {
  it("is not called all markets", () => {
    const found = market(upTo(friday), { regime: ["A"] });
    expect(found.section("regime").claim.key).toMatch(/^regime\.claim\./);
    expect(
      found
        .section("regime")
        .words.flat()
        .map(({ key }) => key),
    ).not.toContain("regime.summary");
  });
});
