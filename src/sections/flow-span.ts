import { lastSession, sessionsAfter, sessionsIn } from "#src/calendar/sessions.ts";
import { finishedWeek } from "#src/calendar/weeks.ts";
import { calendarOf } from "#src/domain/calendar.ts";
import type { Column } from "#src/domain/panel.ts";
import { addDays, type IsoDate } from "#src/domain/time.ts";
import type { FlowGroup } from "#src/domain/workspace.ts";
import { weeklyDays } from "#src/metrics/flow-weeks.ts";
import { isoWeek } from "#src/metrics/iso-week.ts";
import { yearStart } from "#src/sections/market.ts";
import type { SectionContext } from "#src/sections/section.ts";

/** The days that flows are summed over. */
export interface Span {
  /** 1 January. */
  readonly start: IsoDate;
  /** The last day for which every flow was due. */
  readonly due: IsoDate;
  /** The last day of the last week: the day that is due, or of flows that come once a week the Friday of theirs. */
  readonly end: IsoDate;
}

/** Groups that count over one span: those that are compared among themselves, or one that is compared with none. */
export interface Cohort {
  /** Stands in the ids of what is of all its groups; empty for the first comparison. */
  readonly id: string;
  readonly isCompared: boolean;
  /** Whether its flows come once a week. */
  readonly isWeekly: boolean;
  readonly groups: readonly (readonly [id: string, group: FlowGroup])[];
  readonly span: Span;
}

/** The figure that shows what a comparison is about. */
export const figureId = ({ id }: Cohort): string =>
  id === "" ? "flows.cumulative" : `flows.cumulative-${id}`;

/** Every group of the workspace in its cohort: comparisons first. */
export function cohortsOf(context: SectionContext): readonly Cohort[] {
  const { groups, compare } = context.workspace.flows;
  const compared = new Set(compare.flat());
  const alone = Object.keys(groups).filter((id) => !compared.has(id));
  const lists = [...compare, ...alone.map((id) => [id])];
  return lists.map((ids, i): Cohort => {
    const own = ids.flatMap((id) => (groups[id] === undefined ? [] : [[id, groups[id]] as const]));
    const columns = own.flatMap(([, { members }]) => members.map((id) => context.panel.column(id)));
    const isWeekly = columns.some(({ series }) => series.frequency === "weekly");
    return {
      id: i === 0 ? "" : ids.join("-"),
      isCompared: i < compare.length,
      isWeekly,
      groups: own,
      span: { start: yearStart(context), ...(isWeekly ? weeklyEnd : dailyEnd)(context, columns) },
    };
  });
}

type End = Pick<Span, "due" | "end">;

/** The last day for which every fund's flow was due, so that all are compared over one span (H2). */
function dailyEnd({ workspace, panel, lastDay }: SectionContext, columns: readonly Column[]): End {
  const dues = columns.map(({ series }): IsoDate => {
    const calendar = calendarOf(workspace.calendars, series);
    const last = lastSession(calendar, panel.cutoff, series.lag);
    // After the last session before holidays nothing is due: they hold back no other fund.
    return sessionsAfter(calendar, last, lastDay) === 0 ? lastDay : last;
  });
  const [due = lastDay] = [...dues, lastDay].sort();
  return { due, end: due };
}

/**
 * The last week whose values were due, by the lag of its last session, or had come earlier. Its day is that of the values, or the
 * Wednesday where all are missing.
 */
function weeklyEnd({ workspace, panel, week }: SectionContext, columns: readonly Column[]): End {
  const fridays = columns.map(({ series, dates }): IsoDate => {
    const finished = finishedWeek(calendarOf(workspace.calendars, series), panel.cutoff, series.lag);
    const last = isoWeek(dates.at(-1) ?? finished).friday;
    return last > finished ? last : finished;
  });
  const [end = week] = [...fridays, week].sort();
  const monday = addDays(end, -4);
  const days = columns.flatMap(({ dates }) => dates.findLast((day) => day <= end) ?? []);
  const due = days
    .filter((day) => day >= monday)
    .sort()
    .at(-1);
  return { due: due ?? addDays(end, -2), end };
}

/** Days on which a series has a flow, or should have: sessions of its exchange, or one a week. */
export function expectedDays(
  { workspace }: SectionContext,
  { series, dates }: Column,
  from: IsoDate,
  to: IsoDate,
): readonly IsoDate[] {
  return series.frequency === "weekly"
    ? weeklyDays(dates, from, to)
    : sessionsIn(calendarOf(workspace.calendars, series), from, to);
}
