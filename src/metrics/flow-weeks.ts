import { coverage } from "#src/metrics/coverage.ts";
import { type Day, dayNumber, dayOf } from "#src/metrics/days.ts";
import { isoWeek } from "#src/metrics/iso-week.ts";
import type { WeeklyFlows } from "#src/metrics/weekly-flows.ts";

/** A fund's net flows, and the days on which it should have one. */
export interface FundFlows {
  /** Days of the flows, oldest first. */
  readonly dates: readonly Day[];
  /** Net flow of each day, in units of currency; inflows positive. */
  readonly flows: readonly number[];
  /** Days on which a flow was due, from six days before the first flow on: what is not due yet is not missing. */
  readonly due: readonly Day[];
}

const daysAWeek = 7;

/**
 * Weeks of a fund (周度净流量): its flows in weeks of seven days, the last of which ends on a given day.
 *
 *     f[w] = Σ f[t],   end − 7 (w + 1) < t ≤ end − 7 w
 *
 * All weeks are finished, since they are counted back from the last day that is due. A week without a session has no flow and
 * nothing missing: it is 0.
 *
 * @param end  the last day of the last week; later flows are left out
 * @returns from the week of the first flow on, oldest first; `null` for a week with flows on less than 75 % of the days that
 *   were due (G14)
 * @throws {RangeError} if a sum is not finite
 */
export function flowWeeks({ dates, flows, due }: FundFlows, end: Day): WeeklyFlows {
  const last = dayNumber(end);
  const weeksBack = (day: Day): number => Math.floor((last - dayNumber(day)) / daysAWeek);
  const [first] = dates;
  const length = first === undefined ? 0 : Math.max(0, weeksBack(first) + 1);
  const weeks = Array.from({ length }, () => ({ sum: 0, have: 0, want: 0 }));
  for (const day of due) {
    const week = weeks.at(-1 - weeksBack(day));
    if (week !== undefined && day <= end) week.want++;
  }
  for (const [i, day] of dates.entries()) {
    const week = day <= end ? weeks.at(-1 - weeksBack(day)) : undefined;
    if (week === undefined) continue;
    week.sum += flows[i] ?? Number.NaN;
    week.have++;
  }
  if (!weeks.every(({ sum }) => Number.isFinite(sum)))
    throw new RangeError("flowWeeks requires finite flows");
  return weeks.map(({ sum, have, want }) => (have < coverage.least * want ? null : sum));
}

/**
 * What stood at the end of each week, such as assets: the last value in each of the weeks of {@link flowWeeks}.
 *
 * @param dates  days of the values, oldest first
 * @returns from the week of the first value on, oldest first; `null` for a week without one
 */
export function weekEnds(dates: readonly Day[], values: readonly number[], end: Day): WeeklyFlows {
  const last = dayNumber(end);
  const byWeek = new Map<number, number>();
  for (const [i, day] of dates.entries())
    if (day <= end) byWeek.set(Math.floor((last - dayNumber(day)) / daysAWeek), values[i] ?? Number.NaN);
  const length = byWeek.size === 0 ? 0 : Math.max(...byWeek.keys()) + 1;
  return Array.from({ length }, (_, i) => byWeek.get(length - 1 - i) ?? null);
}

/**
 * Weeks of a group: the sum of its funds' where all have one, over the weeks that all have been there.
 *
 * @param members  each fund's {@link flowWeeks} or {@link weekEnds}, with one end
 */
export function groupWeeks(members: readonly WeeklyFlows[]): WeeklyFlows {
  const length = members.length === 0 ? 0 : Math.min(...members.map((member) => member.length));
  return Array.from({ length }, (_, i) =>
    members.reduce<number | null>((sum, member) => {
      const flow = member.at(i - length) ?? null;
      return sum === null || flow === null ? null : sum + flow;
    }, 0),
  );
}

/**
 * Days on which a series of one value a week has its values, or should have: those it has, and the Wednesday of each ISO week
 * without one.
 *
 * @param dates  days of its values, oldest first
 */
export function weeklyDays(dates: readonly Day[], from: Day, to: Day): readonly Day[] {
  const byWeek = Map.groupBy(dates, (day) => isoWeek(day).monday);
  const days: Day[] = [];
  const last = dayNumber(to);
  for (let monday = dayNumber(isoWeek(from).monday); monday <= last; monday += daysAWeek)
    days.push(...(byWeek.get(dayOf(monday)) ?? [dayOf(monday + 2)]));
  return days.filter((day) => from <= day && day <= to);
}
