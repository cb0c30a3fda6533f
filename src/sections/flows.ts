import type { Say } from "#src/domain/say.ts";
import type { Refusal } from "#src/domain/statement.ts";
import { type Crowded, crowdedOf, crowdingTable } from "#src/sections/flow-crowding.ts";
import { cumulativeFigure } from "#src/sections/flow-cumulative.ts";
import type { Group } from "#src/sections/flow-data.ts";
import { fundTable } from "#src/sections/flow-fund-table.ts";
import { flowGaps, shortHistory } from "#src/sections/flow-gaps.ts";
import { gaugeTable } from "#src/sections/flow-gauge-table.ts";
import type { Gauges } from "#src/sections/flow-gauges.ts";
import { type MarketsFinding, marketsOf } from "#src/sections/flow-markets.ts";
import { allQuestions, type Part, partOf, placesOf, wordsOf } from "#src/sections/flow-part.ts";
import { shareQuestion } from "#src/sections/flow-share.ts";
import { cohortsOf } from "#src/sections/flow-span.ts";
import {
  type Answers,
  type Draft,
  type Question,
  type Section,
  type SectionContext,
  say,
} from "#src/sections/section.ts";

/**
 * Flows since 1 January and who drew the marginal dollar; those of four weeks, beside assets, their own history and the other
 * groups; and crowding. Or why nobody can say.
 */
export function flows(context: SectionContext): Draft {
  const parts = cohortsOf(context).map((cohort) => partOf(context, cohort));
  const crowded = crowdedGroups(context, parts);
  const none = nothingAtAll(context, parts);
  const markets = marketsOf(context);
  return {
    questions: [
      ...parts.flatMap(allQuestions),
      ...(none === null ? [] : [none]),
      ...crowded.map(({ question }) => question),
      ...markets.questions,
    ],
    page: (answers) => page(context, { parts, crowded, none, markets }, answers),
  };
}

interface Measured {
  readonly parts: readonly Part[];
  readonly crowded: readonly Crowded[];
  readonly none: Question | null;
  readonly markets: MarketsFinding;
}

function crowdedGroups(context: SectionContext, parts: readonly Part[]): readonly Crowded[] {
  const groups = parts.flatMap((part) => part.groups);
  return context.workspace.flows.crowding.flatMap((rule) => {
    const group = groups.find(({ id }) => id === rule.group);
    return group === undefined ? [] : [crowdedOf(context, rule, group)];
  });
}

/** The question of the first comparison, where no group has a flow of the year or of four weeks: the answer is that. */
function nothingAtAll(context: SectionContext, parts: readonly Part[]): Question | null {
  const [first] = parts;
  const isSilent = parts.every(
    ({ share, gauges, isEarly }) => share === null && gauges.length === 0 && !isEarly,
  );
  return isSilent && first !== undefined ? shareQuestion(context, first) : null;
}

function page(
  context: SectionContext,
  { parts, crowded, none, markets }: Measured,
  answers: Answers,
): Section {
  const broken = parts.filter(({ isEarly }) => !isEarly).flatMap((part) => part.groups.filter(hasNoTotal));
  const [first] = parts;
  const gauges = parts.flatMap((part) => part.gauges);
  const gauged = first === undefined ? null : gaugeTable(context, gauges, placesOf(first).money);
  return {
    name: "flows",
    claim: claimOf(parts, none, answers),
    standfirst: null,
    words: [
      ...parts.flatMap((part) => [
        ...(part.isEarly ? [[say("flows.early.text")]] : []),
        ...wordsOf(part, answers),
      ]),
      none === null ? [] : (answers(none).statement?.text ?? []),
      // Whoever is not crowded stands in the table.
      crowded
        .map(({ question }) => answers(question).statement)
        .flatMap((each) => (each?.earned ? each.text : [])),
      markets.questions.flatMap((question) => answers(question).statement?.text ?? []),
    ].filter(({ length }) => length > 0),
    figures: parts.flatMap(cumulativeFigure),
    tables: [
      ...parts
        .filter(({ isEarly }) => !isEarly)
        .flatMap((part) => part.groups.flatMap((group) => fundTable(context, group, placesOf(part)))),
      ...(crowded.length === 0 ? [] : [crowdingTable(crowded)]),
      // Wide tables stand under those of half the page, and figures are numbered as they stand.
      ...(gauged === null ? [] : [gauged]),
      // Where a sentence tells each of its numbers, a table of one row would repeat them.
      ...(markets.questions.every((question) => answers(question).statement !== null) ? [] : markets.tables),
    ],
    refusals: broken.map(groupRefusal),
    gaps: [
      ...flowGaps(context, broken),
      ...parts.flatMap((part) => shortHistory(context, part)),
      ...crowded.filter(({ score }) => score.value === null).map(crowdingGap),
      ...markets.gaps,
    ],
  };
}

/** Who drew the marginal dollar; else the largest flow of four weeks; else that nothing can be said. */
function claimOf(parts: readonly Part[], none: Question | null, answers: Answers): Say {
  const gauges = parts.flatMap((part) => part.gauges);
  const size = ({ four }: Gauges): number => Math.abs(Number(four.value));
  const questions = [
    ...parts.flatMap(({ share }) => share ?? []),
    ...gauges.toSorted((a, b) => size(b) - size(a)).map(({ rotation }) => rotation.question),
    ...(none === null ? [] : [none]),
  ];
  const [claim] = questions.flatMap((question) => answers(question).statement?.claim ?? []);
  return claim ?? say("flows.early.claim");
}

const hasNoTotal = (group: Group): boolean => group.fact.value === null;

const groupRefusal = (group: Group): Refusal => ({
  id: `flows.${group.id}.total`,
  word: "total of the group",
  section: "flows",
  reasons: group.measured.reasons,
  instead: null,
});

const crowdingGap = ({ group }: Crowded): Say => say("flows.crowding.gap", { name: { name: group.name } });
