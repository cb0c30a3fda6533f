import type { Site } from "#src/archive/site.ts";
import type { Call } from "#src/commands/call.ts";
import { outOf } from "#src/commands/job.ts";
import type { Workspace } from "#src/domain/workspace.ts";
import type { Store } from "#src/store/store.ts";

/** Whose archive a workspace has, with the project's templates and words and its own. */
export async function siteOf(workspace: Workspace, root: string): Promise<Site> {
  const { loadLook } = await import("#src/publish.ts");
  const [templates, messages] = await loadLook(workspace, { root });
  const { brand, publications } = workspace;
  return { brand, publications: Object.values(publications), templates, messages };
}

/** Enters what has been published into the search, and writes the lists of issues beside their folders. */
export async function enterArchive(call: Call, workspace: Workspace, store: Store): Promise<void> {
  const { indexNew } = await import("#src/archive/sentences.ts");
  const { writeIndex } = await import("#src/archive/write-index.ts");
  await indexNew(store);
  await writeIndex(outOf(call, workspace.dir), store, await siteOf(workspace, call.around.root));
}
