import type { Fact } from "#src/domain/fact.ts";
import type { Place, Say } from "#src/domain/say.ts";
import { currencyOf, type Flow, type Group, measureGroups } from "#src/sections/flow-data.ts";
import { type Gauges, gaugesOf, questionsOf } from "#src/sections/flow-gauges.ts";
import { shareQuestion } from "#src/sections/flow-share.ts";
import type { Cohort } from "#src/sections/flow-span.ts";
import { type Answers, type Question, type SectionContext, say } from "#src/sections/section.ts";

/** A cohort, measured: its groups, what of them is compared, and what the rules are asked. */
export interface Part {
  readonly cohort: Cohort;
  readonly groups: readonly Group[];
  /** Groups with a total since 1 January, and the funds of those without one. */
  readonly compared: readonly Flow[];
  readonly due: Fact;
  readonly gauges: readonly Gauges[];
  /** Who drew the marginal dollar; `null` where nothing is compared. */
  readonly share: Question | null;
  /** Whether no flow of the year is due yet, which is no gap. */
  readonly isEarly: boolean;
}

/** Measures the groups of a cohort. */
export function partOf(context: SectionContext, cohort: Cohort): Part {
  const groups = measureGroups(context, cohort);
  const isEarly = groups.every((group) => group.expected === 0);
  const compared = cohort.isCompared ? groups.flatMap(comparable) : [];
  const due = dueFact(context, cohort);
  const gauges = groups.flatMap((group) => gaugesOf(context, group, groups, due));
  const share = compared.length > 0 ? shareQuestion(context, { cohort, groups, compared, due }) : null;
  return { cohort, groups, compared, due, gauges, share, isEarly };
}

/** The group where all its funds are covered; otherwise each fund that is. */
const comparable = (group: Group): readonly Flow[] =>
  group.fact.value !== null ? [group] : group.funds.filter((fund) => fund.fact.value !== null);

/** An id of what is of a whole cohort. */
const idOf = (cohort: Cohort, name: string): string =>
  ["flows", cohort.id, name].filter((part) => part !== "").join(".");

/** The day through which flows count. */
function dueFact({ facts }: SectionContext, cohort: Cohort): Fact {
  const { start, due } = cohort.span;
  return facts.add({
    id: idOf(cohort, "due"),
    value: due,
    unit: "date",
    series: [],
    method: "H2 span",
    window: { start: start < due ? start : due, end: due, n: 1 },
  });
}

/** Every question of a part. */
export const allQuestions = ({ share, gauges }: Part): readonly Question[] => [
  ...(share === null ? [] : [share]),
  ...gauges.flatMap(questionsOf),
];

/** The places that messages of a part share. */
export const placesOf = ({ due, groups }: Part): Readonly<Record<"due" | "money", Place>> => ({
  due: { fact: due.id },
  money: { term: `money.${currencyOf(groups.flatMap(({ columns }) => columns))}` },
});

/** Sentences of a part: what of the year the statement does not give by number, the statement, and the last weeks. */
export function wordsOf(part: Part, answers: Answers): readonly (readonly Say[])[] {
  const statement = part.share === null ? null : answers(part.share).statement;
  const places = placesOf(part);
  const year = untold(part.compared, statement?.text ?? []).map((flow) =>
    say(`flows.year.${flow.fact.state}`, {
      ...places,
      name: { name: flow.name },
      v: { fact: flow.fact.id },
    }),
  );
  return [year, statement?.text ?? [], part.gauges.flatMap((gauges) => lastWeeks(gauges, answers))];
}

/** The flow of four weeks by its strongest word, and what else was earned: the weaker words say what the table shows. */
const lastWeeks = (gauges: Gauges, answers: Answers): readonly Say[] =>
  questionsOf(gauges).flatMap((question) => {
    const { statement } = answers(question);
    return statement?.earned || question === gauges.rotation.question ? (statement?.text ?? []) : [];
  });

/** Flows that the statement does not give by number. */
function untold(compared: readonly Flow[], text: readonly Say[]): readonly Flow[] {
  const places = text.flatMap((each) => Object.values(each.places));
  const told = new Set(places.flatMap((place) => ("fact" in place ? [place.fact] : [])));
  return compared.filter((flow) => !told.has(flow.fact.id));
}
