import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Locale, locales } from "#src/domain/locale.ts";
import { type BrowserHandle, launchBrowser } from "#src/render/browser.ts";
import { subsetFonts } from "#src/render/fonts.ts";
import { printPdf } from "#src/render/pdf.ts";
import { speak, spokenFile, spokenFileZh } from "#tests/commentary/speak.ts";
import { cacheDir, compose, editionOf, root, withSections } from "#tests/render/press.ts";
import { readPdf, solid, structureOf } from "#tests/render/read-pdf.ts";
import { writeWorkspace } from "#tests/render/small-workspace.ts";
import { elementsOf, pageOf, textOf } from "#tests/render/svg-geometry.ts";
import { temporaryFolder } from "#tests/render/temporary.ts";

const base = temporaryFolder();
let made = 0;

/** An edition of the small workspace with these files of commentary. */
async function spoken(files: Readonly<Record<string, string>>, locale: Locale) {
  const dir = writeWorkspace(join(base, String(++made)));
  speak(dir, files);
  return editionOf(await compose(dir), locale);
}

const elementIn = (html: string): string => /<aside class="said[\s\S]*?<\/aside>/u.exec(html)?.[0] ?? "";
const both = (en: string, zh: string, section = "levels") => ({
  [`${section}.en.md`]: spokenFile(en),
  [`${section}.zh-CN.md`]: spokenFileZh(zh),
});

describe("a person's words on a page", () => {
  it("are a quotation with its speaker, day and link", async () => {
    const head = { link: "https://example.com/?a=1&b=2" };
    const files = {
      "levels.en.md": spokenFile("One *two* **three**.\n\n- [four](https://example.com/)\n\n1. five", head),
      "levels.zh-CN.md": spokenFileZh("一*二***三**。\n\n- [四](https://example.com/)\n\n1. 五", head),
    };
    expect(
      elementIn((await spoken(files, "en")).html("")),
    ).toBe(`<aside class="said" data-commentary="levels.1">
<p class="said-k">Commentary</p>
<blockquote>
<p>One <em>two</em> <strong>three</strong>.</p>
<ul><li><a href="https://example.com/" rel="noopener noreferrer nofollow">four</a></li></ul>
<ol><li>five</li></ol>
</blockquote>
<footer><cite>Ann Lee</cite> <span class="sep"></span> <span>Strategist, Test desk</span> <span class="sep"></span> <time class="n" datetime="2026-02-13">Feb 13, 2026</time> <span class="sep"></span> <a href="https://example.com/?a=1&amp;b=2" rel="noopener noreferrer nofollow">Original</a></footer>
</aside>`);
    expect(textOf(pageOf(elementIn((await spoken(files, "zh-CN")).html(""))))).toMatch(
      /评论\s+一二三。\s+四\s+五\s+李安\s+测试部策略师\s+2026年2月13日\s+原文/u,
    );
  });

  it("stand at the end of their section, in the order of their numbers", async () => {
    const files = {
      ...both("First.", "第一。"),
      "levels.2.en.md": spokenFile("Second."),
      "levels.2.zh-CN.md": spokenFileZh("第二。"),
    };
    const html = (await spoken(files, "en")).html("");
    const section = /<section class="sec" id="levels">[\s\S]*?<\/section>/u.exec(html)?.[0] ?? "";
    expect(section).toMatch(
      /<\/figure>\s*<aside [\s\S]*First\.[\s\S]*<\/aside>\s*<aside [\s\S]*Second\.[\s\S]*<\/aside>\s*<\/section>$/u,
    );
    expect(html.match(/<aside class="said/gu)).toHaveLength(2);
  });

  it("stay text, whatever they hold", async () => {
    const attack =
      "\\<script>alert(1)\\</script> \\{\\{name}} {{{style}}} $t(page.title) &amp; \"'`= &#60;b&#62;";
    const head = {
      speaker: `"<b>A</b> {{date}} & Sons"`,
      role: `'"; } body { display: none }'`,
      firm: "</footer>",
    };
    const html = (
      await spoken(
        { "levels.en.md": spokenFile(attack, head), "levels.zh-CN.md": spokenFileZh("一。") },
        "en",
      )
    ).html("");
    const element = pageOf(elementIn(html));
    const tags = elementsOf(element).map(({ tagName }) => tagName);
    expect(tags.filter((tag) => !["html", "head", "body"].includes(tag))).toEqual([
      "aside",
      "p",
      "blockquote",
      "p",
      "footer",
      "cite",
      "span",
      "span",
      "span",
      "time",
    ]);
    expect(textOf(element)).toContain(
      "<script>alert(1)</script> {{name}} {{{style}}} $t(page.title) & \"'`= <b>",
    );
    expect(textOf(element)).toContain("<b>A</b> {{date}} & Sons");
    expect(textOf(element)).toContain('"; } body { display: none }, </footer>');
  });

  it("are in the faces of the page, which lack a character or have it", async () => {
    const edition = await spoken(both("Zürich, § 7 and ½.", "丼与魍魉。"), "zh-CN");
    for (const character of "丼魍魉李安") expect(edition.characters).toContain(character);
    expect((await spoken(both("One §", "一"), "en")).characters).toMatch(/^(?=.*§)(?=.*\.)/u);
    const strange = await spoken(both("A flag 🏳 here.", "一。"), "en");
    await expect(subsetFonts("en", strange.characters)).rejects.toThrow(
      /en edition has characters without a face\s+found 🏳 U\+1F3F3/u,
    );
  });

  it("set digits beside Han solid, as everything that is printed", async () => {
    expect(elementIn((await spoken(both("1.6bn.", "净流入16亿美元。"), "zh-CN")).html(""))).toContain(
      '净流入<span class="n">16亿</span>美元',
    );
  });

  it("may go on to the next page only where they are long", async () => {
    const classOf = async (letters: number) =>
      /<aside class="(said[^"]*)"/u.exec(
        (await spoken(both("a".repeat(letters), "一。"), "en")).html(""),
      )?.[1];
    expect([await classOf(850), await classOf(851)]).toEqual(["said", "said long"]);
  });
});

describe("what is said on page one", () => {
  const pageOne = async (files: Readonly<Record<string, string>>, locale: Locale) => {
    const html = (await spoken(files, locale)).html("");
    const [section = ""] = /<section class="page-1[\s\S]*?<\/section>/u.exec(html) ?? [];
    const isBeside =
      /<div class="beside-words">(?:(?!<\/div>\s*<\/div>\s*<figure)[\s\S])*<aside class="said/u.test(section);
    return {
      isLong: section.startsWith('<section class="page-1 long"'),
      hasContents: section.includes('class="toc"'),
      isBeside,
    };
  };
  const headline = (en: number, zh: number) => both("a".repeat(en), "一".repeat(zh), "headline");

  it("takes the room of its contents, and beyond a length goes on below", async () => {
    const beside = { isLong: false, hasContents: false, isBeside: true };
    const below = { isLong: true, hasContents: false, isBeside: false };
    expect(await pageOne(headline(330, 1), "en")).toEqual(beside);
    expect(await pageOne(headline(331, 1), "en")).toEqual(below);
    expect(await pageOne(headline(1, 120), "zh-CN")).toEqual(beside);
    expect(await pageOne(headline(1, 121), "zh-CN")).toEqual(below);
    const two = {
      ...headline(9, 9),
      "headline.2.en.md": spokenFile("b"),
      "headline.2.zh-CN.md": spokenFileZh("二"),
    };
    expect(await pageOne(two, "en")).toEqual(below);
    const elsewhere = { isLong: false, hasContents: true, isBeside: false };
    expect(await pageOne(both("a".repeat(900), "一".repeat(300)), "en")).toEqual(elsewhere);
  });
});

describe("the print of what people say", () => {
  let browser: BrowserHandle;
  beforeAll(async () => {
    browser = await launchBrowser({ cacheDir });
  });
  afterAll(() => browser[Symbol.asyncDispose]());

  /** Some sections of the sample's issue, whose first page is short, with other words on it. */
  const sections = ["headline", "changes", "levels", "flows", "sources"] as const;
  async function printed(dir: string, locale: Locale) {
    const issue = await compose(root, (workspace) => withSections(sections)({ ...workspace, dir }));
    const edition = await editionOf(issue, locale);
    const html = edition.html((await subsetFonts(locale, edition.characters)).print);
    const pdf = await printPdf(browser, html, { instant: issue.composed.facts.asOf.instant });
    return { pdf, ...(await readPdf(pdf)) };
  }

  /** On which pages a text stands, without its spaces. */
  const pagesOf = ({ pages }: Awaited<ReturnType<typeof printed>>, text: string) =>
    // Figure 2 is not figure 20.
    pages.flatMap((page, i) => (new RegExp(`${text}(?!\\d)`, "u").test(solid([page])) ? [i + 1] : []));
  const section = { en: "Whathaschanged", "zh-CN": "变化" } as const;
  const figure = { en: "Figure2", "zh-CN": "图2" } as const;
  const said = { en: "Saidhere.", "zh-CN": "在此表态。" } as const;
  const here = (en: number, zh: number) =>
    both("Said here. ".repeat(en), "在此表态。".repeat(zh), "headline");

  it.each(locales)(
    "is tagged as a quotation, on page one, which holds all of its own, in %s",
    async (locale) => {
      const dir = join(base, String(++made));
      // As much as there is room for, and somebody who takes their time on a section.
      const long = ["Somebody said so at length. ".repeat(60), "此处有人长篇大论。".repeat(90)] as const;
      speak(dir, { ...here(30, 24), ...both(...long, "flows") });
      const print = await printed(dir, locale);
      expect((await structureOf(print.pdf)).tags).toContain("/BlockQuote");
      expect(pagesOf(print, said[locale])).toEqual([1]);
      expect(pagesOf(print, figure[locale])).toEqual([1]);
      expect(pagesOf(print, section[locale])[0]).toBe(2);
      expect(print.pages.length).toBeLessThanOrEqual(8);
    },
  );

  it.each(locales)(
    "leaves no page empty where it is longer than page one has room for, in %s",
    async (locale) => {
      const dir = join(base, String(++made));
      speak(dir, here(120, 120));
      const print = await printed(dir, locale);
      const last = pagesOf(print, said[locale]).at(-1) ?? 0;
      expect(last).toBeLessThanOrEqual(2);
      // The first section follows on the page on which the words end.
      expect(pagesOf(print, section[locale])[0]).toBe(2);
    },
  );
});
