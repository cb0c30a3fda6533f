import { sessionsIn } from "#src/calendar/sessions.ts";
import { type IsoDate, weekday } from "#src/domain/time.ts";
import { missingWeekday } from "#src/quality/missing-weekday.ts";
import { isTraded, type Suspicion, sessionsKnown, spanText, type Values } from "#src/quality/suspicion.ts";

/** A series that lacks more than this share of its exchange's sessions is not daily. */
const sparse = 0.25;

/**
 * Sessions of its exchange that a daily price lacks between its first and its last value, as one finding with their number:
 * a return over such a day is one of two. There is nothing to set aside.
 *
 * Only for prices and levels of an exchange whose sessions are known, and inside those years. A series with values on fewer
 * than three quarters of them is not daily. Days that make a pattern of one weekday are told as that, and not again. What is
 * missing after the last value is told by its age.
 */
export function missingSession(values: Values): readonly Suspicion[] {
  const known = sessionsKnown(values);
  if (known === null || !isTraded(values)) return [];
  const { calendar, dates } = values;
  const there = new Set(dates);
  const sessions = sessionsIn(calendar, known.from, known.to);
  const lacking = sessions.filter((date) => !there.has(date));
  if (lacking.length > sparse * sessions.length) return [];
  const isPattern = patternOf(values);
  const missing = lacking.filter((date) => !isPattern(date));
  const [from, to] = [missing[0], missing.at(-1)];
  if (from === undefined || to === undefined) return [];
  return [
    {
      gate: "missing-session",
      symptom: "session",
      from,
      to,
      days: [],
      n: missing.length,
      found: `no value on ${missing.length} of ${sessions.length} sessions, ${spanText(from, to)}`,
      expected: `a value on every session of ${calendar.id}`,
    },
  ];
}

/** Whether a day belongs to a weekday that is missing again and again. */
function patternOf(values: Values): (date: IsoDate) => boolean {
  const patterns = missingWeekday(values);
  return (date) =>
    patterns.some(({ from, to }) => from <= date && date <= to && weekday(date) === weekday(from));
}
