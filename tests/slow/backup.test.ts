import { spawn } from "node:child_process";
import { once } from "node:events";
import { linkSync, mkdirSync, readdirSync, readFileSync, utimesSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { setImmediate } from "node:timers/promises";
import { describe, expect, it } from "vitest";
import { openStore } from "#src/store/open.ts";
import { root } from "#tests/render/press.ts";
import { aBackup, fill, newFile, opened, told } from "#tests/store/fill.ts";
import { engines, places } from "#tests/store/places.ts";
import { basisOf, batchOf, issueOf } from "#tests/store/rows.ts";

const holds = {
  series: 7,
  observations: 215,
  batches: 8,
  issues: 2,
  objects: 3,
  runs: 2,
  slots: 2,
  deliveries: 3,
};
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
    expect(await other.restore(file, 4000)).toMatchObject(bytes);
    expect(await told(other)).toEqual(await told(store));
    for (const each of [store, other]) {
      expect((await each.load(batchOf("new", 3, 1))).batch).toBe(9);
      expect((await each.keepIssue(issueOf("2026-02-20", "x", { basis: basisOf(9) }))).id).toBe(3);
      expect(await each.beginRun("weekly", "2026-02-20", 5)).toBe(3);
    }
    expect(await told(other)).toEqual(await told(store));
  });

  run("gives the same rows in a backup of the restored store", async () => {
    const file = await aBackup(from);
    await using other = await opened(to);
    await other.restore(file, 4000);
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
    await store.load(batchOf("A", 400, 1));
    let done = false;
    let written = 0;
    const writing = (async () => {
      for (let i = 2; !done; i++) {
        await writer.load(batchOf("A", 400, i));
        await writer.keepIssue(issueOf("2026-02-13", String(i), { basis: basisOf(i) }));
        written = i;
        // SQLite answers without a wait, and would leave the process to nobody else.
        await setImmediate();
      }
    })();
    const seen: number[] = [];
    try {
      for (let i = 0; i < 3; i++) {
        const file = newFile();
        const [before] = [written];
        const { batches, issues, observations } = await store.backup(file);
        expect(observations).toBe(400 * batches);
        expect([batches - 1, batches - 2]).toContain(issues);
        expect(batches).toBeGreaterThanOrEqual(before);
        seen.push(batches);
        await using restored = await opened(places.SQLite);
        await restored.restore(file, 4000);
        expect((await restored.remembered(["A"], 999))[0]).toHaveLength(400 * batches);
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
    await other.restore(file, 4000);
    expect((await other.load(batchOf("A", 1, 1))).batch).toBe(1);
  });
});

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

it.skipIf(places.PostgreSQL !== null)(
  "PostgreSQL is not installed here: its directions are skipped",
  () => {},
);
