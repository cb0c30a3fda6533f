import type { Ladder, Rule } from "#src/statements/rule.ts";

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
      tells: ["name=leaderName", "other=otherName", "share", "ratio", "due"],
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
