import type { Say } from "#src/domain/say.ts";
import { attributionFigure } from "#src/sections/pair-attribution.ts";
import { inception, membersOf, openPair, type Pair } from "#src/sections/pair-data.ts";
import { type RecordOfPair, recordOfPair } from "#src/sections/pair-record.ts";
import { type Statistics, statisticsOfPair } from "#src/sections/pair-statistics.ts";
import { type PairWeek, weekOfPair } from "#src/sections/pair-week.ts";
import { type Answers, type Draft, type SectionContext, say } from "#src/sections/section.ts";

/** What a pair returned this week and which leg made it, its record day, and the statistics of the pair. */
export function pair(context: SectionContext): Draft {
  const entries = Object.entries(context.workspace.pairs);
  const pairs = entries.map(([id, rule]) => openPair(context, id, rule));
  const measured = pairs.filter((each) => each !== null).map((each) => measuredPair(context, each));
  const closed = entries.filter((_, i) => pairs[i] === null);
  return {
    questions: measured.flatMap(({ week, record, statistics }) => [
      week.question,
      record.question,
      ...statistics.questions,
    ]),
    page(answers) {
      const parts = measured.map((each) => described(context, each, answers));
      return {
        name: "pair",
        claim: parts[0]?.claim ?? say("pair.none.claim"),
        standfirst: null,
        words: parts.flatMap((part) => part.words),
        figures: parts.flatMap((part) => part.figures),
        tables: parts.flatMap((part) => part.tables),
        refusals: [],
        gaps: [
          ...closed.map(([, rule]) => say("pair.gap", { name: { name: rule.short } })),
          ...parts.flatMap((part) => part.gaps),
        ],
      };
    },
  };
}

interface MeasuredPair {
  readonly each: Pair;
  readonly week: PairWeek;
  readonly record: RecordOfPair;
  readonly statistics: Statistics;
}

function measuredPair(context: SectionContext, each: Pair): MeasuredPair {
  const week = weekOfPair(context, each);
  return {
    each,
    week,
    record: recordOfPair(context, each),
    statistics: statisticsOfPair(context, each, week.facts.total),
  };
}

function described(
  context: SectionContext,
  { each, week, record, statistics }: MeasuredPair,
  answers: Answers,
) {
  const [ofWeek, ofRecord] = [answers(week.question).statement, answers(record.question).statement];
  const how = method(context, each);
  const found = statistics.page(answers, how);
  return {
    claim: ofWeek?.claim,
    words: [ofWeek?.text ?? [], ofRecord?.text ?? [], found.words, found.table ? [] : how].filter(
      ({ length }) => length > 0,
    ),
    figures: [attributionFigure(context, each, week.facts), record.figure()].filter(
      (figure) => figure !== null,
    ),
    tables: found.table ? [found.table] : [],
    gaps: found.gaps,
  };
}

/** How the pair is computed, and what is known of who was in it. */
function method({ facts }: SectionContext, each: Pair): readonly Say[] {
  const { id, rule, data, prose } = each;
  const shared = { series: membersOf(rule), method: "common sessions of all members" };
  const start = facts.add({ ...shared, id: `pair.${id}.start`, value: data.start, unit: "date" });
  const n = facts.add({ ...shared, id: `pair.${id}.sessions`, value: data.dates.length, unit: "count" });
  const places = {
    ...inception(facts, each),
    name: prose,
    start: { fact: start.id },
    n: { fact: n.id },
  };
  const isSurvivors = [rule.long, rule.shorts].some(({ basket }) => basket?.survivorship);
  return [
    say(`pair.method.${rule.basis}`, places),
    ...(isSurvivors ? [say("pair.method.survivorship")] : []),
  ];
}
