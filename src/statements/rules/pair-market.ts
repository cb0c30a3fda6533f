import type { Ladder } from "#src/statements/rule.ts";

/** A beta up to this size may be called none, where it cannot be told from zero either; a house limit. */
const smallBeta = 0.2;
/** |t| from which on a beta is not none (P1). */
const mostT = 2;

const parts = ["market", "own", "marketName", "marketPart", "ownPart"];

/** How much of a pair's week the market made. */
export const pairSplit: Ladder = {
  id: "pair.split",
  section: "pair",
  about: "a pair's week, split into the market's part and its own",
  standard: "P2 market against idiosyncratic",
  evidence: {
    week: { means: "the week's return", unit: "return" },
    market: { means: "the market's part, by the legs' betas to the day before", unit: "pp" },
    own: { means: "what the legs did by themselves", unit: "pp" },
    part: { means: "the part that contributed more", oneOf: ["market", "own"] },
    share: {
      means: "its share, where both parts went the way of the whole and the whole is 0.1 % or more",
      unit: "share",
    },
  },
  rules: [
    {
      word: "split.{week.state}.{part}-mostly",
      refused: "split.mostly",
      named: "mostly the market’s, mostly its own",
      gate: [
        ["week.state", "in", ["up", "down"], "flat"],
        ["market.state", "is not", "flat", "part-prints-zero"],
        ["own.state", "is not", "flat", "part-prints-zero"],
        ["share", ">=", 2 / 3, "share-below"],
      ],
      claim: "pair.split.claim.{week.state}.{part}-mostly",
      text: ["pair.split.{week.state}.{part}-mostly"],
      tells: [...parts, "share"],
      stance: "{id}.week:{week.state}",
      passing: true,
    },
    {
      word: "split.plain",
      if: [["market", "known", null]],
      claim: "pair.split.claim.plain",
      text: ["pair.split.{market.state}-{own.state}"],
      tells: parts,
      passing: true,
    },
  ],
};

const beta = ["beta", "t", "n", "marketName"];

/** Whether a pair is neutral to the market. */
export const pairBeta: Ladder = {
  id: "pair.beta",
  section: "pair",
  about: "a pair's realised beta",
  standard: "P1 realised beta",
  evidence: {
    beta: { means: "beta over the past year", unit: "ratio" },
    betaSize: { means: "its size" },
    t: { means: "its t-value, by Newey-West errors", unit: "z" },
    tSize: { means: "the size of that" },
    n: { means: "sessions that it is measured over", unit: "count" },
  },
  rules: [
    {
      word: "beta.neutral",
      named: "market-neutral",
      gate: [
        ["tSize", "<=", mostT, "beta-significant"],
        ["betaSize", "<=", smallBeta, "beta-large"],
      ],
      claim: "pair.beta.neutral.claim",
      text: ["pair.beta.neutral.text"],
      tells: beta,
      stance: "{id}.beta:neutral",
    },
    {
      word: "beta.unclear",
      if: [["tSize", "<=", mostT]],
      claim: "pair.beta.unclear.claim",
      text: ["pair.beta.unclear.text"],
      tells: beta,
      stance: "{id}.beta:unclear",
    },
    {
      word: "beta.exposed",
      if: [["tSize", ">", mostT]],
      claim: "pair.beta.exposed.claim",
      text: ["pair.beta.exposed.text"],
      tells: beta,
      stance: "{id}.beta:exposed",
    },
  ],
};
