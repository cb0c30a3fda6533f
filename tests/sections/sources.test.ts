import { describe, expect, it } from "vitest";
import type { Say } from "#src/domain/say.ts";
import type { Lag } from "#src/domain/series.ts";
import type { Cell } from "#src/domain/table.ts";
import { type Row, weekdaysTo } from "#tests/sections/days.ts";
import { issueOf, missingWithoutReason } from "#tests/sections/issue-of.ts";
import { type CaseSeries, type MarketCase, pairOf } from "#tests/sections/market-case.ts";

const friday = "2026-02-13";
const rowsTo = (day: string, n = 10): readonly Row[] => weekdaysTo(day, n).map((date): Row => [date, 100]);

const issue = (series: Readonly<Record<string, CaseSeries>>, asOf = friday) => {
  const found = issueOf({ series, sections: ["sources"] }, asOf);
  return { ...found, section: found.section("sources") };
};
const ageOf = (own: CaseSeries, asOf = friday) => issue({ a: own }, asOf).fact("sources.a.age").value;
const sayOf = (cell: Cell | undefined): Say | null => (cell && "say" in cell ? cell.say : null);
const marksOf = (found: ReturnType<typeof issue>) =>
  found.section.tables[0]?.rows.map(({ cells }) => sayOf(cells[3])?.key);

describe("the list of sources", () => {
  const found = issue({
    a: { rows: rowsTo(friday) },
    b: { rows: [["2026-02-13", 1, "2026-02-13T21:30:00Z"]], calendar: "KRX" },
  });

  it("holds every series, with its source, last day, when that was known, and its age", () => {
    const [table] = found.section.tables;
    expect(table?.rows.map(({ head }) => head.places.name)).toMatchObject([
      { name: { en: "the a" } },
      { name: { en: "the b" } },
    ]);
    expect(table?.rows[0]?.cells).toMatchObject([
      { say: { key: "page.name", places: { name: { name: { en: "the provider" } } } } },
      { fact: "sources.a.last" },
      { fact: "sources.a.known" },
      { say: { key: "sources.mark.assumed" } },
      { fact: "sources.a.age" },
    ]);
    expect(found.fact("sources.series").value).toBe(2);
    expect(found.section.claim.key).toBe("sources.claim.fresh");
    expect(found.section.words.flat().map(({ key }) => key)).toEqual([
      "sources.text",
      "sources.assumed",
      "sources.quality.none",
    ]);
  });

  it("gives the close of the session as the time known where the file gives none, and the file's where it does", () => {
    // 16:00 in New York in February is 21:00 UTC.
    expect(found.fact("sources.a.known").value).toBe("2026-02-13T21:00:00Z");
    expect(found.fact("sources.b.known").value).toBe("2026-02-13T21:30:00Z");
    expect(marksOf(found)).toEqual(["sources.mark.assumed", "sources.mark.given"]);
  });

  it("marks a series as assumed when a single value is", () => {
    const mixed = issue({
      a: {
        rows: [
          ["2026-02-12", 1],
          ["2026-02-13", 2, "2026-02-13T21:30:00Z"],
        ],
      },
    });
    expect(marksOf(mixed)).toEqual(["sources.mark.assumed"]);
  });

  it("adds the declared lag to the time assumed", () => {
    const known = (lag: Lag, day: string) =>
      issue({ a: { rows: rowsTo(day), lag } }).fact("sources.a.known").value;
    expect(known({ sessions: 1, hours: 0 }, "2026-02-12")).toBe("2026-02-13T21:00:00Z");
    expect(known({ sessions: 0, hours: 1 }, friday)).toBe("2026-02-13T22:00:00Z");
  });
});

describe("sessions overdue", () => {
  it.each([
    [friday, 0, 0, 0],
    ["2026-02-12", 0, 0, 1],
    ["2026-02-12", 1, 0, 0],
    ["2026-02-11", 1, 0, 1],
    ["2026-02-06", 0, 0, 5],
    // Two hours after the close is the cut-off itself; three are after it.
    [friday, 0, 2, 0],
    ["2026-02-12", 0, 2, 1],
    ["2026-02-12", 0, 3, 0],
  ])("last on %s, lag %d sessions and %d hours: %d", (last, sessions, hours, age) => {
    expect(ageOf({ rows: rowsTo(last), lag: { sessions, hours } })).toBe(age);
  });

  // The Asian sessions of Friday close at 06:00 to 08:10 UTC, the European one at 16:30, New York at 21:00.
  it.each([
    ["KRX", "2026-02-13T06:29:59Z", 0],
    ["KRX", "2026-02-13T06:30:00Z", 1],
    ["TSE", "2026-02-13T06:30:00Z", 1],
    ["SSE", "2026-02-13T07:00:00Z", 1],
    ["HKEX", "2026-02-13T08:09:59Z", 0],
    ["HKEX", "2026-02-13T08:10:00Z", 1],
    ["XETR", "2026-02-13T16:29:59Z", 0],
    ["XETR", "2026-02-13T16:30:00Z", 1],
    ["NYSE", "2026-02-13T20:59:59Z", 0],
    ["NYSE", "2026-02-13T21:00:00Z", 1],
  ])("of %s at %s, with Thursday's value: %d", (calendar, asOf, age) => {
    expect(ageOf({ rows: rowsTo("2026-02-12"), calendar }, asOf)).toBe(age);
  });

  it("of a series of one value a week are counted from the end of the week after its last", () => {
    const weekly = (last: string, lag: Lag = { sessions: 0, hours: 0 }) =>
      ageOf({ rows: [[last, 1]], frequency: "weekly", lag });
    // Wednesday of this week, of the last, and of the one before it, of which the value of the last week is missing.
    expect(["2026-02-11", "2026-02-04", "2026-01-28"].map((day) => weekly(day))).toEqual([0, 0, 5]);
    // A lag of six sessions: by Friday 13 February only that of 4 February was due, and its week was not over by then.
    expect(weekly("2026-01-28", { sessions: 6, hours: 0 })).toBe(0);
    expect(weekly("2026-01-21", { sessions: 6, hours: 0 })).toBe(4);
  });

  it("make a series stale when there are more than three", () => {
    expect(issue({ a: { rows: rowsTo("2026-02-10") } }).section.claim.key).toBe("sources.claim.fresh");
    const stale = issue({ a: { rows: rowsTo("2026-02-09") }, b: { rows: rowsTo(friday) } });
    expect(stale.section.claim.key).toBe("sources.claim.stale");
    expect(stale.fact("sources.stale").value).toBe(1);
  });
});

describe("a series without values", () => {
  it.each(["file-missing", "file-empty", "not-yet-known"] as const)("says why: %s", (gap) => {
    const found = issue({ a: { gap }, b: { rows: rowsTo(friday) } });
    expect(found.section.gaps).toMatchObject([
      { key: `sources.gap.${gap}`, places: { name: { name: { en: "the a" } } } },
    ]);
    expect(found.section.claim.key).toBe("sources.claim.missing");
    expect(found.fact("sources.missing").value).toBe(1);
    expect(marksOf(found)).toEqual(["sources.mark.none", "sources.mark.assumed"]);
    for (const fact of ["last", "known", "age"]) {
      expect(found.fact(`sources.a.${fact}`)).toMatchObject({ value: null, reasons: [{ code: gap }] });
      expect(found.fact(`sources.b.${fact}`).reasons).toEqual([]);
    }
  });

  it("is said once a file, with the number of its series, and once a file and reason", () => {
    const lost = (file: string, gap: "file-missing" | "file-empty") => ({ gap, file });
    const series = {
      a: lost("prices", "file-missing"),
      b: lost("flows", "file-empty"),
      c: lost("prices", "file-missing"),
      d: lost("prices", "file-missing"),
      e: lost("flows", "file-empty"),
      f: lost("rates", "file-missing"),
      g: { rows: rowsTo(friday) },
    };
    const found = issue(series);
    expect(found.section.gaps).toMatchObject([
      {
        key: "sources.gap.all-file-missing",
        places: {
          first: { name: { en: "the a" } },
          n: { fact: "sources.file.prices.file-missing" },
        },
      },
      { key: "sources.gap.all-file-empty", places: { n: { fact: "sources.file.flows.file-empty" } } },
      { key: "sources.gap.file-missing", places: { name: { name: { en: "the f" } } } },
    ]);
    expect(found.fact("sources.file.prices.file-missing")).toMatchObject({
      value: 3,
      series: ["a", "c", "d"],
    });
    expect(found.fact("sources.missing").value).toBe(6);
  });

  it("says so where nothing was known yet", () => {
    const found = issue({ a: { rows: [["2026-02-12", 1, "2026-02-14T00:00:00Z"]] } });
    expect(found.section.gaps.map(({ key }) => key)).toEqual(["sources.gap.not-yet-known"]);
  });

  it("is missing, not stale", () => {
    const found = issue({ a: { gap: "file-empty" }, b: { rows: rowsTo("2026-01-30") } });
    expect(found.section.claim.key).toBe("sources.claim.missing");
    expect(found.fact("sources.stale").value).toBe(1);
  });

  it("leaves its reason in facts.json", () => {
    expect(missingWithoutReason(issue({ a: { gap: "file-missing" } }).composed)).toEqual([]);
  });
});

describe("names under a surface", () => {
  const rows = rowsTo(friday);
  const of = (ids: readonly string[], rest: Partial<MarketCase> = {}) =>
    issueOf(
      {
        series: {
          I: { rows },
          ...Object.fromEntries(["a", "b", "c", "d"].map((id): [string, CaseSeries] => [id, { rows }])),
          d: { rows: rowsTo("2026-02-10") },
        },
        surface: {
          index: "I",
          groups: { g: { name: { en: "G", "zh-CN": "G" }, members: ids } },
          pointInTime: false,
          implied: [],
        },
        sections: ["sources"],
        ...rest,
      },
      friday,
    );
  const heads = (found: ReturnType<typeof of>) =>
    found.section("sources").tables[0]?.rows.map(({ head }) => [head.key, head.places.name]);
  const single = (id: string) => ["page.name", { name: { en: `the ${id}`, "zh-CN": `序列${id}` } }];
  const several = ["sources.table.names", { name: { en: "the I", "zh-CN": "序列I" } }];

  it("that are as old as one another stand in one line, and one that is not stands alone", () => {
    const found = of(["a", "b", "c", "d"]);
    expect(heads(found)).toEqual([single("I"), several, single("d")]);
    expect(found.fact("sources.names.1").value).toBe(3);
    expect(found.fact("sources.series").value).toBe(5);
    expect(found.fact("sources.b.last").value).toBe(friday);
  });

  it("stand alone where a pair names them, and where there is one of them", () => {
    const found = of(["a", "b", "d"], { pairs: { p: pairOf(["a"], ["c"]) } });
    expect(heads(found)).toEqual([single("I"), single("a"), single("b"), single("c"), single("d")]);
  });
});

describe("series of which the page speaks together", () => {
  const rows = rowsTo(friday);
  const heads = (rest: Partial<MarketCase>) => {
    const found = issueOf(
      {
        series: Object.fromEntries(
          ["a", "b", "c", "d", "e", "f"].map((id): [string, CaseSeries] => [id, { rows }]),
        ),
        sections: ["sources"],
        ...rest,
      },
      friday,
    );
    return found
      .section("sources")
      .tables[0]?.rows.map(({ head }) => head.key)
      .map((key) => key.replace("sources.table.", "").replace("page.name", "one"));
  };
  const conditions = {
    turbulence: ["a", "b"],
    absorption: ["b", "c"],
    appetite: [{ series: "c", over: "d", means: "appetite", name: null }],
    breaks: [],
    states: null,
    universe: [],
    factors: [],
  } as const;
  const funds = {
    groups: { g: { name: { en: "G", "zh-CN": "G" }, members: ["a", "b"], assets: [] } },
    compare: [],
    annualised: false,
    crowding: [],
  };

  it("are what conditions are measured by, and the funds of a group, each in one line", () => {
    expect(heads({ conditions })).toEqual(["conditions", "one", "one"]);
    expect(heads({ conditions, flows: funds })).toEqual(["funds", "conditions", "one", "one"]);
  });

  it("are three of a file that nothing else is known of, and not two", () => {
    expect(heads({})).toEqual(["file"]);
    expect(heads({ regime: ["a", "b", "c"] })).toEqual(["one", "one", "one", "file"]);
    expect(heads({ regime: ["a", "b", "c", "d"] })).toEqual(Array.from({ length: 6 }, () => "one"));
  });

  it("are the names of a leg", () => {
    expect(heads({ pairs: { p: pairOf(["a", "b"], ["c", "d"]) } })).toEqual(["funds", "funds", "one", "one"]);
  });

  it("are not those that have a line of their own elsewhere", () => {
    expect(heads({ conditions, superlatives: ["b"] })).toEqual(["conditions", "one", "one", "one"]);
    expect(heads({ conditions, regime: ["a", "b", "c"] })).toEqual([
      "one",
      "one",
      "one",
      "one",
      "one",
      "one",
    ]);
  });
});
