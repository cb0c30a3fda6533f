import { percentileEnd } from "#src/statements/percentile-end.ts";
import type { Condition, Ladder, Rule, Sentence } from "#src/statements/rule.ts";

/** What price and earnings did since the peak, where both are known; the multiple's part stands before. */
const since: Sentence = {
  say: "epicentre.multiple.since",
  if: [],
  tells: ["price", "earnings"],
};
const valued = ["multiple", "ratio", "peak", "peakDate", "date"];

/** The sector's multiple against its own peak of three years. */
export const sectorMultiple: Ladder = {
  id: "epicentre.multiple",
  section: "epicentre",
  about: "a sector's multiple against its peak of three years",
  standard: "B3 milestone of the multiple, V3 return decomposition",
  evidence: {
    multiple: { means: "forward price over earnings", unit: "multiple" },
    peak: { means: "its highest value of three years", unit: "multiple" },
    ratio: { means: "the one over the other", unit: "share" },
    peakDate: { means: "the day of the peak", unit: "date" },
    date: { means: "the day of the latest multiple", unit: "date" },
    isWhole: { means: "whether the multiples go back three years" },
    isPeak: { means: "whether the latest is the peak" },
    price: { means: "change of the price since the peak", unit: "return" },
    earnings: { means: "change of the earnings since then", unit: "return" },
  },
  rules: [
    {
      word: "multiple.below-half",
      refused: "multiple-below-half",
      named: "multiple below half of its peak",
      if: [["isWhole", "is", true]],
      gate: [["ratio", "<", 0.45, "ratio-above"]],
      claim: "epicentre.multiple.claim.below-half",
      text: ["epicentre.multiple.text.plain", since],
      tells: valued,
      stance: "{id}.multiple:below-half",
      surprise: "ratio",
    },
    {
      word: "multiple.halved",
      refused: "multiple-halved",
      named: "multiple halved",
      if: [
        ["isWhole", "is", true],
        ["ratio", ">=", 0.45],
      ],
      gate: [["ratio", "<=", 0.55, "ratio-above"]],
      claim: "epicentre.multiple.claim.halved",
      text: ["epicentre.multiple.text.halved", since],
      tells: valued,
      stance: "{id}.multiple:halved",
      surprise: "ratio",
    },
    {
      word: "multiple.peak",
      refused: "multiple-peak",
      if: [
        ["isWhole", "is", true],
        ["isPeak", "is", true],
      ],
      claim: "epicentre.multiple.claim.peak",
      text: ["epicentre.multiple.text.peak"],
      tells: ["multiple", "date"],
      stance: "{id}.multiple:peak",
      surprise: "ratio",
    },
    {
      word: "multiple.below",
      refused: "multiple-below",
      if: [["isWhole", "is", true]],
      claim: "epicentre.multiple.claim.below",
      text: ["epicentre.multiple.text.plain", since],
      tells: valued,
      stance: "{id}.multiple:below",
      surprise: "ratio",
    },
    {
      // Of a short history the peak may have been before it.
      word: "multiple.unranked",
      refused: "multiple-unranked",
      claim: "epicentre.multiple.claim.unranked",
      text: ["epicentre.multiple.text.unranked"],
      tells: ["multiple", "date"],
    },
  ],
};

const moved = ["before", "volatility"];
const soared = (by: string, gate: Condition, text: string, tells: readonly string[]): Rule => ({
  word: "volatility.soared",
  refused: `volatility-soared-by-${by}`,
  named: "volatility soared",
  gate: [["change.state", "is", "up", "not-risen"], gate],
  claim: "epicentre.volatility.claim.soared",
  text: [text],
  tells,
  stance: "{id}.volatility:up",
  surprise: "percentile",
  passing: true,
});

/** Whether the sector's volatility has soared; where it has not, where it stands. */
export const sectorVolatility: Ladder = {
  id: "epicentre.volatility",
  section: "epicentre",
  about: "a sector's realised volatility",
  standard: "A5 realised volatility, A10 percentile",
  evidence: {
    volatility: { means: "20-session volatility", unit: "volatility" },
    before: { means: "that of the twenty sessions before", unit: "volatility" },
    change: { means: "the change between the two", unit: "pp" },
    percentile: { means: "its percentile", unit: "percentile" },
    end: percentileEnd,
    multiple: { means: "it over that of 252 sessions", unit: "multiple" },
    n: { means: "sessions that the percentile is taken among", unit: "count" },
  },
  rules: [
    soared(
      "ratio",
      ["multiple", ">=", 1.5, "below-one-and-a-half-times"],
      "epicentre.volatility.text.ratio",
      [...moved, "multiple"],
    ),
    soared("percentile", ["percentile", ">=", 90, "percentile-below"], "epicentre.volatility.text.soared", [
      ...moved,
      "percentile",
      "n",
    ]),
    {
      word: "volatility.placed",
      refused: "volatility-placed",
      if: [["percentile", "known", null]],
      claim: "epicentre.volatility.claim.placed",
      text: ["epicentre.volatility.text.{end}"],
      tells: ["volatility", "percentile", "n"],
      stance: "{id}.volatility:placed",
      surprise: "percentile",
    },
    {
      word: "volatility.unranked",
      refused: "volatility-unranked",
      claim: "epicentre.volatility.claim.placed",
      text: ["epicentre.volatility.text.unranked"],
      tells: ["volatility"],
    },
  ],
};

const abnormal = ["abnormal", "z", "market", "beta"];
const down: Condition = ["abnormal.state", "is", "down", "flat"];
const up: Condition = ["abnormal.state", "is", "up", "flat"];
const fell: Condition = ["z", "<=", -2, "abnormal-above"];
const rose: Condition = ["z", ">=", 2, "abnormal-below"];

/** Whether the sector was sold, or bought, beyond what its market explains. */
export const sectorSelling: Ladder = {
  id: "epicentre.selling",
  section: "epicentre",
  about: "a sector's last five sessions beyond its market",
  standard: "B6 event reaction, A9 volume",
  evidence: {
    abnormal: { means: "return of five sessions beyond the market's part", unit: "return" },
    z: { means: "it in its deviations before", unit: "z" },
    beta: { means: "the beta by which the market's part is taken off", unit: "ratio" },
    from: { means: "the first of the sessions", unit: "date" },
    volumeZ: { means: "z-score of the volume of the same sessions", unit: "z" },
    isTraded: { means: "whether volumes are named" },
  },
  rules: [
    {
      word: "selling.violent",
      refused: "violent-selling",
      named: "violent selling",
      gate: [fell, down, ["volumeZ", ">=", 1, "volume-below"]],
      claim: "epicentre.selling.claim.violent",
      text: ["epicentre.selling.text.violent"],
      tells: [...abnormal, "volumeZ"],
      stance: "{id}.abnormal:down.violent",
      surprise: "abnormal",
      passing: true,
    },
    {
      word: "selling.fell",
      refused: "abnormal-fall",
      named: "fell beyond its market",
      gate: [fell, down],
      claim: "epicentre.selling.claim.fell",
      text: [
        "epicentre.selling.text.fell",
        { say: "epicentre.selling.text.volume", if: [["isTraded", "is", true]], tells: ["volumeZ"] },
      ],
      tells: abnormal,
      stance: "{id}.abnormal:down",
      surprise: "abnormal",
      passing: true,
    },
    {
      word: "selling.rose",
      refused: "abnormal-rise",
      named: "rose beyond its market",
      gate: [rose, up],
      claim: "epicentre.selling.claim.rose",
      text: ["epicentre.selling.text.rose"],
      tells: abnormal,
      stance: "{id}.abnormal:up",
      surprise: "abnormal",
      passing: true,
    },
    {
      word: "selling.usual",
      refused: "abnormal-usual",
      if: [["abnormal.state", "in", ["up", "down", "flat"]]],
      claim: "epicentre.selling.claim.usual",
      text: ["epicentre.selling.text.usual.{abnormal.state}"],
      tells: ["move", "z", "market", "beta"],
      stance: "{id}.abnormal:usual",
      surprise: "abnormal",
      passing: true,
    },
  ],
};

const parts = ["lagging", "parts", "market"];
const worst = ["worst", "worstName"];
const best = ["best", "bestName"];

/** Which parts of the sector lag its market. */
export const sectorParts: Ladder = {
  id: "epicentre.parts",
  section: "epicentre",
  about: "the parts of a sector against its market",
  standard: "A2 period return less the market's",
  evidence: {
    of: { means: "of what the parts are", oneOf: ["subindustries", "names"] },
    sides: {
      means: "whether all print behind the market over a month, all ahead, or neither",
      oneOf: ["all-behind", "all-ahead", "split"],
    },
    lagging: { means: "parts that print behind it", unit: "count" },
    parts: { means: "parts that have a month's return", unit: "count" },
    worst: { means: "the lowest month's return less the market's", unit: "pp" },
    best: { means: "the highest", unit: "pp" },
  },
  rules: [
    {
      word: "parts.behind",
      refused: "parts-behind",
      named: "all behind",
      gate: [["sides", "is", "all-behind", "not-all-behind"]],
      claim: "epicentre.parts.claim.behind.{of}",
      text: ["epicentre.parts.text.behind.{of}"],
      tells: [...parts, ...worst],
      stance: "{id}.parts:down",
    },
    {
      word: "parts.ahead",
      refused: "parts-ahead",
      named: "all ahead",
      if: [["sides", "is not", "all-behind"]],
      gate: [["sides", "is", "all-ahead", "not-all-ahead"]],
      claim: "epicentre.parts.claim.ahead.{of}",
      text: ["epicentre.parts.text.ahead.{of}"],
      tells: [...parts, ...best],
      stance: "{id}.parts:up",
    },
    {
      word: "parts.split",
      refused: "parts-split",
      if: [["sides", "is", "split"]],
      claim: "epicentre.parts.claim.split.{of}",
      text: ["epicentre.parts.text.split.{of}"],
      tells: [...parts, ...worst, ...best],
      stance: "{id}.parts:split",
    },
  ],
};

const counted = ["drops", "unexplained", "share", "percentile"];
const isHigh: Condition = ["percentile", ">=", 80, "share-not-high"];
const taken = ["reversal", "low", "high", "level", "days", "since"];

/** Whether the names are sold first and judged later. */
export const sectorDrops: Ladder = {
  id: "epicentre.drops",
  section: "epicentre",
  about: "drops of a sector's names without an event of their own",
  standard: "L4 unexplained drops and reversal",
  evidence: {
    drops: { means: "drops of three deviations or more in 63 sessions", unit: "count" },
    unexplained: { means: "those without a declared event within a session", unit: "count" },
    share: { means: "their share", unit: "share" },
    percentile: { means: "its percentile", unit: "percentile" },
    end: percentileEnd,
    reversal: {
      means: "what the five sessions after took back of such drops, all since the list began",
      unit: "share",
    },
    low: { means: "the lower end of its interval of 95 per cent", unit: "share" },
    high: { means: "the upper end", unit: "share" },
    level: { means: "how much of the draws the interval holds", unit: "share" },
    isReversed: { means: "whether all of the interval is above 0" },
    days: { means: "days with such drops", unit: "count" },
    since: { means: "the day since which all names have events", unit: "date" },
  },
  rules: [
    {
      word: "drops.shoot-first",
      refused: "shoot-first",
      named: "shoot first, aim later",
      gate: [isHigh, ["isReversed", "is", true, "no-reversal"]],
      claim: "epicentre.drops.claim.shoot-first",
      text: ["epicentre.drops.text.high.{end}", "epicentre.drops.text.reversed"],
      tells: [...counted, ...taken],
      stance: "{id}.drops:shoot-first",
    },
    {
      word: "drops.high",
      refused: "drops-high",
      named: "many drops without news",
      gate: [isHigh],
      claim: "epicentre.drops.claim.high",
      text: [
        "epicentre.drops.text.high.{end}",
        { say: "epicentre.drops.text.not-reversed", if: [["isReversed", "is", false]], tells: taken },
      ],
      tells: counted,
      stance: "{id}.drops:high",
    },
    {
      word: "drops.counted",
      refused: "drops-counted",
      claim: "epicentre.drops.claim.counted",
      text: ["epicentre.drops.text.counted"],
      tells: ["drops", "unexplained"],
      stance: "{id}.drops:counted",
    },
  ],
};

/** All that may be said of a sector in focus. */
export const epicentreLadders: readonly Ladder[] = [
  sectorMultiple,
  sectorSelling,
  sectorVolatility,
  sectorParts,
  sectorDrops,
];
