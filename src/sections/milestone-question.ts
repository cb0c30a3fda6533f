import type { MilestoneRule } from "#src/domain/workspace.ts";
import { type Milestone, milestone } from "#src/metrics/milestone.ts";
import { insufficient, type Measured, mapMeasured } from "#src/metrics/result.ts";
import { grade, quantumOfDecimals, sessionCount, staleness, subjectOf } from "#src/sections/market.ts";
import type { Question, SectionContext } from "#src/sections/section.ts";
import { milestoneWords } from "#src/statements/rules/levels.ts";

/** What the rules are asked about a level as a multiple of a named close. */
export function milestoneQuestion(context: SectionContext, rule: MilestoneRule): Question {
  const { panel, facts } = context;
  const column = panel.column(rule.series);
  const { series, dates } = column;
  const found = measured(context, rule);
  const prefix = `levels.${rule.series}.milestone-${rule.base}`;
  const shared = {
    ...grade(found),
    series: [rule.series],
    method: "B3 milestone",
    params: { base: rule.base },
    window: { start: found.value?.baseDate ?? null, end: dates.at(-1) ?? null, n: found.n },
  };
  const fact = (measure: string, rest: Pick<Parameters<typeof facts.add>[0], "value" | "unit" | "quantum">) =>
    facts.add({ ...shared, id: `${prefix}.${measure}`, ...rest });
  const crossing = found.value?.firstCrossing ?? null;
  return {
    ladder: milestoneWords,
    subject: {
      ...subjectOf(series),
      evidence: {
        ratio: fact("ratio", { value: found.value?.ratio ?? null, unit: "multiple" }),
        base: fact("base", { value: found.value?.baseDate ?? null, unit: "date" }),
        close: fact("base-close", {
          value: found.value?.base ?? null,
          unit: "points",
          quantum: quantumOfDecimals(series.decimals),
        }),
        isLower: mapMeasured(found, ({ ratio }) => ratio < 1),
        isPeak: mapMeasured(found, ({ isPeak }) => isPeak),
        firstCrossing: crossing === null ? null : fact("first-crossing", { value: crossing, unit: "date" }),
      },
    },
  };
}

/** The multiple as of this week; a series that ends before it has none. */
function measured(context: SectionContext, { series, base }: MilestoneRule): Measured<Milestone> {
  const column = context.panel.column(series);
  const late = staleness(context, column);
  if (late !== null) return insufficient(0, late);
  return milestone(column.dates, column.values, { date: base }, sessionCount(context, column.series));
}
