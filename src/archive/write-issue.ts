import { constants, existsSync, lstatSync, mkdtempSync, renameSync, rmSync } from "node:fs";
import { access, mkdir, open, readdir, stat } from "node:fs/promises";
import { dirname, join } from "node:path";
import { TidelineError } from "#src/domain/errors.ts";

/** Folders being written by this process, each with the place of its issue; an interrupted run removes them before it ends. */
const unfinished = new Map<string, string>();

/** Removes what this process has half written. Synchronous, for use when the process ends. */
export function removeUnfinished(): void {
  for (const [folder, final] of unfinished) {
    try {
      discard(folder, final);
    } catch {
      // The others are removed all the same; a later run sweeps what is left.
    }
  }
}

/** Removes a temporary folder; an earlier issue in it returns to its place first, unless one stands there. */
function discard(folder: string, final: string): void {
  const old = join(folder, "old");
  // Another process may put its own there in between.
  if (existsSync(old) && !existsSync(final)) putBack(old, final);
  rmSync(folder, { recursive: true, force: true, maxRetries: 3 });
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

const attempts = 100;

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
  await sweep(parent);
  const final = join(parent, name);
  // In one step with its registration: no signal comes in between.
  const temporary = mkdtempSync(join(parent, `.${name}-`));
  unfinished.set(temporary, final);
  try {
    const [fresh, old] = [join(temporary, "new"), join(temporary, "old")];
    await mkdir(fresh);
    for (const [file, bytes] of files) await writeFlushed(join(fresh, file), bytes);
    takePlace(fresh, old, final);
  } finally {
    discard(temporary, final);
    unfinished.delete(temporary);
  }
  return final;
}

/** No run writes for so long; what is older was left by a process that was killed. */
const abandonedMs = 3_600_000;

/** The name of a temporary folder: the day of its issue and the six characters that make it the only one. */
const temporaryName = /^\.(\d{4}-\d\d-\d\d)-\w{6}$/;

/** Removes what killed processes left of any issue of a publication; an earlier issue in it returns to its own place. */
async function sweep(parent: string): Promise<void> {
  const left = (await readdir(parent)).flatMap((entry) => {
    const [, day] = temporaryName.exec(entry) ?? [];
    const changed = day === undefined ? null : changedMs(join(parent, entry));
    if (day === undefined || changed === null || Date.now() - changed < abandonedMs) return [];
    return [{ folder: join(parent, entry), final: join(parent, day), changed }];
  });
  // The latest first: of two earlier issues of one day, it is the later that returns.
  for (const { folder, final } of left.sort((a, b) => b.changed - a.changed)) {
    try {
      discard(folder, final);
    } catch (error) {
      // Another user's, who may sweep it: no reason to write no issue.
      if (!["EACCES", "EPERM"].includes(String(codeOf(error)))) throw error;
    }
  }
}

/** When a folder was last changed; `null` where there is none. */
function changedMs(folder: string): number | null {
  const state = lstatSync(folder, { throwIfNoEntry: false });
  return state?.isDirectory() ? state.mtimeMs : null;
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

/** Synchronous: no signal comes between the earlier issue's leaving and the new one's taking its place. */
function takePlace(fresh: string, old: string, final: string): void {
  for (let attempt = 1; ; attempt++) {
    const moved = moveAside(final, old);
    try {
      renameSync(fresh, final);
      return;
    } catch (error) {
      if (moved) putBack(old, final);
      // Another process put its issue there in between: replace that one.
      if (attempt === attempts || !isOccupied(error)) throw error;
    }
  }
}

/** Whether there was an issue to move aside. */
function moveAside(final: string, old: string): boolean {
  try {
    renameSync(final, old);
    return true;
  } catch (error) {
    if (codeOf(error) === "ENOENT") return false;
    throw error;
  }
}

/** The earlier issue returns to its place, unless another process has put a newer one there. */
function putBack(old: string, final: string): void {
  try {
    renameSync(old, final);
  } catch (error) {
    if (!isOccupied(error)) throw error;
    rmSync(old, { recursive: true, force: true });
  }
}

const codeOf = (error: unknown): unknown =>
  error instanceof Error && "code" in error ? error.code : undefined;

const isOccupied = (error: unknown): boolean => ["ENOTEMPTY", "EEXIST"].includes(String(codeOf(error)));
