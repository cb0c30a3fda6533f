import { sessionsAfter } from "#src/calendar/sessions.ts";
import { calendarOf } from "#src/domain/calendar.ts";
import type { Fact } from "#src/domain/fact.ts";
import type { Column } from "#src/domain/panel.ts";
import type { Unit } from "#src/domain/quantity.ts";
import type { IsoDate } from "#src/domain/time.ts";
import { coverage } from "#src/metrics/coverage.ts";
import { type Dated, innerJoin, sessionsSpanned } from "#src/metrics/inner-join.ts";
import { percentileOfLatest } from "#src/metrics/own-history.ts";
import type { Path } from "#src/metrics/panel.ts";
import type { HistoryNeed } from "#src/metrics/percentile-rank.ts";
import {
  insufficient,
  type Measured,
  mapMeasured,
  notDefined,
  ok,
  type Reason,
} from "#src/metrics/result.ts";
import type { FactInput } from "#src/sections/facts.ts";
import { grade, sessionCount, staleAfter, staleness } from "#src/sections/market.ts";
import type { SectionContext } from "#src/sections/section.ts";

/** Of several series those that count this week, and those that do not. */
export interface Members {
  readonly columns: readonly Column[];
  readonly absent: readonly Column[];
}

const year = 252;
/** The share of its series that a measure of several needs (D8). */
const leastPresent = 0.8;
/** A return over more sessions than this is no day's: its size says how long a closure was. */
const longestSpan = 2;

/** What a series must have to count. */
export interface Needs {
  /** Values in all. */
  readonly least: number;
  /** Whether returns are taken, which only positive values have. */
  readonly returns: boolean;
}

/** Which series count: those whose last year is there to the end of the week, and that have what is needed. */
export function membersOf(context: SectionContext, ids: readonly string[], needs: Needs): Members {
  const columns = ids.map((id) => context.panel.column(id));
  const [counts, absent] = [true, false].map((wanted) =>
    columns.filter((column) => (lackOf(context, column, needs) === null) === wanted),
  );
  return { columns: counts ?? [], absent: absent ?? [] };
}

/** Why a series does not count; `null` where it does. */
export function lackOf(context: SectionContext, column: Column, { least, returns }: Needs): Reason | null {
  const { dates, values } = column;
  const late = staleness(context, column);
  if (late !== null || dates.length < least)
    return late ?? { code: "too-few", need: least, have: dates.length };
  const recent = dates.slice(-year);
  const have =
    recent.length / sessionCount(context, column.series)(recent[0] ?? context.week, recent.at(-1) ?? "");
  if (have < coverage.least) return { code: "coverage", need: coverage.least, have };
  return returns && values.some((value) => value <= 0) ? { code: "not-positive" } : null;
}

/** Why a measure of several series does not exist: too few of them count. `null` where enough do. */
export function shortage({ columns, absent }: Members, least: number): Reason | null {
  const all = columns.length + absent.length;
  const need = Math.max(least, Math.ceil(leastPresent * all));
  return columns.length < need ? { code: "coverage", need, have: columns.length } : null;
}

/** Why what ends on that day is not this week's: the publication's exchange has met more than three times since. */
export function lateness({ workspace, publication, week }: SectionContext, end: IsoDate): Reason | null {
  const have = sessionsAfter(calendarOf(workspace.calendars, publication), end, week);
  return have > staleAfter ? { code: "stale", need: staleAfter, have } : null;
}

/** Prices of several series on the days on which all have one, and whether each day's return is one of a day. */
export interface JoinedPrices {
  readonly dates: readonly IsoDate[];
  /** One array a series. */
  readonly prices: readonly (readonly number[])[];
  /** One fewer than the days. */
  readonly isDaily: readonly boolean[];
}

/** Joins sessions first, so that returns are taken afterwards (G6); at most the last days. */
export function joinedPrices(columns: readonly Dated[], most: number): JoinedPrices {
  const joined = innerJoin(columns);
  const dates = joined.dates.slice(-most);
  const spans = sessionsSpanned(columns, dates);
  return {
    dates,
    prices: joined.values.map((values) => values.slice(-most)),
    isDaily: spans.map((span) => span <= longestSpan),
  };
}

/** The last element of a path that a metric made; where it made none, why; where the last is missing, that code. */
export function latestOf<T>(
  measured: Measured<T>,
  pathOf: (value: T) => Path,
  lacks: string,
): Measured<number> {
  const path = mapMeasured(measured, pathOf);
  if (path.value === null) return path;
  const value = path.value.at(-1) ?? null;
  return value === null ? notDefined(lacks, path.n) : ok(value, path.n);
}

/** Its percentile among those before it. */
export function rankOf<T>(
  measured: Measured<T>,
  pathOf: (value: T) => Path,
  need: HistoryNeed,
): Measured<number> {
  const path = mapMeasured(measured, pathOf);
  return path.value === null ? path : percentileOfLatest(path.value, need);
}

/** No value, for that reason. */
export const without = (reason: Reason): Measured<never> => insufficient(reason.have ?? 0, reason);

/** Enters a fact of one measure. */
export type AddFact = (
  measure: string,
  measured: Measured<number | string>,
  unit: Unit,
  more?: Partial<Pick<FactInput, "stats" | "quantum" | "window">>,
) => Fact;

/** What makes the facts of one measure, all of the same series and method. */
export const factsOf =
  (
    { facts }: SectionContext,
    prefix: string,
    shared: Pick<FactInput, "series" | "method" | "params" | "window">,
  ): AddFact =>
  (measure, measured, unit, more = {}) =>
    facts.add({
      ...shared,
      ...grade(measured),
      id: `${prefix}.${measure}`,
      value: measured.value,
      unit,
      ...more,
    });
