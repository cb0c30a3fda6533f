import { createHash } from "node:crypto";
import type { DefaultTreeAdapterTypes as Tree } from "parse5";
import { beforeAll, describe, expect, it } from "vitest";
import { type Locale, locales } from "#src/domain/locale.ts";
import { type ColourConvention, colourConventions, type Workspace } from "#src/domain/workspace.ts";
import { printFact } from "#src/locale/print-fact.ts";
import type { Edition } from "#src/render/edition.ts";
import { missingCharacters } from "#src/render/fonts.ts";
import { compose, editionOf } from "#tests/render/press.ts";
import { writeWorkspace } from "#tests/render/small-workspace.ts";
import { elementsOf, pageOf, textOf } from "#tests/render/svg-geometry.ts";
import { temporaryFolder } from "#tests/render/temporary.ts";

const folder = writeWorkspace(temporaryFolder());
const attribute = (element: Tree.Element | undefined, name: string) =>
  element?.attrs.find((each) => each.name === name)?.value;
const tagged = (html: string, tag: string) =>
  elementsOf(pageOf(html)).filter(({ tagName }) => tagName === tag);
const classed = (html: string, name: string) =>
  elementsOf(pageOf(html)).filter((each) => attribute(each, "class")?.split(" ").includes(name));

let issue: Awaited<ReturnType<typeof compose>>;
const editions = new Map<Locale, Edition>();
const fontCss = '@font-face{font-family:"x";src:url(data:font/ttf;base64,AAAA) format("truetype")}';
const htmlOf = (locale: Locale, fonts = fontCss): string => editions.get(locale)?.html(fonts) ?? "";

beforeAll(async () => {
  issue = await compose(folder);
  for (const locale of locales) editions.set(locale, await editionOf(issue, locale));
});

describe.each(locales)("a page of the %s edition", (locale) => {
  it("has one style, whose hash is the only one that its policy allows", () => {
    const html = htmlOf(locale);
    const styles = tagged(html, "style");
    expect(styles).toHaveLength(1);
    const hash = createHash("sha256")
      .update(textOf(styles[0] as Tree.Element))
      .digest("base64");
    const policies = tagged(html, "meta").filter(
      (each) => attribute(each, "http-equiv") === "Content-Security-Policy",
    );
    expect(policies.map((each) => attribute(each, "content"))).toEqual([
      `default-src 'none'; style-src 'sha256-${hash}'; font-src data:; base-uri 'none'; form-action 'none'`,
    ]);
  });

  it("declares its policy before anything that it governs", () => {
    const head = tagged(htmlOf(locale), "head")[0];
    const names = head?.childNodes.filter((node) => "tagName" in node).map(({ nodeName }) => nodeName);
    expect(names).toEqual(["meta", "meta", "meta", "title", "style"]);
    expect(htmlOf(locale)).toMatch(/^<!doctype html>/);
  });

  it("has its hash right whatever the fonts", () => {
    const policy = (fonts: string) => attribute(tagged(htmlOf(locale, fonts), "meta")[1], "content");
    expect(policy(fontCss)).not.toBe(policy(""));
    const style = textOf(tagged(htmlOf(locale, ""), "style")[0] as Tree.Element);
    expect(policy("")).toContain(createHash("sha256").update(style).digest("base64"));
  });

  it("has no style attribute, no handler, no script and nothing from elsewhere", () => {
    const elements = elementsOf(pageOf(htmlOf(locale)));
    const names = elements.flatMap(({ attrs }) => attrs.map(({ name }) => name));
    expect(names.filter((name) => name === "style" || name.startsWith("on") || name === "src")).toEqual([]);
    const foreign = ["script", "link", "iframe", "object", "embed", "img", "base", "form", "image", "use"];
    expect(elements.filter(({ tagName }) => foreign.includes(tagName))).toEqual([]);
    const targets = elements.flatMap((each) => attribute(each, "href") ?? []);
    expect(targets.filter((href) => !href.startsWith("#"))).toEqual([]);
    const ids = elements.flatMap((each) => attribute(each, "id") ?? []);
    expect(targets.filter((href) => !ids.includes(href.slice(1)))).toEqual([]);
    expect(new Set(ids).size).toBe(ids.length);
  });

  it("says its language, its title and one headline, and heads each section once", () => {
    const html = htmlOf(locale);
    expect(attribute(tagged(html, "html")[0], "lang")).toBe(locale);
    const title = textOf(tagged(html, "title")[0] as Tree.Element);
    expect(title).toBe(editions.get(locale)?.title);
    expect(title).toContain(locale === "en" ? "Weekly note" : "周报");
    expect(tagged(html, "h1")).toHaveLength(1);
    expect(tagged(html, "main")).toHaveLength(1);
    const heads = classed(html, "sec").map(
      (section) => elementsOf(section).filter((each) => each.tagName === "h2").length,
    );
    expect(heads).toEqual(heads.map(() => 1));
    expect(heads.length).toBe(2);
  });

  it("leaves no token, no empty sentence and no word of the program on the page", () => {
    const html = htmlOf(locale);
    expect(html).not.toMatch(/[\uE000-\uF8FF\uFFFD]/u);
    const said = elementsOf(pageOf(html)).filter((each) => attribute(each, "data-say") !== undefined);
    expect(said.length).toBeGreaterThan(15);
    expect(said.filter((each) => textOf(each).trim() === "")).toEqual([]);
    const body = textOf(tagged(html, "body")[0] as Tree.Element);
    expect(body).not.toMatch(/undefined|null|NaN|\[object|\{\{|Infinity/);
  });

  it("describes every picture, with the numbers of its facts as this edition prints them", () => {
    const pictures = elementsOf(pageOf(htmlOf(locale))).filter((each) => attribute(each, "role") === "img");
    expect(pictures.length).toBe(issue.composed.sections.flatMap((section) => section.figures).length);
    expect(pictures.length).toBeGreaterThan(2);
    const labels = pictures.map((each) => attribute(each, "aria-label") ?? "");
    expect(labels.filter((label) => label.trim() === "")).toEqual([]);
    const figures = issue.composed.sections.flatMap((section) => section.figures);
    for (const { id, alt } of figures) {
      const figure = tagged(htmlOf(locale), "figure").find((each) => attribute(each, "id") === id);
      const label = attribute(
        elementsOf(figure as Tree.Element).find((each) => attribute(each, "role") === "img"),
        "aria-label",
      );
      const facts = Object.values(alt.places).flatMap((place) => ("fact" in place ? [place] : []));
      const printed = facts.map(({ fact: factId, signed, full }) => {
        const fact = issue.composed.facts.facts.find((each) => each.id === factId);
        if (fact === undefined) throw new RangeError(`no fact ${factId}`);
        return printFact(fact, locale, signed ? "signed" : full ? "full" : "plain");
      });
      const left = printed
        .toSorted((a, b) => b.length - a.length)
        .reduce((text, number) => text.replaceAll(number, ""), label ?? "");
      expect(left).not.toBe(label);
      expect(left).not.toMatch(/\d/);
    }
  });

  it("asks its faces for every character that it shows, running heads and page numbers included", () => {
    const html = htmlOf(locale);
    const { characters = "" } = editions.get(locale) ?? {};
    const shown = textOf(tagged(html, "body")[0] as Tree.Element).replace(/[\t\n\f\r]/g, " ");
    const heads = [...html.matchAll(/content: "([^"]*)"/g)].map(([, text = ""]) => text).join("");
    expect(heads.length).toBeGreaterThan(10);
    expect([...`${shown}${heads}0123456789`].filter((c) => !characters.includes(c))).toEqual([]);
    expect(missingCharacters(locale, characters)).toEqual([]);
  });

  it("never shows direction by colour alone: sign and triangle stand beside it", () => {
    const moves = [...classed(htmlOf(locale), "c")];
    expect(moves.length).toBe(2);
    for (const move of moves) {
      const names = attribute(move, "class")?.split(" ") ?? [];
      const down = names.includes("down");
      expect(down || names.includes("up")).toBe(true);
      const triangles = elementsOf(move).flatMap((each) =>
        attribute(each, "class")?.startsWith("tri") ? [attribute(each, "class")] : [],
      );
      expect(triangles).toEqual([down ? "tri d" : "tri"]);
      expect(textOf(move)).toMatch(down ? /^\u2212/ : /^\+/);
    }
  });
});

describe("the conventions of colour", () => {
  const inColours = async (convention: ColourConvention) => {
    const change = (workspace: Workspace): Workspace => ({
      ...workspace,
      publications: Object.fromEntries(
        Object.entries(workspace.publications).map(([id, publication]) => [
          id,
          { ...publication, colours: { en: convention, "zh-CN": convention } },
        ]),
      ),
    });
    return editionOf(await compose(folder, change), "en");
  };

  it("change the sentence that states them, and nothing else of the page", async () => {
    const pages = await Promise.all(colourConventions.map(async (each) => (await inColours(each)).html("")));
    const statements = pages.map((html) => textOf(classed(html, "strip-n")[0] as Tree.Element));
    expect(new Set(statements).size).toBeGreaterThanOrEqual(3);
    const rest = pages.map((html) =>
      html.replace(/ data-scheme="[\w-]+"/, "").replace(/<p class="strip-n">.*?<\/p>/s, ""),
    );
    expect(new Set(rest).size).toBe(1);
    expect(pages.map((html) => attribute(tagged(html, "html")[0], "data-scheme"))).toEqual([
      ...colourConventions,
    ]);
  });

  // visual.md §5: gain and loss of each convention; the words of cvd in its darker orange.
  it.each([
    ["west", "#0b7a5a", "#b2182b"],
    ["east-asia", "#b2182b", "#0b7a5a"],
    ["korea", "#c62828", "#1565c0"],
    ["cvd", "#0072b2", "#b4540a"],
  ])("%s sets gains in %s and losses in %s", (convention, gain, loss) => {
    const style = textOf(tagged(htmlOf("en"), "style")[0] as Tree.Element);
    const [, found] = new RegExp(`\\[data-scheme="${convention}"\\] \\{([^}]*)\\}`).exec(style) ?? [];
    expect(found?.trim().toLowerCase()).toBe(`--gain: ${gain}; --loss: ${loss};`);
  });
});
