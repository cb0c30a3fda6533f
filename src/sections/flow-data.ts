import type { Fact } from "#src/domain/fact.ts";
import type { Localised } from "#src/domain/locale.ts";
import type { Column } from "#src/domain/panel.ts";
import { type Currency, quantumOf } from "#src/domain/quantity.ts";
import { addDays } from "#src/domain/time.ts";
import { cumulativeFlow, groupFlow } from "#src/metrics/cumulative-flow.ts";
import { flowWeeks, groupWeeks } from "#src/metrics/flow-weeks.ts";
import type { Measured } from "#src/metrics/result.ts";
import type { WeeklyFlows } from "#src/metrics/weekly-flows.ts";
import { type Cohort, expectedDays, type Span } from "#src/sections/flow-span.ts";
import { grade } from "#src/sections/market.ts";
import type { SectionContext } from "#src/sections/section.ts";

/** A fund's or a group's flow since 1 January: the measure, its fact, and the columns that it sums. */
export interface Flow {
  readonly id: string;
  readonly name: Localised;
  readonly measured: Measured<number>;
  /** Sessions of the span, or weeks; of a group, those of the fund whose exchange has most. */
  readonly expected: number;
  readonly fact: Fact;
  /** The last four and thirteen weeks of the same span. */
  readonly recent: readonly Fact[];
  readonly columns: readonly Column[];
}

/** Windows of H2 beside the year, in weeks. */
export const recentWeeks = [4, 13] as const;

/** A group of funds, each measured, and their sum. */
export interface Group extends Flow {
  readonly funds: readonly Flow[];
  /** How many sessions, or weeks, were expected, as a fact. */
  readonly expectedFact: Fact;
  readonly isWeekly: boolean;
  readonly span: Span;
  /** Its flows by week, the last of which ends with the span; `null` where a fund lacks one. */
  readonly weeks: WeeklyFlows;
}

/** The last weeks of the span, whatever year they began in. */
const recentSpan = ({ due, end }: Span, weeks: number): Span => ({
  start: addDays(end, 1 - 7 * weeks),
  due,
  end,
});

/** The groups of a cohort, measured over its span. */
export const measureGroups = (context: SectionContext, cohort: Cohort): readonly Group[] =>
  cohort.groups.map(([id, { name, members }]) => {
    const { span, isWeekly } = cohort;
    const funds = members.map((member) => measureFund(context, context.panel.column(member), span));
    const columns = funds.flatMap((fund) => fund.columns);
    const method = "H2 cumulative flow, sum of the group's funds";
    const measured = groupFlow(funds.map((fund) => fund.measured));
    const expected = Math.max(...funds.map((fund) => fund.expected));
    const fact = flowFact(context, `${id}.year`, { measured, columns, span, expected, method });
    const recent = recentWeeks.map((weeks) =>
      flowFact(context, `${id}.${weeks}w`, {
        ...sumOfGroup(context, columns, recentSpan(span, weeks)),
        columns,
        method,
      }),
    );
    const weeks = groupWeeks(columns.map((column) => weeksOf(context, column, span)));
    const expectedFact = context.facts.add({
      id: `flows.${id}.expected`,
      value: expected,
      unit: "count",
      series: fact.series,
      method: `H2 span: ${isWeekly ? "weeks" : "sessions"} due`,
    });
    return {
      id,
      name,
      measured,
      expected,
      expectedFact,
      fact,
      recent,
      funds,
      columns,
      isWeekly,
      span,
      weeks,
    };
  });

function sumOfGroup(context: SectionContext, columns: readonly Column[], span: Span) {
  const each = columns.map((column) => measure(context, column, span));
  return {
    measured: groupFlow(each.map(({ measured }) => measured)),
    expected: Math.max(...each.map(({ expected }) => expected)),
    span,
  };
}

function measure(context: SectionContext, column: Column, { start, due }: Span) {
  const sessions = expectedDays(context, column, start, due);
  const measured = cumulativeFlow(column.dates, column.values, { start, due, sessions });
  return { measured, expected: sessions.length };
}

/** A fund's flows by week, from its first on. */
function weeksOf(context: SectionContext, column: Column, { due, end }: Span): WeeklyFlows {
  const { dates, values: flows } = column;
  const from = addDays(dates[0] ?? due, -6);
  return flowWeeks({ dates, flows, due: expectedDays(context, column, from, due) }, end);
}

function measureFund(context: SectionContext, column: Column, span: Span): Flow {
  const { id, short } = column.series;
  const shared = { columns: [column], method: "H2 cumulative flow" };
  const year = measure(context, column, span);
  const fact = flowFact(context, `${id}.year`, { ...shared, ...year, span });
  const recent = recentWeeks.map((weeks) => {
    const part = recentSpan(span, weeks);
    return flowFact(context, `${id}.${weeks}w`, { ...shared, ...measure(context, column, part), span: part });
  });
  return { id, name: short, ...year, fact, recent, columns: [column] };
}

interface Sum {
  readonly measured: Measured<number>;
  readonly columns: readonly Column[];
  readonly span: Span;
  readonly expected: number;
  readonly method: string;
}

function flowFact(
  { facts }: SectionContext,
  id: string,
  { measured, columns, span, expected, method }: Sum,
): Fact {
  const currency = currencyOf(columns);
  const { value } = measured;
  return facts.add({
    ...grade(measured),
    id: `flows.${id}`,
    value,
    unit: currency,
    // One scale for a column of flows: whole hundred millions, so that prose and table print the same digits.
    ...(value === null ? {} : { quantum: Math.max(1e8, quantumOf(value, currency)) }),
    window: { start: span.start, end: span.due, n: measured.n },
    series: columns.map((column) => column.series.id),
    method,
    params: { expected },
  });
}

/** The currency of flows; all of a workspace have one. */
export const currencyOf = (columns: readonly Column[]): Currency =>
  (columns[0]?.series.currency ?? "USD") as Currency;
