import { describe, expect, it } from "vitest";
import { sessionsIn } from "#src/calendar/sessions.ts";
import { exchange } from "#tests/calendar/exchange.ts";
import type { Row } from "#tests/sections/days.ts";
import { issueOf } from "#tests/sections/issue-of.ts";
import { type MarketCase, namedList, pairOf } from "#tests/sections/market-case.ts";

/** A close of every session of an exchange from 2021 to a day: a calm rise with a wiggle. */
const rowsOf = (calendar: string, end: string): readonly Row[] =>
  sessionsIn(exchange(calendar), "2021-01-01", end).map((day, i): Row => [day, 1000 + i + (i % 3)]);

const markets = ["NYSE", "KRX", "TSE", "HKEX", "SSE"];

/** A market on each exchange, with all that it knew by a day, drawn up by New York's calendar. */
function market(end: string, more: Partial<MarketCase> = {}): MarketCase {
  const series = Object.fromEntries(
    markets.map((calendar) => [calendar, { rows: rowsOf(calendar, end), calendar }]),
  );
  return {
    tables: true,
    series,
    superlatives: markets,
    regime: markets,
    keyNumbers: markets,
    sections: ["headline", "levels", "regime", "sources"],
    ...more,
  };
}

describe("the week of Lunar New Year", () => {
  const found = issueOf(market("2026-02-20"), "2026-02-20");

  it("had no sessions in Shanghai: that is said, with the last close, and no week's return", () => {
    expect(found.section("levels").gaps).toMatchObject([
      { key: "levels.no-session", places: { date: { fact: "levels.SSE.close.date" } } },
    ]);
    expect(found.fact("levels.SSE.close.date").value).toBe("2026-02-13");
    expect(found.fact("levels.SSE.return.week")).toMatchObject({
      value: null,
      reasons: [{ code: "no-session" }],
    });
    expect(found.said.filter((id) => id.startsWith("levels.SSE."))).toEqual([]);
    expect(found.fact("headline.SSE.change.week").reasons).toEqual([{ code: "no-session" }]);
    expect(found.fact("headline.SSE.day").value).toBe("2026-02-13");
  });

  it("leaves no market stale, and Shanghai its regime as of the last close", () => {
    expect(markets.map((id) => found.fact(`sources.${id}.age`).value)).toEqual([0, 0, 0, 0, 0]);
    expect(found.section("regime").gaps).toEqual([]);
    expect(found.fact("regime.SSE.momentum").window.end).toBe("2026-02-13");
    expect(
      found.section("regime").tables[0]?.notes.filter(({ key }) => key.endsWith("closed")),
    ).toMatchObject([{ key: "regime.table.closed", places: { day: { fact: "regime.SSE.close.date" } } }]);
  });

  it("was short in Seoul, and whole: its change is the week's, to its last session", () => {
    const week = found.fact("levels.KRX.return.week");
    expect(week.window).toEqual({ start: "2026-02-13", end: "2026-02-20", n: 2 });
    expect(found.section("levels").tables[0]?.notes.map(({ key }) => key)).toEqual(["levels.table.scanned"]);
  });

  it("is spanned by the change of the week after, which says so", () => {
    const after = issueOf(market("2026-02-27"), "2026-02-27");
    expect(after.fact("levels.SSE.return.week").window).toMatchObject({
      start: "2026-02-13",
      end: "2026-02-27",
    });
    expect(after.statement("levels.SSE.week.up").text.map(({ key }) => key)).toEqual([
      "levels.week.text.up",
      "levels.week.span",
    ]);
  });

  it("makes a series stale that lacks more than three of its exchange's own sessions", () => {
    const late = (last: string) =>
      issueOf(
        market("2026-02-20", {
          series: { A: { rows: rowsOf("SSE", last), calendar: "SSE" } },
          superlatives: ["A"],
          regime: ["A"],
          keyNumbers: [],
        }),
        "2026-02-20",
      );
    expect(late("2026-02-10").fact("sources.A.age").value).toBe(3);
    expect(late("2026-02-10").section("regime").gaps).toEqual([]);
    expect(late("2026-02-09").fact("sources.A.age").value).toBe(4);
    expect(late("2026-02-09").section("regime").gaps).toMatchObject([{ key: "regime.stale" }]);
  });
});

describe("the week of Good Friday", () => {
  const thursday = issueOf(market("2026-04-02"), "2026-04-02");

  it("is over in New York with Thursday's close, and named by it", () => {
    expect(thursday.fact("issue.week").value).toBe("2026-04-02");
    expect(thursday.fact("levels.NYSE.return.week").window).toMatchObject({
      start: "2026-03-27",
      end: "2026-04-02",
    });
  });

  it("is not over in Seoul, Tokyo and Shanghai: their change is to Thursday, and no best week", () => {
    const notes = thursday.section("levels").tables[0]?.notes ?? [];
    expect(notes.filter(({ key }) => key === "levels.table.open")).toMatchObject(
      ["KRX", "TSE", "SSE"].map((id) => ({ places: { day: { fact: `levels.${id}.close.date` } } })),
    );
    expect(thursday.refusal("levels.KRX.best").reasons[0]).toEqual({
      code: "week-incomplete",
      need: 0,
      have: 1,
    });
    expect(thursday.statement("levels.KRX.week.up").text.map(({ key }) => key)).toContain("levels.week.open");
    expect(thursday.statement("levels.NYSE.week.up").text.map(({ key }) => key)).not.toContain(
      "levels.week.open",
    );
  });

  it("counts a Friday that has not closed among no series' missing days", () => {
    expect(markets.map((id) => thursday.fact(`sources.${id}.age`).value)).toEqual([0, 0, 0, 0, 0]);
  });

  it("on Wednesday is the week before", () => {
    expect(issueOf(market("2026-04-01"), "2026-04-01").fact("issue.week").value).toBe("2026-03-27");
  });
});

describe("the last week of a year that New York ends on a Thursday", () => {
  it("counts the year that it ends, not the one in which its Friday falls", () => {
    const series = { A: { rows: rowsOf("NYSE", "2026-12-31") } };
    const found = issueOf(
      market("", { series, superlatives: ["A"], regime: [], keyNumbers: [] }),
      "2026-12-31",
    );
    expect(found.fact("levels.A.return.year").window).toMatchObject({
      start: "2025-12-31",
      end: "2026-12-31",
    });
  });
});

describe("a pair of members on two exchanges", () => {
  const pairs = { p: pairOf(["NYSE"], ["HKEX"]) };
  const at = (end: string, asOf: string) =>
    issueOf(market(end, { pairs, superlatives: [], regime: [], keyNumbers: [], sections: ["pair"] }), asOf);

  // New York met on all five days, Hong Kong on Monday and Friday of 20 February.
  it("lacks no session that only one of them had", () => {
    expect(at("2026-02-20", "2026-02-20").fact("pair.p.return.week").window).toMatchObject({
      start: "2026-02-20",
      end: "2026-02-20",
    });
  });

  it("names its last common session where New York met later", () => {
    // Hong Kong was closed on Friday 1 May, New York was not.
    const found = at("2026-05-01", "2026-05-01");
    expect(found.fact("pair.p.week.end").value).toBe("2026-04-30");
  });
});

describe("flows", () => {
  it("are covered by the sessions of each fund's own exchange", () => {
    const flow = (calendar: string) => ({
      rows: rowsOf(calendar, "2026-02-20").map(([day]): Row => [day, 1e9]),
      kind: "flow" as const,
      currency: "USD" as const,
      calendar,
    });
    const one = (a: string, b: string) =>
      issueOf(
        market("", {
          series: { a: flow(a), b: flow(b) },
          superlatives: [],
          regime: [],
          keyNumbers: [],
          sections: ["flows"],
          flows: { groups: { A: namedList("A", "a", "b") }, compare: [["A"]] },
        }),
        "2026-02-20",
      );
    // 34 sessions of New York to 20 February, of 37 weekdays.
    expect(one("NYSE", "NYSE").fact("flows.A.expected").value).toBe(34);
    expect(one("NYSE", "NYSE").fact("flows.a.year")).toMatchObject({ status: "ok", window: { n: 34 } });
    const mixed = one("NYSE", "SSE");
    // Shanghai's last session was on the 13th, and nothing of it is missing since.
    expect(mixed.fact("flows.due").value).toBe("2026-02-20");
    expect(mixed.fact("flows.b.year")).toMatchObject({ status: "ok", params: { expected: 30 } });
    expect(mixed.section("flows").tables[0]?.unit.key).toBe("flows.table.unit-own");
  });
});
