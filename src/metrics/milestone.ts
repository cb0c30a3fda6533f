import { type CountSessions, type Day, dayNumber, dayOf, weekdaysIn } from "#src/metrics/days.ts";
import { type Measured, notDefined, ok, tooFew } from "#src/metrics/result.ts";

/** What a multiple may be called; `none` leaves the number. */
export type MilestoneWord = "about-doubled" | "doubled" | "more-than-doubled" | "halved" | "none";

/** A level as a multiple of a named close. */
export interface Milestone {
  readonly ratio: number;
  readonly baseDate: Day;
  readonly base: number;
  readonly word: MilestoneWord;
  /** The first close at twice the base or more (for `halved`: at half or less); `null` when there is none. */
  readonly firstCrossing: Day | null;
}

const farthestBase = 5;

/**
 * Milestone (翻倍、腰斩, B3): the latest close as a multiple of that of a named day.
 *
 *     1.95 ≤ ratio < 2      about doubled
 *     2 ≤ ratio ≤ 2.05      doubled
 *     ratio > 2.05          more than doubled, said with the ratio
 *     0.45 ≤ ratio ≤ 0.55   halved, if the base is the highest close of all before and since
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
  const word = wordOf(
    ratio,
    closes.every((close) => close <= before),
  );
  const crossed = later.findIndex((close) => (word === "halved" ? close <= before / 2 : close >= 2 * before));
  const firstCrossing = crossed < 0 ? null : (dates[at + 1 + crossed] ?? null);
  return ok({ ratio, baseDate, base: before, word, firstCrossing }, 2);
}

function wordOf(ratio: number, isPeak: boolean): MilestoneWord {
  if (ratio > 2.05) return "more-than-doubled";
  if (ratio >= 2) return "doubled";
  if (ratio >= 1.95) return "about-doubled";
  return isPeak && ratio >= 0.45 && ratio <= 0.55 ? "halved" : "none";
}
