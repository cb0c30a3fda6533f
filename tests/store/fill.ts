import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { openStore } from "#src/store/open.ts";
import type { Store } from "#src/store/store.ts";
import { sharedFolder } from "#tests/render/temporary.ts";
import { type NewPlace, places } from "#tests/store/places.ts";
import { basisOf, batchOf, deliveryOf, issueOf } from "#tests/store/rows.ts";

const folder = sharedFolder();
let numbered = 0;
/** The name of a file in a new folder. */
export const newFile = (name = "backup.db"): string => {
  const parent = join(folder, String(++numbered));
  mkdirSync(parent);
  return join(parent, name);
};
/** An empty store. */
export const opened = async (place: NewPlace | null): Promise<Store> => {
  if (place === null) throw new Error("not installed");
  return openStore(await place());
};
/** A file from which a store of some of everything can be restored. */
export async function aBackup(place: NewPlace | null = places.SQLite): Promise<string> {
  await using store = await opened(place);
  await fill(store);
  const file = newFile();
  await store.backup(file);
  return file;
}

/** Some of everything. */
export async function fill(store: Store): Promise<void> {
  // Names that a database's own collation orders otherwise than bytes do.
  for (const series of ["b", "A", "沪深300", "a", "é", "_"]) await store.load(batchOf(series, 30, 1));
  await store.load(batchOf("A", 25, 2));
  const odd = [0.1 + 0.2, -0, 5e-324, 1.7976931348623157e308, -123456789.12345679];
  const observations = odd.map((value, i) => ({
    date: `2026-01-0${i + 1}`,
    knownAt: i === 0 ? -2_208_988_800_000 : null,
    value,
  }));
  await store.load({
    source: "odd",
    digest: "o",
    gathered: [{ series: "odd", observations, gap: null }],
    lists: [
      {
        name: "list",
        entries: ["b", "A", "沪深300", "é"].map((key) => ({ key, knownAt: null, value: `'${key}'` })),
      },
    ],
    now: 9,
  });
  const kept = await store.keepIssue(issueOf("2026-02-13", "一 'quoted'\n\\", { basis: basisOf(3) }));
  const held = await store.keepIssue(issueOf("2026-02-13", "two", { basis: basisOf(7, kept.id) }));
  await store.endRun(await store.beginRun("weekly", "2026-02-13", 1), { issue: kept.id }, 2);
  await store.endRun(await store.beginRun("weekly", "2026-02-13", 3), { failure: "no 浏览器" }, 4);
  await fillLedger(store, kept.id, held.id);
}

/** Something in each table of the ledger, and nothing that is still to do: a restored store leaves that to a person. */
async function fillLedger({ ledger }: Store, sent: number, held: number): Promise<void> {
  const slot = { asOf: "2026-02-13", reason: null };
  await ledger.planSlots("weekly", 5000, () => ({
    seenUntil: 5000,
    slots: [
      { ...slot, at: 1000, state: "skipped" },
      { ...slot, at: 2000, state: "due" },
    ],
  }));
  const taken = await ledger.takeSlot("weekly", 2000, "me", 5000, 100);
  if (taken !== null) await ledger.endSlot(taken, "me", { state: "held", reason: "不符 '!'" }, 5000);
  await ledger.noteGate(sent, [], 5000);
  await ledger.noteGate(held, ["不符 '!'"], 5000);
  await ledger.suppress("weekly", "away@example.com", "550 no such user", 5000);
  const names = ["zoë", "away", "陈"];
  await ledger.addDeliveries(
    sent,
    names.map((name) => deliveryOf(name)),
    5000,
  );
  for (const { id } of await ledger.deliveries({ states: ["pending"] })) {
    const response = id % 2 === 0 ? "250 好" : "550 5.1.1 no";
    await ledger.takeDelivery(id, "me", 5000, 100);
    await ledger.endDelivery(id, "me", { state: id % 2 === 0 ? "sent" : "failed", response }, 5000);
  }
  const alert = { kind: "held", subject: "扣下", text: "why", channels: ["mail:a@b", "webhook:x"] } as const;
  await ledger.raise({ key: "weekly 2000", ...alert }, 5000);
  await ledger.index(sent, [{ locale: "zh-CN", section: "levels", text: "沪深300指数创新高。" }]);
}

/** All that the ledger tells. */
async function toldByLedger({ ledger }: Store): Promise<unknown> {
  const deliveries = await ledger.deliveries();
  return {
    slots: await ledger.slots(),
    deliveries,
    events: await Promise.all(deliveries.map(({ id }) => ledger.eventsOf(id))),
    suppressed: await ledger.suppressed("weekly"),
    found: await ledger.search({ words: ["新高"], locale: null, limit: 9 }),
    unindexed: await ledger.unindexed(),
  };
}

/** All that the port tells of a store. */
export async function told(store: Store): Promise<unknown> {
  const issues = await store.issues();
  return {
    last: await store.lastBatch(),
    digests: await Promise.all(["A", "odd", "none"].map((source) => store.digestOf(source))),
    known: await store.remembered(["A", "a", "b", "é", "_", "沪深300", "odd"], 99),
    entries: await store.entries(["list", "none"], 99),
    issues,
    files: await Promise.all(issues.map((issue) => store.filesOf(issue))),
    facts: await store.history("weekly", "b", "2026-01-01", "2026-12-31"),
    ledger: await toldByLedger(store),
  };
}

/** Changes a file behind the store's back. */
export const change = (words: string) => (file: string) => {
  const database = new DatabaseSync(file);
  database.exec(words);
  database.close();
};
/** Overwrites bytes of a file. */
export const bytesAt = (at: (bytes: Buffer) => number, length: number) => (file: string) => {
  const bytes = readFileSync(file);
  bytes.fill(0x5a, at(bytes), at(bytes) + length);
  writeFileSync(file, bytes);
};
