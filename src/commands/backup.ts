import { type Call, fromCaller, note, requireWord, shown } from "#src/commands/call.ts";
import { storeOf, workspaceOf } from "#src/commands/job.ts";
import type { Contents } from "#src/store/store.ts";

/** `tideline backup`: all that the store holds at one moment, in a new file. Others may go on writing. */
export async function backup(call: Call): Promise<number> {
  const file = fromCaller(call.around, requireWord(call, "backup requires the file to make"));
  const workspace = await workspaceOf(call);
  await using store = await storeOf(call, workspace);
  return tell(call, file, await store.backup(file));
}

/** `tideline restore`: fills a store that holds nothing yet with all that a backup holds, and says what it leaves to a person. */
export async function restore(call: Call): Promise<number> {
  const file = fromCaller(call.around, requireWord(call, "restore requires the file of a backup"));
  const workspace = await workspaceOf(call);
  await using store = await storeOf(call, workspace);
  const { left, ...contents } = await store.restore(file, call.around.now());
  if (left.deliveries + left.slots > 0)
    note(
      call,
      `${left.deliveries} deliveries are left as unknown and ${left.slots} slots as skipped: they may have been sent and made since the backup; \`tideline deliveries\` and \`tideline schedule\` show them`,
    );
  return tell(call, file, contents);
}

function tell({ values, around }: Call, file: string, contents: Contents): number {
  const { series, observations, batches, issues, objects, runs, slots, deliveries, bytes } = contents;
  const held = `${observations} observations of ${series} series in ${batches} batches, ${issues} issues in ${objects} objects, ${runs} runs, ${slots} slots, ${deliveries} deliveries`;
  around.print(
    values.json
      ? JSON.stringify({ file: shown(around, file), ...contents })
      : `${shown(around, file)}: ${held}; ${bytes} bytes, compared`,
  );
  return 0;
}
