import { describe, expect, it } from "vitest";
import { daily, friday, full } from "#tests/sections/full-market.ts";
import { issueOf } from "#tests/sections/issue-of.ts";
import type { MarketCase } from "#tests/sections/market-case.ts";
import { messages } from "#tests/sections/says.ts";

describe("an issue with little or nothing to read", () => {
  const bare = (found: ReturnType<typeof issueOf>) => {
    expect(found.said.filter((id) => id !== "flows.none")).toEqual([]);
    expect(found.composed.keyNumbers).toEqual([]);
    expect(found.section("sources").claim.key).toBe("sources.claim.missing");
    expect(found.fact("sources.missing").value).toBe(6);
    for (const name of ["levels", "flows", "pair", "regime"] as const) {
      expect(found.section(name).claim.key, name).toBe(`${name}.none.claim`);
      expect(found.section(name).gaps, name).not.toEqual([]);
      expect(found.section(name).figures, name).toEqual([]);
    }
  };

  it("has every file missing", () => {
    const found = issueOf(
      full(() => ({ gap: "file-missing" })),
      friday,
    );
    bare(found);
    expect(found.section("sources").gaps.map(({ key }) => key)).toEqual(["sources.gap.all-file-missing"]);
  });

  it("is as of a day before all data", () => {
    const found = issueOf(
      full(() => ({ rows: daily() })),
      "2019-06-14",
    );
    bare(found);
    expect(found.section("sources").gaps.map(({ key }) => key)).toContain("sources.gap.all-not-yet-known");
    expect(found.fact("issue.week").value).toBe("2019-06-14");
  });

  it("says on page one that nothing can be said, where no section says anything", () => {
    const found = issueOf(
      { ...full(() => ({ gap: "no-rows" })), sections: ["headline", "levels", "sources"] },
      friday,
    );
    expect(found.section("headline")).toMatchObject({
      claim: { key: "headline.none.claim" },
      gaps: [{ key: "headline.none.gap" }],
    });
  });

  it("has one series only", () => {
    const found = issueOf(
      full((id) => (id === "A" ? { rows: daily() } : { gap: "file-missing" })),
      friday,
    );
    expect(found.said.filter((id) => !id.includes(".A."))).toEqual(["flows.none"]);
    expect(found.fact("sources.missing").value).toBe(5);
    expect(found.composed.keyNumbers.map(({ id }) => id)).toEqual(["A"]);
    expect(found.section("pair").gaps).toHaveLength(1);
    expect(found.section("regime").gaps).toHaveLength(1);
  });

  it("knows one day only", () => {
    const found = issueOf(
      full(() => ({ rows: [[friday, 100]] })),
      friday,
    );
    expect(found.section("sources").claim.key).toBe("sources.claim.fresh");
    expect(found.said).toEqual(["flows.none"]);
  });

  it("is of a week without any session", () => {
    const found = issueOf(
      full(() => ({ rows: daily("2026-02-06") })),
      friday,
    );
    const said = found.said.filter((id) => /\.week\.|best|worst|^pair/.test(id));
    expect(said).toEqual([]);
    expect(found.section("levels").gaps.map(({ key }) => key)).toEqual(["levels.closed", "levels.closed"]);
    expect(found.section("pair").gaps).toHaveLength(1);
    expect(found.fact("issue.week").value).toBe(friday);
    expect(found.composed.keyNumbers.filter(({ change }) => change.value !== null)).toEqual([]);
    // Five sessions without a value: every series is stale.
    expect(found.section("sources").claim.key).toBe("sources.claim.stale");
    expect(found.fact("sources.stale").value).toBe(6);
  });
});

describe("a file that has not been brought up to date", () => {
  // “The A did not trade in the week to Feb 13”, in Chinese 休市: of a market that nobody knows to have been closed.
  it("does not make a market closed", () => {
    expect(messages.entries("en").get("levels.closed")).not.toMatch(/did not trade/);
    expect(messages.entries("zh-CN").get("levels.closed")).not.toMatch(/休市/);
  });
});

describe("New Year", () => {
  const rows = daily("2026-01-09", 400);
  const market: MarketCase = { ...full(() => ({ rows })), sections: ["levels", "flows", "sources"] };
  const found = (asOf: string) => issueOf(market, asOf);
  const year = (asOf: string) => found(asOf).fact("levels.A.return.year").window;

  it("begins with the first week that ends in the new year", () => {
    expect(year("2026-01-01")).toEqual({ start: "2024-12-31", end: "2025-12-26", n: expect.any(Number) });
    expect(year("2026-01-02")).toEqual({ start: "2025-12-31", end: "2026-01-02", n: 3 });
    expect(found("2026-01-02").fact("issue.week").value).toBe("2026-01-02");
  });

  it("stays that of the week reported on, in the middle of the next", () => {
    expect(year("2026-01-07")).toEqual(year("2026-01-02"));
  });

  it("counts flows from 1 January, of that year's week", () => {
    expect(found("2026-01-02").fact("flows.F.year").window).toEqual({
      start: "2026-01-01",
      end: "2026-01-02",
      n: 2,
    });
    expect(found("2026-01-01").fact("flows.F.year").window).toMatchObject({
      start: "2025-01-01",
      end: "2025-12-26",
    });
  });

  it("refuses to test a level on two sessions", () => {
    const levels = issueOf({ ...market, levels: [{ series: "A", level: 102, from: "year" }] }, "2026-01-02");
    expect(levels.refusal("levels.A.failed.102").reasons).toEqual([{ code: "too-few", have: 2, need: 20 }]);
  });

  const slow = (sessions: number) => {
    const lag = { sessions, hours: 0 };
    return issueOf({ ...market, ...full((id) => (id === "F" ? { rows, lag } : { rows })) }, "2026-01-02");
  };

  it("has flows of one session when they are known a session later", () => {
    expect(slow(1).fact("flows.f.expected").value).toBe(1);
    expect(slow(1).fact("flows.F.year")).toMatchObject({ status: "ok", window: { end: "2026-01-01", n: 1 } });
  });

  it("has none when nothing of the year is due yet, and says that it is early", () => {
    expect(slow(2).fact("flows.F.year")).toMatchObject({ value: null, status: "insufficient" });
    expect(slow(2).section("flows")).toMatchObject({
      // What is known is of the weeks before New Year.
      claim: { key: "flows.four-weeks.flat.claim" },
      words: [
        [{ key: "flows.early.text" }],
        [{ key: "flows.four-weeks.flat.text" }, { key: "flows.four-weeks.flat.text" }],
      ],
      figures: [],
      tables: [{ id: "flows.gauges" }],
      gaps: [{ key: "flows.short" }],
    });
    expect(slow(2).said.filter((id) => id.startsWith("flows."))).toEqual([
      "flows.f.four-weeks.flat",
      "flows.g.four-weeks.flat",
    ]);
    // One session due is enough for it not to be.
    const words = (sessions: number) => slow(sessions).section("flows").words.flat();
    expect(words(1).map(({ key }) => key)).not.toContain("flows.early.text");
  });

  // “… because 1 of its 1 funds lack more than a quarter of this year's sessions”; the table counts from 1 January to Dec 31.
  it("does not blame funds for sessions that are not due", () => {
    expect(
      slow(2)
        .section("flows")
        .gaps.map(({ key }) => key),
    ).toEqual(["flows.short"]);
  });
});
