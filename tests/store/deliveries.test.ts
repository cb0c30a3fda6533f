import { describe, expect, it } from "vitest";
import type { DeliveryEnd } from "#src/store/ledger.ts";
import type { Store } from "#src/store/store.ts";
import { engines } from "#tests/store/places.ts";
import { deliveryOf, issueOf } from "#tests/store/rows.ts";
import { usingStores } from "#tests/store/using.ts";

/** An issue with deliveries to people of those names, and their numbers. */
async function anIssue(store: Store, asOf: string, ...names: readonly string[]) {
  const { id } = await store.keepIssue(issueOf(asOf, "x"));
  const written = names.map((name) =>
    deliveryOf(name, { messageId: `<${name}.${id}@t>`, token: `${name}-${id}` }),
  );
  expect(await store.ledger.addDeliveries(id, written, 100)).toBe(names.length);
  const found = await store.ledger.deliveries({ issue: id });
  const numberOf = (name: string) => found.find((each) => each.name === name)?.id ?? 0;
  return { id, numberOf };
}

/** One delivery that `me` has taken at 100 until 150. */
async function oneTaken(store: Store) {
  const { id, numberOf } = await anIssue(store, "2026-02-13", "ada");
  const taken = await store.ledger.takeDelivery(numberOf("ada"), "me", 100, 50);
  expect(taken?.state).toBe("sending");
  return { issue: id, id: numberOf("ada") };
}

const stateOf = async (store: Store, id: number) => (await store.ledger.deliveryById(id))?.state;
const happened = async ({ ledger }: Store, id: number) =>
  (await ledger.eventsOf(id)).map(({ at, state, detail }) => [at, state, detail]);

describe.each(engines)("deliveries in a store on %s", (_, place) => {
  const run = it.skipIf(place === null);
  const using = usingStores(place);

  run("are written once for each inbox, and found by number, token, issue and state", () =>
    using(async (store) => {
      const { ledger } = store;
      const { id, numberOf } = await anIssue(store, "2026-02-13", "bob", "ada");
      const again = [deliveryOf("x", { address: "Ada@Example.com" }), deliveryOf("eve"), deliveryOf("eve")];
      expect(await ledger.addDeliveries(id, again, 200)).toBe(1);
      expect(await ledger.addDeliveries(id, again, 200)).toBe(0);
      const other = await anIssue(store, "2026-02-20", "ada");
      const told = async (of: Parameters<typeof ledger.deliveries>[0]) =>
        (await ledger.deliveries(of)).map(({ issue, name }) => [issue, name]);
      const all = [
        [other.id, "ada"],
        [id, "ada"],
        [id, "bob"],
        [id, "eve"],
      ];
      expect(await told({})).toEqual(all);
      expect(await told({ limit: 2 })).toEqual(all.slice(0, 2));
      expect(await told({ issue: id })).toEqual(all.slice(1));
      expect(await told({ issue: id, states: ["sent"] })).toEqual([]);
      expect(await told({ address: "ADA@example.com" })).toEqual([all[0], all[1]]);
      const ada = {
        ...deliveryOf("ada", { messageId: `<ada.${id}@t>`, token: `ada-${id}` }),
        id: numberOf("ada"),
        issue: id,
        state: "pending",
        attempts: 0,
        nextAt: 100,
        owner: null,
        leaseUntil: null,
        dataAt: null,
        response: null,
        updatedAt: 100,
      };
      expect(await ledger.deliveryById(ada.id)).toEqual(ada);
      expect(await ledger.deliveryByToken(ada.token)).toEqual(ada);
      expect([await ledger.deliveryById(999), await ledger.deliveryByToken("no")]).toEqual([null, null]);
      expect(await happened(store, ada.id)).toEqual([[100, "pending", null]]);
    }),
  );

  run("have message ids and tokens of their own", () =>
    using(async (store) => {
      const { id } = await anIssue(store, "2026-02-13", "ada");
      for (const own of [{ messageId: `<ada.${id}@t>` }, { token: `ada-${id}` }])
        await expect(store.ledger.addDeliveries(id, [deliveryOf("bob", own)], 100)).rejects.toThrow();
      await expect(store.ledger.addDeliveries(999, [deliveryOf("bob")], 100)).rejects.toThrow();
      expect(await store.ledger.deliveries()).toHaveLength(1);
    }),
  );

  run("are taken by one of many, who sends and says how it ended", () =>
    using(async (store, again) => {
      const stores = [store, await again(), await again(), await again()];
      const { numberOf } = await anIssue(store, "2026-02-13", "ada");
      const id = numberOf("ada");
      const race = async (now: number) => {
        const taking = [...stores, ...stores].map(({ ledger }, i) =>
          ledger.takeDelivery(id, `p${i}`, now, 50),
        );
        return (await Promise.all(taking)).filter((taken) => taken !== null);
      };
      expect(await race(99)).toEqual([]);
      const [taken, ...others] = await race(100);
      expect(others).toEqual([]);
      expect(taken).toMatchObject({ state: "sending", attempts: 1, leaseUntil: 150, dataAt: null });
      // A lease that has ended is found by the sweep: whether the message had begun decides.
      expect(await race(150)).toEqual([]);
      const owner = taken?.owner ?? "";
      const end = { state: "sent", response: "250 queued" } as const;
      expect(await store.ledger.markData(id, "another", 110, 50)).toBe(false);
      expect(await store.ledger.endDelivery(id, "another", end, 110)).toBe(false);
      expect(await store.ledger.markData(id, owner, 110, 50)).toBe(true);
      expect(await store.ledger.deliveryById(id)).toMatchObject({
        dataAt: 110,
        leaseUntil: 160,
        state: "sending",
      });
      expect(await store.ledger.endDelivery(id, owner, end, 120)).toBe(true);
      expect(await store.ledger.endDelivery(id, owner, end, 130)).toBe(false);
      expect(await store.ledger.deliveryById(id)).toMatchObject({
        ...end,
        owner: null,
        leaseUntil: null,
        updatedAt: 120,
      });
      expect(await happened(store, id)).toEqual([
        [100, "pending", null],
        [100, "sending", null],
        [120, "sent", "250 queued"],
      ]);
      expect(await race(999)).toEqual([]);
    }),
  );

  run("that are to be tried again are taken from then on, with their attempts counted", () =>
    using(async (store) => {
      const { id } = await oneTaken(store);
      await store.ledger.markData(id, "me", 110, 50);
      const end: DeliveryEnd = { state: "pending", response: "451 try later", nextAt: 300 };
      expect(await store.ledger.endDelivery(id, "me", end, 120)).toBe(true);
      expect(await store.ledger.takeDelivery(id, "me", 299, 50)).toBeNull();
      expect(await store.ledger.takeDelivery(id, "me", 300, 50)).toMatchObject({
        attempts: 2,
        dataAt: null,
        response: "451 try later",
      });
    }),
  );

  run("whose process ended are tried again, unless the message had begun: then nobody knows", () =>
    using(async (store) => {
      const { ledger } = store;
      const { numberOf } = await anIssue(store, "2026-02-13", "ada", "bob", "eve");
      const [ada, bob, eve] = ["ada", "bob", "eve"].map(numberOf) as [number, number, number];
      for (const id of [ada, bob]) await ledger.takeDelivery(id, "dead", 100, 50);
      await ledger.takeDelivery(eve, "alive", 120, 50);
      expect(await ledger.markData(bob, "dead", 140, 10)).toBe(true);
      expect(await ledger.sweepDeliveries(149)).toBe(0);
      // Nobody begins a message that the sweep would give to another.
      expect(await ledger.markData(ada, "dead", 150, 50)).toBe(false);
      expect(await ledger.sweepDeliveries(150)).toBe(2);
      expect(await ledger.sweepDeliveries(150)).toBe(0);
      expect(await Promise.all([ada, bob, eve].map((id) => stateOf(store, id)))).toEqual([
        "pending",
        "unknown",
        "sending",
      ]);
      expect(await ledger.endDelivery(bob, "dead", { state: "sent", response: "250" }, 160)).toBe(false);
      expect((await happened(store, bob)).at(-1)).toEqual([
        150,
        "unknown",
        expect.stringMatching(/may have arrived/),
      ]);
      expect(await ledger.takeDelivery(bob, "me", 999, 50)).toBeNull();
      expect(await ledger.takeDelivery(ada, "me", 150, 50)).toMatchObject({ attempts: 1 });
    }),
  );

  run("that told nothing of their recipients are tried again with their attempts unspent", () =>
    using(async (store) => {
      const { id } = await oneTaken(store);
      const end = { state: "pending", response: "stopped", nextAt: 120, isUnspent: true } as const;
      expect(await store.ledger.endDelivery(id, "me", end, 120)).toBe(true);
      expect(await store.ledger.takeDelivery(id, "me", 120, 50)).toMatchObject({ attempts: 1 });
    }),
  );

  run("in whose sending processes end time and again fail, until a person asks for them", () =>
    using(async (store) => {
      const { ledger } = store;
      const { numberOf } = await anIssue(store, "2026-02-13", "ada", "bob");
      const [ada, bob] = ["ada", "bob"].map(numberOf) as [number, number];
      let now = 100;
      const cutOff = async () => {
        expect(await ledger.takeDelivery(ada, "dead", now, 50)).toMatchObject({ attempts: 1 });
        now += 50;
        expect(await ledger.sweepDeliveries(now)).toBe(1);
        return ledger.deliveryById(ada);
      };
      for (let i = 1; i < 12; i++) expect(await cutOff()).toMatchObject({ state: "pending", attempts: 0 });
      await ledger.takeDelivery(bob, "dead", now, 50);
      expect(await ledger.takeDelivery(ada, "dead", now, 50)).not.toBeNull();
      now += 50;
      expect(await ledger.sweepDeliveries(now)).toBe(2);
      expect([await stateOf(store, ada), await stateOf(store, bob)]).toEqual(["failed", "pending"]);
      expect((await happened(store, ada)).at(-1)).toEqual([
        now,
        "failed",
        expect.stringMatching(/given up after 12 times/),
      ]);
      expect(await ledger.takeDelivery(ada, "me", now, 50)).toBeNull();
      expect(await ledger.resendDelivery(ada, "Dee", now)).toBe(true);
      expect(await cutOff()).toMatchObject({ state: "pending" });
    }),
  );

  run("that nobody could send for a week fail, until a person asks for them", () =>
    using(async (store) => {
      const { ledger } = store;
      const { numberOf } = await anIssue(store, "2026-02-13", "ada", "bob");
      const [ada, bob] = ["ada", "bob"].map(numberOf) as [number, number];
      const week = 7 * 24 * 3_600_000;
      const { updatedAt = 0 } = (await ledger.deliveryById(ada)) ?? {};
      await ledger.takeDelivery(bob, "me", updatedAt + 1000, 50);
      await ledger.endDelivery(bob, "me", { state: "pending", nextAt: 0, response: "451" }, updatedAt + 1000);
      expect(await ledger.sweepDeliveries(updatedAt + week - 1)).toBe(0);
      expect(await ledger.sweepDeliveries(updatedAt + week)).toBe(1);
      expect([await stateOf(store, ada), await stateOf(store, bob)]).toEqual(["failed", "pending"]);
      expect((await happened(store, ada)).at(-1)).toEqual([
        updatedAt + week,
        "failed",
        expect.stringMatching(/for a week nobody could send it/),
      ]);
      expect(await ledger.resendDelivery(ada, "Dee", updatedAt + week)).toBe(true);
      expect(await ledger.sweepDeliveries(updatedAt + week)).toBe(0);
    }),
  );

  run("are sent again where a person asks for it, and only those that have ended badly", () =>
    using(async (store) => {
      const { ledger } = store;
      const names = ["failed", "unknown", "suppressed", "sent"] as const;
      const { numberOf } = await anIssue(store, "2026-02-13", ...names, "pending");
      for (const state of names) {
        await ledger.takeDelivery(numberOf(state), "me", 100, 50);
        expect(await ledger.endDelivery(numberOf(state), "me", { state, response: "5xx" }, 110)).toBe(true);
      }
      const asked = await Promise.all(
        [...names, "pending"].map((name) => ledger.resendDelivery(numberOf(name), "Ada", 200)),
      );
      expect(asked).toEqual([true, true, true, false, false]);
      expect(await ledger.resendDelivery(999, "Ada", 200)).toBe(false);
      expect(await ledger.deliveryById(numberOf("failed"))).toMatchObject({
        state: "pending",
        attempts: 0,
        nextAt: 200,
        dataAt: null,
      });
      expect((await happened(store, numberOf("unknown"))).at(-1)).toEqual([200, "pending", "Ada"]);
      expect(await ledger.takeDelivery(numberOf("suppressed"), "me", 200, 50)).toMatchObject({ attempts: 1 });
    }),
  );

  run("to somebody who unsubscribes end, of that publication and in whatever case", () =>
    using(async (store) => {
      const { ledger } = store;
      const { numberOf } = await anIssue(store, "2026-02-13", "ada", "bob");
      const sent = numberOf("ada");
      await ledger.takeDelivery(sent, "me", 100, 50);
      await ledger.endDelivery(sent, "me", { state: "sent", response: "250" }, 110);
      const later = await anIssue(store, "2026-02-20", "ada", "bob");
      const daily = await store.keepIssue(issueOf("2026-02-20", "y", { publication: "daily" }));
      await ledger.addDeliveries(daily.id, [deliveryOf("ada")], 100);
      expect(await ledger.unsubscribe("no such token", 200)).toBeNull();
      const who = { publication: "weekly", address: "ada@example.com" };
      const token = (await ledger.deliveryById(sent))?.token ?? "";
      expect(await ledger.unsubscribe(token, 200)).toEqual(who);
      expect(await ledger.unsubscribe(token, 210)).toEqual(who);
      expect(await ledger.suppressed("weekly")).toEqual(["ada@example.com"]);
      expect(await ledger.suppressed("daily")).toEqual([]);
      const told = (await ledger.deliveries()).map(({ issue, name, state }) => [issue, name, state]);
      expect(told).toEqual([
        [daily.id, "ada", "pending"],
        [later.id, "ada", "suppressed"],
        [later.id, "bob", "pending"],
        [later.id - 1, "ada", "sent"],
        [later.id - 1, "bob", "pending"],
      ]);
      expect(await happened(store, later.numberOf("ada"))).toEqual([
        [100, "pending", null],
        [200, "suppressed", "unsubscribed"],
      ]);
      const next = await store.keepIssue(issueOf("2026-02-27", "z"));
      const upper = deliveryOf("Ada", { address: "ADA@EXAMPLE.COM", messageId: "<u>", token: "u" });
      expect(await ledger.addDeliveries(next.id, [upper], 300)).toBe(1);
      expect(await ledger.deliveries({ issue: next.id })).toMatchObject([
        { state: "suppressed", response: "unsubscribed" },
      ]);
    }),
  );

  run("that are being sent when the recipient unsubscribes are not tried again, unless a person asks", () =>
    using(async (store) => {
      const { ledger } = store;
      const { id } = await oneTaken(store);
      await ledger.suppress("weekly", "Ada@example.com", "550 no such user", 110);
      const again = { state: "pending", response: "451", nextAt: 130 } as const;
      expect(await ledger.endDelivery(id, "me", again, 120)).toBe(true);
      expect(await ledger.takeDelivery(id, "me", 130, 50)).toBeNull();
      expect(await ledger.deliveryById(id)).toMatchObject({
        state: "suppressed",
        response: "550 no such user",
      });
      expect(await ledger.resendDelivery(id, "Bob", 140)).toBe(true);
      expect(await ledger.takeDelivery(id, "me", 140, 50)).toMatchObject({ state: "sending" });
      await ledger.suppress("weekly", "ada@example.com", "unsubscribed", 150);
      await ledger.endDelivery(id, "me", { ...again, nextAt: 170 }, 160);
      expect(await ledger.takeDelivery(id, "me", 170, 50)).toBeNull();
      expect(await stateOf(store, id)).toBe("suppressed");
    }),
  );

  run("of a held issue are not taken", () =>
    using(async (store) => {
      const { ledger } = store;
      const { id, numberOf } = await anIssue(store, "2026-02-13", "ada");
      await ledger.noteGate(id, ["late"], 100);
      expect(await ledger.takeDelivery(numberOf("ada"), "me", 100, 50)).toBeNull();
      expect(await ledger.release(id, "Ada", "fine", [], 110)).toBe(true);
      expect(await ledger.takeDelivery(numberOf("ada"), "me", 110, 50)).toMatchObject({ state: "sending" });
    }),
  );
});
