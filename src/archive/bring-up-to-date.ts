import { indexNew } from "#src/archive/sentences.ts";
import type { Site } from "#src/archive/site.ts";
import { writeIndex } from "#src/archive/write-index.ts";
import type { Store } from "#src/store/store.ts";

/** Enters what has been published into the search, and writes the lists of issues beside their folders. Returns how many were new. */
export async function bringUpToDate(store: Store, out: string, site: Site): Promise<number> {
  const entered = await indexNew(store);
  await writeIndex(out, store, site);
  return entered;
}
