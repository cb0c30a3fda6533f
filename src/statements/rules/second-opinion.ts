import type { Condition, Ladder } from "#src/statements/rule.ts";

/** A quarter: what changed earlier is how things stand, and no news. */
const isRecent: Condition = ["age", "<=", 63];
const change = ["after", "before", "since"];

/** When a market's volatility last changed. */
export const volatilityBreak: Ladder = {
  id: "regime.break",
  section: "regime",
  about: "a change of a market's volatility",
  standard: "J2 change point beside J3 and J1",
  evidence: {
    direction: { means: "whether volatility is higher since the last change", oneOf: ["higher", "lower"] },
    since: { means: "the first day after it", unit: "date" },
    before: { means: "volatility between it and the change before", unit: "volatility" },
    after: { means: "volatility since", unit: "volatility" },
    age: { means: "sessions since" },
    distance: {
      means:
        "sessions from it to the nearest change of the grid's volatility or of the hidden state that goes its way",
    },
    witness: { means: "which of the two that is", oneOf: ["grid", "states"] },
    gridAge: { means: "sessions since the grid's volatility has its state" },
    gridSince: { means: "that day", unit: "date" },
    calmness: { means: "that state", oneOf: ["calm", "normal", "high"] },
    n: { means: "sessions that were searched", unit: "count" },
  },
  rules: [
    {
      word: "break.changed",
      refused: "break",
      named: "regime change",
      if: [isRecent],
      gate: [
        ["distance", "<=", 10, "no-agreement"],
        ["witness", "known", null],
      ],
      claim: "regime.break.claim.changed.{direction}",
      text: ["regime.break.text.changed.{direction}.{witness}"],
      tells: change,
      stance: "{id}.break:changed",
    },
    {
      word: "break.signs",
      refused: "break-signs",
      named: "signs of a regime change",
      if: [isRecent],
      claim: "regime.break.claim.signs.{direction}",
      text: ["regime.break.text.signs.{direction}"],
      tells: change,
      stance: "{id}.break:signs",
    },
    {
      // The day itself and eighteen after it are a session short of the twenty that a segment needs.
      word: "break.early",
      refused: "break-early",
      named: "signs of a regime change",
      if: [
        ["gridAge", "<=", 18],
        ["calmness", "in", ["calm", "high"]],
      ],
      claim: "regime.break.claim.early.{calmness}",
      text: ["regime.break.text.early.{calmness}"],
      tells: ["gridSince"],
      stance: "{id}.break:early",
    },
    {
      word: "break.stands",
      refused: "break-stands",
      claim: "regime.break.claim.stands",
      text: ["regime.break.text.stands"],
      tells: change,
      stance: "{id}.break:stands",
    },
    {
      word: "break.none",
      refused: "break-none",
      if: [["since", "is", null]],
      claim: "regime.break.claim.none",
      text: ["regime.break.text.none"],
      tells: ["n"],
      stance: "{id}.break:none",
    },
  ],
};

/** Where the two differ, the reader is told what the other has. */
const gridSays = {
  say: "regime.states.grid.{calmness}",
  if: [
    ["opinion", "is", "disagrees"],
    ["calmness", "known", null],
  ],
} as const;

/** What hidden states say beside the grid. */
export const hiddenOpinion: Ladder = {
  id: "regime.states",
  section: "regime",
  about: "hidden states as a second opinion on a market",
  standard: "J1 hidden states",
  evidence: {
    isStable: {
      means:
        "whether nine tenths of the labels and of the partition stay since the estimate of a month before",
    },
    unchanged: { means: "share of the past weeks that keep their label", unit: "share" },
    state: {
      means: "the state that has had a filtered probability of 0.7 for three weeks, and not lost it since",
      oneOf: ["calm", "between", "stressed"],
    },
    opinion: {
      means: "whether that goes with the grid's volatility; alone where the market is not in the grid",
      oneOf: ["agrees", "disagrees", "alone"],
    },
    calmness: { means: "the grid's volatility", oneOf: ["calm", "normal", "high"] },
    probability: {
      means: "filtered probability of that state; without one, of the likeliest",
      unit: "share",
    },
    entropy: {
      means: "entropy of the filtered probabilities, in that of states that are all as likely",
      unit: "share",
    },
  },
  rules: [
    {
      word: "states.{opinion}",
      refused: "states",
      named: "second opinion",
      gate: [
        ["isStable", "is", true, "unstable-labels"],
        ["state", "known", null],
        ["probability", ">=", 0.7, "probability-below"],
      ],
      claim: "regime.states.claim.{opinion}.{state}",
      text: ["regime.states.text.{opinion}.{state}", gridSays],
      tells: ["probability"],
      stance: "{id}.second-opinion:{opinion}",
    },
    {
      word: "states.open",
      refused: "states-open",
      named: "hard to tell",
      if: [["isStable", "is", true]],
      gate: [["entropy", ">=", 0.8, "entropy-below"]],
      claim: "regime.states.claim.open",
      text: ["regime.states.text.open"],
      tells: ["entropy"],
      stance: "{id}.second-opinion:open",
    },
    {
      // What was confirmed stands until three weeks have gone against it, and is then no longer sure.
      word: "states.unsure",
      refused: "states-unsure",
      if: [
        ["isStable", "is", true],
        ["state", "known", null],
      ],
      claim: "regime.states.claim.unsure.{state}",
      text: ["regime.states.text.unsure.{state}"],
      tells: ["probability"],
      stance: "{id}.second-opinion:unsure",
    },
    {
      word: "states.unsettled",
      refused: "states-unsettled",
      if: [["isStable", "is", true]],
      claim: "regime.states.claim.unsettled",
      text: ["regime.states.text.unsettled"],
      tells: ["probability"],
      stance: "{id}.second-opinion:unsettled",
    },
    {
      word: "states.unstable",
      refused: "states-unstable",
      if: [["isStable", "is", false]],
      claim: "regime.states.claim.unstable",
      text: ["regime.states.text.unstable"],
      tells: ["unchanged"],
      stance: "{id}.second-opinion:unstable",
    },
  ],
};
