import { addRow, newPacked, numberAt, orNull, type Packed, packedRows } from "#src/domain/packed.ts";
import type { Observation, Rows } from "#src/domain/series.ts";
import { dayNumber, dayOfNumber, type Instant, type IsoDate } from "#src/domain/time.ts";
import type { CatalogueSeries } from "#src/domain/workspace.ts";
import { type Fault, shownCell } from "#src/sources/fault.ts";

/** What was read for one series, in the file's order: day, known-at, value and line. */
export interface Track {
  readonly series: CatalogueSeries;
  /** Position of its cells, from 0. */
  readonly column: number;
  readonly rows: Packed;
}

export const newTrack = (series: CatalogueSeries, column: number): Track => ({
  series,
  column,
  rows: newPacked(),
});

/** Adds the value of a line. */
export const addValue = (
  { rows }: Track,
  date: IsoDate,
  knownAt: Instant | null,
  value: number,
  line: number,
): void => addRow(rows, dayNumber(date), knownAt ?? Number.NaN, value, line);

const dayAt = ({ rows }: Track, i: number): number => numberAt(rows, i, 0);
const knownAt = ({ rows }: Track, i: number): Instant | null => orNull(numberAt(rows, i, 1));
const valueAt = ({ rows }: Track, i: number): number => numberAt(rows, i, 2);
const lineAt = ({ rows }: Track, i: number): number => numberAt(rows, i, 3);

/** Two lines that give different values for one day and known-at of a series. */
export interface Contradiction {
  readonly track: Track;
  readonly date: IsoDate;
  readonly first: number;
  readonly second: number;
}

/** A track's observations by day and known-at, each once, and the values that contradict one another. */
export function settle(track: Track): {
  readonly observations: Rows<Observation>;
  readonly contradictions: readonly Contradiction[];
} {
  const positions = Array.from({ length: packedRows(track.rows) }, (_, i) => i);
  const isSettled = positions.every((i) => i === 0 || compare(track, i - 1, i) < 0);
  if (isSettled) return { observations: observationsAt(track, null), contradictions: [] };
  const kept: number[] = [];
  const contradictions: Contradiction[] = [];
  for (const i of positions.sort((a, b) => compare(track, a, b) || a - b)) {
    const before = kept.at(-1);
    if (before === undefined || compare(track, before, i) !== 0) kept.push(i);
    else if (valueAt(track, before) !== valueAt(track, i)) {
      const date = dayOfNumber(dayAt(track, i));
      contradictions.push({ track, date, first: lineAt(track, before), second: lineAt(track, i) });
    }
  }
  return { observations: observationsAt(track, kept), contradictions };
}

/** By day and known-at; values without known-at stand first. */
const compare = (track: Track, a: number, b: number): number =>
  dayAt(track, a) - dayAt(track, b) || moment(track, a) - moment(track, b);

const moment = (track: Track, i: number): number => knownAt(track, i) ?? Number.MIN_SAFE_INTEGER;

/** The observations at positions; `null` for all as they stand. */
const observationsAt = (track: Track, positions: readonly number[] | null): Rows<Observation> => ({
  length: positions?.length ?? packedRows(track.rows),
  *[Symbol.iterator]() {
    for (let i = 0; i < this.length; i++) {
      const at = positions?.[i] ?? i;
      yield { date: dayOfNumber(dayAt(track, at)), knownAt: knownAt(track, at), value: valueAt(track, at) };
    }
  },
});

/** @param cellOn  the text of a cell by its line and position */
export function contradictionFault(
  { track, date, first, second }: Contradiction,
  cellOn: (line: number, column: number) => string,
): Fault {
  const cell = (line: number) => shownCell(cellOn(line, track.column));
  return {
    line: second,
    column: track.column + 1,
    found: `${cell(second)} for ${track.series.id} on ${date}, where line ${first} has ${cell(first)}`,
    expected: "one value a day, or a known_at that tells the revisions apart",
  };
}
