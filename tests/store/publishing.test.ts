import { describe, expect, it } from "vitest";
import type { DeliveryToWrite } from "#src/store/ledger.ts";
import { type IssueToKeep, isHeld, type Store } from "#src/store/store.ts";
import { engines } from "#tests/store/places.ts";
import { deliveryOf, issueOf } from "#tests/store/rows.ts";
import { usingStores } from "#tests/store/using.ts";

const slot = { publication: "weekly", at: 10, owner: "me" };
const take = async ({ ledger }: Store, owner = "me", now = 100) => {
  const slots = [{ at: 10, asOf: "2026-02-13", state: "due" as const, reason: null }];
  await ledger.planSlots("weekly", 100, () => ({ seenUntil: 100, slots }));
  await ledger.takeSlot("weekly", 10, owner, now, 50);
};
const keep = (
  store: Store,
  text: string,
  findings: readonly string[],
  deliveries: readonly DeliveryToWrite[],
  own: Partial<IssueToKeep> = {},
  owned: typeof slot | null = slot,
) =>
  store.keepIssue(
    issueOf("2026-02-13", text, {
      publishing: { findings, deliveries: () => deliveries, slot: owned },
      now: 110,
      ...own,
    }),
  );
const addresses = async ({ ledger }: Store) =>
  (await ledger.deliveries()).map(({ address, state }) => `${address} ${state}`);

describe.each(engines)("an issue that is published in a store on %s", (_, place) => {
  const run = it.skipIf(place === null);
  const using = usingStores(place);

  run("is kept with its deliveries and the end of its slot", () =>
    using(async (store) => {
      await take(store);
      await store.ledger.suppress("weekly", "BOB@example.com", "unsubscribed", 90);
      const kept = await keep(store, "x", [], [deliveryOf("bob"), deliveryOf("ada")]);
      expect(kept.gate).toEqual({ checkedAt: 110, findings: [], released: null });
      expect(await addresses(store)).toEqual(["ada@example.com pending", "bob@example.com suppressed"]);
      expect(await store.ledger.slots()).toMatchObject([
        { state: "made", reason: null, issue: kept.id, owner: null, leaseUntil: null, endedAt: 110 },
      ]);
      expect(await store.issues()).toEqual([kept]);
      expect(await store.issueById(kept.id)).toEqual(kept);
      expect(await store.issueOf("weekly", "2026-02-13")).toEqual(kept);
    }),
  );

  run("is sent to nobody while it is held, and to all when a person releases it", () =>
    using(async (store) => {
      await take(store);
      const kept = await keep(store, "x", ["no figure", "no PDF"], [deliveryOf("ada")]);
      expect(isHeld(kept)).toBe(true);
      expect(await addresses(store)).toEqual([]);
      expect(await store.ledger.slots()).toMatchObject([{ state: "held", reason: "no figure; no PDF" }]);
      const release = () => store.ledger.release(kept.id, "Ada", "it is right", [deliveryOf("bob")], 200);
      expect(await store.ledger.release(kept.id + 1, "Ada", "x", [], 200)).toBe(false);
      expect(await release()).toBe(true);
      expect(await release()).toBe(false);
      expect(await addresses(store)).toEqual(["bob@example.com pending"]);
      expect(await store.ledger.slots()).toMatchObject([{ state: "made", issue: kept.id, endedAt: 200 }]);
      const [released] = await store.issues();
      expect(released?.gate).toEqual({
        checkedAt: 110,
        findings: ["no figure", "no PDF"],
        released: { by: "Ada", because: "it is right", at: 200 },
      });
      // What a person has released is not held by the same finding again.
      await store.ledger.noteGate(kept.id, ["no PDF"], 300);
      expect(await store.issues()).toEqual([released]);
    }),
  );

  run("is not released where nothing holds it", () =>
    using(async (store) => {
      const kept = await keep(store, "x", [], [], {}, null);
      expect(await store.ledger.release(kept.id, "Ada", "why", [deliveryOf("ada")], 200)).toBe(false);
      expect(await addresses(store)).toEqual([]);
      await store.ledger.noteGate(kept.id, ["late"], 300);
      expect(isHeld((await store.issueById(kept.id)) ?? kept)).toBe(true);
      await store.ledger.noteGate(kept.id, [], 310);
      expect(isHeld((await store.issueById(kept.id)) ?? kept)).toBe(false);
    }),
  );

  run("is not released where a newer revision is out, and is where that is held too", () =>
    using(async (store) => {
      const one = await keep(store, "x", ["late"], [], {}, null);
      const two = await keep(store, "y", ["late"], [], {}, null);
      await store.ledger.noteGate(two.id, [], 120);
      const release = () => store.ledger.release(one.id, "Ada", "why", [deliveryOf("ada")], 200);
      expect([await release(), await addresses(store)]).toEqual([false, []]);
      await keep(store, "of another publication", [], [], { publication: "flash" }, null);
      await store.ledger.noteGate(two.id, ["late"], 130);
      expect([await release(), await addresses(store)]).toEqual([true, ["ada@example.com pending"]]);
    }),
  );

  run("is kept whole or not at all", () =>
    using(async (store) => {
      await take(store);
      const twice = [deliveryOf("ada"), deliveryOf("bob", { token: "token-ada" })];
      await expect(keep(store, "x", [], twice)).rejects.toThrow();
      expect(await store.issues()).toEqual([]);
      expect(await store.history("weekly", "a", "2026-01-01", "2026-12-31")).toEqual([]);
      expect(await addresses(store)).toEqual([]);
      expect(await store.ledger.slots()).toMatchObject([{ state: "running", owner: "me" }]);
      expect((await keep(store, "x", [], [deliveryOf("ada")])).revision).toBe(1);
    }),
  );

  run("is not kept where its slot was lost", () =>
    using(async (store) => {
      await take(store);
      await store.ledger.takeSlot("weekly", 10, "another", 150, 50);
      const lost = keep(store, "x", [], [deliveryOf("ada")]);
      await expect(lost).rejects.toMatchObject({ code: "OVERTAKEN" });
      await expect(lost).rejects.toThrow(
        /slot 1970-01-01T00:00:00Z of weekly for 2026-02-13, no longer .* me/,
      );
      expect(await store.issues()).toEqual([]);
      expect(await addresses(store)).toEqual([]);
      expect(await store.ledger.slots()).toMatchObject([{ state: "running", owner: "another" }]);
    }),
  );

  run("is not kept where another was kept since it was planned, unless that is the same", () =>
    using(async (store) => {
      await take(store);
      const other = await store.keepIssue(issueOf("2026-02-13", "other"));
      const late = keep(store, "x", [], [deliveryOf("ada")], { after: null });
      await expect(late).rejects.toMatchObject({ code: "OVERTAKEN" });
      expect([await store.issues(), await addresses(store)]).toEqual([[other], []]);
      const same = await keep(store, "other", [], [deliveryOf("ada")], { after: null });
      expect(same).toEqual({ ...other, gate: { checkedAt: 110, findings: [], released: null } });
      expect(await addresses(store)).toEqual(["ada@example.com pending"]);
    }),
  );

  run("that stands already is published as it stands, and nobody gets a second delivery", () =>
    using(async (store) => {
      const first = await store.keepIssue(issueOf("2026-02-13", "x"));
      expect(first.gate).toBeNull();
      expect((await keep(store, "x", ["late"], [deliveryOf("ada")], {}, null)).id).toBe(first.id);
      expect(await addresses(store)).toEqual([]);
      await take(store);
      expect((await keep(store, "x", [], [deliveryOf("ada")])).id).toBe(first.id);
      await store.ledger.takeDelivery((await store.ledger.deliveries())[0]?.id ?? 0, "me", 120, 50);
      const renamed = deliveryOf("eve", { address: "ADA@example.com" });
      await keep(store, "x", [], [renamed, deliveryOf("bob")], {}, null);
      expect(await addresses(store)).toEqual(["ada@example.com sending", "bob@example.com pending"]);
    }),
  );

  run("counts in no history while it is held", () =>
    using(async (store) => {
      const told = async () =>
        (await store.history("weekly", "b", "2026-01-01", "2026-12-31")).map(({ revision }) => revision);
      await keep(store, "x", [], [], {}, null);
      const second = await keep(store, "y", ["late"], [], {}, null);
      expect([second.revision, await told()]).toEqual([2, [1]]);
      await store.ledger.release(second.id, "Ada", "fine", [], 200);
      expect(await told()).toEqual([2]);
    }),
  );
});
