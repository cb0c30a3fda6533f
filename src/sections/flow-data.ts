import { lastSession, sessionsAfter, sessionsIn } from "#src/calendar/sessions.ts";
import { calendarOf } from "#src/domain/calendar.ts";
import type { Fact } from "#src/domain/fact.ts";
import type { Localised } from "#src/domain/locale.ts";
import type { Column } from "#src/domain/panel.ts";
import { type Currency, quantumOf } from "#src/domain/quantity.ts";
import { addDays, type IsoDate } from "#src/domain/time.ts";
import type { FlowGroup } from "#src/domain/workspace.ts";
import { cumulativeFlow, type FlowSpan, groupFlow } from "#src/metrics/cumulative-flow.ts";
import type { Measured } from "#src/metrics/result.ts";
import { grade, yearStart } from "#src/sections/market.ts";
import type { SectionContext } from "#src/sections/section.ts";

/** A fund's or a group's flow since 1 January: the measure, its fact, and the columns that it sums. */
export interface Flow {
  readonly id: string;
  readonly name: Localised;
  readonly measured: Measured<number>;
  /** Sessions of the span; of a group, those of the fund whose exchange has most. */
  readonly expected: number;
  readonly fact: Fact;
  /** The last four and thirteen weeks of the same span. */
  readonly recent: readonly Fact[];
  readonly columns: readonly Column[];
}

/** Windows of H2 beside the year, in weeks. */
export const recentWeeks = [4, 13] as const;

/** The days that sums go over; each fund's exchange has its own sessions among them. */
export type Span = Pick<FlowSpan, "start" | "due">;

/** The last weeks up to the day that is due, whatever year they began in. */
const recentSpan = ({ due }: Span, weeks: number): Span => ({ start: addDays(due, 1 - 7 * weeks), due });

/** A group of funds, each measured, and their sum. */
export interface Group extends Flow {
  readonly funds: readonly Flow[];
}

/**
 * From 1 January to the last day for which every fund's flow was due, so that all are compared over one span (H2); a
 * session that is not due yet is not missing.
 */
export function flowSpan(context: SectionContext): Span {
  const { workspace, panel, lastDay } = context;
  const members = Object.values(workspace.flows.groups).flatMap((group) => group.members);
  const dues = members.map((id): IsoDate => {
    const { series } = panel.column(id);
    const calendar = calendarOf(workspace.calendars, series);
    const last = lastSession(calendar, panel.cutoff, series.lag);
    // After the last session before holidays nothing is due: they hold back no other fund.
    return sessionsAfter(calendar, last, lastDay) === 0 ? lastDay : last;
  });
  const [due = lastDay] = [...dues, lastDay].sort();
  return { start: yearStart(context), due };
}

/** The span by the sessions of a fund's own exchange. */
const ownSpan = ({ workspace }: SectionContext, { series }: Column, { start, due }: Span): FlowSpan => ({
  start,
  due,
  sessions: sessionsIn(calendarOf(workspace.calendars, series), start, due),
});

export function measureGroup(context: SectionContext, id: string, group: FlowGroup, span: Span): Group {
  const funds = group.members.map((member) => measureFund(context, context.panel.column(member), span));
  const measured = groupFlow(funds.map((fund) => fund.measured));
  const columns = funds.flatMap((fund) => fund.columns);
  const method = "H2 cumulative flow, sum of the group's funds";
  const expected = Math.max(...funds.map((fund) => fund.expected));
  const fact = flowFact(context, `${id}.year`, { measured, columns, span, expected, method });
  const recent = recentWeeks.map((weeks) => {
    const part = recentSpan(span, weeks);
    const each = columns.map((column) => measure(context, column, part));
    const most = Math.max(...each.map((one) => one.expected));
    const sum = groupFlow(each.map((one) => one.measured));
    return flowFact(context, `${id}.${weeks}w`, {
      measured: sum,
      columns,
      span: part,
      expected: most,
      method,
    });
  });
  return { id, name: group.name, measured, expected, fact, recent, funds, columns };
}

function measure(context: SectionContext, column: Column, span: Span) {
  const own = ownSpan(context, column, span);
  return { measured: cumulativeFlow(column.dates, column.values, own), expected: own.sessions.length };
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
  const currency = (columns[0]?.series.currency ?? "USD") as Currency;
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

/** Daily cumulative sums over the span, of all of a flow's columns together. */
export function cumulativePath({ columns }: Flow, { start, due }: Span): { day: IsoDate; value: number }[] {
  const byDay = new Map<IsoDate, number>();
  for (const { dates, values } of columns) {
    for (const [i, date] of dates.entries()) {
      if (start <= date && date <= due) byDay.set(date, (byDay.get(date) ?? 0) + (values[i] ?? 0));
    }
  }
  let sum = 0;
  return [...byDay]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([day, value]) => {
      sum += value;
      return { day, value: sum };
    });
}
