import { openStore } from "#src/store/open.ts";
import type { Store } from "#src/store/store.ts";
import type { NewPlace } from "#tests/store/places.ts";

/** Works with an empty store, and with others that open the same one; all are closed in the end. */
export const usingStores =
  (place: NewPlace | null) =>
  async (work: (store: Store, again: () => Promise<Store>) => Promise<void>): Promise<void> => {
    if (place === null) return;
    const where = await place();
    await using stack = new AsyncDisposableStack();
    const open = async () => stack.use(await openStore(where));
    await work(await open(), open);
  };
