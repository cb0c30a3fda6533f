import type { Fact } from "#src/domain/fact.ts";
import type { Localised } from "#src/domain/locale.ts";
import { dispersionContributionOver } from "#src/metrics/dispersion-contribution.ts";
import { tooFew } from "#src/metrics/result.ts";
import { grade, shortName } from "#src/sections/market.ts";
import type { Question, SectionContext } from "#src/sections/section.ts";
import type { Surface } from "#src/sections/surface-data.ts";
import { contributionFigure, month } from "#src/sections/surface-dispersion.ts";
import { dispersionContributors } from "#src/statements/rules/surface.ts";

/** A group's part in dispersion: its share, and the names that it has. */
export interface Contribution {
  readonly name: Localised;
  readonly share: Fact;
  readonly names: Fact;
}

/** Shares of the groups in the month's dispersion (D5), the largest first; those of one whole. */
export function contributionsOf(context: SectionContext, surface: Surface): readonly Contribution[] {
  const { simple, weights, names, rule, dates, index } = surface;
  const last = <T>(paths: readonly (readonly T[])[]) => paths.map((path) => path.slice(-month));
  const of = names.map(({ group }) => group);
  const measured =
    dates.length < month
      ? tooFew(dates.length, month)
      : dispersionContributionOver(last(simple), of, last(weights));
  const window = { start: dates.at(-month) ?? null, end: dates.at(-1) ?? null, n: month };
  return Object.entries(rule.groups)
    .map(([id, { name, members }]): Contribution => {
      const shared = {
        ...grade(measured),
        series: members,
        method: "D5 contribution to dispersion, squares of 21 sessions",
        window,
      };
      const value = measured.value?.get(id) ?? null;
      const counted = names.filter(({ group }, i) => group === id && isThere(surface, i)).length;
      const prefix = `surface.${index.series.id}.part.${id}`;
      return {
        name,
        share: context.facts.add({ ...shared, id: `${prefix}.share`, value, unit: "share" }),
        names: context.facts.add({
          ...shared,
          status: "ok",
          reasons: [],
          id: `${prefix}.names`,
          value: counted,
          unit: "count",
        }),
      };
    })
    .toSorted((a, b) => Number(b.share.value) - Number(a.share.value));
}

const isThere = ({ simple, weights }: Surface, i: number): boolean =>
  weights[i]?.at(-1) === 1 && simple[i]?.at(-1) !== null;

/** Which group contributes most. */
export function contributorQuestion(
  context: SectionContext,
  { index, series }: Surface,
  parts: readonly Contribution[],
  count: Fact,
): Question {
  const [first, second] = parts;
  const lead =
    first === undefined || second === undefined || first.share.value === null
      ? null
      : Number(first.share.value) - Number(second.share.value);
  const names = { ...(first ? { group: { name: first.name } } : {}) };
  return {
    ladder: dispersionContributors,
    subject: {
      id: index.series.id,
      name: shortName(index.series),
      evidence: {
        share: first?.share ?? null,
        of: first?.names ?? null,
        second: second?.share ?? null,
        lead: context.facts.add({
          id: `surface.${index.series.id}.part.lead`,
          value: lead,
          unit: "pp",
          status: lead === null ? "insufficient" : "ok",
          reasons: lead === null ? [{ code: "too-few", need: 2, have: parts.length }] : [],
          series,
          method: "D5 lead of the largest contribution",
        }),
        names: count,
      },
      places: { ...names, ...(second ? { secondGroup: { name: second.name } } : {}) },
      proof: contributionFigure,
    },
  };
}
