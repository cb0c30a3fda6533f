import type { Ladder, Rule } from "#src/statements/rule.ts";

const strong = (side: "strong" | "weak"): Rule => ({
  word: side,
  named: `${side} markets abroad`,
  gate: [
    ["z", side === "strong" ? ">=" : "<=", side === "strong" ? 1 : -1, "z-below"],
    ["strength.state", "is", side === "strong" ? "up" : "down", "not-beyond-zero"],
  ],
  if: [["z", side === "strong" ? ">" : "<", 0]],
  claim: `flows.abroad.${side}.claim`,
  text: [`flows.abroad.${side}.text`],
  tells: ["home", "strength", "z"],
  stance: `{id}:${side}`,
  surprise: "z",
});

/** Whether markets abroad are strong against the one at home; where they are not, the table tells of it. */
export const marketsAbroad: Ladder = {
  id: "flows.abroad",
  section: "flows",
  about: "markets abroad against the market at home",
  standard: "A4 relative strength",
  evidence: {
    strength: { means: "what they gained on it over twenty sessions", unit: "return" },
    z: { means: "its z in the sessions before", unit: "z" },
  },
  rules: [strong("strong"), strong("weak")],
};

/** Whether markets abroad have cushioned the falls of the one at home; else nothing is said. */
export const marketsHaven: Ladder = {
  id: "flows.haven",
  section: "flows",
  about: "markets abroad in the falls of the market at home",
  standard: "K4 capture and D10 correlation",
  evidence: {
    downCapture: { means: "their mean return in its falling months over its own", unit: "share" },
    months: { means: "months in all", unit: "count" },
    falling: { means: "those in which it fell", unit: "count" },
    now: { means: "correlation of weekly returns in the last twenty-six weeks", unit: "correlation" },
    before: { means: "that of the hundred and four weeks before", unit: "correlation" },
    nowN: { means: "weekly returns of the first", unit: "count" },
    beforeN: { means: "those of the other", unit: "count" },
    captured: {
      means: "what they did on average in its falling months, as their capture prints",
      oneOf: ["lost", "gained", "neither"],
    },
    change: { means: "the difference of the two, tested", unit: "correlation" },
  },
  rules: [
    {
      word: "haven",
      named: "haven",
      gate: [
        ["downCapture", "<", 1, "down-capture-above"],
        ["change.state", "is", "down", "correlation-not-falling"],
        ["change.q", "<=", 0.1, "q-above"],
      ],
      claim: "flows.haven.claim",
      // The word stands with its numbers.
      text: ["flows.haven.text.{captured}"],
      tells: ["home", "downCapture", "months", "falling", "now", "before", "nowN", "beforeN"],
      stance: "{id}:haven",
      surprise: "change",
    },
  ],
};
