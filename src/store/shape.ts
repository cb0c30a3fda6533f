import { type Kysely, sql } from "kysely";
import type { Column } from "#src/store/engine.ts";
import type { Tables } from "#src/store/tables.ts";

/** A table of the store as its migrations have made it. */
export interface Table {
  readonly name: string;
  readonly columns: readonly Column[];
  /** The columns of its primary key. */
  readonly key: readonly string[];
}

/** Which table of a backup holds what the others held when it was made. */
export const digestTable = "backup_digest";

/** The tables of a SQLite file of Tideline, each after those that it refers to. On PostgreSQL they are the same. */
export async function tablesOf(db: Kysely<Tables>): Promise<readonly Table[]> {
  const { rows: columns } = await sql<Column & { readonly of: string; readonly pk: number }>`
    select t.name as "of", c.name, lower(c.type) as type, c.pk
    from sqlite_schema t, pragma_table_info(t.name) c
    where t.type = 'table' and t.name not glob 'sqlite_*' and t.name not glob 'kysely_*' and t.name <> ${digestTable}
    order by t.rowid, c.cid`.execute(db);
  const { rows: references } = await sql<{ readonly from: string; readonly to: string }>`
    select t.name as "from", r."table" as "to"
    from sqlite_schema t, pragma_foreign_key_list(t.name) r where t.type = 'table'`.execute(db);
  const tables = new Map<string, Table>();
  for (const [name, own] of Map.groupBy(columns, ({ of }) => of)) {
    const key = own.filter(({ pk }) => pk > 0).toSorted((a, b) => a.pk - b.pk);
    tables.set(name, {
      name,
      columns: own.map(({ name: column, type }) => ({ name: column, type })),
      key: key.map(({ name: column }) => column),
    });
  }
  const placed = new Set<Table>();
  const place = (name: string): void => {
    for (const { from, to } of references) if (from === name && to !== name) place(to);
    const table = tables.get(name);
    if (table !== undefined) placed.add(table);
  };
  for (const name of tables.keys()) place(name);
  return [...placed];
}
