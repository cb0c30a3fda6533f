import { describe, expect, it } from "vitest";
import { openStore } from "#src/store/open.ts";
import { startChild } from "#tests/store/children.ts";
import { engines } from "#tests/store/places.ts";

interface Said {
  readonly batch: number;
  readonly shared: number | null;
  readonly id: number;
  readonly revision: number;
  readonly text: string;
}

describe.each(engines)("several users at once on %s", (_, newPlace) => {
  const run = it.skipIf(newPlace === null);

  run("may be the first at once", async () => {
    if (newPlace === null) return;
    for (let i = 0; i < 3; i++) {
      const place = await newPlace();
      const stores = await Promise.allSettled(Array.from({ length: 8 }, () => openStore(place)));
      expect(stores.flatMap((each) => (each.status === "rejected" ? [String(each.reason)] : []))).toEqual([]);
      for (const each of stores) if (each.status === "fulfilled") await each.value[Symbol.asyncDispose]();
    }
  });

  run.each([2, 4])("%i processes lose nothing and do nothing twice", async (processes) => {
    if (newPlace === null) return;
    const place = await newPlace();
    const times = 6;
    const names = Array.from({ length: processes }, (_, i) => `writer ${i}`);
    // The store itself is made by whichever comes first.
    const said = await Promise.all(names.map((name) => startChild(place, "mix", name, times).said));
    const done = said.map(([first, ...others]) => {
      expect(first).toHaveProperty("opened");
      expect(others).toHaveLength(times);
      return others as unknown as Said[];
    });
    await using store = await openStore(place);
    const all = done.flat();

    // Every batch is somebody's: numbers that were answered, and no other.
    const batches = all.flatMap(({ batch, shared }) => (shared === null ? [batch] : [batch, shared]));
    expect(new Set(batches).size).toBe(batches.length);
    expect(await store.lastBatch()).toBe(Math.max(...batches));
    for (const name of names) expect((await store.remembered([name], 9999))[0]).toHaveLength(40 * times);

    // A shared series has 40 rows of each batch that changed it, and each value another than the one before.
    const shared = [...((await store.remembered(["shared"], 9999))[0] ?? [])];
    expect(shared).toHaveLength(40 * all.filter((each) => each.shared !== null).length);
    const ofOneDay = shared.filter(({ date }) => date === "2000-01-01").map(({ value }) => value);
    expect(ofOneDay.some((value, i) => i > 0 && value === ofOneDay[i - 1])).toBe(false);

    // Each issue a revision of its own, without a gap.
    const issues = await store.issues("weekly");
    const revisions = all.map(({ revision }) => revision).toSorted((a, b) => a - b);
    expect(revisions).toEqual(Array.from({ length: processes * times }, (_, i) => i + 1));
    const decoder = new TextDecoder();
    for (const { id, text } of all) {
      const issue = issues.find((each) => each.id === id);
      if (issue === undefined) throw new Error(`issue ${id} was answered and is not there`);
      expect(decoder.decode((await store.filesOf(issue)).get("facts.json"))).toBe(text);
    }
  });
});
