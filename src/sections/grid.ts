import type { Reason } from "#src/domain/fact.ts";
import type { GridRule } from "#src/domain/grid-rules.ts";
import type { Say } from "#src/domain/say.ts";
import type { Statement } from "#src/domain/statement.ts";
import { basketFacts, type Theme, themeOf } from "#src/sections/grid-basket.ts";
import { spilloverOf } from "#src/sections/grid-spillover.ts";
import { stressQuestion } from "#src/sections/grid-stress.ts";
import { linesFigure, weekQuestion } from "#src/sections/grid-week.ts";
import {
  type Answers,
  type Draft,
  emptySection,
  type Question,
  type Section,
  type SectionContext,
  say,
} from "#src/sections/section.ts";

import { fitted } from "#src/sections/table-size.ts";

/** A theme in focus: its basket, whether that is under stress and which way, and what of it has reached the economy. */
export function grid(context: SectionContext): Draft {
  const { grid: rule } = context.workspace;
  if (rule === null) return { questions: [], page: () => bare([]) };
  const theme = themeOf(context, rule);
  return theme.value === null ? closed(context, rule, theme.reasons) : openDraft(context, theme.value);
}

const bare = (gaps: readonly Say[]): Section => emptySection("grid", say("grid.none.claim"), gaps);

/** Without a basket there is one line. */
function closed({ workspace }: SectionContext, { basket }: GridRule, reasons: readonly Reason[]): Draft {
  const name = workspace.baskets[basket]?.short;
  const code = reasons[0]?.code ?? "";
  const why = ["no-list", "not-in-catalogue", "stale"].includes(code) ? code : "few";
  return {
    questions: [],
    page: () => ({
      ...bare(name === undefined ? [] : [say(`grid.gap.${why}`, { name: { name } })]),
      refusals: [{ id: `grid.${basket}.stress`, word: "stress", section: "grid", reasons, instead: null }],
    }),
  };
}

function openDraft(context: SectionContext, theme: Theme): Draft {
  const facts = basketFacts(context, theme);
  const stress = stressQuestion(context, theme, facts);
  const week = weekQuestion(context, theme);
  const spillover = spilloverOf(context, theme);
  const figure = linesFigure(context, theme);
  return {
    questions: [stress.question, week, ...spillover.questions, ...spillover.leads],
    page(answers) {
      const first = saidOf(answers, [stress.question, week]);
      const second = saidOf(answers, spillover.questions);
      const lead = closestOf(context, saidOf(answers, spillover.leads));
      const paragraphs = [first, [...second, ...lead]].map((said) => said.flatMap(({ text }) => text));
      return {
        ...bare([...(stress.isKnown ? [] : [say("grid.gap.stress")]), ...spillover.gaps]),
        claim: leading([...first, ...second])?.claim ?? say("grid.none.claim"),
        words: paragraphs.filter(({ length }) => length > 0),
        figures: figure === null ? [] : [figure],
        tables: fitted([stress.table, spillover.table].filter((table) => table !== null)),
      };
    },
  };
}

const saidOf = (answers: Answers, questions: readonly Question[]): readonly Statement[] =>
  questions.flatMap((question) => answers(question).statement ?? []);

/** The strongest of several leads. */
function closestOf({ facts }: SectionContext, said: readonly Statement[]): readonly Statement[] {
  const sizeOf = ({ text }: Statement): number => {
    const place = text[0]?.places.correlation;
    const value = place !== undefined && "fact" in place ? facts.get(place.fact)?.value : null;
    return Math.abs(Number(value ?? 0));
  };
  return said.toSorted((a, b) => sizeOf(b) - sizeOf(a)).slice(0, 1);
}

/** Stress leads where it is earned, then a spillover, then the week. */
function leading(said: readonly Statement[]): Statement | undefined {
  const words = [/\.stress\.(up|down)$/u, /\.spillover\.above$/u, /\.week\./u];
  return words.flatMap((word) => said.find(({ id }) => word.test(id)) ?? [])[0] ?? said[0];
}
