import { entriesOf, type Finding, shown, valueAt } from "#src/config/finding.ts";
import { placesOf } from "#src/config/references.ts";

/** What must hold between the parts of an exchange of the workspace's own. */
export const calendarFindings = (raw: unknown): readonly Finding[] => [
  ...unorderedHours(raw, "opens", "opening"),
  ...unorderedHours(raw, "closes", "closing"),
  ...placesOf(raw, ["calendars", "*"]).flatMap(({ path, value }) => listFindings(path, value)),
];

function unorderedHours(raw: unknown, key: string, what: string): readonly Finding[] {
  return placesOf(raw, ["calendars", "*", key]).flatMap(({ path, value }) =>
    entriesOf(value).flatMap(([i, hour]): readonly Finding[] => {
      const [from, before] = [valueAt(hour, ["from"]), valueAt(value, [Number(i) - 1, "from"]) ?? ""];
      const isLater = typeof from === "string" && from > String(before);
      if (i === 0 || isLater) return [];
      const found = from === undefined ? `a later ${what} time without from` : shown(from);
      const expected = `a day after that of the ${what} time before it`;
      return [{ path: [...path, i], at: "value", found, expected }];
    }),
  );
}

/** Days without a session or with their own hours: up to a last day, and each one of the two. */
function listFindings(path: readonly PropertyKey[], calendar: unknown): readonly Finding[] {
  const validUntil = valueAt(calendar, ["validUntil"]);
  const closed = entriesOf(valueAt(calendar, ["closed"])).map(([i, day]) => ({ place: ["closed", i], day }));
  const early = entriesOf(valueAt(calendar, ["early"])).map(([day]) => ({ place: ["early", day], day }));
  const [first] = [...closed, ...early];
  if (first === undefined) return [];
  if (validUntil === undefined) {
    const [key] = first.place as [string];
    const expected = "validUntil beside it: the last day that the list is complete for";
    return [{ path: [...path, key], at: "key", found: `${key} without validUntil`, expected }];
  }
  const shut = new Set(closed.map(({ day }) => day));
  const fault = (place: PropertyKey[], at: Finding["at"], found: string, expected: string): Finding => {
    return { path: [...path, ...place], at, found, expected };
  };
  return [
    ...[...closed, ...early]
      .filter(({ day }) => typeof day === "string" && typeof validUntil === "string" && day > validUntil)
      .map(({ place, day }) =>
        fault(
          place,
          place[0] === "early" ? "key" : "value",
          shown(day),
          `a day up to validUntil, ${validUntil}`,
        ),
      ),
    ...early
      .filter(({ day }) => shut.has(day))
      .map(({ place, day }) => fault(place, "key", shown(day), "a day that is not among the closed ones")),
  ];
}
