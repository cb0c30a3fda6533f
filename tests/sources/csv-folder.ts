import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll } from "vitest";
import { type Problem, TidelineError } from "#src/domain/errors.ts";
import type { Gathered } from "#src/domain/series.ts";
import type { CatalogueSeries, CsvFile } from "#src/domain/workspace.ts";
import { gatherFiles } from "#src/sources/files.ts";

/** A series of the catalogue, frozen; its column is its id, its file is `f`. */
export const seriesOf = (id: string, over: Partial<CatalogueSeries> = {}): CatalogueSeries =>
  Object.freeze({
    id,
    name: { en: id, "zh-CN": id },
    short: { en: id, "zh-CN": id },
    prose: { en: id, "zh-CN": id },
    kind: "price",
    unit: "unit",
    currency: null,
    calendar: "NYSE",
    frequency: "daily",
    lag: { sessions: 0, hours: 0 },
    tags: [],
    provider: { en: "p", "zh-CN": "p" },
    source: null,
    staleAfter: null,
    decimals: 2,
    file: "f",
    column: id,
    ...over,
  });

/** A CSV file of the workspace, frozen; wide, with the default markers, unless told otherwise. */
export function fileOf(over: Partial<CsvFile> = {}): CsvFile {
  const isLong = over.layout === "long";
  const columns = {
    date: "date",
    series: isLong ? "series" : null,
    value: isLong ? "value" : null,
    knownAt: null,
  };
  const id = over.id ?? "f";
  return Object.freeze({
    id,
    path: `data/${id}.csv`,
    location: "/nowhere",
    layout: "wide",
    missing: Object.freeze(["", ".", "NA", "ND", "-"]),
    delimiter: ",",
    ...over,
    columns: Object.freeze({ ...columns, ...over.columns }),
  });
}

/** What a test gives beside the text of its file. */
interface Setting {
  readonly file?: Partial<CsvFile>;
  readonly series?: readonly CatalogueSeries[];
}

const wideSeries = [seriesOf("A")];

/** A folder for the CSV files of one test file, removed at its end. */
export function csvFolder() {
  const dir = mkdtempSync(join(tmpdir(), "tideline-csv-"));
  afterAll(() => rmSync(dir, { recursive: true, force: true }));
  let count = 0;
  const put = (content: string | Uint8Array, over: Partial<CsvFile> = {}): CsvFile => {
    const location = join(dir, `${++count}.csv`);
    writeFileSync(location, content);
    return fileOf({ ...over, location });
  };
  const gather = (
    content: string | Uint8Array,
    { file, series = wideSeries }: Setting = {},
  ): Promise<readonly Gathered[]> => gatherFiles({ f: put(content, file) }, series);
  return {
    dir,
    put,
    gather,
    /** Days and values of the first series. */
    values: async (content: string | Uint8Array, setting: Setting = {}) =>
      (await gather(content, setting))[0]?.observations.map(({ date, value }) => [date, value]),
    /** The problems that stop the reading. */
    problems: (content: string | Uint8Array, setting: Setting = {}) => problemsOf(gather(content, setting)),
  };
}

/** The problems of a reading that must fail. */
export async function problemsOf(reading: Promise<unknown>): Promise<readonly Problem[]> {
  const error = await reading.then(
    () => new Error("the reading did not fail"),
    (thrown: unknown) => thrown,
  );
  if (!(error instanceof TidelineError) || error.code !== "SOURCE_MALFORMED") throw error;
  return error.problems;
}
