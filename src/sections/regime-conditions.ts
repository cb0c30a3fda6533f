import type { Say } from "#src/domain/say.ts";
import type { Statement } from "#src/domain/statement.ts";
import type { Table } from "#src/domain/table.ts";
import { appetiteOf } from "#src/sections/regime-appetite.ts";
import { breakOf } from "#src/sections/regime-break.ts";
import { type Finding, sideOf } from "#src/sections/regime-finding.ts";
import type { Market } from "#src/sections/regime-market.ts";
import { noiseOf } from "#src/sections/regime-noise.ts";
import { statesOf } from "#src/sections/regime-states.ts";
import { turbulenceOf } from "#src/sections/regime-turbulence.ts";
import { type Answers, type SectionContext, say } from "#src/sections/section.ts";

/** What the state of markets is judged by beside the grid, in the order of the page: what the workspace asks for. */
export function conditionsOf(context: SectionContext, markets: readonly Market[]): readonly Finding[] {
  const { turbulence, appetite, breaks, states, universe } = context.workspace.conditions;
  const joint = turbulence.length > 0 ? turbulenceOf(context) : null;
  const opinion = states === null ? null : statesOf(context, states, markets);
  return [
    joint,
    appetite.length > 0 ? appetiteOf(context) : null,
    universe.length > 0 ? noiseOf(context, joint?.paths ?? null) : null,
    ...breaks.map((id) => breakOf(context, id, markets, opinion)),
    opinion,
  ].filter((finding) => finding !== null);
}

/** Sides that say how things usually are: the table tells of them, and no sentence. */
const plainSides: ReadonlySet<string> = new Set([
  ...["quiet", "middle", "unranked", "usual", "as-high"],
  ...["early", "stands", "none", "unsettled"],
]);

/** What the findings say beyond that things are as usual, in their order. */
const newsOf = (findings: readonly Finding[], answers: Answers): readonly Statement[] =>
  findings
    .flatMap(({ questions }) => questions)
    .flatMap((question) => answers(question).statement ?? [])
    .filter((statement) => !plainSides.has(sideOf(statement)));

/** One paragraph of what stands out, or that nothing does. */
function sentencesOf(findings: readonly Finding[], answers: Answers): readonly Say[] {
  const news = newsOf(findings, answers);
  return news.length > 0 ? news.flatMap(({ text }) => text) : [say("regime.conditions.nothing")];
}

/** What is missing of them, and each series that one of them does without: all of them, or some. */
export function gapsOf(findings: readonly Finding[]): readonly Say[] {
  const counted = new Set(findings.flatMap(({ series }) => series));
  const absent = new Set(findings.flatMap((finding) => finding.absent));
  return [
    ...findings.flatMap(({ gaps }) => gaps),
    ...[...absent].map(({ series: { id, name } }) =>
      say(`regime.conditions.${counted.has(id) ? "without-some" : "without"}`, { name: { name } }),
    ),
  ];
}

/** The table of conditions; none without a row. */
export function conditionsTable(findings: readonly Finding[], answers: Answers): readonly Table[] {
  const rows = findings.flatMap((finding) => finding.rows(answers));
  if (rows.length === 0) return [];
  const head = (key: string, align: "left" | "right") => ({
    say: say(`regime.conditions.head.${key}`),
    align,
  });
  return [
    {
      lead: sentencesOf(findings, answers),
      id: "regime.conditions",
      claim: newsOf(findings, answers)[0]?.claim ?? say("regime.conditions.claim"),
      unit: say("regime.conditions.unit"),
      head: [
        head("measure", "left"),
        head("value", "right"),
        head("percentile", "right"),
        head("reading", "left"),
      ],
      rows,
      notes: findings.flatMap(({ notes }) => notes),
      series: [...new Set(findings.flatMap(({ series }) => series))],
      size: "wide",
    },
  ];
}
