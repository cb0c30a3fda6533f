import { Migrator } from "kysely/migration";
import { describe, expect, it } from "vitest";
import { first } from "#src/store/migrations/0001-first.ts";
import { openStore, type StorePlace } from "#src/store/open.ts";
import { openPostgres } from "#src/store/postgres.ts";
import { openSqlite } from "#src/store/sqlite.ts";
import { aBackup, fill, opened, told } from "#tests/store/fill.ts";
import { engines } from "#tests/store/places.ts";
import { basisOf, deliveryOf, issueOf } from "#tests/store/rows.ts";

/** Makes a store as the first version did, with an issue and a batch in it. */
async function aFirstStore(place: StorePlace): Promise<void> {
  await using engine = "file" in place ? openSqlite(place.file) : await openPostgres(place.url);
  const { kind, db } = engine;
  const provider = { getMigrations: async () => ({ "0001-first": first(kind) }) };
  const schema = kind === "sqlite" ? {} : { migrationTableSchema: "tideline" };
  const { error } = await new Migrator({ db, provider, ...schema }).migrateToLatest();
  expect(error).toBeUndefined();
  const batch = { source: "prices", digest: "a", loaded_at: 1000, added: 0, revised: 0, withdrawn: 0 };
  await db.insertInto("batch").values(batch).execute();
  const { gaps, ...basis } = basisOf(1);
  const { instant } = issueOf("2026-02-13", "");
  const issue = { publication: "weekly", as_of: "2026-02-13", instant, revision: 1, made_at: 2000 };
  await db
    .insertInto("issue")
    .values({ ...issue, ...basis, gaps: JSON.stringify(gaps), content: "x" })
    .execute();
}

describe.each(engines)("a store on %s", (_, place) => {
  const run = it.skipIf(place === null);

  run("of the first version keeps what it holds, and gains a ledger", async () => {
    if (place === null) return;
    const where = await place();
    await aFirstStore(where);
    // Two open it at once.
    const stores = await Promise.all([openStore(where), openStore(where)]);
    for (const store of stores) {
      expect(await store.lastBatch()).toBe(1);
      expect(await store.issues()).toMatchObject([{ id: 1, basis: basisOf(1), gate: null }]);
    }
    for (const store of stores) {
      await store.ledger.addDeliveries(1, [deliveryOf("ada")], 3000);
      expect(await store.ledger.deliveries()).toHaveLength(1);
      await store[Symbol.asyncDispose]();
    }
  });

  run("is restored from a backup with its ledger", async () => {
    await using store = await opened(place);
    await fill(store);
    const file = await aBackup(place);
    await using other = await opened(place);
    expect(await other.restore(file, 4000)).toMatchObject({ slots: 2, deliveries: 3 });
    expect(await told(other)).toEqual(await told(store));
  });
});
