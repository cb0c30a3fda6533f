import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { expect, it } from "vitest";
import { openStore } from "#src/store/open.ts";
import { inside } from "#tests/cli/inside.ts";
import { terminal } from "#tests/cli/tideline.ts";
import { type Deed, type MailServer, type Moment, mailServer } from "#tests/deliver/mail-server.ts";
import { mailWorkspace, storeFile } from "#tests/deliver/mail-workspace.ts";
import { root } from "#tests/render/press.ts";
import { temporaryFolder } from "#tests/render/temporary.ts";
import { count } from "#tests/slow/edits.ts";

/*
 * kill -9 while `tideline send` mails an issue, at every step of the conversation with the server and right after it. Then it
 * is sent to the end: nobody has got two, but from a person who sends again what is `unknown`; and nobody has got nothing
 * without a row that says so.
 */

const addresses = [
  "a@example.org",
  "b@example.org",
  "c@qq.com",
  "d@qq.com",
  "e@163.com",
  "f@163.com",
  "g@example.com",
];
const people = ["name,address,language,groups", ...addresses.map(row)].join("\n");
function row(address: string): string {
  return `${address[0]?.toUpperCase()},${address},${address.endsWith("qq.com") ? "zh-CN" : "en"},clients`;
}

/** `after`: the server has answered that it takes the message. */
type Point = Moment | "after";
const points: readonly Point[] = ["mail", "rcpt", "data", "end", "after", "connect"];

/** What the server does to some, and with the message of whoever was killed while it waited for the answer. */
const moods = ["willing", "strict"] as const;

interface Kill {
  readonly point: Point;
  /** At the how-manieth time that the conversations come to the point. */
  readonly time: number;
  readonly mood: (typeof moods)[number];
}

const kills: readonly Kill[] = [1, 2, 3, 4, 5].flatMap((time) =>
  moods.flatMap((mood) =>
    // No more than three connections are opened by the willing.
    points.map((point) => ({ point, time: point === "connect" ? 1 + (time % 3) : time, mood })),
  ),
);

/** Eleven and sixty have no common factor: a tenth of them comes to every point. */
const chosen = Array.from({ length: count(kills.length) }, (_, i) => kills[(i * 11) % kills.length]).filter(
  (kill) => kill !== undefined,
);

const folder = temporaryFolder();
const seen = new Set<string>();

/** A server in whose hands the process dies. */
async function deadlyServer(
  { point, time, mood }: Kill,
  victim: () => ChildProcess | null,
): Promise<MailServer> {
  let met = 0;
  const isHere = (moment: Moment): boolean =>
    moment === (point === "after" ? "end" : point) && ++met === time;
  const at = async (moment: Moment, who: string): Promise<Deed> => {
    const child = victim();
    if (!isHere(moment) || child === null) return answer(mood, moment, who, child !== null);
    if (point === "after") {
      setImmediate(() => child.kill("SIGKILL"));
      return undefined;
    }
    child.kill("SIGKILL");
    await once(child, "exit");
    // The message is whole, but this server has not taken it on when the connection goes.
    return moment === "end" && mood === "strict" ? "drop" : undefined;
  };
  return mailServer({ at });
}

/** What a server says to a recipient: yes, or to one never and to one not at first. */
function answer(mood: Kill["mood"], moment: Moment, who: string, isFirst: boolean): Deed {
  if (mood === "willing" || moment !== "rcpt") return undefined;
  if (who === "b@example.org") return "550 5.1.1 user unknown";
  return isFirst && who === "e@163.com" ? "451 DT:SPM 163 smtp1" : undefined;
}

it.each(chosen)("killed at $point, time $time, by a server that is $mood", async (kill) => {
  const dir = await mailWorkspace(join(folder, `${kill.point}-${kill.time}-${kill.mood}`), people);
  let child: ChildProcess | null = null;
  await using server = await deadlyServer(kill, () => child);
  const env = { TIDELINE_SMTP_URL: `smtp://127.0.0.1:${server.port}` };
  const send = (now: number, ...more: string[]) =>
    inside(dir, ["send", "weekly/2026-02-13", ...more], now, null, env);
  child = spawn(process.execPath, [join(root, "src/cli.ts"), "send", "weekly/2026-02-13"], {
    cwd: dir,
    env: terminal(env),
    stdio: "ignore",
  });
  const [, signal] = (await once(child, "close")) as [number | null, string | null];
  expect(signal).toBe("SIGKILL");
  child = null;
  const got = (address: string): number => server.received.filter(({ to }) => to[0] === address).length;
  const standing = async (): Promise<ReadonlyMap<string, string>> => {
    await using store = await openStore({ file: storeFile(dir) });
    return new Map((await store.ledger.deliveries()).map(({ address, state }) => [address, state]));
  };

  let now = Date.now();
  for (let round = 0; round < 4; round++) {
    now += 5 * 3_600_000;
    await send(now);
  }
  const states = await standing();
  expect([...states.keys()].toSorted()).toEqual(addresses);
  for (const [address, state] of states) {
    seen.add(`${kill.point} ${state}`);
    expect(["sent", "unknown", "failed"]).toContain(state);
    if (state === "sent") expect([address, got(address)]).toEqual([address, 1]);
    if (state === "unknown") expect([address, got(address) <= 1]).toEqual([address, true]);
    if (state === "failed") expect([address, got(address)]).toEqual(["b@example.org", 0]);
  }

  // A person sends again what is unknown: these may have it twice, and nobody else.
  const unknown = [...states].filter(([, state]) => state === "unknown").map(([address]) => address);
  for (const address of unknown) expect((await send(now, "--to", address, "--by", "Dee")).code).toBe(0);
  const after = await standing();
  for (const address of addresses) {
    const most = unknown.includes(address) ? 2 : 1;
    expect(got(address)).toBeLessThanOrEqual(most);
    if (after.get(address) !== "failed")
      expect([after.get(address), got(address) >= 1]).toEqual(["sent", true]);
  }
});

it("came to both kinds of rows: those that are sent again by themselves and those that are not", () => {
  expect([...seen]).toEqual(expect.arrayContaining(["rcpt sent", "end unknown"]));
  expect([...seen].filter((each) => /^(connect|mail|rcpt) unknown$/.test(each))).toEqual([]);
});
