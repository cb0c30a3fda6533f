import { once } from "node:events";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { setTimeout } from "node:timers/promises";
import { beforeAll, describe, expect, it } from "vitest";
import { openStore, type StorePlace } from "#src/store/open.ts";
import type { Store } from "#src/store/store.ts";
import { temporaryFolder } from "#tests/render/temporary.ts";
import { moments } from "#tests/slow/moments.ts";
import { startChild } from "#tests/store/children.ts";
import { engines } from "#tests/store/places.ts";
import { batchOf } from "#tests/store/rows.ts";

const folder = temporaryFolder();
const rounds = 12;
const days = 500;
/** A store that so many processes have used one after the other. */
const perStore = 10;
let files = 0;

interface Acknowledged {
  readonly batch?: number;
  readonly issue?: number;
  readonly text?: string;
}

/** What the process was told is there; what is there is whole. */
async function expectWhole(store: Store, name: string, said: readonly Acknowledged[]): Promise<void> {
  const batches = said.flatMap(({ batch }) => batch ?? []);
  const rows = (await store.remembered([name], 1e9))[0] ?? [];
  expect(rows.length % days).toBe(0);
  // One may have been committed that was not told any more.
  expect([batches.length, batches.length + 1]).toContain(rows.length / days);
  expect(await store.lastBatch()).toBeGreaterThanOrEqual(Math.max(0, ...batches));
  const issues = await store.issues();
  expect(issues.map(({ revision }) => revision)).toEqual(issues.map((_, i) => issues.length - i));
  for (const { issue, text } of said) {
    if (issue === undefined || text === undefined) continue;
    const kept = issues.find(({ id }) => id === issue);
    if (kept === undefined) throw new Error(`issue ${issue} was acknowledged and is not there`);
    const content = (await store.filesOf(kept)).get("facts.json");
    expect(Buffer.from(content ?? []).toString()).toBe(text.repeat(9000));
  }
  for (const issue of issues) expect((await store.filesOf(issue)).size).toBe(2);
}

/** All of it read and compared: the database's own check, the rows of every batch, the bytes of every file. */
async function expectSound(store: Store, place: StorePlace): Promise<void> {
  await store.backup(join(folder, `${++files}.db`));
  if (!("file" in place)) return;
  const database = new DatabaseSync(place.file);
  expect(database.prepare("pragma integrity_check").all()).toEqual([{ integrity_check: "ok" }]);
  expect(database.prepare("pragma foreign_key_check").all()).toEqual([]);
  database.close();
}

describe.each(engines)("a store on %s whose user is killed", (engine, newPlace) => {
  let place: StorePlace = { file: "" };
  let tookMs = 0;
  beforeAll(async () => {
    if (newPlace === null) return;
    const start = performance.now();
    const said = await startChild(await newPlace(), "loop", "whole", rounds).said;
    tookMs = performance.now() - start;
    expect(said).toHaveLength(1 + 2 * rounds);
  });

  it
    .skipIf(newPlace === null)
    .each(moments(engine === "SQLite" ? 21 : 22).map((share, i) => [share, i] as const))(
    "at %s of its time keeps what it has acknowledged, nothing half, and goes on",
    async (share, i) => {
      if (newPlace === null) return;
      if (i % perStore === 0) place = await newPlace();
      const name = `writer ${i}`;
      const child = startChild(place, "loop", name, rounds);
      const ended = once(child.process, "exit");
      await setTimeout(Number(share) * tookMs);
      child.process.kill("SIGKILL");
      const [code, signal] = await ended;
      expect([0, "SIGKILL"]).toContain(code ?? signal);
      const said = await child.said;
      expect(said.filter((each) => "code" in each)).toEqual([]);
      await using store = await openStore(place);
      // PostgreSQL ends the transaction of one that is gone when it notices: a writer waits for that.
      expect(await store.load(batchOf(`after ${i}`, 10, 1))).toMatchObject({ added: 10 });
      await expectWhole(store, name, said);
      await expectSound(store, place);
    },
  );
});
