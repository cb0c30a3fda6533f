import { generateKeyPairSync } from "node:crypto";
import { chmodSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { loadSecrets } from "#src/config/secrets.ts";
import { temporaryFolder } from "#tests/render/temporary.ts";

const rsa = (bits: number): string =>
  generateKeyPairSync("rsa", { modulusLength: bits })
    .privateKey.export({ type: "pkcs8", format: "pem" })
    .toString();
const key = rsa(1024);
const smtp = async (url: string) => (await loadSecrets({ TIDELINE_SMTP_URL: url }, "/")).smtp;
const hidden = "s3cr3t-word";

describe("the address of the mail server", () => {
  it.each([
    ["smtp://ann:p%40ss@mail.example.org", "mail.example.org", 587, "starttls"],
    ["smtp://ann:p%40ss@mail.example.org:25", "mail.example.org", 25, "starttls"],
    ["smtps://ann:p%40ss@mail.example.org/", "mail.example.org", 465, "tls"],
    ["smtp://ann:p%40ss@localhost:2525", "localhost", 2525, "loopback"],
    ["smtp://ann:p%40ss@127.0.0.1", "127.0.0.1", 587, "loopback"],
    ["smtp://ann:p%40ss@[::1]:26", "::1", 26, "loopback"],
    ["smtps://ann:p%40ss@127.0.0.1", "127.0.0.1", 465, "tls"],
    ["smtp://ann:p%40ss@127.example.org", "127.example.org", 587, "starttls"],
    ["smtp://ann:p%40ss@10.0.0.7", "10.0.0.7", 587, "starttls"],
  ])("%s", async (url, host, port, security) => {
    expect(await smtp(url)).toEqual({
      host,
      port,
      security,
      login: { user: "ann", password: "p@ss" },
      ca: null,
    });
  });

  it("may be without a login", async () => {
    expect(await smtp("smtp://localhost:2525")).toMatchObject({ login: null });
    expect(await smtp("")).toBeNull();
  });

  it.each([
    `http://ann:${hidden}@mail.example.org`,
    `ann:${hidden}@mail.example.org`,
    `smtp://ann:${hidden}#x@mail.example.org`,
    `smtp://ann:${hidden}/x@mail.example.org`,
    `smtp://ann:${hidden}%@mail.example.org`,
    `smtp://ann:${hidden}%0d%0a@mail.example.org`,
    `smtp://:${hidden}@mail.example.org`,
    `smtp://ann:${hidden}@mail.example.org?x=1`,
    `smtp://ann:${hidden}@mail.example.org:99999`,
    `smtp://${hidden}@`,
  ])("is refused without showing the password: %s", async (url) => {
    const error = await smtp(url).catch((each: unknown) => each);
    expect(String(error)).toMatch(/TIDELINE_SMTP_URL: smtp:\/\/user:password@host:587/);
    expect(JSON.stringify([String(error), error])).not.toContain(hidden);
  });
});

describe("secrets", () => {
  it("are none where the environment has none", async () => {
    expect(await loadSecrets({}, "/")).toEqual({
      smtp: null,
      dkimKey: null,
      webhookSecret: null,
      warnings: [],
    });
  });

  it("stand in the environment or in files, relative to the folder", async () => {
    const dir = temporaryFolder();
    const files = { key, url: "smtps://mail.example.org\n", secret: `${hidden}-of-some-length\n` };
    for (const [name, text] of Object.entries(files)) writeFileSync(join(dir, name), text, { mode: 0o600 });
    const env = {
      TIDELINE_DKIM_KEY_FILE: "key",
      TIDELINE_SMTP_URL_FILE: join(dir, "url"),
      TIDELINE_WEBHOOK_SECRET_FILE: "secret",
    };
    expect(await loadSecrets(env, dir)).toMatchObject({
      smtp: { host: "mail.example.org" },
      dkimKey: key.trim(),
      webhookSecret: `${hidden}-of-some-length`,
      warnings: [],
    });
    chmodSync(join(dir, "secret"), 0o640);
    expect((await loadSecrets(env, dir)).warnings).toEqual([
      "secret (TIDELINE_WEBHOOK_SECRET_FILE) can be read by others: chmod 600 secret",
    ]);
    expect((await loadSecrets({ TIDELINE_DKIM_KEY: key.replaceAll("\n", "\\n") }, dir)).dkimKey).toBe(
      key.trim(),
    );
  });

  it("carry certificates of one's own to the server", async () => {
    const ca = "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----";
    const env = { TIDELINE_SMTP_CA: ca, TIDELINE_SMTP_URL: "smtps://mail.example.org" };
    expect((await loadSecrets(env, "/")).smtp?.ca).toBe(ca);
  });

  it("tell all faults at once and show none of what is secret", async () => {
    const dir = temporaryFolder();
    writeFileSync(join(dir, "empty"), "\n");
    const ec = generateKeyPairSync("ec", { namedCurve: "P-256" }).privateKey;
    const env = {
      TIDELINE_SMTP_URL: `nothing:${hidden}`,
      TIDELINE_SMTP_CA: hidden,
      TIDELINE_DKIM_KEY: ec.export({ type: "pkcs8", format: "pem" }).toString(),
      TIDELINE_WEBHOOK_SECRET_FILE: "empty",
    };
    const error = String(await loadSecrets(env, dir).catch((each: unknown) => each));
    for (const part of [
      "TIDELINE_SMTP_CA: cert",
      "TIDELINE_SMTP_URL: smtp",
      "TIDELINE_DKIM_KEY: an RSA",
      "empty: found nothing",
    ])
      expect(error).toContain(part);
    expect(error).not.toContain(hidden);
    expect(error).not.toContain("PRIVATE");
  });

  it.each([
    [
      { TIDELINE_DKIM_KEY: key, TIDELINE_DKIM_KEY_FILE: "x" },
      "either TIDELINE_DKIM_KEY or TIDELINE_DKIM_KEY_FILE",
    ],
    [{ TIDELINE_DKIM_KEY_FILE: "absent" }, "a file that can be read, for TIDELINE_DKIM_KEY (ENOENT)"],
    [{ TIDELINE_DKIM_KEY: rsa(512) }, "1024 bits or more"],
    [{ TIDELINE_WEBHOOK_SECRET: "short" }, "16 characters or more"],
  ])("are refused where they cannot be used: %#", async (env, expected) => {
    await expect(loadSecrets(env, temporaryFolder())).rejects.toThrow(expected);
  });
});
