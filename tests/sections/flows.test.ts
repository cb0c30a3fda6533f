import { describe, expect, it } from "vitest";
import { type Row, weekdaysFrom } from "#tests/sections/days.ts";
import { bn, days, flowIssue, flowSeries, friday, fund, lagged, ofOne } from "#tests/sections/funds.ts";
import { messages } from "#tests/sections/says.ts";

describe("coverage", () => {
  // 32 sessions are due: 24 are three quarters, 28.8 nine tenths.
  it("of three quarters of the sessions gives a sum, with a caveat", () => {
    const found = ofOne({ a: fund(8 * bn, 8), b: fund(2 * bn) });
    expect(found.fact("flows.a.year")).toMatchObject({
      status: "warn",
      reasons: [{ code: "coverage", need: 29, have: 24 }],
      window: { start: "2026-01-01", end: friday, n: 24 },
    });
    expect(found.fact("flows.a.year").value).toBeCloseTo(8 * bn, 0);
    expect(found.only).toBe("flows.A.share-in");
  });

  it("of one session less gives none, and the group's total and the share are refused", () => {
    const found = ofOne({ a: fund(8 * bn, 9), b: fund(2 * bn) });
    expect(found.fact("flows.a.year")).toMatchObject({
      value: null,
      status: "insufficient",
      reasons: [{ code: "coverage", need: 24, have: 23 }],
    });
    expect(found.fact("flows.A.year")).toMatchObject({
      value: null,
      reasons: [{ code: "members-missing", need: 1, have: 0 }],
    });
    expect(found.refusal("flows.A.total")).toMatchObject({ word: "total of the group", instead: null });
    expect(found.refusal("flows.share").reasons).toEqual([
      { code: "too-few", need: 2, have: 1 },
      { code: "members-missing", need: 0, have: 1 },
    ]);
    expect(found.part.gaps[0]?.key).toBe("flows.gap.sparse-daily.one");
  });

  it("that a fund of several lacks is said with how many do", () => {
    const found = flowIssue({ a1: fund(bn), a2: fund(bn, 9) }, { A: ["a1", "a2"] });
    expect(found.part.gaps[0]?.key).toBe("flows.gap.daily");
    expect(found.fact("flows.A.funds-missing").value).toBe(1);
    expect(found.fact("flows.A.funds").value).toBe(2);
  });

  it("whose numbers as printed do not add up to their sum is said to be so", () => {
    const notes = (each: number) =>
      flowIssue({ a1: fund(each), a2: fund(each) }, { A: ["a1", "a2"] })
        .part.tables.find(({ id }) => id === "flows.funds-A")
        ?.notes.map(({ key }) => key);
    expect(notes(1.04 * bn)).toEqual(["flows.table.rounded"]);
    expect(notes(1.1 * bn)).toEqual([]);
  });

  it("of groups without any flow is said of all at once", () => {
    const gaps = (...ids: readonly string[]) =>
      ofOne(Object.fromEntries(ids.map((id) => [id, flowSeries([])]))).part.gaps.map(({ key }) => key);
    expect([gaps("a"), gaps("a", "b"), gaps("a", "b", "c")]).toEqual([
      ["flows.gap.none.one"],
      ["flows.gap.none.two"],
      ["flows.gap.none.many"],
    ]);
    const ended = ofOne({ a: flowSeries([["2025-12-31", bn]]), b: flowSeries([["2025-12-30", bn]]) });
    expect(ended.part.gaps.map(({ key }) => key)).toEqual(["flows.gap.ended.one", "flows.gap.ended.one"]);
    expect(ended.fact("flows.A.last").value).toBe("2025-12-31");
  });

  it("of nine tenths has no caveat", () => {
    expect(ofOne({ a: fund(bn, 3), b: fund(bn) }).fact("flows.a.year").status).toBe("ok");
    expect(ofOne({ a: fund(bn, 4), b: fund(bn) }).fact("flows.a.year").status).toBe("warn");
  });
});

describe("the day through which flows count", () => {
  it("is the last session when it is known at the close", () => {
    const found = ofOne({ a: fund(bn), b: fund(bn) });
    expect(found.fact("flows.due").value).toBe(friday);
    expect(found.fact("flows.A.expected").value).toBe(32);
  });

  it("is the session before for a lag of one, and the day not due is not missing", () => {
    const found = ofOne({ a: lagged(fund(31 * bn, 0, "2026-02-12"), 1), b: lagged(fund(31 * bn), 1) });
    expect(found.fact("flows.due").value).toBe("2026-02-12");
    expect(found.fact("flows.A.expected").value).toBe(31);
    expect(found.fact("flows.a.year")).toMatchObject({ status: "ok", window: { n: 31 } });
    expect(found.fact("sources.a.age").value).toBe(0);
    // The other has Friday's flow in its file, not yet known: 31 of 32 parts.
    expect(found.fact("flows.b.year").value).toBeCloseTo((31 * 31 * bn) / 32, 0);
  });

  it("is common to all: the slowest decides", () => {
    const found = ofOne({ a: fund(32 * bn), b: lagged(fund(32 * bn), 2) });
    // Known on Friday evening: Wednesday's flow of b.
    expect(found.fact("flows.due").value).toBe("2026-02-11");
    for (const id of ["a", "b"]) {
      expect(found.fact(`flows.${id}.year`).value).toBeCloseTo(30 * bn, 0);
      expect(found.fact(`flows.${id}.year`).window).toEqual({
        start: "2026-01-01",
        end: "2026-02-11",
        n: 30,
      });
    }
  });

  it("is never after the week that the issue is about", () => {
    const later = [...days, "2026-02-16", "2026-02-17"].map((day): Row => [day, bn]);
    const found = ofOne({ a: flowSeries(later), b: flowSeries(later) }, "2026-02-18");
    expect(found.fact("flows.due").value).toBe(friday);
    expect(found.fact("flows.a.year").value).toBe(32 * bn);
    expect(found.fact("sources.a.last").value).toBe("2026-02-17");
  });
});

describe("the section of flows", () => {
  const found = flowIssue(
    { a1: fund(4 * bn), a2: fund(2 * bn), b: fund(-2 * bn), c: fund(0) },
    { A: ["a1", "a2"], B: ["b"], C: ["c"] },
    friday,
    ["A", "B"],
  );

  it("sums a group's funds on one scale", () => {
    expect(found.fact("flows.A.year")).toMatchObject({ unit: "USD", quantum: 1e8, series: ["a1", "a2"] });
    expect(found.fact("flows.A.year").value).toBeCloseTo(6 * bn, 0);
  });

  it("says what each compared group did, in the direction of its rounded sum", () => {
    const isOfYear = (key: string): boolean => !/^flows\.(four-weeks|pace)\./u.test(key);
    const keys = (of: typeof found) =>
      of.part.words
        .map((paragraph) => paragraph.map(({ key }) => key).filter(isOfYear))
        .filter(({ length }) => length > 0);
    const three = (each: number) => ofOne({ a: fund(3 * each), b: fund(each), c: fund(each) });
    expect(keys(three(bn))[0]).toEqual(["flows.year.up", "flows.year.up", "flows.year.up"]);
    expect(keys(three(-bn))[0]).toEqual(["flows.year.down", "flows.year.down", "flows.year.down"]);
    expect(keys(ofOne({ a: fund(3 * bn), b: fund(bn) }))).toEqual([["flows.share-in.text"]]);
    expect(keys(ofOne({ a: fund(4.9e7), b: fund(0) }))[0]).toEqual(["flows.year.flat", "flows.year.flat"]);
    // What the statement gives by number is not said twice.
    expect(keys(ofOne({ a: fund(4.9e7), b: fund(5e7) }))).toEqual([
      ["flows.year.flat"],
      ["flows.only-in.text"],
    ]);
    expect(keys(found)).toEqual([["flows.mixed.text", "flows.gross"]]);
  });

  it("shows the cumulative sums of what is compared, credited", () => {
    expect(found.part.figures).toMatchObject([
      { id: "flows.cumulative", series: ["a1", "a2", "b"], claim: { key: "flows.figure.claim-many" } },
    ]);
    expect(found.part.figures[0]?.claim.places).toMatchObject({
      first: { name: { en: "the A" } },
      last: { name: { en: "the B" } },
    });
    expect(found.statement("flows.mixed").proof).toBe("flows.cumulative");
  });

  it("has a table for each group of several funds with its total, and one of all groups", () => {
    expect(found.part.tables.map(({ id, series }) => [id, series])).toEqual([
      ["flows.funds-A", ["a1", "a2"]],
      ["flows.gauges", ["a1", "a2", "b", "c"]],
    ]);
    expect(found.part.tables[1]?.rows.map(({ head }) => head.places.name)).toMatchObject([
      { name: { en: "the A" } },
      { name: { en: "the B" } },
      { name: { en: "the C" } },
    ]);
    expect(found.part.tables[0]?.rows.at(-1)).toMatchObject({
      kind: "total",
      cells: [{ fact: "flows.A.4w" }, { fact: "flows.A.year" }, null],
    });
    expect(found.fact("flows.a1.sessions").value).toBe(32);
  });

  // Four weeks to Friday 13 February begin on 17 January, thirteen on 15 November.
  it("sums the last four and thirteen weeks, across New Year, each with its own coverage", () => {
    const from = (day: string) => {
      const half = flowSeries(weekdaysFrom(day, friday).map((d): Row => [d, bn / 2]));
      return flowIssue({ a1: half, a2: half }, { A: ["a1", "a2"] });
    };
    const long = from("2025-11-01");
    expect(long.fact("flows.A.4w")).toMatchObject({ value: 20e9, window: { start: "2026-01-17", n: 20 } });
    expect(long.fact("flows.A.13w")).toMatchObject({ value: 65e9, window: { start: "2025-11-15", n: 65 } });
    const short = from("2026-01-01");
    expect(short.fact("flows.A.4w").value).toBe(20e9);
    expect(short.fact("flows.A.13w")).toMatchObject({ value: null, status: "insufficient" });
    // A column without any figure is not shown.
    const heads = (found: typeof long) =>
      found.part.tables[0]?.head.map(({ say }) => say.key.split(".").at(-1));
    expect(heads(long)).toEqual(["fund", "weeks-4", "weeks-13", "year", "there-daily"]);
    expect(heads(short)).toEqual(["fund", "weeks-4", "year", "there-daily"]);
  });
});

describe("flows in another currency than dollars", () => {
  const euros = (total: number) => ({ ...fund(total), currency: "EUR" });

  it("are facts in that currency", () => {
    const found = ofOne({ a: euros(3 * bn), b: euros(bn) });
    expect(found.fact("flows.A.year").unit).toBe("EUR");
  });

  // The unit lines of the figure and of the tables say US$ bn, whatever the funds are in.
  it("are not headed as dollars", () => {
    const found = ofOne({ a: euros(3 * bn), b: euros(bn) });
    const units = [...found.part.figures, ...found.part.tables].map(({ unit }) =>
      messages.translator("en")(unit),
    );
    expect(units.filter((unit) => unit.includes("US$"))).toEqual([]);
  });
});
