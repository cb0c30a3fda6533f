import { describe, expect, it } from "vitest";
import type { IsoDate } from "#src/domain/time.ts";
import type { PairCosts } from "#src/domain/workspace.ts";
import { normals, walk, pairOf as walksOf } from "#tests/metrics/walks.ts";
import { closesTo, priceOf, type Row, series, times } from "#tests/sections/days.ts";
import { issueOf } from "#tests/sections/issue-of.ts";
import { type CaseSeries, type MarketCase, pairOf } from "#tests/sections/market-case.ts";
import { friday, still } from "#tests/sections/pairs.ts";

const n = 800;
const level = (path: readonly number[]): readonly Row[] =>
  closesTo(
    friday,
    path.map((x) => 100 * Math.exp(x)),
  );
/** Two walks that have nothing to do with one another. */
const apart = { L: level(walk(1, n, 0.01)), S: level(walk(2, n, 0.01)) };
/** Two legs of which each comes back to the other within days. */
const { long, short } = walksOf(3, n, 0.6);
const together = { L: closesTo(friday, long), S: closesTo(friday, short) };

interface Rest {
  readonly market?: string;
  readonly costs?: Partial<PairCosts>;
  readonly series?: Readonly<Record<string, CaseSeries>>;
  readonly kind?: CaseSeries["kind"];
  readonly calendar?: string;
  readonly more?: MarketCase["pairs"];
}

const costs: PairCosts = { cash: "R", borrow: 0.003, spread: 0.005, trading: 0.0005 };

function issue(legs: Readonly<Record<"L" | "S", readonly Row[]>>, rest: Rest = {}) {
  const { kind = "total-return", calendar = "NYSE" } = rest;
  const found = issueOf(
    {
      series: { L: { rows: legs.L, kind, calendar }, S: { rows: legs.S, kind, calendar }, ...rest.series },
      pairs: {
        p: {
          ...pairOf(["L"], ["S"]),
          market: rest.market ?? null,
          costs: rest.costs === undefined ? null : { ...costs, ...rest.costs },
        },
        ...rest.more,
      },
      sections: ["pair"],
    },
    friday,
  );
  const part = found.section("pair");
  const table = part.tables.find(({ id }) => id === "pair.p-statistics");
  const rows = table?.rows.map(({ head }) => head.key.replace("pair.table.row.", ""));
  const reading = (key: string) => {
    const row = table?.rows.find(({ head }) => head.key === `pair.table.row.${key}`);
    const cell = row?.cells.at(-1);
    return cell != null && "say" in cell ? cell.say.key.replace("pair.table.reading.", "") : null;
  };
  const told = part.words.flat().map(({ key }) => key);
  return { ...found, part, table, rows, reading, told, gaps: part.gaps.map(({ key }) => key) };
}

const yields = (value: number): readonly Row[] => closesTo(friday, times(n, value));
/** The same rows but those of a day. */
const without = (rows: readonly Row[], day: IsoDate) => rows.filter(([date]) => date !== day);

describe("whether the legs of a pair keep together", () => {
  it("is said of legs that do, with a half-life and the z of their spread", () => {
    const found = issue(together);
    expect(found.said).toContain("pair.p.relation.found");
    expect(found.fact("pair.p.cointegration").stats).toMatchObject({ q: expect.any(Number) });
    expect(found.fact("pair.p.cointegration").window).toMatchObject({ n: 500, end: "2026-02-12" });
    expect(found.said).toContain("pair.p.half-life");
    expect(found.said.filter((id) => id.startsWith("pair.p.spread"))).toHaveLength(1);
    expect(found.said.filter((id) => id.startsWith("pair.p.move"))).toEqual([]);
    expect(found.rows).toEqual(["ordinary", "relation", "half-life", "spread"]);
    expect(found.reading("relation")).toBe("relation.found");
    expect(found.reading("spread")).toBe("spread.mean-reverting");
    expect(found.told).toContain("pair.relation.found.text");
    expect(found.told).toContain("pair.half-life.text");
  });

  it("is refused of legs that do not, and so is a half-life; the z is of the return", () => {
    const found = issue(apart);
    expect(found.said).toContain("pair.p.relation.none");
    expect(found.refusal("pair.p.relation")).toMatchObject({
      word: "move together in the long run",
      instead: "pair.p.relation.none",
    });
    expect(found.refusal("pair.p.relation").reasons[0]?.code).toBe("not-cointegrated");
    expect(found.fact("pair.p.half-life")).toMatchObject({
      value: null,
      reasons: [{ code: "not-cointegrated" }],
    });
    expect(found.refused).toContain("pair.p.half-life");
    expect(found.rows).toEqual(["ordinary", "relation", "move"]);
    expect(found.told).toContain("pair.relation.none.text");
    expect(found.told.some((key) => key.startsWith("pair.spread"))).toBe(false);
  });

  it("says both orders, of which the smaller p-value counts twice", () => {
    const found = issue(apart);
    const cell = found.table?.rows.find(({ head }) => head.key === "pair.table.row.relation")?.cells.at(-1);
    expect(cell).toMatchObject({
      say: {
        places: {
          a: { fact: "pair.p.cointegration.long-on-short" },
          b: { fact: "pair.p.cointegration.short-on-long" },
        },
      },
    });
  });

  it("knows nothing of the last session, and neither do hedge ratios", () => {
    const shocked = { ...apart, L: apart.L.map(([day, v]): Row => [day, day === friday ? v * 1.3 : v]) };
    const [before, after] = [issue(apart), issue(shocked)];
    for (const id of ["cointegration", "hedge.ordinary", "hedge.orthogonal", "hedge.low", "hedge.high"])
      expect(after.fact(`pair.p.${id}`).value).toBe(before.fact(`pair.p.${id}`).value);
    expect(after.fact("pair.p.spread.z").value).not.toBe(before.fact("pair.p.spread.z").value);
  });

  it("needs 251 sessions with the last, and says so in a line", () => {
    const cut = (rows: readonly Row[], count: number) => rows.slice(-count);
    const of = (count: number) => issue({ L: cut(apart.L, count), S: cut(apart.S, count) });
    expect(of(251).said).toContain("pair.p.relation.none");
    expect(of(251).fact("pair.p.cointegration")).toMatchObject({
      status: "warn",
      reasons: [{ code: "short-window", need: 500, have: 250 }],
    });
    const found = of(250);
    expect(found.fact("pair.p.cointegration").reasons).toEqual([{ code: "too-few", need: 250, have: 249 }]);
    expect(found.gaps).toEqual(["pair.gaps.levels.short"]);
    expect(found.table).toBeUndefined();
    expect(found.told.at(-1)).toBe("pair.method.back-cast");
  });

  it("says nothing of legs that share less than three quarters of their sessions", () => {
    const thin = (keep: (i: number) => boolean) =>
      issue({ L: apart.L, S: apart.S.filter((_, i) => i >= n - 12 || keep(i)) });
    expect(thin((i) => i % 5 !== 0).said).toContain("pair.p.relation.none");
    const found = thin((i) => i % 3 !== 0);
    expect(found.fact("pair.p.cointegration").reasons[0]).toMatchObject({
      code: "coverage-below",
      need: 0.75,
    });
    expect(found.gaps).toEqual(["pair.gaps.levels.short"]);
  });

  it("is judged with the tests of all pairs: one of many may be chance", () => {
    // By itself its p-value is below 5 %; among those of eight pairs its q-value is above 10 %.
    const others = Array.from({ length: 7 }, (_, i) => [`A${i}`, `B${i}`] as const);
    const names = others.flat();
    const rest = {
      series: Object.fromEntries(names.map((id, i) => [id, { rows: level(walk(100 + i, n, 0.01)) }])),
      more: Object.fromEntries(others.map(([a, b], i) => [`o${i}`, pairOf([a], [b])])),
    };
    const legs = { L: level(walk(chance, n, 0.01)), S: level(walk(chance + 1, n, 0.01)) };
    const alone = issue(legs);
    expect(alone.said).toContain("pair.p.relation.found");
    const found = issue(legs, rest);
    expect(found.fact("pair.p.cointegration").value).toBe(alone.fact("pair.p.cointegration").value);
    expect(found.said).toContain("pair.p.relation.tentative");
    expect(found.refusal("pair.p.relation").reasons[0]).toMatchObject({ code: "q-above", need: 0.1 });
    expect(found.fact("pair.p.half-life").value).not.toBeNull();
    expect(found.refused).toContain("pair.p.half-life");
    expect(found.rows).toEqual(["ordinary", "relation", "move"]);
  });

  it("names what the levels are of", () => {
    const notes = (kind: CaseSeries["kind"]) => issue(apart, { kind }).table?.notes.map(({ key }) => key);
    expect(notes("total-return")).toContain("pair.table.basis.total-return");
    expect(notes("price")).toContain("pair.table.basis.price");
  });
});

/** A seed of two independent walks whose test happens to find a relation. */
const chance = 210;

describe("hedge ratios", () => {
  const path = walk(5, n, 0.01);
  const noise = normals(6, n).map((e) => e / 1000);
  const legs = (slope: number) => ({
    L: level(path.map((x, i) => slope * x + (noise[i] ?? 0))),
    S: level(path),
  });

  it.each([
    [0.9, null, "hedge.none.rolling"],
    [3.5, "pair.p.hedge.large", "hedge.large.rolling"],
    [-0.5, "pair.p.hedge.negative", "hedge.negative.rolling"],
  ] as const)("of %d", (slope, word, reading) => {
    const found = issue(legs(slope));
    expect(found.fact("pair.p.hedge.ordinary").value).toBeCloseTo(slope, 1);
    expect(found.fact("pair.p.hedge.orthogonal").value).toBeCloseTo(slope, 1);
    expect(found.said.filter((id) => id.includes(".hedge."))).toEqual(word === null ? [] : [word]);
    expect(found.reading("ordinary")).toBe(reading);
    expect(found.fact("pair.p.hedge.ordinary").status).toBe(word === null ? "ok" : "warn");
  });

  it("that one measure puts above three and the other does not are told as both", () => {
    // A short leg that hardly moves beside the noise of a long one that moves much.
    const loud = normals(8, n).map((e) => e / 10);
    const [L, S] = [level(path.map((x, i) => 0.8 * x + (loud[i] ?? 0))), level(path.map((x) => x / 2))];
    const found = issue({ L, S });
    const [ordinary, orthogonal] = ["ordinary", "orthogonal"].map((each) =>
      Number(found.fact(`pair.p.hedge.${each}`).value),
    );
    expect([(ordinary ?? 9) < 3, (orthogonal ?? 0) > 3]).toEqual([true, true]);
    expect(found.said.filter((id) => id.includes(".hedge."))).toEqual(["pair.p.hedge.apart"]);
    expect(found.reading("ordinary")).toBe("hedge.apart.rolling");
    const { places } = found.statement("pair.p.hedge.apart").claim;
    expect(places).toMatchObject({
      ordinary: { fact: "pair.p.hedge.ordinary" },
      orthogonal: { fact: "pair.p.hedge.orthogonal" },
    });
  });

  it("have a rolling range once there is a year of them", () => {
    const cut = ({ L, S }: ReturnType<typeof legs>, count: number) => ({
      L: L.slice(-count),
      S: S.slice(-count),
    });
    expect(issue(cut(legs(0.9), 504)).reading("ordinary")).toBe("hedge.none.rolling");
    expect(issue(cut(legs(0.9), 503)).reading("ordinary")).toBe("hedge.none.year");
  });
});

describe("how far a pair has gone", () => {
  /** Days of ±0.1 % against a leg that stands still, and then a last one. */
  const moves = (last: number) => {
    const quiet = series(n - 2, (i) => (i % 7 < 3 ? 0.001 : -0.0008) + (i % 60 < 30 ? 0.0005 : -0.0005));
    return { L: closesTo(friday, priceOf([...quiet, last])), S: apart.S.map(([day]): Row => [day, 100]) };
  };

  it("is unusual from two deviations on", () => {
    const found = issue(moves(0.2));
    expect(found.said).toContain("pair.p.move.far.up");
    expect(found.told).toContain("pair.move.text.far.up");
    expect(found.statement("pair.p.move.far.up").tail).toEqual({ share: 1 / 37, n: 37, record: false });
    const quiet = issue(moves(0));
    expect(quiet.refusal("pair.p.move.far").reasons[0]).toMatchObject({ code: "z-below", need: 2 });
    // One line makes no table, and is said.
    expect(quiet.table).toBeUndefined();
    expect(quiet.told.filter((key) => key.startsWith("pair.move.text.plain."))).toHaveLength(1);
  });

  it("is not unusual as a gain where it lies far below the usual gain", () => {
    const quiet = series(n - 21, (i) => 0.004 + (i % 7 < 3 ? 0.001 : -0.0008));
    const rising = [...quiet, ...series(20, () => 0.0005)];
    const found = issue({ L: closesTo(friday, priceOf(rising)), S: apart.S.map(([day]): Row => [day, 100]) });
    expect(Number(found.fact("pair.p.return.20").value)).toBeGreaterThan(0.005);
    expect(Number(found.fact("pair.p.return.20.z").value)).toBeLessThan(-2);
    expect(found.said).toContain("pair.p.move.up");
    expect(found.refused).toContain("pair.p.move.far");
  });

  it("has legs that do not move tested for nothing", () => {
    const found = issue(moves(0));
    expect(found.gaps).toEqual(["pair.gaps.levels.other"]);
    expect(found.fact("pair.p.cointegration").reasons).toEqual([{ code: "zero-variance" }]);
  });
});

describe("what the market had to do with a pair", () => {
  const market = normals(11, n - 1).map((e) => e / 100);
  const own = normals(12, n - 1).map((e) => e / 100);
  const rows = (returns: readonly number[]) => closesTo(friday, priceOf(returns));
  const legs = (beta: number) => ({
    L: rows(market.map((m, i) => (1 + beta) * m + (own[i] ?? 0))),
    S: rows(market),
  });
  const M = { rows: rows(market) };

  it("is split into the market's part and the pair's own, which add up to the week", () => {
    const found = issue(legs(0.5), { market: "M", series: { M } });
    const [week, part, rest, long, short] = [
      "return.week",
      "market.week",
      "own.week",
      "own-long.week",
      "own-short.week",
    ].map((id) => Number(found.fact(`pair.p.${id}`).value));
    expect((part ?? 0) + (rest ?? 0)).toBeCloseTo(week ?? Number.NaN, 12);
    expect((long ?? 0) + (short ?? 0)).toBeCloseTo(rest ?? Number.NaN, 12);
    expect(found.fact("pair.p.market.week").series).toEqual(["L", "S", "M"]);
    expect(found.rows?.slice(0, 2)).toEqual(["market", "beta"]);
    expect(found.said.filter((id) => id.startsWith("pair.p.split"))).toHaveLength(1);
    expect(found.told.some((key) => key.startsWith("pair.split"))).toBe(true);
  });

  it("is “mostly” from two thirds on, where both went the way of the whole", () => {
    // Market and pair still but on Friday: long 1.5 times the market and what it does by itself.
    const week = (m: number, alone: number) => {
      const last = (path: readonly number[], r: number) => [...path.slice(0, -5), 0, 0, 0, 0, r];
      const all = last(market, m);
      const quiet = market.map((x, i) => 1.5 * x + (own[i] ?? 0) / 1e6);
      return issue(
        { L: rows(last(quiet, 1.5 * m + alone)), S: rows(all) },
        { market: "M", series: { M: { rows: rows(all) } } },
      ).said.find((id) => id.includes(".split."));
    };
    expect(week(0.02, 0.0049)).toBe("pair.p.split.up.market-mostly");
    expect(week(0.02, 0.0051)).toBe("pair.p.split.plain");
    expect(week(0.02, 0.021)).toBe("pair.p.split.up.own-mostly");
    expect(week(-0.02, -0.0049)).toBe("pair.p.split.down.market-mostly");
    expect(week(0.02, -0.005)).toBe("pair.p.split.plain");
    expect(week(0.02, 0.0003)).toBe("pair.p.split.plain");
  });

  it("is neutral without a beta, and not with one", () => {
    const neutral = issue(legs(0), { market: "M", series: { M } });
    expect(neutral.said).toContain("pair.p.beta.neutral");
    expect(neutral.reading("beta")).toBe("beta.neutral");
    expect(neutral.told).toContain("pair.beta.neutral.text");
    const exposed = issue(legs(0.5), { market: "M", series: { M } });
    expect(exposed.said).toContain("pair.p.beta.exposed");
    expect(exposed.refusal("pair.p.beta.neutral").reasons[0]?.code).toBe("beta-significant");
    expect(exposed.fact("pair.p.beta").window.n).toBe(252);
    expect(Number(exposed.fact("pair.p.beta.t").value)).toBeGreaterThan(3);
    expect(exposed.told.some((key) => key.startsWith("pair.beta"))).toBe(false);
  });

  it.each([
    ["ends early", { rows: M.rows.slice(0, -4) }, "old", "stale"],
    ["closes at another hour", { ...M, calendar: "KRX" }, "hours", "closes-apart"],
    [
      "lacks a session of the week",
      { rows: without(M.rows, "2026-02-11") },
      "sessions",
      "market-lacks-session",
    ],
    [
      "lacks the session before it",
      { rows: without(M.rows, "2026-02-06") },
      "sessions",
      "market-lacks-session",
    ],
    ["has a short history", { rows: M.rows.slice(-120) }, "short", "too-few"],
  ] as const)("is not said where the market %s", (_, other, why, code) => {
    const found = issue(legs(0.5), { market: "M", series: { M: other } });
    expect(found.fact("pair.p.market.week")).toMatchObject({ value: null, reasons: [{ code }] });
    expect(found.gaps).toEqual([`pair.gaps.market.${why}`]);
    expect(found.rows).not.toContain("market");
    expect(found.refusal("pair.p.split.mostly").reasons[0]?.code).toBe(code);
  });

  it("needs its 120 returns before the week, the beta with the week's", () => {
    const of = (sessions: number) =>
      issue(legs(0.5), { market: "M", series: { M: { rows: M.rows.slice(-sessions) } } });
    expect(of(126).gaps).toEqual([]);
    for (const sessions of [121, 125]) {
      const found = of(sessions);
      expect(found.gaps).toEqual(["pair.gaps.split.short"]);
      expect(found.rows?.[0]).toBe("beta");
      expect(found.fact("pair.p.beta").value).not.toBeNull();
    }
    expect(of(120).gaps).toEqual(["pair.gaps.market.short"]);
  });

  it("is said where another exchange closes within the hour", () => {
    // Tokyo and Seoul close at the same moment; Frankfurt four hours and a half before New York.
    const of = (calendar: string, other: string) =>
      issue(legs(0.5), { market: "M", calendar, series: { M: { ...M, calendar: other } } }).gaps;
    expect(of("KRX", "TSE")).toEqual([]);
    expect(of("NYSE", "XETR")).toEqual(["pair.gaps.market.hours"]);
  });
});

describe("what a pair costs", () => {
  const quiet = { L: still(300), S: still(300) };
  const R = (value: number, rows = yields(value)): Readonly<Record<string, CaseSeries>> => ({
    R: { rows, kind: "yield" },
  });
  const year = "2026-01-02";

  it("is financing and borrowing by days of the calendar, where nothing is traded", () => {
    const found = issue(quiet, { costs: {}, series: R(0.04) });
    // Seven days from Friday to Friday at 0.8 % a year of 360 days, of which weekdays compound.
    expect(found.fact("pair.p.cost.week").value).toBeCloseTo((-0.008 * 7 * 10_000) / 360, 3);
    // From 31 December to 13 February there are 44 days.
    expect(found.fact("pair.p.cost.year").value).toBeCloseTo((-0.008 * 44 * 10_000) / 360, 2);
    expect(found.fact("pair.p.net.year").window.start).toBe("2026-01-01");
    expect(found.told).toContain("pair.costs.some.text");
    expect(found.told).toContain("pair.costs.year");
    expect(found.told).toContain("pair.table.costs");
  });

  it("stands in the table, gross beside net, with what is charged", () => {
    const found = issue(apart, { costs: {}, series: R(0.04) });
    expect(found.said).toContain("pair.p.costs.some");
    expect(found.rows?.slice(0, 2)).toEqual(["net-week", "net-year"]);
    expect(found.told.some((key) => key.startsWith("pair.costs"))).toBe(false);
    expect(found.table?.notes.map(({ key }) => key)).toContain("pair.table.costs");
  });

  it("has trading of every day's rebalancing in it, and not the opening", () => {
    // Long +1 % on Friday: the long leg ends where the capital does, the short leg 1 % of it away.
    const found = issue(
      { L: still(300, 0.01), S: still(300) },
      { costs: { borrow: 0, spread: 0 }, series: R(0.04) },
    );
    expect(found.fact("pair.p.cost.week").value).toBeCloseTo(-0.01 * 5, 9);
    expect(found.fact("pair.p.gross.week").value).toBeCloseTo(0.01, 12);
  });

  it("may turn a gain into a loss", () => {
    const legs = { L: still(300, 0.001), S: still(300) };
    const found = issue(legs, { costs: { borrow: 0.2 }, series: R(0.04) });
    expect(found.said).toContain("pair.p.costs.turned");
    expect(found.told).toContain("pair.costs.turned.text");
    const kept = issue(legs, { costs: {}, series: R(0.04) });
    expect(kept.refusal("pair.p.costs.turned").reasons).toEqual([{ code: "no-loss" }]);
  });

  it("is nothing where nothing is charged", () => {
    const found = issue(quiet, { costs: { borrow: 0, spread: 0 }, series: R(0.04) });
    expect(found.said).toContain("pair.p.costs.none");
  });

  it.each([
    ["is missing", { R: { gap: "file-missing", kind: "yield" } }],
    ["ended four sessions ago", R(0.04, yields(0.04).slice(0, -4))],
    ["begins in the week", R(0.04, yields(0.04).slice(-3))],
  ] as const)("is not given where the rate %s", (_, of) => {
    const found = issue(quiet, { costs: {}, series: of });
    expect(found.fact("pair.p.net.week")).toMatchObject({ value: null, reasons: [{ code: "no-rate" }] });
    expect(found.gaps).toContain("pair.gaps.costs.rate");
    expect(found.told.some((key) => key.startsWith("pair.costs"))).toBe(false);
  });

  it("has no year where the data begin in it", () => {
    const of = (day: string) => {
      const cut = (rows: readonly Row[]) => rows.filter(([date]) => date >= day);
      return issue({ L: cut(quiet.L), S: cut(quiet.S) }, { costs: {}, series: R(0.04) });
    };
    expect(of("2025-12-31").fact("pair.p.net.year").value).not.toBeNull();
    const found = of(year);
    expect(found.fact("pair.p.net.year")).toMatchObject({ value: null, reasons: [{ code: "no-base" }] });
    expect(found.told).not.toContain("pair.costs.year");
  });
});
