import { generateKeyPairSync } from "node:crypto";
import { dkimVerify } from "mailauth/lib/dkim/verify.js";
import PostalMime from "postal-mime";
import { describe, expect, it } from "vitest";
import { alertChannels, alertMessage, mailChannel } from "#src/deliver/alert-mail.ts";
import type { MailRules, SmtpServer } from "#src/domain/mail.ts";
import type { KeptAlert } from "#src/store/ledger.ts";
import { mailServer } from "#tests/deliver/mail-server.ts";

const now = Date.parse("2026-02-13T23:30:00Z");
const rules: MailRules = {
  from: { name: { en: "Desk, 潮线", "zh-CN": "潮线" }, address: "desk@notes.example" },
  replyTo: null,
  site: "https://notes.example",
  dkim: { domain: "notes.example", selector: "s1" },
  recipients: { path: "r.yaml", location: "/r.yaml" },
};
const alert: KeptAlert = {
  id: 7,
  key: "held weekly 2026-02-13T23:00:00Z weekly/2026-02-13@1",
  kind: "held",
  subject: "Tideline held: weekly/2026-02-13@1 waits for a release",
  text: "The issue is held.\n\nRelease it: tideline release weekly/2026-02-13@1 --by NAME --because REASON\n",
  channel: "mail:ops@notes.example",
  raisedAt: now,
  attempts: 1,
};
const plain = { rules, dkimKey: null };
const to = "ops@notes.example";

describe("the mail of an alert", () => {
  it("is read by another library as it was written", async () => {
    await using box = await mailServer();
    expect(await mailChannel({ ...plain, smtp: box.at })(to, alert, now)).toEqual({ sent: true });
    expect(box.received.map((each) => each.to)).toEqual([[to]]);
    const mail = await PostalMime.parse(box.received[0]?.raw ?? "");
    expect(mail).toMatchObject({
      from: { name: "Desk, 潮线", address: "desk@notes.example" },
      to: [{ address: to }],
      subject: alert.subject,
      text: alert.text,
      date: new Date(now).toISOString(),
    });
    expect(mail.html).toBeUndefined();
    expect(mail.headers.find(({ key }) => key === "auto-submitted")?.value).toBe("auto-generated");
  });

  it("has the same Message-ID on every attempt, and another for another alert or address", async () => {
    const idOf = async (each: KeptAlert, address: string) =>
      (await PostalMime.parse((await alertMessage(each, address, plain)).bytes)).messageId;
    const first = await idOf(alert, to);
    expect(first).toMatch(/^<alert-[0-9a-f]{40}@notes\.example>$/);
    expect(await idOf({ ...alert, attempts: 4, id: 9 }, to)).toBe(first);
    const others = [await idOf({ ...alert, key: `${alert.key}x` }, to), await idOf(alert, "b@notes.example")];
    expect(new Set([first, ...others]).size).toBe(3);
  });

  it("is signed for the domain where there is a key, as another library verifies", async () => {
    const { privateKey, publicKey } = generateKeyPairSync("rsa", { modulusLength: 1024 });
    const dkimKey = privateKey.export({ type: "pkcs8", format: "pem" }).toString();
    const p = publicKey.export({ type: "spki", format: "der" }).toString("base64");
    const { bytes } = await alertMessage(alert, to, { rules, dkimKey });
    const resolver = async () => [[`v=DKIM1; k=rsa; p=${p}`]];
    const { results } = await dkimVerify(bytes, { resolver });
    expect(results.map(({ status }) => status.result)).toEqual(["pass"]);
    const tampered = Buffer.from(bytes.toString("latin1").replace("is held", "is fine"), "latin1");
    const { results: broken } = await dkimVerify(tampered, { resolver });
    expect(broken.map(({ status }) => status.result)).not.toContain("pass");
  });

  it("begins no header of its own", async () => {
    const broken = { ...alert, subject: "held\r\nBcc: all@notes.example" };
    await expect(alertMessage(broken, to, plain)).rejects.toThrow(/on one line/);
  });
});

describe("a mail server that does not take an alert", () => {
  it("is quoted", async () => {
    await using box = await mailServer({
      at: (moment) => (moment === "rcpt" ? "550 5.1.1 no such user" : undefined),
    });
    const reached = await mailChannel({ ...plain, smtp: box.at })(to, alert, now);
    expect(reached).toEqual({ sent: false, response: "550 5.1.1 no such user" });
  });

  it("may ask for a login, whose password is not repeated", async () => {
    await using box = await mailServer({ options: { authOptional: false } });
    const login = { user: "me", password: "hunter2" };
    const reached = await mailChannel({ ...plain, smtp: { ...box.at, login } })(to, alert, now);
    expect(reached).toMatchObject({ sent: false, response: expect.stringContaining("535") });
    expect(JSON.stringify(reached)).not.toContain("hunter2");
  });

  it("is not there", async () => {
    const box = await mailServer();
    await box[Symbol.asyncDispose]();
    const reached = await mailChannel({ ...plain, smtp: box.at })(to, alert, now);
    expect(reached).toMatchObject({ sent: false, response: expect.stringContaining("ECONNREFUSED") });
  });
});

describe("the ways out of a process", () => {
  const smtp: SmtpServer = { host: "127.0.0.1", port: 9, security: "loopback", login: null, ca: null };

  it.each([
    ["nothing", { rules: null, smtp: null, webhookSecret: null }, [false, false]],
    ["a server without a sender", { rules: null, smtp, webhookSecret: null }, [false, false]],
    ["a sender without a server", { rules, smtp: null, webhookSecret: null }, [false, false]],
    ["server and sender", { rules, smtp, webhookSecret: null }, [true, false]],
    ["a webhook's secret", { rules: null, smtp: null, webhookSecret: "x".repeat(32) }, [false, true]],
  ])("with %s", (_, means, expected) => {
    const { mail, webhook } = alertChannels({ ...means, dkimKey: null });
    expect([mail !== null, webhook !== null]).toEqual(expected);
  });
});
