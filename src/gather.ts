import type { Given } from "#src/domain/as-of.ts";
import type { GivenList } from "#src/domain/declared.ts";
import type { Entry, RememberedEntry } from "#src/domain/entry.ts";
import type { GapReason, Observation, Remembered, Rows } from "#src/domain/series.ts";
import type { Instant } from "#src/domain/time.ts";
import type { CatalogueSeries, DataFile, Workspace } from "#src/domain/workspace.ts";
import { changedLists, givenOf, listName, loadOfList } from "#src/gather-declared.ts";
import { sha256 } from "#src/render/digest.ts";
import { type DeclaredReading, readDeclared } from "#src/sources/declared-list.ts";
import {
  type FileGathering,
  gatherFiles,
  hashFile,
  readDataFiles,
  requireReadable,
} from "#src/sources/files.ts";
import type { Load, Store } from "#src/store/store.ts";

/**
 * The name under which the store remembers a series: its place in its file, and a mark of all that decides what its
 * numbers mean. Where the configuration reads it otherwise (another unit, another column of values), it is another
 * series, whose history counts from its own days; the same rows are not taken for corrections.
 */
export function storedName({ files }: Workspace, { file, column, unit }: CatalogueSeries): string {
  const read = files[file];
  const how = read && [...howRead(read), unit];
  return `${file}/${column}#${sha256(JSON.stringify(how)).slice(0, 12)}`;
}

/** All that decides how the cells of a file are read. */
const howRead = (file: DataFile): readonly unknown[] =>
  file.layout === "list" ? [file.layout] : [file.layout, file.columns, file.missing, file.delimiter];

/** One mark for all the names: another one, and the configuration reads other numbers. */
export const readingsOf = (workspace: Workspace): string =>
  sha256(
    [
      ...new Set(workspace.catalogue.map((series) => storedName(workspace, series))),
      ...workspace.declared.map(({ kind }) => listName(kind)),
    ]
      .toSorted()
      .join("\n"),
  );

/** What a gathering found. */
export interface Gathering {
  readonly files: number;
  /** Files that are as they were when they were last gathered. */
  readonly unchanged: number;
  readonly added: number;
  readonly revised: number;
  readonly withdrawn: number;
  /** Series and lists of which their file gives nothing now, and why; the store may remember what was before. */
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
  const changed: DataFile[] = [];
  for (const file of files) if (!(await isKnown(workspace, file, store))) changed.push(file);
  const lists = await changedLists(workspace, store);
  const readings = await readDataFiles(changed, workspace.catalogue);
  const declared = await readDeclared(lists, workspace);
  requireReadable([...readings, ...declared]);
  const loads = [
    ...readings.map((reading) => [reading.file.path, loadOf(workspace, reading)] as const),
    ...declared.map((reading) => [reading.file.path, loadOfList(workspace, reading)] as const),
  ];
  const sum = { added: 0, revised: 0, withdrawn: 0 };
  for (const [path, load] of loads) {
    if (load === null) continue;
    const { added, revised, withdrawn } = await store.load({ ...load, now: now() });
    sum.added += added;
    sum.revised += revised;
    sum.withdrawn += withdrawn;
    done(path, { added, revised, withdrawn });
  }
  const all = files.length + workspace.declared.length;
  const unchanged = all - changed.length - lists.length;
  return { files: all, unchanged, ...sum, gaps: gapsOf(readings, declared) };
}

function gapsOf(readings: readonly FileGathering[], declared: readonly DeclaredReading[]): Gathering["gaps"] {
  const told = [
    ...readings.flatMap(({ gathered }) => gathered.map(({ series, gap }) => [series, gap] as const)),
    ...declared.map(({ file, gap }) => [listName(file.kind), gap] as const),
  ];
  return Object.fromEntries(told.flatMap(([name, gap]) => (gap === null ? [] : [[name, gap]])));
}

/** What a file gives the store; nothing where it is missing or empty, which withdraws nothing. */
function loadOf(
  workspace: Workspace,
  { file, gathered, sha256: content }: FileGathering,
): Omit<Load, "now"> | null {
  if (content === null || gathered.every(isWholeGap)) return null;
  const digest = digestOf(workspace, file, content);
  return { source: file.id, digest, ...stored(workspace, file, gathered) };
}

/**
 * Straight from the files: what a panel and the declared lists are made from, without a store.
 *
 * @throws {TidelineError} `SOURCE_MALFORMED` with the problems of all files
 */
export async function readAll(
  workspace: Workspace,
): Promise<{ readonly given: readonly Given[]; readonly declared: readonly GivenList[] }> {
  const declared = await readDeclared(workspace.declared, workspace);
  const given = await gatherFiles(workspace.files, workspace.catalogue, declared);
  return { given, declared: declared.map(givenOf) };
}

/**
 * What a file gave, under the names of the store; two series of the catalogue may read one column in one way. A number of a
 * list is kept as an entry, with the source that it names: where only that is mended, it is a revision too.
 */
function stored(
  workspace: Workspace,
  { layout }: DataFile,
  gathered: FileGathering["gathered"],
): Pick<Load, "gathered" | "lists"> {
  const names = new Map(workspace.catalogue.map((series) => [series.id, storedName(workspace, series)]));
  const renamed = [...new Map(gathered.map((each) => [names.get(each.series) ?? each.series, each]))];
  if (layout !== "list") return { gathered: renamed.map(([series, each]) => ({ ...each, series })) };
  const lists = renamed.map(([name, { observations }]) => ({
    name,
    entries: Array.from(observations, entryOf),
  }));
  return { gathered: [], lists };
}

const entryOf = ({ date, knownAt, value, source }: Observation): Entry => ({
  key: date,
  knownAt,
  value: JSON.stringify([value, ...(source === undefined ? [] : [source.en, source["zh-CN"]])]),
});

function rowOf({ key, knownAt, value: text, recordedAt }: RememberedEntry): Remembered {
  const row = { date: key, knownAt, recordedAt };
  if (text === null) return { ...row, value: null };
  const [value, en, zh] = JSON.parse(text) as [number, ...string[]];
  return { ...row, value, ...(en === undefined || zh === undefined ? {} : { source: { en, "zh-CN": zh } }) };
}

const isWholeGap = ({ gap }: FileGathering["gathered"][number]): boolean =>
  gap === "file-missing" || gap === "file-empty";

/** Whether a file is as it was when it was last gathered. One that cannot be read is not: reading it will tell. */
async function isKnown(workspace: Workspace, file: DataFile, store: Store): Promise<boolean> {
  const before = await store.digestOf(file.id);
  if (before === null) return false;
  const content = await hashFile(file);
  return content !== null && digestOf(workspace, file, content) === before;
}

/** SHA-256 of a file's content and of all that decides how it is read. */
function digestOf({ catalogue }: Workspace, file: DataFile, content: string): string {
  const series = catalogue
    .filter((each) => each.file === file.id)
    .map(({ column, unit, calendar }) => [column, unit, calendar]);
  const how = JSON.stringify([...howRead(file), series]);
  return sha256(`${how}\n${content}`);
}

/** What the store remembers of the catalogue, up to a batch; a series of which it has nothing has its gap. */
export async function recall(
  workspace: Workspace,
  store: Store,
  upTo: number,
  gaps: Gathering["gaps"],
): Promise<readonly Given[]> {
  const { catalogue, files } = workspace;
  const isListed = ({ file }: CatalogueSeries): boolean => files[file]?.layout === "list";
  const namesOf = (all: readonly CatalogueSeries[]) => all.map((series) => storedName(workspace, series));
  const inFiles = catalogue.filter((series) => !isListed(series));
  const inLists = catalogue.filter(isListed);
  const rows = await store.remembered(namesOf(inFiles), upTo);
  const entries = await store.entries(namesOf(inLists), upTo);
  const known = new Map<CatalogueSeries, Rows<Remembered>>([
    ...inFiles.map((series, i) => [series, rows[i] ?? []] as const),
    ...inLists.map((series, i) => [series, (entries[i] ?? []).map(rowOf)] as const),
  ]);
  return catalogue.map((series) => {
    const { id } = series;
    const observations = known.get(series) ?? [];
    return { series: id, observations, gap: observations.length > 0 ? null : (gaps[id] ?? "no-rows") };
  });
}
