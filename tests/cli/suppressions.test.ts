import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { openStore } from "#src/store/open.ts";
import { inside } from "#tests/cli/inside.ts";
import { mailServer } from "#tests/deliver/mail-server.ts";
import { mailWorkspace, storeFile } from "#tests/deliver/mail-workspace.ts";
import { mailFiles, written } from "#tests/deliver/mailed-issue.ts";
import { temporaryFolder } from "#tests/render/temporary.ts";
import { issueOf } from "#tests/store/rows.ts";

const folder = temporaryFolder();
const people =
  "name,address,language,groups\nAda,Ada@example.org,en,clients\nBob,bob@example.org,en,clients\n";
const now = Date.parse("2026-02-20T12:00:00Z");
let n = 0;

async function workspaceWithout(address: string): Promise<string> {
  const dir = await mailWorkspace(join(folder, String(n++)), people);
  await using store = await openStore({ file: storeFile(dir) });
  await store.ledger.suppress("weekly", address, "unsubscribed", now - 1000);
  return dir;
}

describe("tideline suppressions", () => {
  it("says that nobody is kept away where nobody is", async () => {
    const dir = await mailWorkspace(join(folder, String(n++)), people);
    expect(await inside(dir, ["suppressions"], now)).toMatchObject({
      code: 0,
      out: "nobody is kept from any publication",
    });
  });

  it("lists who gets no more issues of which publication, since when and why", async () => {
    const dir = await workspaceWithout("ada@example.org");
    const { out } = await inside(dir, ["suppressions", "weekly"], now);
    expect(out).toMatch(/weekly +ada@example\.org +2026-02-20T11:59:59Z +unsubscribed/);
    expect(JSON.parse((await inside(dir, ["suppressions", "--json"], now)).out)).toEqual([
      {
        publication: "weekly",
        address: "ada@example.org",
        reason: "unsubscribed",
        at: "2026-02-20T11:59:59Z",
        lifted: null,
      },
    ]);
  });

  it("lifts one for a person who answers for it; from then on the address gets issues, until it leaves again", async () => {
    const dir = await workspaceWithout("ada@example.org");
    await using server = await mailServer();
    const env = { TIDELINE_SMTP_URL: `smtp://127.0.0.1:${server.port}` };
    await using store = await openStore({ file: storeFile(dir) });
    const send = (asOf: string) => inside(dir, ["send", `weekly/${asOf}`], now, null, env);
    const sendNext = async (asOf: string) => {
      const next = await store.keepIssue(issueOf(asOf, "", { files: mailFiles() }));
      await store.ledger.noteGate(next.id, [], written);
      return send(asOf);
    };
    const got = () => server.received.flatMap(({ to }) => to).toSorted();
    await send("2026-02-13");
    expect(got()).toEqual(["bob@example.org"]);

    const lift = ["suppressions", "--lift", "ADA@example.org"];
    const nobody = await inside(dir, [...lift, "--because", "she asked"], now);
    expect(nobody).toMatchObject({ code: 2, err: expect.stringContaining("--by NAME") });
    const said = await inside(dir, [...lift, "--by", "Dee", "--because", "she asked"], now);
    expect(said.out).toMatch(/unsubscribed +lifted 2026-02-20T12:00:00Z by Dee: she asked/);
    await sendNext("2026-02-20");
    expect(got()).toEqual(["Ada@example.org", "bob@example.org", "bob@example.org"]);

    const { token = "" } = (await store.ledger.deliveries()).find(({ name }) => name === "Ada") ?? {};
    await store.ledger.unsubscribe(token, now + 1);
    expect(await store.ledger.suppressed("weekly")).toEqual(["ada@example.org"]);
    expect((await store.ledger.suppressions())[0]?.lifted).toBeNull();
    await sendNext("2026-02-27");
    expect(got()).toEqual(["Ada@example.org", "bob@example.org", "bob@example.org", "bob@example.org"]);
  });

  it("does not lift what is not there, or is lifted already", async () => {
    const dir = await workspaceWithout("ada@example.org");
    const lift = (address: string) =>
      inside(dir, ["suppressions", "--lift", address, "--by", "Dee", "--because", "she asked"], now);
    expect(await lift("bob@example.org")).toMatchObject({
      code: 2,
      err: expect.stringContaining("nothing keeps issues from that address"),
    });
    expect((await lift("ada@example.org")).code).toBe(0);
    expect((await lift("ada@example.org")).code).toBe(2);
  });
});
