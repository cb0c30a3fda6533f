import { type Day, dayNumber, wholeYears } from "#src/metrics/days.ts";
import { isoWeek } from "#src/metrics/iso-week.ts";
import { type Measured, notDefined, okFrom, tooFew } from "#src/metrics/result.ts";
import type { WeeklyReturn } from "#src/metrics/weekly-returns.ts";

/** Since when a week is the best or the worst. */
export interface Superlative {
  /** The last earlier week that was at least as good (or as bad); `null` when the history has none. */
  readonly since: WeeklyReturn | null;
  /** The day from which the history runs: base of its first week. */
  readonly start: Day;
  /** Whole years back to `since`, or to the start. */
  readonly years: number;
  /** Share of the weeks from then to now that are there to be compared. */
  readonly coverage: number;
  /** Comparable weeks of the history, this one included. */
  readonly n: number;
}

const leastWeeks = 52;
const preferredWeeks = 520;

/**
 * Superlative (N年来最佳, B2): the last week before this one that was at least as good, or as bad.
 *
 * Like is compared with like: finished weeks that do not span a closure of a whole week. An equal week ends the span.
 *
 * @param weeks  weekly returns of one series, oldest first
 * @param index  position of the week in question
 * @returns `undefined` (`not-comparable`) where the week itself is unfinished or spans a closure; `insufficient` below 52
 *   comparable weeks, `warn` below 520
 */
export function superlative(
  weeks: readonly WeeklyReturn[],
  index: number,
  direction: "best" | "worst",
): Measured<Superlative> {
  const current = weeks[index];
  if (current === undefined || !isComparable(current)) return notDefined("not-comparable", 0);
  const history = weeks.slice(0, index).filter(isComparable);
  const n = history.length + 1;
  if (n < leastWeeks) return tooFew(n, leastWeeks);
  const isRival = ({ ret }: WeeklyReturn) => (direction === "best" ? ret >= current.ret : ret <= current.ret);
  const since = history.findLast(isRival) ?? null;
  const start = history[0]?.base ?? current.base;
  const from = since?.end ?? start;
  const coverage = coverageSince(history, since, start, current);
  const years = wholeYears(from, current.end);
  return okFrom({ since, start, years, coverage, n }, n, preferredWeeks);
}

/** Finished, and not the first after a closure of a whole week. */
export const isComparable = ({ finished, spanWeeks }: WeeklyReturn): boolean => finished && spanWeeks === 1;

/** Comparable weeks after `since` up to the current one, as a share of the calendar's weeks in that span. */
function coverageSince(
  history: readonly WeeklyReturn[],
  since: WeeklyReturn | null,
  start: Day,
  current: WeeklyReturn,
): number {
  const from = since?.week ?? isoWeek(start).friday;
  const there = history.filter(({ week }) => week > from).length + 1;
  const expected = Math.max(1, Math.round((dayNumber(current.week) - dayNumber(from)) / 7));
  return Math.min(1, there / expected);
}
