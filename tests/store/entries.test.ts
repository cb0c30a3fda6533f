import { describe, expect, it } from "vitest";
import type { Entry, RememberedEntry } from "#src/domain/entry.ts";
import { openStore } from "#src/store/open.ts";
import type { Load, Store } from "#src/store/store.ts";
import { engines } from "#tests/store/places.ts";
import { batchOf } from "#tests/store/rows.ts";

const entry = (key: string, value: string, knownAt: number | null = null): Entry => ({ key, value, knownAt });
const list = (digest: string, now: number, ...entries: readonly Entry[]): Load => ({
  source: "crises",
  digest,
  gathered: [],
  lists: [{ name: "crises", entries }],
  now,
});
const known = (
  key: string,
  value: string | null,
  recordedAt: number | null = null,
  knownAt: number | null = null,
): RememberedEntry => ({ key, value, knownAt, recordedAt });

describe.each(engines)("entries of lists on %s", (_, place) => {
  const run = it.skipIf(place === null);
  const using = async (work: (store: Store) => Promise<void>) => {
    if (place === null) return;
    await using store = await openStore(await place());
    await work(store);
  };
  const entriesOf = async (store: Store, upTo = 99, name = "crises") =>
    (await store.entries([name], upTo)).flat();

  run("are none of a list that was never given", () =>
    using(async (store) => {
      expect(await store.entries(["crises", "events"], 99)).toEqual([[], []]);
    }),
  );

  run("are given back as they were given, by key and known-at, whatever their order", () =>
    using(async (store) => {
      const odd = entry("é 沪深'300\n", '{"en":"\\"x\\" 😀"}', -2_208_988_800_000);
      const given = [odd, entry("b", "2", 900), entry("a", ""), entry("b", "1", 500), entry("B", "3")];
      expect(await store.load(list("x", 1000, ...given))).toEqual({
        batch: 1,
        added: 5,
        revised: 0,
        withdrawn: 0,
      });
      expect(await entriesOf(store)).toEqual([
        known("B", "3"),
        known("a", ""),
        known("b", "1", null, 500),
        known("b", "2", null, 900),
        known(odd.key, odd.value, null, odd.knownAt),
      ]);
    }),
  );

  run(
    "that change, vanish and return are recorded from then on, and a batch before knows nothing of it",
    () =>
      using(async (store) => {
        await store.load(list("x", 1000, entry("a", "1"), entry("b", "2")));
        expect(await store.load(list("y", 2000, entry("a", "1.5")))).toMatchObject({
          batch: 2,
          revised: 1,
          withdrawn: 1,
        });
        await store.load(list("z", 3000, entry("a", "1.5"), entry("b", "2")));
        expect(await entriesOf(store)).toEqual([
          known("a", "1"),
          known("a", "1.5", 2000),
          known("b", "2"),
          known("b", null, 2000),
          known("b", "2", 3000),
        ]);
        expect(await entriesOf(store, 1)).toEqual([known("a", "1"), known("b", "2")]);
        expect(await store.lastBatch()).toBe(3);
      }),
  );

  run("add nothing where they are the same, and leave other lists and series alone", () =>
    using(async (store) => {
      await store.load(list("x", 1000, entry("a", "1")));
      await store.load(batchOf("a", 3, 1));
      const none = { batch: null, added: 0, revised: 0, withdrawn: 0 };
      expect(await store.load(list("y", 3000, entry("a", "1")))).toEqual(none);
      const other = { ...list("z", 4000), lists: [{ name: "events", entries: [entry("a", "2")] }] };
      expect(await store.load(other)).toMatchObject({ added: 1, withdrawn: 0 });
      expect(await entriesOf(store)).toEqual([known("a", "1")]);
      expect(await entriesOf(store, 99, "events")).toEqual([known("a", "2")]);
    }),
  );

  run("are loaded with the series of their source, whole or not at all", () =>
    using(async (store) => {
      const both = { ...batchOf("A", 2, 1), lists: [{ name: "crises", entries: [entry("a", "1")] }] };
      const twice = { ...both, lists: [{ name: "crises", entries: [entry("a", "1"), entry("a", "2")] }] };
      await expect(store.load(twice)).rejects.toThrow();
      expect([await store.lastBatch(), await entriesOf(store)]).toEqual([0, []]);
      expect(await store.load(both)).toMatchObject({ added: 3, revised: 0, withdrawn: 0 });
    }),
  );
});
