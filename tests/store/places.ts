import { randomUUID } from "node:crypto";
import { join } from "node:path";
import pg from "pg";
import { inject } from "vitest";
import type { StorePlace } from "#src/store/open.ts";
import { sharedFolder } from "#tests/render/temporary.ts";

const folder = sharedFolder();
const server = inject("postgres");
let stores = 0;

/** The address of an empty database of that server. */
async function newDatabase(url: string): Promise<{ readonly url: string }> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  // Files of tests that run at once share the server.
  const name = `store_${randomUUID().replaceAll("-", "")}`;
  await client.query(`create database ${name}`);
  await client.end();
  return { url: url.replace(/\/\w+$/, `/${name}`) };
}

export type NewPlace<Place extends StorePlace = StorePlace> = () => Promise<Place>;

/** Places of empty stores by engine; `null` where the engine is not installed. */
export const places: {
  readonly SQLite: NewPlace;
  readonly PostgreSQL: NewPlace<{ readonly url: string }> | null;
} = {
  SQLite: async () => ({ file: join(folder, String(++stores), "tideline.db") }),
  PostgreSQL: server === null ? null : () => newDatabase(server),
};

/** The same as a table for `describe.each`. */
export const engines: readonly (readonly [string, NewPlace | null])[] = Object.entries(places);
