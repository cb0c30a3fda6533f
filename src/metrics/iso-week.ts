import { type Day, dayNumber, dayOf } from "#src/metrics/days.ts";

/** An ISO week by its first and its fifth day. */
export interface IsoWeek {
  readonly monday: Day;
  readonly friday: Day;
}

const remembered = new Map<Day, IsoWeek>();
const numbers = new Map<Day, number>();

/**
 * The ISO 8601 week (Monday to Sunday) of a day; a week is named by its Friday (G8).
 *
 * Years of daily series ask for the same few thousand days again and again, so answers are remembered.
 *
 * @example isoWeek("2026-02-15"); // { monday: "2026-02-09", friday: "2026-02-13" }
 */
export function isoWeek(day: Day): IsoWeek {
  const known = remembered.get(day);
  if (known !== undefined) return known;
  const number = dayNumber(day);
  const monday = number - ((((number + 3) % 7) + 7) % 7);
  const week = { monday: dayOf(monday), friday: dayOf(monday + 4) };
  remembered.set(day, week);
  return week;
}

/** Whether a day is of that week. */
export const isInWeek = (day: Day, { monday, friday }: IsoWeek): boolean =>
  (day >= monday && day <= friday) || isoWeek(day).friday === friday;

/** Weeks from one to another, by their Fridays; remembered as {@link isoWeek} is. */
export const weeksBetween = (from: Day, to: Day): number =>
  (rememberedNumber(to) - rememberedNumber(from)) / 7;

function rememberedNumber(day: Day): number {
  const known = numbers.get(day);
  if (known !== undefined) return known;
  const number = dayNumber(day);
  numbers.set(day, number);
  return number;
}
