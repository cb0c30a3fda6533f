import { countryNames } from "#src/domain/country-rules.ts";
import type { GivenList } from "#src/domain/declared.ts";
import { ruleOf } from "#tests/sections/countries.ts";
import { fridaysTo, type Row, series, weekdaysTo } from "#tests/sections/days.ts";
import { type CaseSeries, type MarketCase, namedList, pairOf } from "#tests/sections/market-case.ts";
import { counts, newsOf, rulesOf } from "#tests/sections/narratives.ts";

export const friday = "2026-02-13";

/** Weekly closes that go up and down by one per cent in turn, and then this week's return. */
export const weekly = (last: number, n = 120): readonly Row[] =>
  fridaysTo(friday, [...series(n, (i) => (i % 2 === 0 ? 0.01 : -0.01)), last]);

/** Daily values about 100 that repeat only after fourteen days. */
export const daily = (end = friday, n = 820): readonly Row[] =>
  weekdaysTo(end, n).map((day, i): Row => [day, 100 + (i % 2) + (i % 7) / 10]);

const ids = ["A", "B", "L", "S"] as const;

/** A market with a setting for every section, and whatever its six series hold. */
export const full = (of: (id: string) => CaseSeries): MarketCase => ({
  series: {
    ...Object.fromEntries(ids.map((id) => [id, of(id)])),
    F: { kind: "flow", currency: "USD", ...of("F") },
    G: { kind: "flow", currency: "USD", ...of("G") },
  },
  superlatives: ["A", "B"],
  levels: [{ series: "A", level: 102, from: "252" }],
  milestones: [{ series: "A", base: "2025-12-30" }],
  regime: ["A", "B"],
  hedgeFunds: {
    benchmark: null,
    strategies: {},
    liquidity: { liquid: "A", illiquid: "B" },
    adaptive: { adaptive: "A", static: "B" },
  },
  checks: [
    {
      id: "twice",
      name: { en: "A over B", "zh-CN": "A与B之比" },
      relation: "ratio",
      numbers: { of: [{ series: "A", decimals: 1 }], over: [{ series: "B", decimals: 1 }] },
    },
  ],
  pairs: { p: pairOf(["L"], ["S"]) },
  flows: { groups: { f: namedList("f", "F"), g: namedList("g", "G") }, compare: [["f", "g"]] },
  keyNumbers: ["A", "L", "p"],
  first: "2026-01-02",
});

const names = Array.from({ length: 10 }, (_, i) => `N${i}`);

/** The same with ten names under A, which are its sectors and signals of growth too. */
/** The same with ten names under A, and countries of it. */
/** The same with ten names under A, and two narratives. */
const named = (text: string) => ({ en: `the ${text}`, "zh-CN": `序列${text}` });

/** A list of a basket whose members are in it from the beginning, told of in time unless said otherwise. */
export const membersList = (
  basket: string,
  members: readonly string[],
  knownAt: number | null = null,
): GivenList => ({
  kind: "baskets",
  gap: null,
  entries: members.map((member) => ({
    key: `${basket} ${member}`,
    knownAt,
    value: JSON.stringify({ basket, member, from: "2000-01-03", until: null, source: null }),
  })),
});

/** The same with ten names under A. */
export function fullWithNames(of: (id: string) => CaseSeries): MarketCase {
  const market = full(of);
  return {
    ...market,
    series: {
      ...market.series,
      ...Object.fromEntries(names.map((id) => [id, of(id)])),
      ...newsOf(counts(60, 100), counts(40, 70)),
    },
    narratives: rulesOf(),
    surface: { index: "A", groups: { all: namedList("all", ...names) }, pointInTime: false, implied: ["B"] },
    signals: {
      index: "A",
      equalWeight: null,
      cyclical: namedList("cyclicals", "N0", "N1"),
      defensive: namedList("defensives", "N2", "N3"),
      others: ["N4", "N5"],
      growth: names
        .slice(0, 5)
        .map((series) => ({ series, over: null, less: null, means: "growth", name: null })),
      curve: null,
      clock: null,
    },
    conditions: { turbulence: names.slice(0, 5) },
    countries: Object.fromEntries(countryNames.map((id) => [id, ruleOf({ index: "A", currency: "B" })])),
    epicentre: {
      sector: "B",
      market: "A",
      multiple: null,
      earnings: null,
      volume: null,
      subindustries: ["L", "S"],
      names: [],
    },
    baskets: { theme: { ...namedList("theme"), short: named("theme"), prose: named("theme") } },
    declared: [membersList("theme", names.slice(0, 6))],
    grid: { basket: "theme", market: "A", volume: null, spillover: [] },
  };
}
