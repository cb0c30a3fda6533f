import { cpSync, existsSync, readdirSync, readFileSync, rmSync, truncateSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { describe, expect, it } from "vitest";
import { openStore } from "#src/store/open.ts";
import { aBackup, bytesAt, change, newFile, opened, told } from "#tests/store/fill.ts";
import { engines, places } from "#tests/store/places.ts";
import { batchOf } from "#tests/store/rows.ts";

describe.each(engines)("a backup, on %s", (_, place) => {
  const run = it.skipIf(place === null);

  run("is restored into a store that holds nothing, and into no other", async () => {
    const file = await aBackup();
    await using store = await opened(place);
    await store.load(batchOf("mine", 3, 1));
    const before = await told(store);
    await expect(store.restore(file, 4000)).rejects.toMatchObject({ code: "USAGE" });
    await expect(store.restore(file, 4000)).rejects.toThrow(
      /found rows in .*batch.*another workspace or database/,
    );
    expect(await told(store)).toEqual(before);
  });

  run("that is damaged, of another kind or newer is refused, and nothing is kept of it", async () => {
    await using store = await opened(place);
    for (const [spoil, words] of spoilt) {
      const file = await aBackup();
      spoil(file);
      const before = existsSync(file) ? readFileSync(file) : null;
      await expect(store.restore(file, 4000)).rejects.toMatchObject({ code: "STORE_UNUSABLE" });
      await expect(store.restore(file, 4000)).rejects.toThrow(words);
      expect(existsSync(file) ? readFileSync(file) : null).toEqual(before);
      expect(readdirSync(join(file, "..")).filter((name) => name !== "backup.db")).toEqual([]);
    }
    expect(await store.lastBatch()).toBe(0);
    // And the store is as usable as before.
    await store.restore(await aBackup(), 4000);
    expect(await store.lastBatch()).toBe(8);
  });
});

const refusal = (found: string): RegExp =>
  new RegExp(`backup\\.db: found ${found}, expected a whole file that .* made: take another; nothing was`);
const spoilt: readonly (readonly [(file: string) => void, RegExp])[] = [
  [(file) => rmSync(file), refusal("unable to open database file")],
  [(file) => writeFileSync(file, ""), refusal("another kind of database")],
  [(file) => writeFileSync(file, "series,date,value\n".repeat(500)), refusal("file is not a database")],
  [
    (file) => {
      rmSync(file);
      change("create table notes (text text)")(file);
    },
    refusal("another kind of database"),
  ],
  // A copy of a store's own file, which may lack what its log holds.
  [change("pragma application_id = 0"), refusal("another kind of database")],
  [bytesAt(() => 0, 100), refusal("file is not a database")],
  [(file) => truncateSync(file, readFileSync(file).length - 4096), refusal(".*malformed")],
  [bytesAt((bytes) => bytes.lastIndexOf("一 'quoted'"), 1), refusal("other values in table object than .*")],
  [
    change("update observation set value = value + 1e-9 where series = 2 and day = 20000105"),
    refusal("other values in table observation than were backed up"),
  ],
  [change("delete from fact where name = 'b'"), refusal("4 rows in table fact instead of 6")],
  [change("insert into source values ('more', 'x')"), refusal("8 rows in table source instead of 7")],
  [change("drop table run"), refusal("no rows in table run instead of 2")],
  [
    change("insert into kysely_migration (name, timestamp) values ('0099-later', '2030-01-01')"),
    /newer Tideline\n.*0099-later.*update Tideline/,
  ],
];

describe("a store that does not give back what it was given", () => {
  it("is told, and keeps nothing", async () => {
    const backup = await aBackup();
    const file = newFile("tideline.db");
    await (await openStore({ file }))[Symbol.asyncDispose]();
    change(`create trigger lose after insert on fact when new.name = 'b'
      begin update fact set text = text || '!' where name = 'b' and issue = new.issue; end`)(file);
    await using store = await openStore({ file });
    await expect(store.restore(backup, 4000)).rejects.toMatchObject({ code: "STORE_UNUSABLE" });
    await expect(store.restore(backup, 4000)).rejects.toThrow(
      /other values in table fact .*nothing was restored/,
    );
    expect(await store.lastBatch()).toBe(0);
    expect(await store.issues()).toEqual([]);
  });
});

describe("a backup of an older Tideline", () => {
  it("is brought to this version in a copy", async () => {
    // Before its first change a store held nothing: a file of then has no table but those that note the changes.
    const file = newFile();
    const database = new DatabaseSync(file);
    database.exec(`create table kysely_migration (name text primary key, timestamp text not null);
      create table kysely_migration_lock (id text primary key, is_locked integer not null default 0);
      insert into kysely_migration_lock values ('migration_lock', 0);
      create table backup_digest (name text primary key, rows integer, digest text);
      pragma application_id = ${0x54696465}`);
    database.close();
    const before = readFileSync(file);
    await using store = await opened(places.SQLite);
    expect(await store.restore(file, 4000)).toMatchObject({ observations: 0, batches: 0 });
    expect(readFileSync(file)).toEqual(before);
    expect((await store.load(batchOf("A", 1, 1))).batch).toBe(1);
  });
});

it("a backup is a file that a store may also be opened on", async () => {
  const file = await aBackup();
  const copy = newFile();
  cpSync(file, copy);
  await using store = await openStore({ file: copy });
  expect(await store.lastBatch()).toBe(8);
  expect(await store.backup(newFile())).toMatchObject({ observations: 215, issues: 2 });
});
