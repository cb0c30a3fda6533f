import { Temporal } from "temporal-polyfill";
import type { Instant, IsoDate } from "#src/domain/time.ts";

const monthOffsets = new Map<string, number | null>();

/**
 * The moment at which the clocks of a zone show a time on a day.
 *
 * A time that a change of the clocks skips is read as if they had not been put forward; of a time that occurs
 * twice the first is meant (ISO 8601's “compatible” reading).
 *
 * @param time `HH:MM`
 */
export function instantAt(date: IsoDate, time: string, zone: string): Instant {
  const key = `${zone} ${date.slice(0, 7)}`;
  let offset = monthOffsets.get(key);
  if (offset === undefined) {
    offset = steadyOffset(date, zone);
    monthOffsets.set(key, offset);
  }
  if (offset !== null) return Date.parse(`${date}T${time}:00Z`) - offset;
  return Temporal.PlainDate.from(date).toZonedDateTime({ timeZone: zone, plainTime: time }).epochMilliseconds;
}

/** The zone's offset in milliseconds when it holds for the whole month of the day; `null` when the clocks change in it. */
function steadyOffset(date: IsoDate, zone: string): number | null {
  const first = Temporal.PlainDate.from(date).with({ day: 1 });
  const start = first.toZonedDateTime({ timeZone: zone });
  const end = first.add({ months: 1 }).toZonedDateTime({ timeZone: zone });
  const change = start.getTimeZoneTransition("next");
  const steady =
    start.offsetNanoseconds === end.offsetNanoseconds &&
    (change === null || change.epochMilliseconds > end.epochMilliseconds);
  return steady ? start.offsetNanoseconds / 1e6 : null;
}

/** The day that a zone's calendar shows at a moment. */
export const dayIn = (instant: Instant, zone: string): IsoDate =>
  Temporal.Instant.fromEpochMilliseconds(instant).toZonedDateTimeISO(zone).toPlainDate().toString();

/** The moment `n` days later at the same hour of the zone's clocks; earlier when `n` is negative. */
export const sameHour = (instant: Instant, n: number, zone: string): Instant =>
  Temporal.Instant.fromEpochMilliseconds(instant).toZonedDateTimeISO(zone).add({ days: n }).epochMilliseconds;
