import { describe, expect, it } from "vitest";
import { type Row, weekdaysTo } from "#tests/sections/days.ts";
import { type Issue, issueOf } from "#tests/sections/issue-of.ts";
import { contextOf, type MarketCase, namedList, pairOf } from "#tests/sections/market-case.ts";

/** A value on every weekday from 2023 to 2026-02-20, never the same on two days. */
const daily: readonly Row[] = weekdaysTo("2026-02-20", 820).map(
  (day, i): Row => [day, 100 + (i % 2) + i / 1e4],
);
const exchanges = { NYSE: "NYSE", KRX: "KRX", XETR: "XETR" };

const market: MarketCase = {
  series: {
    ...Object.fromEntries(Object.entries(exchanges).map(([id, calendar]) => [id, { rows: daily, calendar }])),
    LATE: { rows: daily, lag: { sessions: 1, hours: 0 } },
    F: { rows: daily, kind: "flow", currency: "USD" },
    G: { rows: daily, kind: "flow", currency: "USD" },
  },
  superlatives: Object.keys(exchanges),
  levels: [{ series: "NYSE", level: 200, from: "252" }],
  milestones: [{ series: "NYSE", base: "2025-12-30" }],
  regime: Object.keys(exchanges),
  pairs: { p: pairOf(["NYSE"], ["LATE"]) },
  flows: { groups: { a: namedList("a", "F"), b: namedList("b", "G") }, compare: [["a", "b"]] },
  keyNumbers: [...Object.keys(exchanges), "p"],
};
const made = new Map<string, Issue>();
/** The issue as of a day or an instant, made once. */
function issue(asOf: string): Issue {
  const found = made.get(asOf) ?? issueOf(market, asOf);
  made.set(asOf, found);
  return found;
}

/** The last day of which anything but the list of sources and the masthead speaks. */
const lastSpoken = (asOf: string) =>
  issue(asOf)
    .composed.facts.facts.filter(({ id }) => !/^(sources|issue)\./.test(id))
    .map(({ window }) => window.end ?? "")
    .reduce((last, end) => (end > last ? end : last), "");

describe("an issue in the middle of a week", () => {
  it.each([
    ["Monday", "2026-02-16"],
    ["Wednesday", "2026-02-18"],
    ["Thursday", "2026-02-19"],
  ])("speaks on %s of the week before, and lists sources to the day", (_, asOf) => {
    const found = issue(asOf);
    expect(found.fact("issue.date").value).toBe(asOf);
    expect(found.fact("issue.week").value).toBe("2026-02-13");
    expect(lastSpoken(asOf)).toBe("2026-02-13");
    expect(found.fact("sources.NYSE.last").value).toBe(asOf);
  });

  it.each([
    ["Saturday", "2026-02-14"],
    ["Sunday", "2026-02-15"],
  ])("speaks on %s of the week that is over, as on its Friday", (_, asOf) => {
    const found = issue(asOf);
    expect(found.fact("issue.week").value).toBe("2026-02-13");
    const body = (of: typeof found) =>
      of.composed.facts.facts
        .filter(({ id }) => !id.startsWith("issue."))
        .map(({ id, value, window }) => [id, value, window]);
    expect(body(found)).toEqual(body(issue("2026-02-13")));
  });
});

describe("an issue on a Friday", () => {
  // Seoul closes at 06:30, Frankfurt at 16:30, New York at 21:00 UTC.
  const weekOf = (asOf: string, id: string) => issue(asOf).fact(`levels.${id}.return.week`).window.end;

  it.each(Object.keys(exchanges))("before any close speaks of the week before: %s", (id) => {
    expect(weekOf("2026-02-13T06:29:59Z", id)).toBe("2026-02-06");
  });

  it("lists what has closed already among the sources", () => {
    expect(issue("2026-02-13T06:29:59Z").fact("sources.KRX.last").value).toBe("2026-02-12");
    const found = issue("2026-02-13T06:30:00Z");
    expect(found.fact("sources.KRX.last").value).toBe("2026-02-13");
    expect(found.fact("sources.XETR.last").value).toBe("2026-02-12");
    expect(issue("2026-02-13T16:30:00Z").fact("sources.XETR.last").value).toBe("2026-02-13");
  });

  it.each(["2026-02-13T06:30:00Z", "2026-02-13T16:30:00Z", "2026-02-13T20:59:59Z"])(
    "at %s leaves New York's week unfinished",
    (asOf) => {
      expect(weekOf(asOf, "NYSE")).toBe("2026-02-06");
      expect(issue(asOf).fact("issue.week").value).toBe("2026-02-06");
    },
  );

  it.each(Object.keys(exchanges))("after the last close speaks of that week: %s", (id) => {
    expect(weekOf("2026-02-13T21:00:00Z", id)).toBe("2026-02-13");
  });

  // The masthead says “week to Feb 6”, a table of “markets by their week” ranks Seoul's week to Feb 13 with New York's
  // to Feb 6, and a closed market is said not to have traded in the week to issue.week, which is not its week.
  it.each(["2026-02-13T06:30:00Z", "2026-02-13T16:30:00Z"])("at %s speaks of one week only", (asOf) => {
    expect(Object.keys(exchanges).map((id) => weekOf(asOf, id))).toEqual([
      "2026-02-06",
      "2026-02-06",
      "2026-02-06",
    ]);
  });
});

describe("a market whose values come a session late", () => {
  const thatFriday = issueOf({ ...market, superlatives: ["LATE"], sections: ["levels"] }, "2026-02-13");

  // On Friday evening Thursday's is the last known: its week is not over (B2: only finished weeks).
  it("has no week before its Friday is known, rather than another week or an unfinished one", () => {
    const week = thatFriday.fact("levels.LATE.return.week");
    expect(week).toMatchObject({ value: null, window: { start: null, end: null } });
    expect(thatFriday.said.filter((id) => /^levels\.LATE\.(week|best|worst)/.test(id))).toEqual([]);
    expect(thatFriday.section("levels").gaps).toMatchObject([
      { key: "levels.closed", places: { date: { fact: "levels.LATE.close.date" } } },
    ]);
    expect(thatFriday.refusal("levels.LATE.week").reasons).toEqual([{ code: "no-return" }]);
    expect(thatFriday.fact("levels.LATE.close.date").value).toBe("2026-02-12");
  });

  // It traded from Monday to Thursday; what is missing is that Friday's close is not known yet.
  it("does not lack its week for want of a session", () => {
    expect(thatFriday.fact("levels.LATE.return.week").reasons[0]?.code).not.toBe("no-session");
  });

  it("has finished it in the next issue", () => {
    const late = issueOf({ ...market, superlatives: ["LATE"], sections: ["levels"] }, "2026-02-16");
    expect(late.fact("levels.LATE.return.week").window.end).toBe("2026-02-13");
  });
});

describe("what the sections see", () => {
  it("is the panel through the last finished week; the list of sources sees everything", () => {
    const { panel, known, week } = contextOf(market, "2026-02-18");
    expect(week).toBe("2026-02-13");
    expect(panel.columns.map(({ dates }) => dates.at(-1))).toEqual(panel.columns.map(() => "2026-02-13"));
    expect(known.column("NYSE").dates.at(-1)).toBe("2026-02-18");
    // Lag of one session: Tuesday's value is known on Wednesday.
    expect(known.column("LATE").dates.at(-1)).toBe("2026-02-17");
    expect(panel.column("NYSE").values).toHaveLength(panel.column("NYSE").dates.length);
  });

  it("ends on Thursday where Friday's value is not known yet", () => {
    const found = issue("2026-02-13");
    expect(found.fact("sources.LATE.last").value).toBe("2026-02-12");
    expect(found.fact("sources.LATE.age").value).toBe(0);
    expect(found.fact("pair.p.return.week").window).toEqual({ start: "2026-02-09", end: "2026-02-12", n: 4 });
  });
});
