import { DatabaseSync } from "node:sqlite";
import { Kysely, sql } from "kysely";
import { describe, expect, it } from "vitest";
import { sqliteDialect } from "#src/store/sqlite-dialect.ts";
import { lastUsed } from "#src/store/statements.ts";

describe("what is kept of the texts used last", () => {
  /** Texts asked for one after another, and which of these had to be made. */
  const made = (texts: readonly string[], most = { texts: 3, characters: 100 }): readonly string[] => {
    const all: string[] = [];
    const use = lastUsed((text) => {
      all.push(text);
      return { text };
    }, most);
    for (const text of texts) expect(use(text)).toEqual({ text });
    return all;
  };

  it("is made once while no more are used", () => {
    expect(made(["a", "b", "c", "a", "b", "c", "c"])).toEqual(["a", "b", "c"]);
  });

  it("drops the one whose last use is longest ago, and makes it again", () => {
    expect(made(["a", "b", "c", "a", "d", "a", "b"])).toEqual(["a", "b", "c", "d", "b"]);
  });

  it("is nothing of a text that is longer than any that is kept, which takes nobody's room", () => {
    const most = { texts: 1, characters: 10 };
    const [fits, long] = ["x".repeat(10), "x".repeat(11)];
    expect(made([fits, long, long, fits], most)).toEqual([fits, long, long]);
  });
});

it("SQLite keeps few statements prepared and no long one, and those that were dropped can be used again", async () => {
  const database = new DatabaseSync(":memory:");
  let prepared = 0;
  const { prepare } = database;
  database.prepare = (text) => {
    prepared++;
    return prepare.call(database, text);
  };
  await using db = new Kysely<{ t: { n: number } }>({ dialect: sqliteDialect(database, (error) => error) });
  await sql`create table t (n integer)`.execute(db);
  const insert = (rows: number) =>
    db
      .insertInto("t")
      .values(Array.from({ length: rows }, (_, n) => ({ n })))
      .execute();
  // Each of its own text, and none of them long.
  const select = (columns: number) => sql.raw(`select ${"1,".repeat(columns)} 1`).execute(db);
  for (let columns = 1; columns <= 300; columns++) await select(columns);
  expect(prepared).toBe(301);
  await select(300);
  expect(prepared).toBe(301);
  await select(1);
  expect(prepared).toBe(302);
  for (let again = 1; again <= 2; again++) await insert(1000);
  expect(prepared).toBe(304);
  const { count } = await db
    .selectFrom("t")
    .select(db.fn.countAll<number>().as("count"))
    .executeTakeFirstOrThrow();
  expect(count).toBe(2000);
});
