import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { queryLimit } from "#src/archive/query.ts";
import { type Archive, anArchive } from "#tests/http/archive.ts";
import { temporaryFolder } from "#tests/render/temporary.ts";

const folder = temporaryFolder();
let archive: Archive;
beforeAll(async () => {
  archive = await anArchive(folder);
});
afterAll(() => archive?.[Symbol.asyncDispose]());

const limited = { "accept-language": "en" };
let caller = 0;
/** Each from an address of its own, so that none runs into the limit. */
const search = (parameters: Readonly<Record<string, string>>, headers = limited) =>
  archive.server.inject({
    url: `/search?${new URLSearchParams(parameters)}`,
    headers,
    remoteAddress: `10.0.0.${++caller % 250}`,
  });
const hrefs = (body: string): readonly string[] =>
  [...body.matchAll(/<p class="from"><a href="([^"]*)"/gu)].map(([, href = ""]) => href);

describe("the search", () => {
  it.each([
    ["指数", "zh-CN", "levels"],
    ["半导体", "zh-CN", "levels"],
    ["韩", "zh-CN", "headline"],
    ["gained", "en", "levels"],
    ["KOREA best", "en", "headline"],
    ["8.1%", "en", "levels"],
  ])("finds %j in %s, at its section, the newest issue first", async (q, locale, section) => {
    const { statusCode, body } = await search({ q });
    expect(statusCode).toBe(200);
    expect(hrefs(body)).toContain(`/weekly/2026-02-13/${locale}.html#${section}`);
    expect(hrefs(body)[0]).toContain("/2026-02-13/");
    expect(body).toContain("<mark>");
    expect(body).toContain(`<p class="hit" lang="${locale}">`);
  });

  it("looks into one language where it is asked to", async () => {
    const both = hrefs((await search({ q: "8.1%" })).body);
    const chinese = hrefs((await search({ q: "8.1%", in: "zh-CN" })).body);
    expect(both.some((href) => href.includes("en.html"))).toBe(true);
    expect(chinese.length).toBeGreaterThan(0);
    expect(chinese.filter((href) => !href.includes("zh-CN.html"))).toEqual([]);
  });

  it("never finds what is held, or an older revision of what is shown", async () => {
    for (const q of ["held", "faulty"]) expect(hrefs((await search({ q })).body)).toEqual([]);
    expect(hrefs((await search({ q: "revised" })).body).length).toBeGreaterThan(0);
  });

  it("is in the language that is asked for, or the caller's", async () => {
    expect((await search({ q: "指数", lang: "zh-CN" })).body).toContain('<html lang="zh-CN">');
    expect((await search({ q: "指数" }, { "accept-language": "zh" })).body).toContain("搜索结果");
    expect((await search({ q: "指数", lang: "de" })).body).toContain('<html lang="en">');
  });

  it.each(["", "   ", "…", "%", "__", "★☆"])("says what it needs for %j", async (q) => {
    const { statusCode, body } = await search({ q });
    expect(statusCode).toBe(200);
    expect(body).toContain("Type a word or two");
    expect(hrefs(body)).toEqual([]);
  });

  it.each([
    "<script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "' or 1=1 --",
    "{{constructor}}",
    "\u0000\u202Eabc",
    "\uE000f:plain:x\uE001",
    "a* NEAR(b) OR c",
    "%E0%A4%A",
    "🂡🂡",
  ])("takes %j for nothing but words", async (q) => {
    const { statusCode, body } = await search({ q });
    expect(statusCode).toBe(200);
    expect(body).not.toMatch(/<script|<img|onerror=alert\(1\)>(?!&)|\uE000/u);
    expect(body).not.toContain(`value="${q}"${q.includes('"') ? "" : "never"}`);
  });

  it("names what was searched where nothing is found", async () => {
    expect((await search({ q: "zebra" })).body).toContain("No sentence holds “zebra”");
    expect((await search({ q: "斑马", lang: "zh-CN" })).body).toContain("未找到含“斑马”的语句");
  });

  it("takes no longer text than it says, and no parameter twice", async () => {
    expect((await search({ q: "指".repeat(queryLimit) })).statusCode).toBe(200);
    const { statusCode, body } = await search({ q: "指".repeat(queryLimit + 1) });
    expect([statusCode, body.includes(`Shorten it to ${queryLimit} characters`)]).toEqual([400, true]);
    const twice = await archive.server.inject({
      url: "/search?q=a&q=b",
      headers: limited,
      remoteAddress: "10.1.0.1",
    });
    expect([twice.statusCode, twice.body.includes("Type a word or two")]).toEqual([200, true]);
  });

  it("is limited for one caller and open to the next", async () => {
    const from = (remoteAddress: string) => archive.server.inject({ url: "/search?q=week", remoteAddress });
    const statuses: number[] = [];
    for (let i = 0; i < 61; i++) statuses.push((await from("10.2.0.1")).statusCode);
    expect(statuses.slice(0, 60).every((status) => status === 200)).toBe(true);
    const refused = await from("10.2.0.1");
    expect([refused.statusCode, refused.body.includes("Too many requests")]).toEqual([429, true]);
    expect((await from("10.2.0.2")).statusCode).toBe(200);
  });

  it("is limited for one caller behind the proxy that it knows, and believes nobody else", async () => {
    await using own = await anArchive(folder, { proxies: ["10.3.0.1", "fd00::/8"] });
    const last = async (times: number, remoteAddress: string, forwarded: (i: number) => string) => {
      let status = 0;
      for (let i = 0; i < times; i++) {
        const headers = { "x-forwarded-for": forwarded(i) };
        const answer = await own.server.inject({ url: "/search?q=week", remoteAddress, headers });
        status = answer.statusCode;
      }
      return status;
    };
    expect(await last(61, "10.3.0.1", (i) => `192.0.2.${i}`)).toBe(200);
    expect(await last(61, "fd00::7", (i) => `198.51.100.${i}`)).toBe(200);
    // What a caller says of itself stands before what the proxy says.
    expect(await last(61, "10.3.0.1", (i) => `192.0.2.${i}, 203.0.113.1`)).toBe(429);
    expect(await last(61, "10.3.0.2", (i) => `192.0.2.${i}`)).toBe(429);
  });

  it("shows issues that were kept after the server began", async () => {
    const { keepSmall } = await import("#tests/archive/editions.ts");
    await keepSmall(archive.store, "2026-02-20", { note: " late" });
    expect(hrefs((await search({ q: "late" })).body)[0]).toContain("/2026-02-20/");
  });

  it("leaves no query in the log", () => {
    expect(archive.log()).toContain('"route":"/search"');
    expect(archive.log()).not.toMatch(/zebra|q=/u);
  });
});
