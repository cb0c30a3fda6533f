import { cronFault, dayWithTwo } from "#src/calendar/cron.ts";
import { exchanges } from "#src/calendar/exchanges.ts";
import { type Finding, shown, valueAt } from "#src/config/finding.ts";
import { isZone } from "#src/config/primitives.ts";
import { placesOf } from "#src/config/references.ts";

/** Cron expressions that cannot be read, never come, or come more than once on a day: a day names an issue. */
export const scheduleFindings = (raw: unknown): readonly Finding[] =>
  placesOf(raw, ["publications", "*", "schedule", "due", "cron"]).flatMap(
    ({ path, value }): readonly Finding[] => {
      const zone = valueAt(raw, [...path.slice(0, -1), "zone"]);
      if (typeof value !== "string" || typeof zone !== "string" || !isZone(zone)) return [];
      const expected = cronFault(value, zone) ?? onceADay(value, zone, calendarZone(raw, path));
      return expected === null ? [] : [{ path, at: "value", found: shown(value), expected }];
    },
  );

/** The zone of the calendar of the publication that a path leads into; `null` where that has a fault of its own. */
function calendarZone(raw: unknown, path: readonly PropertyKey[]): string | null {
  const id = String(valueAt(raw, [...path.slice(0, 2), "calendar"]));
  const zone = valueAt(raw, ["calendars", id, "zone"]) ?? valueAt(exchanges, [id, "zone"]);
  return typeof zone === "string" && isZone(zone) ? zone : null;
}

function onceADay(expression: string, zone: string, other: string | null): string | null {
  const day = other === null ? null : dayWithTwo(expression, zone, other);
  if (day === null) return null;
  return `at most once a day of the calendar's zone ${other} too; it is due twice on ${day} there, so take another hour`;
}
