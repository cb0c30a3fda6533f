import type { DefaultTreeAdapterTypes as Tree } from "parse5";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { changeTints } from "#src/charts/theme.ts";
import { type Locale, locales } from "#src/domain/locale.ts";
import { type BrowserHandle, launchBrowser } from "#src/render/browser.ts";
import type { Edition } from "#src/render/edition.ts";
import { facesOf } from "#src/render/faces.ts";
import { subsetFonts } from "#src/render/fonts.ts";
import { printPdf } from "#src/render/pdf.ts";
import { cacheDir, compose, editionOf, root } from "#tests/render/press.ts";
import { readPdf, solid, structureOf } from "#tests/render/read-pdf.ts";
import {
  elementsOf,
  type InkedText,
  type Picture,
  pageOf,
  picturesOf,
  textOf,
} from "#tests/render/svg-geometry.ts";

interface Printed {
  readonly edition: Edition;
  readonly html: string;
  readonly pictures: readonly Picture[];
  readonly pdf: Uint8Array;
  readonly read: Awaited<ReturnType<typeof readPdf>>;
}

let browser: BrowserHandle;
let instant = "";
const sample = new Map<Locale, Printed>();
const of = (locale: Locale): Printed => {
  const printed = sample.get(locale);
  if (printed === undefined) throw new RangeError(`the sample in ${locale}`);
  return printed;
};
const print = (html: string, by = browser) => printPdf(by, html, { instant });

beforeAll(async () => {
  browser = await launchBrowser({ cacheDir });
  const issue = await compose(root);
  instant = issue.composed.facts.asOf.instant;
  for (const locale of locales) {
    const edition = await editionOf(issue, locale);
    const html = edition.html((await subsetFonts(locale, edition.characters)).print);
    const pdf = await print(html);
    sample.set(locale, { edition, html, pdf, pictures: picturesOf(html, locale), read: await readPdf(pdf) });
  }
}, 120_000);
afterAll(() => browser[Symbol.asyncDispose]());

const tagged = (html: string, ...tags: readonly string[]) =>
  elementsOf(pageOf(html)).filter(({ tagName }) => tags.includes(tagName));
const tiny = 0.01;

/** Texts whose glyphs leave the picture, and pairs whose glyphs' boxes overlap. */
function clashes({ where, width, height, texts }: Picture): string[] {
  const leaves = ({ x0, y0, x1, y1 }: InkedText) =>
    x0 < -tiny || y0 < -tiny || x1 > width + tiny || y1 > height + tiny;
  const overlap = (a: InkedText, b: InkedText) =>
    Math.min(a.x1, b.x1) - Math.max(a.x0, b.x0) > tiny && Math.min(a.y1, b.y1) - Math.max(a.y0, b.y0) > tiny;
  return [
    ...texts.filter(leaves).map(({ text }) => `${where}: ${text} leaves`),
    ...texts.flatMap((a, i) =>
      texts
        .slice(i + 1)
        .filter((b) => overlap(a, b))
        .map((b) => `${where}: ${a.text} on ${b.text}`),
    ),
  ];
}

describe("the check of charts", () => {
  const at = (text: string, x0: number, y0: number): InkedText => ({ text, x0, y0, x1: x0 + 20, y1: y0 + 8 });
  const picture = (...texts: readonly InkedText[]) => ({
    where: "a",
    width: 60,
    height: 20,
    marks: [],
    ids: [],
    texts,
  });

  it("finds a text that leaves and two that overlap, and passes those that only touch", () => {
    expect(clashes(picture(at("in", 0, 0), at("beside", 20, 0), at("below", 0, 8)))).toEqual([]);
    expect(clashes(picture(at("out", 45, 0)))).toEqual(["a: out leaves"]);
    expect(clashes(picture(at("one", 0, 0), at("two", 19, 7)))).toEqual(["a: one on two"]);
  });
});

describe.each(locales)("charts of the sample in %s", (locale) => {
  it("keep every text inside its picture and off every other, by the glyphs of the edition's faces", () => {
    const { pictures } = of(locale);
    expect(pictures.filter(({ texts }) => texts.length > 0).length).toBeGreaterThan(5);
    expect(pictures.flatMap(clashes)).toEqual([]);
  });

  it("are lettered in the edition's sans face", () => {
    const families = tagged(of(locale).html, "text").map(
      (each) => each.attrs.find(({ name }) => name === "font-family")?.value,
    );
    expect(new Set(families.map((family) => family?.replace(/['"]/g, "")))).toEqual(
      new Set([locale === "en" ? "Source Sans 3" : "Noto Sans SC"]),
    );
  });

  it("hold no style, no words of Vega's own and no id that another has", () => {
    const ids = of(locale).pictures.flatMap((picture) => picture.ids);
    expect(new Set(ids).size).toBe(ids.length);
    const inCharts = tagged(of(locale).html, "svg").flatMap((svg) =>
      elementsOf(svg).flatMap(({ attrs }) => attrs.map(({ name }) => name)),
    );
    expect(
      inCharts.filter((name) => name === "style" || name === "aria-label" || name === "aria-roledescription"),
    ).toEqual([]);
  });
});

describe("charts of both editions", () => {
  /** What belongs to a label: the line that leads to it, and the paper behind it. */
  const ofLabel = (mark: string) =>
    /^path .* fill=#FFFFFF$/.test(mark) ||
    (mark.startsWith("line ") && mark.includes("stroke=#66727E") && mark.includes("stroke-width=0.7"));
  /** Tints of rises and falls are those of each edition's convention. */
  const conventions = { en: "west", "zh-CN": "east-asia" } as const;
  const drawnAs = (locale: Locale) => {
    const tints = new Map<string, string>(
      Object.entries(changeTints[conventions[locale]]).flatMap(([way, of]) =>
        of.map((colour, i) => [colour, `${way} ${i}`] as const),
      ),
    );
    return (mark: string) => mark.replace(/#[0-9A-F]{6}/gu, (colour) => tints.get(colour) ?? colour);
  };
  const drawn = (locale: Locale) =>
    of(locale).pictures.map(({ where, width, height, marks }) => ({
      where,
      width,
      height,
      marks: marks.filter((mark) => !ofLabel(mark)).map(drawnAs(locale)),
    }));

  it("have the same geometry: every mark but words and what belongs to them", () => {
    expect(drawn("zh-CN")).toEqual(drawn("en"));
    expect(drawn("en").flatMap(({ marks }) => marks).length).toBeGreaterThan(500);
  });
});

describe.each(locales)("the print of the sample in %s", (locale) => {
  it("is tagged, titled, in its language, and at most 0.6 MB", async () => {
    const { pdf, edition, read } = of(locale);
    const structure = await structureOf(pdf);
    expect(structure).toMatchObject({
      lang: `(${locale})`,
      marked: "true",
      displaysTitle: "true",
      images: 0,
      actions: 0,
    });
    for (const tag of ["/H1", "/H2", "/P", "/Figure", "/Table", "/TR", "/TH", "/TD", "/L", "/LI"])
      expect(structure.tags).toContain(tag);
    expect(read.info.Title).toBe(edition.title);
    expect(pdf.length).toBeLessThanOrEqual(600_000);
  });

  it("has whole A4 pages and an outline of its headlines", async () => {
    const { pages } = await structureOf(of(locale).pdf);
    expect(pages.length).toBeGreaterThanOrEqual(4);
    expect(pages.length).toBeLessThanOrEqual(12);
    // A4 is 595.3 by 841.9 points.
    for (const { width, height } of pages)
      expect([Math.round(width), Math.round(height)]).toEqual([595, 842]);
    const plain = (text: string) => text.replace(/\s+/g, "");
    const heads = tagged(of(locale).html, "h1", "h2").map((each) => plain(textOf(each)));
    expect(of(locale).read.outline.map(plain)).toEqual(heads);
  });

  it("holds TrueType of the edition's faces and nothing else", async () => {
    const { fonts } = await structureOf(of(locale).pdf);
    expect(new Set(fonts.map(({ kind }) => kind))).toEqual(new Set(["/Type0", "/CIDFontType2"]));
    const names = new Set(fonts.map(({ base }) => base?.split("-")[0]));
    const families = facesOf(locale).map(({ family }) => family.replaceAll(" ", ""));
    expect(names).toEqual(new Set(families));
  });

  it("says every sentence, cell and label of the page, word for word", () => {
    const { html, read } = of(locale);
    const said = solid(read.pages);
    const parts = elementsOf(tagged(html, "main")[0] as Tree.Element).filter(({ tagName }) =>
      ["h1", "h2", "p", "td", "th", "dt", "dd", "text", "li"].includes(tagName),
    );
    const texts = parts.map((each) => textOf(each).replace(/\s/g, "")).filter((text) => text !== "");
    expect(texts.length).toBeGreaterThan(400);
    // A long cell may be laid over two lines beside another; each of its marked parts must still stand whole.
    expect(texts.filter((text) => !said.includes(text))).toEqual([]);
  });

  it("has every number and day as the page prints it, with no space set inside", () => {
    const { html, read } = of(locale);
    const said = read.pages.flatMap((page) => page.map(({ text }) => text)).join("");
    const facts = tagged(html, "data", "time").map((each) => textOf(each));
    expect(facts.length).toBeGreaterThan(200);
    expect(facts.filter((text) => !said.includes(text))).toEqual([]);
  });

  it("numbers its pages, with running heads on all but the first", () => {
    const { pages } = of(locale).read;
    const numbers = pages.map((page, i) => page.some(({ text, y }) => text === String(i + 1) && y < 46));
    expect(numbers).toEqual(pages.map(() => true));
    const brand = locale === "en" ? "Tideline" : "潮线";
    const heads = pages.map((page) => page.some(({ text, y }) => text.startsWith(brand) && y > 790));
    expect(heads.slice(1)).toEqual(pages.slice(1).map(() => true));
  });

  it("says on every page that the market is simulated", () => {
    const status = locale === "en" ? "simulateddata" : "模拟数据";
    expect(of(locale).read.pages.map((page) => solid([page]).includes(status))).toEqual(
      of(locale).read.pages.map(() => true),
    );
  });

  it("is dated by its cut-off and has the same bytes from another browser", async () => {
    // Close of New York on 2026-02-13, 16:00 in winter time, and two hours: 23:00 in UTC.
    const { info } = await readPdf(of(locale).pdf);
    expect([info.CreationDate, info.ModDate]).toEqual(["D:20260213230000Z", "D:20260213230000Z"]);
    const other = await launchBrowser({ cacheDir });
    try {
      expect(Buffer.compare(await print(of(locale).html, other), of(locale).pdf)).toBe(0);
    } finally {
      await other[Symbol.asyncDispose]();
    }
  });
});
