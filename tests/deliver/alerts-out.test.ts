import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import PostalMime from "postal-mime";
import { afterAll, describe, expect, it } from "vitest";
import { alertOf } from "#src/deliver/alert.ts";
import { alertChannels } from "#src/deliver/alert-mail.ts";
import { sendAlerts } from "#src/deliver/send-alerts.ts";
import type { MailRules } from "#src/domain/mail.ts";
import { openStore } from "#src/store/open.ts";
import { mailServer } from "#tests/deliver/mail-server.ts";
import { temporaryFolder } from "#tests/render/temporary.ts";

const folder = temporaryFolder();
const now = Date.parse("2026-02-13T23:30:00Z");
const rules: MailRules = {
  from: { name: { en: "Desk", "zh-CN": "潮线" }, address: "desk@notes.example" },
  replyTo: null,
  site: "https://notes.example",
  dkim: null,
  recipients: { path: "r.yaml", location: "/r.yaml" },
};

const heard: { kind: string; subject: string; text: string }[] = [];
const hook = createServer(async (request, response) => {
  heard.push(JSON.parse(await text(request)));
  response.writeHead(200).end();
});
hook.listen(0, "127.0.0.1");
await once(hook, "listening");
afterAll(() => {
  hook.closeAllConnections();
  hook.close();
});
const url = `http://127.0.0.1:${(hook.address() as AddressInfo).port}/hook`;

describe("a mail server that refuses our login", () => {
  it("is told by the webhook at once, and by mail when it takes mail again: each once", async () => {
    let isRefusing = true;
    await using server = await mailServer({
      at: (moment) => (moment === "mail" && isRefusing ? "530 5.7.0 authentication required" : undefined),
    });
    await using store = await openStore({ file: join(folder, "tideline.db") });
    const refused = alertOf(
      {
        what: "mail-refused",
        publication: { id: "weekly", slots: { kind: "week" } },
        slot: { at: now, asOf: "2026-02-13" },
        zone: "America/New_York",
        dir: folder,
        since: now,
        issue: "weekly/2026-02-13@1",
        waiting: 12,
        response: "530 5.7.0 authentication required",
      },
      ["mail:ops@notes.example", `webhook:${url}`],
    );
    await store.ledger.raise(refused, now);
    const secret = "a secret of the operator's own";
    const channels = alertChannels({ rules, smtp: server.at, dkimKey: null, webhookSecret: secret });
    const send = (at: number) => sendAlerts(store.ledger, channels, "process", at);
    expect(await send(now)).toEqual({ sent: 1, waiting: 1, givenUp: 0 });
    expect(heard).toMatchObject([{ kind: "failed", subject: refused.subject, text: refused.text }]);
    expect((await store.health()).unsent).toMatchObject([{ response: "530 5.7.0 authentication required" }]);

    isRefusing = false;
    expect(await send(now + 60_000)).toEqual({ sent: 1, waiting: 0, givenUp: 0 });
    expect(await send(now + 3_600_000)).toEqual({ sent: 0, waiting: 0, givenUp: 0 });
    expect([heard.length, server.received.length]).toEqual([1, 1]);
    const mail = await PostalMime.parse(server.received[0]?.raw ?? "");
    expect([mail.subject, mail.text]).toEqual([refused.subject, refused.text]);
  });
});
