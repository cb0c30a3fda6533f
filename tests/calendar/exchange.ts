import { exchanges } from "#src/calendar/exchanges.ts";
import type { ExchangeCalendar, SessionTable } from "#src/domain/calendar.ts";

/** One of the exchanges that every workspace knows. */
export const exchange = (id: string): ExchangeCalendar => {
  const found = exchanges[id];
  if (found === undefined) throw new RangeError(`no exchange ${id}`);
  return found;
};

/** Its sessions, which all of them state. */
export const tableOf = (id: string): SessionTable => {
  const { table } = exchange(id);
  if (table === null) throw new RangeError(`${id} has no table`);
  return table;
};
