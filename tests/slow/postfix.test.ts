import { execFileSync, spawnSync } from "node:child_process";
import { once } from "node:events";
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { type AddressInfo, createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout } from "node:timers/promises";
import PostalMime from "postal-mime";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { SmtpServer } from "#src/domain/mail.ts";
import { certificate } from "#tests/deliver/mail-server.ts";
import { deliveryOf, deskOf, mailFiles, pdf, storeWith, written } from "#tests/deliver/mailed-issue.ts";
import { sendDue } from "#tests/deliver/send-due.ts";
import { root } from "#tests/render/press.ts";
import { issueOf } from "#tests/store/rows.ts";

/*
 * A mail server as it is found in the world, on this machine alone: encrypted, it files into Maildirs and refuses in its own
 * words. Postfix must be installed, and its master started by root; where that is not so the test is skipped, and says so.
 */

const isThere = spawnSync("postconf", ["-d", "mail_version"]).status === 0 && process.getuid?.() === 0;
const sizeLimit = 1_000_000;

const masterConfig = (port: number): string =>
  `127.0.0.1:${port} inet n - n - - smtpd
pickup unix n - n 60 1 pickup
cleanup unix n - n - 0 cleanup
qmgr unix n - n 300 1 qmgr
tlsmgr unix - - n 1000? 1 tlsmgr
rewrite unix - - n - - trivial-rewrite
bounce unix - - n - 0 bounce
defer unix - - n - 0 bounce
trace unix - - n - 0 bounce
verify unix - - n - 1 verify
proxymap unix - - n - - proxymap
error unix - - n - - error
retry unix - - n - - error
discard unix - - n - - discard
virtual unix - n n - - virtual
anvil unix - - n - 1 anvil
postlog unix-dgram n - n - 1 postlogd
`;

const mainConfig = (dir: string): string =>
  Object.entries({
    compatibility_level: "3.6",
    queue_directory: join(dir, "queue"),
    data_directory: join(dir, "data"),
    maillog_file: join(dir, "mail.log"),
    maillog_file_prefixes: dir,
    myhostname: "mx.example.test",
    inet_interfaces: "127.0.0.1",
    inet_protocols: "ipv4",
    mydestination: "",
    alias_maps: "",
    local_recipient_maps: "",
    default_transport: "error:nothing leaves this machine",
    virtual_mailbox_domains: "example.test",
    virtual_mailbox_base: join(dir, "mail"),
    virtual_mailbox_maps:
      "inline:{ {ann@example.test=ann/} {wang@example.test=wang/} {grey@example.test=grey/} {no@example.test=no/} }",
    virtual_uid_maps: `static:${uid("postfix")}`,
    virtual_gid_maps: `static:${uid("postfix")}`,
    virtual_minimum_uid: "1",
    smtpd_recipient_restrictions:
      "reject_unauth_destination, check_recipient_access inline:{ {grey@example.test=451 4.7.1 Greylisted, try again later} {no@example.test=550 5.7.1 Not wanted here} }, reject_unlisted_recipient",
    message_size_limit: String(sizeLimit),
    smtpd_tls_security_level: "encrypt",
    smtpd_tls_cert_file: join(root, "tests/fixtures/tls/localhost.crt"),
    smtpd_tls_key_file: join(dir, "localhost.key"),
  })
    .map(([name, value]) => `${name} = ${value}\n`)
    .join("");

const uid = (user: string): string => execFileSync("id", ["-u", user], { encoding: "utf8" }).trim();

async function freePort(): Promise<number> {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  server.close();
  return port;
}

describe.runIf(isThere)(
  isThere ? "Postfix" : "Postfix, which is not installed here, or this is not root",
  () => {
    let dir = "";
    let smtp: SmtpServer;

    beforeAll(async () => {
      dir = mkdtempSync(join(tmpdir(), "tideline-postfix-"));
      // Its processes give up root, and come in by the same way.
      chmodSync(dir, 0o755);
      for (const folder of ["queue", "data", "mail"]) mkdirSync(join(dir, folder));
      execFileSync("chown", ["postfix", join(dir, "data"), join(dir, "mail")]);
      const key = readFileSync(join(root, "tests/fixtures/tls/localhost.key"));
      writeFileSync(join(dir, "localhost.key"), key, { mode: 0o600 });
      const port = await freePort();
      writeFileSync(join(dir, "master.cf"), masterConfig(port));
      writeFileSync(join(dir, "main.cf"), mainConfig(dir));
      execFileSync("postfix", ["-c", dir, "start"], { stdio: "ignore" });
      smtp = { host: "127.0.0.1", port, security: "starttls", login: null, ca: certificate };
    });
    afterAll(() => {
      spawnSync("postfix", ["-c", dir, "stop"]);
      rmSync(dir, { recursive: true, force: true });
    });

    /** The only message that somebody has got, once it has been filed. */
    async function mailOf(name: string) {
      const box = join(dir, "mail", name, "new");
      for (let i = 0; i < 200 && !(existsSync(box) && readdirSync(box).length > 0); i++)
        await setTimeout(100);
      const [file, ...others] = readdirSync(box);
      expect(others).toEqual([]);
      return PostalMime.parse(readFileSync(join(box, file ?? "")));
    }

    it("takes an issue in both languages, and refuses in words that are understood", async () => {
      const { store, issue } = await storeWith();
      await using _ = store;
      const people = ["ann", "grey", "no", "nobody"].map((name) => deliveryOf(`${name}@example.test`));
      const wang = { ...deliveryOf("wang@qq.com"), address: "wang@example.test" };
      await store.ledger.addDeliveries(issue.id, [...people, wang], written);
      const attempts = await sendDue(deskOf(store, smtp));
      expect(
        Object.fromEntries(
          attempts.map(({ delivery, class: kind, end }) => [delivery.address, [kind, end.state]]),
        ),
      ).toEqual({
        "ann@example.test": ["accepted", "sent"],
        "wang@example.test": ["accepted", "sent"],
        "grey@example.test": ["later", "pending"],
        "no@example.test": ["policy", "failed"],
        "nobody@example.test": ["recipient", "failed"],
      });
      const responses = attempts.map(({ end }) => end.response).join("\n");
      expect(responses).toMatch(/250 2\.0\.0 Ok: queued as/);
      expect(responses).toMatch(
        /550 5\.1\.1 <nobody@example\.test>: Recipient address rejected: User unknown/,
      );
      const chinese = await mailOf("wang");
      expect(chinese.subject).toBe("潮线周报：韩国股市创新高");
      const paper = chinese.attachments.at(-1);
      expect(paper?.filename).toBe("2026-02-13_weekly_市场周报.pdf");
      expect(Buffer.from(paper?.content as ArrayBuffer).equals(pdf)).toBe(true);
      expect(chinese.headers.find(({ key }) => key === "received")?.value).toContain("ESMTPS");
      expect((await mailOf("ann")).subject).toBe("Weekly note: Korea & Japan at records");
    });

    it("says in advance what is too big for it", async () => {
      const { store } = await storeWith();
      await using _ = store;
      const files = mailFiles().set("en.pdf", Buffer.alloc(sizeLimit));
      const issue = await store.keepIssue(issueOf("2026-02-20", "", { files }));
      await store.ledger.addDeliveries(issue.id, [deliveryOf("ann@example.test", issue.id)], written);
      const [attempt] = await sendDue(deskOf(store, smtp));
      expect(attempt).toMatchObject({ class: "too big", end: { state: "failed" } });
    });
  },
);
