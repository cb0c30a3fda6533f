import { describe, expect, it } from "vitest";
import { addDays } from "#src/domain/time.ts";
import type { CrowdingRule } from "#src/domain/workspace.ts";
import { priceOf, type Row, weekdaysFrom } from "#tests/sections/days.ts";
import { bn, flowSeries, friday } from "#tests/sections/funds.ts";
import { issueOf } from "#tests/sections/issue-of.ts";
import { type CaseSeries, namedList } from "#tests/sections/market-case.ts";

const sessions = weekdaysFrom("2014-01-06", friday);
const noise = (i: number): number => Math.sin(i * 12.9898) * Math.cos(i * 78.233);
/** Month-ends of twelve years, and the day itself. */
const monthly = (of: (monthsBack: number) => number, last = friday): CaseSeries => {
  const ends = sessions.filter(
    (day, i) => day === friday || sessions[i + 1]?.slice(0, 7) !== day.slice(0, 7),
  );
  const there = ends.filter((day) => day <= last);
  return { kind: "ratio", rows: there.map((day, i): Row => [day, of(there.length - 1 - i)]) };
};
/** Highest now, or lowest, of all months. */
const highest = monthly((back) => 100 - back);
const lowest = monthly((back) => 100 + back);

const market = sessions.map((_, i) => noise(i) / 100);
/** A name with the market's return and its own; the common part counts from the sixty sessions before the last. */
const name = (own: number): CaseSeries => ({
  kind: "price",
  rows: priceOf(
    sessions
      .slice(1)
      .map(
        (_, i) =>
          (market[i] ?? 0) + (i >= sessions.length - 61 ? noise(i * 7 + 1) : noise(i * own + own)) / 50,
      ),
  ).map((price, i): Row => [sessions[i] ?? friday, price]),
});
const index: CaseSeries = {
  kind: "price",
  rows: priceOf(sessions.slice(1).map((_, i) => market[i] ?? 0)).map(
    (price, i): Row => [sessions[i] ?? friday, price],
  ),
};

const nothing: CrowdingRule = {
  group: "A",
  concentration: null,
  valuation: null,
  daysToCover: null,
  members: [],
  market: null,
};

function crowdingIssue(rule: Partial<CrowdingRule>, series: Readonly<Record<string, CaseSeries>>) {
  const found = issueOf(
    {
      series: { f: flowSeries(sessions.map((day): Row => [day, bn / 10])), ...series },
      flows: {
        groups: { A: namedList("A", "f") },
        compare: [["A"]],
        crowding: [{ ...nothing, ...rule }],
      },
      sections: ["flows"],
    },
    friday,
  );
  const of = (component: string) => found.fact(`flows.A.crowding.${component}`);
  return { ...found, of, score: found.fact("flows.A.crowding"), page: found.section("flows") };
}

const three = { concentration: "c", valuation: "v", daysToCover: "d" };

describe("crowding", () => {
  it("is the mean percentile of its components, and crowded from the 80th on", () => {
    const found = crowdingIssue(three, { c: highest, v: highest, d: lowest });
    expect(["concentration", "forwardPe", "daysToCover"].map((each) => found.of(each).value)).toEqual([
      100, 100, 100,
    ]);
    expect(found.score).toMatchObject({ value: 100, unit: "percentile", window: { n: 3 } });
    expect(found.said).toContain("flows.A.crowded");
    expect(found.statement("flows.A.crowded").stance).toBe("A.crowding:crowded");
  });

  // 120 months before: a value above 48 of them is at 40, so that the mean of 100, 100 and 40 is 80.
  it.each([
    [48, 80, "flows.A.crowded"],
    [47, 239.166_666 / 3, "flows.A.crowding"],
  ])("with a third component above %d of 120 months is %d: %s", (below, score, id) => {
    const third = monthly((back) => (back === 0 ? 0 : back <= below ? -1 : 1));
    const found = crowdingIssue(three, { c: highest, v: third, d: lowest });
    expect(found.of("forwardPe").window.n).toBe(120);
    expect(found.score.value).toBeCloseTo(score, 4);
    expect(found.said).toContain(id);
  });

  it("names what it lacks, and shows it", () => {
    const found = crowdingIssue(three, { c: highest, v: highest, d: lowest });
    expect(found.statement("flows.A.crowded").text.map(({ key }) => key)).toEqual([
      "flows.crowding.crowded.text",
      "flows.crowding.lacks.excessCorrelation",
      "flows.crowding.lacks.flowToAssets",
    ]);
    expect(found.of("flowToAssets").reasons).toEqual([{ code: "not-configured" }]);
    const table = found.page.tables.find(({ id }) => id === "flows.crowding");
    expect(table?.rows.map(({ cells }) => cells[0])).toEqual(
      ["concentration", "forwardPe", "excessCorrelation", "daysToCover", "flowToAssets"]
        .map((each) => ({ fact: `flows.A.crowding.${each}` }))
        .concat({ fact: "flows.A.crowding" }),
    );
  });

  it("is none of two components, which are shown all the same", () => {
    const found = crowdingIssue({ concentration: "c", valuation: "v" }, { c: highest, v: highest });
    expect(found.score).toMatchObject({ value: null, reasons: [{ code: "too-few", need: 3, have: 2 }] });
    expect(found.said.filter((id) => id.includes("crowd"))).toEqual([]);
    expect(found.refusal("flows.A.crowded").reasons[0]).toEqual({ code: "too-few", need: 3, have: 2 });
    expect(found.page.gaps.map(({ key }) => key)).toContain("flows.crowding.gap");
    expect(found.of("concentration").value).toBe(100);
  });

  it("takes a component of this month or the one before, and no older", () => {
    const last = (day: string) => {
      const found = crowdingIssue(three, { c: highest, v: monthly((back) => 100 - back, day), d: lowest });
      return found.of("forwardPe");
    };
    expect(last("2026-01-30").value).toBe(100);
    expect(last("2025-12-31")).toMatchObject({ value: null, reasons: [{ code: "stale" }] });
  });

  it("takes one whose values stand for so many days as long as they do", () => {
    const standing = (staleAfter: number) => {
      const quarterly = { ...monthly((back) => 100 - back, "2025-12-31"), staleAfter };
      return crowdingIssue(three, { c: highest, v: quarterly, d: lowest }).of("forwardPe");
    };
    // From 31 December to 13 February are 44 days.
    expect(standing(44).value).toBe(100);
    expect(standing(43).reasons).toEqual([{ code: "stale" }]);
  });

  it("needs sixty months of a component", () => {
    const months = (n: number) => {
      const { rows = [], ...own } = highest;
      return crowdingIssue(three, { c: highest, v: { ...own, rows: rows.slice(-n - 1) }, d: lowest }).of(
        "forwardPe",
      );
    };
    expect(months(60)).toMatchObject({ status: "ok", window: { n: 60 } });
    expect(months(59).reasons).toEqual([{ code: "too-few", need: 60, have: 59 }]);
  });

  it("measures how the names move together beyond the market over sixty sessions", () => {
    const names = { n1: name(3), n2: name(5), n3: name(11), m: index };
    const rule = { concentration: "c", valuation: "v", members: ["n1", "n2", "n3"], market: "m" };
    const found = crowdingIssue(rule, { c: highest, v: highest, ...names });
    expect(found.of("excessCorrelation")).toMatchObject({ value: 100, series: ["n1", "n2", "n3", "m"] });
    expect(found.said).toContain("flows.A.crowded");
    // Closes that end ten days before the week do not count as today's.
    const { rows = [], ...own } = names.n2;
    const late = { ...own, rows: rows.filter(([day]) => day <= addDays(friday, -10)) };
    expect(
      crowdingIssue(rule, { c: highest, v: highest, ...names, n2: late }).of("excessCorrelation").reasons,
    ).toEqual([{ code: "stale" }]);
  });
});

describe("the flow of a year against assets", () => {
  it("is a component where assets are named", () => {
    const growing = flowSeries(sessions.map((day, i): Row => [day, (i * bn) / 1e4]));
    const found = issueOf(
      {
        series: {
          f: growing,
          w: { kind: "aum", currency: "USD", rows: sessions.map((day): Row => [day, 100 * bn]) },
          c: highest,
          v: highest,
        },
        flows: {
          groups: { A: { ...namedList("A", "f"), assets: ["w"] } },
          compare: [["A"]],
          crowding: [{ ...nothing, concentration: "c", valuation: "v" }],
        },
        sections: ["flows"],
      },
      friday,
    );
    expect(found.fact("flows.A.crowding.flowToAssets")).toMatchObject({
      value: 100,
      series: ["f", "w"],
      window: { n: 120 },
    });
    expect(found.said).toContain("flows.A.crowded");
  });
});
