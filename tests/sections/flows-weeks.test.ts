import { describe, expect, it } from "vitest";
import { addDays, daysBetween } from "#src/domain/time.ts";
import { type Row, weekdaysFrom } from "#tests/sections/days.ts";
import { bn, flowIssue, flowSeries, friday, lagged, ofOne } from "#tests/sections/funds.ts";
import { issueOf } from "#tests/sections/issue-of.ts";
import { type CaseSeries, namedList } from "#tests/sections/market-case.ts";
import { messages } from "#tests/sections/says.ts";

const mn = 1e6;
const sessions = weekdaysFrom("2021-01-04", friday);
/** Weeks before the last, of weeks that end on Friday 13 February 2026. */
const weeksBack = (day: string): number => Math.floor(daysBetween(day, friday) / 7);
/** Between −1 and 1, without a pattern, the same in each run. */
const noise = (i: number): number => Math.sin(i * 12.9898) * Math.cos(i * 78.233);

/** A fund whose weeks are `of` their place before the last, in millions, with noise of 30 million a week. */
const weekly = (of: (back: number) => number, last = friday): CaseSeries =>
  flowSeries(
    sessions
      .filter((day) => day <= last)
      .map((day): Row => [day, ((of(weeksBack(day)) + 30 * noise(weeksBack(day))) * mn) / 5]),
  );

const steady = weekly(() => 200);
/** 200 million a week, and in the last four so many. */
const lately = (recent: number): CaseSeries => weekly((back) => (back < 4 ? recent : 200));
const wordsOf = (found: ReturnType<typeof ofOne>): readonly string[] =>
  found.part.words.flat().map(({ key }) => key);
const statements = (found: ReturnType<typeof ofOne>, rule: string): readonly string[] =>
  found.composed.facts.statements.filter(({ gate }) => gate.rule === rule).map(({ id }) => id);

describe("the pace of flows", () => {
  const pace = (fund: CaseSeries) => {
    const found = ofOne({ a: fund, b: steady });
    return statements(found, "H6 flow acceleration").find((id) => id.startsWith("flows.A."));
  };

  it.each([
    [400, "flows.A.in-faster"],
    [50, "flows.A.in-slower"],
    [-300, "flows.A.turned-out"],
    [205, "flows.A.plain"],
  ])("of 200 million a week that become %d is %s", (recent, id) => {
    expect(pace(lately(recent))).toBe(id);
  });

  it.each([
    [-400, "flows.A.out-faster"],
    [-50, "flows.A.out-slower"],
    [300, "flows.A.turned-in"],
  ])("of outflows of 200 million that become %d is %s", (recent, id) => {
    expect(pace(weekly((back) => (back < 4 ? recent : -200)))).toBe(id);
  });

  it("is judged by what is left of its p-value among all tests of the issue", () => {
    const b = weekly((back) => 200 + 200 * noise(back + 7) + (back < 4 ? 40 : 0));
    const alone = ofOne({ b }).fact("flows.B.acceleration");
    expect(alone.stats?.p).toBeLessThan(0.1);
    expect(alone.stats?.q).toBe(alone.stats?.p);
    const among = ofOne({ b, c: steady, d: steady, e: steady });
    const { stats } = among.fact("flows.B.acceleration");
    expect(stats?.p).toBe(alone.stats?.p);
    expect(stats?.q).toBeCloseTo(4 * (stats?.p ?? 1), 12);
    const refusal = among.refusal("flows.B.accelerating");
    expect(refusal).toMatchObject({ reasons: [{ code: "q-above", need: 0.1, have: stats?.q }] });
    expect(refusal.instead).toBe("flows.B.plain");
    expect(statements(ofOne({ b }), "H6 flow acceleration")).toEqual(["flows.B.in-faster"]);
  });

  // Every January brings as much: 52 and 104, 156, 208 weeks before these four.
  it("that comes at this time of every year is not called an acceleration", () => {
    const january = weekly((back) => (Math.round(back % 52.18) < 4 ? 400 : 200));
    const found = ofOne({ a: january, b: steady });
    expect(found.fact("flows.A.acceleration").stats?.q).toBeLessThan(0.1);
    expect(statements(found, "H6 flow acceleration")).toContain("flows.A.seasonal");
    expect(found.refusal("flows.A.accelerating")).toMatchObject({
      reasons: [{ code: "usual-for-the-season", need: 0.5 }],
      instead: "flows.A.seasonal",
    });
    expect(wordsOf(found)).toContain("flows.pace.seasonal");
  });

  it("is not known below 104 weeks of history, and the means are said", () => {
    const short = (weeks: number): CaseSeries => {
      const { rows = [], ...own } = lately(400);
      return { ...own, rows: rows.filter(([day]) => day > addDays(friday, -7 * weeks)) };
    };
    const enough = ofOne({ a: short(112), b: steady });
    expect(statements(enough, "H6 flow acceleration")).toContain("flows.A.in-faster");
    const few = ofOne({ a: short(107), b: steady });
    expect(few.refusal("flows.A.accelerating").reasons[0]).toEqual({ code: "too-few", need: 104, have: 103 });
    expect(statements(few, "H6 flow acceleration")).toContain("flows.A.plain");
  });

  it("names the group whose weeks it counts", () => {
    const since = ({ rows = [], ...own }: CaseSeries, weeks: number): CaseSeries => ({
      ...own,
      rows: rows.filter(([day]) => day > addDays(friday, -7 * weeks)),
    });
    const { gaps } = ofOne({ a: since(steady, 80), b: since(steady, 20) }).part;
    const short = gaps.find(({ key }) => key === "flows.short");
    expect(short?.places).toMatchObject({ name: { name: { en: "the B" } }, n: { fact: "flows.B.weeks" } });
  });

  it("is not said where the same weeks of two years are not known", () => {
    const { rows = [], ...own } = lately(400);
    const sameWeek = (day: string) => weeksBack(day) > 40 && Math.round(weeksBack(day) % 52.18) < 2;
    const found = ofOne({ a: { ...own, rows: rows.filter(([day]) => !sameWeek(day)) }, b: steady });
    expect(found.fact("flows.A.acceleration").stats?.q).toBeLessThan(0.1);
    expect(found.refusal("flows.A.accelerating")).toMatchObject({
      reasons: [{ code: "season-unknown" }],
      instead: "flows.A.plain",
    });
  });

  it("of a flow that prints as nothing is none", () => {
    const still = weekly((back) => (back < 4 ? 0 : 200));
    const found = ofOne({
      a: { ...still, rows: still.rows?.map(([d, v]) => [d, weeksBack(d) < 4 ? 0 : v]) ?? [] },
    });
    expect(statements(found, "H6 flow acceleration")).toEqual([]);
    expect(wordsOf(found)).toContain("flows.four-weeks.flat.text");
  });
});

describe("the size of flows", () => {
  it("is unusual from two standard deviations of blocks on, in its own direction", () => {
    const found = ofOne({ a: lately(400), b: steady, c: weekly((back) => (back < 4 ? -400 : -200)) });
    expect(found.fact("flows.A.z").value).toBeGreaterThan(2);
    expect(found.fact("flows.C.z").value).toBeLessThan(-2);
    expect(statements(found, "H5 flow z-score").toSorted()).toEqual([
      "flows.A.large-in",
      "flows.C.large-out",
    ]);
    expect(found.refusal("flows.B.large").reasons[0]?.code).toBe("z-below");
    // An inflow that is small beside those before it is not a large outflow.
    const small = ofOne({ a: lately(50) });
    expect(small.fact("flows.A.z").value).toBeLessThan(-2);
    expect(statements(small, "H5 flow z-score")).toEqual([]);
  });
});

describe("rotation", () => {
  const states = (found: ReturnType<typeof ofOne>) => statements(found, "H7 rotation state").toSorted();

  it("is told of groups that are compared, by flow and share", () => {
    const found = ofOne({ us: lately(100), non: lately(300) });
    expect(states(found)).toEqual(["flows.NON.in-gaining.net", "flows.US.in-losing.net"]);
    expect(found.fact("flows.US.share.4w").value).toBeCloseTo(0.25, 1);
    expect(found.fact("flows.US.share.52w-before").value).toBeCloseTo(0.5, 1);
    const said = found.statement("flows.US.in-losing.net").text.map(messages.translator("en")).join(" ");
    expect(said).toContain("relative rotation, not selling");
    expect(found.statement("flows.US.in-losing.net").stance).toBe("US.four-weeks:up");
  });

  it("of an outflow is no rotation but a worse balance, by all that moved", () => {
    const found = ofOne({ us: lately(-100), non: lately(300) });
    expect(states(found)).toEqual(["flows.NON.in-gaining.gross", "flows.US.out-losing.gross"]);
    expect(found.part.tables.at(-1)?.notes.map(({ key }) => key)).toContain("flows.gauges.note.share-gross");
  });

  it("is not told of a share that prints as it was, of a flow of nothing, nor of a group alone", () => {
    expect(ofOne({ a: steady, b: steady }).refusal("flows.A.rotation").reasons).toEqual([{ code: "steady" }]);
    const alone = flowIssue(
      { a: lately(300), b: steady, c: steady },
      { A: ["a"], B: ["b"], C: ["c"] },
      friday,
      ["B", "C"],
    );
    expect(alone.refused.filter((id) => id.startsWith("flows.A"))).toEqual([]);
    expect(states(alone)).toContain("flows.A.four-weeks.up");
    expect(alone.fact("flows.A.share.4w").reasons).toEqual([{ code: "compared-with-none" }]);
  });

  it("needs 56 weeks, of which three quarters", () => {
    const from = (day: string): CaseSeries => {
      const { rows = [], ...own } = lately(300);
      return { ...own, rows: rows.filter(([each]) => each > day) };
    };
    const needed = ofOne({ a: from(addDays(friday, -7 * 56)), b: from(addDays(friday, -7 * 56)) });
    expect(needed.fact("flows.A.share.4w").status).toBe("ok");
    const short = ofOne({ a: from(addDays(friday, -7 * 55)), b: from(addDays(friday, -7 * 55)) });
    expect(short.fact("flows.A.share.4w").reasons).toEqual([{ code: "too-few", need: 56, have: 55 }]);
  });
});

describe("groups of several sources", () => {
  const found = issueOf(
    {
      series: { a: steady, b: lately(300), c: lagged(steady, 3), d: lagged(steady, 3) },
      flows: {
        groups: {
          A: namedList("A", "a"),
          B: namedList("B", "b"),
          C: namedList("C", "c"),
          D: namedList("D", "d"),
        },
        compare: [
          ["A", "B"],
          ["C", "D"],
        ],
      },
      sections: ["flows"],
    },
    friday,
  );

  it("count to a day of their own and are compared among themselves", () => {
    expect([found.fact("flows.due").value, found.fact("flows.C-D.due").value]).toEqual([
      friday,
      "2026-02-10",
    ]);
    expect(found.said).toEqual(expect.arrayContaining(["flows.B.share-in", "flows.C-D.C.share-in"]));
    expect(found.fact("flows.C.share.year").value).toBeCloseTo(0.5, 12);
    expect(found.section("flows").figures.map(({ id }) => id)).toEqual([
      "flows.cumulative",
      "flows.cumulative-C-D",
    ]);
  });

  it("stand in one table of gauges, each with its day", () => {
    const table = found.section("flows").tables.at(-1);
    expect(table?.unit.key).toBe("flows.gauges.unit-own");
    expect(table?.rows.map(({ cells }) => cells[0])).toMatchObject([
      { fact: "flows.due" },
      { fact: "flows.due" },
      { fact: "flows.C-D.due" },
      { fact: "flows.C-D.due" },
    ]);
  });
});

describe("flows that come once a week", () => {
  const wednesdays = sessions.filter((day) => new Date(day).getUTCDay() === 3);
  const once = (days: readonly string[], each = 200 * mn): CaseSeries => ({
    ...flowSeries(days.map((day): Row => [day, each])),
    frequency: "weekly",
  });
  const without = (...missing: readonly string[]) => once(wednesdays.filter((day) => !missing.includes(day)));

  it("are counted in weeks, of which the year has those that end in it", () => {
    const found = ofOne({ a: once(wednesdays), b: once(wednesdays) });
    expect(found.fact("flows.due").value).toBe("2026-02-11");
    // 7, 14, 21, 28 January, 4 and 11 February.
    expect(found.fact("flows.A.expected").value).toBe(6);
    expect(found.fact("flows.A.year")).toMatchObject({ value: 1200 * mn, status: "ok", window: { n: 6 } });
    expect(found.fact("flows.A.4w")).toMatchObject({ value: 800 * mn, window: { n: 4 } });
    expect(found.fact("flows.A.13w")).toMatchObject({ value: 2600 * mn, window: { n: 13 } });
    expect(found.part.figures[0]?.notes[0]?.key).toBe("flows.figure.note-weekly");
  });

  it("are not missing before they are due", () => {
    // Six sessions after Wednesday 4 February is Thursday the 12th; that of the 11th is not due.
    const found = ofOne({ a: lagged(once(wednesdays), 6), b: lagged(once(wednesdays), 6) });
    expect(found.fact("flows.due").value).toBe("2026-02-04");
    expect(found.fact("flows.A.year")).toMatchObject({
      value: 1000 * mn,
      status: "ok",
      params: { expected: 5 },
    });
  });

  it("are missing once they were due", () => {
    const found = ofOne({ a: without("2026-02-11"), b: once(wednesdays) });
    expect(found.fact("flows.due").value).toBe("2026-02-11");
    expect(found.fact("flows.A.year")).toMatchObject({
      status: "warn",
      reasons: [{ code: "coverage", need: 6, have: 5 }],
    });
    expect(found.fact("flows.A.4w")).toMatchObject({ status: "warn", window: { n: 3 } });
    // Three of four weeks are a sum; a mean and a z-score want all four.
    expect(found.fact("flows.A.z").reasons).toEqual([{ code: "weeks-missing", need: 4, have: 3 }]);
    const two = ofOne({ a: without("2026-02-11", "2026-02-04"), b: once(wednesdays) });
    expect(two.fact("flows.A.4w").value).toBeNull();
    expect(two.part.gaps.map(({ key }) => key)).toContain("flows.gap.sparse-weekly.one");
  });

  it("of a group with a fund that lacks weeks are told by their number", () => {
    const some = without("2026-01-07", "2026-01-14");
    const found = flowIssue({ a1: once(wednesdays), a2: some }, { A: ["a1", "a2"] });
    expect(found.part.gaps[0]?.key).toBe("flows.gap.weekly");
    expect(found.part.tables[0]?.head.at(-1)?.say.key).toBe("flows.table.there-weekly");
    expect(found.part.tables[0]?.unit.key).toBe("flows.table.unit-weekly");
  });
});

describe("flows against assets", () => {
  const aum = (rows: readonly Row[]): CaseSeries => ({ kind: "aum", currency: "USD", rows });
  const assets = aum(sessions.map((day): Row => [day, day < "2026-01-01" ? 40 * bn : 50 * bn]));
  const issue = (rest: { readonly annualised?: boolean; readonly assets?: CaseSeries } = {}) =>
    issueOf(
      {
        series: { a: steady, b: steady, w: rest.assets ?? assets },
        flows: {
          groups: { A: { ...namedList("A", "a"), assets: ["w"] }, B: namedList("B", "b") },
          compare: [["A", "B"]],
          annualised: rest.annualised ?? false,
        },
        sections: ["flows"],
      },
      friday,
    );
  const heads = (found: ReturnType<typeof issue>) =>
    found
      .section("flows")
      .tables.at(-1)
      ?.head.map(({ say }) => say.key.split(".").at(-1));

  it("are those of four weeks and of the year, by the assets before them", () => {
    const found = issue();
    const [four, year] = ["flows.A.4w", "flows.A.year"].map((id) => Number(found.fact(id).value));
    expect(found.fact("flows.A.to-assets.4w").value).toBeCloseTo((four ?? 0) / (50 * bn), 12);
    expect(found.fact("flows.A.to-assets.year").value).toBeCloseTo((year ?? 0) / (40 * bn), 12);
    expect(found.fact("flows.A.to-assets.4w")).toMatchObject({ quantum: 1e-4, series: ["a", "w"] });
    expect(heads(found)).toEqual(expect.arrayContaining(["assets", "assets-year"]));
    expect(found.factIds).not.toContain("flows.B.to-assets.4w");
  });

  it("are told as an annual rate only where asked for, and then say so", () => {
    const found = issue({ annualised: true });
    expect(found.fact("flows.A.to-assets.4w").value).toBeCloseTo(
      13 * Number(issue().fact("flows.A.to-assets.4w").value),
      12,
    );
    expect(heads(found)).toContain("assets-annual");
    expect(heads(found)).not.toContain("assets");
  });

  it("are missing without assets at the start", () => {
    const found = issue({ assets: aum([["2026-02-10", 50 * bn]]) });
    expect(found.fact("flows.A.to-assets.4w").reasons).toEqual([{ code: "weeks-missing", need: 5, have: 4 }]);
    expect(found.fact("flows.A.to-assets.year").reasons).toEqual([{ code: "assets-missing" }]);
    expect(heads(found)).not.toContain("assets");
  });
});
