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

/** Whether the exchange met on this day. */
export const isSession = (exchange: Exchange, date: string): boolean =>
  meets(calendarOf(calendars, { id: "the sample", calendar: exchange }), date);
