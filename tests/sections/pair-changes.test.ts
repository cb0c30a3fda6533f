import { describe, expect, it } from "vitest";
import type { IsoDate } from "#src/domain/time.ts";
import type { PairRule } from "#src/domain/workspace.ts";
import { pairData } from "#src/sections/pair-data.ts";
import { datedPair } from "#src/sections/pair-legs.ts";
import { normals } from "#tests/metrics/walks.ts";
import { closesTo, priceOf, type Row, times, weekdaysTo } from "#tests/sections/days.ts";
import { issueOf } from "#tests/sections/issue-of.ts";
import {
  type CaseSeries,
  contextOf,
  type MarketCase,
  namedList,
  pairOf,
} from "#tests/sections/market-case.ts";
import { friday } from "#tests/sections/pairs.ts";

const n = 500;
const noise = (seed: number) => normals(seed, n - 1).map((z) => 0.01 * z);
const moves = noise(1);
/** A share that goes with the market by that beta, and its own way. */
const share = (seed: number, beta: number): readonly Row[] => {
  const own = noise(seed);
  return closesTo(friday, priceOf(moves.map((m, t) => beta * m + (own[t] ?? 0))));
};
/** The basket was A, whose beta is another, and is B; C stays in it. */
const rows = { A: share(2, 3), B: share(3, 0.5), C: share(4, 1), S: share(5, 1) };
const quoted = Object.fromEntries(Object.entries(rows).map(([id, own]) => [id, { rows: own }]));
const series: Readonly<Record<string, CaseSeries>> = {
  ...quoted,
  M: { rows: closesTo(friday, priceOf(moves)) },
  R: { rows: closesTo(friday, times(n, 0.04)), kind: "yield" },
};
const costs = { cash: "R", borrow: 0.003, spread: 0.005, trading: 0.0005 };

/** The first day and member, the last day if any. */
type Time = readonly [member: string, from: IsoDate, until?: string];
const always = "2000-01-03";
const dated = (list: readonly Time[], more: MarketCase["series"] = {}): MarketCase => ({
  series: { ...series, ...more },
  baskets: { up: { name: namedList("up").name, short: namedList("up").name, prose: namedList("up").name } },
  pairs: { p: { ...pairOf([], ["S"]), long: { ...namedList("up"), basket: "up" }, market: "M", costs } },
  declared: [
    {
      kind: "baskets",
      gap: null,
      entries: list.map(([member, from, until = null]) => ({
        key: `up ${member} ${from}`,
        knownAt: null,
        value: JSON.stringify({ basket: "up", member, from, until, source: null }),
      })),
    },
  ],
  sections: ["pair"],
});
/** C, and A until that day comes, from which on it is B. */
const changedOn = (day: IsoDate, more: MarketCase["series"] = {}): MarketCase => {
  const before = weekdaysTo(day, 2)[0] ?? day;
  return dated(
    [
      ["C", always],
      ["A", always, before],
      ["B", day],
    ],
    more,
  );
};
/** The pair of those that are in it now, from that close on. */
const listedFrom = (day: IsoDate): MarketCase => ({
  series: {
    ...series,
    ...Object.fromEntries(
      Object.entries(rows).map(([id, own]) => [id, { rows: own.filter(([date]) => date >= day) }]),
    ),
  },
  pairs: { p: { ...pairOf(["C", "B"], ["S"]), market: "M", costs } },
  sections: ["pair"],
});

const issue = (of: MarketCase) => {
  const found = issueOf(of, friday);
  const value = (measure: string) => found.fact(`pair.p.${measure}`).value;
  return { ...found, value, gaps: found.section("pair").gaps.map(({ key }) => key) };
};
/** The day from which on there are so many returns to that Friday. */
const day = (returns: number): IsoDate => weekdaysTo(friday, returns)[0] ?? friday;

const ofMarket = ["market.week", "own.week", "own-long.week", "own-short.week", "beta", "beta.t"];
const ofCosts = ["gross", "net", "cost"];

describe("the market and a pair whose members changed", () => {
  it("is of the days since, as if it had been those members only, where they are enough", () => {
    const found = issue(changedOn(day(125)));
    const now = issue(listedFrom(day(126)));
    for (const measure of [...ofMarket, "beta.sessions"])
      expect([measure, found.value(measure)]).toEqual([measure, now.value(measure)]);
    expect(found.value("beta.sessions")).toBe(125);
    expect(found.gaps.filter((key) => key.startsWith("pair.gaps.market"))).toEqual([]);
  });

  it("is not given a day before, with the reason and a gap", () => {
    const found = issue(changedOn(day(124)));
    for (const measure of ofMarket) {
      expect(found.value(measure)).toBeNull();
      const { reasons } = found.fact(`pair.p.${measure}`);
      expect(reasons).toEqual([{ code: "members-changed", need: 125, have: 124 }]);
    }
    expect(found.gaps).toContain("pair.gaps.market.members");
    expect(found.said.filter((id) => /\.(split|beta)/.test(id))).toEqual([]);
  });

  it("is of the whole year where they changed before it", () => {
    const [found, now] = [issue(changedOn(day(300))), issue(listedFrom(day(301)))];
    expect(found.value("beta")).toBe(now.value("beta"));
    expect(found.value("beta.sessions")).toBe(252);
  });

  it("asks nothing of an exchange that only those traded on who left", () => {
    const abroad = { A: { rows: rows.A, calendar: "KRX" } };
    expect(issue(changedOn(day(300), abroad)).value("beta")).toBe(issue(changedOn(day(300))).value("beta"));
    const present = { B: { rows: rows.B, calendar: "KRX" } };
    const { reasons } = issue(changedOn(day(300), present)).fact("pair.p.beta");
    expect(reasons).toEqual([{ code: "closes-apart" }]);
  });
});

describe("costs of a pair whose members changed", () => {
  it("are those of the present members since a change on the year's first day", () => {
    const found = issue(changedOn("2026-01-01"));
    const now = issue(listedFrom("2025-12-31"));
    for (const measure of ofCosts)
      for (const span of ["week", "year"])
        expect(found.value(`${measure}.${span}`)).toBe(now.value(`${measure}.${span}`));
    expect(found.value("net.year")).not.toBeNull();
    expect(found.gaps.filter((key) => key.startsWith("pair.gaps.costs"))).toEqual([]);
  });

  it("are not given of a year in which they changed, with the reason and a gap; of its week they are", () => {
    const found = issue(changedOn("2026-01-02"));
    const now = issue(listedFrom("2026-01-01"));
    expect(found.fact("pair.p.net.year")).toMatchObject({
      value: null,
      reasons: [{ code: "members-changed" }],
    });
    for (const measure of ofCosts) expect(found.value(`${measure}.week`)).toBe(now.value(`${measure}.week`));
    expect(found.gaps).toContain("pair.gaps.costs.year");
    expect(found.gaps).not.toContain("pair.gaps.costs.members");
  });

  it("are not given of a week in which they changed; on its first day they may", () => {
    const monday = issue(changedOn("2026-02-09"));
    expect(monday.value("net.week")).not.toBeNull();
    const found = issue(changedOn("2026-02-10"));
    expect(found.fact("pair.p.net.week").reasons).toEqual([{ code: "members-changed" }]);
    expect(found.gaps.filter((key) => key.startsWith("pair.gaps.costs"))).toEqual([
      "pair.gaps.costs.members",
    ]);
  });
});

describe("a list that renews a membership", () => {
  it("changes nothing", () => {
    const renewed = issue(
      dated([
        ["C", always, "2026-02-10"],
        ["B", always],
        ["C", "2026-02-11"],
      ]),
    );
    const plain = issue(
      dated([
        ["C", always],
        ["B", always],
      ]),
    );
    for (const measure of [...ofMarket, "net.week", "net.year"]) {
      expect(plain.value(measure)).not.toBeNull();
      expect([measure, renewed.value(measure)]).toEqual([measure, plain.value(measure)]);
    }
  });
});

describe("a series beside the members", () => {
  const dataOf = (of: MarketCase, also: readonly string[]) => {
    const context = contextOf(of, friday);
    const rule: PairRule = context.workspace.pairs.p ?? pairOf([], []);
    return pairData(context.panel, datedPair(context, rule), also);
  };
  const lacking = (...days: readonly IsoDate[]): MarketCase["series"] => ({
    M: { rows: (series.M?.rows ?? []).filter(([date]) => !days.includes(date)) },
  });

  it("has a value on each day of each piece", () => {
    // One in the piece of A, the evening of the change, and one in that of B.
    const [early, evening, late] = [day(320), day(301), day(200)];
    const of = changedOn(day(300), lacking(early, evening, late));
    const data = dataOf(of, ["M"]);
    expect(data?.pieces).toHaveLength(2);
    const [first, second] = data?.pieces ?? [];
    for (const piece of [first, second]) {
      expect(piece?.beside.map(({ length }) => length)).toEqual([piece?.dates.length]);
      for (const each of [early, evening, late]) expect(piece?.dates).not.toContain(each);
    }
    expect(second?.dates[0]).toBe(first?.dates.at(-1));
    expect(data?.dates).toHaveLength(n - 1 - 3);
    const paid = new Map(series.M?.rows?.map(([date, value]) => [date, value]));
    expect(second?.beside[0]).toEqual(second?.dates.map((date) => paid.get(date)));
  });

  it("takes no history away by a session that no member had", () => {
    // B alone was in the basket on a day on which no share was traded; the market was.
    const holiday = day(300);
    const shut = Object.fromEntries(
      Object.entries(rows).map(([id, own]) => [id, { rows: own.filter(([date]) => date !== holiday) }]),
    );
    const of = dated(
      [
        ["A", always],
        ["B", holiday, holiday],
      ],
      shut,
    );
    expect(dataOf(of, ["M"])?.start).toBe(dataOf(of, [])?.start);
    expect(dataOf(of, ["M"])?.dates).toHaveLength(n - 2);
  });
});
