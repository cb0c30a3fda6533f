import { constants, existsSync, renameSync, rmSync } from "node:fs";
import { access, mkdir, mkdtemp, open, readdir, rename, rm, stat } from "node:fs/promises";
import { dirname, join } from "node:path";
import { TidelineError } from "#src/domain/errors.ts";

/** Folders being written by this process; an interrupted run removes them before it ends. */
const unfinished = new Map<string, string>();

/** Removes what this process has half written. Synchronous, for use in a signal handler. */
export function removeUnfinished(): void {
  for (const [folder, final] of unfinished) {
    // Between the two renames the earlier issue lies in here.
    const old = join(folder, "old");
    if (existsSync(old) && !existsSync(final)) renameSync(old, final);
    rmSync(folder, { recursive: true, force: true, maxRetries: 3 });
  }
}

/**
 * Fails where a folder cannot be written, before the work that would be lost. It makes nothing: the nearest folder that
 * exists is asked.
 */
export async function requireWritable(folder: string): Promise<void> {
  const state = await stat(folder).catch((error: NodeJS.ErrnoException) => error);
  if (!(state instanceof Error)) {
    if (!state.isDirectory()) {
      throw new TidelineError("USAGE", "the issue cannot be written", [
        { file: folder, found: "a file", expected: "a folder, or none yet" },
      ]);
    }
    return access(folder, constants.W_OK | constants.X_OK);
  }
  // Below a file there is none: the file itself is told.
  if (!["ENOENT", "ENOTDIR"].includes(state.code ?? "") || dirname(folder) === folder) throw state;
  await requireWritable(dirname(folder));
}

const attempts = 5;

/**
 * Writes an issue's files as `<parent>/<name>`: the whole folder appears at once or not at all.
 *
 * Files go into a temporary folder beside it, are flushed, and the folder is renamed. An earlier issue of
 * the same name is moved aside first and put back if the new one cannot take its place; when two
 * processes write the same issue, one whole issue stands at the end.
 */
export async function writeIssue(
  parent: string,
  name: string,
  files: ReadonlyMap<string, Uint8Array>,
): Promise<string> {
  await mkdir(parent, { recursive: true });
  await sweep(parent, name);
  const temporary = await mkdtemp(join(parent, `.${name}-`));
  unfinished.set(temporary, join(parent, name));
  try {
    const [fresh, old] = [join(temporary, "new"), join(temporary, "old")];
    await mkdir(fresh);
    for (const [file, bytes] of files) await writeFlushed(join(fresh, file), bytes);
    await takePlace(fresh, old, join(parent, name));
  } finally {
    await rm(temporary, { recursive: true, force: true });
    unfinished.delete(temporary);
  }
  return join(parent, name);
}

/** No run writes for so long; what is older was left by a process that was killed. */
const abandonedMs = 3_600_000;

/** Removes what killed processes left of this issue; an earlier issue that lies in there returns to its place. */
async function sweep(parent: string, name: string): Promise<void> {
  const left = (await readdir(parent)).filter((entry) => entry.startsWith(`.${name}-`));
  for (const folder of left.map((entry) => join(parent, entry))) {
    const changed = await stat(folder).then(
      ({ mtimeMs }) => mtimeMs,
      () => Number.POSITIVE_INFINITY,
    );
    if (Date.now() - changed < abandonedMs) continue;
    const [old, final] = [join(folder, "old"), join(parent, name)];
    if (existsSync(old) && !existsSync(final)) await rename(old, final);
    await rm(folder, { recursive: true, force: true });
  }
}

async function writeFlushed(path: string, bytes: Uint8Array): Promise<void> {
  const file = await open(path, "wx", 0o644);
  try {
    await file.writeFile(bytes);
    await file.sync();
  } finally {
    await file.close();
  }
}

async function takePlace(fresh: string, old: string, final: string): Promise<void> {
  for (let attempt = 1; ; attempt++) {
    const moved = await rename(final, old).then(() => true, isMissing);
    try {
      await rename(fresh, final);
      return;
    } catch (error) {
      if (moved) await putBack(old, final);
      // Another process put its issue there in between: replace that one.
      if (attempt === attempts || !isOccupied(error)) throw error;
    }
  }
}

/** The earlier issue returns to its place, unless another process has put a newer one there. */
async function putBack(old: string, final: string): Promise<void> {
  try {
    await rename(old, final);
  } catch (error) {
    if (!isOccupied(error)) throw error;
    await rm(old, { recursive: true, force: true });
  }
}

const codeOf = (error: unknown): unknown =>
  error instanceof Error && "code" in error ? error.code : undefined;

function isMissing(error: unknown): false {
  if (codeOf(error) === "ENOENT") return false;
  throw error;
}

const isOccupied = (error: unknown): boolean => ["ENOTEMPTY", "EEXIST"].includes(String(codeOf(error)));
