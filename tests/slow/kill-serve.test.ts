import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { cpSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, expect, it } from "vitest";
import { openStore } from "#src/store/open.ts";
import { verifyIssue } from "#src/verify/verify.ts";
import { terminal } from "#tests/cli/tideline.ts";
import { type Deed, type MailServer, type Moment, mailServer } from "#tests/deliver/mail-server.ts";
import { storeFile } from "#tests/deliver/mail-workspace.ts";
import { root } from "#tests/render/press.ts";
import { temporaryFolder } from "#tests/render/temporary.ts";
import { scheduledWorkspace, serveWith } from "#tests/serve/services.ts";
import { count } from "#tests/slow/edits.ts";

/*
 * kill -9 while `tideline serve` makes, checks, keeps and mails what has fallen due: at moments spread over all of it and
 * at the steps of the conversation with the mail server. Another process then goes on: the issue is there once and whole,
 * nobody has got two, and nobody has got nothing without a row that says so.
 */

const hour = 3_600_000;
const before = Date.parse("2026-01-09T12:00:00Z");
const due = Date.parse("2026-01-09T23:30:00Z");
/** Of a strict server, three get it at the first attempt: each step comes three times. */
const addresses = [
  "ada@example.com",
  "bob@example.com",
  "cyd@example.com",
  "li@example.cn",
  "wang@example.cn",
];
const people = `name,address,language,groups
Ada,ada@example.com,en,clients
Bob,bob@example.com,en,clients
Cyd,cyd@example.com,en,clients
李明,li@example.cn,zh-CN,clients
王芳,wang@example.cn,zh-CN,clients
`;

type Kill =
  | { readonly kind: "share"; readonly share: number; readonly strict: boolean }
  | { readonly kind: "step"; readonly step: Moment; readonly time: number; readonly strict: boolean };

const shares: readonly Kill[] = Array.from({ length: 30 }, (_, i) => ({
  kind: "share",
  share: (1.05 * (i + 0.5)) / 30,
  strict: i % 2 === 0,
}));
const steps: readonly Kill[] = [1, 2, 3].flatMap((time) =>
  [true, false].flatMap((strict) =>
    (["connect", "mail", "rcpt", "data", "end"] as const).map(
      // One connection serves them all.
      (step): Kill => ({ kind: "step", step, time: step === "connect" ? 1 : time, strict }),
    ),
  ),
);
const kills = shares.flatMap((share, i) => [share, steps[i] ?? share]);
/** Thirteen and sixty have no common factor: a tenth of them is spread over all, the end of a message among them. */
const chosen = Array.from({ length: count(kills.length) }, (_, i) => kills[(i * 13) % kills.length]).filter(
  (kill) => kill !== undefined,
);

const base = temporaryFolder();
const template = join(base, "template");
let tookMs = 0;
let n = 0;

/** A copy of the workspace whose slot has been seen to come. */
function workspace(): string {
  const dir = join(base, String(++n));
  cpSync(template, dir, { recursive: true });
  return dir;
}

function serveAt(dir: string, port: number): ChildProcess {
  return spawn(process.execPath, [join(root, "tests/slow/serve-at.ts"), dir, String(due)], {
    cwd: dir,
    env: terminal({ TIDELINE_SMTP_URL: `smtp://127.0.0.1:${port}` }),
    stdio: "ignore",
  });
}

/** What a server says to a recipient: yes, or to one never and to one not at first. */
function answer(strict: boolean, isFirst: boolean, moment: Moment, who: string): Deed {
  if (!strict || moment !== "rcpt") return undefined;
  if (who === "bob@example.com") return "550 5.1.1 user unknown";
  return isFirst && who === "wang@example.cn" ? "450 4.2.0 greylisted" : undefined;
}

const wait = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

beforeAll(async () => {
  scheduledWorkspace(template);
  writeFileSync(join(template, "recipients.csv"), people);
  await using store = await openStore({ file: storeFile(template) });
  await (await serveWith({ dir: template, store, clock: { now: before } })).round();
  let got = 0;
  let all = () => {};
  const done = new Promise<void>((resolve) => {
    all = resolve;
  });
  await using server = await mailServer({
    at: (moment) => {
      if (moment === "end" && ++got === addresses.length) all();
      return undefined;
    },
  });
  const start = performance.now();
  const child = serveAt(workspace(), server.port);
  await Promise.race([done, once(child, "exit")]);
  tookMs = performance.now() - start;
  child.kill("SIGKILL");
  await once(child, "exit").catch(() => {});
  expect(got).toBe(addresses.length);
}, 120_000);

/** Serves until it is killed; the server that it mails to goes on. */
async function killed(kill: Kill, dir: string): Promise<MailServer> {
  let child: ChildProcess | null = null;
  let met = 0;
  const server = await mailServer({
    at: async (moment, who) => {
      const victim = child;
      const isHere = kill.kind === "step" && kill.step === moment && ++met === kill.time;
      if (victim === null || !isHere) return answer(kill.strict, victim !== null, moment, who);
      victim.kill("SIGKILL");
      await once(victim, "exit");
      // A strict server has not taken the message on when the connection goes.
      return moment === "end" && kill.strict ? "drop" : undefined;
    },
  });
  child = serveAt(dir, server.port);
  const end = once(child, "exit");
  if (kill.kind === "share") {
    await wait(kill.share * tookMs);
    child.kill("SIGKILL");
  } else await Promise.race([end, wait(60_000)]);
  // A step that never came is a fault of the test, not a wait without end.
  child.kill("SIGTERM");
  const [, signal] = (await end) as [number | null, string | null];
  expect(signal).toBe("SIGKILL");
  child = null;
  return server;
}

const seen = new Set<string>();
const named = (kill: Kill) =>
  kill.kind === "share"
    ? `at ${kill.share.toFixed(3)} of its time, strict ${kill.strict}`
    : `at ${kill.step}, time ${kill.time}, strict ${kill.strict}`;

it.each(chosen.map((kill) => [named(kill), kill] as const))("killed %s", async (_, kill) => {
  const dir = workspace();
  await using server = await killed(kill, dir);
  await using store = await openStore({ file: storeFile(dir) });
  const clock = { now: due };
  const next = await serveWith({ dir, store, clock, owner: "next", smtp: server.at });
  for (let round = 0; round < 5; round++) {
    clock.now += 5 * hour;
    await next.round();
  }
  const slots = await store.ledger.slots();
  expect(slots.map(({ asOf, state }) => `${asOf} ${state}`)).toEqual(["2026-01-09 made"]);
  expect((await store.issues()).map(({ asOf, revision }) => `${asOf} ${revision}`)).toEqual(["2026-01-09 1"]);
  expect((await verifyIssue(join(dir, "output/weekly/2026-01-09"))).findings).toEqual([]);

  const rows = (await store.ledger.deliveries()).map(({ address, state }) => [address, state] as const);
  expect(rows.map(([address]) => address).toSorted()).toEqual(addresses);
  for (const [address, state] of rows) {
    const got = server.received.filter(({ to }) => to[0] === address).length;
    seen.add(state);
    expect([address, state, got]).toEqual([
      address,
      kill.strict && address === "bob@example.com"
        ? expect.stringMatching(/failed|unknown/)
        : expect.stringMatching(/sent|unknown/),
      state === "sent" ? 1 : state === "failed" ? 0 : expect.toSatisfy((copies: number) => copies <= 1),
    ]);
  }
});

it("came to rows that another process sent, and to a row that nobody may send by himself", () => {
  expect([...seen]).toEqual(expect.arrayContaining(["sent", "unknown"]));
});
