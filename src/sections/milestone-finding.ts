import type { Statement } from "#src/domain/statement.ts";
import type { MilestoneRule } from "#src/domain/workspace.ts";
import { milestone } from "#src/metrics/milestone.ts";
import { proseName, quantumOfDecimals, shortName } from "#src/sections/market.ts";
import { type SectionContext, say } from "#src/sections/section.ts";
import type { Finding } from "#src/sections/week-finding.ts";

/** A level as a multiple of a named close, in the strongest word that its ratio permits; `null` where there is none. */
export function milestoneFinding({ panel, facts }: SectionContext, rule: MilestoneRule): Finding | null {
  const column = panel.column(rule.series);
  const found = milestone(column.dates, column.values, { date: rule.base });
  if (found.value === null) return null;
  const { ratio, base, baseDate, word, firstCrossing } = found.value;
  const { series } = column;
  const prefix = `levels.${rule.series}.milestone-${rule.base}`;
  const shared = {
    series: [rule.series],
    method: "B3 milestone",
    params: { base: rule.base },
    window: { start: baseDate, end: column.dates.at(-1) ?? null, n: 2 },
  };
  const places = {
    ratio: { fact: facts.add({ ...shared, id: `${prefix}.ratio`, value: ratio, unit: "multiple" }).id },
    base: { fact: facts.add({ ...shared, id: `${prefix}.base`, value: baseDate, unit: "date" }).id },
    close: {
      fact: facts.add({
        ...shared,
        id: `${prefix}.base-close`,
        value: base,
        unit: "points",
        quantum: quantumOfDecimals(series.decimals),
      }).id,
    },
  };
  const key = word === "none" ? "multiple" : word;
  const statement: Statement = {
    id: `levels.${rule.series}.${key}`,
    section: "levels",
    claim: say(`levels.${key}.claim`, { name: shortName(series), ...places }),
    text: [say(`levels.${key}.text`, { name: proseName(series), ...places })],
    gate: { rule: "B3 milestone", found: { ratio, firstCrossing } },
    tail: { share: 1, n: 1, record: false },
    stance: `${rule.series}.milestone.${rule.base}:${key}`,
    proof: null,
  };
  const refusal =
    word === "none"
      ? {
          id: `levels.${rule.series}.doubled`,
          word: "doubled",
          section: "levels",
          reasons: [{ code: "ratio-below", have: ratio, need: 1.95 }],
          instead: statement.id,
        }
      : null;
  return { statement, refusal };
}
