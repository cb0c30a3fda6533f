import { chmod, cp, mkdir, mkdtemp, readdir, rename, rm } from "node:fs/promises";
import { dirname, join } from "node:path";
import { type Call, fromCaller, requireWord, shown } from "#src/commands/call.ts";
import { TidelineError } from "#src/domain/errors.ts";

/** `tideline init`: makes a new workspace that runs at once. */
export async function init(call: Call): Promise<number> {
  const { around } = call;
  const folder = fromCaller(around, requireWord(call, "init requires the folder to make"));
  await make(around.root, folder, shown(around, folder));
  around.print(
    `${shown(around, folder)} is a workspace on simulated data; next: tideline run --workspace ${shown(around, folder)}`,
  );
  return 0;
}

/** Copies the sample's configuration and data into a new or empty folder; one that holds something is refused. */
async function make(root: string, folder: string, name: string): Promise<void> {
  const found = await readdir(folder).catch(missingOnly);
  if (found !== null && found.length > 0) {
    throw new TidelineError("USAGE", "init requires a new or empty folder", [
      { file: name, found: `${found.length} entries`, expected: "none" },
    ]);
  }
  // An empty folder is filled where it is: whoever stands in it would be left without one if it were replaced.
  if (found !== null) return copySample(root, folder);
  await mkdir(dirname(folder), { recursive: true });
  const temporary = await mkdtemp(`${folder}-`);
  try {
    await copySample(root, temporary);
    await chmod(temporary, 0o755);
    await rename(temporary, folder);
  } finally {
    await rm(temporary, { recursive: true, force: true });
  }
}

async function copySample(root: string, folder: string): Promise<void> {
  for (const part of [
    "tideline.yaml",
    "data",
    "commentary",
    "docs/tideline.schema.json",
    "docs/configuration.md",
  ])
    await cp(join(root, part), join(folder, part), { recursive: true });
}

function missingOnly(error: NodeJS.ErrnoException): null {
  if (error.code === "ENOENT") return null;
  throw error;
}
