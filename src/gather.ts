import type { Given } from "#src/domain/as-of.ts";
import type { GapReason } from "#src/domain/series.ts";
import type { Instant } from "#src/domain/time.ts";
import type { CatalogueSeries, CsvFile, Workspace } from "#src/domain/workspace.ts";
import { sha256 } from "#src/render/digest.ts";
import { type CsvGathering, hashCsvFile, readCsvFiles } from "#src/sources/csv.ts";
import type { Store } from "#src/store/store.ts";

/**
 * The name under which the store remembers a series: its place in its file, and a mark of all that decides what its
 * numbers mean. Where the configuration reads it otherwise (another unit, another column of values), it is another
 * series, whose history counts from its own days; the same rows are not taken for corrections.
 */
export function storedName({ files }: Workspace, { file, column, unit }: CatalogueSeries): string {
  const read = files[file];
  const how = read && [read.layout, read.columns, read.missing, read.delimiter, unit];
  return `${file}/${column}#${sha256(JSON.stringify(how)).slice(0, 12)}`;
}

/** One mark for all the names: another one, and the configuration reads other numbers. */
export const readingsOf = (workspace: Workspace): string =>
  sha256(
    [...new Set(workspace.catalogue.map((series) => storedName(workspace, series)))].toSorted().join("\n"),
  );

/** What a gathering found. */
export interface Gathering {
  readonly files: number;
  /** Files that are as they were when they were last gathered. */
  readonly unchanged: number;
  readonly added: number;
  readonly revised: number;
  readonly withdrawn: number;
  /** Series of which their file gives nothing now, and why; the store may remember earlier values. */
  readonly gaps: Readonly<Record<string, GapReason>>;
}

/** Told after each file, with counts worth knowing. */
export type FileDone = (file: string, counts: Readonly<Record<string, number>>) => void;

/**
 * Reads what has changed since it was last gathered into the store: each file whole or not at all.
 *
 * All changed files are read before the first is loaded, so that malformed input anywhere leaves everything as it was.
 * A file that is missing or empty withdraws nothing: it is a gap, and what it gave before is remembered.
 *
 * @throws {TidelineError} `SOURCE_MALFORMED` with the problems of all files
 */
export async function gather(
  workspace: Workspace,
  store: Store,
  now: () => Instant,
  done: FileDone = () => {},
): Promise<Gathering> {
  const files = Object.values(workspace.files);
  const changed: CsvFile[] = [];
  for (const file of files) if (!(await isKnown(workspace, file, store))) changed.push(file);
  const readings = await readCsvFiles(changed, workspace.catalogue);
  const sum = { added: 0, revised: 0, withdrawn: 0 };
  for (const { file, gathered, sha256: content } of readings) {
    if (content === null || gathered.every(isWholeGap)) continue;
    const { added, revised, withdrawn } = await store.load({
      source: file.id,
      digest: digestOf(workspace, file, content),
      gathered: stored(workspace, gathered),
      now: now(),
    });
    sum.added += added;
    sum.revised += revised;
    sum.withdrawn += withdrawn;
    done(file.path, { added, revised, withdrawn });
  }
  const gaps = Object.fromEntries(
    readings.flatMap(({ gathered }) =>
      gathered.flatMap(({ series, gap }) => (gap === null ? [] : [[series, gap]])),
    ),
  );
  const unchanged = files.length - changed.length;
  return { files: files.length, unchanged, ...sum, gaps };
}

/** What a file gave, under the names of the store; two series of the catalogue may read one column in one way. */
function stored(workspace: Workspace, gathered: CsvGathering["gathered"]): CsvGathering["gathered"] {
  const names = new Map(workspace.catalogue.map((series) => [series.id, storedName(workspace, series)]));
  const renamed = new Map(gathered.map((each) => [names.get(each.series) ?? each.series, each]));
  return [...renamed].map(([series, each]) => ({ ...each, series }));
}

const isWholeGap = ({ gap }: CsvGathering["gathered"][number]): boolean =>
  gap === "file-missing" || gap === "file-empty";

/** Whether a file is as it was when it was last gathered. One that cannot be read is not: reading it will tell. */
async function isKnown(workspace: Workspace, file: CsvFile, store: Store): Promise<boolean> {
  const before = await store.digestOf(file.id);
  if (before === null) return false;
  const content = await hashCsvFile(file);
  return content !== null && digestOf(workspace, file, content) === before;
}

/** SHA-256 of a file's content and of all that decides how it is read. */
function digestOf({ catalogue }: Workspace, file: CsvFile, content: string): string {
  const { layout, columns, missing, delimiter } = file;
  const series = catalogue
    .filter((each) => each.file === file.id)
    .map(({ column, unit, calendar }) => [column, unit, calendar]);
  const how = JSON.stringify([layout, columns, missing, delimiter, series]);
  return sha256(`${how}\n${content}`);
}

/** What the store remembers of the catalogue, up to a batch; a series of which it has nothing has its gap. */
export async function recall(
  workspace: Workspace,
  store: Store,
  upTo: number,
  gaps: Gathering["gaps"],
): Promise<readonly Given[]> {
  const { catalogue } = workspace;
  const rows = await store.remembered(
    catalogue.map((series) => storedName(workspace, series)),
    upTo,
  );
  return catalogue.map(({ id }, i) => {
    const observations = rows[i] ?? [];
    return { series: id, observations, gap: observations.length > 0 ? null : (gaps[id] ?? "no-rows") };
  });
}
