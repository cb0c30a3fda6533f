import { knownAtRule } from "#src/calendar/known-at.ts";
import { loadWorkspace } from "#src/config/load.ts";
import { asOfPanel } from "#src/domain/as-of.ts";
import { gather, recall } from "#src/gather.ts";
import { sha256 } from "#src/render/digest.ts";
import { openStore, type StorePlace } from "#src/store/open.ts";
import { timed } from "./figures.ts";

/*
 * One measurement of the store in a process of its own, as in a run: started by store.ts with what is to be measured,
 * the folder of the workspace, and the store's place; prints the milliseconds and the peak of the process's memory.
 */

/** Series of the panel that is read. */
const panelSeries = 150;

const [name = "", folder = "", place = ""] = process.argv.slice(2);
const storePlace = JSON.parse(place) as StorePlace;
const workspace = await loadWorkspace(folder, {});

/** What is measured, by name: the milliseconds of its parts. */
const measurements: Readonly<Record<string, () => Promise<readonly number[]>>> = {
  /** Into a store that is made for it. */
  async gather() {
    const start = performance.now();
    await using store = await openStore(storePlace);
    await gather(workspace, store, Date.now);
    return [performance.now() - start];
  },

  /** Into a store that is there and open. */
  async again() {
    await using store = await openStore(storePlace);
    const [ms] = await timed(() => gather(workspace, store, Date.now));
    return [ms];
  },

  /** What is remembered becomes a panel; then its columns are digested. */
  async panel() {
    await using store = await openStore(storePlace);
    const upTo = await store.lastBatch();
    const catalogue = workspace.catalogue.slice(0, panelSeries);
    const [ms, { columns }] = await timed(async () =>
      asOfPanel({
        catalogue,
        gathered: await recall({ ...workspace, catalogue }, store, upTo, {}),
        knownAtRule: knownAtRule(workspace.calendars),
        cutoff: Number.MAX_SAFE_INTEGER,
        digest: sha256,
      }),
    );
    const [digesting] = await timed(async () => columns.map(({ digest }) => digest));
    return [ms, digesting];
  },

  async open() {
    const [ms, store] = await timed(() => openStore(storePlace));
    await store[Symbol.asyncDispose]();
    return [ms];
  },
};

const ms = await measurements[name]?.();
process.stdout.write(JSON.stringify({ ms, peakMb: process.resourceUsage().maxRSS / 1024 }));
