import { describe, expect, it } from "vitest";
import type { Message } from "#src/deliver/message.ts";
import { smtpClient } from "#src/deliver/smtp.ts";
import type { SmtpServer } from "#src/domain/mail.ts";
import {
  certificate,
  type Deed,
  type MailServer,
  type Moment,
  mailServer,
  type Script,
} from "#tests/deliver/mail-server.ts";
import { hasty, patient, pdf } from "#tests/deliver/mailed-issue.ts";

const message: Message = {
  subject: "x",
  from: "notes@example.org",
  to: "ann@example.org",
  bytes: Buffer.concat([Buffer.from("Subject: x\r\n\r\n.\r\n..\r\n"), Buffer.from(pdf.toString("base64"))]),
};
const mine = async () => true;

/** Sends one message to a server that follows a script. */
async function send(script: Script, own: Partial<SmtpServer> = {}, timeouts = patient) {
  await using server = await mailServer(script);
  await using client = smtpClient({ ...server.at, ...own }, timeouts);
  const sent = await client.send(message, mine);
  return { sent, server };
}

const deedAt = (wanted: Moment, deed: Deed) => (moment: Moment) => (moment === wanted ? deed : undefined);

const encrypted = { disabledCommands: [] };

describe("a message that is accepted", () => {
  it("arrives whole, lines that begin with a dot included", async () => {
    const { sent, server } = await send({});
    expect(sent).toMatchObject({ kind: "accepted", response: expect.stringMatching(/^250 /) });
    expect(server.received).toHaveLength(1);
    expect(server.received[0]).toMatchObject({
      from: "notes@example.org",
      to: ["ann@example.org"],
      isSecure: false,
    });
    expect(server.received[0]?.raw.toString("latin1").trimEnd()).toBe(message.bytes.toString("latin1"));
  });

  it.each(["loopback", "starttls", "tls"] as const)(
    "is encrypted where that is asked for or offered: %s",
    async (security) => {
      const options = security === "tls" ? { secure: true } : encrypted;
      const { sent, server } = await send({ options }, { security, ca: certificate });
      expect(sent.kind).toBe("accepted");
      expect(server.received[0]?.isSecure).toBe(true);
    },
  );

  it("is encrypted to this machine although nobody vouches for its certificate", async () => {
    const { sent, server } = await send({ options: encrypted });
    expect([sent.kind, server.received[0]?.isSecure]).toEqual(["accepted", true]);
  });

  it("comes with a login", async () => {
    const login = { user: "ann", password: "p@ss" };
    const options = { ...encrypted, authOptional: false };
    const { sent, server } = await send({ options }, { security: "starttls", ca: certificate, login });
    expect(sent.kind).toBe("accepted");
    expect(server.log).toContain("auth ann");
  });

  it("goes over the connection of the one before", async () => {
    await using server = await mailServer();
    await using client = smtpClient(server.at, patient);
    for (let i = 0; i < 3; i++) expect((await client.send(message, mine)).kind).toBe("accepted");
    expect(new Set(server.received.map(({ session }) => session)).size).toBe(1);
  });

  it("goes over a new connection where the one before has died in between", async () => {
    let mails = 0;
    const at = (moment: Moment) => (moment === "mail" && ++mails === 2 ? "drop" : undefined);
    await using server = await mailServer({ at });
    await using client = smtpClient(server.at, patient);
    for (let i = 0; i < 2; i++) expect((await client.send(message, mine)).kind).toBe("accepted");
    expect(server.log.filter((each) => each === "connect")).toHaveLength(2);
  });

  it("goes over a new connection after one that was refused", async () => {
    const at = (moment: Moment, who: string) =>
      moment === "rcpt" && who.startsWith("no") ? "550 5.1.1 no" : undefined;
    await using server = await mailServer({ at });
    await using client = smtpClient(server.at, patient);
    expect((await client.send({ ...message, to: "no@example.org" }, mine)).kind).toBe("refused");
    expect((await client.send(message, mine)).kind).toBe("accepted");
    expect(server.received.map(({ to }) => to[0])).toEqual(["ann@example.org"]);
  });
});

describe("the first byte of a message", () => {
  it.each([true, false])("waits for leave, pipelined or not: %s", async (hidePIPELINING) => {
    await using server = await mailServer({ options: { hidePIPELINING } });
    await using client = smtpClient(server.at, patient);
    const leave = Promise.withResolvers<boolean>();
    const asked = Promise.withResolvers<void>();
    const sending = client.send(message, () => {
      asked.resolve();
      return leave.promise;
    });
    await asked.promise;
    expect(server.log).toEqual(["connect", "mail notes@example.org", "rcpt ann@example.org"]);
    leave.resolve(true);
    expect((await sending).kind).toBe("accepted");
  });

  it("never goes out without leave", async () => {
    await using server = await mailServer();
    await using client = smtpClient(server.at, patient);
    expect(await client.send(message, async () => false)).toEqual({ kind: "withheld" });
    expect((await client.send(message, mine)).kind).toBe("accepted");
    expect(server.received).toHaveLength(1);
    expect(server.log.filter((each) => each.startsWith("data"))).toHaveLength(1);
  });

  it("never goes out where leave cannot be asked for", async () => {
    await using server = await mailServer();
    await using client = smtpClient(server.at, patient);
    await expect(client.send(message, () => Promise.reject(new Error("no store")))).rejects.toThrow(
      "no store",
    );
    expect(server.received).toHaveLength(0);
  });

  it("is not asked leave for where the recipient is refused", async () => {
    await using server = await mailServer({ at: deedAt("rcpt", "550 5.1.1 no") });
    await using client = smtpClient(server.at, patient);
    let asked = 0;
    await client.send(message, async () => ++asked > 0);
    expect(asked).toBe(0);
  });
});

describe("a server that says no", () => {
  it.each([
    ["connect", "421 4.3.2 not now", "connect"],
    ["connect", "554 5.7.1 never", "connect"],
    ["mail", "451 4.7.1 greylisted", "mail"],
    ["mail", "550 5.7.1 sender refused", "mail"],
    ["mail", "421 4.7.0 too many connections", "mail"],
    ["rcpt", "450 4.2.0 greylisted", "rcpt"],
    ["rcpt", "451 DT:SPM 163 smtp1", "rcpt"],
    ["rcpt", "550 5.1.1 user unknown", "rcpt"],
    ["rcpt", "550 Domain frequency limited", "rcpt"],
    ["end", "552 5.3.4 too big", "message"],
    ["end", "451 4.3.0 try again", "message"],
    ["end", "550 5.7.1 content denied", "message"],
  ] as const)("at %s with %s", async (moment, response, phase) => {
    for (const hidePIPELINING of [true, false]) {
      const { sent, server } = await send({ at: deedAt(moment, response), options: { hidePIPELINING } });
      expect(sent).toEqual({ kind: "refused", phase, response: expect.stringContaining(response) });
      expect(server.received).toHaveLength(0);
    }
  });

  it("to the login, and the password is in no answer", async () => {
    const login = { user: "ann", password: "wr0ng-p@ss" };
    const { sent } = await send({}, { login });
    expect(sent).toMatchObject({ kind: "refused", phase: "auth", response: expect.stringMatching(/^535/) });
    expect(JSON.stringify(sent)).not.toContain("wr0ng");
  });

  it("to the size, before the message is offered", async () => {
    const { sent, server } = await send({ options: { size: 1000 } });
    expect(sent).toMatchObject({
      kind: "refused",
      phase: "mail",
      response: expect.stringMatching(/^552 5\.3\.4 /),
    });
    expect(server.log).toEqual(["connect"]);
  });

  it("to the size, after the message", async () => {
    const { sent } = await send({ options: { size: 1000, hideSize: true } });
    expect(sent).toMatchObject({ kind: "refused", response: expect.stringMatching(/^552/) });
  });
});

describe("a server that cannot be talked to", () => {
  it("refuses the connection", async () => {
    const gone: MailServer = await mailServer();
    await gone[Symbol.asyncDispose]();
    await using client = smtpClient(gone.at, patient);
    expect(await client.send(message, mine)).toMatchObject({ kind: "broken", phase: "connect" });
  });

  it.each(["connect", "mail", "rcpt"] as const)("drops the connection at %s", async (moment) => {
    const { sent } = await send({ at: deedAt(moment, "drop") });
    expect(sent).toMatchObject({ kind: "broken", phase: moment === "connect" ? "connect" : "mail" });
  });

  it.each(["connect", "mail", "rcpt"] as const)("is silent at %s", async (moment) => {
    const { sent } = await send({ at: deedAt(moment, "hang") }, {}, hasty);
    expect(sent).toMatchObject({ kind: "broken", phase: moment === "connect" ? "connect" : "mail" });
  });

  it.each([
    ["drops the connection in the middle of the message", "data", "drop"],
    ["drops the connection after the message", "end", "drop"],
    ["is silent after the message", "end", "hang"],
  ] as const)("%s: what became of it nobody knows", async (_, moment, deed) => {
    const { sent, server } = await send({ at: deedAt(moment, deed) }, {}, hasty);
    expect(sent).toMatchObject({ kind: "broken", phase: "message" });
    expect(server.log).toContain("data ann@example.org");
  });

  it("offers no encryption where it is required, and gets neither password nor mail", async () => {
    const login = { user: "ann", password: "p@ss" };
    const { sent, server } = await send({}, { security: "starttls", login });
    expect(sent).toMatchObject({ kind: "refused", phase: "tls" });
    expect(server.log).toEqual(["connect"]);
  });

  it.each(["starttls", "tls"] as const)(
    "shows a certificate that nobody vouches for: %s",
    async (security) => {
      const options = security === "tls" ? { secure: true } : encrypted;
      const { sent, server } = await send({ options }, { security });
      expect(sent).toMatchObject({
        kind: "broken",
        phase: "tls",
        reason: expect.stringContaining("self-signed"),
      });
      expect(server.log).not.toContain("mail notes@example.org");
    },
  );

  it.runIf(process.platform === "linux")("shows a certificate that is of another name", async () => {
    const host = "127.0.0.2";
    const { sent, server } = await send(
      { options: encrypted, host },
      { security: "starttls", ca: certificate },
    );
    expect(sent).toMatchObject({ kind: "broken", phase: "tls", reason: expect.stringContaining("altnames") });
    expect(server.log).not.toContain("mail notes@example.org");
  });

  it("offers no login where one is configured", async () => {
    const { sent } = await send(
      { options: { disabledCommands: ["AUTH", "STARTTLS"] } },
      { login: { user: "a", password: "b" } },
    );
    expect(sent).toEqual({ kind: "broken", phase: "auth", reason: "the server offers no login" });
  });
});

describe("a sender that is told to stop", () => {
  it.each(["connect", "mail", "rcpt"] as const)("breaks off at %s", async (moment) => {
    const stopping = new AbortController();
    const at = (here: Moment): Deed => {
      if (here !== moment) return undefined;
      stopping.abort();
      return "hang";
    };
    await using server = await mailServer({ at });
    await using client = smtpClient(server.at, patient);
    const sent = await client.send(message, mine, stopping.signal);
    expect(sent).toMatchObject({ kind: "broken", reason: "sending was stopped" });
    expect(server.received).toHaveLength(0);
  });

  it("finishes a message that has begun", async () => {
    const stopping = new AbortController();
    const at = (moment: Moment): Deed => {
      if (moment === "data") stopping.abort();
      return undefined;
    };
    await using server = await mailServer({ at });
    await using client = smtpClient(server.at, patient);
    expect((await client.send(message, mine, stopping.signal)).kind).toBe("accepted");
    expect(server.received).toHaveLength(1);
  });
});
