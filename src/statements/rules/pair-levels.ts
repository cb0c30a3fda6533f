import type { Condition, Ladder, Rule } from "#src/statements/rule.ts";

/** From which p-value on no relation is found. */
export const cointegrationLevel = 0.05;

/** A relation that is found, and stays found when all tests of the issue are judged together. */
const related: readonly Condition[] = [
  ["p", "<=", cointegrationLevel, "not-cointegrated"],
  ["p.q", "<=", 0.1, "q-above"],
];

const relation = (word: string, rest: Pick<Rule, "if" | "gate" | "named" | "refused">): Rule => ({
  word: `relation.${word}`,
  claim: `pair.relation.${word}.claim`,
  text: [`pair.relation.${word}.text`],
  tells: ["p", "n"],
  stance: `{id}.relation:${word}`,
  ...rest,
});

/** Whether the two legs of a pair move together in the long run. */
export const pairRelation: Ladder = {
  id: "pair.relation",
  section: "pair",
  about: "the levels of a pair's legs",
  standard: "P4 Engle-Granger, both orders",
  evidence: {
    p: { means: "p-value of both orders together (Bonferroni)", unit: "ratio" },
    n: { means: "sessions of the test", unit: "count" },
  },
  rules: [
    relation("found", { refused: "relation", named: "move together in the long run", gate: related }),
    // Alone it would be enough; among all tests of the issue it may be chance.
    relation("tentative", { if: [["p", "<=", cointegrationLevel]] }),
    relation("none", { if: [["p", ">", cointegrationLevel]] }),
  ],
};

/** How fast a gap between the legs closes. */
export const pairHalfLife: Ladder = {
  id: "pair.half-life",
  section: "pair",
  about: "how fast a gap between a pair's legs closes",
  standard: "P7 half-life",
  evidence: {
    p: { means: "p-value of the test of a relation", unit: "ratio" },
    sessions: { means: "sessions after which half of a gap is left", unit: "count" },
    low: { means: "lower end of its interval", unit: "count" },
    high: { means: "upper end, none where a gap may never close", unit: "count" },
  },
  rules: [
    {
      word: "half-life",
      named: "half-life",
      // Half of the 252 sessions in which it is measured.
      gate: [...related, ["high", "<", 126, "half-life-too-long"]],
      claim: "pair.half-life.claim",
      text: ["pair.half-life.text"],
      tells: ["sessions", "low", "high"],
    },
  ],
};

const caveat = (word: string, tells: readonly string[]): Rule => ({
  word: `hedge.${word}`,
  if: [["caveat", "is", word]],
  claim: `pair.hedge.${word}.claim`,
  text: [`pair.hedge.${word}.text`],
  tells,
  stance: `{id}.hedge:${word}`,
});

/** A hedge ratio that nobody would hold. */
export const pairHedge: Ladder = {
  id: "pair.hedge",
  section: "pair",
  about: "a pair's hedge ratio that is negative or above three, by one measure or both",
  standard: "P3 hedge ratio",
  evidence: {
    ordinary: { means: "the ratio by least squares", unit: "ratio" },
    orthogonal: { means: "that by total least squares", unit: "ratio" },
    caveat: {
      means: "what is wrong with them; apart, where only the second is above three",
      oneOf: ["negative", "large", "apart", "none"],
    },
  },
  rules: [
    caveat("negative", ["ratio=ordinary"]),
    caveat("large", ["ratio=ordinary"]),
    // By the other measure nothing would be wrong: how much of the short leg goes with the long one is not known.
    caveat("apart", ["ordinary", "orthogonal"]),
  ],
};

/** From how many deviations on a spread is stretched, and a move unusual. */
const far = 2;

/** A gain that is far above the usual, or a loss far below it: a small gain where gains are usual is far from it the other way. */
const farMove = (side: "up" | "down"): Rule => ({
  word: `move.far.${side}`,
  refused: "move.far",
  named: "unusual",
  if: [["move.state", "is", side]],
  gate: [["moveZ", side === "up" ? ">=" : "<=", side === "up" ? far : -far, "z-below"]],
  claim: `pair.move.claim.far.${side}`,
  text: [`pair.move.text.far.${side}`],
  tells: ["move", "moveZ", "n"],
  surprise: "moveZ",
  passing: true,
});

/** How far a pair has gone: its spread where it comes back, else its return. */
export const pairStretch: Ladder = {
  id: "pair.stretch",
  section: "pair",
  about: "how far a pair has gone",
  standard: "P8 z of the spread or of the 20-day return",
  evidence: {
    p: { means: "p-value of the test of a relation", unit: "ratio" },
    spread: { means: "z of the spread", unit: "z" },
    spreadSize: { means: "its size" },
    move: { means: "return over 20 sessions", unit: "return" },
    moveZ: { means: "z of that return", unit: "z" },
    n: { means: "sessions of its history", unit: "count" },
  },
  rules: [
    {
      word: "spread.stretched.{spread.state}",
      refused: "spread.stretched",
      named: "stretched",
      if: related,
      gate: [["spreadSize", ">=", far, "z-below"]],
      claim: "pair.spread.stretched.claim",
      text: ["pair.spread.stretched.text"],
      tells: ["spread"],
      stance: "{id}.spread:{spread.state}",
      surprise: "spread",
    },
    {
      word: "spread.plain",
      if: related,
      claim: "pair.spread.plain.claim",
      text: ["pair.spread.plain.text"],
      tells: ["spread"],
      surprise: "spread",
      passing: true,
    },
    farMove("up"),
    farMove("down"),
    {
      word: "move.{move.state}",
      if: [["move.state", "in", ["up", "down", "flat"]]],
      claim: "pair.move.claim.plain.{move.state}",
      text: ["pair.move.text.plain.{move.state}"],
      tells: ["move", "moveZ", "n"],
      passing: true,
    },
  ],
};
