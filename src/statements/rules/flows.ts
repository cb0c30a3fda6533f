import type { Condition, Ladder, Rule } from "#src/statements/rule.ts";

const share = (rest: Pick<Rule, "if" | "claim" | "text" | "tells">): Rule => ({
  word: "{leader}.share-{side}",
  refused: "share",
  named: "share of the marginal dollar",
  gate: [
    ["share", "known", null],
    ["broken", "<=", 0, "members-missing"],
    ["flat", "<=", 0, "flat"],
  ],
  ...rest,
});

const plain = (word: string, rest: Pick<Rule, "if"> & Partial<Rule>): Rule => ({
  word,
  claim: `flows.${word}.claim`,
  text: [`flows.${word}.text`],
  tells: [],
  ...rest,
});

/** Who drew the marginal dollar this year, or what may be said instead. */
export const flowShare: Ladder = {
  id: "flows.share",
  section: "flows",
  about: "the flows that are compared",
  standard: "H3 marginal share",
  evidence: {
    due: { means: "the day through which flows count", unit: "date" },
    compared: { means: "how many flows are compared: groups, or their funds where a group has no total" },
    broken: { means: "groups without a total" },
    whole: { means: "groups with one" },
    flat: { means: "compared flows that print as nothing" },
    moved: { means: "those that do not" },
    leader: { means: "the flow with the largest share" },
    side: { means: "which way", oneOf: ["in", "out"] },
    lead: { means: "that flow", unit: "USD" },
    trail: { means: "the other, of two", unit: "USD" },
    share: { means: "its share, where all flows have one sign", unit: "share" },
    ratio: { means: "its flow as a multiple of the other's, of two", unit: "multiple" },
    into: { means: "the largest inflow", unit: "USD" },
    outOf: { means: "the largest outflow", unit: "USD" },
    gross: {
      means: "the largest inflow as a share of all money that moved, where signs differ",
      unit: "share",
    },
    first: { means: "the flow of the first whole group", unit: "USD" },
  },
  rules: [
    share({
      if: [["ratio", "known", null]],
      claim: "flows.share-{side}.claim",
      text: ["flows.share-{side}.text"],
      tells: ["name=leaderName", "other=otherName", "v=lead", "w=trail", "share", "ratio", "due"],
    }),
    share({
      if: [["ratio", "is", null]],
      claim: "flows.share-{side}-many.claim",
      text: ["flows.share-{side}-many.text"],
      tells: ["name=leaderName", "share", "due"],
    }),
    plain("none", { if: [["compared", "is", 0]] }),
    plain("no-totals", {
      if: [
        ["broken", ">", 0],
        ["whole", "is", 0],
      ],
    }),
    plain("partial.{first.state}", {
      if: [["broken", ">", 0]],
      tells: ["name=firstName", "other=brokenName", "v=first", "due"],
    }),
    plain("mixed", {
      if: [
        ["into", "known", null],
        ["outOf", "known", null],
      ],
      text: ["flows.mixed.text", "flows.gross"],
      tells: [
        "gainer=intoName",
        "loser=outOfName",
        "name=intoName",
        "v=into",
        "w=outOf",
        "share=gross",
        "due",
      ],
    }),
    plain("level", { if: [["compared", "is", 1]], tells: ["name=firstName"] }),
    plain("flat", { if: [["moved", "is", 0]] }),
    plain("only-in", {
      if: [
        ["moved", "is", 1],
        ["into", "known", null],
      ],
      tells: ["name=intoName", "v=into", "due"],
    }),
    plain("only-out", { if: [["moved", "is", 1]], tells: ["name=outOfName", "v=outOf", "due"] }),
    plain("most-in", { if: [["into", "known", null]], tells: ["name=intoName", "v=into", "due"] }),
    plain("most-out", { if: [["outOf", "known", null]], tells: ["name=outOfName", "v=outOf", "due"] }),
  ],
};

/** A number that prints as 0.0 moves nowhere, and a change that does is none. */
const moves = (operand: string, lacks: string): Condition => [
  `${operand}.state`,
  "in",
  ["up", "down"],
  lacks,
];

const rotation = (side: "in" | "out", states: readonly string[]): Rule => ({
  word: "{rotation}",
  refused: "rotation",
  named: "rotation state",
  if: [
    ["isCompared", "is", true],
    ["side", "is", side],
  ],
  gate: [
    ["rotation", "in", states, "rotation"],
    ["flow.state", "is", side === "in" ? "up" : "down", "flat"],
    moves("change", "steady"),
  ],
  claim: "flows.rotation.{rotation}.claim",
  text: ["flows.rotation.{rotation}.text"],
  tells: ["v=flow", "share", "before", "due"],
  stance: "{id}.four-weeks:{flow.state}",
});

/** Whether money comes or goes, and whether the group's part of it grows or shrinks; otherwise the flow alone. */
export const flowRotation: Ladder = {
  id: "flows.rotation",
  section: "flows",
  about: "a group's flow of four weeks among those it is compared with",
  standard: "H7 rotation state",
  evidence: {
    due: { means: "the day through which flows count", unit: "date" },
    flow: { means: "its net flow of the four weeks", unit: "USD" },
    share: { means: "its share of all flows in the four weeks", unit: "share" },
    before: { means: "its share in the 52 weeks before them", unit: "share" },
    change: { means: "the difference of the two", unit: "pp" },
    side: { means: "which way its money goes", oneOf: ["in", "out"] },
    isCompared: { means: "whether it is compared with other groups" },
    rotation: {
      means:
        "its state: money comes or goes, with a growing or shrinking share; of the net flow where no group loses money, otherwise of all that moved",
      oneOf: [
        "in-gaining.net",
        "in-losing.net",
        "in-gaining.gross",
        "in-losing.gross",
        "out-gaining.gross",
        "out-losing.gross",
      ],
    },
  },
  rules: [
    rotation("in", ["in-gaining.net", "in-losing.net", "in-gaining.gross", "in-losing.gross"]),
    rotation("out", ["out-gaining.gross", "out-losing.gross"]),
    {
      word: "four-weeks.{flow.state}",
      if: [["flow", "known", null]],
      claim: "flows.four-weeks.{flow.state}.claim",
      text: ["flows.four-weeks.{flow.state}.text"],
      tells: ["v=flow", "due"],
      stance: "{id}.four-weeks:{flow.state}",
    },
  ],
};

const mostQ = 0.1;
/** In standard deviations of weekly flows: what four weeks differ from those of other years by chance alone. */
const leastBeyondSeason = 0.5;

const pace = (word: string, named: string): Rule => ({
  word,
  refused: named,
  named,
  if: [["pace", "is", word], moves("flow", "flat")],
  gate: [
    ["acceleration.q", "<=", mostQ, "q-above"],
    ["season", ">=", leastBeyondSeason, "usual-for-the-season"],
  ],
  claim: `flows.pace.${word}.claim`,
  text: [`flows.pace.${word}.text`, { say: "flows.pace.beyond-season", if: [], tells: ["years"] }],
  tells: ["recent", "prior"],
  stance: "{id}.four-weeks:{flow.state}",
  surprise: "acceleration",
});

const compared: readonly Condition[] = [
  moves("flow", "flat"),
  moves("recent", "flat"),
  ["prior", "known", null],
];
const plainPace = (part: string): string => `flows.pace.plain.{recent.state}.{prior.state}.${part}`;

/** Whether money comes or goes faster than in the quarter before, and not as it does every year. */
export const flowPace: Ladder = {
  id: "flows.pace",
  section: "flows",
  about: "the pace of a group's flow",
  standard: "H6 flow acceleration",
  evidence: {
    flow: { means: "its net flow of the four weeks", unit: "USD" },
    recent: { means: "its weekly mean in the four weeks", unit: "USD" },
    prior: { means: "its weekly mean in the thirteen weeks before them", unit: "USD" },
    pace: {
      means: "what the two make, where they differ by what is printed",
      oneOf: ["in-faster", "in-slower", "out-faster", "out-slower", "turned-in", "turned-out"],
    },
    acceleration: { means: "their difference in standard deviations of weekly flows, tested", unit: "z" },
    season: {
      means:
        "how far the four weeks lie from the same weeks of up to five years, in these standard deviations, positive in the direction of the change",
    },
    years: { means: "how many years those are", unit: "count" },
  },
  rules: [
    pace("in-faster", "accelerating"),
    pace("out-faster", "accelerating"),
    pace("in-slower", "slowing"),
    pace("out-slower", "slowing"),
    pace("turned-in", "swung"),
    pace("turned-out", "swung"),
    {
      word: "seasonal",
      named: "usual for the season",
      if: [...compared, ["acceleration.q", "<=", mostQ], ["season", "<", leastBeyondSeason]],
      gate: [["years", "known", null]],
      claim: plainPace("claim"),
      text: [plainPace("text"), "flows.pace.seasonal"],
      tells: ["recent", "prior", "years"],
      stance: "{id}.four-weeks:{flow.state}",
    },
    {
      word: "plain",
      if: compared,
      claim: plainPace("claim"),
      text: [plainPace("text"), { say: "flows.pace.within", if: [["acceleration.q", ">", mostQ]] }],
      tells: ["recent", "prior"],
      stance: "{id}.four-weeks:{flow.state}",
    },
  ],
};

const large = (side: "in" | "out"): Rule => ({
  word: `large-${side}`,
  refused: "large",
  named: "unusually large",
  if: [["flow.state", "is", side === "in" ? "up" : "down"]],
  gate: [["z", side === "in" ? ">=" : "<=", side === "in" ? 2 : -2, "z-below"]],
  claim: `flows.size.large-${side}.claim`,
  text: [`flows.size.large-${side}.text`],
  tells: ["z", "blocks"],
  stance: "{id}.four-weeks:{flow.state}",
  surprise: "z",
});

/** Whether a flow of four weeks is unusually large in its own direction. */
export const flowSize: Ladder = {
  id: "flows.size",
  section: "flows",
  about: "the size of a group's flow of four weeks",
  standard: "H5 flow z-score",
  evidence: {
    flow: { means: "its net flow of the four weeks", unit: "USD" },
    z: { means: "its z-score among the blocks of four weeks in the three years before", unit: "z" },
    blocks: { means: "how many blocks those are", unit: "count" },
  },
  rules: [large("in"), large("out")],
};

const components = ["concentration", "forwardPe", "excessCorrelation", "daysToCover", "flowToAssets"];
const lacking: Rule["text"] = components.map((name) => ({
  say: `flows.crowding.lacks.${name}`,
  if: [[name, "is", null]],
}));
const told = ["score", "measured", "all"];

/** Whether a group is crowded. */
export const flowCrowding: Ladder = {
  id: "flows.crowding",
  section: "flows",
  about: "how crowded a group is",
  standard: "H8 crowding composite",
  evidence: {
    score: { means: "mean percentile of the components that could be measured", unit: "percentile" },
    measured: { means: "how many these are", unit: "count" },
    all: { means: "how many there may be", unit: "count" },
    concentration: { means: "percentile of the concentration in the largest names", unit: "percentile" },
    forwardPe: { means: "percentile of the forward price-earnings ratio", unit: "percentile" },
    excessCorrelation: {
      means: "percentile of the correlation of its names beyond the market",
      unit: "percentile",
    },
    daysToCover: {
      means: "percentile of how few days covering short positions would take",
      unit: "percentile",
    },
    flowToAssets: { means: "percentile of the flow of a year against assets", unit: "percentile" },
  },
  rules: [
    {
      word: "crowded",
      gate: [
        ["score", ">=", 80, "score-below"],
        ["measured", ">=", 3, "too-few"],
      ],
      claim: "flows.crowding.crowded.claim",
      text: ["flows.crowding.crowded.text", ...lacking],
      tells: told,
      stance: "{id}.crowding:crowded",
    },
    {
      word: "crowding",
      if: [["score", "known", null]],
      claim: "flows.crowding.plain.claim",
      text: ["flows.crowding.plain.text", ...lacking],
      tells: told,
      stance: "{id}.crowding:plain",
    },
  ],
};
