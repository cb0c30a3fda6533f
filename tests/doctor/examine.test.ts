import { generateKeyPairSync } from "node:crypto";
import { cpSync, existsSync, mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { describe, expect, it } from "vitest";
import { type Checked, examine, type Visit } from "#src/doctor/examine.ts";
import { openStore } from "#src/store/open.ts";
import { inside } from "#tests/cli/inside.ts";
import { mailServer } from "#tests/deliver/mail-server.ts";
import { root } from "#tests/render/press.ts";
import { smallConfig, writeWorkspace } from "#tests/render/small-workspace.ts";
import { temporaryFolder } from "#tests/render/temporary.ts";

const base = temporaryFolder();
const now = Date.parse("2026-02-16T15:00:00Z");
const password = "p@ss";
const secret = "a webhook secret that nobody may see";
const key = generateKeyPairSync("rsa", { modulusLength: 2048 }).privateKey;
const dkimKey = key.export({ type: "pkcs8", format: "pem" }).toString();
let folders = 0;

/** A workspace that is made every week, mailed, and told of. */
function mailed(more: object = {}, recipients = "clients"): string {
  const config = smallConfig();
  Object.assign(config.publications.weekly, {
    schedule: { due: "last session of the week" },
    to: ["clients"],
    asOf: undefined,
  });
  const mail = {
    from: { name: "Desk", address: "desk@notes.example" },
    site: "https://notes.example",
    dkim: { domain: "notes.example", selector: "s1" },
    recipients: "recipients.yaml",
  };
  const alerts = { mail: ["ops@notes.example"], webhook: "https://hook.example/T0/secret-path" };
  const dir = writeWorkspace(join(base, `ws${++folders}`), { ...config, mail, alerts, ...more });
  const list = [{ name: "A", address: "a@client.example", language: "en", groups: [recipients] }];
  writeFileSync(join(dir, "recipients.yaml"), JSON.stringify(list));
  return dir;
}

const envOf = (port: number): Readonly<Record<string, string>> => ({
  TIDELINE_SMTP_URL: `smtp://me:${encodeURIComponent(password)}@127.0.0.1:${port}`,
  TIDELINE_DKIM_KEY: dkimKey,
  TIDELINE_WEBHOOK_SECRET: secret,
});

/** Examines a workspace with a browser that is not there: starting one takes a second, and is tried in a test of its own. */
function visit(dir: string, more: Partial<Visit> = {}): Promise<readonly Checked[]> {
  const browser = join(base, "no-browser");
  const machine = { root, cacheDir: join(base, "cache"), browser, searchPath: "", databaseUrl: null };
  const place = { file: join(dir, ".tideline", "tideline.db") };
  return examine({ machine, dir, place, env: {}, now, ...more });
}

const of = (checks: readonly Checked[], check: string) => checks.filter((each) => each.check === check);
const verdicts = (checks: readonly Checked[], check: string) =>
  of(checks, check).map(({ verdict }) => verdict);
const failing = (checks: readonly Checked[]) => checks.filter(({ verdict }) => verdict === "fail");

describe("a workspace that is well", () => {
  it("fails in nothing, and no secret is shown", async () => {
    await using server = await mailServer();
    const dir = mailed();
    {
      await using store = await openStore({ file: join(dir, ".tideline", "tideline.db") });
      await store.ledger.planSlots("weekly", now, () => ({ seenUntil: now, slots: [] }));
    }
    const checks = await visit(dir, { env: envOf(server.port) });
    expect(failing(checks).map(({ check }) => check)).toEqual(["browser"]);
    expect(of(checks, "mail").map(({ verdict, found }) => [verdict, found])).toEqual([
      ["ok", "clients: 1 en"],
      ["ok", "https://notes.example"],
      ["ok", `127.0.0.1:${server.port} (this machine), login accepted; nothing was sent`],
      ["ok", expect.stringContaining("RSA of 2048 bits")],
    ]);
    expect(of(checks, "alerts").map(({ found }) => found)).toEqual([
      "1 address and a webhook at hook.example",
    ]);
    expect(of(checks, "schedule")).toMatchObject([
      { verdict: "ok", found: expect.stringContaining("2026-02-20") },
    ]);
    expect(server.received).toEqual([]);
    const told = JSON.stringify(checks);
    for (const hidden of [password, encodeURIComponent(password), secret, "secret-path", "PRIVATE KEY"])
      expect(told).not.toContain(hidden);
  });

  it("is left as it is: no store, no output", async () => {
    const dir = mailed();
    await visit(dir);
    expect([".tideline", "output"].map((name) => existsSync(join(dir, name)))).toEqual([false, false]);
  });
});

describe("a workspace that lacks something", () => {
  it("is told every problem of its configuration, and examined as far as can be", async () => {
    const dir = writeWorkspace(join(base, "broken"), {
      ...smallConfig(),
      superlatives: ["GAMMA"],
      colour: "red",
    });
    const checks = await visit(dir);
    expect(of(checks, "configuration").map(({ found }) => found)).toEqual([
      expect.stringMatching(/tideline\.yaml:\d+:\d+: found .*GAMMA/),
      expect.stringMatching(/tideline\.yaml:\d+:\d+: found the unknown key colour/),
    ]);
    for (const check of ["environment", "node", "fonts", "templates", "store", "disk", "output"])
      expect([check, verdicts(checks, check)]).toEqual([check, ["ok"]]);
    expect(of(checks, "data")).toEqual([]);
  });

  it("is told of words that no issue will read", async () => {
    const dir = mailed();
    expect(of(await visit(dir), "commentary")).toMatchObject([
      { verdict: "ok", found: "nobody says anything" },
    ]);
    mkdirSync(join(dir, "commentary", "weekly", "2026-02-14"), { recursive: true });
    expect(of(await visit(dir), "commentary")).toMatchObject([
      { verdict: "warn", found: expect.stringContaining("commentary/weekly/2026-02-14") },
    ]);
  });

  it("is examined where there is no workspace at all", async () => {
    const checks = await visit(join(base, "nowhere"));
    expect(failing(checks).map(({ check }) => check)).toEqual(["configuration", "browser", "disk"]);
  });

  it("has no server, no key and no secret", async () => {
    const checks = await visit(mailed());
    const said = failing(checks).map(({ check, found }) => `${check}: ${found}`);
    expect(said.slice(1)).toEqual([
      "mail: no server: nothing can be mailed",
      "mail: no key to sign for notes.example",
      "alerts: alerts go by mail, and nothing can be mailed",
    ]);
  });

  it("has an environment that cannot be read, which is not shown", async () => {
    const checks = await visit(mailed(), { env: { TIDELINE_SMTP_URL: "smtp://me:pa/ss@mail.example" } });
    expect(verdicts(checks, "environment")).toEqual(["fail"]);
    expect(JSON.stringify(checks)).not.toContain("pa/ss");
    expect(verdicts(checks, "mail")).toEqual(["ok", "ok"]);
  });

  it("has a login that the server refuses", async () => {
    await using server = await mailServer();
    const env = { ...envOf(server.port), TIDELINE_SMTP_URL: `smtp://me:wrong@127.0.0.1:${server.port}` };
    const checks = await visit(mailed(), { env });
    expect(failing(checks).at(-1)).toMatchObject({
      check: "mail",
      found: expect.stringMatching(/at auth: 535/),
    });
    expect(JSON.stringify(checks)).not.toContain("wrong");
  });

  it("has no recipients in the group", async () => {
    const checks = await visit(mailed({}, "desk"));
    expect(of(checks, "mail")[0]).toMatchObject({ verdict: "fail", found: "nobody is in clients" });
  });

  it("has a file with a cell that is no number, and one that is not there", async () => {
    const config = smallConfig();
    const other = {
      path: "data/other.csv",
      layout: "wide",
      defaults: { kind: "level", calendar: "NYSE", provider: "x" },
    };
    const files = { ...(config.files as object), other };
    const series = {
      ALPHA: { ...config.series.ALPHA, file: "prices" },
      BETA: { ...config.series.BETA, file: "other" },
    };
    const dir = join(base, "cells");
    writeWorkspace(dir, { ...config, files, series }, "date,ALPHA\n2026-02-12,12\n2026-02-13,many\n");
    const checks = await visit(dir);
    expect(of(checks, "data").map(({ verdict, found }) => [verdict, found])).toEqual([
      ["fail", expect.stringContaining('data/prices.csv:3:2: found "many"')],
      ["warn", "data/other.csv is not there: 1 series is a gap"],
    ]);
  });

  it("has a slot that nobody came to", async () => {
    const dir = mailed();
    {
      await using store = await openStore({ file: join(dir, ".tideline", "tideline.db") });
      const seenUntil = Date.parse("2026-02-13T12:00:00Z");
      await store.ledger.planSlots("weekly", seenUntil, () => ({ seenUntil, slots: [] }));
    }
    const checks = await visit(dir);
    expect(of(checks, "schedule")).toMatchObject([
      { verdict: "fail", found: "weekly/2026-02-13 is overdue since 2026-02-14T05:00:00Z" },
    ]);
  });
});

describe("a store", () => {
  const fileIn = (dir: string): string => {
    mkdirSync(join(dir, ".tideline"), { recursive: true });
    return join(dir, ".tideline", "tideline.db");
  };

  it("that is no database is said to be none, and the rest is examined", async () => {
    const dir = mailed();
    writeFileSync(fileIn(dir), "x".repeat(8192));
    const checks = await visit(dir);
    expect(verdicts(checks, "store")).toEqual(["fail"]);
    expect(verdicts(checks, "schedule")).toEqual(["warn"]);
  });

  it("of a newer Tideline is left alone", async () => {
    const dir = mailed();
    const file = fileIn(dir);
    await (await openStore({ file }))[Symbol.asyncDispose]();
    const other = new DatabaseSync(file);
    other.exec("insert into kysely_migration values ('9999-later', '2030')");
    other.close();
    expect(of(await visit(dir), "store")).toMatchObject([
      { verdict: "fail", found: expect.stringContaining("9999-later") },
    ]);
  });

  it("on a PostgreSQL that does not answer is said not to, without its password", async () => {
    const checks = await visit(mailed(), { place: { url: "postgresql://me:hunter2@127.0.0.1:9/none" } });
    expect(of(checks, "store")).toMatchObject([
      { verdict: "fail", found: expect.stringContaining("ECONNREFUSED") },
    ]);
    expect(JSON.stringify(checks)).not.toContain("hunter2");
  });

  it("that has noted what is still to come tells that the clock is behind", async () => {
    const dir = mailed();
    {
      await using store = await openStore({ file: fileIn(dir) });
      await store.beginRun("weekly", "2026-02-13", now + 3_600_000);
    }
    expect(verdicts(await visit(dir), "clock")).toEqual(["fail"]);
  });
});

describe("tideline doctor", () => {
  // The table of Shanghai's sessions ends with the year until the next has been published.
  it("finds of the project's own workspace what only its user can give, and warns of the calendars that end", async () => {
    // Without its store, which may have noted later moments than this one.
    const dir = join(base, "own");
    for (const name of ["tideline.yaml", "data"])
      cpSync(join(root, name), join(dir, name), { recursive: true });
    const { code, out } = await inside(dir, ["doctor", "--json"], Date.parse("2026-11-25T12:00:00Z"));
    const { verdict, checks } = JSON.parse(out) as { verdict: string; checks: Checked[] };
    const told = (wanted: string) =>
      checks.filter((each) => each.verdict === wanted).map(({ found }) => found);
    expect([code, verdict]).toEqual([1, "fail"]);
    expect(told("fail")).toEqual(["no server: nothing can be mailed"]);
    expect(told("warn")).toEqual(
      expect.arrayContaining([
        "SSE: its sessions are known until 2026-12-31, 36 days from now",
        "nobody is told when an issue fails",
      ]),
    );
    expect(of(checks, "browser")).toMatchObject([
      { verdict: "ok", found: expect.stringContaining("from npm") },
    ]);
  });

  it("ends with 1 where something is missing, and says what mends it", async () => {
    const { code, out } = await inside(join(base), ["doctor", "--workspace", mailed()], now);
    expect(code).toBe(1);
    expect(out).toMatch(
      /^fail {2}mail +no server: nothing can be mailed\n +→ set TIDELINE_SMTP_URL to smtp:/m,
    );
    expect(out).toMatch(/\n\d+ all right, \d+ warnings?, 3 failures$/);
  });
});
