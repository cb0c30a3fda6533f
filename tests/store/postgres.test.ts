import { existsSync } from "node:fs";
import { join } from "node:path";
import pg from "pg";
import { describe, expect, it } from "vitest";
import { openStore } from "#src/store/open.ts";
import { inside } from "#tests/cli/inside.ts";
import { writeWorkspace } from "#tests/render/small-workspace.ts";
import { temporaryFolder } from "#tests/render/temporary.ts";
import { places } from "#tests/store/places.ts";

const base = temporaryFolder();
const { url } = (await places.PostgreSQL?.()) ?? { url: "" };

async function query(text: string): Promise<readonly Record<string, unknown>[]> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    return (await client.query(text)).rows as readonly Record<string, unknown>[];
  } finally {
    await client.end();
  }
}

describe.skipIf(places.PostgreSQL === null)("a database that is another program's too", () => {
  it("keeps that program's tables, which have the names of ours", async () => {
    await query("create table series (name text); insert into series values ('theirs')");
    await query(
      "create table kysely_migration (name text primary key, timestamp text); insert into kysely_migration values ('0009-theirs', '')",
    );
    // Two open it at once for the first time.
    const stores = await Promise.all([openStore({ url }), openStore({ url })]);
    for (const store of stores) {
      expect(await store.lastBatch()).toBe(0);
      await store[Symbol.asyncDispose]();
    }
    expect(await query("select name from public.series")).toEqual([{ name: "theirs" }]);
    expect(await query("select name from public.kysely_migration")).toEqual([{ name: "0009-theirs" }]);
    expect(
      await query("select table_schema from information_schema.tables where table_name = 'observation'"),
    ).toEqual([{ table_schema: "tideline" }]);
  });

  it("may hold several workspaces, each in the schema that its address names", async () => {
    const second = `${url}?options=${encodeURIComponent("-c search_path=second")}`;
    await using store = await openStore({ url: second });
    await store.load({
      source: "prices",
      digest: "a",
      gathered: [{ series: "A", observations: [{ date: "2026-01-01", knownAt: null, value: 1 }], gap: null }],
      now: 1000,
    });
    await using first = await openStore({ url });
    expect([await store.lastBatch(), await first.lastBatch()]).toEqual([1, 0]);
  });
});

describe.skipIf(places.PostgreSQL === null)("the command line on PostgreSQL", () => {
  it("makes the same issue as without a store, and keeps it there", async () => {
    const dir = writeWorkspace(join(base, "ws"));
    const at = (...args: readonly string[]) => inside(dir, args, Date.parse("2026-02-14T00:00:00Z"), url);
    const direct = await at("facts", "--no-store");
    expect((await at("run")).code).toBe(0);
    expect((await at("facts")).out).toBe(direct.out);
    expect((await at("archive", "list")).out).toBe("weekly/2026-02-13@1      made 2026-02-14T00:00:00Z");
    expect((await at("archive", "export", "--out", "again")).out).toBe("again/weekly/2026-02-13");
    expect(existsSync(join(dir, ".tideline"))).toBe(false);
  });

  it("is not asked of an address that is none", async () => {
    const dir = writeWorkspace(join(base, "nonsense"));
    const { code, err } = await inside(dir, ["facts"], Date.now(), "mysql://me:secret@host/x");
    expect([code, err]).toEqual([2, expect.stringMatching(/^DATABASE_URL is no address of a PostgreSQL/)]);
    expect(err).not.toMatch(/secret/);
  });

  it("says that it cannot be reached, without the address and its password", async () => {
    const dir = writeWorkspace(join(base, "unreachable"));
    const nowhere = "postgresql://me:secret@127.0.0.1:1/none";
    const { code, err } = await inside(dir, ["facts"], Date.now(), nowhere);
    expect([code, err]).toEqual([1, expect.stringContaining("DATABASE_URL cannot be reached")]);
    expect(err).not.toMatch(/secret|me:/);
  });
});
