import { writeFileSync } from "node:fs";
import { join } from "node:path";
import PostalMime from "postal-mime";
import { beforeEach, describe, expect, it } from "vitest";
import { openStore } from "#src/store/open.ts";
import { inside } from "#tests/cli/inside.ts";
import { type MailServer, type Moment, mailServer } from "#tests/deliver/mail-server.ts";
import { mailConfig, mailWorkspace, storeFile } from "#tests/deliver/mail-workspace.ts";
import { mailFiles } from "#tests/deliver/mailed-issue.ts";
import { temporaryFolder } from "#tests/render/temporary.ts";
import { issueOf } from "#tests/store/rows.ts";

const now = Date.parse("2026-02-13T23:30:00Z");
const people = `name,address,language,groups,from,until
Ann Lee,ann@example.org,en,clients,,
王小明,wang@qq.com,zh-CN,clients;desk,,
Bo,bo@example.org,en,desk,,
Cy,cy@example.org,en,clients,,2026-01-31
`;
let dir = "";
let again = 0;
const root = temporaryFolder();

const prepare = async (...more: readonly [findings?: readonly string[], config?: object]): Promise<void> => {
  dir = await mailWorkspace(join(root, String(again++)), people, ...more);
};
beforeEach(() => prepare());

const run = (server: MailServer | null, ...args: readonly string[]) => {
  const env = server === null ? {} : { TIDELINE_SMTP_URL: `smtp://127.0.0.1:${server.port}` };
  return inside(dir, args, now + again++ * 1000, null, env);
};
const send = (server: MailServer | null, ...args: readonly string[]) =>
  run(server, "send", "weekly/2026-02-13", ...args);
const inboxes = ({ received }: MailServer) => received.map(({ to }) => to.join()).toSorted();
const failing =
  (reply: string, who = "@") =>
  (moment: Moment, to: string) =>
    moment === "rcpt" && to.includes(who) ? reply : undefined;

describe("tideline send", () => {
  it("mails an issue to all who get it, once, in their language", async () => {
    await using server = await mailServer();
    const first = await send(server);
    expect(first).toMatchObject({ code: 0 });
    expect(first.out).toMatch(/sent +Ann Lee <ann@example.org> en {2}250/);
    expect(first.out).toContain("weekly/2026-02-13@1: 2 sent, 0 failed, 0 unknown, 0 waiting");
    expect(inboxes(server)).toEqual(["ann@example.org", "wang@qq.com"]);
    const chinese = server.received.find(({ to }) => to[0] === "wang@qq.com");
    expect((await PostalMime.parse(chinese?.raw ?? "")).subject).toBe("潮线周报：韩国股市创新高");
    expect((await send(server)).out).toContain("0 sent, 0 failed, 0 unknown, 0 waiting");
    expect(server.received).toHaveLength(2);
  });

  it("reaches who has been added since, and nobody else", async () => {
    await using server = await mailServer();
    await send(server);
    writeFileSync(join(dir, "people.csv"), `${people}Di,di@example.org,en,clients,,\n`);
    await send(server);
    expect(inboxes(server)).toEqual(["ann@example.org", "di@example.org", "wang@qq.com"]);
  });

  it("says to whom it would go, and sends and writes nothing", async () => {
    await using server = await mailServer();
    const { code, out } = await send(null, "--dry-run");
    expect(code).toBe(0);
    expect(out).toMatch(
      /would go {3}Ann Lee <ann@example.org> en {2}\d+ kB {2}Weekly note: Korea & Japan at records/,
    );
    expect(out).toMatch(/would go {3}王小明 <wang@qq.com> zh-CN .* 潮线周报：韩国股市创新高/);
    expect(out).toContain("would not  Bo <bo@example.org>  none of their groups");
    expect(out).toContain("would not  Cy <cy@example.org>  their last day is before its day");
    expect(out).toContain("2 messages; nothing was sent or written");
    expect((await run(null, "deliveries")).out).toContain("nothing was mailed yet");
    await send(server);
    expect(JSON.parse((await send(null, "--dry-run", "--json")).out)).toMatchObject({
      messages: [],
      others: expect.arrayContaining([
        expect.objectContaining({
          address: "ann@example.org",
          reason: expect.stringContaining("sent since"),
        }),
      ]),
    });
    expect(server.received).toHaveLength(2);
  });

  it("ends with 1 where it failed somebody, and sends to these again when asked", async () => {
    {
      await using server = await mailServer({ at: failing("550 5.7.1 no", "ann") });
      const { code, out } = await send(server);
      expect([code, out]).toEqual([1, expect.stringContaining("1 sent, 1 failed, 0 unknown, 0 waiting")]);
      expect((await send(server)).code).toBe(0);
    }
    await using server = await mailServer();
    const { code, out } = await send(server, "--failed");
    expect([code, out]).toEqual([0, expect.stringContaining("1 sent")]);
    expect(inboxes(server)).toEqual(["ann@example.org"]);
    const { out: events } = await run(null, "deliveries", "--to", "ann@example.org", "--json");
    const [{ events: happened }] = JSON.parse(events) as [{ events: { state: string; detail: string }[] }];
    expect(happened.map(({ state }) => state)).toEqual([
      "pending",
      "sending",
      "failed",
      "pending",
      "sending",
      "sent",
    ]);
    expect(happened[3]?.detail).toBe("tideline send");
  });

  it("waits where the server asks for patience, and says until when", async () => {
    await using server = await mailServer({ at: failing("450 4.2.0 greylisted", "ann") });
    const { code, out } = await send(server, "--json");
    expect(code).toBe(0);
    expect(JSON.parse(out)).toMatchObject({ sent: 1, waiting: 1, failed: 0, unknown: 0 });
    expect((await send(server, "--to", "ann@example.org")).err).toContain("when it is tried again by itself");
    const later = await inside(dir, ["send", "weekly/2026-02-13"], now + 3_600_000, null, {
      TIDELINE_SMTP_URL: `smtp://127.0.0.1:${server.port}`,
    });
    expect(later.out).toContain("pending    Ann Lee");
  });

  it("does not call sent what the ledger has given up meanwhile", async () => {
    await using store = await openStore({ file: storeFile(dir) });
    await using server = await mailServer({
      at: async (moment, who) => {
        if (moment === "end" && who.startsWith("ann"))
          await store.ledger.sweepDeliveries(now + 24 * 3_600_000);
        return undefined;
      },
    });
    const { code, out } = await send(server, "--to", "ann@example.org");
    expect([code, out]).toEqual([1, expect.stringContaining("0 sent, 0 failed, 1 unknown, 0 waiting")]);
    expect(out).toMatch(/unknown {4}Ann Lee <ann@example.org> en {2}250 .*; it came too late for the ledger/);
  });

  it("ends with 1 and says so where the server takes nothing", async () => {
    await using server = await mailServer({
      at: (moment) => (moment === "connect" ? "554 5.7.1 go away" : undefined),
    });
    const { code, out } = await send(server);
    expect([code, out]).toEqual([1, expect.stringContaining("the mail server takes nothing from us")]);
    expect(out).toContain("2 waiting");
  });

  describe("a second time to one", () => {
    const to = (server: MailServer, ...more: string[]) => send(server, "--to", "ANN@example.org", ...more);

    it("where it is not known whether it arrived: only for somebody who answers by name, and said", async () => {
      {
        await using server = await mailServer({
          at: (moment, who) => (moment === "end" && who.startsWith("ann") ? "drop" : undefined),
        });
        const { code, out } = await send(server, "--to", "ann@example.org");
        expect([code, out]).toEqual([1, expect.stringContaining("0 sent, 0 failed, 1 unknown")]);
      }
      await using server = await mailServer();
      await send(server);
      expect(inboxes(server)).toEqual(["wang@qq.com"]);
      expect(await to(server)).toMatchObject({
        code: 2,
        err: expect.stringContaining(
          "found no name for ann@example.org, which is unknown, expected --by NAME",
        ),
      });
      const { code, err } = await to(server, "--by", "Dee");
      expect([code, err]).toEqual([0, expect.stringContaining("ann@example.org may get it twice")]);
      expect(inboxes(server)).toEqual(["ann@example.org", "wang@qq.com"]);
      expect((await run(null, "deliveries", "--to", "ann@example.org")).out).toMatch(/pending +Dee/);
    });

    it("never where it was sent", async () => {
      await using server = await mailServer();
      await send(server);
      expect(await to(server, "--by", "Dee")).toMatchObject({
        code: 2,
        err: expect.stringContaining("has not been sent weekly/2026-02-13@1: it was, at 2026-02-13"),
      });
      expect(server.received).toHaveLength(2);
    });

    it("where they had left, for somebody who answers by name", async () => {
      {
        await using store = await openStore({ file: storeFile(dir) });
        await store.ledger.suppress("weekly", "ann@example.org", "unsubscribed", now);
      }
      await using server = await mailServer();
      expect((await send(server, "--dry-run")).out).toMatch(/would not {2}Ann Lee .*unsubscribed/);
      expect((await to(server)).err).toContain(
        "found no name for ann@example.org, which is suppressed, expected --by NAME",
      );
      expect((await to(server, "--dry-run")).out).toMatch(/would go {3}Ann Lee/);
      expect((await to(server, "--by", "Dee")).code).toBe(0);
      expect(inboxes(server)).toEqual(["ann@example.org"]);
    });

    it("where they had left and a row says so, which sending to all has written", async () => {
      {
        await using store = await openStore({ file: storeFile(dir) });
        await store.ledger.suppress("weekly", "Ann@example.org", "unsubscribed", now);
      }
      await using server = await mailServer();
      const { code, out } = await send(server);
      expect([code, out]).toEqual([0, expect.stringContaining("1 sent, 0 failed, 0 unknown, 0 waiting")]);
      expect(inboxes(server)).toEqual(["wang@qq.com"]);
      expect((await run(null, "deliveries")).out).toMatch(/ann@example.org +en +suppressed +0 +unsubscribed/);
      expect((await to(server)).err).toContain(
        "found no name for ann@example.org, which is suppressed, expected --by NAME",
      );
      expect((await to(server, "--by", "Dee")).code).toBe(0);
      expect(inboxes(server)).toEqual(["ann@example.org", "wang@qq.com"]);
    });

    it("not to somebody who is none of its recipients", async () => {
      await using server = await mailServer();
      const stranger = await send(server, "--to", "anne@example.org");
      expect(stranger).toMatchObject({
        code: 2,
        err: expect.stringContaining("did you mean ann@example.org?"),
      });
      const other = await send(server, "--to", "bo@example.org");
      expect(other).toMatchObject({ code: 2, err: expect.stringContaining("none of their groups") });
      expect(server.log).toEqual([]);
    });
  });
});

describe("tideline send refuses", () => {
  it("an issue that is held, and says what holds it and how it is released", async () => {
    await prepare(["digits: en.html: a number without a fact"]);
    await using server = await mailServer();
    for (const more of [[], ["--dry-run"], ["--to", "ann@example.org"]]) {
      const { code, err } = await send(server, ...more);
      expect(code).toBe(3);
      expect(err).toContain("digits: en.html: a number without a fact");
      expect(err).toContain("`tideline release weekly/2026-02-13@1 --by NAME --because REASON`");
    }
    expect(server.log).toEqual([]);
  });

  it("an issue that nobody has checked, once it has been and something was found", async () => {
    {
      await using store = await openStore({ file: storeFile(dir) });
      await store.keepIssue(issueOf("2026-02-20", "", { files: mailFiles() }));
    }
    await using server = await mailServer();
    const gateOf = async () => {
      await using store = await openStore({ file: storeFile(dir) });
      return (await store.issueOf("weekly", "2026-02-20"))?.gate;
    };
    expect((await run(server, "send", "weekly/2026-02-20", "--dry-run")).code).toBe(3);
    expect(await gateOf()).toBeNull();
    const { code, err } = await run(server, "send", "weekly/2026-02-20");
    expect([code, err]).toEqual([3, expect.stringContaining("weekly/2026-02-20@1 is held")]);
    expect((await gateOf())?.findings.length).toBeGreaterThan(0);
    expect(server.log).toEqual([]);
  });

  it("a workspace that mails nothing, has no server, or no key for what it signs", async () => {
    expect(await send(null)).toMatchObject({
      code: 2,
      err: expect.stringContaining("TIDELINE_SMTP_URL: found nothing"),
    });
    await prepare([], { mail: { ...mailConfig, dkim: { domain: "example.org", selector: "notes" } } });
    expect(await send(null)).toMatchObject({
      code: 2,
      err: expect.stringContaining("TIDELINE_DKIM_KEY: found nothing"),
    });
    await prepare([], { mail: undefined });
    expect(await send(null)).toMatchObject({ code: 2, err: expect.stringContaining("the key mail") });
  });

  it("recipients at fault, before anything is sent", async () => {
    writeFileSync(join(dir, "people.csv"), `${people}Di,di,en,clients,,\n`);
    await using server = await mailServer();
    expect(await send(server)).toMatchObject({
      code: 2,
      err: expect.stringContaining('people.csv:6:2: found "di"'),
    });
    expect(server.log).toEqual([]);
  });

  it("two wishes at once, and an issue that is not there", async () => {
    expect((await send(null, "--to", "ann@example.org", "--failed")).code).toBe(2);
    expect((await run(null, "send", "weekly/2020-01-03")).code).toBe(2);
    expect((await run(null, "send")).code).toBe(2);
  });
});

describe("tideline deliveries", () => {
  it("shows where each delivery stands and what the server said last, and no token", async () => {
    await using server = await mailServer({ at: failing("550 5.1.1 user \u001b[31munknown", "ann") });
    await send(server);
    const { out } = await run(null, "deliveries", "weekly/2026-02-13");
    const [head, ...lines] = out.split("\n");
    expect(head).toMatch(/^issue +recipient +language +state +tries +next try +last answer$/);
    expect(lines[0]).toMatch(
      /^weekly\/2026-02-13@1 +ann@example\.org +en +failed +1 +550 5\.1\.1 user +\[31munknown$/,
    );
    expect(lines[1]).toMatch(/^weekly\/2026-02-13@1 +wang@qq\.com +zh-CN +sent +1 +250 /);
    expect(lines).toHaveLength(2);
    const json = (await run(null, "deliveries", "--json")).out;
    expect(JSON.parse(json)).toHaveLength(2);
    expect(json).not.toContain("token");
  });

  it("knows nobody who was not mailed", async () => {
    expect((await run(null, "deliveries", "--to", "ann@example.org")).code).toBe(2);
  });
});
