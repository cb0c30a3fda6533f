import { dayIn } from "#src/calendar/zoned.ts";
import { type Diagnosis, fail, ok, warn } from "#src/doctor/check.ts";
import type { ExchangeCalendar } from "#src/domain/calendar.ts";
import { daysBetween, type Instant, type IsoDate } from "#src/domain/time.ts";
import type { Workspace } from "#src/domain/workspace.ts";

/** So many days before a table ends its exchange has mostly published the next year. */
const warnedDays = 60;

/** @param today  as the exchange's clocks show it */
export function judgeCalendar(
  { id, table }: Pick<ExchangeCalendar, "id" | "table">,
  today: IsoDate,
): Diagnosis {
  if (table === null) return ok(`${id}: every weekday is a session`);
  const left = daysBetween(today, table.validUntil);
  const mend = `update Tideline, or state its sessions under calendars.${id} in tideline.yaml`;
  if (left < 0)
    return fail(`${id}: its sessions are known until ${table.validUntil}, which has passed`, mend);
  const found = `${id}: its sessions are known until ${table.validUntil}`;
  return left <= warnedDays ? warn(`${found}, ${left} days from now`, mend) : ok(found);
}

/** One diagnosis for each calendar that a series or publication has. */
export function calendars(
  { calendars: all, catalogue, publications }: Workspace,
  now: Instant,
): readonly Diagnosis[] {
  const used = new Set([...catalogue, ...Object.values(publications)].map(({ calendar }) => calendar));
  return Object.values(all)
    .filter(({ id }) => used.has(id))
    .map((calendar) => judgeCalendar(calendar, dayIn(now, calendar.zone)));
}
