import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { TidelineError } from "#src/domain/errors.ts";
import { type BrowserHandle, launchBrowser } from "#src/render/browser.ts";
import { printPdf } from "#src/render/pdf.ts";
import { cacheDir } from "#tests/render/press.ts";
import { readPdf, solid } from "#tests/render/read-pdf.ts";

/** A server that redirects, counts connections as well as requests, and must hear of neither. */
let heard: string[] = [];
const server = createServer((request, response) => {
  heard.push(`${request.method} ${request.url}`);
  response.writeHead(302, { location: "/elsewhere" }).end();
});
server.on("connection", () => heard.push("a connection"));

let browser: BrowserHandle;
let at = "";
beforeAll(async () => {
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  at = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  browser = await launchBrowser({ cacheDir });
});
afterAll(async () => {
  await browser[Symbol.asyncDispose]();
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
});

const options = { instant: "2026-02-13T23:00:00Z" };
const pageWith = (body: string, head = "") =>
  `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>t</title>${head}</head><body><p>still</p>${body}</body></html>`;
const print = (html: string) => printPdf(browser, html, options);

describe("the server of these tests", () => {
  it("hears what is asked of it", async () => {
    await fetch(`${at}/proof`, { redirect: "manual" });
    expect(heard).toEqual(["a connection", "GET /proof"]);
  });
});

const asking: readonly (readonly [string, (url: string) => string])[] = [
  ["an image", (url) => pageWith(`<img src="${url}/x.png">`)],
  ["one of several images", (url) => pageWith(`<img srcset="${url}/x.png 1x, ${url}/y.png 2x">`)],
  ["a background", (url) => pageWith(`<p style="background: url(${url}/x.png)">a</p>`)],
  ["a marker", (url) => pageWith(`<ul style="list-style: url(${url}/x.png)"><li>a</ul>`)],
  ["an imported style", (url) => pageWith("", `<style>@import "${url}/x.css";</style>`)],
  ["a linked style", (url) => pageWith("", `<link rel="stylesheet" href="${url}/x.css">`)],
  [
    "a font",
    (url) =>
      pageWith(
        '<p style="font-family: x">a</p>',
        `<style>@font-face { font-family: x; src: url(${url}/x.ttf) }</style>`,
      ),
  ],
  ["a frame", (url) => pageWith(`<iframe src="${url}/x"></iframe>`)],
  ["a frame in a frame", (url) => pageWith(`<iframe srcdoc="<img src='${url}/x.png'>"></iframe>`)],
  ["a frame of data", (url) => pageWith(`<iframe src="data:text/html,<img src='${url}/x.png'>"></iframe>`)],
  ["a picture in a chart", (url) => pageWith(`<svg><image href="${url}/x.png" width="9" height="9"/></svg>`)],
  ["a script file", (url) => pageWith(`<img src="${url}/x.png"><script src="${url}/x.js"></script>`)],
  ["an image through another base", (url) => pageWith('<img src="x.png">', `<base href="${url}/">`)],
];

describe("the browser", () => {
  // A proxy that leads nowhere is passed by for the machine itself unless told otherwise. A page that is printed is cut
  // off in three more ways.
  it("has no way out, not even to this machine", async () => {
    heard = [];
    const page = await browser.newPage();
    await page.setContent(pageWith(`<img src="${at}/x.png">`)).finally(() => page.close());
    expect(heard).toEqual([]);
  });
});

describe("a page that is printed", () => {
  it.each(asking)("is refused when it asks for %s, and nothing leaves", async (_, html) => {
    heard = [];
    const printed = print(html(at)).then(() => "printed");
    await expect(printed).rejects.toThrow(TidelineError);
    await expect(printed).rejects.toMatchObject({ code: "RENDER_FAILED" });
    await expect(printed).rejects.toThrow(`found ${at}/`);
    expect(heard).toEqual([]);
  });

  it.each([
    ["a file", '<img src="file:///etc/passwd">'],
    ["a file in a frame", '<iframe src="file:///etc/passwd"></iframe>'],
    ["another scheme", '<img src="ftp://127.0.0.1/x.png">'],
    ["a secure address", '<img src="https://127.0.0.1:9/x.png">'],
  ])("is refused or goes without when it asks for %s", async (_, body) => {
    const printed = await print(pageWith(body)).catch((error: unknown) => error);
    if (printed instanceof Uint8Array) expect(solid((await readPdf(printed)).pages)).toBe("still");
    else expect(printed).toMatchObject({ code: "RENDER_FAILED" });
  });

  it("is told of every request at once", async () => {
    await expect(print(pageWith(`<img src="${at}/1.png"><img src="${at}/2.png">`))).rejects.toMatchObject({
      problems: [{ found: `${at}/1.png` }, { found: `${at}/2.png` }],
    });
  });

  it("is refused when it would go to another page at once, and nothing leaves", async () => {
    heard = [];
    const leaving = pageWith("", `<meta http-equiv="refresh" content="0; url=${at}/x">`);
    await expect(print(leaving).then(() => "printed")).rejects.toMatchObject({ code: "RENDER_FAILED" });
    expect(heard).toEqual([]);
  });

  /** Some are not asked for by a page without scripts, some only once the page is being printed: what counts is the server. */
  it.each([
    ["an object", (url: string) => `<object data="${url}/x.pdf"></object>`],
    ["an embedded file", (url: string) => `<embed src="${url}/x.swf">`],
    ["a part of another chart", (url: string) => `<svg><use href="${url}/x.svg#a"/></svg>`],
    ["a film's picture", (url: string) => `<video poster="${url}/x.png"></video>`],
    [
      "a filter's picture",
      (url: string) =>
        `<svg><filter id="f"><feImage href="${url}/x.png"/></filter><rect filter="url(#f)" width="9" height="9"/></svg>`,
    ],
    ["a preloaded image", (url: string) => `<link rel="preload" as="image" href="${url}/x.png">`],
    ["preconnect", (url: string) => `<link rel="preconnect" href="${url}">`],
    ["dns-prefetch", (url: string) => `<link rel="dns-prefetch" href="${url}">`],
    ["prefetch", (url: string) => `<link rel="prefetch" href="${url}/x">`],
    [
      "a manifest and an icon",
      (url: string) => `<link rel="manifest" href="${url}/m"><link rel="icon" href="${url}/i">`,
    ],
    [
      "speculation rules",
      (url: string) => `<script type="speculationrules">{"prerender":[{"urls":["${url}/x"]}]}</script>`,
    ],
  ])("lets nothing out by %s", async (_, markup) => {
    heard = [];
    await print(pageWith(markup(at), markup(at))).catch(() => {});
    expect(heard).toEqual([]);
  });

  it("runs no script, whether inline, in a handler, in a frame or in a chart", async () => {
    heard = [];
    const run = (what: string) =>
      `document.body.textContent='${what}'; fetch('${at}/${what}'); new WebSocket('ws${at.slice(4)}/')`;
    const body = `<script>${run("inline")}</script><img src="data:image/png;base64,broken" onerror="${run("handler")}">
      <iframe srcdoc="<script>parent.${run("frame")}</script>"></iframe>
      <iframe src="data:text/html,<script>fetch('${at}/frame')</script>framed"></iframe>
      <svg><script>${run("chart")}</script></svg><noscript>without</noscript>`;
    const text = solid((await readPdf(await print(pageWith(body)))).pages);
    expect(text).toContain("still");
    expect(text).toContain("without");
    expect(text).not.toMatch(/inline|handler|chart/);
    expect(heard).toEqual([]);
  });

  it("prints what it holds itself: an image and a font in data", async () => {
    const dot =
      "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==";
    const pdf = await print(pageWith(`<img src="data:image/png;base64,${dot}">`));
    expect(Buffer.from(pdf.subarray(0, 5)).toString()).toBe("%PDF-");
    expect(solid((await readPdf(pdf)).pages)).toBe("still");
  });

  it("leaves nothing for the next page", async () => {
    await print(pageWith(`<img src="${at}/x.png">`)).catch(() => {});
    expect(solid((await readPdf(await print(pageWith("<p>next</p>")))).pages)).toBe("stillnext");
  });
});
