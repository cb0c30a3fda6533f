import { percentileEnd } from "#src/statements/percentile-end.ts";
import type { Ladder } from "#src/statements/rule.ts";

/** The numbers of the last session, beside the states. */
const numbers = ["regime.percentile.{end}", "regime.average.{average.state}"];
const tells = ["average", "volatility", "percentile", "since", "n"];

/** Where a market stands on the grid of trend and volatility. */
export const marketRegime: Ladder = {
  id: "regime.grid",
  section: "regime",
  about: "a market on the grid of trend and volatility",
  standard: "J3 trend and volatility regime",
  evidence: {
    trend: {
      means: "price against its 200-session average, and the return of twelve months less one",
      oneOf: ["up", "down", "mixed"],
    },
    calmness: {
      means: "percentile of 20-session volatility: below 33, and 80 and more",
      oneOf: ["calm", "normal", "high"],
    },
    isContradicted: {
      means:
        "whether the last session is at the other end of volatility, or on the other side of its average",
    },
    average: { means: "price against its average", unit: "return" },
    volatility: { means: "20-session volatility", unit: "volatility" },
    percentile: { means: "its percentile", unit: "percentile" },
    end: percentileEnd,
    since: { means: "the session that confirmed the younger of the two states", unit: "date" },
    n: { means: "sessions that the percentile is taken among", unit: "count" },
  },
  rules: [
    {
      word: "{trend}.{calmness}",
      refused: "",
      named: "regime",
      gate: [
        ["trend", "known", null],
        ["isContradicted", "is", false, "state-contradicted"],
      ],
      claim: "regime.claim.{trend}.{calmness}",
      text: ["regime.text.{trend}.{calmness}", ...numbers],
      tells,
      stance: "{id}.regime:{trend}.{calmness}",
      surprise: "percentile",
    },
    {
      word: "doubt",
      if: [["isContradicted", "is", true]],
      claim: "regime.claim.doubt",
      text: ["regime.text.doubt.{trend}.{calmness}", ...numbers],
      tells,
      stance: "{id}.regime:doubt",
      surprise: "percentile",
    },
  ],
};
