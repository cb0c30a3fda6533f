import { type CountSessions, type Day, dayNumber, dayOf, weekdaysIn } from "#src/metrics/days.ts";
import { type Measured, notDefined, ok, tooFew } from "#src/metrics/result.ts";

/** A level as a multiple of a named close. */
export interface Milestone {
  readonly ratio: number;
  readonly baseDate: Day;
  readonly base: number;
  /** Whether the base is the highest close of all before and since. */
  readonly isPeak: boolean;
  /** The first close at twice the base or more; where the last is below its base, at half or less. `null` when there is none. */
  readonly firstCrossing: Day | null;
}

const farthestBase = 5;

/**
 * Milestone (翻倍、腰斩, B3): the latest close as a multiple of that of a named day.
 *
 * What it may be called is for the rules to say: about doubled from 1.95, doubled from 2, halved from 0.45 to 0.55 of a peak.
 *
 * @param dates  sessions, oldest first
 * @param closes  one a session
 * @param base  the named day: its close, or the last one before it within five sessions
 * @param sessions  of the series' exchange
 * @returns `insufficient` without a close then and one later; `undefined` for a base too old (`base-missing`) or a close
 *   that is not positive (`not-positive`)
 */
export function milestone(
  dates: readonly Day[],
  closes: readonly number[],
  base: { readonly date: Day },
  sessions: CountSessions = weekdaysIn,
): Measured<Milestone> {
  const broken = closes.findIndex((close) => !Number.isFinite(close));
  if (broken >= 0)
    throw new RangeError(`milestone requires finite closes, got ${closes[broken]} at ${broken}`);
  const at = dates.findLastIndex((date) => date <= base.date);
  const [baseDate, before, last] = [dates[at], closes[at], closes.at(-1)];
  if (baseDate === undefined || before === undefined || last === undefined || at === dates.length - 1)
    return tooFew(Math.min(1, dates.length), 2);
  if (sessions(dayOf(dayNumber(baseDate) + 1), base.date) > farthestBase)
    return notDefined("base-missing", 1);
  if (before <= 0 || last <= 0) return notDefined("not-positive", 2);
  const later = closes.slice(at + 1);
  const ratio = last / before;
  const isPeak = closes.every((close) => close <= before);
  const crossed = later.findIndex((close) => (ratio < 1 ? close <= before / 2 : close >= 2 * before));
  const firstCrossing = crossed < 0 ? null : (dates[at + 1 + crossed] ?? null);
  return ok({ ratio, baseDate, base: before, isPeak, firstCrossing }, 2);
}
