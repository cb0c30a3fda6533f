import { describe, expect, it } from "vitest";
import type { GivenList } from "#src/domain/declared.ts";
import type { PairLeg } from "#src/domain/workspace.ts";
import { pairData } from "#src/sections/pair-data.ts";
import { datedPair } from "#src/sections/pair-legs.ts";
import { closesTo, type Row, series } from "#tests/sections/days.ts";
import { issueOf } from "#tests/sections/issue-of.ts";
import { contextOf, type MarketCase, pairOf } from "#tests/sections/market-case.ts";

const friday = "2026-02-13";
const name = (text: string) => ({ en: text, "zh-CN": text });
const named = (text: string) => ({ name: name(text), short: name(text), prose: name(text) });
const leg = (basket: string): PairLeg => ({ name: name(basket), members: [], basket });

/** Who is in a basket when: the first and last day, and when that was known. */
type Time = readonly [member: string, from: string, until?: string | null, knownAt?: string];
const list = (baskets: Readonly<Record<string, readonly Time[]>>): readonly GivenList[] => [
  {
    kind: "baskets",
    gap: null,
    entries: Object.entries(baskets).flatMap(([basket, times]) =>
      times.map(([member, from, until = null, knownAt = null]) => ({
        key: `${basket} ${member} ${from}`,
        knownAt: knownAt === null ? null : Date.parse(knownAt),
        value: JSON.stringify({ basket, member, from, until, source: null }),
      })),
    ),
  },
];

/** Closes up to that Friday with the returns of the last days given, small ones before. */
const closes = (n: number, ...last: readonly number[]): readonly Row[] => {
  const returns = [...series(n - 1 - last.length, (i) => (i % 2 === 0 ? 0.001 : -0.001)), ...last];
  const prices = [100];
  for (const each of returns) prices.push((prices.at(-1) ?? 100) * (1 + each));
  return closesTo(friday, prices);
};
const still = closes(400);

/** A basket, long against a share that hardly moves; its members' closes. */
const market = (
  rows: Readonly<Record<string, readonly Row[]>>,
  times: readonly Time[],
  rest: Partial<MarketCase> = {},
): MarketCase => ({
  series: {
    ...Object.fromEntries(Object.entries(rows).map(([id, own]) => [id, { rows: own }])),
    S: { rows: still },
  },
  baskets: { up: named("up") },
  pairs: { p: { ...pairOf([], ["S"]), long: leg("up") } },
  declared: list({ up: times }),
  sections: ["pair", "sources"],
  ...rest,
});
const dataOf = (of: MarketCase, asOf = friday) => {
  const context = contextOf(of, asOf);
  const rule = context.workspace.pairs.p;
  if (rule === undefined) throw new RangeError("no pair");
  const pair = datedPair(context, rule);
  return { pair, data: pairData(context.panel, pair) };
};
/** The long leg's returns by day. */
const longOf = (of: MarketCase, asOf = friday): ReadonlyMap<string, number> => {
  const { data } = dataOf(of, asOf);
  return new Map(data?.dates.map((date, i) => [date, data.returns.long[i] ?? Number.NaN]));
};

describe("a pair whose leg is a basket", () => {
  const rows = {
    A: closes(400, 0.01, 0.1, -0.5, 0.02, 0.03),
    B: closes(400, -0.02, 0.2, 0.05, 0.04, -0.01),
    C: closes(400, 0.03, 0.01, 0.02, -0.02, 0.01),
  };

  it("whose members never change is the same as one of listed members, number by number", () => {
    const listed: MarketCase = { ...market(rows, []), pairs: { p: pairOf(["A", "B", "C"], ["S"]) } };
    const dated = market(rows, [
      ["A", "2000-01-03"],
      ["B", "2000-01-03"],
      ["C", "2000-01-03"],
    ]);
    expect(dataOf(dated).data).toEqual(dataOf(listed).data);
    const numbers = (of: MarketCase) =>
      issueOf(of, friday).composed.facts.facts.flatMap(({ id, value }) =>
        id.startsWith("pair.") ? [[id, value]] : [],
      );
    expect(numbers(dated).length).toBeGreaterThan(20);
    expect(numbers(dated)).toEqual(numbers(listed));
  });

  it("has on each day the return of the members of that day, equally weighted", () => {
    // A to Tuesday, B from Wednesday on, C all the time.
    const of = market(rows, [
      ["A", "2000-01-03", "2026-02-10"],
      ["B", "2026-02-11"],
      ["C", "2000-01-03"],
    ]);
    const long = longOf(of);
    expect(long.get("2026-02-10")).toBeCloseTo((0.1 + 0.01) / 2, 12);
    expect(long.get("2026-02-11")).toBeCloseTo((0.05 + 0.02) / 2, 12);
    expect(long.get("2026-02-12")).toBeCloseTo((0.04 - 0.02) / 2, 12);
    expect(dataOf(of).data?.pieces.map(({ long: { members } }) => members)).toEqual([
      ["A", "C"],
      ["C", "B"],
    ]);
    expect(dataOf(of).data?.dates).toHaveLength(399);
    expect(dataOf(of).data?.spans.every((n) => n === 1)).toBe(true);
  });

  it("knows before a change nothing of it, and afterwards changes nothing of the days before", () => {
    const times: readonly Time[] = [
      ["A", "2000-01-03", "2026-02-10"],
      ["B", "2026-02-11"],
    ];
    const [before, after] = [longOf(market(rows, times), "2026-02-06"), longOf(market(rows, times))];
    expect([...before]).toEqual([...longOf(market(rows, [["A", "2000-01-03"]]), "2026-02-06")]);
    for (const [day, value] of before) expect(after.get(day)).toBe(value);
  });

  it("shows in the week's attribution who was in it, and its parts add up to the leg", () => {
    const found = issueOf(
      market(rows, [
        ["A", "2000-01-03", "2026-02-10"],
        ["B", "2026-02-11"],
        ["C", "2025-01-02", "2025-06-30"],
      ]),
      friday,
    );
    const parts = found.factIds.filter((id) => id.startsWith("pair.p.part."));
    expect(parts).toEqual(["pair.p.part.A", "pair.p.part.B", "pair.p.part.S"]);
    const value = (id: string) => Number(found.fact(id).value);
    expect(value("pair.p.part.A") + value("pair.p.part.B")).toBeCloseTo(value("pair.p.long.week"), 12);
    const figure = found.section("pair").figures.find(({ id }) => id === "pair.p-attribution");
    expect(figure?.series).toEqual(["A", "B", "S"]);
  });

  it("tells the parts of a member apart that changed sides within the week", () => {
    const of = market(rows, [], {
      baskets: { up: named("up"), down: named("down") },
      pairs: { p: { ...pairOf([], []), long: leg("up"), shorts: leg("down") } },
      declared: list({
        up: [
          ["A", "2000-01-03", "2026-02-10"],
          ["B", "2000-01-03"],
        ],
        down: [
          ["C", "2000-01-03"],
          ["A", "2026-02-11"],
        ],
      }),
    });
    const parts = issueOf(of, friday).factIds.filter((id) => id.startsWith("pair.p.part."));
    expect(parts).toEqual(["pair.p.part.A", "pair.p.part.B", "pair.p.part.C", "pair.p.part.A.short"]);
  });

  it("takes in a share on the day after its first price, and loses no day for it", () => {
    const listedOn = rows.B.filter(([day]) => day >= "2026-02-11");
    const long = longOf(
      market({ ...rows, B: listedOn }, [
        ["A", "2000-01-03"],
        ["B", "2026-02-11"],
      ]),
    );
    expect(long.size).toBe(399);
    expect(long.get("2026-02-11")).toBeCloseTo(-0.5, 12);
    expect(long.get("2026-02-12")).toBeCloseTo((0.02 + 0.04) / 2, 12);
  });

  it("goes on after a member that is traded no longer has left it", () => {
    const gone = rows.A.filter(([day]) => day <= "2026-02-06");
    const times: readonly Time[] = [
      ["A", "2000-01-03", "2026-02-06"],
      ["C", "2000-01-03"],
    ];
    const { data } = dataOf(market({ ...rows, A: gone }, times));
    expect(data?.dates.at(-1)).toBe(friday);
    expect(data?.dates).toHaveLength(399);
  });

  it("measures a day that members of a change did not share over more sessions, and says so", () => {
    // B has no price on the evening before it comes.
    const late = rows.B.filter(([day]) => day !== "2026-02-10");
    const { data } = dataOf(
      market({ ...rows, B: late }, [
        ["A", "2000-01-03", "2026-02-10"],
        ["B", "2026-02-11"],
      ]),
    );
    const at = (day: string) => data?.dates.indexOf(day) ?? -1;
    expect(at("2026-02-10")).toBe(-1);
    expect(data?.spans[at("2026-02-11")]).toBe(2);
    expect(data?.returns.long[at("2026-02-11")]).toBeCloseTo(1.2 * 1.05 - 1, 12);
    expect(data?.dates).toHaveLength(398);
  });

  it("begins anew after a time without members, and after one of which its members share no session", () => {
    const hole = market(rows, [
      ["A", "2000-01-03", "2025-12-31"],
      ["B", "2026-01-12"],
    ]);
    expect(dataOf(hole).data?.start).toBe("2026-01-09");
    const holiday = rows.C.filter(([day]) => day < "2025-12-01" || day > "2026-01-09");
    const unshared = market({ ...rows, C: holiday }, [
      ["A", "2000-01-03"],
      ["C", "2025-12-01", "2026-01-09"],
    ]);
    expect(dataOf(unshared).data?.start).toBe("2026-01-09");
  });

  it("of which nothing is known yet is a gap", () => {
    const later = issueOf(market(rows, [["A", "2026-02-16"]]), friday);
    expect(later.section("pair").gaps.map(({ key }) => key)).toEqual(["pair.gap"]);
    const ended = issueOf(market(rows, [["A", "2000-01-03", "2026-01-30"]]), friday);
    expect(ended.section("pair").gaps.map(({ key }) => key)).toEqual(["pair.gap"]);
  });

  it("is a gap where the catalogue has a member no more", () => {
    const found = issueOf(
      market(rows, [
        ["A", "2000-01-03"],
        ["GONE", "2000-01-03", "2020-12-31"],
      ]),
      friday,
    );
    expect(found.section("pair").gaps.map(({ key }) => key)).toEqual(["pair.gap"]);
  });

  it("is not followed yet where that begins after the week, and says only that it was chosen afterwards", () => {
    const told = (knownAt: string) =>
      dataOf(
        market(rows, [["A", "2025-01-02", null, knownAt]], {
          pairs: { p: { ...pairOf([], ["S"], "2025-01-02"), long: leg("up") } },
        }),
      ).pair;
    expect(told("2026-02-12T12:00:00Z")).toMatchObject({ inception: friday, basis: "dated-live" });
    expect(told("2026-02-13T12:00:00Z")).toMatchObject({ inception: null, basis: "back-cast" });
  });

  /** In the words, or where there is a table of statistics under it. */
  const method = (times: readonly Time[], rest: Partial<MarketCase> = {}) => {
    const { words, tables } = issueOf(market(rows, times, rest), friday).section("pair");
    return [...words.flat(), ...tables.flatMap(({ notes }) => notes)]
      .map(({ key }) => key)
      .filter((key) => key.startsWith("pair.method."));
  };

  it("says on what list it stands, since when it is followed, and that nobody is on record who left", () => {
    const [bias, undated] = ["pair.method.survivorship", "pair.method.dated-back-cast"];
    const left: readonly Time[] = [
      ["A", "2000-01-03"],
      ["B", "2000-01-03", "2025-12-31"],
    ];
    expect(
      method([["A", "2000-01-03"]], {
        pairs: { p: { ...pairOf([], ["S"], "2000-01-03"), long: leg("up") } },
      }),
    ).toEqual([undated, bias]);
    expect(method(left)).toEqual([undated]);
    // Followed, but the other leg is listed, and back-cast.
    const live: readonly Time[] = [["A", "2025-06-02", null, "2025-06-01T00:00:00Z"]];
    expect(method(live)).toEqual(["pair.method.back-cast"]);
    const since = { pairs: { p: { ...pairOf([], ["S"], "2025-01-02"), long: leg("up") } } };
    expect(method(live, since)).toEqual(["pair.method.dated-live"]);
    expect(dataOf(market(rows, live, since)).pair.inception).toBe("2025-06-02");
    const other = { pairs: { p: { ...pairOf([], ["S"], "2025-09-01"), long: leg("up") } } };
    expect(dataOf(market(rows, live, other)).pair.inception).toBe("2025-09-01");
    expect(method([], { pairs: { p: pairOf(["A"], ["S"]) } })).toEqual(["pair.method.back-cast"]);
  });
});
