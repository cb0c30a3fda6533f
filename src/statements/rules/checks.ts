import type { Ladder } from "#src/statements/rule.ts";

/** Whether quoted numbers are what the others make of them (S54). An opinion is no number: who quotes one writes commentary. */
export const quotedNumbers: Ladder = {
  id: "checks.relations",
  section: "checks",
  about: "relations that quoted numbers must satisfy",
  standard: "M1 consistency",
  evidence: {
    checked: {
      means: "relations in which a stated number was held against what the others imply",
      unit: "count",
    },
    held: { means: "those that hold within the rounding of all their numbers", unit: "count" },
    failed: { means: "those that do not" },
    all: { means: "relations that have a result, with a stated number or without", unit: "count" },
    implied: {
      means: "relations of quoted numbers without a stated one, of which only what is implied is told",
      unit: "count",
    },
  },
  rules: [
    {
      word: "agree",
      named: "the numbers agree",
      if: [["checked", ">=", 1]],
      gate: [["failed", "<=", 0, "numbers-disagree"]],
      claim: "checks.agree.claim",
      text: [
        { say: "checks.agree.text.all", if: [["implied", "<=", 0]], tells: ["checked"] },
        { say: "checks.agree.text.part", if: [["implied", ">", 0]], tells: ["checked", "all"] },
      ],
      tells: [],
      stance: "{id}:agree",
    },
    {
      word: "disagree",
      if: [["failed", ">", 0]],
      claim: "checks.disagree.claim",
      text: ["checks.disagree.text", "checks.disagree.first"],
      tells: ["held", "checked", "first", "stated", "computed", "low", "high"],
      stance: "{id}:disagree",
    },
    {
      word: "implied",
      if: [["implied", ">=", 1]],
      claim: "checks.implied.claim",
      text: ["checks.implied.text"],
      tells: ["implied"],
    },
  ],
};
