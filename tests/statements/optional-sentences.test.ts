import { describe, expect, it } from "vitest";
import type { Fact } from "#src/domain/fact.ts";
import type { Ladder, Piece } from "#src/statements/rule.ts";
import { noiseEpisodes, turbulenceState } from "#src/statements/rules/conditions.ts";
import { flowCrowding, flowPace } from "#src/statements/rules/flows.ts";
import { activeRoom } from "#src/statements/rules/hedge-funds.ts";
import { marketWeek, roundNumber } from "#src/statements/rules/levels.ts";
import { pairRecord, pairWeek } from "#src/statements/rules/pair.ts";
import { pairCost } from "#src/statements/rules/pair-costs.ts";
import { hiddenOpinion } from "#src/statements/rules/second-opinion.ts";
import { impliedMeasure, namesDispersion, namesLosers, surfaceDepth } from "#src/statements/rules/surface.ts";
import { speak } from "#src/statements/speak.ts";
import { factOf } from "#tests/statements/evidence.ts";

type Evidence = Readonly<Record<string, Piece>>;

/** A ladder's evidence: facts of these values where it declares a unit, and otherwise the values themselves; missing unless given. */
function evidenceOf(ladder: Ladder, values: Evidence): Evidence {
  const made = Object.entries(ladder.evidence).map(([name, { unit }]): [string, Piece] => {
    const value = values[name] ?? null;
    if (unit === undefined || typeof value === "object")
      return [name, unit && value === null ? factOf(name, null, unit) : value];
    return [name, factOf(name, typeof value === "boolean" ? null : value, unit)];
  });
  return Object.fromEntries(made);
}

/** Whether what is said of such evidence has a sentence of that key. */
function says(ladder: Ladder, sentence: string, values: Evidence): boolean {
  const { statement } = speak(ladder, { id: "it", evidence: evidenceOf(ladder, values) });
  if (statement === null) throw new Error("nothing is said");
  return statement.text.some(({ key }) => key === sentence);
}

const tested = (value: number, q: number): Fact => factOf("acceleration", value, "z", { stats: { q } });

const turbulent = { turbulence: 2, percentile: 80, end: "middle", n: 756, assets: 9 };
const week = { week: 0.01, close: 100, lastDay: "2026-02-12", base: "2026-01-30", age: 0, rest: 0, span: 1 };
const flow = { flow: 2e9, recent: 5e8, prior: 3e8 };
const crowd = {
  score: 85,
  measured: 4,
  all: 5,
  concentration: 80,
  forwardPe: 80,
  excessCorrelation: 80,
  daysToCover: 80,
  flowToAssets: 80,
};
const gain = {
  gain: 0.05,
  date: "2020-03-24",
  start: "2015-01-02",
  long: 0.03,
  short: 0.02,
  basis: "live",
  equalled: false,
  inWeek: false,
  scaledRank: 14,
};
const pair = { week: 0.01, long: 0.006, short: 0.004, leg: "long", end: "2026-02-12" };
const costs = { gross: 0.01, net: 0.009, cost: -10 };
const noisy = {
  both: 85,
  start: "2015-01-02",
  n: 2000,
  episodes: 3,
  isHighest: false,
  outside: 2,
  last: "2020-04-01",
};
const names = { dispersion: 0.3, percentile: 60, end: "middle", names: 50, n: 756 };
const losing = { spread: -0.02, percentile: 5, bowley: -0.1, tail: "tenth", n: 756 };
const surface = {
  indexVolatility: 0.1,
  indexPercentile: 50,
  indexEnd: "middle",
  namesVolatility: 0.3,
  namesPercentile: 50,
  namesEnd: "middle",
  ratio: 3,
  names: 50,
  n: 756,
};
const belowLevel = {
  level: 100,
  tests: 2,
  extreme: 99.5,
  extremeDate: "2026-02-10",
  from: "2026-01-01",
  series: "A",
  approach: "resistance",
  side: "below",
  breakouts: 0,
  stoodBeyond: false,
  distance: -0.01,
  reach: 0.01,
  releases: 2,
  firstDay: "2026-02-11",
  firstMove: 0.01,
  firstZ: 1,
  secondDay: "2026-02-13",
  secondMove: 0.01,
  secondZ: 1,
};
const hidden = { isStable: true, state: "stressed", probability: 0.9, entropy: 0.2 };

describe("a sentence that is said beside others", () => {
  it.each<[string, Ladder, Evidence, readonly Evidence[], readonly Evidence[]]>([
    // Markets move in unusual ways together above the norm of 1 as that is printed, and in the upper quarter of their own history.
    [
      "regime.turbulence.odd",
      turbulenceState,
      turbulent,
      [
        { surprise: 1.1, surprisePercentile: 75 },
        { surprise: 1.05, surprisePercentile: 99 },
      ],
      [
        { surprise: 1.049, surprisePercentile: 99 },
        { surprise: 0.9, surprisePercentile: 99 },
        { surprise: 2, surprisePercentile: 74.9 },
        { surprise: 2 },
        { surprisePercentile: 99 },
        {},
      ],
    ],
    ["regime.episodes.undeclared", noiseEpisodes, noisy, [{ declared: 0 }], [{ declared: 1 }, {}]],
    [
      "regime.states.grid.calm",
      hiddenOpinion,
      { ...hidden, calmness: "calm" },
      [{ opinion: "disagrees" }],
      [{ opinion: "agrees" }, { opinion: "alone" }],
    ],
    ["regime.states.grid.null", hiddenOpinion, hidden, [], [{ opinion: "disagrees" }]],
    ["levels.week.early", marketWeek, week, [{ age: 1, rest: 1 }], [{}, { rest: 1 }]],
    ["levels.week.open", marketWeek, week, [{ rest: 1 }], [{}, { age: 1, rest: 1 }, { age: 1, rest: 2 }]],
    ["levels.week.span", marketWeek, week, [{ span: 2 }], [{}, { span: 2, base: null }]],
    // Of a test that there is none nothing is said of chance.
    [
      "flows.pace.within",
      flowPace,
      flow,
      [{ acceleration: tested(1, 0.11) }, { acceleration: tested(1, 0.9) }],
      [{ acceleration: tested(1, 0.1) }, { acceleration: tested(1, 0.01) }, {}],
    ],
    [
      "flows.pace.beyond-season",
      flowPace,
      { ...flow, pace: "in-faster", acceleration: tested(1, 0.1), season: 0.5 },
      [{ years: 5 }],
      [{}],
    ],
    [
      "flows.crowding.lacks.concentration",
      flowCrowding,
      crowd,
      [{ concentration: null }],
      [{}, { forwardPe: null }],
    ],
    [
      "flows.crowding.lacks.forwardPe",
      flowCrowding,
      crowd,
      [{ forwardPe: null }],
      [{}, { daysToCover: null }],
    ],
    [
      "flows.crowding.lacks.excessCorrelation",
      flowCrowding,
      crowd,
      [{ excessCorrelation: null }],
      [{}, { forwardPe: null }],
    ],
    [
      "flows.crowding.lacks.daysToCover",
      flowCrowding,
      crowd,
      [{ daysToCover: null }],
      [{}, { flowToAssets: null }],
    ],
    [
      "flows.crowding.lacks.flowToAssets",
      flowCrowding,
      { ...crowd, score: 50 },
      [{ flowToAssets: null }],
      [{}, { concentration: null }],
    ],
    [
      "pair.week.early",
      pairWeek,
      pair,
      [{ isEarly: true }],
      [{ isEarly: false }, { isEarly: true, end: null }],
    ],
    [
      "pair.record.volatile",
      pairRecord,
      gain,
      [{ isVolatile: true }],
      [{ isVolatile: false }, {}, { isVolatile: true, scaledRank: null }],
    ],
    [
      "pair.record.best-day",
      pairRecord,
      gain,
      [{ best: 0.02, bestDate: "2026-02-11", bestRank: 40, bestYear: 2 }],
      [{}, { best: 0.02, bestDate: "2026-02-11", bestRank: 40 }],
    ],
    // S37: still below after both; at the number itself it is not below.
    [
      "levels.releases.two",
      roundNumber,
      belowLevel,
      [{}, { releases: 3 }, { tests: 1 }],
      [{ releases: 1 }, { releases: 0 }, { distance: 0 }, { firstMove: null }, { secondZ: null }],
    ],
    [
      "levels.releases.one",
      roundNumber,
      { ...belowLevel, releases: 1, firstDay: null, firstMove: null, firstZ: null },
      [{}, { tests: 0 }],
      [{ releases: 2 }, { releases: 0 }, { distance: 0 }, { secondMove: null }],
    ],
    [
      "hedge-funds.active.breadth",
      activeRoom,
      { met: 2, told: 3, names: 40, beatingMonth: 0.6, beatingQuarter: 0.6 },
      [{}, { met: 1 }],
      [{ beatingMonth: null }, { beatingQuarter: null }],
    ],
    ["pair.costs.year", pairCost, costs, [{ yearCost: -30 }], [{ yearCost: 0 }, { yearCost: -0.4 }, {}]],
    // Wherever a percentile of today's names is told.
    ["surface.survivors", surfaceDepth, surface, [{ basis: "survivors" }], [{ basis: "members" }]],
    ["surface.survivors", namesDispersion, names, [{ basis: "survivors" }], [{ basis: "members" }]],
    ["surface.survivors", namesLosers, losing, [{ basis: "survivors" }], [{ basis: "members" }]],
    [
      "surface.ratio-text",
      surfaceDepth,
      { ...surface, indexPercentile: 30, namesPercentile: 30 },
      [{}],
      [{ ratio: null }],
    ],
  ])("%s, only where it is true: case %#", (sentence, ladder, base, said, unsaid) => {
    for (const more of said)
      expect(says(ladder, sentence, { ...base, ...more }), JSON.stringify(more)).toBe(true);
    for (const more of unsaid)
      expect(says(ladder, sentence, { ...base, ...more }), JSON.stringify(more)).toBe(false);
  });

  it("is not about names where an exchange publishes the measure", () => {
    expect(
      says(impliedMeasure, "surface.survivors", { value: 20, percentile: 90, end: "middle", n: 756 }),
    ).toBe(false);
  });
});
