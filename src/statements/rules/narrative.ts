import { percentileEnd } from "#src/statements/percentile-end.ts";
import type { Condition, Declared, Ladder, Rule, Sentence } from "#src/statements/rule.ts";

/** From what percentile on a narrative is told much, and from what contest on neither has won (S3). */
const [much, contested] = [70, 0.6];
/** Dollars from which one speaks of trillions (S1). */
const trillion = 1e12;

const intensity: Declared = { means: "intensity, 100 being the mean of the base", unit: "points" };
const ownRank: Declared = { means: "its percentile in its own history", unit: "percentile" };

const isMuch = (side: "first" | "second"): Condition => [
  `${side}Percentile`,
  ">=",
  much,
  `${side}-not-told-much`,
];
const bothMuch: readonly Condition[] = [isMuch("first"), isMuch("second")];
const isRanked: readonly Condition[] = [
  ["firstPercentile", "known", null],
  ["secondPercentile", "known", null],
];
const isBattle: readonly Condition[] = [...bothMuch, ["contest", ">=", contested, "not-contested"]];

const both = [
  "first",
  "second",
  "firstProse",
  "secondProse",
  "firstIntensity",
  "secondIntensity",
  "firstPercentile",
  "secondPercentile",
  "n",
  "day",
];
/** Each narrative with its place in its own history, one after the other. */
const ranks: readonly Sentence[] = ["narrative.first.{firstEnd}", "narrative.second.{secondEnd}"];

const loud = (side: "first" | "second"): Rule => ({
  word: `${side}-told-much`,
  named: "told much",
  refused: `${side}-told-much`,
  if: [...isRanked, ["higher", "is", side]],
  gate: [isMuch(side)],
  claim: `narrative.loud.${side}`,
  text: ranks,
  tells: both,
  stance: `narrative.{id}:${side}`,
  surprise: `${side}Percentile`,
});

/** Two narratives against each other. */
export const narrativeContest: Ladder = {
  id: "narrative.contest",
  section: "narrative",
  about: "two narratives in the headlines",
  standard: "N2 balance and contest",
  evidence: {
    firstIntensity: intensity,
    firstPercentile: ownRank,
    firstEnd: percentileEnd,
    secondIntensity: { means: "intensity of the other", unit: "points" },
    secondPercentile: { means: "its percentile", unit: "percentile" },
    secondEnd: percentileEnd,
    higher: { means: "which of them has the higher percentile", oneOf: ["first", "second"] },
    contest: { means: "twice the lesser intensity over the sum of both", unit: "ratio" },
    weaker: { means: "the lesser intensity over the sum of both", unit: "share" },
    stronger: { means: "the greater intensity over the sum of both", unit: "share" },
    capital: { means: "free-float market value of the companies, each once", unit: "USD" },
    companies: { means: "companies with a market value", unit: "count" },
    valued: { means: "the day of the oldest of these values", unit: "date" },
    n: { means: "earlier readings that the percentiles are taken among", unit: "count" },
    day: { means: "the end of the latest week of headlines", unit: "date" },
  },
  rules: [
    {
      word: "battle-for-trillions",
      named: "narrative battle over trillions",
      if: [...isRanked, ["capital", "known", null]],
      gate: [...isBattle, ["capital", ">=", trillion, "below-a-trillion"]],
      claim: "narrative.battle.trillions",
      text: [...ranks, "narrative.battle.balance", "narrative.battle.capital"],
      tells: [...both, "weaker", "fainter", "capital", "companies", "valued"],
      stance: "narrative.{id}:battle",
      surprise: "firstPercentile",
    },
    {
      word: "battle",
      named: "narrative battle",
      if: isRanked,
      gate: isBattle,
      claim: "narrative.battle.claim",
      text: [...ranks, "narrative.battle.balance"],
      tells: [...both, "weaker", "fainter"],
      stance: "narrative.{id}:battle",
      surprise: "firstPercentile",
    },
    {
      word: "both-told-much",
      named: "both told much",
      if: isRanked,
      gate: bothMuch,
      claim: "narrative.both.claim",
      text: [...ranks, "narrative.both.balance"],
      tells: [...both, "stronger", "louder", "fainter"],
      stance: "narrative.{id}:both",
      surprise: "firstPercentile",
    },
    loud("first"),
    loud("second"),
    {
      word: "usual",
      if: isRanked,
      claim: "narrative.usual.claim",
      text: ranks,
      tells: both,
      stance: "narrative.{id}:usual",
    },
    {
      // Of a short history the intensities are known, and not whether they are high.
      word: "unranked",
      claim: "narrative.unranked.claim",
      text: ["narrative.unranked.text"],
      tells: ["first", "second", "firstProse", "secondProse", "firstIntensity", "secondIntensity", "day"],
    },
  ],
};

const toned = (word: "darker" | "brighter", gate: Condition): Rule => ({
  word: `tone.${word}`,
  refused: `tone-${word}`,
  named: `a ${word} tone`,
  if: [["tone", word === "darker" ? "<" : ">", 0]],
  gate: [gate],
  claim: `narrative.tone.claim.${word}`,
  text: [`narrative.tone.text.${word}`],
  tells: ["tone", "n"],
  stance: `narrative.{id}.tone:${word}`,
});

/** How a narrative is told. */
export const narrativeTone: Ladder = {
  id: "narrative.tone",
  section: "narrative",
  about: "the tone of a narrative's headlines",
  standard: "N3 tone",
  evidence: {
    tone: { means: "mean z of the sources' tones, each in its own history", unit: "z" },
    n: { means: "earlier weeks of the source that has the fewest", unit: "count" },
  },
  rules: [
    toned("darker", ["tone", "<=", -1, "tone-above"]),
    toned("brighter", ["tone", ">=", 1, "tone-below"]),
  ],
};

/** How far a narrative has spread. */
export const narrativeDiffusion: Ladder = {
  id: "narrative.diffusion",
  section: "narrative",
  about: "the sub-industries that a narrative has reached",
  standard: "N4 diffusion index",
  evidence: {
    hit: { means: "sub-industries that are hit", unit: "count" },
    known: { means: "sub-industries of which it is known", unit: "count" },
    change: { means: "change of their share over twenty sessions", unit: "pp" },
    entrants: { means: "those hit that were not twenty sessions before", unit: "count" },
    leavers: { means: "those hit then that are not now", unit: "count" },
    day: { means: "the end of the latest week", unit: "date" },
    basis: {
      means: "whether headlines must name them as well as their returns fall, or returns alone tell",
      oneOf: ["headlines", "returns"],
    },
  },
  rules: [
    {
      word: "spreading",
      named: "spreading to more sub-industries",
      gate: [
        ["change.state", "is", "up", "not-risen"],
        ["entrants", ">=", 1, "no-entrant"],
      ],
      claim: "narrative.spreading.claim.{basis}",
      text: [
        "narrative.spreading.{basis}",
        { say: "narrative.spreading.new", if: [["leavers", "<=", 0]] },
        { say: "narrative.spreading.swap", if: [["leavers", ">", 0]], tells: ["gone"] },
      ],
      tells: ["hit", "known", "entrants", "change", "new", "market", "day"],
      stance: "narrative.{id}:spreading",
    },
    {
      word: "reached",
      if: [["hit", ">=", 1]],
      claim: "narrative.reached.claim.{basis}",
      text: ["narrative.reached.{basis}"],
      tells: ["hit", "known", "all", "market", "day"],
      stance: "narrative.{id}:reached",
    },
  ],
};

/** How those whom a narrative is told to hurt answer to it. */
export const narrativeVictims: Ladder = {
  id: "narrative.victims",
  section: "narrative",
  about: "how a list of names answers to a narrative",
  standard: "N5 narrative beta",
  evidence: {
    rise: {
      means: "return beyond the market in a week in which intensity rises by ten points",
      unit: "pp",
    },
    fall: { means: "the same in one in which it falls by ten points", unit: "pp" },
    asymmetry: { means: "Wald's statistic of both slopes being one", unit: "ratio" },
    larger: { means: "which of the two returns is the larger in size", oneOf: ["rise", "fall"] },
    n: { means: "weeks", unit: "count" },
    names: { means: "names on the list that count", unit: "count" },
  },
  rules: [
    {
      word: "asymmetric",
      named: "sharper selling when the narrative is told more",
      gate: [
        ["rise.state", "is", "down", "no-loss"],
        ["asymmetry.q", "<=", 0.1, "q-above"],
        ["larger", "is", "rise", "gain-larger"],
      ],
      claim: "narrative.victims.claim",
      text: ["narrative.victims.rise", "narrative.victims.fall.{fall.state}"],
      tells: ["rise", "fall", "n", "names", "theme", "themeName"],
      stance: "narrative.{id}:asymmetric",
    },
  ],
};

const quarters = ["spent", "spentBefore", "quarter"];
const isRising: Condition = ["rise.state", "is", "up", "not-rising"];
const earnings: Sentence = {
  say: "narrative.capex.earned",
  if: [],
  tells: ["earned", "earnedBefore"],
};

/** What those who build spend, and what comes of it. */
export const narrativeCapex: Ladder = {
  id: "narrative.capex",
  section: "narrative",
  about: "capital expenditure and what comes of it",
  standard: "V8 capex return",
  evidence: {
    spent: { means: "capital expenditure over sales, of four quarters", unit: "share" },
    spentBefore: { means: "the same of the four before", unit: "share" },
    rise: { means: "the change between the two", unit: "pp" },
    earned: { means: "rise of income over a year per unit spent the year before", unit: "share" },
    earnedBefore: { means: "the same a year before", unit: "share" },
    change: { means: "the change between the two", unit: "pp" },
    reaction: { means: "median abnormal return on days of guidance and the next", unit: "return" },
    events: { means: "days of guidance within a year", unit: "count" },
    quarter: { means: "the last day of the latest quarter", unit: "date" },
  },
  rules: [
    {
      word: "questioned",
      refused: "questioned-by-return",
      named: "scrutiny of capex returns",
      gate: [isRising, ["change.state", "is", "down", "return-not-falling"]],
      claim: "narrative.capex.claim.return",
      text: [
        "narrative.capex.rising",
        "narrative.capex.earned",
        {
          say: "narrative.capex.reaction",
          if: [["reaction.state", "is", "down"]],
          tells: ["reaction", "events"],
        },
      ],
      tells: [...quarters, "earned", "earnedBefore"],
      stance: "narrative.{id}:questioned",
    },
    {
      word: "questioned",
      refused: "questioned-by-reaction",
      named: "scrutiny of capex returns",
      gate: [isRising, ["reaction.state", "is", "down", "guidance-not-sold"]],
      claim: "narrative.capex.claim.reaction",
      text: ["narrative.capex.rising", "narrative.capex.reaction", earnings],
      tells: [...quarters, "reaction", "events"],
      stance: "narrative.{id}:questioned",
    },
    {
      word: "rising",
      if: [isRising],
      claim: "narrative.capex.claim.rising",
      text: ["narrative.capex.rising", earnings],
      tells: quarters,
      stance: "narrative.{id}:rising",
    },
  ],
};

const ahead = (side: "heavy" | "light", gate: Condition, state: "up" | "down"): Rule => ({
  word: `${side}-ahead`,
  named: `asset-${side} companies ahead`,
  if: [["spread.state", "is", state]],
  gate: [gate],
  claim: `narrative.assets.claim.${side}`,
  text: [`narrative.assets.text.${side}`],
  tells: ["spread", "z", "names", "side", "n"],
  stance: `narrative.{id}:${side}`,
});

/** Companies with many assets against those with few. */
export const narrativeAssets: Ladder = {
  id: "narrative.assets",
  section: "narrative",
  about: "companies with many assets against those with few",
  standard: "V9 asset-intensity spread",
  evidence: {
    spread: { means: "return of four weeks of the heaviest fifth less that of the lightest", unit: "pp" },
    z: { means: "its z in its own history", unit: "z" },
    heavy: { means: "return of the heaviest fifth", unit: "return" },
    light: { means: "return of the lightest fifth", unit: "return" },
    names: { means: "names that count", unit: "count" },
    side: { means: "names in each fifth", unit: "count" },
    n: { means: "earlier spreads", unit: "count" },
  },
  rules: [
    ahead("heavy", ["z", ">=", 1, "z-below"], "up"),
    ahead("light", ["z", "<=", -1, "z-above"], "down"),
  ],
};

/** All that may be said of narratives. */
export const narrativeLadders: readonly Ladder[] = [
  narrativeContest,
  narrativeTone,
  narrativeDiffusion,
  narrativeVictims,
  narrativeCapex,
  narrativeAssets,
];
