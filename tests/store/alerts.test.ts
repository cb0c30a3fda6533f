import { describe, expect, it } from "vitest";
import type { AlertToRaise } from "#src/store/ledger.ts";
import { engines } from "#tests/store/places.ts";
import { usingStores } from "#tests/store/using.ts";

const alert = (key: string, ...channels: readonly string[]): AlertToRaise => ({
  key,
  kind: "failed",
  subject: "失败",
  text: "no browser",
  channels,
});

describe.each(engines)("alerts in a store on %s", (_, place) => {
  const run = it.skipIf(place === null);
  const using = usingStores(place);

  run("are raised once for each key, whoever raises them", () =>
    using(async (store, again) => {
      const stores = [store, await again(), await again()];
      const raised = await Promise.all(
        [...stores, ...stores].map(({ ledger }) => ledger.raise(alert("weekly 10", "mail:a@b"), 100)),
      );
      expect(raised.filter(Boolean)).toHaveLength(1);
      expect(await store.ledger.raise(alert("weekly 20", "mail:a@b", "mail:a@b"), 100)).toBe(true);
      expect(await store.ledger.raise(alert("to nobody"), 100)).toBe(true);
      const taken = await store.ledger.takeAlerts("me", 100, 50);
      expect(taken.map(({ key, channel }) => [key, channel])).toEqual([
        ["weekly 10", "mail:a@b"],
        ["weekly 20", "mail:a@b"],
      ]);
    }),
  );

  run("reach each channel by itself, and are tried again until they have", () =>
    using(async (store, again) => {
      const { ledger } = store;
      const other = await again();
      await ledger.raise(alert("k", "mail:a@b", "webhook:x"), 100);
      const channels = async (now: number) =>
        (await ledger.takeAlerts("me", now, 50)).map(({ channel, attempts }) => [channel, attempts]);
      const both = await Promise.all([
        ledger.takeAlerts("me", 100, 50),
        other.ledger.takeAlerts("you", 100, 50),
      ]);
      const taken = both.flat().toSorted((a, b) => (a.channel < b.channel ? -1 : 1));
      const { channels: _channels, ...said } = alert("k");
      expect(taken).toEqual([
        { ...said, id: taken[0]?.id, channel: "mail:a@b", raisedAt: 100, attempts: 1 },
        { ...said, id: taken[0]?.id, channel: "webhook:x", raisedAt: 100, attempts: 1 },
      ]);
      const id = taken[0]?.id ?? 0;
      const owner = both[0]?.length === 2 ? "me" : "you";
      await ledger.endAlert(id, "mail:a@b", owner, { sent: true }, 110);
      await ledger.endAlert(id, "webhook:x", "another", { sent: true }, 110);
      await ledger.endAlert(id, "webhook:x", owner, { nextAt: 200, response: "503" }, 110);
      expect(await channels(199)).toEqual([]);
      expect(await channels(200)).toEqual([["webhook:x", 2]]);
      // Whoever took it ended without a word.
      expect(await channels(249)).toEqual([]);
      expect(await channels(250)).toEqual([["webhook:x", 3]]);
      await ledger.endAlert(id, "webhook:x", "me", { sent: true }, 260);
      expect(await channels(9999)).toEqual([]);
    }),
  );
});
