import { percentileEnd } from "#src/statements/percentile-end.ts";
import type { Condition, Declared, Ladder, Rule, Sentence } from "#src/statements/rule.ts";

/** Which way both groups of sectors went, and how their relative returns print then. */
const sides = { strong: "up", weak: "down" } as const;
type Side = keyof typeof sides;

const groups = ["cyclicalName", "defensiveName", "cyclicalHead", "defensiveHead", "index"];
const strengths = [...groups, "cyclicalReturn", "defensiveReturn"];
const scores = [...strengths, "cyclical", "defensive"];
/** Who paid, which is always said, and right after it: page one takes the first sentences. */
const payers = ["payer", "payerName", "payers"];

const isBoth = (side: Side): readonly Condition[] => [
  ["cyclicalReturn.state", "is", sides[side], "not-both"],
  ["defensiveReturn.state", "is", sides[side], "not-both"],
  ["size", ">=", 1, "below-one"],
  ["paid", "known", null, "nobody-else"],
];
const isOwn: Condition = ["against", "is not", "vanishes", "vanishes-against-equal-weight"];

/** Whether it holds against the equal-weight index, or that there is none to tell. */
const equalWeight = (side: Side): readonly Sentence[] => [
  {
    say: `signals.joint.equal.${side}.{against}`,
    if: [["against", "in", ["survives", "weakens"]]],
    tells: ["equalWeight"],
  },
  { say: `signals.joint.equal.${side}.none`, if: [["against", "is", null]] },
];
const paid = (side: Side): readonly Sentence[] => [
  { say: `signals.joint.paid.${side}.none`, if: [["paid", "is", "none"]] },
  { say: `signals.joint.paid.${side}.{paid}`, if: [["paid", "in", ["one", "some", "all"]]], tells: payers },
];
const often = (side: Side): Sentence => ({
  say: `signals.joint.often.${side}.{times}`,
  if: [["times", "known", null]],
  tells: ["share", "low", "high", "level", "n", "effective"],
});

const both = (side: Side): readonly Rule[] => {
  const shared = {
    if: [["side", "is", side]],
    stance: `{id}:${side}`,
    surprise: "joint",
  } as const satisfies Partial<Rule>;
  return [
    {
      ...shared,
      word: `extremely-rare-${side}`,
      named: "extremely rare",
      gate: [
        ...isBoth(side),
        isOwn,
        ["share", "<=", 0.05, "not-rare"],
        ["high", "<=", 0.1, "interval-too-wide"],
      ],
      claim: `signals.joint.rare.${side}.claim.{test}`,
      text: [
        `signals.joint.text.${side}`,
        ...paid(side),
        `signals.joint.rare.${side}.text.{times}`,
        ...equalWeight(side),
      ],
      tells: [...scores, "others", "share", "high", "level", "n", "effective"],
    },
    {
      ...shared,
      word: `both-${side}`,
      named: `both groups ${side} at once`,
      gate: [...isBoth(side), isOwn],
      claim: `signals.joint.both.${side}.claim`,
      text: [`signals.joint.text.${side}`, ...paid(side), often(side), ...equalWeight(side)],
      tells: [...scores, "others"],
    },
    {
      ...shared,
      word: `mirror-${side}`,
      named: "mirror image of heavy sectors",
      if: [
        ["side", "is", side],
        ["against", "is", "vanishes"],
      ],
      gate: isBoth(side),
      claim: `signals.joint.mirror.${side}.claim`,
      text: [`signals.joint.text.${side}`, `signals.joint.mirror.${side}.text`, ...paid(side)],
      tells: [...scores, "others"],
      stance: `{id}:mirror-${side}`,
    },
  ];
};

const apart = (lead: "cyclical" | "defensive"): Rule => ({
  word: `${lead}-lead`,
  named: `${lead} sectors strong, the others weak`,
  if: [
    ["side", "is", null],
    ["lead", "is", lead],
  ],
  gate: [
    ["cyclicalReturn.state", "is", lead === "cyclical" ? "up" : "down", "not-apart"],
    ["defensiveReturn.state", "is", lead === "cyclical" ? "down" : "up", "not-apart"],
    ["apart", ">=", 1, "below-one"],
  ],
  claim: `signals.joint.apart.${lead}.claim`,
  text: [`signals.joint.apart.${lead}.text`],
  tells: scores,
  stance: `{id}:${lead}-lead`,
});

/** Whether cyclical and defensive sectors beat, or lag, the index at once. */
export const jointStrengthLadder: Ladder = {
  id: "signals.joint",
  section: "signals",
  about: "cyclical and defensive sectors against the index",
  standard: "E1 joint relative strength",
  evidence: {
    side: {
      means: "the side of zero on which both z are; none where they differ",
      oneOf: ["strong", "weak"],
    },
    joint: { means: "J: the z nearer to zero, of two on one side", unit: "z" },
    size: { means: "its size" },
    cyclical: { means: "z of the cyclicals' relative strength over twenty sessions", unit: "z" },
    defensive: { means: "z of that of the defensives", unit: "z" },
    cyclicalReturn: { means: "what the cyclicals gained on the index", unit: "return" },
    defensiveReturn: { means: "what the defensives gained on it", unit: "return" },
    share: { means: "share of earlier sessions with J as far out on the same side", unit: "share" },
    times: { means: "whether there were such sessions", oneOf: ["never", "some"] },
    low: { means: "lower end of its interval", unit: "share" },
    high: { means: "upper end", unit: "share" },
    n: { means: "how many sessions those are", unit: "count" },
    effective: { means: "those of them whose horizons do not overlap", unit: "count" },
    against: {
      means: "what becomes of J against the equal-weight index",
      oneOf: ["survives", "weakens", "vanishes"],
    },
    test: {
      means: "whether there is an equal-weight index to hold J against",
      oneOf: ["tested", "untested"],
    },
    level: { means: "how much of the draws the interval of the share holds", unit: "share" },
    equalWeight: { means: "J against the equal-weight index", unit: "z" },
    others: { means: "other sectors that count", unit: "count" },
    payers: { means: "those of them that went the other way", unit: "count" },
    paid: {
      means: "whether that is none, one, several or all of them",
      oneOf: ["none", "one", "some", "all"],
    },
    payer: { means: "what the one farthest the other way gained on the index", unit: "return" },
    lead: {
      means: "the group whose z is above zero, where the other's is below",
      oneOf: ["cyclical", "defensive"],
    },
    apart: { means: "the size of the z nearer to zero, where the two differ in sign" },
  },
  rules: [
    ...both("strong"),
    ...both("weak"),
    apart("cyclical"),
    apart("defensive"),
    {
      word: "plain",
      claim: "signals.joint.plain.claim",
      text: [
        "signals.joint.cyclical.{cyclicalReturn.state}",
        "signals.joint.defensive.{defensiveReturn.state}",
      ],
      tells: scores,
      stance: "{id}:plain",
    },
  ],
};

const shapes = ["flattener", "steepener"] as const;
const curves = [
  ...(["bull", "bear"] as const).flatMap((direction) => shapes.map((shape) => `${direction}-${shape}`)),
  ...shapes,
];
const curveWord: Declared = {
  means: "how the yield curve moved over twenty sessions",
  oneOf: [...curves, "parallel", "unchanged"],
};
const counted = ["signals", "balance", "growth", "slowdown"];

/** Whether prices say growth and its contrary at once. */
export const contradictionLadder: Ladder = {
  id: "signals.contradiction",
  section: "signals",
  about: "signals of growth across assets",
  standard: "E2 cross-asset contradiction",
  evidence: {
    contradiction: {
      means: "C: zero where all signals say one thing, one where they cancel out",
      unit: "ratio",
    },
    intensity: { means: "A: mean size of the signals, in standard deviations", unit: "ratio" },
    balance: { means: "mean of the signals", unit: "z" },
    signals: { means: "signals that have a z", unit: "count" },
    growth: { means: "those that print at one deviation or more: they say growth", unit: "count" },
    slowdown: { means: "those that print at one deviation below zero or less", unit: "count" },
    on: {
      means: "on which sides signals print at one deviation or more",
      oneOf: ["both", "growth", "slowdown", "none"],
    },
    pairs: { means: "opposing pairs among the two largest", oneOf: ["one", "two"] },
    most: { means: "the strongest signal of growth", unit: "z" },
    least: { means: "the strongest of the contrary", unit: "z" },
    secondMost: { means: "the second strongest of growth", unit: "z" },
    secondLeast: { means: "the second strongest of the contrary", unit: "z" },
    share: { means: "share of earlier sessions that were contradictory by the same measure", unit: "share" },
    times: { means: "whether there were such sessions", oneOf: ["never", "some"] },
    n: { means: "how many sessions those are", unit: "count" },
    surprise: { means: "correlation surprise of the week (D9), 1 being the norm", unit: "multiple" },
    surprisePercentile: { means: "its percentile", unit: "percentile" },
    surpriseEnd: percentileEnd,
    curve: curveWord,
  },
  rules: [
    {
      word: "contradictory",
      named: "contradictory signals",
      gate: [
        ["signals", ">=", 5, "too-few"],
        ["contradiction", ">=", 0.6, "contradiction-below"],
        ["intensity", ">=", 0.8, "intensity-below"],
      ],
      claim: "signals.contradiction.claim",
      text: [
        "signals.contradiction.text",
        "signals.contradiction.pair",
        {
          say: "signals.contradiction.second",
          if: [["pairs", "is", "two"]],
          tells: ["secondMost", "secondLeast"],
        },
        { say: "signals.contradiction.often.{times}", if: [["times", "known", null]], tells: ["share", "n"] },
        "signals.contradiction.surprise.{surpriseEnd}",
        { say: "signals.contradiction.bull-flattener", if: [["curve", "is", "bull-flattener"]] },
      ],
      tells: [
        ...["contradiction", "intensity", "signals", "surprise", "surprisePercentile"],
        ...["most", "mostName", "least", "leastName"],
        ...["secondMostName", "secondLeastName"],
      ],
      stance: "{id}:contradictory",
      surprise: "contradiction",
    },
    {
      word: "lean",
      claim: "signals.lean.claim",
      text: ["signals.lean.{on}"],
      tells: [...counted, "most", "mostName", "least", "leastName"],
      stance: "{id}:none",
    },
  ],
};

const legs = ["shortName", "longName", "short", "long", "horizon", "day"];
const legsText: Sentence = "signals.curve.legs.{short.state}.{long.state}";
/** The legs went opposite ways. */
const twist: Sentence = { say: "signals.curve.twist", if: [["isTwist", "is", true]] };
const hasLevel: Condition = ["direction", "known", null, "level-below-threshold"];
const hasSlope: Condition = ["shape", "known", null, "slope-below-threshold"];

/** How the yield curve moved. */
export const curveLadder: Ladder = {
  id: "signals.curve",
  section: "signals",
  about: "the move of a yield curve over a horizon",
  standard: "E3 yield-curve move",
  evidence: {
    short: { means: "change of the short yield", unit: "bp" },
    long: { means: "change of the long yield", unit: "bp" },
    slope: { means: "change of the long less that of the short", unit: "bp" },
    horizon: { means: "sessions over which it moved", unit: "count" },
    day: { means: "the last day of both yields", unit: "date" },
    direction: {
      means: "bull where the level fell, bear where it rose, by its threshold or more",
      oneOf: ["bull", "bear"],
    },
    shape: { means: "what the slope did, by its threshold or more", oneOf: shapes },
    isTwist: { means: "whether both yields moved, and opposite ways" },
  },
  rules: [
    {
      word: "{direction}-{shape}",
      refused: "bull-or-bear",
      named: "bull or bear flattener or steepener",
      gate: [hasLevel, hasSlope],
      claim: "signals.curve.{direction}.{shape}.claim",
      text: [legsText, "signals.curve.{direction}.{shape}.text", twist],
      tells: legs,
      stance: "{id}:{direction}-{shape}",
      surprise: "slope",
    },
    {
      word: "{shape}",
      refused: "shape",
      named: "flattener or steepener",
      if: [["direction", "is", null]],
      gate: [hasSlope],
      claim: "signals.curve.plain.{shape}.claim",
      text: [legsText, "signals.curve.plain.{shape}.text", twist],
      tells: legs,
      stance: "{id}:{shape}",
      surprise: "slope",
    },
    {
      word: "parallel-{direction}",
      refused: "parallel",
      named: "parallel move",
      if: [["shape", "is", null]],
      gate: [hasLevel],
      claim: "signals.curve.parallel.{direction}.claim",
      text: [legsText, "signals.curve.parallel.text"],
      tells: legs,
      stance: "{id}:parallel-{direction}",
    },
    {
      word: "unchanged",
      claim: "signals.curve.unchanged.claim",
      text: [legsText, "signals.curve.unchanged.text"],
      tells: legs,
      stance: "{id}:unchanged",
    },
  ],
};

const clock = ["growth", "inflation", "growthMonth", "growthLag", "inflationMonth", "inflationLag"];
/** The curve is read as a slowdown where monthly numbers say that growth quickens. */
const otherwise: Sentence = {
  say: "signals.clock.otherwise",
  if: [
    ["curve", "is", "bull-flattener"],
    ["quadrant", "in", ["recovery", "overheat"]],
  ],
};
const assumed: Sentence = { say: "signals.clock.assumed", if: [["isVintage", "is", false]] };

/** Where the economy stands by growth and inflation. */
export const clockLadder: Ladder = {
  id: "signals.clock",
  section: "signals",
  about: "growth and inflation by monthly numbers",
  standard: "J5 growth and inflation quadrant",
  evidence: {
    growth: { means: "mean z of the growth signals' changes over three months", unit: "z" },
    inflation: { means: "z of core inflation of three months less that of twelve", unit: "z" },
    quadrant: {
      means: "the quadrant, where both are more than a quarter away from zero",
      oneOf: ["recovery", "overheat", "stagflation", "reflation"],
    },
    curve: curveWord,
    growthMonth: { means: "the month that the oldest growth signal tells of", unit: "month" },
    growthLag: { means: "days since the end of it", unit: "count" },
    inflationMonth: { means: "the month that core prices tell of", unit: "month" },
    inflationLag: { means: "days since the end of it", unit: "count" },
    isVintage: { means: "whether files tell when each value was known" },
  },
  rules: [
    {
      word: "{quadrant}",
      refused: "quadrant",
      named: "quadrant of growth and inflation",
      gate: [["quadrant", "known", null, "within-band"]],
      claim: "signals.clock.{quadrant}.claim",
      text: [otherwise, "signals.clock.{quadrant}.text", "signals.clock.lag", assumed],
      tells: clock,
      stance: "{id}:{quadrant}",
    },
    {
      word: "open",
      claim: "signals.clock.open.claim",
      text: ["signals.clock.open.text", "signals.clock.lag", assumed],
      tells: clock,
      stance: "{id}:open",
    },
  ],
};

/** All that may be said of contradictory signals. */
export const signalsLadders: readonly Ladder[] = [
  jointStrengthLadder,
  contradictionLadder,
  curveLadder,
  clockLadder,
];
