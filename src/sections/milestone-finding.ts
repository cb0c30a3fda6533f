import type { Reason } from "#src/domain/fact.ts";
import type { Refusal, Statement } from "#src/domain/statement.ts";
import type { MilestoneRule } from "#src/domain/workspace.ts";
import { type Milestone, milestone } from "#src/metrics/milestone.ts";
import { proseName, quantumOfDecimals, sessionCount, shortName, staleness } from "#src/sections/market.ts";
import { type SectionContext, say } from "#src/sections/section.ts";
import type { Finding } from "#src/sections/week-finding.ts";

/** What may be said of a multiple; nothing where there is none. */
export interface MilestoneFinding extends Partial<Pick<Finding, "statement">>, Pick<Finding, "refusal"> {}

/** A level as a multiple of a named close, in the strongest word that its ratio permits. */
export function milestoneFinding(context: SectionContext, rule: MilestoneRule): MilestoneFinding {
  const { panel, facts } = context;
  const column = panel.column(rule.series);
  const late = staleness(context, column);
  if (late !== null) return { refusal: refusalOf(rule, "doubled", [late], null) };
  const found = milestone(
    column.dates,
    column.values,
    { date: rule.base },
    sessionCount(context, column.series),
  );
  if (found.value === null) return { refusal: refusalOf(rule, "doubled", found.reasons, null) };
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
  if (firstCrossing !== null)
    facts.add({ ...shared, id: `${prefix}.first-crossing`, value: firstCrossing, unit: "date" });
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
  return { statement, refusal: weakerThan(rule, found.value, statement.id) };
}

/** The word that was near, and by what it was missed; `null` where the strongest stands. */
function weakerThan(rule: MilestoneRule, { word, ratio }: Milestone, instead: string): Refusal | null {
  if (word === "about-doubled")
    return refusalOf(rule, "doubled", [{ code: "ratio-below", have: ratio, need: 2 }], instead);
  if (word !== "none") return null;
  const isHalf = ratio >= 0.45 && ratio <= 0.55;
  if (isHalf) return refusalOf(rule, "halved", [{ code: "base-no-peak" }], instead);
  return ratio < 1
    ? refusalOf(
        rule,
        "halved",
        [
          {
            code: ratio < 0.45 ? "ratio-below" : "ratio-above",
            have: ratio,
            need: ratio < 0.45 ? 0.45 : 0.55,
          },
        ],
        instead,
      )
    : refusalOf(rule, "doubled", [{ code: "ratio-below", have: ratio, need: 1.95 }], instead);
}

const refusalOf = (
  rule: MilestoneRule,
  word: string,
  reasons: readonly Reason[],
  instead: string | null,
): Refusal => ({
  id: `levels.${rule.series}.${word}`,
  word,
  section: "levels",
  reasons,
  instead,
});
