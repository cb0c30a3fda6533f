import type { Condition, Ladder, Rule } from "#src/statements/rule.ts";

const ofYear = {
  say: "pair.costs.year",
  if: [["yearCost.state", "is", "down"]],
  tells: ["yearCost"],
} as const;

const cost = (word: string, when: readonly Condition[], gate: readonly Condition[] = []): Rule => ({
  word: `costs.${word}`,
  if: when,
  gate,
  claim: `pair.costs.${word}.claim`,
  text: [`pair.costs.${word}.text`, ofYear],
  tells: ["gross", "net", "cost"],
  passing: true,
});

/** What holding a pair cost. */
export const pairCost: Ladder = {
  id: "pair.costs",
  section: "pair",
  about: "a pair before and after what it costs to hold",
  standard: "P10 carry and costs",
  evidence: {
    gross: { means: "the week before costs", unit: "return" },
    net: { means: "the week after them", unit: "return" },
    cost: { means: "the difference, not positive", unit: "bp" },
    yearCost: { means: "the same since 1 January", unit: "bp" },
  },
  rules: [
    cost(
      "turned",
      [
        ["gross.state", "is", "up"],
        ["cost.state", "is", "down"],
      ],
      [["net.state", "is", "down", "no-loss"]],
    ),
    cost("some", [["cost.state", "is", "down"]]),
    cost("none", [["cost.state", "is", "flat"]]),
  ],
};
