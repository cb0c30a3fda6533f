import { type Call, note, progressOf, type Tell } from "#src/commands/call.ts";
import { storeOf, workspaceOf } from "#src/commands/job.ts";
import type { Workspace } from "#src/domain/workspace.ts";
import { type Gathering, gather as load } from "#src/gather.ts";
import type { Store } from "#src/store/store.ts";

/** `tideline gather`: loads what has changed, each file whole or not at all. */
export async function gather(call: Call): Promise<number> {
  const workspace = await workspaceOf(call);
  await using store = await storeOf(call, workspace);
  const { gaps, ...counts } = await gatherInto(call, progressOf(call), workspace, store);
  if (call.values.json) call.around.print(JSON.stringify({ ...counts, gaps }));
  else call.around.print(inWords({ gaps, ...counts }));
  return 0;
}

/** So many values do not vanish from a file by correction: it may be half copied. */
const many = 20;

/** Loads what has changed into the store, and tells the progress. */
export async function gatherInto(
  call: Call,
  progress: Tell,
  workspace: Workspace,
  store: Store,
): Promise<Gathering> {
  const gathering = await load(workspace, store, call.around.now, (file, counts) => {
    progress("load", { file, ...counts });
    const { withdrawn = 0 } = counts;
    if (withdrawn >= many)
      note(
        call,
        `${file}: ${withdrawn} values that it gave before are gone from it and do not count from now on; if it is not whole, put the whole file back and gather again`,
      );
  });
  const { gaps, ...counts } = gathering;
  progress("gather", counts);
  for (const [series, gap] of Object.entries(gaps)) note(call, `${series}: ${gap}`);
  return gathering;
}

function inWords({ files, unchanged, added, revised, withdrawn, gaps }: Gathering): string {
  const missing = Object.keys(gaps).length;
  const found = `${files} files, ${unchanged} unchanged: ${added} values added, ${revised} revised, ${withdrawn} withdrawn`;
  return missing === 0
    ? found
    : `${found}; ${missing} series without values: ${Object.keys(gaps).join(", ")}`;
}
