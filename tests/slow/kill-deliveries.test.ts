import { once } from "node:events";
import { describe, expect, it } from "vitest";
import { openStore, type StorePlace } from "#src/store/open.ts";
import type { Store } from "#src/store/store.ts";
import { count } from "#tests/slow/edits.ts";
import { startChild } from "#tests/store/children.ts";
import { engines } from "#tests/store/places.ts";
import { deliveryOf, issueOf } from "#tests/store/rows.ts";

/** More than can be sent before the last kill. */
const recipients = 50 * count(40);
/** Two processes at once, both killed, so many times: sixty kills on each engine. */
const waves = count(30);
/** On the clock of the test; longer than the leases of what is killed. */
const waveMs = 2000;

/** Numbers of deliveries that a process sent before it was killed, which happens when it has sent so many. */
async function sentBy(place: StorePlace, name: string, now: number, killedAfter: number) {
  const child = startChild(place, "deliver", name, now);
  let lines = 0;
  child.process.stdout?.on("data", (part: Buffer) => {
    lines += part.toString().split("\n").length - 1;
    // The first line says that the store is open.
    if (lines > killedAfter) child.process.kill("SIGKILL");
  });
  const [, signal] = await once(child.process, "exit");
  const said = await child.said;
  expect(said.filter(({ code }) => code !== undefined)).toEqual([]);
  return { wasKilled: signal === "SIGKILL", sent: said.flatMap(({ sent }) => (sent as number) ?? []) };
}

async function anIssueFor(store: Store): Promise<void> {
  const deliveries = Array.from({ length: recipients }, (_, i) => deliveryOf(`r${i}`));
  const publishing = { findings: [], deliveries: () => deliveries, slot: null };
  await store.keepIssue(issueOf("2026-02-13", "x", { publishing, now: 1 }));
}

/** All that was sent in one wave, and how many were killed in it. */
async function wave(store: Store, place: StorePlace, number: number) {
  // What the wave before left is found; its leases have ended.
  await store.ledger.sweepDeliveries(number * waveMs);
  const killedAfter = [5 + ((number * 7) % 11), 9 + ((number * 5) % 7)];
  const senders = killedAfter.map((lines, i) =>
    sentBy(place, `sender ${number}.${i}`, number * waveMs, lines),
  );
  const done = await Promise.all(senders);
  return {
    sent: done.flatMap(({ sent }) => sent),
    kills: done.filter(({ wasKilled }) => wasKilled).length,
  };
}

/** The ledger says of each delivery what has become of it, and its events agree. */
async function expectTold({ ledger }: Store, sent: readonly number[], kills: number): Promise<void> {
  const deliveries = await ledger.deliveries();
  expect(deliveries).toHaveLength(recipients);
  const told = deliveries.filter(({ state }) => state === "sent");
  const unknown = deliveries.filter(({ state }) => state === "unknown");
  expect(told.length + unknown.length).toBe(recipients);
  // Each kill leaves at most one that nobody knows of.
  expect(unknown.length).toBeLessThanOrEqual(kills);
  expect(sent).toEqual(expect.arrayContaining(told.map(({ id }) => id)));
  for (const { id, state } of deliveries)
    expect((await ledger.eventsOf(id)).map((event) => event.state).at(-1)).toBe(state);
}

describe.each(engines)("deliveries of a store on %s whose senders are killed", (_, newPlace) => {
  it.skipIf(newPlace === null)(
    "are sent at most once each, and each is sent or told as unknown in the end",
    async () => {
      if (newPlace === null) return;
      const place = await newPlace();
      await using store = await openStore(place);
      await anIssueFor(store);
      const sent: number[] = [];
      let kills = 0;
      for (let number = 1; number <= waves; number++) {
        const done = await wave(store, place, number);
        sent.push(...done.sent);
        kills += done.kills;
      }
      const last = (waves + 1) * waveMs;
      await store.ledger.sweepDeliveries(last);
      sent.push(...(await sentBy(place, "last", last, Number.POSITIVE_INFINITY)).sent);
      expect(kills).toBe(2 * waves);
      expect(sent).toHaveLength(new Set(sent).size);
      await expectTold(store, sent, kills);
    },
    1_800_000,
  );
});
