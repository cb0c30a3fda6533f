import * as z from "zod";
import { clock, day, zone } from "#src/config/primitives.ts";

const hours = (what: string) =>
  z.array(
    z.strictObject({
      from: day
        .optional()
        .describe("First day on which this hour holds. The first entry holds from the beginning."),
      at: clock.describe(`Local ${what} time, "HH:MM".`),
    }),
  );

/** An exchange of the workspace's own: `calendars.*`. */
export const calendar = z.strictObject({
  zone: zone.describe("IANA time zone of the exchange."),
  opens: hours("opening")
    .default([])
    .describe("Opening times, oldest first, each with the day from which it holds."),
  closes: hours("closing")
    .min(1, "at least one closing time")
    .describe("Closing times, oldest first, each with the day from which it holds."),
  closed: z
    .array(day)
    .default([])
    .describe(
      "Weekdays on which the exchange does not meet, from 1 January of the first year that `closed` or `early` names: before, and in a calendar without these lists, every weekday is a session.",
    ),
  early: z
    .record(day, clock)
    .default({})
    .describe('Days on which it closes at another time than usual, with that time: 2026-12-30: "14:00".'),
  validUntil: day
    .optional()
    .describe(
      "Last day that `closed` and `early` are complete for; required with them. An issue that needs a later day is an error.",
    ),
});

export type CalendarConfig = z.output<typeof calendar>;
