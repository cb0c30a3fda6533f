import type { GapReason, Gathered } from "#src/domain/series.ts";
import type { Instant, IsoDate } from "#src/domain/time.ts";
import type { CatalogueSeries, CsvFile } from "#src/domain/workspace.ts";
import { type CellReader, cellReader, dawn, numberWanted } from "#src/sources/csv-cells.ts";
import { type Fault, shownCell } from "#src/sources/csv-fault.ts";
import { type CsvHeader, readHeader } from "#src/sources/csv-header.ts";
import { parseNumber } from "#src/sources/csv-number.ts";
import { type CsvRows, csvRows } from "#src/sources/csv-rows.ts";
import { decodeText } from "#src/sources/csv-text.ts";
import { newTrack, settle, type Track } from "#src/sources/csv-track.ts";

/** What one file gave. With faults, nothing that was gathered may be used. */
export interface CsvReading {
  readonly gathered: readonly Gathered[];
  readonly faults: readonly Fault[];
  /** Rows of a long file whose series the catalogue does not have. */
  readonly unmapped: number;
}

/** Reads the bytes of one file for the series that are in it. */
export function readCsvFile(
  file: CsvFile,
  bytes: Uint8Array,
  series: readonly CatalogueSeries[],
): CsvReading {
  const { text, faults } = decodeText(bytes, file.delimiter);
  if (faults.length > 0) return { gathered: [], faults, unmapped: 0 };
  if (text.trim() === "") return gapOf(series, "file-empty");
  return readRows(csvRows(text, file.delimiter), file, series);
}

/** The same gap for every series of a file. */
export const gapOf = (series: readonly CatalogueSeries[], gap: GapReason): CsvReading => ({
  gathered: series.map(({ id }) => ({ series: id, observations: [], gap })),
  faults: [],
  unmapped: 0,
});

function readRows(rows: CsvRows, file: CsvFile, series: readonly CatalogueSeries[]): CsvReading {
  const header = readHeader(rows.rows[0] ?? [], file, series);
  const faults: Fault[] = [...rows.faults, ...header.faults];
  if (!header.isReadable) return { gathered: [], faults, unmapped: 0 };
  const walk: Walk = { rows, file, header, faults, read: cellReader(), missing: new Set(file.missing) };
  const tracks = series.map((each, i) => newTrack(each, header.columns[i] ?? header.value));
  const { count, unmapped } = file.layout === "long" ? walkLong(walk, tracks) : walkWide(walk, tracks);
  if (count === 0 && faults.length === 0) return gapOf(series, "file-empty");
  return { ...settleAll(tracks, rows, faults), unmapped };
}

function settleAll(tracks: readonly Track[], rows: CsvRows, before: readonly Fault[]) {
  const settled = tracks.map((track) => settle(track, rows));
  const gathered = tracks.map(({ series }, i): Gathered => {
    const observations = settled[i]?.observations ?? [];
    return { series: series.id, observations, gap: observations.length === 0 ? "no-rows" : null };
  });
  return { gathered, faults: [...before, ...settled.flatMap(({ faults }) => faults)] };
}

/** What the walk over the rows of one file carries with it. */
interface Walk {
  readonly rows: CsvRows;
  readonly file: CsvFile;
  readonly header: CsvHeader;
  readonly faults: Fault[];
  readonly read: CellReader;
  readonly missing: ReadonlySet<string>;
}

interface Walked {
  /** Rows that hold anything. */
  readonly count: number;
  readonly unmapped: number;
}

function walkLong(walk: Walk, tracks: readonly Track[]): Walked {
  const byColumn = new Map(tracks.map((track) => [track.series.column, track]));
  let [count, unmapped] = [0, 0];
  for (let i = 1; i < walk.rows.rows.length; i++) {
    const row = walk.rows.rows[i] ?? [];
    if (isBlank(row)) continue;
    count++;
    if (!isWhole(walk, row, i)) continue;
    const name = (row[walk.header.series] ?? "").trim();
    const track = byColumn.get(name);
    if (track !== undefined) readCells(walk, row, i, [track]);
    else if (name === "") fault(walk, i, walk.header.series, '""', "the name of a series");
    else unmapped++;
  }
  return { count, unmapped };
}

function walkWide(walk: Walk, tracks: readonly Track[]): Walked {
  const present = tracks.filter(({ column }) => column >= 0);
  let count = 0;
  for (let i = 1; i < walk.rows.rows.length; i++) {
    const row = walk.rows.rows[i] ?? [];
    if (isBlank(row)) continue;
    count++;
    if (isWhole(walk, row, i)) readCells(walk, row, i, present);
  }
  return { count, unmapped: 0 };
}

const isBlank = (row: readonly string[]): boolean =>
  (row[0] ?? "").trim() === "" && row.every((cell) => cell.trim() === "");

function isWhole(walk: Walk, row: readonly string[], i: number): boolean {
  const { cells } = walk.header;
  if (row.length === cells) return true;
  const expected = `${cells} cells, as in the header`;
  fault(
    walk,
    i,
    Math.min(row.length, cells + 1) - 1,
    row.length === 1 ? "1 cell" : `${row.length} cells`,
    expected,
  );
  return false;
}

function fault({ faults, rows }: Walk, row: number, column: number, found: string, expected: string): void {
  faults.push({ line: rows.lineOf(row), column: column + 1, found, expected });
}

/** Reads one row into the tracks that it has a value for. */
function readCells(walk: Walk, row: readonly string[], i: number, tracks: readonly Track[]): void {
  const { header, read } = walk;
  const dateCell = row[header.date] ?? "";
  const date = read.day(dateCell);
  if (date === null) fault(walk, i, header.date, shownCell(dateCell), "a day that exists, as YYYY-MM-DD");
  const knownAt = readKnownAt(walk, row, i, date);
  // Without its day or known-at a row has no place, but its numbers are judged all the same.
  const place = date === null || knownAt === undefined ? null : { date, knownAt };
  const [first] = tracks.filter((track) => readValue(walk, row, i, track, place));
  if (first === undefined || date === null || read.isSession(date)) return;
  const { id, calendar } = first.series;
  const expected = `a session of ${calendar} (Monday to Friday), since ${id} has a value`;
  fault(walk, i, header.date, shownCell(dateCell), expected);
}

/** Puts the value of a track's cell into the track; `false` where the cell says that there is none, or is at fault. */
function readValue(
  walk: Walk,
  row: readonly string[],
  i: number,
  track: Track,
  place: { readonly date: IsoDate; readonly knownAt: Instant | null } | null,
): boolean {
  const cell = (row[track.column] ?? "").trim();
  if (walk.missing.has(cell)) return false;
  const value = parseNumber(cell, track.series.unit, walk.file.delimiter);
  if (value === null) {
    fault(walk, i, track.column, shownCell(cell), numberWanted(cell));
    return false;
  }
  if (place === null) return true;
  track.dates.push(place.date);
  track.knownAt.push(place.knownAt);
  track.values.push(value);
  track.rows.push(i);
  return true;
}

/** The row's known-at; `null` where it states none, `undefined` where it is at fault. */
function readKnownAt(
  walk: Walk,
  row: readonly string[],
  i: number,
  date: IsoDate | null,
): Instant | null | undefined {
  const { header, read, missing } = walk;
  const cell = header.knownAt < 0 ? "" : (row[header.knownAt] ?? "").trim();
  if (cell === "" || missing.has(cell)) return null;
  const instant = read.instant(cell);
  if (instant !== null && (date === null || instant >= dawn(date))) return instant;
  const expected =
    instant === null
      ? "an instant with its zone, as 2026-02-13T21:00:00Z; a day alone does not say when it was known"
      : `an instant not before ${date}, the day that the value describes`;
  fault(walk, i, header.knownAt, shownCell(cell), expected);
  return undefined;
}
