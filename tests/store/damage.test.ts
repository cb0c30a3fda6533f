import { existsSync, readdirSync, readFileSync, statSync, truncateSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { describe, expect, it } from "vitest";
import { openStore } from "#src/store/open.ts";
import type { Store } from "#src/store/store.ts";
import { bytesAt, change, fill, newFile } from "#tests/store/fill.ts";
import { places } from "#tests/store/places.ts";
import { batchOf } from "#tests/store/rows.ts";
import { aStore } from "#tests/store/whole.ts";

describe("a database that is damaged", () => {
  const page = 4096;
  const spoil = (file: string, from: number, length: number): void => {
    const bytes = readFileSync(file);
    bytes.fill(0x5a, from, from + length);
    writeFileSync(file, bytes);
  };
  const size = (file: string): number => statSync(file).size;
  const damage: readonly (readonly [string, (file: string) => void, RegExp])[] = [
    ["in its first bytes", (file) => spoil(file, 0, 16), /expected a database of Tideline; .* left as it is/],
    [
      "in its first page",
      (file) => spoil(file, 0, page),
      /expected a database of Tideline; .* left as it is/,
    ],
    [
      "in the list of its tables",
      (file) => spoil(file, 100, page - 100),
      /damaged and has been left as it is: restore a backup/,
    ],
    ["by losing its second half", (file) => truncateSync(file, size(file) / 2), /damaged .*restore a backup/],
    ["by losing its end", (file) => truncateSync(file, size(file) - page), /damaged .*restore a backup/],
    [
      "by being another file",
      (file) => writeFileSync(file, "series,date,value\n".repeat(9999)),
      /database of Tideline/,
    ],
  ];
  it.each(damage)("%s is refused when it is opened, and left as it is", async (_, harm, words) => {
    const file = await aStore();
    harm(file);
    const before = readFileSync(file);
    const opening = openStore({ file });
    await expect(opening).rejects.toMatchObject({ code: "STORE_UNUSABLE" });
    await expect(opening).rejects.toThrow(words);
    await expect(openStore({ file })).rejects.toThrow(words);
    expect(readFileSync(file).equals(before)).toBe(true);
    expect(readdirSync(dirname(file))).toEqual(["tideline.db"]);
  });

  it("in a page of observations is told to who reads or loads them, and nothing is kept of that", async () => {
    const file = await aStore();
    // All but the first pages, in which the tables are listed.
    spoil(file, 50 * page, size(file) - 60 * page);
    const before = readFileSync(file);
    const words = /tideline\.db: found .*malformed, expected .*restore a backup/;
    {
      await using store = await openStore({ file });
      await expect(store.remembered(["A", "B"], 99)).rejects.toThrow(words);
      await expect(store.load(batchOf("A", 3000, 3))).rejects.toThrow(words);
      await expect(store.backup(join(dirname(file), "backup.db"))).rejects.toThrow(
        /tideline\.db: found Tree .*, expected what was stored; .*restore a backup/,
      );
      expect(existsSync(join(dirname(file), "backup.db"))).toBe(false);
      expect(await store.lastBatch()).toBe(3);
    }
    expect(readFileSync(file).equals(before)).toBe(true);
  });

  it("in the bytes of a kept file is told to who reads it", async () => {
    const file = await aStore();
    spoil(file, readFileSync(file).lastIndexOf("the text of an issue"), 1);
    await using store = await openStore({ file });
    const [issue] = await store.issues();
    if (issue === undefined) throw new Error("an issue was kept");
    const reading = store.filesOf(issue);
    await expect(reading).rejects.toMatchObject({ code: "STORE_UNUSABLE" });
    await expect(reading).rejects.toThrow(
      /tideline\.db: found other bytes in facts\.json of weekly 2026-02-13, .*restore a backup/,
    );
  });

  it("that is an empty file is a store that holds nothing", async () => {
    const file = newFile("tideline.db");
    writeFileSync(file, "");
    await using store = await openStore({ file });
    expect(await store.lastBatch()).toBe(0);
  });

  it("of another program is refused, and nothing is written into it", async () => {
    const file = newFile("tideline.db");
    const other = new DatabaseSync(file);
    other.exec("create table notes (text text)");
    other.close();
    const before = readFileSync(file);
    await expect(openStore({ file })).rejects.toThrow(
      /tideline\.db: found .*notes.*expected a database of Tideline/,
    );
    expect(readFileSync(file).equals(before)).toBe(true);
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
    ["an entry of a list", change("delete from entry where key = 'b'")],
    ["a byte of a kept file", bytesAt((bytes) => bytes.lastIndexOf("一 'quoted'"), 1)],
  ])("in %s is not backed up", async (_, spoil) => {
    const file = newFile();
    await using store = await use(spoil);
    await expect(store.backup(file)).rejects.toMatchObject({ code: "STORE_UNUSABLE" });
    expect(readdirSync(join(file, ".."))).toEqual([]);
  });
});
