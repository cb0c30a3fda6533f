import { describe, expect, it } from "vitest";
import type { SlotPlan } from "#src/domain/schedule.ts";
import type { Planned } from "#src/store/ledger.ts";
import type { Store } from "#src/store/store.ts";
import { engines } from "#tests/store/places.ts";
import { usingStores } from "#tests/store/using.ts";

const slot = (at: number, state: "due" | "skipped" = "due", reason: string | null = null) => ({
  at,
  asOf: "2026-02-13",
  state,
  reason,
});
const planOf = (seenUntil: number, ...slots: SlotPlan["slots"]): SlotPlan => ({ seenUntil, slots });
const enter = (store: Store, now: number, ...slots: SlotPlan["slots"]) =>
  store.ledger.planSlots("weekly", now, () => planOf(now, ...slots));
const states = async (store: Store) =>
  (await store.ledger.slots()).map(({ at, state, reason }) => [at, state, reason]);

describe.each(engines)("slots in a store on %s", (_, place) => {
  const run = it.skipIf(place === null);
  const using = usingStores(place);

  run("are entered as planned, and the next plan knows them and how far the last one looked", () =>
    using(async ({ ledger }) => {
      const asked: Planned[] = [];
      const plan = (now: number, ...slots: SlotPlan["slots"]) =>
        ledger.planSlots("weekly", now, (known) => {
          asked.push(known);
          return planOf(now, ...slots);
        });
      const due = {
        publication: "weekly",
        at: 20,
        asOf: "2026-02-13",
        state: "due",
        reason: null,
        notedAt: 100,
        attempts: 0,
        nextAt: 20,
        owner: null,
        leaseUntil: null,
        issue: null,
        endedAt: null,
      };
      const skipped = {
        ...due,
        at: 10,
        nextAt: 10,
        state: "skipped",
        reason: "the latest alone is made",
        endedAt: 100,
      };
      expect(await plan(100, slot(20), slot(10, "skipped", "the latest alone is made"))).toEqual([
        due,
        skipped,
      ]);
      expect(await plan(90)).toEqual([]);
      await ledger.planSlots("daily", 300, () => planOf(300, slot(20)));
      expect(await plan(400)).toEqual([]);
      expect(asked).toEqual([
        { seenUntil: null, slots: [] },
        { seenUntil: 100, slots: [skipped, due] },
        { seenUntil: 90, slots: [skipped, due] },
      ]);
      const told = async (of: Parameters<typeof ledger.slots>[0]) =>
        (await ledger.slots(of)).map(({ publication, at }) => [publication, at]);
      expect(await told({ publication: "weekly" })).toEqual([
        ["weekly", 20],
        ["weekly", 10],
      ]);
      expect(await told({ states: ["skipped"] })).toEqual([["weekly", 10]]);
      expect(await told({ limit: 2 })).toEqual([
        ["daily", 20],
        ["weekly", 20],
      ]);
    }),
  );

  run("are planned whole or not at all", () =>
    using(async (store) => {
      const failing = store.ledger.planSlots("weekly", 100, () => {
        throw new RangeError("no such day");
      });
      await expect(failing).rejects.toThrow("no such day");
      expect(await states(store)).toEqual([]);
      expect(await enter(store, 100, slot(10))).toHaveLength(1);
    }),
  );

  run("may become due or skipped while nobody has begun, and are left alone otherwise", () =>
    using(async (store) => {
      const { ledger } = store;
      const reason = { reason: "late" };
      await enter(store, 100, slot(1, "skipped", "a"), slot(2), ...[3, 4, 5, 6].map((at) => slot(at)));
      for (const [at, state] of [
        [4, "made"],
        [5, "held"],
        [6, "failed"],
      ] as const) {
        const taken = await ledger.takeSlot("weekly", at, "me", 100, 50);
        if (taken !== null) await ledger.endSlot(taken, "me", { state, ...reason }, 100);
      }
      await ledger.takeSlot("weekly", 3, "me", 100, 50);
      const changed = await enter(
        store,
        200,
        slot(1),
        ...[2, 3, 4, 5, 6].map((at) => slot(at, "skipped", "b")),
      );
      expect(changed.map(({ at, state, notedAt, endedAt }) => [at, state, notedAt, endedAt])).toEqual([
        [1, "due", 100, null],
        [2, "skipped", 100, 200],
      ]);
      expect(await states(store)).toEqual([
        [6, "failed", "late"],
        [5, "held", "late"],
        [4, "made", "late"],
        [3, "running", null],
        [2, "skipped", "b"],
        [1, "due", null],
      ]);
      // What is as it is planned is not entered again.
      expect(await enter(store, 300, slot(1), slot(2, "skipped", "c"))).toEqual([]);
    }),
  );

  run("are entered once by planners that plan at once", () =>
    using(async (store, again) => {
      const stores = [store, await again(), await again()];
      const counted = await Promise.all(
        [...stores, ...stores].map(({ ledger }) =>
          ledger.planSlots("weekly", 100, ({ seenUntil }) =>
            planOf(100, ...(seenUntil === null ? [slot(10), slot(20)] : [])),
          ),
        ),
      );
      expect(counted.map((entered) => entered.length).toSorted()).toEqual([0, 0, 0, 0, 0, 2]);
    }),
  );

  run("are taken by one of many, and by another when the lease has ended", () =>
    using(async (store, again) => {
      const stores = [store, await again(), await again(), await again()];
      await enter(store, 100, slot(10));
      const race = (now: number) =>
        Promise.all(
          [...stores, ...stores].map(({ ledger }, i) => ledger.takeSlot("weekly", 10, `p${i}`, now, 50)),
        );
      const winners = (await race(100)).filter((taken) => taken !== null);
      expect(winners).toMatchObject([{ state: "running", attempts: 1, leaseUntil: 150 }]);
      expect((await race(149)).filter((taken) => taken !== null)).toEqual([]);
      const later = (await race(150)).filter((taken) => taken !== null);
      expect(later).toMatchObject([{ attempts: 2, leaseUntil: 200 }]);
      const [first, second] = [winners[0], later[0]];
      if (!first || !second) throw new Error("each was won");
      const end = { state: "made", reason: null } as const;
      expect(await store.ledger.extendSlot(first, first.owner ?? "", 160, 50)).toBe(false);
      expect(await store.ledger.endSlot(first, first.owner ?? "", end, 160)).toBe(false);
      expect(await store.ledger.extendSlot(second, second.owner ?? "", 160, 90)).toBe(true);
      expect((await race(249)).filter((taken) => taken !== null)).toEqual([]);
      expect(await store.ledger.endSlot(second, second.owner ?? "", end, 260)).toBe(true);
      expect(await store.ledger.slots()).toMatchObject([
        { state: "made", endedAt: 260, owner: null, leaseUntil: null, attempts: 2 },
      ]);
      expect((await race(999)).filter((taken) => taken !== null)).toEqual([]);
    }),
  );

  run("that one owner has taken twice are held by the later taking", () =>
    using(async (store) => {
      const { ledger } = store;
      await enter(store, 100, slot(10));
      const first = await ledger.takeSlot("weekly", 10, "me", 100, 50);
      const second = await ledger.takeSlot("weekly", 10, "me", 150, 50);
      if (first === null || second === null) throw new Error("nobody else is there");
      expect(await ledger.endSlot(first, "me", { state: "failed", reason: "stalled" }, 160)).toBe(false);
      expect(await ledger.endSlot(second, "me", { state: "made", reason: null }, 160)).toBe(true);
    }),
  );

  run("are not taken before their time, and a failure that may pass is tried again at its own", () =>
    using(async (store) => {
      const { ledger } = store;
      await enter(store, 100, slot(200));
      expect(await ledger.takeSlot("weekly", 200, "me", 199, 50)).toBeNull();
      expect(await ledger.takeSlot("weekly", 201, "me", 999, 50)).toBeNull();
      expect(await ledger.takeSlot("daily", 200, "me", 999, 50)).toBeNull();
      const taken = await ledger.takeSlot("weekly", 200, "me", 200, 50);
      if (taken === null) throw new Error("its time has come");
      const end = { state: "due", reason: "no browser", nextAt: 300 } as const;
      expect(await ledger.endSlot(taken, "me", end, 210)).toBe(true);
      expect(await ledger.takeSlot("weekly", 200, "me", 299, 50)).toBeNull();
      expect(await ledger.slots()).toMatchObject([
        { state: "due", reason: "no browser", nextAt: 300, owner: null, endedAt: null },
      ]);
      expect(await ledger.takeSlot("weekly", 200, "me", 300, 50)).toMatchObject({
        attempts: 2,
        reason: "no browser",
      });
    }),
  );
});
