import { Temporal } from "temporal-polyfill";
import type { Instant, IsoDate } from "#src/domain/time.ts";

/** Between two changes of a zone's clocks, in milliseconds: its offset from UTC. */
interface Span {
  readonly start: Instant;
  readonly end: Instant;
  readonly offset: number;
}

/** A change of the clocks takes as long to find as a thousand moments to be told by the offset between two. */
const spans = new Map<string, Span[]>();

const dayMs = 86_400_000;

/**
 * The moment at which the clocks of a zone show a time on a day.
 *
 * A time that a change of the clocks skips is read as if they had not been put forward; of a time that occurs
 * twice the first is meant (ISO 8601's “compatible” reading).
 *
 * @param time `HH:MM`
 */
export function instantAt(date: IsoDate, time: string, zone: string): Instant {
  const asUtc = Date.parse(`${date}T${time}:00Z`);
  const { start, end, offset } = spanOf(asUtc, zone);
  // No zone is a day away from UTC: the clocks do not change between the moment and what UTC's clocks call the same.
  if (asUtc - dayMs > start && asUtc + dayMs < end) return asUtc - offset;
  return Temporal.PlainDate.from(date).toZonedDateTime({ timeZone: zone, plainTime: time }).epochMilliseconds;
}

function spanOf(instant: Instant, zone: string): Span {
  const known = spans.get(zone) ?? [];
  spans.set(zone, known);
  const found = known.findLast(({ start, end }) => start <= instant && instant < end);
  if (found !== undefined) return found;
  const there = Temporal.Instant.fromEpochMilliseconds(instant).toZonedDateTimeISO(zone);
  const last = there.add({ milliseconds: 1 }).getTimeZoneTransition("previous");
  const next = there.getTimeZoneTransition("next");
  const span = {
    start: last?.epochMilliseconds ?? -Infinity,
    end: next?.epochMilliseconds ?? Infinity,
    offset: there.offsetNanoseconds / 1e6,
  };
  known.push(span);
  return span;
}

/** The day that a zone's calendar shows at a moment. */
export const dayIn = (instant: Instant, zone: string): IsoDate =>
  new Date(instant + spanOf(instant, zone).offset).toISOString().slice(0, 10);

/** What the clocks of a zone show at a moment, with their offset from UTC: `2026-02-13T18:00:00-05:00`. */
export const clockIn = (instant: Instant, zone: string): string =>
  Temporal.Instant.fromEpochMilliseconds(instant)
    .toZonedDateTimeISO(zone)
    .toString({ smallestUnit: "second", timeZoneName: "never" });

/** The moment `n` days later at the same hour of the zone's clocks; earlier when `n` is negative. */
export const sameHour = (instant: Instant, n: number, zone: string): Instant =>
  Temporal.Instant.fromEpochMilliseconds(instant).toZonedDateTimeISO(zone).add({ days: n }).epochMilliseconds;
