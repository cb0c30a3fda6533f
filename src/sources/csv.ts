import { readFile } from "node:fs/promises";
import { TidelineError } from "#src/domain/errors.ts";
import type { Gathered } from "#src/domain/series.ts";
import type { CatalogueSeries, CsvFile } from "#src/domain/workspace.ts";
import { listFaults } from "#src/sources/csv-fault.ts";
import { type CsvReading, gapOf, readCsvFile } from "#src/sources/csv-file.ts";

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
  const readings = await Promise.all(
    Object.values(files).map(async (file) => {
      const series = catalogue.filter((each) => each.file === file.id);
      return { file: file.path, ...(await readOne(file, series)) };
    }),
  );
  const problems = listFaults(readings);
  if (problems.length > 0) throw new TidelineError("SOURCE_MALFORMED", "the data cannot be read", problems);
  const bySeries = new Map(readings.flatMap(({ gathered }) => gathered).map((each) => [each.series, each]));
  return catalogue.map(({ id, file }) => {
    const gathered = bySeries.get(id);
    if (gathered === undefined) throw new RangeError(`series ${id} requires file ${file}`);
    return gathered;
  });
}

async function readOne(file: CsvFile, series: readonly CatalogueSeries[]): Promise<CsvReading> {
  if (series.length === 0) return gapOf([], "no-rows");
  try {
    return readCsvFile(file, await readFile(file.location), series);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === undefined || !("syscall" in (error as object))) throw error;
    if (code === "ENOENT" || code === "ENOTDIR") return gapOf(series, "file-missing");
    return { gathered: [], faults: [{ found: code, expected: "a file that can be read" }], unmapped: 0 };
  }
}
