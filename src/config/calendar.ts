import type { CalendarConfig } from "#src/config/calendar-schema.ts";
import { beginning, type ExchangeCalendar, type Hour, type SessionTable } from "#src/domain/calendar.ts";

/** The exchange that a checked entry of `calendars` means. */
export const resolveCalendar = (config: CalendarConfig, id: string): ExchangeCalendar => ({
  id,
  zone: config.zone,
  opens: hours(config.opens),
  closes: hours(config.closes),
  table: tableOf(config),
});

const hours = (list: CalendarConfig["closes"]): readonly Hour[] =>
  list.map(({ from = beginning, at }, i) => ({ from: i === 0 ? beginning : from, at }));

/** The lists hold from the first year that they name: nobody lists the holidays of years whose data they do not have. */
function tableOf({ closed, early, validUntil }: CalendarConfig): SessionTable | null {
  if (validUntil === undefined) return null;
  const [first = validUntil] = [...closed, ...Object.keys(early)].sort();
  return {
    source: null,
    validFrom: `${first.slice(0, 4)}-01-01`,
    validUntil,
    closed: new Set(closed),
    special: new Map(Object.entries(early).map(([date, close]) => [date, { close }])),
  };
}
