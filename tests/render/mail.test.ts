import PostalMime from "postal-mime";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { messageOf } from "#src/deliver/message.ts";
import { locales } from "#src/domain/locale.ts";
import { unsubscribePlaceholder } from "#src/domain/mail.ts";
import type { Workspace } from "#src/domain/workspace.ts";
import { type BrowserHandle, launchBrowser } from "#src/render/browser.ts";
import { deskOf } from "#src/render/desk.ts";
import { issueFiles } from "#src/render/issue-files.ts";
import { setMail } from "#src/render/mail.ts";
import { cacheDir, compose, root, withSections } from "#tests/render/press.ts";
import { smallConfig, writeWorkspace } from "#tests/render/small-workspace.ts";
import { elementsOf, pageOf, textOf } from "#tests/render/svg-geometry.ts";
import { temporaryFolder } from "#tests/render/temporary.ts";

type Issue = Awaited<ReturnType<typeof compose>>;
type Locale = (typeof locales)[number];

const site = "https://notes.example.com";
const mailOf = (issue: Issue, locale: Locale) =>
  setMail(deskOf({ ...issue, locale, languages: locales }), { site });
const titleOf = (html: string) => {
  const title = elementsOf(pageOf(html)).find(({ tagName }) => tagName === "title");
  return title === undefined ? null : textOf(title);
};
const bodyOf = (html: string) => {
  const body = elementsOf(pageOf(html)).find(({ tagName }) => tagName === "body");
  return body === undefined ? "" : textOf(body).replace(/\s+/gu, " ");
};

describe("the mail of the sample", () => {
  const subjects = {
    en: "Simulated: Weekly market briefing, Feb 13, 2026: Sim leaders–laggards posts its largest back-cast daily gain since…",
    "zh-CN": "【模拟】市场周报（2026年2月13日）：模拟领跑/落后配对创2015年1月2日以来最大单日涨幅（回溯计算）",
  };
  let sample: Issue;
  let browser: BrowserHandle;
  let files: ReadonlyMap<string, Uint8Array>;
  const make = () => {
    const made = { inputs: {}, last: null, languages: locales, browser };
    return issueFiles({ ...sample, ...made });
  };
  beforeAll(async () => {
    // What a mail says is on page one.
    sample = await compose(
      root,
      withSections(["headline", "narrative", "levels", "flows", "korea", "pair", "sources"]),
    );
    browser = await launchBrowser({ cacheDir });
    files = await make();
  });
  afterAll(() => browser?.[Symbol.asyncDispose]());
  const file = (name: string) => Buffer.from(files.get(name) ?? "");

  it("has the same bytes when it is made again", async () => {
    const again = await make();
    for (const [name, bytes] of files)
      expect(Buffer.compare(bytes, again.get(name) ?? Buffer.alloc(0)), name).toBe(0);
  });

  it("is listed in the manifest with its words and templates, which an issue without mail does not list", async () => {
    const listed = (manifest: string) => JSON.parse(manifest) as Record<string, Record<string, string>>;
    const { output = {}, templates = {} } = listed(file("manifest.json").toString());
    expect(Object.keys(output).filter((name) => name.includes(".mail."))).toHaveLength(6);
    expect(templates).toHaveProperty(["mail.hbs"]);
    const unmailed = { ...sample, workspace: { ...sample.workspace, mail: null } };
    const alone = await issueFiles({ ...unmailed, inputs: {}, last: null, languages: ["en"], browser });
    expect([...alone.keys()]).toEqual(["facts.json", "en.html", "en.pdf", "manifest.json"]);
    const other = listed(Buffer.from(alone.get("manifest.json") ?? "").toString());
    expect(other.templates).not.toHaveProperty(["mail.hbs"]);
  });

  it.each(locales)(
    "in %s has its subject, link, and a light picture twice as wide as it is shown",
    (locale) => {
      const html = file(`${locale}.mail.html`).toString();
      expect(titleOf(html)).toBe(subjects[locale]);
      expect(html).toContain(`href="https://tideline.example.com/weekly/2026-02-13/${locale}.html"`);
      expect(html.split(unsubscribePlaceholder)).toHaveLength(2);
      expect(html.length).toBeLessThan(30_000);
      const picture = file(`${locale}.mail.png`);
      expect(picture.readUInt32BE(16)).toBe(2 * 552);
      expect(picture.length).toBeLessThan(150_000);
    },
  );

  it("has English text in lines of at most 78 columns", () => {
    const lines = file("en.mail.txt").toString().split("\n");
    expect(lines.filter((line) => line.length > 78)).toEqual([]);
    expect(Math.max(...lines.map((line) => line.length))).toBeGreaterThan(60);
  });

  it.each(locales)("in %s comes out of its message as it was", async (locale) => {
    const { mail: rules } = sample.workspace;
    if (rules === null) throw new RangeError("the sample is mailed");
    const delivery = {
      locale,
      name: "A",
      address: "a@example.com",
      messageId: "<1@example.com>",
      token: "t",
    };
    const { bytes } = await messageOf({
      rules,
      dkimKey: null,
      publication: sample.publication,
      issue: { publication: "weekly", asOf: "2026-02-13", revision: 1 },
      files,
      delivery,
      date: Date.UTC(2026, 1, 14),
    });
    const read = await PostalMime.parse(bytes);
    expect(read.subject).toBe(subjects[locale]);
    const sent = `${rules.site}/unsubscribe/t`;
    const text = file(`${locale}.mail.txt`).toString().replace(unsubscribePlaceholder, sent);
    expect(read.text?.trim()).toBe(text.trim());
    expect(read.html).not.toMatch(/<(?:data|time)\b/u);
    expect(bodyOf(read.html ?? "")).toBe(bodyOf(file(`${locale}.mail.html`).toString()));
    const picture = read.attachments.find(({ mimeType }) => mimeType === "image/png");
    expect(picture?.contentId).toBe("<figure>");
    expect(Buffer.compare(Buffer.from(picture?.content as ArrayBuffer), file(`${locale}.mail.png`))).toBe(0);
  });
});

describe("a bad week", () => {
  const header = "date,ALPHA,BETA\n";
  const folder = writeWorkspace(temporaryFolder(), smallConfig(), `${header}2026-02-13,,\n`);

  it.each(locales)(
    "in %s has a mail without numbers and figure that says what is missing",
    async (locale) => {
      const { html, text, svg } = await mailOf(await compose(folder), locale);
      expect(svg).toBeNull();
      expect(html).not.toContain("<img");
      expect(html).not.toContain('scope="row"');
      const missing = locale === "en" ? "Missing from this issue" : "本期数据缺失";
      for (const part of [bodyOf(html), text]) expect(part).toContain(missing);
      expect(titleOf(html)).toBe(
        locale === "en"
          ? "Weekly note, Feb 13, 2026: No statement can be made this week"
          : "周报（2026年2月13日）：本周数据不足，暂无结论",
      );
    },
  );
});

describe("hostile names", () => {
  const folder = writeWorkspace(temporaryFolder());
  const attack = "<script>alert(1)</script>\r\nBcc: x@example.com\r\n\u202E\"&'";
  const both = { en: attack, "zh-CN": attack };
  const hostile = (workspace: Workspace): Workspace => ({
    ...workspace,
    brand: { name: both, responsible: both },
    catalogue: workspace.catalogue.map((series) => ({
      ...series,
      ...{ name: both, short: both, prose: both, provider: both },
    })),
    publications: Object.fromEntries(
      Object.entries(workspace.publications).map(([id, each]) => [id, { ...each, title: both }]),
    ),
  });

  it.each(locales)("in %s stay text, and the subject one line", async (locale) => {
    const issue = await compose(folder, hostile);
    const publication = issue.workspace.publications.weekly ?? issue.publication;
    const { html, text } = await mailOf({ ...issue, publication }, locale);
    expect(elementsOf(pageOf(html)).filter(({ tagName }) => tagName === "script")).toEqual([]);
    expect(bodyOf(html)).toContain("<script>alert(1)</script>");
    expect(titleOf(html)).toMatch(/^<script>alert\(1\)<\/script> Bcc: x@example\.com "&'/u);
    expect(titleOf(html)).not.toMatch(/[\r\n\u202E]/u);
    expect(text).not.toMatch(/^Bcc:/mu);
  });
});
