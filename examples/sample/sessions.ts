import type { Exchange } from "./catalogue.ts";

/** A day of every year, `MM-DD`, or the nth weekday (Monday 1 … Friday 5) of a month. */
type Holiday = string | { readonly month: number; readonly weekday: number; readonly nth: number };

const monday = (month: number, nth: number): Holiday => ({ month, weekday: 1, nth });
const everywhere = ["01-01", "12-25"];

/** Days without a session. They look like public holidays and follow no real exchange's table. */
const holidays: Readonly<Record<Exchange, readonly Holiday[]>> = {
  NYSE: [monday(1, 3), monday(2, 3), monday(5, 4), "07-04", monday(9, 1), { month: 11, weekday: 4, nth: 4 }],
  KRX: ["03-01", "05-05", "06-06", "08-15", "09-16", "09-17", "10-03", "10-09", "12-31"],
  TSE: ["01-02", "01-03", "02-11", "04-29", "05-03", "05-04", "05-05", "08-11", "11-03", "12-31"],
  HKEX: ["02-17", "02-18", "04-05", "05-01", "07-01", "10-01", "12-26"],
  SSE: ["02-17", "02-18", "02-19", "05-01", "10-01", "10-02", "10-03", "10-04", "10-05", "10-06", "10-07"],
  XETR: ["05-01", "12-24", "12-26", "12-31"],
};

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

/** Whether the simulated exchange is open on this weekday. */
export function isSession(exchange: Exchange, date: string): boolean {
  return ![...everywhere, ...holidays[exchange]].some((holiday) => falls(holiday, date));
}

function falls(holiday: Holiday, date: string): boolean {
  if (typeof holiday === "string") return date.endsWith(`-${holiday}`);
  const day = new Date(date);
  const nth = Math.ceil(day.getUTCDate() / 7);
  return (
    day.getUTCMonth() + 1 === holiday.month && day.getUTCDay() === holiday.weekday && nth === holiday.nth
  );
}
