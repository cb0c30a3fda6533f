import type { Observation } from "#src/domain/series.ts";
import type { Instant, IsoDate } from "#src/domain/time.ts";
import type { CatalogueSeries } from "#src/domain/workspace.ts";
import { type Fault, shownCell } from "#src/sources/csv-fault.ts";
import type { CsvRows } from "#src/sources/csv-rows.ts";

/** What was read for one series, in the file's order: parallel arrays, since a file may hold a million rows. */
export interface Track {
  readonly series: CatalogueSeries;
  /** Position of its cells, from 0. */
  readonly column: number;
  readonly dates: IsoDate[];
  readonly knownAt: (Instant | null)[];
  readonly values: number[];
  readonly rows: number[];
}

export const newTrack = (series: CatalogueSeries, column: number): Track => ({
  series,
  column,
  dates: [],
  knownAt: [],
  values: [],
  rows: [],
});

/** A track's observations by day and known-at, each once; values that contradict one another are faults. */
export function settle(
  track: Track,
  rows: CsvRows,
): { observations: readonly Observation[]; faults: readonly Fault[] } {
  const faults: Fault[] = [];
  const kept: number[] = [];
  for (const i of order(track)) {
    const before = kept.at(-1);
    if (before === undefined || compare(track, before, i) !== 0) kept.push(i);
    else if (track.values[before] !== track.values[i]) faults.push(contradiction(track, rows, before, i));
  }
  const observations = kept.map((i) => ({
    date: dateAt(track, i),
    knownAt: track.knownAt[i] ?? null,
    value: track.values[i] ?? 0,
  }));
  return { observations, faults };
}

/** Positions by day, known-at and row; values without known-at stand first. */
function order(track: Track): readonly number[] {
  const positions = Array.from(track.dates, (_, i) => i);
  const isOrdered = positions.every((i) => i === 0 || compare(track, i - 1, i) <= 0);
  return isOrdered ? positions : positions.sort((a, b) => compare(track, a, b) || a - b);
}

function compare(track: Track, a: number, b: number): number {
  const [dateA, dateB] = [dateAt(track, a), dateAt(track, b)];
  if (dateA !== dateB) return dateA < dateB ? -1 : 1;
  return knownAt(track, a) - knownAt(track, b);
}

const dateAt = (track: Track, i: number): IsoDate => track.dates[i] ?? "";
const knownAt = (track: Track, i: number): number => track.knownAt[i] ?? Number.MIN_SAFE_INTEGER;

function contradiction(track: Track, rows: CsvRows, first: number, second: number): Fault {
  const cell = (i: number) => shownCell(rows.rows[track.rows[i] ?? 0]?.[track.column] ?? "");
  const line = (i: number) => rows.lineOf(track.rows[i] ?? 0);
  return {
    line: line(second),
    column: track.column + 1,
    found: `${cell(second)} for ${track.series.id} on ${dateAt(track, second)}, where line ${line(first)} has ${cell(first)}`,
    expected: "one value a day, or a known_at that tells the revisions apart",
  };
}
