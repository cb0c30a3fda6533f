import type { CatalogueSeries, CsvFile } from "#src/domain/workspace.ts";
import { eachRow } from "#src/sources/csv-rows.ts";
import { type Contradiction, contradictionFault, settle, type Track } from "#src/sources/csv-track.ts";
import { csvWalk } from "#src/sources/csv-walk.ts";
import type { Fault } from "#src/sources/fault.ts";
import { type FileReading, gapOf } from "#src/sources/reading.ts";
import { decodeText } from "#src/sources/text.ts";

/** Reads the bytes of one CSV file for the series that are in it. */
export function readCsvFile(
  file: CsvFile,
  bytes: Uint8Array,
  series: readonly CatalogueSeries[],
): FileReading {
  const { text, faults } = decodeText(bytes, file.delimiter);
  if (faults.length > 0) return { gathered: [], faults, unmapped: 0 };
  if (text.trim() === "") return gapOf(series, "file-empty");
  return readText(text, file, series);
}

function readText(text: string, file: CsvFile, series: readonly CatalogueSeries[]): FileReading {
  const walk = csvWalk(file, series);
  const broken = eachRow(text, file.delimiter, walk.visit);
  const { header, tracks, faults: met, count, unmapped } = walk.end();
  const faults = [...broken, ...met];
  if (!header.isReadable) return { gathered: [], faults, unmapped: 0 };
  if (count === 0 && faults.length === 0) return gapOf(series, "file-empty");
  const { gathered, contradictions } = settleAll(tracks);
  return { gathered, faults: [...faults, ...contradictionFaults(contradictions, text, file)], unmapped };
}

function settleAll(tracks: readonly Track[]) {
  const contradictions: Contradiction[] = [];
  const gathered = tracks.map((track): FileReading["gathered"][number] => {
    const { observations, contradictions: own } = settle(track);
    contradictions.push(...own);
    return { series: track.series.id, observations, gap: observations.length === 0 ? "no-rows" : null };
  });
  return { gathered, contradictions };
}

/** The rows are gone through a second time for the cells that contradict one another: none were kept. */
function contradictionFaults(
  contradictions: readonly Contradiction[],
  text: string,
  { delimiter }: CsvFile,
): readonly Fault[] {
  if (contradictions.length === 0) return [];
  const wanted = new Set(contradictions.flatMap(({ first, second }) => [first, second]));
  const rows = new Map<number, readonly string[]>();
  eachRow(text, delimiter, (row, line) => {
    if (wanted.has(line)) rows.set(line, row);
  });
  return contradictions.map((each) =>
    contradictionFault(each, (line, column) => rows.get(line)?.[column] ?? ""),
  );
}
