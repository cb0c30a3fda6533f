import { describe, expect, it } from "vitest";
import { alertOf } from "#src/deliver/alert.ts";
import { type Channel, never, sendAlerts } from "#src/deliver/send-alerts.ts";
import { openStore, type StorePlace } from "#src/store/open.ts";
import { engines } from "#tests/store/places.ts";

const now = Date.parse("2026-02-13T23:30:00Z");
const minute = 60_000;
const held = alertOf(
  {
    what: "held",
    publication: { id: "weekly", slots: { kind: "week" } },
    slot: { at: now, asOf: "2026-02-13" },
    zone: "UTC",
    dir: "/ws",
    since: now,
    issue: "weekly/2026-02-13@1",
    findings: ["glyphs: one is missing"],
  },
  ["mail:a@notes.example", "mail:b@notes.example", "webhook:https://hook.example"],
);

describe.each(engines)("alerts of several processes on %s", (_, newPlace) => {
  const place = async (): Promise<StorePlace> => (await newPlace?.()) ?? { file: "" };

  it.skipIf(newPlace === null)("are raised once and reach each channel once", async () => {
    const at = await place();
    await using a = await openStore(at);
    await using b = await openStore(at);
    const sent: string[] = [];
    const channel: Channel = async (address) => {
      await new Promise((resolve) => setImmediate(resolve));
      sent.push(address);
      return { sent: true };
    };
    const raised = await Promise.all([a, b, a, b].map((store) => store.ledger.raise(held, now)));
    expect(raised.filter((isFirst) => isFirst)).toHaveLength(1);
    const channels = { mail: channel, webhook: channel };
    const counts = await Promise.all(
      [a, b, a, b].map((store, i) => sendAlerts(store.ledger, channels, `process ${i}`, now)),
    );
    expect(sent.toSorted()).toEqual(["a@notes.example", "b@notes.example", "https://hook.example"]);
    expect(counts.reduce((sum, each) => sum + each.sent, 0)).toBe(3);
    expect(await sendAlerts(b.ledger, channels, "later", now + 60 * minute)).toMatchObject({ sent: 0 });
  });

  it.skipIf(newPlace === null)(
    "are tried again by another after the first was killed while it sent",
    async () => {
      await using store = await openStore(await place());
      const { ledger } = store;
      await ledger.raise(held, now);
      expect(await ledger.takeAlerts("killed", now, 5 * minute)).toHaveLength(3);
      const channel: Channel = async () => ({ sent: true });
      const channels = { mail: channel, webhook: channel };
      expect(await sendAlerts(ledger, channels, "next", now + 4 * minute)).toMatchObject({ sent: 0 });
      expect(await sendAlerts(ledger, channels, "next", now + 5 * minute)).toMatchObject({ sent: 3 });
    },
  );

  it.skipIf(newPlace === null)("that are given up stay to be seen, and are not tried again", async () => {
    await using store = await openStore(await place());
    const { ledger } = store;
    await ledger.raise({ ...held, channels: ["webhook:https://hook.example"] }, now);
    const tries: number[] = [];
    const webhook: Channel = async (_address, { attempts }) => {
      tries.push(attempts);
      return { sent: false, response: "answered 500" };
    };
    const channels = { mail: null, webhook };
    for (const at of [0, 1, 6, 21, 24 * 60, 30 * 60])
      await sendAlerts(ledger, channels, "p", now + at * minute);
    expect(tries).toEqual([1, 2, 3, 4, 5]);
    expect((await store.health()).unsent).toMatchObject([
      { attempts: 5, nextAt: never, response: "given up after a day: answered 500" },
    ]);
  });
});
