import type { Condition, Ladder, Rule } from "#src/statements/rule.ts";

const legs = ["week", "long", "short", "longName", "shortName"];
const early = { say: "pair.week.early", if: [["isEarly", "is", true]], tells: ["end"] } as const;

/** A leg that prints as nothing does not bear out a word about shares: its number would not. */
const legsPrint: readonly Condition[] = [
  ["long.state", "is not", "flat", "leg-prints-zero"],
  ["short.state", "is not", "flat", "leg-prints-zero"],
];

const shareOf = (word: string, named: string, least: number): Rule => ({
  word: `week.{week.state}.{leg}-${word}`,
  refused: word,
  named,
  gate: [["week.state", "in", ["up", "down"], "flat"], ...legsPrint, ["share", ">=", least, "share-below"]],
  claim: `pair.week.claim.{week.state}.{leg}-${word}`,
  text: ["pair.week.text.{week.state}", `pair.week.share.{week.state}.{leg}-${word}`, early],
  tells: [...legs, "share"],
  stance: "{id}.week:{week.state}",
  surprise: "week",
  passing: true,
});

/** The week of a pair: which leg made it. */
export const pairWeek: Ladder = {
  id: "pair.week",
  section: "pair",
  about: "a pair's week",
  standard: "P2 share of legs",
  evidence: {
    week: { means: "the week's return", unit: "return" },
    long: { means: "the long leg's contribution", unit: "pp" },
    short: { means: "the short leg's contribution", unit: "pp" },
    leg: { means: "the leg that contributed more", oneOf: ["long", "short"] },
    share: {
      means: "its share, where both legs went the way of the whole and the whole is 0.1 % or more",
      unit: "share",
    },
    isEarly: { means: "whether the members' last common session is not the week's last" },
    end: { means: "that session", unit: "date" },
  },
  rules: [
    shareOf("mostly", "mostly driven by", 2 / 3),
    // A half and one printed digit: a share printed as 50.0 % is not more than half.
    shareOf("more-than-half", "more than half", 0.5005),
    {
      word: "week.{week.state}.plain",
      if: [["week.state", "in", ["up", "down"]]],
      claim: "pair.week.claim.{week.state}.plain",
      text: ["pair.week.text.{week.state}", "pair.week.legs.{long.state}-{short.state}", early],
      tells: legs,
      stance: "{id}.week:{week.state}",
      surprise: "week",
      passing: true,
    },
    {
      word: "week.flat.plain",
      if: [["week.state", "is", "flat"]],
      claim: "pair.week.claim.flat",
      text: ["pair.week.text.flat", "pair.week.legs.{long.state}-{short.state}", early],
      tells: legs,
      stance: "{id}.week:flat",
      surprise: "week",
      passing: true,
    },
    {
      word: "week.na.plain",
      if: [["week.state", "is", "na"]],
      claim: "pair.week.claim.na",
      text: ["pair.week.text.na", early],
      tells: [],
      stance: "{id}.week:na",
      passing: true,
    },
  ],
};

const record = ["gain", "date", "start", "long", "short", "longName", "shortName"];
const volatile = {
  say: "pair.record.volatile",
  if: [["isVolatile", "is", true]],
  tells: ["scaledRank"],
} as const;
const sides = "pair.record.legs.{long.state}-{short.state}";

/** The largest daily gain of a pair. */
export const pairRecord: Ladder = {
  id: "pair.record",
  section: "pair",
  about: "a pair's largest daily gain",
  standard: "B1 record",
  evidence: {
    gain: {
      means: "the largest daily gain since the basket's inception, or of its back-cast history",
      unit: "return",
    },
    date: { means: "its day", unit: "date" },
    start: { means: "where that history begins", unit: "date" },
    long: { means: "the long leg's part of that day", unit: "pp" },
    short: { means: "the short leg's part of that day", unit: "pp" },
    basis: { means: "whether the basket was followed then", oneOf: ["live", "back-cast"] },
    equalled: { means: "whether another day was as large" },
    inWeek: { means: "whether the day is of this week" },
    scaledRank: {
      means: "its rank among the days until then, scaled by the volatility forecast of the evening before",
      unit: "ordinal",
    },
    isVolatile: { means: "whether that rank is beyond 10: the record came in a high-volatility period" },
    best: { means: "the largest gain of this week, where it is another", unit: "return" },
    bestDate: { means: "its day", unit: "date" },
    bestRank: { means: "its rank in that history", unit: "ordinal" },
    bestYear: { means: "its rank in the past year", unit: "ordinal" },
  },
  rules: [
    {
      word: "record-{basis}-week",
      refused: "record",
      named: "record",
      gate: [
        ["gain", "known", null],
        ["equalled", "is", false, "record-equalled"],
        ["inWeek", "is", true, "record-not-this-week"],
      ],
      claim: "pair.record-{basis}-week.claim",
      text: ["pair.record-{basis}-week.text", volatile, sides],
      tells: record,
      surprise: "gain",
      record: true,
      passing: true,
    },
    {
      // A record of the past is context; only one set this week is news.
      word: "record-{basis}-past",
      if: [["equalled", "is", false]],
      claim: "pair.record-{basis}-past.claim",
      text: [
        "pair.record-{basis}-past.text",
        volatile,
        sides,
        { say: "pair.record.best-day", if: [], tells: ["best", "bestDate", "bestRank", "bestYear"] },
      ],
      tells: record,
    },
  ],
};
