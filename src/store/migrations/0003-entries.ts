import { type Kysely, sql } from "kysely";
import type { Migration } from "kysely/migration";

/** Entries of lists: what observations are to numbers, in words. */
export const entries = (engine: "sqlite" | "postgresql"): Migration => ({
  async up(db: Kysely<unknown>) {
    const moment = engine === "sqlite" ? sql`integer` : sql`bigint`;
    const text = sql`text`;
    await db.schema
      .createTable("entry")
      .addColumn("list", text, (c) => c.notNull())
      .addColumn("key", text, (c) => c.notNull())
      .addColumn("vintage", moment, (c) => c.notNull())
      .addColumn("batch", sql`integer`, (c) => c.notNull())
      .addColumn("value", text)
      .addColumn("recorded_at", moment)
      .addPrimaryKeyConstraint("entry_key", ["list", "key", "vintage", "batch"])
      .execute();
  },
});
