import { createHash } from "node:crypto";
import { type FileHandle, open, readFile } from "node:fs/promises";
import { TidelineError } from "#src/domain/errors.ts";
import type { Gathered } from "#src/domain/series.ts";
import type { CatalogueSeries, DataFile } from "#src/domain/workspace.ts";
import { readCsvFile } from "#src/sources/csv-file.ts";
import { type Fault, listFaults } from "#src/sources/fault.ts";
import { readNumberList } from "#src/sources/number-list.ts";
import { type FileReading, gapOf } from "#src/sources/reading.ts";

/** What one file gave, and what is wrong with it. */
export interface FileGathering extends Omit<FileReading, "unmapped"> {
  readonly file: DataFile;
  /** SHA-256 of the bytes that were read; `null` where there were none to read. */
  readonly sha256: string | null;
}

/**
 * Files of the workspace, CSV (long and wide) and YAML lists: one answer for each series of the catalogue, in its order.
 *
 * A file that is missing, empty or holds only a header is a gap of its series. Nothing is filled, and no cell is
 * taken for a number that is not certainly one.
 *
 * @param others  what else was read, whose problems are told with those of the files
 * @throws TidelineError SOURCE_MALFORMED with the problems of all files, each with its line and column
 */
export async function gatherFiles(
  files: Readonly<Record<string, DataFile>>,
  catalogue: readonly CatalogueSeries[],
  others: Parameters<typeof requireReadable>[0] = [],
): Promise<readonly Gathered[]> {
  const readings = await readDataFiles(Object.values(files), catalogue);
  requireReadable([...readings, ...others]);
  const bySeries = new Map(readings.flatMap(({ gathered }) => gathered).map((each) => [each.series, each]));
  return catalogue.map(({ id, file }) => {
    const gathered = bySeries.get(id);
    if (gathered === undefined) throw new RangeError(`series ${id} requires file ${file}`);
    return { ...gathered, observations: [...gathered.observations] };
  });
}

/**
 * The same file by file, with observations that are not kept as objects, and with what is wrong: one answer for each series
 * of a file, in the order of the catalogue.
 */
export async function readDataFiles(
  files: readonly DataFile[],
  catalogue: readonly CatalogueSeries[],
): Promise<readonly FileGathering[]> {
  const readings: FileGathering[] = [];
  // One after the other: only one text is held at a time.
  for (const file of files) {
    const series = catalogue.filter((each) => each.file === file.id);
    const { gathered, faults, sha256 } = await readOne(file, series);
    readings.push({ file, gathered, faults, sha256 });
  }
  return readings;
}

/**
 * Refuses what was read where anything is wrong with it.
 *
 * @throws TidelineError SOURCE_MALFORMED with the problems of all files
 */
export function requireReadable(
  readings: readonly { readonly file: { readonly path: string }; readonly faults: readonly Fault[] }[],
): void {
  const problems = listFaults(readings.map(({ file, faults }) => ({ file: file.path, faults })));
  if (problems.length > 0) throw new TidelineError("SOURCE_MALFORMED", "the data cannot be read", problems);
}

async function readOne(
  file: DataFile,
  series: readonly CatalogueSeries[],
): Promise<FileReading & Pick<FileGathering, "sha256">> {
  if (series.length === 0) return { ...gapOf([], "no-rows"), sha256: null };
  const { bytes, fault } = await bytesOf(file.location);
  if (fault !== null) return { gathered: [], faults: [fault], unmapped: 0, sha256: null };
  if (bytes === null) return { ...gapOf(series, "file-missing"), sha256: null };
  const reading = file.layout === "list" ? readNumberList(bytes, series) : readCsvFile(file, bytes, series);
  return { ...reading, sha256: createHash("sha256").update(bytes).digest("hex") };
}

/** The bytes of a file; `null` where there is none. */
export async function bytesOf(
  location: string,
): Promise<{ readonly bytes: Uint8Array | null; readonly fault: Fault | null }> {
  try {
    return { bytes: await readFile(location), fault: null };
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === undefined || !("syscall" in (error as object))) throw error;
    if (code === "ENOENT" || code === "ENOTDIR") return { bytes: null, fault: null };
    return { bytes: null, fault: { found: code, expected: "a file that can be read" } };
  }
}

/** Enough for few turns to the file, little enough to stay in the processor's cache. */
const chunkBytes = 1 << 19;

/** SHA-256 of a file's bytes, which are not kept; `null` where it cannot be read. */
export async function hashFile({ location }: { readonly location: string }): Promise<string | null> {
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
