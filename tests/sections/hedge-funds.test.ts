import { describe, expect, it } from "vitest";
import type { HedgeFundRules } from "#src/domain/hedge-fund-rules.ts";
import { closesTo, series as numbers, priceOf, type Row } from "#tests/sections/days.ts";
import { issueOf } from "#tests/sections/issue-of.ts";
import type { CaseSeries, MarketCase } from "#tests/sections/market-case.ts";
import { noise } from "#tests/sections/surfaces.ts";

const friday = "2026-02-13";

/** Last days of the months up to January 2026, on whatever weekday. */
const monthEnds = (n: number): readonly string[] =>
  numbers(n, (i) => i).map((i) => new Date(Date.UTC(2026, 1 - (n - 1 - i), 0)).toISOString().slice(0, 10));
const monthly = (values: readonly number[], rest: Partial<CaseSeries> = {}): CaseSeries => ({
  rows: monthEnds(values.length).map((day, i): Row => [day, values[i] ?? 0]),
  staleAfter: 75,
  ...rest,
});
const returns = (values: readonly number[]): CaseSeries => monthly(values, { kind: "return" });

const months = 61;
const dice = noise(11);
const market = numbers(months - 1, () => 0.01 + 0.05 * dice());
const bill = numbers(months, (t) => 0.02 + t / 10_000);
const base: Readonly<Record<string, CaseSeries>> = {
  M: monthly(priceOf(market), { kind: "total-return" }),
  CASH: monthly(bill, { kind: "yield" }),
};
/** What a fund earns in month t: a part of the market's excess return and its own. */
const fund = (beta: number, own: (t: number) => number): readonly number[] =>
  market.map((m, t) => (bill[t] ?? 0) / 12 + beta * (m - (bill[t] ?? 0) / 12) + own(t));
const wobble = (t: number): number => (t % 3 === 0 ? 0.003 : -0.0015);

const rules = (ids: readonly string[], rest: Partial<HedgeFundRules> = {}): HedgeFundRules => ({
  benchmark: { market: "M", cash: "CASH" },
  strategies: Object.fromEntries(
    ids.map((id) => [
      id.toLowerCase(),
      {
        name: { en: `${id} style`, "zh-CN": `${id}策略` },
        prose: { en: `${id} funds`, "zh-CN": `${id}基金` },
        series: id,
      },
    ]),
  ),
  liquidity: null,
  adaptive: null,
  ...rest,
});

function hedgeFundsOf(
  given: Readonly<Record<string, CaseSeries>>,
  own: HedgeFundRules,
  rest: Partial<MarketCase> = {},
  asOf = friday,
) {
  const found = issueOf(
    { series: { ...base, ...given }, hedgeFunds: own, sections: ["hedge-funds", "sources"], ...rest },
    asOf,
  );
  const part = found.section("hedge-funds");
  const keys = (says: readonly { readonly key: string }[]) =>
    says.map(({ key }) => key.replace("hedge-funds.", ""));
  return {
    ...found,
    part,
    claim: part.claim.key.replace("hedge-funds.", ""),
    sentences: keys(part.words.flat()),
    gaps: keys(part.gaps),
    readings: (part.tables[0]?.rows ?? []).map(({ cells }) => {
      const last = cells.at(-1) ?? null;
      return last !== null && "say" in last ? last.say.key.split(".").at(-1) : null;
    }),
  };
}
const value = (found: ReturnType<typeof hedgeFundsOf>, measure: string): number =>
  Number(found.fact(`hedge-funds.${measure}`).value);

/** A fund whose January is so many deviations of its month. */
function withJanuary(returnsBefore: readonly number[], deviations: number): readonly number[] {
  const deviationOf = (all: readonly number[]): number => {
    const recent = all.slice(-36);
    const mean = recent.reduce((sum, r) => sum + r, 0) / recent.length;
    return Math.sqrt(recent.reduce((sum, r) => sum + (r - mean) ** 2, 0) / (recent.length - 1));
  };
  let january = 0.01;
  for (let i = 0; i < 200; i++) january = deviations * deviationOf([...returnsBefore.slice(0, -1), january]);
  return [...returnsBefore.slice(0, -1), january];
}

describe("a strategy of hedge funds", () => {
  const calm = withJanuary(fund(0.1, wobble), 1.2);

  it("is resilient with a cushion of one deviation and a third of the market's drawdown, and avoided the damage", () => {
    const found = hedgeFundsOf({ S: returns(calm) }, rules(["S"]));
    expect(found.said).toEqual(expect.arrayContaining(["hedge-funds.s.resilient", "hedge-funds.s.avoided"]));
    expect(found.claim).toBe("resilient.claim");
    expect(found.sentences).toEqual([
      "resilient.text",
      "resilient.drawdown",
      expect.stringMatching(/^avoided\.text\./),
      "counted",
    ]);
    expect(found.readings).toEqual(["resilient-avoided"]);
    expect(found.fact("hedge-funds.s.month")).toMatchObject({ value: "2026-01", unit: "month" });
    expect(value(found, "s.year-to-date")).toBeCloseTo(calm.at(-1) ?? 0, 12);
    expect(value(found, "s.cushion")).toBeCloseTo(1.2, 6);
    expect([value(found, "strategies"), value(found, "resilient"), value(found, "avoided")]).toEqual([
      1, 1, 1,
    ]);
  });

  it("has the numbers of its sixty months: drawdown, capture, beta and alpha", () => {
    const found = hedgeFundsOf({ S: returns(calm) }, rules(["S"]));
    const deepest = (all: readonly number[]): number => {
      let [level, peak, low] = [1, 1, 0];
      for (const r of all) {
        level *= 1 + r;
        peak = Math.max(peak, level);
        low = Math.min(low, level / peak - 1);
      }
      return low;
    };
    expect(value(found, "s.drawdown")).toBeCloseTo(deepest(calm), 12);
    expect(value(found, "s.market-drawdown")).toBeCloseTo(deepest(market), 10);
    expect(value(found, "s.drawdown-share")).toBeCloseTo(deepest(calm) / deepest(market), 9);
    const falls = market.flatMap((m, t) => (m < 0 ? [t] : []));
    const mean = (all: readonly number[]): number =>
      falls.reduce((sum, t) => sum + (all[t] ?? 0), 0) / falls.length;
    expect(value(found, "s.down-months")).toBe(falls.length);
    expect(value(found, "s.down-capture")).toBeCloseTo(mean(calm) / mean(market), 9);
    // Least squares by hand, in excess of the bill of the month before over twelve.
    const rf = numbers(60, (t) => (bill[t] ?? 0) / 12);
    const [x, y] = [market.map((m, t) => m - (rf[t] ?? 0)), calm.map((r, t) => r - (rf[t] ?? 0))];
    const [mx, my] = [x, y].map((all) => all.reduce((sum, v) => sum + v, 0) / 60) as [number, number];
    const beta =
      x.reduce((sum, v, t) => sum + (v - mx) * ((y[t] ?? 0) - my), 0) /
      x.reduce((sum, v) => sum + (v - mx) ** 2, 0);
    expect(value(found, "s.beta")).toBeCloseTo(beta, 8);
    expect(value(found, "s.alpha")).toBeCloseTo(12 * (my - beta * mx), 8);
  });

  it("has a cushion alone where it fell with the market", () => {
    const wild = withJanuary(fund(0.9, wobble), 1.5);
    const found = hedgeFundsOf({ S: returns(wild) }, rules(["S"]));
    expect(found.said).toEqual(expect.arrayContaining(["hedge-funds.s.cushion", "hedge-funds.s.exposed"]));
    expect(found.refusal("hedge-funds.s.resilient").reasons).toMatchObject([
      { code: "drawdown-share-above" },
    ]);
    expect(found.refusal("hedge-funds.s.avoided").reasons[0]).toMatchObject({
      code: "down-capture-above",
      need: 0.4,
    });
    expect([found.claim, found.readings]).toEqual(["cushion.claim", ["cushion"]]);
  });

  it("has none just under one deviation, and says so in the table alone", () => {
    const found = hedgeFundsOf({ S: returns(withJanuary(fund(0.9, wobble), 0.999)) }, rules(["S"]));
    expect([found.claim, found.readings]).toEqual(["nothing.claim", ["none"]]);
    expect(found.sentences).toEqual(["counted"]);
    expect(found.refusal("hedge-funds.s.cushion").reasons[0]).toMatchObject({
      code: "cushion-below",
      need: 1,
    });
    const at = hedgeFundsOf({ S: returns(withJanuary(fund(0.9, wobble), 1.000001)) }, rules(["S"]));
    expect(at.readings).toEqual(["cushion"]);
  });

  it("did not avoid the damage with a small beta and a return below it", () => {
    const found = hedgeFundsOf({ S: returns(fund(0.1, (t) => wobble(t) - 0.002)) }, rules(["S"]));
    expect(found.refusal("hedge-funds.s.avoided").reasons).toMatchObject([{ code: "alpha-below", need: 0 }]);
  });

  it("gained in the market's falls, or lost nothing", () => {
    const side = (own: readonly number[]) =>
      hedgeFundsOf({ S: returns(own) }, rules(["S"]))
        .statement("hedge-funds.s.avoided")
        .claim.key.split(".")
        .at(-1);
    expect(side(fund(-0.2, (t) => wobble(t) + 0.004))).toBe("gained");
    expect(side(fund(0.2, (t) => wobble(t) + 0.001))).toBe("lost");
    const falls = market.map((m) => (m < 0 ? 0 : 0.01));
    expect(side(falls)).toBe("even");
  });

  it("may be given by levels, by month-ends or daily, and then has the same numbers", () => {
    const found = hedgeFundsOf({ S: returns(calm) }, rules(["S"]));
    const byLevel = hedgeFundsOf({ S: monthly(priceOf(calm), { kind: "total-return" }) }, rules(["S"]));
    for (const measure of ["year-to-date", "cushion", "beta", "alpha", "down-capture", "drawdown-share"])
      expect(value(byLevel, `s.${measure}`), measure).toBeCloseTo(value(found, `s.${measure}`), 9);
    // A daily market: what February has had so far is no month.
    const days = closesTo(
      friday,
      numbers(1500, (t) => 100 + t / 10),
    );
    const daily = hedgeFundsOf({ S: returns(calm), M: { kind: "total-return", rows: days } }, rules(["S"]));
    expect(daily.fact("hedge-funds.s.beta").window.n).toBe(60);
    const last = (month: string): number =>
      days.findLast(([day]) => day.startsWith(month))?.[1] ?? Number.NaN;
    const growth = last("2026-01") / last("2025-12") - 1;
    expect(growth).toBeGreaterThan(0);
    expect(daily.fact("hedge-funds.s.down-capture").reasons).toEqual([{ code: "too-few", need: 6, have: 0 }]);
  });

  it("needs two years of months, and those of the market and the bill", () => {
    const short = (n: number) => hedgeFundsOf({ S: returns(calm.slice(-n)) }, rules(["S"]));
    expect(short(24).fact("hedge-funds.s.beta")).toMatchObject({ status: "warn" });
    expect(short(36).fact("hedge-funds.s.beta").status).toBe("ok");
    expect(short(23).fact("hedge-funds.s.beta").reasons).toEqual([{ code: "too-few", need: 24, have: 23 }]);
    for (const id of ["M", "CASH"]) {
      const lacking = { ...base[id], rows: (base[id]?.rows ?? []).slice(0, id === "M" ? -1 : -2) };
      const found = hedgeFundsOf({ S: returns(calm), [id]: lacking }, rules(["S"]));
      expect(found.fact("hedge-funds.s.beta").reasons, id).toEqual([{ code: "too-few", need: 24, have: 0 }]);
      expect(found.fact("hedge-funds.s.cushion").value, id).not.toBeNull();
    }
  });

  it("that stands out most leads, and all are counted", () => {
    const found = hedgeFundsOf(
      { S: returns(calm), T: returns(withJanuary(fund(0.05, wobble), 1.3)), U: returns(fund(0.9, wobble)) },
      rules(["S", "T", "U"]),
    );
    expect(found.part.claim.places.name).toEqual({ name: { en: "T style", "zh-CN": "T策略" } });
    expect([value(found, "strategies"), value(found, "resilient")]).toEqual([3, 2]);
    expect(found.part.tables[0]?.series).toEqual(["S", "T", "U", "M", "CASH"]);
  });
});

describe("indices that have ended, or not begun", () => {
  const own = fund(0.1, wobble);
  const ending = (n: number): CaseSeries => ({
    ...returns(own),
    rows: (returns(own).rows ?? []).slice(0, -n),
  });

  it("say nothing but the month in which they ended, in one line", () => {
    const all = hedgeFundsOf({ S: ending(3), T: ending(4) }, rules(["S", "T"]));
    expect([all.gaps, all.part.tables, all.claim]).toEqual([["gap.ended.all"], [], "none.claim"]);
    expect(all.fact("hedge-funds.ended.month").value).toBe("2025-10");
    expect(all.refusal("hedge-funds.s.resilient").reasons).toEqual([
      { code: "expired", need: 75, have: 105 },
    ]);
    // The end of November is 75 days before.
    expect(hedgeFundsOf({ S: ending(2) }, rules(["S"])).gaps).toEqual([]);
    const one = hedgeFundsOf({ S: ending(3), T: returns(own) }, rules(["S", "T"]));
    expect([one.gaps, one.readings.length]).toEqual([["gap.ended.one"], 1]);
    const two = hedgeFundsOf({ S: ending(3), T: ending(4), U: returns(own) }, rules(["S", "T", "U"]));
    expect(two.gaps).toEqual(["gap.ended.several"]);
    const current = hedgeFundsOf({ S: ending(1) }, rules(["S"]));
    expect([current.gaps, value(current, "s.year-to-date") > -1]).toEqual([[], true]);
    expect(current.fact("hedge-funds.s.month").value).toBe("2025-12");
  });

  it("have no values yet", () => {
    const found = hedgeFundsOf({ S: { ...returns([]), rows: [] } }, rules(["S"]));
    expect([found.gaps, found.claim]).toEqual([["gap.none.all"], "none.claim"]);
    const mixed = hedgeFundsOf({ S: { ...returns([]), rows: [] }, T: returns(own) }, rules(["S", "T"]));
    expect(mixed.gaps).toEqual(["gap.none.one"]);
  });

  it("are of what was known: what comes later changes nothing, what came before does", () => {
    const facts = (rows: readonly Row[]) =>
      hedgeFundsOf({ S: { ...returns(own), rows } }, rules(["S"])).composed.facts.facts;
    const known = returns(own).rows ?? [];
    const later: Row = ["2026-02-28", 0.5];
    expect(facts([...known, later])).toEqual(facts(known));
    expect(facts(known.map(([day, r], i): Row => [day, i === 50 ? r + 0.01 : r]))).not.toEqual(facts(known));
  });
});

describe("what markets favour", () => {
  const sessions = 800;
  const levels = (seed: number, lately: number, span = 20, size = 0.004): readonly Row[] => {
    const roll = noise(seed);
    return closesTo(
      friday,
      priceOf(numbers(sessions, (t) => size * roll() + (sessions - t <= span ? lately : 0))),
    );
  };

  it.each([
    [0.003, "liquid"],
    [-0.003, "illiquid"],
    [0, "neither"],
  ])("liquid assets ahead by %d a session: %s", (lately, word) => {
    const given = { L: { rows: levels(5, lately) }, I: { rows: levels(9, 0) } };
    const own = rules([], { benchmark: null, liquidity: { liquid: "L", illiquid: "I" } });
    const found = hedgeFundsOf(given, own);
    expect(found.said).toEqual([`hedge-funds.liquidity.${word}`]);
    // By hand: the last spread against the 756 before.
    const at = (rows: readonly Row[], t: number): number => (rows[t]?.[1] ?? 1) / (rows[t - 20]?.[1] ?? 1);
    const spreads = numbers(sessions + 1 - 20, (t) => at(given.L.rows, t + 20) - at(given.I.rows, t + 20));
    const history = spreads.slice(-757, -1);
    const mean = history.reduce((sum, v) => sum + v, 0) / history.length;
    const sd = Math.sqrt(history.reduce((sum, v) => sum + (v - mean) ** 2, 0) / (history.length - 1));
    expect(value(found, "liquidity.z")).toBeCloseTo(((spreads.at(-1) ?? 0) - mean) / sd, 6);
    expect(value(found, "liquidity.spread")).toBeCloseTo(spreads.at(-1) ?? 0, 10);
    expect(found.claim).toBe(word === "neither" ? "nothing.claim" : `liquidity.claim.${word}`);
    expect(found.part.tables[0]?.rows).toHaveLength(1);
  });

  it("are told by fifths of names, where their volumes are known", () => {
    const names = numbers(30, (i) => i).map((i) => `N${i}`);
    const given = Object.fromEntries(
      names.flatMap((id, i): [string, CaseSeries][] => [
        [id, { rows: levels(20 + i, i < 6 ? 0.006 : 0).slice(-520) }],
        [
          `V${i}`,
          {
            kind: "count",
            rows: closesTo(
              friday,
              numbers(520, () => 1e14 / 2 ** i),
            ),
          },
        ],
      ]),
    );
    const volumes = Object.fromEntries(names.map((id, i) => [id, `V${i}`]));
    const found = hedgeFundsOf(given, rules([], { benchmark: null, liquidity: { volumes } }));
    expect(found.said).toEqual(["hedge-funds.liquidity.liquid"]);
    expect(found.part.words.flat()[0]?.places.liquid).toEqual({ term: "liquidity.most" });
    const mean = (from: number, to: number): number =>
      names.slice(from, to).reduce((sum, id) => {
        const rows = given[id]?.rows ?? [];
        return sum + (rows.at(-1)?.[1] ?? 0) / (rows.at(-21)?.[1] ?? 1);
      }, 0) /
      (to - from);
    expect(value(found, "liquidity.spread")).toBeCloseTo(mean(0, 6) - mean(24, 30), 9);
    expect(found.part.tables[0]?.notes.map(({ key }) => key)).toEqual([
      "hedge-funds.climate.note.liquidity.fifths",
    ]);
  });

  it.each([
    [0.002, "winning"],
    [-0.002, "losing"],
    [0, "open"],
  ])("adaptive strategies ahead by %d a session: %s", (lately, word) => {
    const given = { A: { rows: levels(7, lately, 60) }, C: { rows: levels(8, 0) } };
    const found = hedgeFundsOf(
      given,
      rules([], { benchmark: null, adaptive: { adaptive: "A", static: "C" } }),
    );
    expect(found.said).toEqual([`hedge-funds.adaptive.${word}`]);
    const log = (rows: readonly Row[]): number =>
      Math.log((rows.at(-1)?.[1] ?? 1) / (rows.at(-61)?.[1] ?? 1));
    expect(value(found, "adaptive.spread")).toBeCloseTo(log(given.A.rows) - log(given.C.rows), 10);
    const [low, high] = [value(found, "adaptive.low"), value(found, "adaptive.high")];
    expect([low > 0, high < 0]).toEqual([word === "winning", word === "losing"]);
    expect(found.fact("hedge-funds.adaptive.spread").params).toMatchObject({
      seed: 20_260_213,
      replicates: 2000,
    });
  });

  it("is a gap where one of two has ended, is too short, or has nothing", () => {
    const long = levels(5, 0);
    const of = (rows: readonly Row[]) =>
      hedgeFundsOf(
        { L: { rows: long }, I: { rows } },
        rules([], {
          benchmark: null,
          liquidity: { liquid: "L", illiquid: "I" },
          adaptive: { adaptive: "L", static: "I" },
        }),
      );
    const both = ["gap.liquidity", "gap.adaptive"];
    expect(of(levels(6, 0).slice(0, -4)).gaps).toEqual(both);
    expect(of(levels(6, 0).slice(0, -3)).gaps).toEqual([]);
    expect(of([]).gaps).toEqual(both);
    expect(of(levels(6, 0).slice(-100)).gaps).toEqual(["gap.liquidity"]);
    expect(of([]).claim).toBe("nothing.claim");
    const signed = levels(6, 0).map(([day, v], i): Row => [day, i === 300 ? 0 : v]);
    expect(of(signed).gaps).toEqual(both);
    expect(of(signed).refusal("hedge-funds.liquidity.liquid").reasons).toEqual([{ code: "not-positive" }]);
  });
});

describe("the names of the surface", () => {
  const sessions = 420;
  const rolls = numbers(41, (i) => i).map((i) => noise(100 + i));
  /** Forty names under an index, lately apart or together. */
  function surfaceOf(
    lately: (name: number, common: number, own: number) => number,
    count = 40,
  ): Partial<MarketCase> {
    const paths = numbers(sessions, (t) => t).map((t) => {
      const common = 0.01 * (rolls[40]?.() ?? 0);
      return numbers(count, (i) => {
        const own = 0.01 * (rolls[i]?.() ?? 0);
        return sessions - t <= 63 ? lately(i, common, own) : common + own;
      });
    });
    const names = numbers(count, (i) => i).map((i) => `N${i}`);
    const rows = (i: number) => closesTo(friday, priceOf(paths.map((day) => day[i] ?? 0)));
    const index = closesTo(
      friday,
      priceOf(paths.map((day) => day.reduce((sum, r) => sum + r, 0) / count - 0.002)),
    );
    return {
      series: {
        X: { rows: index },
        ...Object.fromEntries(names.map((id, i): [string, CaseSeries] => [id, { rows: rows(i) }])),
      },
      surface: {
        index: "X",
        groups: { all: { name: { en: "All", "zh-CN": "全部" }, members: names } },
        pointInTime: false,
        implied: [],
      },
    };
  }
  const own = rules([], { benchmark: null });
  const issue = (
    market: Partial<MarketCase>,
    sections: MarketCase["sections"] = ["hedge-funds", "sources"],
  ) => {
    const found = issueOf({ series: {}, ...market, hedgeFunds: own, sections }, friday);
    return { ...found, part: found.section("hedge-funds") };
  };

  it("favour active management where they part from the index and from one another", () => {
    const market = surfaceOf((i, _, each) => 3 * each + (i % 2 === 0 ? 0.001 : 0));
    const found = issue(market);
    expect(found.said).toEqual(["hedge-funds.active.favoured"]);
    expect(found.fact("hedge-funds.active.met").value).toBe(3);
    const growth = (id: string, span: number): number => {
      const rows = market.series?.[id]?.rows ?? [];
      return (rows.at(-1)?.[1] ?? 0) / (rows.at(-1 - span)?.[1] ?? 1);
    };
    for (const [measure, span] of [
      ["beating-month", 21],
      ["beating-quarter", 63],
    ] as const) {
      const ahead = numbers(40, (i) => Number(growth(`N${i}`, span) > growth("X", span)));
      const share = ahead.reduce((sum, v) => sum + v, 0) / 40;
      expect(Number(found.fact(`hedge-funds.active.${measure}`).value), measure).toBeCloseTo(share, 12);
    }
    expect(found.fact("hedge-funds.active.dispersion-percentile").reasons).toEqual([
      { code: "survivorship" },
    ]);
    expect(found.part.tables[0]?.notes.map(({ key }) => key)).toContain("surface.survivors");
  });

  it("do not where they move as one", () => {
    const found = issue(surfaceOf((_, common) => 2 * common));
    expect(found.said).toEqual(["hedge-funds.active.not-favoured"]);
    expect(found.refusal("hedge-funds.active.favoured").reasons[0]).toMatchObject({
      code: "conditions-not-met",
    });
  });

  it("have the numbers of their own section, whichever comes first", () => {
    const market = surfaceOf((i, _, each) => 3 * each + i / 1e5);
    const first = issue(market, ["hedge-funds", "surface", "sources"]);
    const after = issue(market, ["surface", "hedge-funds", "sources"]);
    for (const found of [first, after])
      for (const measure of ["dispersion", "correlation"]) {
        const percentile = Number(found.fact(`surface.X.${measure}-percentile`).value);
        expect(found.fact(`hedge-funds.active.${measure}-percentile`).value).toBeCloseTo(percentile, 12);
      }
  });

  it("leave a gap where they are too few or too new", () => {
    const few = issue(surfaceOf((_, common, each) => common + each, 9));
    expect(few.part.gaps.map(({ key }) => key)).toEqual(["hedge-funds.gap.active"]);
    const twenty = issue(surfaceOf((_, __, each) => 3 * each, 20));
    expect(twenty.fact("hedge-funds.active.told").value).toBe(2);
    expect(twenty.fact("hedge-funds.active.beating-month").reasons).toEqual([{ code: "too-few-names" }]);
    const { series = {}, ...rest } = surfaceOf((_, common, each) => common + each);
    const short = Object.fromEntries(
      Object.entries(series).map(([id, each]) => [id, { rows: (each.rows ?? []).slice(-200) }]),
    );
    expect(issue({ ...rest, series: short }).part.gaps.map(({ key }) => key)).toEqual([
      "hedge-funds.gap.active",
    ]);
  });
});

it("nothing is said where nothing is asked for", () => {
  const found = issueOf({ series: base, sections: ["hedge-funds", "sources"] }, friday);
  const { claim, tables, gaps } = found.section("hedge-funds");
  expect([claim.key, tables, gaps]).toEqual(["hedge-funds.none.claim", [], []]);
});
