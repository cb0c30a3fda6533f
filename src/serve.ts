import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { schedule as everyMinute } from "node-cron";
import { bringUpToDate } from "#src/archive/bring-up-to-date.ts";
import { newestShown } from "#src/archive/published.ts";
import type { Site } from "#src/archive/site.ts";
import { writeIssue } from "#src/archive/write-issue.ts";
import { TidelineError } from "#src/domain/errors.ts";
import { buildServer } from "#src/http/server.ts";
import { postDue, type Told } from "#src/post.ts";
import { overdueSlots, tick, watch } from "#src/scheduler.ts";
import type { Service } from "#src/service.ts";
import type { KeptIssue, Store } from "#src/store/store.ts";
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
  const server = await buildServer({
    store,
    site,
    now,
    probe: async () => void (await store.lastBatch()),
    overdue: () => overdueSlots(workspace, store, now()),
    proxies: address.proxies,
    logger: log,
  });
  const url = await listen(server, address);
  const beat = beatOf(service, site);
  const strike = () =>
    void beat.planning.begin().then(() => Promise.all([beat.making.begin(), beat.sending.begin()]));
  const clock = everyMinute("* * * * *", strike, { timezone: "UTC", name: "tideline" });
  // What has fallen due while nobody was there does not wait for the next full minute.
  strike();
  log.info({ url }, "serving");
  return {
    url,
    async stop() {
      await clock.destroy();
      await Promise.all([beat.planning.begin(), beat.making.begin(), beat.sending.begin()]);
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

/** What happens every minute. What falls due is entered, and what is overdue is told, also while an issue is being made; issues do not wait for a slow mail server, nor mails for an issue. */
export interface Beat {
  readonly planning: Round;
  readonly making: Round;
  readonly sending: Round;
}

/** The rounds of a process: what has fallen due is entered, what is due is made, and what waits is sent. */
export function beatOf(service: Service, site: Site): Beat {
  const told: Told = new Set();
  const planning = round(service, "planning", async () => {
    await tick(service);
    await watch(service);
  });
  const sending = round(service, "sending", () => postDue(service, told));
  let isShown = false;
  const making = round(service, "making", async () => {
    if ((await makeDue(service)) > 0) {
      isShown = false;
      await watch(service);
      void sending.begin();
    }
    // What a process that died has not shown, or a full disk did not take, is shown by the next round.
    if (!isShown) await show(service, site);
    isShown = true;
  });
  return { planning, making, sending };
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

/** Issues so old have been shown: their folders are the archive's to keep. */
const shownMs = 7 * 24 * 3_600_000;

/** Brings what readers see up to what has been published: folders of issues, lists of issues, the search. */
async function show({ store, place, now, log }: Service, site: Site): Promise<void> {
  for (const issue of newestShown(await store.issues()))
    if (issue.madeAt > now() - shownMs && !(await isWritten(place.out, issue, store))) {
      const { publication, asOf } = issue;
      await writeIssue(join(place.out, publication), asOf, await store.filesOf(issue));
      log.warn({ issue: issue.id, publication, asOf }, "an issue that was kept and not written is written");
    }
  const entered = await bringUpToDate(store, place.out, site);
  log.info({ issues: entered }, "archive brought up to date");
}

/** Whether the folder of an issue holds that very issue: its manifest names every file. */
async function isWritten(out: string, issue: KeptIssue, store: Store): Promise<boolean> {
  const kept = await store.fileOf(issue, "manifest.json");
  const found = await readFile(join(out, issue.publication, issue.asOf, "manifest.json")).catch(() => null);
  return kept === null || (found?.equals(kept.bytes) ?? false);
}
