import type { Fact } from "#src/domain/fact.ts";
import type { Column } from "#src/domain/panel.ts";
import type { Cell, Row } from "#src/domain/table.ts";
import { compoundGrowth, type EarningsGrowth, earningsGrowth } from "#src/metrics/earnings-growth.ts";
import { type Measured, notDefined, ok } from "#src/metrics/result.ts";
import {
  type Country,
  type CountryFinding,
  nothing,
  presentColumn,
  questionOf,
  sourceOf,
} from "#src/sections/country-data.ts";
import { factsOf } from "#src/sections/regime-data.ts";
import { type SectionContext, say } from "#src/sections/section.ts";
import { countryEarnings } from "#src/statements/rules/country.ts";

/** Expected earnings a share of one fiscal year. */
interface Estimate {
  readonly year: number;
  readonly earnings: number;
  readonly column: Column;
}

/** From one fiscal year to the next. */
interface Step {
  readonly before: Estimate;
  readonly after: Estimate;
  readonly growth: EarningsGrowth;
}

/** Years up to the base, it included, whose highest earnings make a base low. */
const baseYears = 5;

/** Expected earnings a share by fiscal year: growth of each, and of all together (V4). */
export function earningsOf(context: SectionContext, country: Pick<Country, "id" | "rule">): CountryFinding {
  const { id, rule } = country;
  const found = rule.earnings.map(({ year, series }) => ({ year, column: presentColumn(context, series) }));
  const absent = rule.earnings.filter((_, i) => found[i]?.column === null).map(({ series }) => series);
  const estimates = found.flatMap(({ year, column }): readonly Estimate[] =>
    column === null ? [] : [{ year, column, earnings: column.values.at(-1) ?? 0 }],
  );
  const steps = estimates.flatMap((after): readonly Step[] => {
    const before = estimates.find(({ year }) => year === after.year - 1);
    return before === undefined ? [] : [{ before, after, growth: growthOf(before, after, estimates) }];
  });
  const last = steps.at(-1);
  if (last === undefined) return { ...nothing, absent };
  const facts = steps.map((step) => growthFact(context, id, step));
  const evidence = evidenceOf(context, id, steps, facts.at(-1) ?? null);
  const question = questionOf(context, country, countryEarnings, "earnings", evidence, {
    source: { name: sourceOf(last.after.column) },
  });
  return {
    ...nothing,
    questions: [question],
    rows: steps.map((step, i) => ({ shelf: "measures" as const, ...rowOf(context, id, step, facts[i]) })),
    absent,
    series: estimates.map(({ column }) => column.series.id),
  };
}

const growthOf = (before: Estimate, after: Estimate, all: readonly Estimate[]): EarningsGrowth =>
  earningsGrowth(
    before.earnings,
    after.earnings,
    all.filter(({ year }) => year <= before.year && year > before.year - baseYears).map((e) => e.earnings),
  );

const seriesOf = (...estimates: readonly Estimate[]): readonly string[] =>
  estimates.map(({ column }) => column.series.id);

function growthFact(context: SectionContext, id: string, { before, after, growth }: Step): Fact {
  const measured: Measured<number> =
    growth.growth === null ? notDefined("not-meaningful", 2) : ok(growth.growth, 2);
  const fact = factsOf(context, `${id}.earnings.${after.year}`, {
    series: seriesOf(before, after),
    method: "V4 earnings growth",
    params: { lowBase: growth.isBaseEffect, state: growth.state },
    window: { start: before.column.dates.at(-1) ?? null, end: after.column.dates.at(-1) ?? null, n: 2 },
  });
  return fact("growth", measured, "return");
}

/** The last year's growth, and that of all years in a row with it. */
function evidenceOf(context: SectionContext, id: string, steps: readonly Step[], growth: Fact | null) {
  const chain = chainOf(steps);
  const last = steps.at(-1);
  const first = chain[0]?.before;
  const series = seriesOf(...(first ? [first] : []), ...chain.map(({ after }) => after));
  const fact = factsOf(context, `${id}.earnings`, { series, method: "V4 compound earnings growth" });
  const rates = chain.map((step) => step.growth.growth ?? 0);
  const compound = chain.length > 1 ? compoundGrowth(rates) : notDefined("one-year", chain.length);
  const label = (measure: string, estimate: Estimate | undefined) =>
    fact(measure, estimate === undefined ? notDefined("no-value", 0) : ok(String(estimate.year), 1), "label");
  return {
    growth,
    state: last?.growth.state ?? null,
    isLow: last?.growth.isBaseEffect ?? null,
    year: label("year", last?.after),
    before: label("year-before", last?.before),
    date: fact("date", dateOf(last), "date"),
    compound: fact("compound", compound, "return"),
    first: label("year-first", first),
  };
}

const dateOf = (step: Step | undefined): Measured<string> => {
  const day = step?.after.column.dates.at(-1);
  return day === undefined ? notDefined("no-value", 0) : ok(day, 1);
};

/** The steps in a row that end with the last and have a growth rate each: nothing grows from a loss. */
function chainOf(steps: readonly Step[]): readonly Step[] {
  const chain: Step[] = [];
  for (const step of steps.toReversed()) {
    const isNext = chain.length === 0 || chain[0]?.before.year === step.after.year;
    if (!isNext || step.growth.growth === null || step.after.earnings <= 0) break;
    chain.unshift(step);
  }
  return chain;
}

/** Growth, or what became of a loss; a low base is named. */
function rowOf({ facts }: SectionContext, id: string, { after, growth }: Step, fact: Fact | undefined): Row {
  const year = facts.add({
    id: `${id}.earnings.${after.year}.year`,
    value: String(after.year),
    unit: "label",
    series: [after.column.series.id],
    method: "fiscal year",
  });
  const isRate = growth.growth !== null && growth.state !== "to-loss";
  const rate: Cell =
    isRate && fact ? { fact: fact.id } : { say: say(`country.earnings.reading.${growth.state}`) };
  const base: Cell =
    isRate && growth.isBaseEffect === true ? { say: say("country.earnings.reading.low-base") } : null;
  return { head: say("country.table.earnings", { year: { fact: year.id } }), cells: [rate, base] };
}
