import { createHmac, timingSafeEqual } from "node:crypto";
import { once } from "node:events";
import { createServer, type IncomingHttpHeaders, type RequestListener, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { afterEach, describe, expect, it } from "vitest";
import { callWebhook, secretFault, webhookHeaders } from "#src/deliver/webhook.ts";
import type { KeptAlert } from "#src/store/ledger.ts";

const secret = `whsec_${Buffer.from("a key of thirty-two bytes length").toString("base64")}`;
const now = Date.parse("2026-02-13T23:30:00Z");
const alert: KeptAlert = {
  id: 7,
  key: "held weekly 2026-02-13T23:00:00Z weekly/2026-02-13@1",
  kind: "held",
  subject: "Tideline held: weekly/2026-02-13@1 waits for a release",
  text: "The issue is held.\n潮线\n",
  channel: "webhook:http://127.0.0.1/hook",
  raisedAt: now - 60_000,
  attempts: 1,
};

interface Heard {
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
  readonly path: string;
}

const servers: Server[] = [];
afterEach(async () => {
  for (const server of servers.splice(0)) {
    server.closeAllConnections();
    server.close();
    await once(server, "close");
  }
});

/** A receiver on a free port, what it heard, and its address. */
async function receiver(answer: RequestListener = (_, response) => void response.writeHead(204).end()) {
  const heard: Heard[] = [];
  const server = createServer(async (request, response) => {
    const parts: Buffer[] = [];
    for await (const part of request) parts.push(part as Buffer);
    heard.push({ headers: request.headers, body: Buffer.concat(parts).toString(), path: request.url ?? "" });
    answer(request, response);
  });
  servers.push(server);
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  return { heard, url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/hook` };
}

/** As a receiver verifies it, from the text of the scheme: nothing of ours is used. */
function isGenuine({ headers, body }: Pick<Heard, "headers" | "body">, key: string, at: number): boolean {
  const { "webhook-id": id, "webhook-timestamp": timestamp, "webhook-signature": signatures } = headers;
  if (Math.abs(at / 1000 - Number(timestamp)) > 300) return false;
  const bytes = key.startsWith("whsec_") ? Buffer.from(key.slice(6), "base64") : Buffer.from(key, "utf8");
  const expected = createHmac("sha256", bytes).update(`${id}.${timestamp}.${body}`).digest();
  return String(signatures)
    .split(" ")
    .some((signature) => {
      const [version, code = ""] = signature.split(",");
      const given = Buffer.from(code, "base64");
      return version === "v1" && given.length === expected.length && timingSafeEqual(given, expected);
    });
}

async function heardOnce(key = secret): Promise<Heard> {
  const { heard, url } = await receiver();
  expect(await callWebhook(url, alert, { secret: key }, now)).toEqual({ sent: true });
  expect(heard).toHaveLength(1);
  return heard[0] as Heard;
}

describe("a call of the webhook", () => {
  it("tells the alert as JSON", async () => {
    const { headers, body } = await heardOnce();
    expect(headers["content-type"]).toBe("application/json");
    expect(JSON.parse(body)).toEqual({
      id: headers["webhook-id"],
      kind: "held",
      publication: "weekly",
      slot: "2026-02-13T23:00:00Z",
      subject: alert.subject,
      text: alert.text,
      raisedAt: "2026-02-13T23:29:00Z",
    });
  });

  it.each([
    ["written in base64", secret],
    ["written as it is", "a passphrase of sixteen or more"],
  ])("is signed with a key %s, as an independent receiver verifies", async (_, key) => {
    expect(isGenuine(await heardOnce(key), key, now)).toBe(true);
  });

  it("is refused by such a receiver when anything was changed, or when it is old", async () => {
    const { headers, body } = await heardOnce();
    const tampered = [
      { headers, body: body.replace("held", "fine") },
      { headers: { ...headers, "webhook-id": "msg_other" }, body },
      { headers: { ...headers, "webhook-timestamp": String(now / 1000 + 1) }, body },
    ];
    for (const each of tampered) expect(isGenuine(each, secret, now)).toBe(false);
    expect(isGenuine({ headers, body }, `${secret.slice(0, -4)}AAA=`, now)).toBe(false);
    expect(isGenuine({ headers, body }, secret, now + 301_000)).toBe(false);
  });

  // The example of the scheme's own reference implementations.
  it("is signed as the published example", () => {
    const headers = webhookHeaders(
      "msg_p5jXN8AQM9LWM0D4loKWxJek",
      1614265330_000,
      '{"test": 2432232314}',
      "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw",
    );
    expect(headers["webhook-signature"]).toBe("v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=");
  });

  it("carries the same id on every attempt, and another for another alert or address", async () => {
    const { heard, url } = await receiver();
    const others = [
      { ...alert, key: `${alert.key}@2` },
      { ...alert, channel: "webhook:https://other.example" },
    ];
    for (const each of [alert, { ...alert, attempts: 2 }, ...others])
      await callWebhook(url, each, { secret }, now + each.attempts * 60_000);
    const ids = heard.map(({ headers }) => headers["webhook-id"]);
    expect(ids[1]).toBe(ids[0]);
    expect(new Set(ids).size).toBe(3);
    expect(heard[1]?.headers["webhook-timestamp"]).not.toBe(heard[0]?.headers["webhook-timestamp"]);
  });
});

describe("a call that does not arrive", () => {
  it.each([400, 401, 404, 410, 429, 500, 503])("is answered with %i", async (status) => {
    const { url } = await receiver((_, response) => void response.writeHead(status).end("no"));
    expect(await callWebhook(url, alert, { secret }, now)).toEqual({
      sent: false,
      response: `answered ${status} where 2xx is expected`,
    });
  });

  it.each([301, 302, 307, 308])("is redirected with %i, which is not followed", async (status) => {
    const other = await receiver();
    const { heard, url } = await receiver(
      (_, response) => void response.writeHead(status, { location: other.url }).end(),
    );
    expect(await callWebhook(url, alert, { secret }, now)).toEqual({
      sent: false,
      response: `answered ${status}: redirects are not followed`,
    });
    expect([heard.length, other.heard.length]).toEqual([1, 0]);
  });

  it("is not answered in time", async () => {
    const { url } = await receiver(() => {});
    expect(await callWebhook(url, alert, { secret, timeoutMs: 50 }, now)).toEqual({
      sent: false,
      response: "no answer: within 0.05 s",
    });
  });

  it("finds nobody", async () => {
    const server = createServer();
    server.listen(0, "127.0.0.1");
    await once(server, "listening");
    const { port } = server.address() as AddressInfo;
    server.close();
    const reached = await callWebhook(`http://127.0.0.1:${port}/T0/secret-path`, alert, { secret }, now);
    expect(reached).toEqual({ sent: false, response: "no answer: ECONNREFUSED" });
  });

  it.each([
    ["by an address that others could read", "http://hook.example/x", secret, /not one of https/],
    ["by an address with a password", "https://a:b@127.0.0.1/x", secret, /not one of https/],
  ])("is not tried %s", async (_, url, key, said) => {
    const reached = await callWebhook(url, alert, { secret: key }, now);
    expect(reached).toMatchObject({ sent: false, response: expect.stringMatching(said) });
  });

  it("is not tried with a key that cannot sign", async () => {
    const { heard, url } = await receiver();
    const reached = await callWebhook(url, alert, { secret: "short" }, now);
    expect(reached).toMatchObject({ sent: false, response: expect.stringMatching(/a key of 5 bytes/) });
    expect(heard).toEqual([]);
  });
});

describe("a secret", () => {
  it.each([
    ["whsec_ and 16 bytes", `whsec_${Buffer.alloc(16, 1).toString("base64")}`, null],
    [
      "whsec_ and 15 bytes",
      `whsec_${Buffer.alloc(15, 1).toString("base64")}`,
      "a key of 15 bytes, fewer than 16",
    ],
    ["16 characters", "x".repeat(16), null],
    ["15 characters", "x".repeat(15), "a key of 15 bytes, fewer than 16"],
    ["whsec_ and no base64", `whsec_${"é".repeat(24)}`, "whsec_ without base64 after it"],
    ["whsec_ alone", "whsec_", "whsec_ without base64 after it"],
  ])("of %s", (_, given, fault) => {
    expect(secretFault(given)).toBe(fault);
  });
});
