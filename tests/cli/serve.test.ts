import type { ChildProcess } from "node:child_process";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { afterEach, describe, expect, it } from "vitest";
import { inside } from "#tests/cli/inside.ts";
import { ended, start, tideline } from "#tests/cli/tideline.ts";
import { temporaryFolder } from "#tests/render/temporary.ts";
import { scheduledWorkspace } from "#tests/serve/services.ts";

const base = temporaryFolder();
let folders = 0;
const workspace = (own: object = {}): string =>
  scheduledWorkspace(join(base, String(++folders)), { due: "last session of the week" }, own);

const children: ChildProcess[] = [];
afterEach(() => {
  for (const child of children.splice(0)) child.kill("SIGKILL");
});

const started = (...call: Parameters<typeof start>): ChildProcess => {
  const child = start(...call);
  children.push(child);
  return child;
};

/** A process that serves, once it says where. */
async function serving(dir: string, ...own: readonly string[]) {
  const child = started(["serve", "--port", "0", ...own], { cwd: dir });
  const end = ended(child);
  if (child.stderr === null) throw new RangeError("a started launcher has its stderr piped");
  for await (const line of createInterface(child.stderr)) {
    const { msg, url } = JSON.parse(line) as { msg?: string; url?: string };
    if (msg === "serving" && url !== undefined) return { child, end, url };
  }
  throw new RangeError("the process ended before it served");
}

describe("tideline serve", () => {
  it("shows the archive and how it is, and ends by itself when it is asked to", async () => {
    const { child, end, url } = await serving(workspace());
    const statuses = [];
    for (const path of [
      "livez",
      "readyz",
      "healthz/schedule",
      "en/",
      "search?q=a",
      "facts.json",
      "data/prices.csv",
    ])
      statuses.push((await fetch(`${url}/${path}`)).status);
    const taken = await tideline(["serve", "--port", new URL(url).port], { cwd: workspace() });
    child.kill("SIGINT");
    const { code, err } = await end;
    expect(statuses).toEqual([200, 200, 200, 200, 200, 404, 404]);
    expect([taken.code, taken.err]).toEqual([2, expect.stringContaining("EADDRINUSE")]);
    expect([code, err]).toEqual([0, expect.stringContaining('"msg":"stopped"')]);
  });

  it("tells callers apart behind the proxy that is named", async () => {
    const { url } = await serving(workspace(), "--behind-proxy", "10.0.0.0/8, 127.0.0.1");
    const search = async (from: string) =>
      (await fetch(`${url}/search?q=`, { headers: { "x-forwarded-for": from } })).status;
    let last = 0;
    for (let i = 0; i < 61; i++) last = await search("192.0.2.1");
    expect([last, await search("192.0.2.2")]).toEqual([429, 200]);
  });

  it.each(["proxy.example.org", "127.0.0.1,", "10.0.0.0/33", "::1/0", "1.2.3.4/x", "true", "1", ""])(
    "trusts no proxy that is named %j",
    async (named) => {
      const { code, err } = await inside(workspace(), ["serve", `--behind-proxy=${named}`]);
      expect([code, err]).toEqual([2, expect.stringMatching(/--behind-proxy[\s\S]*10\.0\.0\.0\/8/)]);
    },
  );

  it("sends nothing unsigned that is meant to be signed", async () => {
    const mail = {
      from: { name: "Desk", address: "desk@example.com" },
      site: "https://notes.example.com",
      recipients: "recipients.csv",
      dkim: { domain: "example.com", selector: "notes" },
    };
    const child = started(["serve", "--port", "0"], {
      cwd: workspace({ mail }),
      env: { TIDELINE_SMTP_URL: "smtp://127.0.0.1:2525" },
    });
    const { code, err } = await ended(child);
    expect([code, err]).toEqual([2, expect.stringContaining("TIDELINE_DKIM_KEY")]);
  });
});
