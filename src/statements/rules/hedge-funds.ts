import type { Condition, Ladder, Rule } from "#src/statements/rule.ts";

const month = { means: "the month of the last value", unit: "month" } as const;
const n = { means: "months looked back on, at most sixty", unit: "count" } as const;
const hasCushion: Condition = ["cushion", ">=", 1, "cushion-below"];

/** Whether a strategy of hedge funds stood firm: a cushion of profit, and a shallow drawdown (S49). */
export const strategyResilience: Ladder = {
  id: "hedge-funds.resilience",
  section: "hedge-funds",
  about: "a strategy of hedge funds by the year's profit and its drawdown",
  standard: "K3 profit cushion",
  evidence: {
    yearToDate: { means: "return of the year up to its last month", unit: "return" },
    cushion: { means: "that return over the deviation of a month", unit: "multiple" },
    month,
    drawdown: { means: "its deepest drawdown, by months", unit: "return" },
    marketDrawdown: { means: "that of the market in the same months", unit: "return" },
    drawdownShare: { means: "the one over the other", unit: "share" },
    n,
  },
  rules: [
    {
      word: "resilient",
      gate: [hasCushion, ["drawdownShare", "<=", 1 / 3, "drawdown-share-above"]],
      claim: "hedge-funds.resilient.claim",
      text: ["hedge-funds.resilient.text", "hedge-funds.resilient.drawdown"],
      tells: ["month", "yearToDate", "cushion", "n", "drawdown", "marketDrawdown", "drawdownShare", "market"],
      stance: "{id}.resilience:resilient",
    },
    {
      word: "cushion",
      named: "profit cushion",
      gate: [hasCushion],
      claim: "hedge-funds.cushion.claim",
      text: ["hedge-funds.cushion.text"],
      tells: ["month", "yearToDate", "cushion"],
      stance: "{id}.resilience:cushion",
    },
    {
      word: "year",
      if: [["yearToDate", "known", null]],
      claim: "hedge-funds.year.claim.{yearToDate.state}",
      text: ["hedge-funds.year.text.{yearToDate.state}"],
      tells: ["month", "yearToDate"],
      stance: "{id}.resilience:none",
    },
  ],
};

/** Whether a strategy of hedge funds avoided what the market lost (S50). */
export const strategyDamage: Ladder = {
  id: "hedge-funds.damage",
  section: "hedge-funds",
  about: "a strategy of hedge funds in the months in which the market fell",
  standard: "K4 capture and K1 alpha",
  evidence: {
    down: { means: "its mean return in those months over the market's", unit: "share" },
    side: {
      means: "whether it lost on average in them, gained, or neither as printed",
      oneOf: ["lost", "even", "gained"],
    },
    downMonths: { means: "how many there are", unit: "count" },
    n,
    month,
    alpha: { means: "return beyond its beta, a year", unit: "return" },
    beta: { means: "its beta to the market", unit: "ratio" },
  },
  rules: [
    {
      word: "avoided",
      named: "avoided the damage",
      gate: [
        ["down", "<=", 0.4, "down-capture-above"],
        ["alpha", ">=", 0, "alpha-below"],
      ],
      claim: "hedge-funds.avoided.claim.{side}",
      text: ["hedge-funds.avoided.text.{side}"],
      tells: ["down", "downMonths", "n", "month", "alpha", "beta", "market"],
      stance: "{id}.damage:avoided",
    },
    {
      word: "exposed",
      if: [["down", "known", null]],
      claim: "hedge-funds.exposed.claim.{side}",
      text: ["hedge-funds.exposed.text.{side}"],
      tells: ["down", "downMonths", "n", "month", "market"],
      stance: "{id}.damage:exposed",
    },
  ],
};

const breadth = {
  say: "hedge-funds.active.breadth",
  if: [],
  tells: ["beatingMonth", "beatingQuarter", "names"],
} as const;

/** Whether choosing among an index's names has room (S51). */
export const activeRoom: Ladder = {
  id: "hedge-funds.active",
  section: "hedge-funds",
  about: "what choosing among an index's names had to offer",
  standard: "K5 active opportunity set",
  evidence: {
    met: { means: "conditions that hold", unit: "count" },
    told: { means: "conditions that can be told, of three", unit: "count" },
    names: { means: "names looked at", unit: "count" },
    beatingMonth: { means: "share of the names that beat the index over 21 sessions", unit: "share" },
    beatingQuarter: { means: "the same over 63", unit: "share" },
    dispersion: { means: "dispersion of the names' returns, mean of 21 sessions", unit: "volatility" },
    dispersionPercentile: { means: "its percentile", unit: "percentile" },
    correlation: { means: "average correlation of the names", unit: "correlation" },
    correlationPercentile: { means: "its percentile", unit: "percentile" },
  },
  rules: [
    {
      word: "favoured",
      named: "favours active over passive",
      gate: [["met", ">=", 2, "conditions-not-met"]],
      claim: "hedge-funds.active.claim.favoured",
      text: ["hedge-funds.active.text.favoured", breadth],
      tells: ["met", "told", "index"],
      stance: "{id}:favoured",
      surprise: "dispersionPercentile",
    },
    {
      word: "not-favoured",
      if: [["met", "known", null]],
      claim: "hedge-funds.active.claim.not-favoured",
      text: ["hedge-funds.active.text.not-favoured", breadth],
      tells: ["met", "told", "index"],
      stance: "{id}:not-favoured",
    },
  ],
};

const liquidity = (word: string, rest: Partial<Rule>): Rule => ({
  word,
  claim: `hedge-funds.liquidity.claim.${word}`,
  text: ["hedge-funds.liquidity.spread.{spread.state}", `hedge-funds.liquidity.text.${word}`],
  tells: ["spread", "z", "n", "liquid", "illiquid"],
  stance: `{id}:${word}`,
  surprise: "z",
  ...rest,
});

/** Whether what is liquid does better than what is not (S52). */
export const liquidityRoom: Ladder = {
  id: "hedge-funds.liquidity",
  section: "hedge-funds",
  about: "liquid against illiquid assets",
  standard: "K6 liquid minus illiquid",
  evidence: {
    spread: { means: "return of the liquid over 20 sessions less that of the illiquid", unit: "pp" },
    z: { means: "it against its own history", unit: "z" },
    n: { means: "sessions of that history", unit: "count" },
  },
  rules: [
    liquidity("liquid", {
      named: "favours liquid over illiquid",
      gate: [["z", ">=", 1, "z-below"]],
    }),
    liquidity("illiquid", {
      named: "favours illiquid over liquid",
      gate: [["z", "<=", -1, "z-above"]],
    }),
    liquidity("neither", { if: [["z", "known", null]] }),
  ],
};

const adaptive = (word: string, rest: Partial<Rule>): Rule => ({
  word,
  claim: `hedge-funds.adaptive.claim.${word}`,
  text: ["hedge-funds.adaptive.spread.{spread.state}", `hedge-funds.adaptive.text.${word}`],
  tells: ["spread", "from", "to", "adaptive", "static"],
  stance: `{id}:${word}`,
  surprise: "spread",
  ...rest,
});

/** Whether strategies that follow prices win against standing still (S53). */
export const adaptiveRoom: Ladder = {
  id: "hedge-funds.adaptive",
  section: "hedge-funds",
  about: "strategies that follow prices against the same assets in equal parts",
  standard: "K7 adaptive against static",
  evidence: {
    spread: {
      means: "return of the one over 60 sessions less that of the other, logarithmic",
      unit: "return",
    },
    low: { means: "lower end of its interval, 95 times of 100", unit: "pp" },
    high: { means: "upper end", unit: "pp" },
  },
  rules: [
    adaptive("winning", { named: "is winning", gate: [["low", ">", 0, "interval-holds-zero"]] }),
    adaptive("losing", { named: "is losing", gate: [["high", "<", 0, "interval-holds-zero"]] }),
    adaptive("open", { if: [["spread", "known", null]] }),
  ],
};

export const hedgeFundLadders: readonly Ladder[] = [
  strategyResilience,
  strategyDamage,
  activeRoom,
  liquidityRoom,
  adaptiveRoom,
];
