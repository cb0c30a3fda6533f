import { createHash } from "node:crypto";
import { type CompiledQuery, type Kysely, sql } from "kysely";
import type { Engine } from "#src/store/engine.ts";
import type { Table } from "#src/store/shape.ts";
import type { Tables } from "#src/store/tables.ts";

/** What a table holds: how many rows, and the SHA-256 of all of them in the order of their keys. */
export interface Digest {
  readonly rows: number;
  readonly digest: string;
}

/** A database of the store, in a transaction of it. */
export interface Side {
  readonly engine: Engine;
  readonly db: Kysely<Tables>;
}

/** Rows that are in memory at once: few where each may hold a file. */
const rowsAtOnce = ({ columns }: Table): number => (columns.some(({ type }) => type === "blob") ? 8 : 5000);

/** All rows by key. Text is ordered by its bytes, as SQLite does, whatever a database is set to. */
function rowsOf({ engine, db }: Side, { name, columns, key }: Table): CompiledQuery {
  const isText = new Set(columns.filter(({ type }) => type === "text").map((column) => column.name));
  const inBytes = engine.kind === "postgresql" ? sql` collate "C"` : sql``;
  const order = key.map((column) => sql`${sql.ref(column)}${isText.has(column) ? inBytes : sql``}`);
  const all = columns.map((column) => sql.ref(column.name));
  return sql`select ${sql.join(all)} from ${sql.table(name)} order by ${sql.join(order)}`.compile(db);
}

export const sha256 = (bytes: Uint8Array | string): string =>
  createHash("sha256").update(bytes).digest("hex");

/** Bytes as their hash, and numbers that JSON has no word for as text: no two values have one form. */
const canonical = (_: string, value: unknown): unknown =>
  typeof value === "number" && !Number.isFinite(value) ? `number ${value}` : value;
const canonicalRow = (row: readonly unknown[]): string =>
  JSON.stringify(
    row.map((value) => (value instanceof Uint8Array ? { sha256: sha256(value) } : value)),
    canonical,
  );

/** Reads a table to its end for its digest, handing on the rows. */
export async function digestOf(
  side: Side,
  table: Table,
  each: (rows: readonly (readonly unknown[])[]) => Promise<void> = async () => {},
): Promise<Digest> {
  const hash = createHash("sha256");
  let count = 0;
  for await (const rows of side.engine.batches(side.db, rowsOf(side, table), rowsAtOnce(table))) {
    hash.update(rows.map((row) => `${canonicalRow(row)}\n`).join(""));
    count += rows.length;
    await each(rows);
  }
  return { rows: count, digest: hash.digest("hex") };
}

/** The digests of tables by name. */
export async function digestsOf(side: Side, tables: readonly Table[]): Promise<ReadonlyMap<string, Digest>> {
  const found = new Map<string, Digest>();
  for (const table of tables) found.set(table.name, await digestOf(side, table));
  return found;
}

/** Copies tables, and returns the digests of what was read. */
export async function copy(
  from: Side,
  to: Side,
  tables: readonly Table[],
): Promise<ReadonlyMap<string, Digest>> {
  const read = new Map<string, Digest>();
  for (const table of tables) {
    const insert = (rows: readonly (readonly unknown[])[]) =>
      to.engine.insertRows(to.db, table.name, table.columns, rows);
    read.set(table.name, await digestOf(from, table, insert));
  }
  return read;
}

/** Where two databases differ, table by table. */
export function differences(
  expected: ReadonlyMap<string, Digest>,
  found: ReadonlyMap<string, Digest>,
): readonly string[] {
  return [...new Set([...expected.keys(), ...found.keys()])].flatMap((name) => {
    const [one, other] = [expected.get(name), found.get(name)];
    if (one?.digest === other?.digest && one?.rows === other?.rows) return [];
    if (one?.rows !== other?.rows)
      return [`${other?.rows ?? "no"} rows in table ${name} instead of ${one?.rows ?? "none"}`];
    return [`other values in table ${name} than were backed up`];
  });
}
