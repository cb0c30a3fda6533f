import { lastSession, sessionsAfter } from "#src/calendar/sessions.ts";
import { finishedWeek, overdue, sessionsOfWeek } from "#src/calendar/weeks.ts";
import { calendarOf } from "#src/domain/calendar.ts";
import type { Fact, Reason } from "#src/domain/fact.ts";
import type { Localised } from "#src/domain/locale.ts";
import type { Column, Panel } from "#src/domain/panel.ts";
import type { Place } from "#src/domain/say.ts";
import type { Series } from "#src/domain/series.ts";
import { headed } from "#src/domain/text.ts";
import { addDays, daysBetween, type IsoDate } from "#src/domain/time.ts";
import type { Measured } from "#src/metrics/result.ts";
import { isComparable } from "#src/metrics/superlative.ts";
import { type WeeklyReturn, weeklyReturns } from "#src/metrics/weekly-returns.ts";
import type { SectionContext } from "#src/sections/section.ts";
import type { Subject } from "#src/statements/rule.ts";

/** The status and reasons of a metric, as a fact carries them. */
export const grade = (
  measured: Measured<unknown>,
): { status: Fact["status"]; reasons: readonly Reason[] } => ({
  status: measured.status,
  reasons: measured.reasons,
});

/** Decimal places as a quantum: 2 gives 0.01. */
export const quantumOfDecimals = (decimals: number): number => 10 ** -decimals;

/** The catalogue's short name, as a place of a headline or a table. */
export const shortName = (series: Series): Place => ({ name: series.short });

/** The name as a sentence says it, with its article. */
export const proseName = (series: Series): Place => ({ name: series.prose });

/** A name at the head of a row or of a headline, with a capital. */
export const atHead = (name: Localised): Localised => ({
  en: headed(name.en),
  "zh-CN": headed(name["zh-CN"]),
});

/** A series as the rules speak of it. */
export const subjectOf = (series: Series): Required<Pick<Subject, "id" | "name" | "prose">> => ({
  id: series.id,
  name: shortName(series),
  prose: proseName(series),
});

/** The first day of the year: that of the last session of the week it reports on. */
export const yearStart = ({ lastDay }: Pick<SectionContext, "lastDay">): IsoDate =>
  `${lastDay.slice(0, 4)}-01-01`;

/**
 * The panel through the week of the issue.
 *
 * A weekly is about finished weeks; what came after, in an issue made in the middle of a week, is known but not its
 * subject, so that no sentence mixes the close of one day with the week to another.
 */
export function finishedWeeks(panel: Panel, week: IsoDate): Panel {
  const columns = panel.columns.map((column): Column => {
    const n = column.dates.findLastIndex((date) => date <= week) + 1;
    return n === column.dates.length
      ? column
      : {
          ...column,
          dates: column.dates.slice(0, n),
          values: column.values.slice(0, n),
          sources: column.sources?.slice(0, n) ?? null,
        };
  });
  const byId = new Map(columns.map((column) => [column.series.id, column]));
  return { cutoff: panel.cutoff, columns, column: (id) => byId.get(id) ?? panel.column(id) };
}

/** A series may lack this many sessions at its end before nothing is said of it (G6). */
export const staleAfter = 3;

/**
 * Sessions without a value from the last one to the end of the week that the issue is about, by the series' own calendar:
 * days on which its exchange does not meet, or has not closed at the cut-off, are none.
 */
export function ageOf({ workspace, panel, week }: SectionContext, { series, dates }: Column): number {
  const calendar = calendarOf(workspace.calendars, series);
  const closed = lastSession(calendar, panel.cutoff);
  const last = dates.at(-1);
  return last === undefined ? 0 : overdue(calendar, series, last, closed < week ? closed : week);
}

/**
 * Why nothing may be said of a series as of this week: its last value is too old, in sessions, or in days where it stands
 * until the next. `null` where it is not.
 */
export function staleness(context: SectionContext, column: Column): Reason | null {
  const { staleAfter: days } = column.series;
  if (days !== null) return expiry(column, days, context.lastDay);
  const have = ageOf(context, column);
  return have > staleAfter ? { code: "stale", need: staleAfter, have } : null;
}

/** Why the last value of a series that stands for so many days says nothing on a day; `null` where it does, or there is none. */
export function expiry({ dates }: Column, days: number, day: IsoDate): Reason | null {
  const last = dates.at(-1);
  const have = last === undefined ? 0 : Math.max(0, daysBetween(last, day));
  return have > days ? { code: "expired", need: days, have } : null;
}

/** The weeks of a price or level, and the one that the issue is about (`null` when the market did not trade in it). */
export interface Weeks {
  readonly all: readonly WeeklyReturn[];
  readonly current: WeeklyReturn | null;
  readonly index: number;
  /** Whether it has a value in that week at all. */
  readonly traded: boolean;
  /** Sessions that its exchange has in that week; none in one of holidays. */
  readonly sessions: number;
  /** Sessions without a value at the end of that week, of those that had closed at the cut-off. */
  readonly age: number;
  /** Sessions of that week that had not closed at the cut-off: the publication's exchange does not meet on those days. */
  readonly open: number;
}

/**
 * Weekly returns of a series, and the one that the issue is about: `null` where the series has no value in that week, or
 * by its lag could not be read to the end of it, or lacks too many of its last sessions.
 */
export function weeksOf(context: SectionContext, column: Column): Weeks {
  const { workspace, panel, week } = context;
  const { series, dates, values } = column;
  const calendar = calendarOf(workspace.calendars, series);
  const closed = lastSession(calendar, panel.cutoff);
  // A lag that keeps back a close of the week leaves it unfinished; a session still to come does not: there was no other
  // close at the cut-off, and the page names the day.
  const isHeldBack = lastSession(calendar, panel.cutoff, series.lag) < closed;
  const readable = isHeldBack ? finishedWeek(calendar, panel.cutoff, series.lag) : week;
  const all = weeklyReturns(dates, values, readable);
  const index = all.findIndex((each) => each.week === week);
  const current = all[index];
  const age = ageOf(context, column);
  return {
    all,
    index,
    current: current?.finished && age <= staleAfter ? current : null,
    traded: (dates.at(-1) ?? "") > addDays(week, -5),
    sessions: sessionsOfWeek(calendar, week),
    age,
    open: sessionsAfter(calendar, closed, week),
  };
}

/** Sessions of a series' own exchange between two days, both included: what coverage is a share of. */
export function sessionCount(
  { workspace }: Pick<SectionContext, "workspace">,
  series: Series,
): (from: IsoDate, to: IsoDate) => number {
  const calendar = calendarOf(workspace.calendars, series);
  return (from, to) => sessionsAfter(calendar, addDays(from, -1), to);
}

/** Returns of the weeks before this one that may be compared with it. */
export const weeklyHistory = ({ all, index }: Weeks): readonly WeeklyReturn[] =>
  all.slice(0, Math.max(0, index)).filter(isComparable);
