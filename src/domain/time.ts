/** A calendar day `YYYY-MM-DD`: what a session is called, never an instant. */
export type IsoDate = string;

/** A moment, in milliseconds since the epoch. Printed as ISO 8601 in UTC. */
export type Instant = number;

const dayMs = 86_400_000;

/** The digits of a day from one place to another, as a number. `Date.parse` takes twice as long, of millions of days. */
function digitsOf(date: IsoDate, from: number, to: number): number {
  let number = 0;
  for (let i = from; i < to; i++) number = 10 * number + date.charCodeAt(i) - 48;
  return number;
}

/** Milliseconds of the day's midnight in UTC: a day's position, for arithmetic only. `Date.UTC` takes the first years for others. */
const position = (date: IsoDate): number =>
  new Date(0).setUTCFullYear(digitsOf(date, 0, 4), digitsOf(date, 5, 7) - 1, digitsOf(date, 8, 10));

/** The day `n` days after `date`; before it when `n` is negative. */
export const addDays = (date: IsoDate, n: number): IsoDate =>
  new Date(position(date) + n * dayMs).toISOString().slice(0, 10);

/** Days from `a` to `b`. */
export const daysBetween = (a: IsoDate, b: IsoDate): number =>
  Math.round((position(b) - position(a)) / dayMs);

/** Monday 1 to Sunday 7. */
export const weekday = (date: IsoDate): number => new Date(position(date)).getUTCDay() || 7;

/** The first moment of a day in UTC. */
export const beginningOf = (date: IsoDate): Instant => position(date);

/** Whether the text names a day that exists. */
export function isIsoDate(text: string): boolean {
  if (!/^\d{4}-\d\d-\d\d$/.test(text)) return false;
  const time = position(text);
  return !Number.isNaN(time) && new Date(time).toISOString().startsWith(text);
}

/** A day as a number that stands in the same order: 20260213. */
export const dayNumber = (date: IsoDate): number =>
  10_000 * digitsOf(date, 0, 4) + 100 * digitsOf(date, 5, 7) + digitsOf(date, 8, 10);

const daysByNumber = new Map<number, IsoDate>();

/** The day of such a number. Days are few and numbers are many: each is written out once. */
export function dayOfNumber(number: number): IsoDate {
  const known = daysByNumber.get(number);
  if (known !== undefined) return known;
  const digits = String(number).padStart(8, "0");
  const date = `${digits.slice(0, 4)}-${digits.slice(4, 6)}-${digits.slice(6)}`;
  daysByNumber.set(number, date);
  return date;
}

/** ISO 8601 in UTC to the second, as files and pages carry it. */
export const isoInstant = (instant: Instant): string => `${new Date(instant).toISOString().slice(0, 19)}Z`;

const instantPattern =
  /^(\d{4}-\d\d-\d\d)[T ]((?:[01]\d|2[0-3]):[0-5]\d)(:[0-5]\d(?:\.\d{1,9})?)?(Z|[+-](?:[01]\d|2[0-3]):?[0-5]\d)$/;

/** The moment that an ISO 8601 text names; `null` without a zone or where there is no such moment. */
export function parseInstant(text: string): Instant | null {
  const [, date = "", clock = "", seconds = ":00", zone = ""] = instantPattern.exec(text) ?? [];
  if (!isIsoDate(date)) return null;
  const offset = zone.length === 5 ? `${zone.slice(0, 3)}:${zone.slice(3)}` : zone;
  return Date.parse(`${date}T${clock}${seconds}${offset}`);
}
