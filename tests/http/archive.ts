import { join } from "node:path";
import { Writable } from "node:stream";
import type { FastifyInstance } from "fastify";
import { pino } from "pino";
import type { ServerInput } from "#src/http/desk.ts";
import { buildServer } from "#src/http/server.ts";
import { openStore } from "#src/store/open.ts";
import type { Store } from "#src/store/store.ts";
import { aSite, held, keepSmall } from "#tests/archive/editions.ts";

/** A server over a store with a few issues, and all that it has logged. */
export interface Archive extends AsyncDisposable {
  readonly server: FastifyInstance;
  readonly store: Store;
  readonly log: () => string;
}

export const tokens = { en: "token-of-jane-0123456789", "zh-CN": "token-of-li-0123456789" } as const;
export const addresses = { en: "jane.doe@example.com", "zh-CN": "li@example.cn" } as const;

/** Two weeklies, the older revised; one that is held, and one whose revision is; one in English alone; two recipients. */
export async function anArchive(folder: string, own: Partial<ServerInput> = {}): Promise<Archive> {
  const store = await openStore({ file: join(folder, `${Math.random()}.db`) });
  const deliveries = (["en", "zh-CN"] as const).map((locale) => ({
    locale,
    name: locale,
    address: addresses[locale],
    messageId: `<${locale}@example.com>`,
    token: tokens[locale],
  }));
  await keepSmall(store, "2026-02-13", {
    simulated: true,
    publishing: { findings: [], deliveries: () => deliveries, slot: null },
  });
  await keepSmall(store, "2026-02-06");
  await keepSmall(store, "2026-02-06", { note: " revised", now: Date.parse("2026-02-09T10:00:00Z") });
  await keepSmall(store, "2026-01-30", { note: " held", publishing: held });
  await keepSmall(store, "2026-01-23");
  await keepSmall(store, "2026-01-23", { note: " faulty", publishing: held });
  await keepSmall(store, "2026-02-12", { publication: "flash", only: "en" });
  let log = "";
  const sink = new Writable({
    write(chunk: Buffer, _encoding, done) {
      log += chunk.toString();
      done();
    },
  });
  const server = await buildServer({
    store,
    site: await aSite(),
    now: () => 5,
    probe: async () => void (await store.lastBatch()),
    overdue: async () => [],
    logger: pino({ level: "info" }, sink),
    ...own,
  });
  return {
    server,
    store,
    log: () => log,
    async [Symbol.asyncDispose]() {
      await server.close();
      await store[Symbol.asyncDispose]();
    },
  };
}

/** What stands on a page below its style. */
export const contentOf = (body: string): string => body.slice(body.indexOf("<body>"));
