import { everyDayKinds } from "#src/domain/series.ts";
import type { Instant, IsoDate } from "#src/domain/time.ts";
import type { CatalogueSeries, CsvFile } from "#src/domain/workspace.ts";
import { type CellReader, cellReader, dawn, numberWanted } from "#src/sources/csv-cells.ts";
import { type CsvHeader, readHeader } from "#src/sources/csv-header.ts";
import { parseNumber } from "#src/sources/csv-number.ts";
import type { Visit } from "#src/sources/csv-rows.ts";
import { addValue, newTrack, type Track } from "#src/sources/csv-track.ts";
import { type Fault, shownCell } from "#src/sources/fault.ts";

/** What a walk over the rows of a file has met. */
export interface Walked {
  readonly header: CsvHeader;
  readonly tracks: readonly Track[];
  /** Of the header and the cells. */
  readonly faults: readonly Fault[];
  /** Rows below the header that hold anything. */
  readonly count: number;
  /** Rows of a long file whose series the catalogue does not have. */
  readonly unmapped: number;
}

/** A walk over the rows of one file, of which the first is the header. */
export function csvWalk(
  file: CsvFile,
  series: readonly CatalogueSeries[],
): { readonly visit: Visit; readonly end: () => Walked } {
  let walk: Walk | null = null;
  return {
    visit(row, line) {
      if (walk === null) walk = begin(row, file, series);
      else if (walk.header.isReadable) readRow(walk, row, line);
    },
    end: () => walk ?? begin([], file, series),
  };
}

interface Walk extends Walked {
  readonly file: CsvFile;
  readonly faults: Fault[];
  readonly read: CellReader;
  readonly missing: ReadonlySet<string>;
  /** Tracks of a long file by what its series column holds; `null` in a wide one. */
  readonly byName: ReadonlyMap<string, Track> | null;
  /** Tracks that have a column. */
  readonly present: readonly Track[];
  count: number;
  unmapped: number;
}

function begin(row: readonly string[], file: CsvFile, series: readonly CatalogueSeries[]): Walk {
  const header = readHeader(row, file, series);
  const tracks = series.map((each, i) => newTrack(each, header.columns[i] ?? header.value));
  return {
    file,
    header,
    tracks,
    faults: [...header.faults],
    read: cellReader(),
    missing: new Set(file.missing),
    byName: file.layout === "long" ? new Map(tracks.map((track) => [track.series.column, track])) : null,
    present: tracks.filter(({ column }) => column >= 0),
    count: 0,
    unmapped: 0,
  };
}

function readRow(walk: Walk, row: readonly string[], line: number): void {
  if (isBlank(row)) return;
  walk.count++;
  if (!isWhole(walk, row, line)) return;
  if (walk.byName === null) {
    readCells(walk, row, line, walk.present);
    return;
  }
  const name = (row[walk.header.series] ?? "").trim();
  const track = walk.byName.get(name);
  if (track !== undefined) readCells(walk, row, line, [track]);
  else if (name === "") fault(walk, line, walk.header.series, '""', "the name of a series");
  else walk.unmapped++;
}

const isBlank = (row: readonly string[]): boolean =>
  (row[0] ?? "").trim() === "" && row.every((cell) => cell.trim() === "");

function isWhole(walk: Walk, row: readonly string[], line: number): boolean {
  const { cells } = walk.header;
  if (row.length === cells) return true;
  const found = row.length === 1 ? "1 cell" : `${row.length} cells`;
  fault(walk, line, Math.min(row.length, cells + 1) - 1, found, `${cells} cells, as in the header`);
  return false;
}

const fault = ({ faults }: Walk, line: number, column: number, found: string, expected: string): void =>
  void faults.push({ line, column: column + 1, found, expected });

/** Reads one row into the tracks that it has a value for. */
function readCells(walk: Walk, row: readonly string[], line: number, tracks: readonly Track[]): void {
  const { header, read } = walk;
  const dateCell = row[header.date] ?? "";
  const date = read.day(dateCell);
  if (date === null) fault(walk, line, header.date, shownCell(dateCell), "a day that exists, as YYYY-MM-DD");
  const knownAt = readKnownAt(walk, row, line, date);
  // Without its day or known-at a row has no place, but its numbers are judged all the same.
  const place = date === null || knownAt === undefined ? null : { date, knownAt };
  const there = tracks.filter((track) => readValue(walk, row, line, track, place));
  const first = there.filter(keepsSessions).find(({ series }) => !everyDayKinds.includes(series.kind));
  if (first === undefined || date === null || read.isWeekday(date)) return;
  const { id, calendar } = first.series;
  const expected = `a session of ${calendar} (Monday to Friday), since ${id} has a value`;
  fault(walk, line, header.date, shownCell(dateCell), expected);
}

/** A number that stands until the next is of no session: a month ends on a Saturday as well. */
const keepsSessions = ({ series }: Track): boolean => series.staleAfter === null;

/** Puts the value of a track's cell into the track; `false` where the cell says that there is none, or is at fault. */
function readValue(
  walk: Walk,
  row: readonly string[],
  line: number,
  track: Track,
  place: { readonly date: IsoDate; readonly knownAt: Instant | null } | null,
): boolean {
  const cell = (row[track.column] ?? "").trim();
  if (walk.missing.has(cell)) return false;
  const value = parseNumber(cell, track.series.unit, walk.file.delimiter);
  if (value === null) {
    fault(walk, line, track.column, shownCell(cell), numberWanted(cell));
    return false;
  }
  if (place === null) return true;
  addValue(track, place.date, place.knownAt, value, line);
  return true;
}

/** The row's known-at; `null` where it states none, `undefined` where it is at fault. */
function readKnownAt(
  walk: Walk,
  row: readonly string[],
  line: number,
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
  fault(walk, line, header.knownAt, shownCell(cell), expected);
  return undefined;
}
