import { fileURLToPath } from "node:url";
import { isSession as meets } from "#src/calendar/sessions.ts";
import { loadWorkspace } from "#src/config/load.ts";
import { calendarOf } from "#src/domain/calendar.ts";
import type { Exchange } from "./catalogue.ts";

/** The sample's own configuration: its series must have values on the sessions of its calendars, and on no other day. */
const { calendars } = await loadWorkspace(fileURLToPath(new URL("../..", import.meta.url)), {});

const dayMs = 86_400_000;

/** Every Monday to Friday from `first` to `last`, both counted, as ISO dates. */
export function weekdays(first: string, last: string): string[] {
  const days: string[] = [];
  for (let at = Date.parse(first); at <= Date.parse(last); at += dayMs) {
    const weekday = new Date(at).getUTCDay();
    if (weekday >= 1 && weekday <= 5) days.push(new Date(at).toISOString().slice(0, 10));
  }
  return days;
}

/** The Fridays among weekdays. */
export const fridays = (days: readonly string[]): string[] =>
  days.filter((day) => new Date(day).getUTCDay() === 5);

/** The last weekday of every month that is over, or of every third one: of March, June, September and December. */
export function monthEnds(days: readonly string[], every: 1 | 3 = 1): string[] {
  return days.filter((day, t) => {
    const next = days[t + 1] ?? day;
    return next.slice(0, 7) !== day.slice(0, 7) && Number(day.slice(5, 7)) % every === 0;
  });
}

/** Whether the exchange met on each of the days. */
export function sessionsOf(exchange: Exchange, days: readonly string[]): readonly boolean[] {
  const calendar = calendarOf(calendars, { id: "the sample", calendar: exchange });
  return days.map((day) => meets(calendar, day));
}
