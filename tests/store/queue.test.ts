import { describe, expect, it } from "vitest";
import type { Store } from "#src/store/store.ts";
import { engines } from "#tests/store/places.ts";
import { deliveryOf, issueOf } from "#tests/store/rows.ts";
import { usingStores } from "#tests/store/using.ts";

const slotsOf = (...moments: readonly number[]) => ({
  seenUntil: Math.max(...moments),
  slots: moments.map((at) => ({ at, asOf: "2026-02-13", state: "due" as const, reason: null })),
});
const plan = (store: Store, now: number, ...moments: readonly number[]) =>
  store.ledger.planSlots("weekly", now, () => slotsOf(...moments));

describe.each(engines)("the queue of a store on %s", (_, place) => {
  const run = it.skipIf(place === null);
  const using = usingStores(place);

  run("hands out slots that are due, and no longer when they are done", () =>
    using(async (store) => {
      await using queue = await store.queue();
      await plan(store, 100, 10, 20, 200);
      const works = await queue.take("slot", 9, 100);
      expect(works.map(({ slot }) => slot)).toEqual([
        { publication: "weekly", at: 10 },
        { publication: "weekly", at: 20 },
      ]);
      for (const work of works) {
        const taken = await store.ledger.takeSlot("weekly", work.slot?.at ?? 0, "me", 100, 50);
        if (taken === null) throw new Error("nobody else is there");
        expect(await store.ledger.endSlot(taken, "me", { state: "made", reason: null }, 110)).toBe(true);
        await queue.done(work);
      }
      await queue.refill(110);
      expect(await queue.take("slot", 9, 110)).toEqual([]);
      await queue.refill(200);
      expect((await queue.take("slot", 9, 200)).map(({ slot }) => slot?.at)).toEqual([200]);
    }),
  );

  run("hands out no more than it is asked for, what waits longest first", () =>
    using(async (store) => {
      await using queue = await store.queue();
      await plan(store, 100, 30);
      await plan(store, 100, 30, 40, 50);
      expect((await queue.take("slot", 1, 100)).map(({ slot }) => slot?.at)).toEqual([30]);
    }),
  );

  run("hands out again, after a refill, what a process took and never ended", () =>
    using(async (store, again) => {
      await using queue = await store.queue();
      const other = await again();
      await using theirs = await other.queue();
      await plan(store, 100, 10);
      expect(await queue.take("slot", 9, 100)).toHaveLength(1);
      expect(await store.ledger.takeSlot("weekly", 10, "dead", 100, 50)).toMatchObject({ attempts: 1 });
      await theirs.refill(149);
      expect(await theirs.take("slot", 9, 149)).toEqual([]);
      await theirs.refill(150);
      expect(await theirs.take("slot", 9, 150)).toHaveLength(1);
      expect(await other.ledger.takeSlot("weekly", 10, "alive", 150, 50)).toMatchObject({ attempts: 2 });
    }),
  );

  run("hands out deliveries when they are due, and not those of a held issue", () =>
    using(async (store) => {
      await using queue = await store.queue();
      const numbers = async (now: number) => {
        const works = await queue.take("delivery", 9, now);
        for (const work of works) await queue.done(work);
        return works.map(({ delivery }) => delivery);
      };
      const deliveries = [deliveryOf("a"), deliveryOf("b")];
      await store.keepIssue(
        issueOf("2026-02-13", "x", {
          publishing: { findings: [], deliveries: () => deliveries, slot: null },
          now: 100,
        }),
      );
      const [a, b] = (await store.ledger.deliveries()).map(({ id }) => id);
      expect(await numbers(100)).toEqual([a, b]);
      await store.ledger.takeDelivery(a ?? 0, "me", 100, 50);
      const end = { state: "pending", response: "421 later", nextAt: 130 } as const;
      await store.ledger.endDelivery(a ?? 0, "me", end, 110);
      await queue.refill(110);
      expect(await numbers(110)).toEqual([b]);
      await queue.refill(130);
      expect(await numbers(130)).toEqual(expect.arrayContaining([a, b]));
      await store.ledger.noteGate((await store.issues())[0]?.id ?? 0, ["no"], 140);
      await queue.refill(140);
      expect(await numbers(140)).toEqual([]);
    }),
  );

  run(
    "hands out only what is of some publications where these are named, and keeps the rest for others",
    () =>
      using(async (store) => {
        await using queue = await store.queue();
        const publish = (publication: string, ...names: readonly string[]) => {
          const deliveries = names.map((name) => deliveryOf(name));
          const publishing = { findings: [], deliveries: () => deliveries, slot: null };
          return store.keepIssue(issueOf("2026-02-13", "x", { publication, publishing, now: 100 }));
        };
        await publish("new", "a", "b", "c");
        const { id } = await publish("weekly", "d");
        const [ours] = await store.ledger.deliveries({ issue: id });
        const take = async (...publications: readonly string[]) =>
          (await queue.take("delivery", 2, 100, publications)).map(({ delivery }) => delivery);
        expect(await take("weekly")).toEqual([ours?.id]);
        expect(await take("none")).toEqual([]);
        expect(await take("weekly", "new")).toHaveLength(2);
        await plan(store, 100, 10);
        expect(await queue.take("slot", 9, 100, ["new"])).toEqual([]);
        expect(await queue.take("slot", 9, 100, ["new", "weekly"])).toHaveLength(1);
      }),
  );

  run("knows what became due while no queue was open", () =>
    using(async (store) => {
      await plan(store, 100, 10);
      await using queue = await store.queue();
      await queue.refill(100);
      expect(await queue.take("slot", 9, 100)).toHaveLength(1);
    }),
  );

  run("is opened by several at once, and a store is closed with its queue", () =>
    using(async (store, again) => {
      const stores = [store, ...(await Promise.all([again(), again(), again()]))];
      const queues = await Promise.all(stores.map((each) => each.queue()));
      await plan(store, 100, 10, 20, 30);
      const taken = await Promise.all(queues.map((queue) => queue.take("slot", 9, 100)));
      const moments = new Set(taken.flat().map(({ slot }) => slot?.at));
      expect(moments).toEqual(new Set([10, 20, 30]));
    }),
  );
});
