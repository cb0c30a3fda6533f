import {
  cpSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { afterAll, describe, expect, it } from "vitest";
import { openStore } from "#src/store/open.ts";

const folder = mkdtempSync(join(tmpdir(), "tideline-sqlite-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const load = {
  source: "prices",
  digest: "a",
  gathered: [{ series: "A", observations: [{ date: "2026-01-01", knownAt: null, value: 1 }], gap: null }],
  now: 1000,
};

describe("the file of the store", () => {
  it("is synchronised in full, with a log that readers need not wait for", async () => {
    const file = join(folder, "modes.db");
    await using store = await openStore({ file });
    await store.load(load);
    const other = new DatabaseSync(file);
    expect(other.prepare("pragma journal_mode").get()).toEqual({ journal_mode: "wal" });
    other.close();
  });

  it.skipIf(process.platform === "win32")("is nobody else's, nor are its log and its backup", async () => {
    const file = join(folder, "own", "tideline.db");
    await using store = await openStore({ file });
    await store.load(load);
    await store.backup(join(folder, "own", "backup.db"));
    const names = readdirSync(join(folder, "own"));
    expect(names).toContain("backup.db");
    for (const name of names)
      expect([name, statSync(join(folder, "own", name)).mode & 0o077]).toEqual([name, 0]);
  });

  it("may be moved to another folder", async () => {
    const [from, to] = [join(folder, "here"), join(folder, "there")];
    {
      await using store = await openStore({ file: join(from, "tideline.db") });
      await store.load(load);
    }
    mkdirSync(to);
    cpSync(from, to, { recursive: true });
    await using moved = await openStore({ file: join(to, "tideline.db") });
    expect(await moved.lastBatch()).toBe(1);
  });

  it("that is no database is refused and left as it is", async () => {
    const file = join(folder, "text.db");
    writeFileSync(file, "not a database, but someone's notes\n".repeat(100));
    const before = readFileSync(file);
    await expect(openStore({ file })).rejects.toThrow(/text\.db: found .*expected a database of Tideline/);
    await expect(openStore({ file })).rejects.toMatchObject({ code: "STORE_UNUSABLE" });
    expect(readFileSync(file).equals(before)).toBe(true);
  });

  it("that is damaged is told so, and nothing is written over it", async () => {
    const file = join(folder, "damaged.db");
    {
      await using store = await openStore({ file });
      const observations = Array.from({ length: 5000 }, (_, i) => ({
        date: new Date(Date.UTC(2000, 0, 1 + i)).toISOString().slice(0, 10),
        knownAt: null,
        value: i,
      }));
      await store.load({ ...load, gathered: [{ series: "A", observations, gap: null }] });
    }
    const bytes = readFileSync(file);
    bytes.fill(0x5a, 3 * 4096, bytes.length);
    writeFileSync(file, bytes);
    const use = async () => {
      await using store = await openStore({ file });
      await store.remembered(["A"], 9);
    };
    await expect(use()).rejects.toThrow(/damaged\.db: .*restore a backup/);
    expect(statSync(file).size).toBe(bytes.length);
  });

  it("of a newer Tideline is refused with its change", async () => {
    const file = join(folder, "newer.db");
    await (await openStore({ file }))[Symbol.asyncDispose]();
    const database = new DatabaseSync(file);
    database.exec("insert into kysely_migration (name, timestamp) values ('0099-later', '2030-01-01')");
    database.close();
    await expect(openStore({ file })).rejects.toThrow(/newer Tideline\n.*0099-later.*update Tideline/);
  });

  it.skipIf(process.getuid?.() === 0)("in a folder that is closed to writing is refused", async () => {
    const closed = join(folder, "closed");
    mkdirSync(closed, { mode: 0o555 });
    await expect(openStore({ file: join(closed, "tideline.db") })).rejects.toThrow(
      /closed.*this user may write/s,
    );
  });

  it("under a file is refused", async () => {
    writeFileSync(join(folder, "file"), "");
    await expect(openStore({ file: join(folder, "file", "tideline.db") })).rejects.toMatchObject({
      code: "STORE_UNUSABLE",
    });
  });
});

describe("a database that cannot be reached", () => {
  it("is told without its address, which may hold a password", async () => {
    const open = openStore({ url: "postgresql://me:secret@127.0.0.1:1/none" });
    await expect(open).rejects.toMatchObject({ code: "STORE_UNUSABLE" });
    await expect(open).rejects.not.toThrow(/secret/);
  });
});
