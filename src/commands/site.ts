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

/** Brings what readers see up to what has been published. */
export async function enterArchive(call: Call, workspace: Workspace, store: Store): Promise<void> {
  const { bringUpToDate } = await import("#src/archive/bring-up-to-date.ts");
  await bringUpToDate(store, outOf(call, workspace.dir), await siteOf(workspace, call.around.root));
}
