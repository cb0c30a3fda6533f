import { schedule as everyMinute } from "node-cron";
import { bringUpToDate } from "#src/archive/bring-up-to-date.ts";
import type { Site } from "#src/archive/site.ts";
import { TidelineError } from "#src/domain/errors.ts";
import { buildServer } from "#src/http/server.ts";
import { postDue, type Told } from "#src/post.ts";
import { overdueSlots, type Seen, tick } from "#src/scheduler.ts";
import type { Service } from "#src/service.ts";
import { makeDue } from "#src/worker.ts";

/** Where the archive listens; port 0 takes any that is free. */
export interface Address {
  readonly host: string;
  readonly port: number;
  /** Addresses and networks of the proxies through which readers come. */
  readonly proxies: readonly string[];
}

/** A process that makes, sends and shows. */
export interface Serving {
  readonly url: string;
  /** Finishes what it is at, begins nothing new, and ends. */
  stop(): Promise<void>;
}

/**
 * Scheduler, worker and archive in one process, until it is stopped. Several may run on one store: each slot and each
 * delivery is taken by one of them.
 *
 * @throws {TidelineError} `USAGE` where it cannot listen
 */
export async function serve(service: Service, site: Site, address: Address): Promise<Serving> {
  const { store, log, now, workspace } = service;
  const seen: Seen = new Map();
  const server = await buildServer({
    store,
    site,
    now,
    probe: async () => void (await store.lastBatch()),
    overdue: () => overdueSlots(workspace, store, seen, now()),
    proxies: address.proxies,
    logger: log,
  });
  const url = await listen(server, address);
  const beat = beatOf(service, site, seen);
  const strike = () => void Promise.all([beat.making.begin(), beat.sending.begin()]);
  const clock = everyMinute("* * * * *", strike, { timezone: "UTC", name: "tideline" });
  // What has fallen due while nobody was there does not wait for the next full minute.
  strike();
  log.info({ url }, "serving");
  return {
    url,
    async stop() {
      await clock.destroy();
      await Promise.all([beat.making.begin(), beat.sending.begin()]);
      await server.close();
      log.info("stopped");
    },
  };
}

async function listen(
  server: Awaited<ReturnType<typeof buildServer>>,
  { host, port }: Address,
): Promise<string> {
  try {
    return await server.listen({ host, port });
  } catch (error) {
    await server.close();
    const { code } = error as NodeJS.ErrnoException;
    const expected = "a port that is free and that this user may use; --port names another";
    throw new TidelineError("USAGE", "the archive cannot be served", [
      { found: `${host}:${port} (${code})`, expected },
    ]);
  }
}

/** What is done over and over, and never twice at once. */
export interface Round {
  /** Does it now; while it is being done, once more afterwards. Settles when nothing of it is left to do. */
  begin(): Promise<void>;
}

/** What happens every minute. Issues do not wait for a slow mail server, nor mails for an issue that is being made. */
export interface Beat {
  readonly making: Round;
  readonly sending: Round;
}

/** The two rounds of a process: what has fallen due is entered and made, and what waits is sent. */
export function beatOf(service: Service, site: Site, seen: Seen): Beat {
  const told: Told = new Set();
  const sending = round(service, "sending", () => postDue(service, told));
  const making = round(service, "making", async () => {
    await tick(service, seen);
    if ((await makeDue(service)) === 0) return;
    void sending.begin();
    await show(service, site);
  });
  return { making, sending };
}

function round({ log, stopping }: Service, name: string, work: () => Promise<void>): Round {
  let running: Promise<void> | null = null;
  let again = false;
  const run = async (): Promise<void> => {
    do {
      again = false;
      // A store that does not answer may do so in a minute; whatever it is, the process goes on showing the archive.
      await work().catch((error: unknown) => log.error({ err: error }, `${name} failed`));
    } while (again && !stopping.aborted);
    running = null;
  };
  return {
    begin() {
      if (running !== null) again = true;
      else if (!stopping.aborted) running = run();
      return running ?? Promise.resolve();
    },
  };
}

/** Brings what readers see up to what has been published. */
async function show({ store, place, log }: Service, site: Site): Promise<void> {
  const entered = await bringUpToDate(store, place.out, site);
  log.info({ issues: entered }, "archive brought up to date");
}
