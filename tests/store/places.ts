import { join } from "node:path";
import { afterAll } from "vitest";
import type { StorePlace } from "#src/store/open.ts";
import { temporaryFolder } from "#tests/render/temporary.ts";
import { startPostgres } from "#tests/store/postgres-server.ts";

const folder = temporaryFolder();
const server = await startPostgres();
afterAll(() => server?.[Symbol.asyncDispose]());
let stores = 0;

async function newDatabase(url: string): Promise<StorePlace> {
  const { Client } = (await import("pg")).default;
  const client = new Client({ connectionString: url });
  await client.connect();
  const name = `store${++stores}`;
  await client.query(`create database ${name}`);
  await client.end();
  return { url: url.replace(/\/\w+$/, `/${name}`) };
}

export type NewPlace = () => Promise<StorePlace>;

/** Places of empty stores by engine; `null` where the engine is not installed. */
export const places: Readonly<Record<"SQLite" | "PostgreSQL", NewPlace | null>> = {
  SQLite: async () => ({ file: join(folder, String(++stores), "tideline.db") }),
  PostgreSQL: server === null ? null : () => newDatabase(server.url),
};

/** The same as a table for `describe.each`. */
export const engines = Object.entries(places);
