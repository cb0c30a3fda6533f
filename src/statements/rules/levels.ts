import type { Condition, Ladder, Rule, Sentence } from "#src/statements/rule.ts";

/** What a week must be to be the best or the worst, of all or since one like it. */
const superlative: readonly Condition[] = [
  ["rest", "<=", 0, "week-incomplete"],
  ["years", ">=", 1, "superlative-too-short"],
  ["coverage", ">=", 0.95, "coverage-below"],
  ["week.state", "in", ["up", "down"], "flat"],
];

/** The week of a market: best or worst since when, or only by how much it moved. */
export const marketWeek: Ladder = {
  id: "levels.week",
  section: "levels",
  about: "a market that moved this week",
  standard: "B2 superlative",
  evidence: {
    week: { means: "the week's return", unit: "return" },
    close: { means: "the last close", unit: "points" },
    since: {
      means: "the last week that was at least as good, or as bad; else the start of history",
      unit: "date",
    },
    lastDay: { means: "the day of the last close", unit: "date" },
    base: { means: "the close that the week's return is measured from", unit: "date" },
    direction: { means: "on which side", oneOf: ["best", "worst"] },
    isRecord: { means: "whether no earlier week was like it" },
    years: { means: "whole years since then" },
    coverage: { means: "share of the weeks since then that can be compared" },
    rest: { means: "sessions of the week without a close" },
    age: { means: "of these, those that had closed" },
    span: { means: "weeks that the return is over" },
    seriesScanned: { means: "markets that were scanned" },
    chanceRecords: { means: "records that chance alone would set among them" },
  },
  rules: [
    {
      word: "{direction}-on-record",
      refused: "{direction}",
      named: "on record",
      if: [["isRecord", "is", true]],
      gate: superlative,
      claim: "levels.{direction}-on-record.claim",
      text: ["levels.{direction}-on-record.text"],
      tells: ["week", "close", "since"],
      stance: "{id}.week:{week.state}",
      surprise: "week",
      record: true,
      passing: true,
    },
    {
      word: "{direction}",
      if: [["isRecord", "is not", true]],
      gate: superlative,
      claim: "levels.{direction}.claim",
      text: ["levels.{direction}.text"],
      tells: ["week", "close", "since"],
      stance: "{id}.week:{week.state}",
      surprise: "week",
      passing: true,
    },
    {
      word: "week.{week.state}",
      claim: "levels.week.claim.{week.state}",
      text: [
        "levels.week.text.{week.state}",
        { say: "levels.week.early", if: [["age", ">", 0]], tells: ["lastDay"] },
        {
          say: "levels.week.open",
          if: [
            ["age", "<=", 0],
            ["rest", ">", 0],
          ],
          tells: ["lastDay"],
        },
        { say: "levels.week.span", if: [["span", ">", 1]], tells: ["base"] },
      ],
      tells: ["week", "close"],
      stance: "{id}.week:{week.state}",
      surprise: "week",
      passing: true,
    },
  ],
};

const tests = ["level", "tests", "extreme", "extremeDate", "from"];
const stance = "{series}.level.{level}:{side}";
/** A number that an index has not come near is no news; a house limit. */
const nearby: readonly Condition[] = [["reach", "<=", 0.1, "out-of-reach"]];

/** What came inside the tests and did not carry the index through (S37). */
const second = ["secondName", "secondDay", "secondMove", "secondZ"];
const isBelow: Condition = ["distance", "<", 0];
const releases: readonly Sentence[] = [
  {
    say: "levels.releases.two",
    if: [["releases", ">=", 2], isBelow],
    tells: ["firstName", "firstDay", "firstMove", "firstZ", ...second],
  },
  { say: "levels.releases.one", if: [["releases", "is", 1], isBelow], tells: second },
];

/** An index against a round number: whether it got through, and what became of it. */
export const roundNumber: Ladder = {
  id: "levels.round-number",
  section: "levels",
  about: "an index and a round number",
  standard: "B4 level test",
  evidence: {
    series: { means: "the index" },
    level: { means: "the round number", unit: "points" },
    tests: { means: "approaches in the window", unit: "count" },
    extreme: { means: "the close of the window that went farthest", unit: "points" },
    extremeDate: { means: "its day", unit: "date" },
    from: { means: "the first day of the window", unit: "date" },
    approach: {
      means: "resistance, from below; support, where it was passed before the window",
      oneOf: ["resistance", "support"],
    },
    side: { means: "where it stands", oneOf: ["above", "below"] },
    breakouts: { means: "breaks confirmed in the window: two closes in a row more than 1 % beyond" },
    rejections: { means: "approaches that were turned back" },
    closesBeyond: { means: "closes beyond the number in the window" },
    distance: { means: "the last close against the number, beyond it positive" },
    reach: { means: "how far that close was from the number" },
    isBeyond: { means: "whether it stands beyond the number after a confirmed break" },
    stoodBeyond: { means: "whether it stood so at any close of the window" },
    unconfirmed: { means: "whether a close more than 1 % beyond was not confirmed" },
    releases: { means: "declared releases that fell into the tests, of which the last two are told" },
    firstDay: { means: "session that followed the first of two", unit: "date" },
    firstMove: { means: "return of that session beyond the index's mean", unit: "return" },
    firstZ: { means: "it in deviations", unit: "z" },
    secondDay: { means: "session that followed the last", unit: "date" },
    secondMove: { means: "return of that session beyond the index's mean", unit: "return" },
    secondZ: { means: "it in deviations", unit: "z" },
  },
  rules: [
    ...(
      [
        { word: "failed", if: [["unconfirmed", "is not", true]] },
        { word: "failed-unconfirmed", if: [["unconfirmed", "is", true]] },
      ] as const
    ).map(
      ({ word, if: when }): Rule => ({
        word: `${word}.{level}`,
        named: "failed to break",
        refused: "failed.{level}",
        if: when,
        gate: [
          ["approach", "is", "resistance", "stood-beyond"],
          ["breakouts", "<=", 0, "broke-out"],
          ["stoodBeyond", "is", false, "stood-beyond"],
          ["tests", ">=", 2, "too-few-tests"],
          // Whatever came before, an index that closes above the level does not fail at it today.
          ["distance", "<=", 0, "not-over"],
        ],
        claim: `levels.${word}.claim`,
        text: [`levels.${word}.text`, ...releases],
        tells: tests,
        stance,
      }),
    ),
    ...(
      [
        [
          "broke-and-fell",
          [
            ["breakouts", ">", 0],
            ["distance", "<", 0],
          ],
        ],
        [
          "broke",
          [
            ["breakouts", ">", 0],
            ["isBeyond", "is", true],
          ],
        ],
        ["broke-and-back", [["breakouts", ">", 0]]],
        [
          "lost",
          [
            ["approach", "is", "resistance"],
            ["stoodBeyond", "is", true],
            ["distance", "<", 0],
          ],
        ],
        [
          "lost-and-back",
          [
            ["approach", "is", "resistance"],
            ["stoodBeyond", "is", true],
          ],
        ],
        // The close that would confirm is still to come.
        [
          "beyond-unconfirmed",
          [
            ["unconfirmed", "is", true],
            ["distance", ">", 0.01],
          ],
        ],
        [
          "crossed",
          [
            ["approach", "is", "resistance"],
            ["closesBeyond", ">", 0],
          ],
        ],
        ["below", [["approach", "is", "resistance"]], nearby],
        [
          "above-dipped",
          [
            ["approach", "is", "support"],
            ["closesBeyond", ">", 0],
          ],
        ],
        ["above", [["approach", "is", "support"]], nearby],
      ] as const
    ).map(
      ([word, when, gate = []]): Rule => ({
        word: `${word}.{level}`,
        if: when,
        gate,
        claim: `levels.${word}.claim`,
        text: [`levels.${word}.text`, ...(word === "below" ? releases : [])],
        tells: tests,
        stance,
      }),
    ),
  ],
};

/** When the ratio was first reached: a milestone may be weeks old. */
const crossedAt = (which: "double" | "half"): Sentence => ({
  say: `levels.crossed-at.${which}`,
  if: [],
  tells: ["firstCrossing"],
});

const multiple = (word: string, rest: Partial<Rule>, further: readonly Sentence[] = []): Rule => ({
  word,
  claim: `levels.${word}.claim`,
  text: [`levels.${word}.text`, ...further],
  tells: ["ratio", "base", "close"],
  stance: `{id}.milestone.{base}:${word}`,
  ...rest,
});

/** A level as a multiple of a named close. */
export const milestoneWords: Ladder = {
  id: "levels.milestone",
  section: "levels",
  about: "an index and the close of a named day",
  standard: "B3 milestone",
  evidence: {
    ratio: { means: "the last close as a multiple of that of the named day", unit: "multiple" },
    base: { means: "the named day", unit: "date" },
    close: { means: "its close", unit: "points" },
    isLower: { means: "whether the last close is below it" },
    isPeak: { means: "whether it is the highest of all before and since" },
    firstCrossing: { means: "the first day at twice it, or at half", unit: "date" },
  },
  rules: [
    multiple("more-than-doubled", { if: [["ratio", ">", 2.05]] }, [crossedAt("double")]),
    multiple(
      "doubled",
      {
        if: [["isLower", "is not", true]],
        gate: [["ratio", ">=", 2, "ratio-below"]],
      },
      [crossedAt("double")],
    ),
    multiple("about-doubled", {
      if: [["isLower", "is", false]],
      gate: [["ratio", ">=", 1.95, "ratio-below"]],
    }),
    multiple(
      "halved",
      {
        if: [["isLower", "is", true]],
        gate: [
          ["ratio", ">=", 0.45, "ratio-below"],
          ["ratio", "<=", 0.55, "ratio-above"],
          ["isPeak", "is", true, "base-no-peak"],
        ],
      },
      [crossedAt("half")],
    ),
    multiple("multiple", { if: [["ratio", "known", null]] }),
  ],
};
