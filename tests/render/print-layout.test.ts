import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Locale } from "#src/domain/locale.ts";
import { type BrowserHandle, launchBrowser } from "#src/render/browser.ts";
import { subsetFonts } from "#src/render/fonts.ts";
import { printPdf } from "#src/render/pdf.ts";
import { cacheDir, compose, editionOf } from "#tests/render/press.ts";
import { type Placed, readPdf, solid } from "#tests/render/read-pdf.ts";
import { smallConfig, smallPrices, type Written, writeWorkspace } from "#tests/render/small-workspace.ts";
import { temporaryFolder } from "#tests/render/temporary.ts";

let browser: BrowserHandle;
beforeAll(async () => {
  browser = await launchBrowser({ cacheDir });
});
afterAll(() => browser[Symbol.asyncDispose]());

const folder = temporaryFolder();
let made = 0;

/** A small workspace, changed. */
function writeSmall(change: (config: Written) => void, columns?: readonly string[]): string {
  const config = smallConfig();
  change(config);
  return writeWorkspace(`${folder}/${++made}`, config, smallPrices(columns));
}

/** A small workspace, changed, as one edition: its finished page and its print. */
async function printed(
  change: (config: Written) => void,
  locale: Locale = "en",
  columns?: readonly string[],
) {
  const issue = await compose(writeSmall(change, columns));
  const edition = await editionOf(issue, locale);
  const html = edition.html((await subsetFonts(locale, edition.characters)).print);
  const options = { instant: issue.composed.facts.asOf.instant };
  const [pdf, measured] = await Promise.all([printPdf(browser, html, options), measure(html)]);
  return { ...(await readPdf(pdf)), measured };
}

interface Measured {
  readonly paper: number;
  readonly scroll: number;
  readonly beyond: readonly string[];
  readonly spilt: readonly string[];
}

/** Lays the page out on the paper's text block and asks what goes beyond it, or beyond its own cell of the strip. */
async function measure(html: string): Promise<Measured> {
  const page = await browser.newPage();
  try {
    await page.emulateMediaType("print");
    await page.setViewport({ width: 658, height: 1000 });
    await page.setContent(html);
    await page.evaluate("document.fonts.ready.then(() => null)");
    return (await page.evaluate(`(() => {
      const right = (element) => element.getBoundingClientRect().right;
      const says = (element) => element.tagName + " " + element.textContent.trim().slice(0, 40);
      const paper = document.body.getBoundingClientRect().width;
      const all = [...document.body.querySelectorAll("*")].filter((element) => !element.closest("svg"));
      const cells = [...document.querySelectorAll(".k > *, td, th")];
      return {
        paper,
        scroll: document.documentElement.scrollWidth,
        beyond: all.filter((element) => right(element) > right(document.body) + 0.5).map(says),
        spilt: cells.filter((element) => element.scrollWidth > element.clientWidth + 1).map(says),
      };
    })()`)) as Measured;
  } finally {
    await page.close();
  }
}

/** The text block is 174 mm wide, which is 657.6 px of 1/96 inch. */
function expectFit({ paper, scroll, beyond, spilt }: Measured): void {
  expect(paper).toBeCloseTo((174 * 96) / 25.4, 1);
  expect([scroll, beyond, spilt]).toEqual([658, [], []]);
}

const pagesWith = (pages: readonly (readonly Placed[])[], text: string) =>
  pages.flatMap((page, i) => (solid([page]).includes(text.replace(/\s/g, "")) ? [i + 1] : []));

/** Page one stands alone: its contents are on it, and the first section begins the second. */
function expectFirstPage(pages: readonly (readonly Placed[])[], contents: string, section: string): void {
  const headed = pages.flatMap((page, i) =>
    page.some(({ text }) => text.trim() === contents) ? [i + 1] : [],
  );
  expect(headed).toEqual([1]);
  expect(pagesWith(pages, section)[0]).toBe(1);
  expect(pagesWith(pages, section)).toContain(2);
}

const sixty = "Sim investment-grade credit spread over governments, 10-year";
const manyIds = Array.from({ length: 6 }, (_, i) => `S${i}`);
const many =
  (name: (i: number) => string, ids = manyIds) =>
  (config: Written) => {
    config.series = Object.fromEntries(ids.map((id, i) => [id, { name: { en: name(i), "zh-CN": name(i) } }]));
    config.publications.weekly.keyNumbers = ids.slice(0, 6);
    config.superlatives = ids.slice(0, 3);
    config.levels = [{ series: "S1", level: 6000 }];
  };
const keyNumbers = (ids: readonly string[]) => (config: Written) => {
  config.publications.weekly.keyNumbers = [...ids];
};

describe("a page on paper", () => {
  it("fits with six key numbers whose names are sixty characters long", async () => {
    expect(sixty).toHaveLength(60);
    const { pages, measured } = await printed(
      many((i) => `${i}${sixty.slice(1)}`),
      "en",
      manyIds,
    );
    expectFit(measured);
    expect(pagesWith(pages, `5${sixty.slice(1)}`)).toContain(1);
    expectFirstPage(pages, "In this issue", "Levels and records");
  });

  it("fits with Chinese names of thirty-two characters", async () => {
    const name = "模拟投资级信用利差相对政府债券十年期美元计价综合指数总回报版本甲";
    const { pages, measured } = await printed(
      many((i) => `${i}${name}`),
      "zh-CN",
      manyIds,
    );
    expectFit(measured);
    expect(pagesWith(pages, `5${name}`)).toContain(1);
    expectFirstPage(pages, "本期内容", "点位与纪录");
  });

  it("fits with a name that has no place to break", async () => {
    const { measured } = await printed(
      many((i) => `S${i}_${"INDEX_TOTAL_RETURN_".repeat(3)}`),
      "en",
      manyIds,
    );
    expectFit(measured);
  });

  it("fits with three key numbers", async () => {
    const { pages, measured } = await printed(
      (config) => {
        config.series.GAMMA = { name: { en: "Gamma Index", "zh-CN": "伽马指数" } };
        keyNumbers(["ALPHA", "BETA", "GAMMA"])(config);
      },
      "en",
      ["ALPHA", "BETA", "GAMMA"],
    );
    expectFit(measured);
    expect(pagesWith(pages, "Gamma Index")).toContain(1);
  });

  it("fits with none, and then has no strip and no note to it", async () => {
    const { pages, measured } = await printed(keyNumbers([]));
    expectFit(measured);
    expect(solid(pages)).not.toContain("Green=gain");
    expectFirstPage(pages, "In this issue", "Levels and records");
  });

  it("fits with a single market", async () => {
    const { pages, measured } = await printed(
      (config) => {
        config.series = { ALPHA: { name: { en: "Alpha Index", "zh-CN": "阿尔法指数" } } };
        config.superlatives = ["ALPHA"];
        config.levels = [];
        keyNumbers(["ALPHA"])(config);
      },
      "en",
      ["ALPHA"],
    );
    expectFit(measured);
    expect(pages.length).toBeGreaterThanOrEqual(2);
    expect(pagesWith(pages, "Alpha Index")).toContain(1);
  });
});

describe("a table longer than a page", () => {
  const ids = Array.from({ length: 90 }, (_, i) => `S${i}`);
  /** As many series, each known at a time of its own, so that no two share a line under Sources. */
  const apart = (few: readonly string[]) => (config: Written) => {
    many((i) => `Series no. ${i + 1000}`, [...few])(config);
    for (const [i, id] of few.entries()) config.series[id] = { ...config.series[id], lag: `${i} sessions` };
  };

  it("breaks between rows, with its head on every page that it reaches", async () => {
    const { pages, measured } = await printed(apart(ids), "en", ids);
    expectFit(measured);
    const heading = (page: readonly Placed[]) => page.find(({ text }) => text === "Overdue");
    /** Rows of the table: page one and the sections above it name the series as well, but not below its head. */
    const rowsOf = (page: readonly Placed[]) =>
      page.filter(
        ({ text, x, y }) => /^Series no\. 1\d\d\d$/.test(text) && x < 80 && y < (heading(page)?.y ?? 0),
      );
    const holding = pages.filter(heading);
    expect(holding.length).toBeGreaterThanOrEqual(2);
    const rows = holding.flatMap((page) => rowsOf(page).map(({ text }) => text));
    expect(rows).toEqual(ids.map((_, i) => `Series no. ${i + 1000}`));
    // The foot of the page holds running text only: no row reaches into its 13 mm (36.9 pt).
    expect(holding.flatMap((page) => rowsOf(page).filter(({ y }) => y < 36.9))).toEqual([]);
  });

  it("begins with its title and its unit on one page, wherever the page ends", async () => {
    const few = ids.slice(0, 24);
    const issue = await compose(writeSmall(apart(few), few));
    const edition = await editionOf(issue, "en");
    const html = edition.html((await subsetFonts("en", edition.characters)).print);
    const [figure = ""] = /<figure[^>]* long">[\s\S]*?<\/figure>/u.exec(html) ?? [];
    const short = figure.replace(/(<tbody>(?:\s*<tr[\s\S]*?<\/tr>){3})[\s\S]*?<\/tbody>/u, "$1</tbody>");
    // As many beginnings as there are ways for a page to end on one.
    const all = Array.from({ length: 240 }, (_, i) => `${"<p>Series</p>".repeat(i % 5)}${short}`).join("");
    const pdf = await printPdf(browser, html.replace(figure, all), { instant: "2026-02-13T23:00:00Z" });
    const { pages } = await readPdf(pdf);
    const count = (text: string) =>
      pages.map((page) => page.filter((each) => each.text.startsWith(text)).length);
    const titles = count("Every series");
    expect(titles.reduce((sum, n) => sum + n, 0)).toBe(240);
    expect(pages.length).toBeGreaterThan(20);
    expect(count("Times in UTC")).toEqual(titles);
  });
});
