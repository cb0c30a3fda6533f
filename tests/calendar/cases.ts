import * as fc from "fast-check";
import { exchanges } from "#src/calendar/exchanges.ts";
import type { Scheduled } from "#src/calendar/plan.ts";
import type { ExchangeCalendar } from "#src/domain/calendar.ts";
import { catchUps, latePolicies, type SlotRule } from "#src/domain/schedule.ts";

/** An exchange that every workspace knows. */
export function exchange(id: string): ExchangeCalendar {
  const found = exchanges[id];
  if (found === undefined) throw new RangeError(id);
  return found;
}

export const cron = (expression: string, zone: string): SlotRule => ({ kind: "cron", expression, zone });

/** A workspace's own exchange without a table. */
export const london: ExchangeCalendar = {
  id: "LSE",
  zone: "Europe/London",
  opens: [],
  closes: [{ from: "0001-01-01", at: "16:30" }],
  table: null,
};

/** Each kind of rule; by cron also at hours that changes of the clocks skip and repeat. */
const rules: readonly SlotRule[] = [
  { kind: "week" },
  { kind: "session" },
  cron("30 2 * * *", "America/New_York"),
  cron("30 1 * * *", "America/New_York"),
  cron("30 1 * * *", "Europe/London"),
  cron("0 7 * * 1-5", "Asia/Shanghai"),
  cron("15 18 1,15 * *", "Europe/London"),
];

export const anyExchange = fc.constantFrom("NYSE", "KRX", "TSE", "HKEX", "SSE").map(exchange);

/** A publication by any rule and policy. */
export const anyScheduled: fc.Arbitrary<Scheduled> = fc.record({
  slots: fc.constantFrom(...rules),
  offsetMinutes: fc.constantFrom(0, 30, 120, 600),
  schedule: fc.record({
    deadlineMinutes: fc.constantFrom(0, 60, 360, 2880),
    late: fc.constantFrom(...latePolicies),
    catchUp: fc.constantFrom(...catchUps),
  }),
});
