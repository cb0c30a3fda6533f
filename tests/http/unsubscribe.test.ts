import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { masked } from "#src/archive/notice-page.ts";
import { type Archive, addresses, anArchive, contentOf, tokens } from "#tests/http/archive.ts";
import { temporaryFolder } from "#tests/render/temporary.ts";

const folder = temporaryFolder();
let archive: Archive;
beforeAll(async () => {
  archive = await anArchive(folder);
});
afterAll(() => archive?.[Symbol.asyncDispose]());

const off = () => archive.store.ledger.suppressed("weekly");
const post = (token: string, payload: string | Buffer, type = "application/x-www-form-urlencoded") =>
  archive.server.inject({
    method: "POST",
    url: `/unsubscribe/${token}`,
    payload,
    headers: { "content-type": type },
  });

describe("unsubscribing", () => {
  it("is asked about in the recipient's language, and looking changes nothing", async () => {
    for (const method of ["GET", "HEAD"] as const) {
      const { statusCode, body, headers } = await archive.server.inject({
        method,
        url: `/unsubscribe/${tokens["zh-CN"]}`,
        headers: { "accept-language": "en" },
      });
      expect([statusCode, headers["cache-control"], headers["x-robots-tag"]]).toEqual([
        200,
        "no-store",
        "noindex",
      ]);
      if (method === "GET") {
        expect(body).toContain('<html lang="zh-CN">');
        expect(body).toContain("l***@example.cn");
        expect(body).toContain('name="robots" content="noindex"');
        expect(body).toMatch(
          /<form class="act" method="post">[\s\S]*name="List-Unsubscribe" value="One-Click"/u,
        );
      }
    }
    expect(await off()).toEqual([]);
  });

  it("by one click answers at once, without cookie or redirect", async () => {
    const { statusCode, headers, body } = await post(tokens.en, "List-Unsubscribe=One-Click");
    expect([statusCode, headers["set-cookie"], headers.location]).toEqual([200, undefined, undefined]);
    expect(body).toContain("You have been unsubscribed.");
    expect(await off()).toEqual([addresses.en]);
    // The same again, as mail services do.
    expect((await post(tokens.en, "List-Unsubscribe=One-Click")).statusCode).toBe(200);
    expect(await off()).toEqual([addresses.en]);
  });

  it("takes the form of a mail program in parts, a body of another type or of what is no type, and none", async () => {
    await using own = await anArchive(folder);
    const parts =
      '--b\r\nContent-Disposition: form-data; name="List-Unsubscribe"\r\n\r\nOne-Click\r\n--b--\r\n';
    const bodies = [
      { payload: parts, headers: { "content-type": "multipart/form-data; boundary=b" } },
      { payload: "{", headers: { "content-type": "application/json" } },
      { payload: "x", headers: { "content-type": "text/plain" } },
      ...["nonsense", ";", "text/", "/", "multipart/form-data", "a/b; =", "中"].map((type) => ({
        payload: "x",
        headers: { "content-type": type },
      })),
      {},
    ];
    for (const body of bodies) {
      const url = `/unsubscribe/${tokens["zh-CN"]}`;
      const { statusCode } = await own.server.inject({ method: "POST", url, ...body });
      expect([body, statusCode]).toEqual([body, 200]);
    }
    expect(await own.store.ledger.suppressed("weekly")).toEqual([addresses["zh-CN"]]);
  });

  it.each(["x", "token-of-jane-012345678", "..%2f", "%00", "a".repeat(150)])(
    "by the unknown token %j is told no more than that",
    async (token) => {
      const before = await off();
      for (const answer of [
        await archive.server.inject(`/unsubscribe/${token}`),
        await post(token, "List-Unsubscribe=One-Click"),
      ]) {
        expect(answer.statusCode).toBe(404);
        expect(answer.body).toContain("This link is not valid");
        expect(contentOf(answer.body)).not.toMatch(/@|Weekly note/u);
      }
      expect(await off()).toEqual(before);
    },
  );

  it("is limited for nobody, since mail services do it for many from one address and try but once", async () => {
    let refused = 0;
    for (let i = 0; i < 310; i++)
      if ((await post(tokens["zh-CN"], "List-Unsubscribe=One-Click")).statusCode !== 200) refused++;
    expect(refused).toBe(0);
  });

  it("takes no large body and no other method", async () => {
    expect((await post(tokens.en, Buffer.alloc(100_000, "a"))).statusCode).toBe(413);
    for (const method of ["PUT", "DELETE"] as const) {
      const { statusCode, headers } = await archive.server.inject({
        method,
        url: `/unsubscribe/${tokens.en}`,
      });
      expect([statusCode, headers.allow]).toEqual([405, "GET, HEAD, POST"]);
    }
  });

  it("never tells an address in full, nor a token in the log", async () => {
    for (const locale of ["en", "zh-CN"] as const) {
      const { body } = await archive.server.inject(`/unsubscribe/${tokens[locale]}`);
      expect(body).not.toContain(addresses[locale]);
    }
    expect(archive.log()).toContain('"msg":"unsubscribed"');
    expect(archive.log()).not.toMatch(/token-of|example\.c/u);
  });

  it.each([
    ["jane.doe@example.com", "j***@example.com"],
    ["a@b.cn", "***@b.cn"],
    ["李雷@example.cn", "李***@example.cn"],
    ['"a@b"@example.com', '"***@example.com'],
  ])("shows %s as %s", (address, shown) => {
    expect(masked(address)).toBe(shown);
  });
});
