import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { Writable } from "node:stream";
import { pino } from "pino";
import type { Site } from "#src/archive/site.ts";
import { siteOf } from "#src/commands/site.ts";
import { loadWorkspace } from "#src/config/load.ts";
import type { SmtpServer } from "#src/domain/mail.ts";
import type { Instant } from "#src/domain/time.ts";
import { type Beat, beatOf } from "#src/serve.ts";
import type { Service } from "#src/service.ts";
import type { Store } from "#src/store/store.ts";
import { root } from "#tests/render/press.ts";
import { smallConfig, smallPrices, writeWorkspace } from "#tests/render/small-workspace.ts";

/** A clock that a test sets. */
export interface Clock {
  now: Instant;
}

/** A process as `tideline serve` sets it up, but for the port: its rounds are begun by the test. */
export interface Served extends Beat {
  readonly service: Service;
  readonly site: Site;
  /** What was logged, a line an event. */
  readonly logged: () => readonly Readonly<Record<string, unknown>>[];
  /** Does all that is due at the clock's moment. */
  round(): Promise<void>;
  readonly stop: () => void;
}

export interface ServedInput {
  readonly dir: string;
  readonly store: Store;
  readonly clock: Clock;
  readonly owner?: string;
  readonly smtp?: SmtpServer | null;
}

export async function serveWith(input: ServedInput): Promise<Served> {
  const { dir, store, clock, owner = "one", smtp = null } = input;
  const workspace = await loadWorkspace(dir, {});
  const queue = await store.queue();
  const stopping = new AbortController();
  let log = "";
  const sink = new Writable({
    write(chunk: Buffer, _encoding, done) {
      log += chunk.toString();
      done();
    },
  });
  const service: Service = {
    workspace,
    store,
    queue,
    owner,
    place: {
      root,
      cacheDir: `${root}/.tideline/cache`,
      out: join(dir, "output"),
      browser: null,
      searchPath: process.env.PATH ?? "",
    },
    secrets: { smtp, dkimKey: null, webhookSecret: null, warnings: [] },
    now: () => clock.now,
    log: pino({ base: null }, sink),
    stopping: stopping.signal,
  };
  const site = await siteOf(workspace, root);
  const beat = beatOf(service, site);
  return {
    ...beat,
    service,
    site,
    logged: () =>
      log
        .split("\n")
        .filter((line) => line !== "")
        .map((line) => JSON.parse(line) as Record<string, unknown>),
    async round() {
      await beat.planning.begin();
      await beat.making.begin();
      await beat.sending.begin();
    },
    stop: () => stopping.abort(),
  };
}

/** A small workspace with a schedule, and three people of whom two get its issues. */
export function scheduledWorkspace(
  dir: string,
  schedule: object = { due: "last session of the week" },
  own: object = {},
): string {
  const config = smallConfig();
  const { asOf: _, ...weekly } = config.publications.weekly;
  writeWorkspace(
    dir,
    {
      ...config,
      publications: { weekly: { ...weekly, schedule, to: ["clients"] } },
      mail: {
        from: { name: { en: "Test desk", "zh-CN": "测试部" }, address: "desk@example.com" },
        site: "https://notes.example.com",
        recipients: "recipients.csv",
      },
      ...own,
    },
    smallPrices(),
  );
  writeFileSync(join(dir, "recipients.csv"), recipientRows);
  return dir;
}

const recipientRows = `name,address,language,groups,from,until
Ada,ada@example.com,en,clients,,
李明,li@example.cn,zh-CN,clients,,
Gone,gone@example.com,en,clients,,2025-12-31
`;
