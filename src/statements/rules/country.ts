import { countryNames } from "#src/domain/country-rules.ts";
import { percentileEnd } from "#src/statements/percentile-end.ts";
import type { Condition, Declared, Ladder, Rule, Sentence } from "#src/statements/rule.ts";

/** All countries are told by the same rules and messages, each in its own section. */
const ofCountries = { section: "country", sections: countryNames } as const;

const day = (means: string): Declared => ({ means, unit: "date" });
const count = (means: string): Declared => ({ means, unit: "count" });
const move = (means: string): Declared => ({ means, unit: "return" });

const inDollars: Sentence = {
  say: "country.year.dollars.{dollars.state}-{fx.state}",
  if: [],
  tells: ["dollars", "fx"],
};
const ofCurrency: Sentence = {
  say: "country.year.fx.{fx.state}",
  if: [],
  tells: ["fx", "money"],
};

/** The index and its currency over the year. */
export const countryYear: Ladder = {
  ...ofCountries,
  id: "country.year",
  about: "a country's index over the year, in its currency and in dollars",
  standard: "A3 currency return",
  evidence: {
    local: move("return of the year to date, in local currency"),
    fx: move("that of the currency against the dollar, between the same sessions"),
    dollars: move("the return in dollars"),
    base: day("the last session of the year before"),
    end: day("the session of the last close"),
    turn: { means: "whether the return in dollars has the other sign" },
  },
  rules: [
    {
      word: "turned",
      named: "turned by the currency",
      if: [
        ["local.state", "in", ["up", "down"]],
        ["dollars.state", "in", ["up", "down"]],
      ],
      gate: [["turn", "is", true, "same-sign"]],
      claim: "country.turned.claim.{local.state}",
      text: ["country.turned.text.{local.state}", ofCurrency],
      tells: ["local", "dollars", "money"],
      stance: "{section}.year:turned-{local.state}",
    },
    {
      word: "year",
      if: [["dollars", "known", null]],
      claim: "country.year.claim.{local.state}",
      text: ["country.year.text.{local.state}", inDollars],
      tells: ["local", "money"],
      stance: "{section}.year:{local.state}",
    },
    {
      word: "local",
      claim: "country.year.claim.{local.state}",
      text: ["country.year.text.{local.state}"],
      tells: ["local", "money"],
      stance: "{section}.year:{local.state}",
    },
  ],
};

const ahead = (word: "strong" | "weak", asked: Condition, gate: Condition): Rule => ({
  word,
  if: [asked],
  gate: [gate],
  claim: `country.strength.claim.${word}`,
  text: [`country.strength.text.${word}`],
  tells: ["strength", "z", "world"],
  stance: `{section}.strength:${word}`,
  surprise: "percentile",
});

/** The index in dollars against the world's. */
export const countryStrength: Ladder = {
  ...ofCountries,
  id: "country.strength",
  about: "a country's index in dollars against the world's over 20 sessions",
  standard: "A4 relative strength",
  evidence: {
    strength: move("what the index in dollars gained on the world's: the change of their ratio"),
    z: { means: "z-score of the difference of their log returns, in its own history", unit: "z" },
    percentile: { means: "its percentile there", unit: "percentile" },
  },
  rules: [
    ahead("strong", ["strength.state", "is", "up"], ["z", ">=", 1, "z-below"]),
    ahead("weak", ["strength.state", "is", "down"], ["z", "<=", -1, "z-above"]),
  ],
};

const [fresh, near] = [30, 0.03];
const isFresh: Condition = ["age", "<=", fresh, "target-stale"];
const isFar: Condition = ["distance", ">", near, "target-nearly-reached"];
const old: Sentence = { say: "country.target.old", if: [["age", ">", fresh]], tells: ["age"] };
const isNear: Sentence = { say: "country.target.near", if: [["distance", "<=", near]] };
const revised: Sentence = {
  say: "country.target.revised.{revision.state}",
  if: [["revision.state", "in", ["up", "down"]]],
  tells: ["revision", "previous", "previousDate"],
};

const target = (word: string, rest: Pick<Rule, "if" | "gate">): Rule => ({
  ...rest,
  word,
  claim: `country.target.claim.${word}`,
  text: ["country.target.text.{upside.state}", isNear, revised, old],
  tells: ["target", "close", "upside", "date", "source"],
  stance: `{section}.target:${word}`,
});

/** What a target leaves. A rating is somebody's opinion and no rule's. */
export const countryTarget: Ladder = {
  ...ofCountries,
  id: "country.target",
  about: "a target for a country's index",
  standard: "V5 implied upside",
  evidence: {
    target: { means: "the target", unit: "points" },
    close: { means: "the last close", unit: "points" },
    upside: move("the target over the last close, less one"),
    distance: { means: "its size" },
    age: count("days since the target was published"),
    date: day("the day of its publication"),
    revision: move("the target over the one before, less one"),
    previous: { means: "the one before", unit: "points" },
    previousDate: day("the day of that one's publication"),
  },
  rules: [
    target("raised", { if: [["revision.state", "is", "up"]], gate: [isFresh, isFar] }),
    target("cut", { if: [["revision.state", "is", "down"]], gate: [isFresh, isFar] }),
    target("nearly-reached", { if: [["distance", "<=", near]] }),
    target("passed", { if: [["upside", "<", -near]] }),
    target("stale", { if: [["age", ">", fresh]] }),
    target("stands", {}),
  ],
};

const losses = ["to-loss", "to-profit", "loss-narrower", "loss-wider", "loss-unchanged"] as const;

/** Expected earnings of the last fiscal year that there is. */
export const countryEarnings: Ladder = {
  ...ofCountries,
  id: "country.earnings",
  about: "expected earnings a share by fiscal year",
  standard: "V4 earnings growth",
  evidence: {
    growth: move("growth of the last fiscal year over the one before; none from a loss"),
    state: {
      means: "what earnings do",
      oneOf: ["profit-up", "profit-down", "profit-unchanged", ...losses],
    },
    isLow: { means: "whether the base is under half of the highest of the five years up to it" },
    year: { means: "the last fiscal year", unit: "label" },
    before: { means: "the one before", unit: "label" },
    date: day("the day of the estimate"),
    compound: move("growth of two years or more in a row, compounded"),
    first: { means: "the fiscal year from which it is counted", unit: "label" },
  },
  rules: [
    {
      word: "growth",
      named: "earnings growth",
      gate: [
        ["growth", "known", null, "not-meaningful"],
        ["state", "is not", "to-loss", "to-loss"],
      ],
      claim: "country.earnings.claim.{growth.state}",
      text: [
        "country.earnings.text.{growth.state}",
        {
          say: "country.earnings.compound.{compound.state}",
          if: [],
          tells: ["compound", "first"],
        },
        { say: "country.earnings.low-base", if: [["isLow", "is", true]] },
      ],
      tells: ["growth", "year", "before", "date", "source"],
      stance: "{section}.earnings:{growth.state}",
    },
    {
      word: "{state}",
      refused: "no-rate",
      if: [["state", "in", losses]],
      claim: "country.earnings.state.claim.{state}",
      text: ["country.earnings.state.text.{state}"],
      tells: ["year", "before", "date", "source"],
      stance: "{section}.earnings:{state}",
    },
  ],
};

const valued = (word: "below" | "above"): Rule => ({
  word,
  named: `${word} its long-run average`,
  if: [["verdict", "in", [word, "depends"]]],
  gate: [["verdict", "is", word, "depends-on-window"]],
  claim: `country.valuation.claim.${word}`,
  text: [`country.valuation.text.${word}.{windows}`],
  tells: ["multiple", "date", "low", "high"],
  stance: `{section}.valuation:${word}`,
  surprise: "percentile",
});

/** The forward price-earnings ratio against its long-run averages. */
export const countryValuation: Ladder = {
  ...ofCountries,
  id: "country.valuation",
  about: "the forward price-earnings ratio against its long-run averages",
  standard: "V2 standing in month-ends",
  evidence: {
    multiple: { means: "the latest ratio", unit: "multiple" },
    date: day("its day"),
    verdict: { means: "what all declared windows say", oneOf: ["below", "above", "depends"] },
    low: { means: "the lowest of the averages", unit: "multiple" },
    high: { means: "the highest", unit: "multiple" },
    windows: { means: "whether there is one window, or several", oneOf: ["one", "several"] },
    percentile: { means: "percentile in the longest window", unit: "percentile" },
  },
  rules: [
    valued("below"),
    valued("above"),
    {
      word: "depends",
      if: [["verdict", "is", "depends"]],
      claim: "country.valuation.claim.depends",
      text: ["country.valuation.text.depends"],
      tells: ["multiple", "date", "low", "high"],
      stance: "{section}.valuation:depends",
    },
  ],
};

/** What foreigners hold of the market. */
export const countryForeign: Ladder = {
  ...ofCountries,
  id: "country.foreign",
  about: "foreigners' share of a country's market value",
  standard: "V6 foreign ownership",
  evidence: {
    share: { means: "their share", unit: "share" },
    percentile: { means: "its percentile in ten years of month-ends", unit: "percentile" },
    end: percentileEnd,
    n: count("those month-ends"),
    date: day("the day of the share"),
  },
  rules: [
    {
      word: "low",
      named: "low foreign ownership",
      gate: [["percentile", "<=", 25, "percentile-above"]],
      claim: "country.foreign.claim",
      text: ["country.foreign.text.{end}"],
      tells: ["share", "percentile", "n", "date", "country"],
      stance: "{section}.foreign:low",
      surprise: "percentile",
    },
  ],
};

const differ: Condition = ["signsDiffer", "is", true];
const bothRose: Sentence = {
  say: "country.flip.both.{basis}.{often}",
  if: [["often", "known", null]],
  tells: ["both", "jointOf", "share", "longRun", "money"],
};
const yieldBeside: Sentence = {
  say: "country.flip.moves.yield",
  if: [],
  tells: ["indexMove", "currencyMove", "yieldMove", "money"],
};
const movesAlone: Sentence = {
  say: "country.flip.moves.plain",
  if: [["yieldMove", "is", null]],
  tells: ["indexMove", "currencyMove", "money"],
};

const flip = (word: string, rest: Pick<Rule, "named" | "if" | "gate" | "surprise">): Rule => ({
  ...rest,
  word,
  claim: `country.flip.claim.${word}`,
  text: [`country.flip.text.${word}.{basis}`, bothRose, yieldBeside, movesAlone],
  tells: ["recent", "prior", "recentN", "priorN", "money"],
  stance: `{section}.flip:${word}`,
});

/** Whether index and currency move together otherwise than they did. */
export const countryFlip: Ladder = {
  ...ofCountries,
  id: "country.flip",
  about: "the correlation of a country's index with its currency against the dollar",
  standard: "D10 correlation flip",
  evidence: {
    recent: { means: "correlation of the last 60 days, or 26 weeks", unit: "correlation" },
    prior: { means: "that of the 250 days, or 104 weeks, before", unit: "correlation" },
    basis: { means: "of days, or of weeks where closes lie apart", oneOf: ["daily", "weekly"] },
    recentN: count("returns of the first"),
    priorN: count("returns of the other"),
    signsDiffer: { means: "whether the two have different signs" },
    excludesZero: { means: "whether neither 95% interval holds 0" },
    persisted: { means: "returns for which the rolling correlation has had its present sign" },
    both: count("of the last returns those on which both rose"),
    jointOf: count("how many those are"),
    share: { means: "the one as a share of the other", unit: "share" },
    longRun: { means: "the share of those on which both rose before", unit: "share" },
    often: {
      means:
        "where that share lies: in the 95% interval of the recent one, below it (they rise together more often) or above it",
      oneOf: ["usual", "more", "less"],
    },
    indexMove: move("the index over 20 sessions"),
    currencyMove: move("the currency over 20 sessions"),
    yieldMove: { means: "the yield over 20 sessions", unit: "bp" },
  },
  rules: [
    flip("flipped", {
      if: [differ],
      gate: [
        ["excludesZero", "is", true, "interval-holds-zero"],
        ["recent.q", "<=", 0.1, "q-above"],
        ["persisted", ">=", 10, "not-persisted"],
      ],
      surprise: "recent",
    }),
    flip("signs", { named: "signs of a flip", if: [differ], surprise: "recent" }),
    flip("kept", {
      if: [
        ["signsDiffer", "is", false],
        ["excludesZero", "is", true],
      ],
    }),
    flip("unclear", { if: [["signsDiffer", "is", false]] }),
  ],
};

const against: Sentence = {
  say: "country.label.against.{against}",
  if: [["against", "known", null]],
};

/** The gates ask for what is seen beside the signs: a sign is of a move against its history, and the words are of the move. */
const trade = (word: string, gate: readonly Condition[], text: readonly Sentence[] = []): Rule => ({
  word,
  gate: [["trade", "is", word, "signs-against"], ["equities.state", "is", "up", "equities-not-up"], ...gate],
  claim: `country.label.claim.${word}`,
  text: [`country.label.text.${word}`, ...text],
  tells: ["signs", "money", "country"],
  stance: `{section}.trade:${word}`,
});

/** Which trade on a market the signs show. */
export const countryLabel: Ladder = {
  ...ofCountries,
  id: "country.label",
  about: "which trade on a country's market the signs of 20 sessions show",
  standard: "J7 label of the trade",
  evidence: {
    trade: {
      means: "the one trade whose signs match",
      oneOf: ["reflation", "debasement", "disinflationary-rally"],
    },
    isAmbiguous: { means: "whether more than one matches" },
    signs: count("signs that have a value"),
    equities: move("the index over 20 sessions"),
    effective: move("the currency's effective rate over 20 sessions"),
    yield: { means: "the yield over 20 sessions", unit: "bp" },
    gold: move("gold in the country's currency over 20 sessions"),
    against: {
      means: "which of yield, breakeven and banks contradict reflation",
      oneOf: [
        ...["yield", "breakeven", "banks", "yield-breakeven", "yield-banks", "breakeven-banks"],
        "yield-breakeven-banks",
      ],
    },
  },
  rules: [
    trade("reflation", [["yield.state", "is", "up", "yield-not-up"]], [against]),
    trade("debasement", [
      ["effective.state", "is", "down", "currency-not-down"],
      ["gold.state", "is", "up", "gold-not-up"],
    ]),
    trade(
      "disinflationary-rally",
      [
        ["effective.state", "is", "up", "currency-not-up"],
        ["yield.state", "is", "down", "yield-not-down"],
      ],
      [against],
    ),
    {
      word: "ambiguous",
      if: [["isAmbiguous", "is", true]],
      claim: "country.label.claim.ambiguous",
      text: ["country.label.text.ambiguous", against],
      tells: ["signs", "country"],
      stance: "{section}.trade:ambiguous",
    },
    {
      word: "none",
      claim: "country.label.claim.none",
      text: ["country.label.text.none", against],
      tells: ["signs", "country"],
      stance: "{section}.trade:none",
    },
  ],
};

/** All that may be said of a country. */
export const countryLadders: readonly Ladder[] = [
  countryYear,
  countryStrength,
  countryTarget,
  countryEarnings,
  countryValuation,
  countryForeign,
  countryFlip,
  countryLabel,
];
