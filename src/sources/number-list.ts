import * as z from "zod";
import { entriesOf, type Finding, shown, valueAt } from "#src/config/finding.ts";
import type { JsonSchema } from "#src/config/json-schema.ts";
import { day, instant, localised, reference, text } from "#src/config/primitives.ts";
import { didYouMean } from "#src/domain/nearest.ts";
import type { Gathered, Observation } from "#src/domain/series.ts";
import { isIsoDate, parseInstant, weekday } from "#src/domain/time.ts";
import type { CatalogueSeries } from "#src/domain/workspace.ts";
import { dawn, numberWanted } from "#src/sources/csv-cells.ts";
import { parseNumber } from "#src/sources/csv-number.ts";
import { checkList, type ListText, readListText } from "#src/sources/list-text.ts";
import { type FileReading, gapOf } from "#src/sources/reading.ts";

const schema = z.array(
  z.strictObject({
    series: reference.describe("the id of a series that is read from this file, or its `column`"),
    date: day.describe("the day that the value describes, YYYY-MM-DD"),
    value: z.string().describe("a number"),
    known_at: instant.optional().describe("the instant at which it could be read"),
    source: text.optional().describe("whose word it is"),
  }),
);
type Entry = z.output<typeof schema>[number];

const schemaText = z.toJSONSchema(schema, { io: "input", unrepresentable: "any" }) as JsonSchema;

/** Reads the bytes of a YAML list of numbers for the series that are in it. A name that none of them bears is a fault. */
export function readNumberList(bytes: Uint8Array, series: readonly CatalogueSeries[]): FileReading {
  const list = readListText(bytes, null);
  if (list.raw === null) return gapOf(series, "file-empty");
  const byName = new Map(series.map((each) => [each.column, each]));
  const rules = (raw: unknown) => [...faultsOfEntries(raw, byName), ...contradictions(raw, byName, list)];
  const { data, faults } = checkList(list, schema, schemaText, rules);
  if (data === null) return { gathered: [], faults, unmapped: 0 };
  const entries = Map.groupBy(data, (entry) => entry.series);
  const gathered = series.map((each): Gathered => {
    const observations = observationsOf(entries.get(each.column) ?? [], each);
    return { series: each.id, observations, gap: observations.length > 0 ? null : "no-rows" };
  });
  return { gathered, faults: [], unmapped: 0 };
}

/** By day, then by known-at, values without known-at first; what is given twice counts once. */
function observationsOf(entries: readonly Entry[], { unit }: CatalogueSeries): readonly Observation[] {
  const byPlace = new Map(
    entries.map((entry) => [placeOf(entry.date, knownAtOf(entry.known_at)), observationOf(entry, unit)]),
  );
  return [...byPlace.values()].sort(
    (a, b) =>
      Number(a.date > b.date) - Number(a.date < b.date) ||
      (a.knownAt ?? -Infinity) - (b.knownAt ?? -Infinity),
  );
}

const observationOf = (
  { date, value, known_at, source }: Entry,
  unit: CatalogueSeries["unit"],
): Observation => ({
  date,
  knownAt: knownAtOf(known_at),
  value: parseNumber(value, unit) ?? Number.NaN,
  ...(source === undefined ? {} : { source: localised(source) }),
});

const knownAtOf = (text: unknown): number | null => (typeof text === "string" ? parseInstant(text) : null);
const placeOf = (date: unknown, knownAt: number | null): string => `${String(date)} ${knownAt}`;

type ByName = ReadonlyMap<string, CatalogueSeries>;

function faultsOfEntries(raw: unknown, byName: ByName): readonly Finding[] {
  return entriesOf(raw).flatMap(([i, entry]) => {
    const [name, date] = [valueAt(entry, ["series"]), valueAt(entry, ["date"])];
    if (typeof name !== "string") return [];
    const series = byName.get(name);
    if (series === undefined) return [unknownName(i, name, byName)];
    return [
      ...wrongNumber(i, valueAt(entry, ["value"]), series),
      ...(typeof date === "string" && isIsoDate(date)
        ? [...wrongDay(i, date, series), ...wrongMoment(i, date, valueAt(entry, ["known_at"]))]
        : []),
    ];
  });
}

const fault = (i: string | number, key: string, found: string, expected: string): Finding => ({
  path: [i, key],
  at: "value",
  found,
  expected,
});

function unknownName(i: string | number, name: string, byName: ByName): Finding {
  const names = [...byName.keys()];
  const hint = didYouMean(name, names) || (names.length <= 12 ? ` (${names.join(", ")})` : "");
  return fault(i, "series", shown(name), `a series that is read from this file${hint}`);
}

function wrongNumber(i: string | number, value: unknown, { unit }: CatalogueSeries): readonly Finding[] {
  if (typeof value !== "string" || parseNumber(value, unit) !== null) return [];
  return [fault(i, "value", shown(value), numberWanted(value))];
}

function wrongDay(i: string | number, date: string, { id, calendar }: CatalogueSeries): readonly Finding[] {
  if (weekday(date) <= 5) return [];
  const expected = `a session of ${calendar} (Monday to Friday), since ${id} has a value`;
  return [fault(i, "date", shown(date), expected)];
}

function wrongMoment(i: string | number, date: string, knownAt: unknown): readonly Finding[] {
  const moment = knownAtOf(knownAt);
  if (moment === null || moment >= dawn(date)) return [];
  const expected = `an instant not before ${date}, the day that the value describes`;
  return [fault(i, "known_at", shown(knownAt), expected)];
}

/** Two entries that say different things of one series, day and known-at. */
function contradictions(raw: unknown, byName: ByName, { place }: ListText): readonly Finding[] {
  const seen = new Map<string, { readonly i: string | number; readonly says: string }>();
  return entriesOf(raw).flatMap(([i, entry]): readonly Finding[] => {
    const of = (key: string) => valueAt(entry, [key]);
    const [name, value] = [of("series"), of("value")];
    const series = typeof name === "string" ? byName.get(name) : undefined;
    if (series === undefined || typeof value !== "string") return [];
    const key = `${series.id} ${placeOf(of("date"), knownAtOf(of("known_at")))}`;
    const says = JSON.stringify([parseNumber(value, series.unit), of("source") ?? null]);
    const first = seen.get(key);
    if (first === undefined) seen.set(key, { i, says });
    if (first === undefined || first.says === says) return [];
    const { line } = place({ path: [first.i], at: "value", expected: "" });
    const found = `${shown(value)} for ${series.id} on ${String(of("date"))}, of which line ${line} says something else`;
    return [fault(i, "value", found, "one value a day, or a known_at that tells the revisions apart")];
  });
}
