import type { CountryName, CountryRule } from "#src/domain/country-rules.ts";
import type { Say } from "#src/domain/say.ts";
import type { Statement } from "#src/domain/statement.ts";
import {
  type Country,
  type CountryFinding,
  lacking,
  openCountry,
  whyAbsent,
} from "#src/sections/country-data.ts";
import { discountOf } from "#src/sections/country-discount.ts";
import { earningsOf } from "#src/sections/country-earnings.ts";
import { correlationFigure, returnsFigure } from "#src/sections/country-figures.ts";
import { flipOf } from "#src/sections/country-flip.ts";
import { foreignOf } from "#src/sections/country-foreign.ts";
import { labelOf } from "#src/sections/country-label.ts";
import { returnsOf } from "#src/sections/country-returns.ts";
import { strengthOf } from "#src/sections/country-strength.ts";
import { tablesOf } from "#src/sections/country-tables.ts";
import { targetOf } from "#src/sections/country-target.ts";
import { valuationOf } from "#src/sections/country-valuation.ts";
import { yieldOf } from "#src/sections/country-yield.ts";
import { proseName, shortName } from "#src/sections/market.ts";
import {
  type Answers,
  type Draft,
  emptySection,
  type Question,
  type Section,
  type SectionContext,
  say,
} from "#src/sections/section.ts";

/**
 * What is known of one country, as it is configured: its index in local currency and in dollars, a target, expected earnings,
 * valuation, foreign ownership, the index with its currency, and the trade that its markets show. Each part is left out where it
 * is not configured, and shrinks where it has nothing to say.
 */
export const country =
  (id: CountryName) =>
  (context: SectionContext): Draft => {
    const rule = context.workspace.countries[id];
    if (rule === undefined) return { questions: [], page: () => bare(id, []) };
    const opened = openCountry(context, id, rule);
    return opened === null ? closedDraft(context, id, rule) : openDraft(context, opened);
  };

const bare = (name: string, gaps: readonly Say[], places: Say["places"] = {}): Section =>
  emptySection(
    name,
    say("country.none.claim", { country: { name: { en: name, "zh-CN": name } }, ...places }),
    gaps,
  );

/** Of a country without an index what does not need one is left; where there is nothing, one line says so. */
function closedDraft(context: SectionContext, id: string, rule: CountryRule): Draft {
  const column = context.panel.column(rule.index);
  const findings = standingParts(context, { id, rule });
  const places = { country: { name: rule.name } };
  const isSilent = findings.every(({ rows }) => rows.length === 0);
  const why = whyAbsent(context, column) ?? { code: "no-value" };
  return {
    questions: findings.flatMap(({ questions }) => questions),
    page: (answers) => {
      const said = saidOf(answers, findings);
      return {
        ...bare(id, [
          say("country.gap.index", { name: shortName(column.series) }),
          ...(isSilent ? [] : gapsOf(context, id, findings)),
        ]),
        claim: leading(said)?.claim ?? say("country.none.claim", places),
        words: [textOf(answers, findings)].filter(({ length }) => length > 0),
        tables: tablesOf(id, places, findings, rule.currency !== null),
        refusals: [
          { id: `${id}.year`, word: "return of the year", section: id, reasons: [why], instead: null },
        ],
      };
    },
  };
}

/** Parts that need no index. */
const standingParts = (
  context: SectionContext,
  country: Pick<Country, "id" | "rule">,
): readonly CountryFinding[] => [
  earningsOf(context, country),
  valuationOf(context, country),
  foreignOf(context, country),
  discountOf(context, country),
];

function openDraft(context: SectionContext, open: Country): Draft {
  const { id, rule, index, weeks } = open;
  const returns = returnsOf(context, open);
  const yields = yieldOf(context, open);
  const flip = flipOf(context, open, returns, yields);
  const lines = [
    [returns, strengthOf(context, open)],
    [targetOf(context, open), ...standingParts(context, open)],
    [
      flip,
      labelOf(context, open, yields),
      ...(yields === null && rule.yield !== null ? [lacking(rule.yield)] : []),
    ],
  ];
  const findings = lines.flat();
  const places = { country: { name: rule.name }, name: shortName(index.series), money: { name: rule.money } };
  const isClosed = weeks.sessions === 0;
  return {
    questions: findings.flatMap(({ questions }) => questions),
    page(answers) {
      const said = saidOf(answers, findings);
      const figure = correlationFigure(context, open, flip) ?? returnsFigure(context, open, returns);
      return {
        ...bare(id, [
          ...(isClosed
            ? [say("country.closed.text", { name: proseName(index.series), date: { fact: returns.end.id } })]
            : []),
          ...gapsOf(context, id, findings),
        ]),
        claim: isClosed
          ? say("country.closed.claim", places)
          : (leading(said)?.claim ?? say("country.none.claim", places)),
        words: lines.map((each) => textOf(answers, each)).filter(({ length }) => length > 0),
        tables: tablesOf(id, places, findings, rule.currency !== null),
        figures: figure === null ? [] : [figure],
      };
    },
  };
}

const saidOf = (
  answers: Answers,
  findings: readonly Pick<CountryFinding, "questions">[],
): readonly Statement[] =>
  findings
    .flatMap(({ questions }): readonly Question[] => questions)
    .flatMap((question) => answers(question).statement ?? []);

/** The rarest of what was earned; else the first that is said. */
const leading = (said: readonly Statement[]): Statement | undefined =>
  said.filter(({ earned }) => earned).toSorted((a, b) => a.tail.share - b.tail.share)[0] ?? said[0];

const textOf = (answers: Answers, findings: readonly CountryFinding[]): readonly Say[] =>
  saidOf(answers, findings).flatMap(({ text }) => text);

/** What cannot be said: series without a value that still counts, in one line, and what the parts say themselves. */
function gapsOf(context: SectionContext, id: string, findings: readonly CountryFinding[]): readonly Say[] {
  const absent = [...new Set(findings.flatMap((finding) => finding.absent))];
  return [...absentLine(context, id, absent), ...findings.flatMap(({ gaps }) => gaps)];
}

function absentLine(
  { panel, facts }: SectionContext,
  id: string,
  [first, ...others]: readonly string[],
): readonly Say[] {
  if (first === undefined) return [];
  const name = shortName(panel.column(first).series);
  if (others.length === 0) return [say("country.gap.one", { name })];
  const n = facts.add({
    id: `${id}.absent`,
    value: others.length,
    unit: "count",
    series: [first, ...others],
    method: "series without a value that still counts",
  });
  return [say("country.gap.several", { name, n: { fact: n.id } })];
}
