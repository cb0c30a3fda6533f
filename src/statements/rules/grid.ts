import type { Condition, Declared, Ladder, Sentence } from "#src/statements/rule.ts";

/** The week of a theme's basket beside its market's. */
export const themeWeek: Ladder = {
  id: "grid.week",
  section: "grid",
  about: "the week of a theme's basket",
  standard: "A2 period return, L1 basket",
  evidence: {
    week: { means: "the basket's return in the week", unit: "return" },
    marketWeek: { means: "the market's", unit: "return" },
    year: { means: "the basket's return since 1 January", unit: "return" },
    marketYear: { means: "the market's", unit: "return" },
  },
  rules: [
    {
      word: "week.{week.state}",
      refused: "week",
      if: [["week", "known", null]],
      claim: "grid.week.claim.{week.state}",
      text: [
        "grid.week.text.{week.state}",
        { say: "grid.week.year", if: [], tells: ["year", "marketYear", "market"] },
      ],
      tells: ["week", "marketWeek", "market"],
      stance: "{id}.theme-week:{week.state}",
      passing: true,
    },
  ],
};

const basis: Declared = {
  means: "whether the basket was followed as it was all the time, in part, or never",
  oneOf: ["live", "part", "back-cast"],
};
/** The history of a list that was made afterwards is no history of a basket (B1). */
const backCast: readonly Sentence[] = [
  { say: "grid.basis.back-cast", if: [["basis", "is", "back-cast"]], tells: ["start"] },
  { say: "grid.basis.part", if: [["basis", "is", "part"]], tells: ["inception"] },
];
const enough = (way: "up" | "down"): Condition => [way, ">=", 3, "few-in-the-tail"];
const stressed = (way: "up" | "down", named: string) => ({
  word: `stress.${way}`,
  refused: `stress-${way}`,
  named,
  if: [["direction", "is not", way === "up" ? "down" : "up"]] as const,
  gate: [enough(way), ["direction", "is", way, "no-direction"]] as const,
  claim: `grid.stress.claim.${way}`,
  text: [`grid.stress.text.${way}.{aim}`, ...backCast],
  tells: [`tail=${way}`, "measured", "names", "neutral"],
  stance: `{id}.stress:${way}`,
  surprise: "most",
});

/** Whether a theme's basket is under stress, and which way. */
export const themeStress: Ladder = {
  id: "grid.stress",
  section: "grid",
  about: "the stress of a theme's basket",
  standard: "L2 basket stress",
  evidence: {
    down: { means: "components in the tail of a sell-off", unit: "count" },
    up: { means: "components in the tail of a squeeze", unit: "count" },
    most: { means: "the more of the two", unit: "count" },
    measured: { means: "components that are known", unit: "count" },
    neutral: {
      means: "of those in a tail, components that point neither way and count in both",
      unit: "count",
    },
    aim: { means: "whether there are such", oneOf: ["pointing", "neutral"] },
    direction: { means: "which of the two is more", oneOf: ["up", "down", "mixed"] },
    basis,
    start: { means: "the first day of the basket's level", unit: "date" },
    inception: { means: "since when it is followed as it was", unit: "date" },
    names: { means: "names in it", unit: "count" },
  },
  rules: [
    stressed("down", "stress: sold"),
    stressed("up", "stress: bid"),
    {
      // As many signals in either tail: there is stress, and no side to name.
      word: "stress.mixed",
      refused: "stress-mixed",
      if: [
        ["direction", "is", "mixed"],
        ["most", ">=", 3],
      ],
      claim: "grid.stress.claim.mixed",
      text: ["grid.stress.text.mixed", ...backCast],
      tells: ["most", "measured", "names"],
      stance: "{id}.stress:mixed",
      surprise: "most",
    },
    {
      word: "stress.none",
      refused: "stress-none",
      claim: "grid.stress.claim.none",
      text: ["grid.stress.text.none", ...backCast],
      tells: ["most", "measured", "names"],
      stance: "{id}.stress:none",
      surprise: "most",
    },
  ],
};

const grown = ["above", "measured", "growth", "z", "month", "highestName"];

/** Whether the theme has reached the economy. */
export const themeSpillover: Ladder = {
  id: "grid.spillover",
  section: "grid",
  about: "growth of the prices and loads that a theme may move",
  standard: "L3 macro spillover",
  evidence: {
    above: {
      means: "series whose growth is more than a deviation above its mean of ten years",
      unit: "count",
    },
    measured: { means: "series that have a z", unit: "count" },
    growth: { means: "growth of the one with the highest z, over twelve months", unit: "return" },
    z: { means: "that z", unit: "z" },
    month: { means: "its month", unit: "month" },
  },
  rules: [
    {
      word: "spillover.above",
      refused: "spillover",
      named: "macro spillover",
      gate: [["above", ">=", 2, "few-above"]],
      claim: "grid.spillover.claim.above",
      text: ["grid.spillover.text.above"],
      tells: grown,
      stance: "{id}.spillover:yes",
    },
    {
      word: "spillover.one",
      refused: "spillover-one",
      if: [["above", ">=", 1]],
      claim: "grid.spillover.claim.one",
      text: ["grid.spillover.text.one"],
      tells: grown,
      stance: "{id}.spillover:one",
    },
    {
      word: "spillover.none",
      refused: "spillover-none",
      claim: "grid.spillover.claim.none",
      text: ["grid.spillover.text.none"],
      tells: grown,
      stance: "{id}.spillover:no",
    },
  ],
};

/** How a series goes with the basket, before or after it. */
export const themeLead: Ladder = {
  id: "grid.lead",
  section: "grid",
  about: "how the growth of a series goes with a theme's basket",
  standard: "L3 lead-lag correlation",
  evidence: {
    correlation: {
      means: "of the basket's year and the growth of the series at the closest lag",
      unit: "correlation",
    },
    months: { means: "months between the two", unit: "count" },
    pairs: { means: "pairs of months", unit: "count" },
    order: {
      means: "whether the basket comes before the series",
      oneOf: ["before", "before-one", "after", "after-one", "together"],
    },
  },
  rules: [
    {
      word: "lead.{order}",
      refused: "lead",
      named: "lead or lag",
      gate: [
        ["correlation.q", "<=", 0.1, "q-above"],
        ["order", "known", null],
      ],
      claim: "grid.lead.claim.{order}",
      text: ["grid.lead.text.{order}"],
      tells: ["correlation", "months", "pairs", "series"],
      stance: "{id}.lead:{order}",
    },
  ],
};

/** All that may be said of a theme in focus. */
export const gridLadders: readonly Ladder[] = [themeStress, themeWeek, themeSpillover, themeLead];
