import { spawn } from "node:child_process";
import { once } from "node:events";
import {
  cpSync,
  existsSync,
  linkSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  truncateSync,
  utimesSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { setImmediate } from "node:timers/promises";
import { describe, expect, it } from "vitest";
import { openStore } from "#src/store/open.ts";
import type { Store } from "#src/store/store.ts";
import { root } from "#tests/render/press.ts";
import { temporaryFolder } from "#tests/render/temporary.ts";
import { engines, type NewPlace, places } from "#tests/store/places.ts";
import { batchOf, issueOf } from "#tests/store/rows.ts";

const folder = temporaryFolder();
let numbered = 0;
const newFile = (): string => {
  const parent = join(folder, String(++numbered));
  mkdirSync(parent);
  return join(parent, "backup.db");
};
const opened = async (place: NewPlace | null): Promise<Store> => {
  if (place === null) throw new Error("not installed");
  return openStore(await place());
};
/** A file from which a store of some of everything can be restored. */
async function aBackup(place: NewPlace | null = places.SQLite): Promise<string> {
  await using store = await opened(place);
  await fill(store);
  const file = newFile();
  await store.backup(file);
  return file;
}

async function fill(store: Store): Promise<void> {
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
    now: 9,
  });
  const kept = await store.keepIssue(issueOf("2026-02-13", "一 'quoted'\n\\", { batch: 3 }));
  await store.keepIssue(issueOf("2026-02-13", "two", { batch: 7 }));
  await store.endRun(await store.beginRun("weekly", "2026-02-13", 1), { issue: kept.id }, 2);
  await store.endRun(await store.beginRun("weekly", "2026-02-13", 3), { failure: "no 浏览器" }, 4);
}

/** All that the port tells of a store. */
async function told(store: Store): Promise<unknown> {
  const issues = await store.issues();
  return {
    last: await store.lastBatch(),
    digests: await Promise.all(["A", "odd", "none"].map((source) => store.digestOf(source))),
    known: await store.remembered(["A", "a", "b", "é", "_", "沪深300", "odd"], 99),
    issues,
    files: await Promise.all(issues.map((issue) => store.filesOf(issue))),
    facts: await store.history("weekly", "b", "2026-01-01", "2026-12-31"),
  };
}

const holds = { series: 7, observations: 215, batches: 8, issues: 2, objects: 3, runs: 2 };
const directions = engines.flatMap(([from, one]) =>
  engines.map(([to, other]) => [from, to, one, other] as const),
);

describe.each(directions)("a store on %s, backed up and restored on %s", (_, __, from, to) => {
  const run = it.skipIf(from === null || to === null);

  run("holds the same, and goes on with its numbers", async () => {
    const file = newFile();
    await using store = await opened(from);
    await fill(store);
    const bytes = await store.backup(file);
    expect(bytes).toEqual({ ...holds, bytes: readFileSync(file).length });
    await using other = await opened(to);
    expect(await other.restore(file)).toEqual(bytes);
    expect(await told(other)).toEqual(await told(store));
    for (const each of [store, other]) {
      expect((await each.load(batchOf("new", 3, 1))).batch).toBe(9);
      expect((await each.keepIssue(issueOf("2026-02-20", "x", { batch: 9 }))).id).toBe(3);
      expect(await each.beginRun("weekly", "2026-02-20", 5)).toBe(3);
    }
    expect(await told(other)).toEqual(await told(store));
  });

  run("gives the same rows in a backup of the restored store", async () => {
    const file = await aBackup(from);
    await using other = await opened(to);
    await other.restore(file);
    const again = newFile();
    await other.backup(again);
    expect(digestsIn(again)).toEqual(digestsIn(file));
  });
});

function digestsIn(file: string): unknown {
  const database = new DatabaseSync(file, { readOnly: true });
  try {
    return database.prepare("select * from backup_digest order by name").all();
  } finally {
    database.close();
  }
}

describe.each(engines)("a backup on %s", (_, place) => {
  const run = it.skipIf(place === null);

  run("made while others write is a state between two transactions", async () => {
    if (place === null) return;
    const where = await place();
    await using store = await openStore(where);
    await using writer = await openStore(where);
    await store.load(batchOf("A", 1500, 1));
    let done = false;
    let written = 0;
    const writing = (async () => {
      for (let i = 2; !done; i++) {
        await writer.load(batchOf("A", 1500, i));
        await writer.keepIssue(issueOf("2026-02-13", String(i), { batch: i }));
        written = i;
        // SQLite answers without a wait, and would leave the process to nobody else.
        await setImmediate();
      }
    })();
    const seen: number[] = [];
    try {
      for (let i = 0; i < 4; i++) {
        const file = newFile();
        const [before] = [written];
        const { batches, issues, observations } = await store.backup(file);
        expect(observations).toBe(1500 * batches);
        expect([batches - 1, batches - 2]).toContain(issues);
        expect(batches).toBeGreaterThanOrEqual(before);
        seen.push(batches);
        await using restored = await opened(places.SQLite);
        await restored.restore(file);
        expect((await restored.remembered(["A"], 999))[0]).toHaveLength(1500 * batches);
      }
    } finally {
      done = true;
      await writing;
    }
    // Others did write meanwhile.
    expect(seen.at(-1)).toBeGreaterThan(seen[0] ?? 0);
  });

  run("is one file beside which nothing is left", async () => {
    const file = await aBackup(place);
    expect(readdirSync(join(file, ".."))).toEqual(["backup.db"]);
  });

  run("does not take the place of a file, nor of a link", async () => {
    await using store = await opened(place);
    const file = newFile();
    writeFileSync(file, "mine");
    await expect(store.backup(file)).rejects.toMatchObject({ code: "USAGE" });
    await expect(store.backup(file)).rejects.toThrow(/backup\.db: found a file, .*nothing is overwritten/);
    expect(readFileSync(file, "utf8")).toBe("mine");
  });

  run("in a folder that does not exist is refused", async () => {
    await using store = await opened(place);
    const file = join(newFile(), "backup.db");
    await expect(store.backup(file)).rejects.toThrow(/backup\.db: found ENOENT.*a folder that exists/);
  });

  run("of an empty store restores an empty store", async () => {
    await using store = await opened(place);
    const file = newFile();
    expect(await store.backup(file)).toMatchObject({ observations: 0, issues: 0 });
    await using other = await opened(places.SQLite);
    await other.restore(file);
    expect((await other.load(batchOf("A", 1, 1))).batch).toBe(1);
  });

  run("is restored into a store that holds nothing, and into no other", async () => {
    const file = await aBackup();
    await using store = await opened(place);
    await store.load(batchOf("mine", 3, 1));
    const before = await told(store);
    await expect(store.restore(file)).rejects.toMatchObject({ code: "USAGE" });
    await expect(store.restore(file)).rejects.toThrow(/found rows in .*batch.*another workspace or database/);
    expect(await told(store)).toEqual(before);
  });

  run("that is damaged, of another kind or newer is refused, and nothing is kept of it", async () => {
    await using store = await opened(place);
    for (const [spoil, words] of spoilt) {
      const file = await aBackup();
      spoil(file);
      const before = existsSync(file) ? readFileSync(file) : null;
      await expect(store.restore(file)).rejects.toMatchObject({ code: "STORE_UNUSABLE" });
      await expect(store.restore(file)).rejects.toThrow(words);
      expect(existsSync(file) ? readFileSync(file) : null).toEqual(before);
      expect(readdirSync(join(file, "..")).filter((name) => name !== "backup.db")).toEqual([]);
    }
    expect(await store.lastBatch()).toBe(0);
    // And the store is as usable as before.
    await store.restore(await aBackup());
    expect(await store.lastBatch()).toBe(8);
  });
});

const change = (words: string) => (file: string) => {
  const database = new DatabaseSync(file);
  database.exec(words);
  database.close();
};
const bytesAt = (at: (bytes: Buffer) => number, length: number) => (file: string) => {
  const bytes = readFileSync(file);
  bytes.fill(0x5a, at(bytes), at(bytes) + length);
  writeFileSync(file, bytes);
};
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

describe("what is left of a backup", () => {
  it("by a process that was killed is swept up a day later", async () => {
    const file = newFile();
    const [old, fresh] = ["a", "b"].map((name) => join(file, "..", `.tideline-backup-${name.repeat(6)}`));
    for (const each of [old, fresh]) mkdirSync(each ?? "");
    utimesSync(old ?? "", 1, 1);
    await using store = await opened(places.SQLite);
    await store.backup(file);
    expect(readdirSync(join(file, ".."))).toEqual([".tideline-backup-bbbbbb", "backup.db"]);
  });

  it("is nothing where the process is interrupted", async () => {
    const file = newFile();
    const place = await places.SQLite?.();
    if (place === undefined || !("file" in place)) throw new Error("SQLite is always there");
    {
      await using store = await openStore(place);
      await store.load(batchOf("A", 20_000, 1));
    }
    // It ends itself as the command line does on Ctrl-C, from within the writing.
    const program = `
      import { readdirSync, watch } from "node:fs";
      import { openStore } from "#src/store/open.ts";
      const [place, file, folder] = process.argv.slice(1);
      await using store = await openStore({ file: place });
      watch(folder, () => process.exit(130));
      await store.backup(file);
      console.log("written");`;
    const args = ["--input-type=module", "-e", program, place.file, file, join(file, "..")];
    const child = spawn(process.execPath, args, { cwd: root, stdio: ["ignore", "pipe", "inherit"] });
    const [code] = await once(child, "exit");
    expect(code).toBe(130);
    expect(readdirSync(join(file, ".."))).toEqual([]);
  });

  it("is another's file, where that came first", async () => {
    await using store = await opened(places.SQLite);
    await fill(store);
    const file = newFile();
    const other = await aBackup();
    const writing = store.backup(file);
    linkSync(other, file);
    await expect(writing).rejects.toThrow(/nothing is overwritten/);
    expect(readFileSync(file)).toEqual(readFileSync(other));
    expect(readdirSync(join(file, ".."))).toEqual(["backup.db"]);
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
    expect(await store.restore(file)).toMatchObject({ observations: 0, batches: 0 });
    expect(readFileSync(file)).toEqual(before);
    expect((await store.load(batchOf("A", 1, 1))).batch).toBe(1);
  });
});

describe("a store that is damaged", () => {
  const use = async (spoil: (file: string) => void): Promise<Store> => {
    const place = await places.SQLite?.();
    if (place === undefined || !("file" in place)) throw new Error("SQLite is always there");
    {
      await using store = await openStore(place);
      await fill(store);
      await store.load(batchOf("long", 9000, 1));
    }
    spoil(place.file);
    return openStore(place);
  };
  it.each([
    ["a page in the middle", bytesAt((bytes) => 4096 * Math.floor(bytes.length / 8192), 4096)],
    ["the last page", bytesAt((bytes) => bytes.length - 4096, 4096)],
    ["rows of a batch", change("delete from observation where batch = 3 and day = 20000102")],
    ["a byte of a kept file", bytesAt((bytes) => bytes.lastIndexOf("一 'quoted'"), 1)],
  ])("in %s is not backed up", async (_, spoil) => {
    const file = newFile();
    await using store = await use(spoil);
    await expect(store.backup(file)).rejects.toMatchObject({ code: "STORE_UNUSABLE" });
    expect(readdirSync(join(file, ".."))).toEqual([]);
  });
});

it("is a file that a store may also be opened on", async () => {
  const file = await aBackup();
  const copy = newFile();
  cpSync(file, copy);
  await using store = await openStore({ file: copy });
  expect(await store.lastBatch()).toBe(8);
  expect(await store.backup(newFile())).toMatchObject(holds);
});

it.skipIf(places.PostgreSQL !== null)(
  "PostgreSQL is not installed here: its directions are skipped",
  () => {},
);
