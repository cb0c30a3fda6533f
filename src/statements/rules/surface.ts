import { percentileEnd } from "#src/statements/percentile-end.ts";
import type { Condition, Declared, Ladder, Rule, Sentence } from "#src/statements/rule.ts";

/** From what percentile on volatility is turbulent below, and up to what percentile it is calm at the surface (S15). */
const [calm, turbulent] = [40, 80];
/** A statistic is called high and low from there on. */
const [low, high] = [20, 80];

const basis: Declared = {
  means: "whether the history is that of today's names, or of those of each day",
  oneOf: ["survivors", "members"],
};
const names: Declared = { means: "names counted", unit: "count" };
const sessions: Declared = { means: "sessions that the percentile is taken among", unit: "count" };

/** Wherever a percentile of today's names is told, that those which left are missing. */
const survivors: Sentence = { say: "surface.survivors", if: [["basis", "is", "survivors"]] };
const ofSurvivors = { caveats: [survivors], surprise: "percentile" };
const ratio: Sentence = { say: "surface.ratio-text", if: [], tells: ["ratio"] };
const isCalm: Condition = ["indexPercentile", "<=", calm, "index-not-calm"];

const ofIndex = "surface.index.{indexEnd}";
const ofNames = "surface.names.{namesEnd}";
const numbers = [
  "index",
  "names",
  "namesVolatility",
  "namesPercentile",
  "indexVolatility",
  "indexPercentile",
  "n",
];

const both = (word: string, named: string, gate: readonly Condition[], asked: Condition): Rule => ({
  word,
  named,
  if: [asked],
  gate,
  claim: `surface.${word}.claim`,
  text: [ofNames, survivors, ofIndex, ratio],
  tells: numbers,
  stance: `{id}.surface:${word}`,
  surprise: "namesPercentile",
});

/** An index against the names under it. */
export const surfaceDepth: Ladder = {
  id: "surface.depth",
  section: "surface",
  about: "an index against the names under it",
  standard: "D4 calm surface",
  evidence: {
    indexVolatility: { means: "20-session volatility of the index", unit: "volatility" },
    indexPercentile: {
      means: "its percentile, in the sessions in which the names have one",
      unit: "percentile",
    },
    indexEnd: percentileEnd,
    namesVolatility: { means: "mean 20-session volatility of the names", unit: "volatility" },
    namesPercentile: { means: "its percentile", unit: "percentile" },
    namesEnd: percentileEnd,
    dispersionPercentile: { means: "percentile of the dispersion of the names' returns", unit: "percentile" },
    dispersionEnd: percentileEnd,
    gap: { means: "percentile of the gap of the two percentiles in its own history", unit: "percentile" },
    ratio: { means: "the names' mean volatility over that of the index", unit: "multiple" },
    ratioPercentile: { means: "its percentile", unit: "percentile" },
    basis,
    names,
    n: sessions,
  },
  rules: [
    {
      word: "calm-turbulent",
      refused: "calm-turbulent-by-volatility",
      named: "calm surface, turbulent below",
      gate: [isCalm, ["namesPercentile", ">=", turbulent, "names-not-turbulent"]],
      claim: "surface.calm-turbulent.claim",
      text: ["surface.calm-turbulent.volatility.{namesEnd}", survivors, ofIndex, ratio],
      tells: numbers,
      stance: "{id}.surface:calm-turbulent",
      surprise: "gap",
    },
    {
      word: "calm-turbulent",
      refused: "calm-turbulent-by-dispersion",
      named: "calm surface, turbulent below",
      gate: [isCalm, ["dispersionPercentile", ">=", turbulent, "names-not-apart"]],
      claim: "surface.calm-turbulent.claim",
      text: ["surface.calm-turbulent.dispersion.{dispersionEnd}", survivors, ofNames, ofIndex, ratio],
      tells: [...numbers, "dispersionPercentile"],
      stance: "{id}.surface:calm-turbulent",
      surprise: "gap",
    },
    both(
      "turbulent",
      "turbulent at the surface and below",
      [["namesPercentile", ">=", turbulent, "names-not-turbulent"]],
      ["indexPercentile", ">=", turbulent],
    ),
    both(
      "calm",
      "calm at the surface and below",
      [["namesPercentile", "<=", calm, "names-not-calm"]],
      ["indexPercentile", "<=", calm],
    ),
    {
      word: "mixed",
      if: [["namesPercentile", "known", null]],
      claim: "surface.ratio.claim",
      text: [ofNames, survivors, ofIndex, "surface.ratio-text"],
      tells: [...numbers, "ratio"],
      stance: "{id}.surface:mixed",
      surprise: "ratioPercentile",
    },
    {
      // Of a short history the volatilities are known, and not whether they are high.
      word: "unranked",
      if: [["namesPercentile", "is", null]],
      claim: "surface.ratio.claim",
      text: ["surface.unranked"],
      tells: ["index", "names", "namesVolatility", "indexVolatility", "ratio"],
    },
  ],
};

const moved = ["index", "before", "volatility"];
const soared = (by: string, gate: Condition, text: string, tells: readonly string[]): Rule => ({
  word: "soared",
  refused: `soared-by-${by}`,
  named: "soared",
  gate: [["change.state", "is", "up", "not-risen"], gate],
  claim: "surface.soared.claim",
  text: [text],
  tells,
  stance: "{id}.names-volatility:up",
  surprise: "percentile",
  passing: true,
});

/** Whether the volatility of the names has soared; where it has not, its level is said beside that of the index. */
export const namesVolatility: Ladder = {
  id: "surface.volatility",
  section: "surface",
  about: "the names' mean volatility against that of a month before",
  standard: "A5 realised volatility",
  evidence: {
    volatility: { means: "mean 20-session volatility of the names", unit: "volatility" },
    before: { means: "that of the twenty sessions before", unit: "volatility" },
    change: { means: "the change between the two", unit: "pp" },
    percentile: { means: "its percentile", unit: "percentile" },
    multiple: { means: "it over the names' mean volatility of 252 sessions", unit: "multiple" },
  },
  rules: [
    soared("ratio", ["multiple", ">=", 1.5, "below-one-and-a-half-times"], "surface.soared.ratio", [
      ...moved,
      "multiple",
    ]),
    soared("percentile", ["percentile", ">=", 90, "percentile-below"], "surface.soared.text", moved),
  ],
};

/** High, low or neither by its own history, and of a short one the bare number. */
const placed = (
  what: string,
  tells: readonly string[],
  { caveats, surprise }: Pick<Rule, "surprise"> & { readonly caveats: readonly Sentence[] },
): readonly Rule[] => {
  const rule = (word: string, rest: Pick<Rule, "if" | "gate" | "named">): Rule => ({
    ...rest,
    word: `${what}.${word}`,
    refused: `${what}-${word}`,
    claim: `surface.${what}.claim.${word}`,
    text: [`surface.${what}.text.{end}`, ...caveats],
    tells: [...tells, "percentile", "n"],
    stance: `{id}.${what}:${word}`,
    ...(surprise === undefined ? {} : { surprise }),
  });
  return [
    rule("high", {
      named: `high ${what}`,
      if: [["percentile", ">=", 50]],
      gate: [["percentile", ">=", high, "percentile-below"]],
    }),
    rule("low", {
      named: `low ${what}`,
      if: [["percentile", "<", 50]],
      gate: [["percentile", "<=", low, "percentile-above"]],
    }),
    rule("middle", { if: [["percentile", "known", null]] }),
    {
      word: `${what}.unranked`,
      claim: `surface.${what}.claim.middle`,
      text: [`surface.${what}.text.unranked`],
      tells,
    },
  ];
};

/** How far the names' returns lie apart. */
export const namesDispersion: Ladder = {
  id: "surface.dispersion",
  section: "surface",
  about: "how far the names' returns lie apart",
  standard: "D1 cross-sectional dispersion",
  evidence: {
    dispersion: { means: "daily cross-sectional dispersion, mean of 21 sessions", unit: "volatility" },
    percentile: { means: "its percentile", unit: "percentile" },
    end: percentileEnd,
    basis,
    names,
    n: sessions,
  },
  rules: placed("dispersion", ["index", "dispersion", "names"], ofSurvivors),
};

/** Which group contributes most to dispersion. */
export const dispersionContributors: Ladder = {
  id: "surface.contributors",
  section: "surface",
  about: "the groups' contributions to dispersion",
  standard: "D5 contribution to dispersion",
  evidence: {
    share: { means: "the largest share", unit: "share" },
    of: { means: "names of that group", unit: "count" },
    second: { means: "the second largest share", unit: "share" },
    lead: { means: "the lead of the one over the other", unit: "pp" },
    names,
  },
  rules: [
    {
      word: "contributor",
      named: "largest contributor",
      gate: [["lead.state", "is", "up", "no-lead"]],
      claim: "surface.contributor.claim",
      text: ["surface.contributor.text"],
      tells: ["group", "share", "of", "names"],
    },
    {
      word: "contributors",
      if: [["lead.state", "is", "flat"]],
      claim: "surface.contributors.claim",
      text: ["surface.contributors.text"],
      tells: ["group", "secondGroup", "share"],
    },
  ],
};

/** How closely the names move together. */
export const namesCorrelation: Ladder = {
  id: "surface.correlation",
  section: "surface",
  about: "how closely the names move together",
  standard: "D2 average pairwise correlation",
  evidence: {
    correlation: { means: "average pairwise correlation of 60 sessions", unit: "correlation" },
    percentile: { means: "its percentile", unit: "percentile" },
    end: percentileEnd,
    basis,
    names,
    n: sessions,
  },
  rules: placed("correlation", ["index", "correlation", "names"], ofSurvivors),
};

/** What options imply, as an exchange publishes it. */
export const impliedMeasure: Ladder = {
  id: "surface.implied",
  section: "surface",
  about: "an implied measure as an exchange publishes it",
  standard: "D3 implied measure",
  evidence: {
    value: { means: "its latest value", unit: "points" },
    percentile: { means: "its percentile", unit: "percentile" },
    end: percentileEnd,
    n: sessions,
  },
  // It is shown beside what is found, and not ranked with it.
  rules: placed("implied", ["value"], { caveats: [] }),
};

/** Whether the losers of the days lag farther than usual. */
export const namesLosers: Ladder = {
  id: "surface.losers",
  section: "surface",
  about: "how far the losers lie below the median",
  standard: "D6 cross-sectional asymmetry",
  evidence: {
    spread: { means: "the losers' mean less the median, mean of 21 sessions", unit: "pp" },
    percentile: { means: "its percentile", unit: "percentile" },
    bowley: {
      means: "Bowley's skewness, mean of 21 sessions: below 0 where losers are the longer tail",
      unit: "correlation",
    },
    tail: { means: "which share of the names the losers are", oneOf: ["tenth", "fifth"] },
    basis,
    n: sessions,
  },
  rules: [
    {
      word: "losers",
      named: "losers punished",
      gate: [
        ["bowley.state", "is", "down", "not-lopsided"],
        // The spread is below 0: the lowest tenth of its history are the widest.
        ["percentile", "<=", 10, "percentile-above"],
      ],
      claim: "surface.losers.claim",
      text: ["surface.losers.text.{tail}", survivors],
      tells: ["index", "spread", "n"],
      // It is mostly a matter of dispersion, and ranks behind it.
      stance: "{id}.losers:far",
    },
  ],
};

/** All that may be said of an index and its names. */
export const surfaceLadders: readonly Ladder[] = [
  surfaceDepth,
  namesVolatility,
  namesDispersion,
  dispersionContributors,
  namesLosers,
  namesCorrelation,
  impliedMeasure,
];
