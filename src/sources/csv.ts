import { createHash } from "node:crypto";
import { type FileHandle, open, readFile } from "node:fs/promises";
import { TidelineError } from "#src/domain/errors.ts";
import type { Gathered } from "#src/domain/series.ts";
import type { CatalogueSeries, CsvFile } from "#src/domain/workspace.ts";
import { listFaults } from "#src/sources/csv-fault.ts";
import { type CsvReading, gapOf, readCsvFile } from "#src/sources/csv-file.ts";

/** What one file gave. */
export interface CsvGathering {
  readonly file: CsvFile;
  /** One for each series of the file, in the order of the catalogue. */
  readonly gathered: CsvReading["gathered"];
  /** SHA-256 of the bytes that were read; `null` where there were none to read. */
  readonly sha256: string | null;
}

/**
 * CSV files of the workspace, long and wide: one answer for each series of the catalogue, in its order.
 *
 * A file that is missing, empty or holds only a header is a gap of its series. Nothing is filled, and no cell is
 * taken for a number that is not certainly one.
 *
 * @throws TidelineError SOURCE_MALFORMED with the problems of all files, each with its line and column
 */
export async function gatherCsv(
  files: Readonly<Record<string, CsvFile>>,
  catalogue: readonly CatalogueSeries[],
): Promise<readonly Gathered[]> {
  const readings = await readCsvFiles(Object.values(files), catalogue);
  const bySeries = new Map(readings.flatMap(({ gathered }) => gathered).map((each) => [each.series, each]));
  return catalogue.map(({ id, file }) => {
    const gathered = bySeries.get(id);
    if (gathered === undefined) throw new RangeError(`series ${id} requires file ${file}`);
    return { ...gathered, observations: [...gathered.observations] };
  });
}

/**
 * The same file by file, with observations that are not kept as objects.
 *
 * @throws TidelineError SOURCE_MALFORMED with the problems of all files
 */
export async function readCsvFiles(
  files: readonly CsvFile[],
  catalogue: readonly CatalogueSeries[],
): Promise<readonly CsvGathering[]> {
  const readings: (CsvGathering & CsvReading)[] = [];
  // One after the other: only one text is held at a time.
  for (const file of files) {
    const series = catalogue.filter((each) => each.file === file.id);
    readings.push({ file, ...(await readOne(file, series)) });
  }
  const problems = listFaults(readings.map(({ file, faults }) => ({ file: file.path, faults })));
  if (problems.length > 0) throw new TidelineError("SOURCE_MALFORMED", "the data cannot be read", problems);
  return readings;
}

async function readOne(
  file: CsvFile,
  series: readonly CatalogueSeries[],
): Promise<CsvReading & Pick<CsvGathering, "sha256">> {
  if (series.length === 0) return { ...gapOf([], "no-rows"), sha256: null };
  try {
    const bytes = await readFile(file.location);
    const sha256 = createHash("sha256").update(bytes).digest("hex");
    return { ...readCsvFile(file, bytes, series), sha256 };
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === undefined || !("syscall" in (error as object))) throw error;
    if (code === "ENOENT" || code === "ENOTDIR") return { ...gapOf(series, "file-missing"), sha256: null };
    const faults = [{ found: code, expected: "a file that can be read" }];
    return { gathered: [], faults, unmapped: 0, sha256: null };
  }
}

/** Enough for few turns to the file, little enough to stay in the processor's cache. */
const chunkBytes = 1 << 19;

/** SHA-256 of a file's bytes, which are not kept; `null` where it cannot be read. */
export async function hashCsvFile({ location }: CsvFile): Promise<string | null> {
  let handle: FileHandle | undefined;
  try {
    handle = await open(location);
    const hash = createHash("sha256");
    const chunk = Buffer.allocUnsafe(chunkBytes);
    for (;;) {
      const { bytesRead } = await handle.read(chunk, 0, chunkBytes);
      if (bytesRead === 0) return hash.digest("hex");
      hash.update(chunk.subarray(0, bytesRead));
    }
  } catch {
    return null;
  } finally {
    await handle?.close();
  }
}
