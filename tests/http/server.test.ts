import { once } from "node:events";
import { connect } from "node:net";
import { parse, type DefaultTreeAdapterTypes as Tree } from "parse5";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { preferred } from "#src/http/negotiate.ts";
import { type Archive, anArchive } from "#tests/http/archive.ts";
import { temporaryFolder } from "#tests/render/temporary.ts";

const folder = temporaryFolder();
let archive: Archive;
beforeAll(async () => {
  archive = await anArchive(folder);
});
afterAll(() => archive?.[Symbol.asyncDispose]());

const get = (url: string, headers: Readonly<Record<string, string>> = {}) =>
  archive.server.inject({ method: "GET", url, headers });
const issue = "/weekly/2026-02-13";

describe("the language of a caller", () => {
  it.each([
    [undefined, "en"],
    ["zh-CN,zh;q=0.9,en;q=0.8", "zh-CN"],
    ["zh-TW", "zh-CN"],
    ["en-GB,zh;q=0.9", "en"],
    ["de, zh;q=0.5, en;q=0.7", "en"],
    ["zh;q=0, en;q=0.1", "en"],
    ["fr", "en"],
    ["*;;q=,,", "en"],
  ])("of %j is %s", (header, locale) => {
    expect(preferred(header)).toBe(locale);
  });
});

describe("the lists", () => {
  it("are found from the root in the caller's language", async () => {
    const { statusCode, headers } = await get("/", { "accept-language": "zh-CN" });
    expect([statusCode, headers.location, headers.vary]).toEqual([302, "/zh-CN/", "accept-language"]);
    expect((await get("/")).headers.location).toBe("/en/");
  });

  it.each([
    ["en", "Weekly note", "Korea had its best week revised", "Revised on Feb 9, 2026"],
    ["zh-CN", "周报", "韩股创最佳单周表现 revised", '2月</span><span class="n">9日</span>修订'],
  ])("in %s show published issues, their marks and both languages", async (locale, title, claim, revised) => {
    const { body } = await get(`/${locale}/`);
    for (const text of [title, claim, revised, `href="${issue}/en.pdf"`, `href="${issue}/zh-CN.html"`])
      expect(body).toContain(text);
    expect(body).not.toMatch(/ held|faulty|2026-01-30/u);
    const days = [...body.matchAll(/<time datetime="([^"]*)"/gu)].map(([, day]) => day);
    expect(days).toEqual(["2026-02-13", "2026-02-06", "2026-01-23", "2026-02-12"]);
    expect(body).toContain(`href="/${locale === "en" ? "zh-CN" : "en"}/"`);
  });

  it("show an issue that has one language by its claim in that one", async () => {
    const { body } = await get("/zh-CN/");
    expect(body).toContain('href="/flash/2026-02-12/en.html" lang="en"');
    expect(body).not.toContain("/flash/2026-02-12/zh-CN");
  });
});

describe("the files of an issue", () => {
  it("are served as they were kept", async () => {
    const page = await get(`${issue}/zh-CN.html`);
    const kept = await archive.store.issueOf("weekly", "2026-02-13");
    const files = kept && (await archive.store.filesOf(kept));
    expect(page.rawPayload).toEqual(Buffer.from(files?.get("zh-CN.html") ?? ""));
    expect([page.headers["content-type"], page.headers["content-language"]]).toEqual([
      "text/html; charset=utf-8",
      "zh-CN",
    ]);
    const pdf = await get(`${issue}/en.pdf`);
    expect(pdf.headers["content-type"]).toBe("application/pdf");
    expect(pdf.headers["content-disposition"]).toBe("inline; filename*=UTF-8''weekly-2026-02-13.en.pdf");
  });

  it("are of the newest revision that is not held", async () => {
    expect((await get("/weekly/2026-02-06/en.html")).body).toContain("best week revised");
    const old = await get("/weekly/2026-01-23/en.html");
    expect([old.statusCode, old.body.includes("faulty")]).toEqual([200, false]);
    expect((await get("/weekly/2026-01-30/en.html")).statusCode).toBe(404);
  });

  it("are named by their content, and not sent to who has them", async () => {
    const { headers } = await get(`${issue}/en.html`);
    const etag = String(headers.etag);
    expect(etag).toMatch(/^"[0-9a-f]{64}"$/u);
    for (const known of [etag, `W/${etag}`, `"x", ${etag}`]) {
      const again = await get(`${issue}/en.html`, { "if-none-match": known });
      expect([again.statusCode, again.body, again.headers.etag]).toEqual([304, "", etag]);
    }
    expect((await get(`${issue}/en.html`, { "if-none-match": '"x"' })).statusCode).toBe(200);
    const other = await get("/weekly/2026-02-06/en.html", { "if-none-match": etag });
    expect(other.statusCode).toBe(200);
    const list = await get("/en/");
    expect((await get("/en/", { "if-none-match": String(list.headers.etag) })).statusCode).toBe(304);
  });

  it("answer HEAD as GET, without the content", async () => {
    const [head, whole] = [
      await archive.server.inject({ method: "HEAD", url: `${issue}/en.pdf` }),
      await get(`${issue}/en.pdf`),
    ];
    expect([head.statusCode, head.body]).toEqual([200, ""]);
    expect([head.headers.etag, head.headers["content-length"]]).toEqual([
      whole.headers.etag,
      whole.headers["content-length"],
    ]);
  });

  it.each([
    "facts.json",
    "manifest.json",
    "en.mail.html",
    "..%2fen.html",
    "%2e%2e%2fen.html",
    "en.html%00.pdf",
    ".en.html",
    "en.html~",
    "EN.HTML",
    "en.html/",
    "%5c..%5cen.html",
    "en%2ehtml%20",
    "de.html",
    "",
  ])("are pages and prints alone: not %j", async (file) => {
    const { statusCode, body } = await get(`${issue}/${file}`);
    expect(statusCode).toBe(404);
    expect(body).not.toMatch(/simulated"|"asOf"|\bat .*\.ts:/u);
  });

  it.each([
    "/weekly/2026-02-30/en.html",
    "/weekly/2026-02-13@1/en.html",
    "/weekly/..%2f..%2fetc/passwd",
    "/../../etc/passwd",
    "/%2e%2e/%2e%2e/etc/passwd",
    "/.env",
    "/.tideline/tideline.db",
    "/weekly%00/2026-02-13/en.html",
    "/weekly%2f2026-02-13/en.html",
    "/constructor/2026-02-13/en.html",
    "/__proto__/2026-02-13/en.html",
    "/weekly' or 1=1--/2026-02-13/en.html",
    "/en",
    "/nowhere",
  ])("lie behind no other address: not %j", async (url) => {
    expect((await get(url)).statusCode).toBe(404);
  });

  it("do not lie behind an address without end", async () => {
    expect((await get(`/weekly/2026-02-13/${"a".repeat(9000)}`)).statusCode).toBe(414);
  });

  it("are not told of by an address that cannot be read", async () => {
    const { statusCode, body } = await get("/%E0%A4%A/x/y");
    expect(statusCode).toBe(400);
    expect(body).toContain("The request could not be read");
  });
});

describe("every answer", () => {
  const urls = [
    "/",
    "/en/",
    `${issue}/en.html`,
    `${issue}/en.pdf`,
    "/search?q=week",
    "/unsubscribe/x",
    "/livez",
    "/nowhere",
    "/%E0%A4%A",
  ];
  it.each(urls)("of %s carries safe headers and no banner", async (url) => {
    const { headers } = await get(url);
    expect(headers).toMatchObject({
      "x-content-type-options": "nosniff",
      "referrer-policy": "no-referrer",
      "x-frame-options": "DENY",
    });
    expect([headers.server, headers["x-powered-by"]]).toEqual([undefined, undefined]);
    if (url === "/") return;
    const policy = String(headers["content-security-policy"]);
    expect(policy).toMatch(/^default-src 'none'/u);
    expect(policy).not.toMatch(/unsafe-eval|\*|https?:|script-src/u);
    if (url !== "/livez") expect(policy).toContain("frame-ancestors 'none'");
  });

  it("allows an edition its own style and fonts, and a page of the archive the one style that it has", async () => {
    const edition = await get(`${issue}/en.html`);
    expect(edition.headers["content-security-policy"]).toMatch(/style-src 'unsafe-inline'; font-src data:/u);
    const { body, headers } = await get("/en/");
    const [, style = ""] = /<style>([\s\S]*?)<\/style>/u.exec(body) ?? [];
    const { createHash } = await import("node:crypto");
    const hash = createHash("sha256").update(style).digest("base64");
    expect(headers["content-security-policy"]).toContain(`style-src 'sha256-${hash}'`);
    expect(body).not.toMatch(/ style="| on\w+="|<script/u);
  });

  it.each(["PUT", "DELETE", "PATCH", "OPTIONS", "POST"] as const)(
    "to %s where nothing is changed names what can be done instead, whatever is sent",
    async (method) => {
      for (const url of ["/", "/en/", `${issue}/en.html`, "/search?q=week", "/livez"])
        for (const type of ["application/json", "application/x-www-form-urlencoded", "nonsense"]) {
          const headers = { "content-type": type };
          const answer = await archive.server.inject({ method, url, headers, payload: "{" });
          expect([url, answer.statusCode, answer.headers.allow]).toEqual([url, 405, "GET, HEAD"]);
          expect(answer.headers["content-security-policy"]).toContain("default-src 'none'");
        }
      expect((await archive.server.inject({ method, url: "/nowhere" })).statusCode).toBe(404);
    },
  );

  it("to a fault is a plain page, and the fault is in the log alone", async () => {
    await using broken = await anArchive(folder, {
      store: { ...archive.store, issues: () => Promise.reject(new Error("secret of the store")) },
    });
    const { statusCode, body } = await broken.server.inject("/zh-CN/?lang=zh-CN");
    expect(statusCode).toBe(500);
    expect(body).toContain("页面生成失败");
    expect(body).not.toMatch(/secret|\.ts|Error/u);
    expect(broken.log()).toContain("secret of the store");
  });
});

describe("the pages of the archive", () => {
  it.each([
    "/en/",
    "/zh-CN/",
    "/search?q=week&lang=en",
    "/search?q=指数&lang=zh-CN",
    "/nowhere?lang=zh-CN",
    "/unsubscribe/token-of-li-0123456789",
  ])(
    "%s has a language, one first heading, no level left out, and names for what can be used",
    async (url) => {
      const { body } = await get(encodeURI(url));
      const elements = elementsOf(parse(body));
      const of = (...tags: readonly string[]) => elements.filter(({ tagName }) => tags.includes(tagName));
      expect(of("html").map((each) => attribute(each, "lang"))).toEqual([
        expect.stringMatching(/^(en|zh-CN)$/u),
      ]);
      const levels = elements.flatMap(({ tagName }) =>
        /^h[1-6]$/u.test(tagName) ? [Number(tagName[1])] : [],
      );
      expect([levels[0], levels.filter((level) => level === 1).length]).toEqual([1, 1]);
      expect(levels.every((level, i) => level - (levels[i - 1] ?? 0) <= 1)).toBe(true);
      const ids = elements.flatMap((each) => attribute(each, "id") ?? []);
      expect(new Set(ids).size).toBe(ids.length);
      const shown = of("input").filter((each) => attribute(each, "type") !== "hidden");
      const labelled = of("label").map((each) => attribute(each, "for"));
      expect(shown.filter((each) => !labelled.includes(attribute(each, "id")))).toEqual([]);
      expect(of("nav").filter((each) => !attribute(each, "aria-label"))).toEqual([]);
      const used = of("a", "button");
      expect(used.filter((each) => textOf(each).trim() === "")).toEqual([]);
      const misnamed = used.filter(
        (each) => !(attribute(each, "aria-label") ?? textOf(each)).includes(textOf(each)),
      );
      expect(misnamed).toEqual([]);
      expect(of("main")).toHaveLength(1);
      expect(body).not.toMatch(/\{\{|undefined|\[object|[\uE000-\uF8FF]/u);
    },
  );
});

const attribute = (each: Tree.Element, name: string): string | undefined =>
  each.attrs.find((attr) => attr.name === name)?.value;

const elementsOf = (node: Tree.Node): readonly Tree.Element[] => [
  ...("tagName" in node ? [node] : []),
  ...("childNodes" in node ? node.childNodes.flatMap(elementsOf) : []),
];
const textOf = (node: Tree.Node): string =>
  node.nodeName === "#text"
    ? (node as Tree.TextNode).value
    : "childNodes" in node
      ? node.childNodes.map(textOf).join("")
      : "";

describe("health", () => {
  it("answers for the process, the store and the schedule", async () => {
    for (const url of ["/livez", "/readyz", "/healthz/schedule"]) {
      const { statusCode, headers } = await get(url);
      expect([url, statusCode, headers["cache-control"]]).toEqual([url, 200, "no-store"]);
    }
  });

  it("names overdue slots, and keeps what is wrong with the store to itself", async () => {
    await using sick = await anArchive(folder, {
      probe: () => Promise.reject(new Error("password authentication failed")),
      overdue: async () => [
        {
          publication: "weekly",
          slot: Date.UTC(2026, 1, 13, 23),
          since: Date.UTC(2026, 1, 14, 1),
          reason: null,
        },
        { publication: "daily", slot: null, since: null, reason: "the calendar ends" },
      ],
    });
    const schedule = await sick.server.inject("/healthz/schedule");
    expect(schedule.statusCode).toBe(503);
    expect(schedule.json()).toEqual({
      status: "overdue",
      overdue: [
        { publication: "weekly", slot: "2026-02-13T23:00:00Z", since: "2026-02-14T01:00:00Z" },
        { publication: "daily", reason: "the calendar ends" },
      ],
    });
    const ready = await sick.server.inject("/readyz");
    expect([ready.statusCode, ready.body]).toEqual([503, '{"status":"unready"}']);
    expect(sick.log()).toContain("password authentication failed");
    expect((await sick.server.inject("/livez")).statusCode).toBe(200);
  });
});

describe("a server that listens", () => {
  it("ends requests in flight before it closes, and takes no more", async () => {
    let release = () => {};
    const waited = new Promise<void>((resolve) => {
      release = resolve;
    });
    let begin = () => {};
    const begun = new Promise<void>((resolve) => {
      begin = resolve;
    });
    await using slow = await anArchive(folder, {
      probe: () => {
        begin();
        return waited;
      },
    });
    const url = await slow.server.listen({ host: "127.0.0.1", port: 0 });
    const answer = fetch(`${url}/readyz`);
    await begun;
    const closed = slow.server.close();
    release();
    expect((await answer).status).toBe(200);
    await closed;
    await expect(fetch(`${url}/livez`)).rejects.toThrow();
  });

  it("refuses what is no request without a word about itself", async () => {
    await using own = await anArchive(folder);
    const { port } = new URL(await own.server.listen({ host: "127.0.0.1", port: 0 }));
    const socket = connect(Number(port), "127.0.0.1");
    socket.write("GET / HTTP/1.1\r\nHost: a\r\nBad\u0000Header: x\r\n\r\n");
    const [said] = (await once(socket, "data")) as [Buffer];
    socket.destroy();
    expect(said.toString()).toMatch(/^HTTP\/1\.1 400/u);
    expect(said.toString()).not.toMatch(/fastify|node|\.ts/iu);
  });
});
