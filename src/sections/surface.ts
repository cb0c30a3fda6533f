import type { Reason } from "#src/domain/fact.ts";
import type { Say } from "#src/domain/say.ts";
import type { Statement } from "#src/domain/statement.ts";
import type { SurfaceRule } from "#src/domain/workspace.ts";
import { shortName } from "#src/sections/market.ts";
import {
  type Answers,
  type Draft,
  emptySection,
  type Question,
  type Section,
  type SectionContext,
  say,
} from "#src/sections/section.ts";
import { contributionsOf, contributorQuestion } from "#src/sections/surface-contributors.ts";
import { correlationOf, correlationQuestion } from "#src/sections/surface-correlation.ts";
import { type Surface, surfaceOf } from "#src/sections/surface-data.ts";
import { depthOf, depthQuestion } from "#src/sections/surface-depth.ts";
import { dispersionOf, dispersionQuestion } from "#src/sections/surface-dispersion.ts";
import { contributionsFigure, linesFigure } from "#src/sections/surface-figures.ts";
import { impliedGap, leftOut, shortOf } from "#src/sections/surface-gaps.ts";
import { type Implied, impliedOf, impliedQuestion } from "#src/sections/surface-implied.ts";
import { losersQuestion } from "#src/sections/surface-losers.ts";
import { historyTable } from "#src/sections/surface-table.ts";
import { volatilityQuestion } from "#src/sections/surface-volatility.ts";

/** Whether an index is calmer than the names under it, how far these lie apart and who makes it so, and how closely they move together. */
export function surface(context: SectionContext): Draft {
  const { surface: rule } = context.workspace;
  const opened = surfaceOf(context);
  if (rule === null || opened === null) return { questions: [], page: () => bare([]) };
  const implied = rule.implied.map((id) => impliedOf(context, id));
  return opened.value === null
    ? closedDraft(context, rule, implied, opened.reasons)
    : openDraft(context, opened.value, implied);
}

/** Without names enough only what options imply is left. */
function closedDraft(
  context: SectionContext,
  { index }: SurfaceRule,
  implied: readonly Implied[],
  reasons: readonly Reason[],
): Draft {
  const questions = implied.map(impliedQuestion);
  const name = shortName(context.panel.column(index).series);
  const [why] = reasons;
  return {
    questions,
    page: (answers) => ({
      ...bare([
        say(`surface.gap.${why?.code === "stale" ? "stale" : "names"}`, { name }),
        ...implied.flatMap(impliedGap),
      ]),
      words: saidOf(answers, questions).map(({ text }) => text),
      refusals: [
        {
          id: `surface.${index}.calm-turbulent`,
          word: "calm surface, turbulent below",
          section: "surface",
          reasons,
          instead: null,
        },
      ],
    }),
  };
}

const bare = (gaps: readonly Say[]): Section => emptySection("surface", say("surface.none.claim"), gaps);

function openDraft(context: SectionContext, found: Surface, implied: readonly Implied[]): Draft {
  const depth = depthOf(context, found);
  const dispersion = dispersionOf(context, found);
  const correlation = correlationOf(context, found);
  const parts = contributionsOf(context, found);
  const depths = [depthQuestion(found, depth, dispersion.ranked), volatilityQuestion(context, found, depth)];
  const apart = [
    dispersionQuestion(found, dispersion),
    contributorQuestion(context, found, parts, dispersion.count),
    losersQuestion(context, found),
  ];
  const together = [correlationQuestion(found, correlation)];
  const ofNames = [...depths, ...apart, ...together];
  const others = implied.map(impliedQuestion);
  const figures = [contributionsFigure(found, parts), linesFigure(context, found, depth)];
  const table = historyTable(found, methodOf(context, found), {
    depth,
    dispersion: dispersion.ranked,
    correlation: correlation.ranked,
    implied,
  });
  const gaps = [
    ...shortOf(context, "volatility", depth.names),
    ...shortOf(context, "dispersion", dispersion.ranked),
    ...shortOf(context, "correlation", correlation.ranked),
    ...leftOut(context, found),
    ...implied.flatMap(impliedGap),
  ];
  return {
    questions: [...ofNames, ...others],
    page(answers) {
      const paragraphs = [depths, apart, [...together, ...others]].map((questions) =>
        saidOf(answers, questions),
      );
      return {
        ...bare(gaps),
        claim: leading(saidOf(answers, ofNames))?.claim ?? say("surface.none.claim"),
        words: onceWarned(paragraphs.map((said) => said.flatMap(({ text }) => text))),
        figures: figures.filter((figure) => figure !== null),
        tables: [table],
      };
    },
  };
}

const saidOf = (answers: Answers, questions: readonly Question[]): readonly Statement[] =>
  questions.flatMap((question) => answers(question).statement ?? []);

const leads = /\.(calm-turbulent|turbulent|calm|soared)$/u;

/** The word that the section is about, where it is earned; else what is rarest of the names. */
const leading = (said: readonly Statement[]): Statement | undefined =>
  said.find(({ id }) => leads.test(id)) ?? said.toSorted((a, b) => a.tail.share - b.tail.share)[0];

/** The warning that histories are of today's names stands once on the page, in the first paragraph that needs it. */
function onceWarned(paragraphs: readonly (readonly Say[])[]): readonly (readonly Say[])[] {
  let warned = false;
  return paragraphs
    .map((sentences) =>
      sentences.filter(({ key }) => {
        if (key !== "surface.survivors") return true;
        const isFirst = !warned;
        warned = true;
        return isFirst;
      }),
    )
    .filter(({ length }) => length > 0);
}

function methodOf({ facts }: SectionContext, { index, rule, names, series, dates }: Surface): Say {
  const fact = (measure: string, value: number) =>
    facts.add({
      id: `surface.${index.series.id}.${measure}`,
      value,
      unit: "count",
      series,
      method: "names under the surface",
    }).id;
  const end = facts.add({
    id: `surface.${index.series.id}.end`,
    value: dates.at(-1) ?? null,
    unit: "date",
    series,
    method: "last common session",
  });
  return say("surface.method", {
    names: { fact: fact("names", names.length) },
    groups: { fact: fact("groups", Object.keys(rule.groups).length) },
    end: { fact: end.id },
  });
}
