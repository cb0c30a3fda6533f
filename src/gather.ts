import type { GapReason } from "#src/domain/series.ts";
import type { Instant } from "#src/domain/time.ts";
import type { CsvFile, Workspace } from "#src/domain/workspace.ts";
import { sha256 } from "#src/render/digest.ts";
import { type CsvGathering, hashCsvFile, readCsvFiles } from "#src/sources/csv.ts";
import type { Store } from "#src/store/store.ts";

/** What a gathering found. */
export interface Gathering {
  readonly files: number;
  /** Files that are as they were when they were last gathered. */
  readonly unchanged: number;
  readonly added: number;
  readonly revised: number;
  readonly withdrawn: number;
  /** Series of which their file gives nothing now, and why; the store may remember earlier values. */
  readonly gaps: ReadonlyMap<string, GapReason>;
}

/** Told after each file, with counts worth knowing. */
export type FileDone = (file: string, counts: Readonly<Record<string, number>>) => void;

/**
 * Reads what has changed since it was last gathered into the store: each file whole or not at all.
 *
 * All changed files are read before the first is loaded, so that malformed input anywhere leaves everything as it was.
 * A file that is missing or empty withdraws nothing: it is a gap, and what it gave before is remembered.
 *
 * @param known  the store, if there is one already
 * @param open  opens the store, and makes it where there is none; called once all input was read
 * @throws {TidelineError} `SOURCE_MALFORMED` with the problems of all files
 */
export async function gather(
  workspace: Workspace,
  known: Store | null,
  open: () => Promise<Store>,
  now: () => Instant,
  done: FileDone = () => {},
): Promise<{ readonly store: Store; readonly gathering: Gathering }> {
  const files = Object.values(workspace.files);
  const changed: CsvFile[] = [];
  for (const file of files) if (!(await isKnown(workspace, file, known))) changed.push(file);
  const readings = await readCsvFiles(changed, workspace.catalogue);
  const store = known ?? (await open());
  const sum = { added: 0, revised: 0, withdrawn: 0 };
  for (const { file, gathered, sha256: content } of readings) {
    if (content === null || gathered.every(isWholeGap)) continue;
    const { added, revised, withdrawn } = await store.load({
      source: file.id,
      digest: digestOf(workspace, file, content),
      gathered,
      now: now(),
    });
    sum.added += added;
    sum.revised += revised;
    sum.withdrawn += withdrawn;
    done(file.path, { added, revised, withdrawn });
  }
  const gaps = new Map(
    readings.flatMap(({ gathered }) =>
      gathered.flatMap(({ series, gap }) => (gap === null ? [] : [[series, gap] as const])),
    ),
  );
  const unchanged = files.length - changed.length;
  return { store, gathering: { files: files.length, unchanged, ...sum, gaps } };
}

const isWholeGap = ({ gap }: CsvGathering["gathered"][number]): boolean =>
  gap === "file-missing" || gap === "file-empty";

/** Whether a file is as it was when it was last gathered. One that cannot be read is not: reading it will tell. */
async function isKnown(workspace: Workspace, file: CsvFile, known: Store | null): Promise<boolean> {
  const before = await known?.digestOf(file.id);
  if (before === undefined || before === null) return false;
  const content = await hashCsvFile(file);
  return content !== null && digestOf(workspace, file, content) === before;
}

/** SHA-256 of a file's content and of all that decides how it is read. */
function digestOf({ catalogue }: Workspace, file: CsvFile, content: string): string {
  const { layout, columns, missing, delimiter } = file;
  const series = catalogue
    .filter((each) => each.file === file.id)
    .map(({ id, column, kind, unit, calendar }) => [id, column, kind, unit, calendar]);
  const how = JSON.stringify([layout, columns, missing, delimiter, series]);
  return sha256(`${how}\n${content}`);
}

/** What the store remembers of the catalogue, up to a batch; a series of which it has nothing has its gap. */
export async function recall({ catalogue }: Workspace, store: Store, upTo: number, gaps: Gathering["gaps"]) {
  const rows = await store.remembered(
    catalogue.map(({ id }) => id),
    upTo,
  );
  return catalogue.map(({ id }, i) => {
    const observations = rows[i] ?? [];
    return { series: id, observations, gap: observations.length > 0 ? null : (gaps.get(id) ?? "no-rows") };
  });
}
