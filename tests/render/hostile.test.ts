import { createHash } from "node:crypto";
import type { DefaultTreeAdapterTypes as Tree } from "parse5";
import { beforeAll, describe, expect, it } from "vitest";
import { type Localised, locales } from "#src/domain/locale.ts";
import type { Workspace } from "#src/domain/workspace.ts";
import { compose, editionOf } from "#tests/render/press.ts";
import { writeWorkspace } from "#tests/render/small-workspace.ts";
import { elementsOf, pageOf, textOf } from "#tests/render/svg-geometry.ts";
import { temporaryFolder } from "#tests/render/temporary.ts";

const folder = writeWorkspace(temporaryFolder());
const both = (text: string): Localised => ({ en: text, "zh-CN": text });

/** The workspace with each name that people write replaced. */
const named =
  (name: (what: string) => string) =>
  (workspace: Workspace): Workspace => ({
    ...workspace,
    brand: { name: both(name("brand")), responsible: both(name("desk")) },
    catalogue: workspace.catalogue.map((series) => ({
      ...series,
      name: both(name(`name ${series.id}`)),
      short: both(name(`short ${series.id}`)),
      prose: both(name(`prose ${series.id}`)),
      provider: both(name("provider")),
    })),
    publications: Object.fromEntries(
      Object.entries(workspace.publications).map(([id, publication]) => [
        id,
        { ...publication, title: both(name("title")) },
      ]),
    ),
  });

const page = async (locale: (typeof locales)[number], name: (what: string) => string) => {
  const edition = await editionOf(await compose(folder, named(name)), locale);
  return { html: edition.html(""), title: edition.title };
};

/** Tags of the page with their attributes' names; charts left out, in which the length of a name may move a label. */
const skeleton = (html: string) =>
  elementsOf(pageOf(html.replace(/<svg[\s\S]*?<\/svg>/g, ""))).map(
    ({ tagName, attrs }) => `${tagName} ${attrs.map(({ name }) => name).join(" ")}`,
  );
const styleOf = (html: string) =>
  textOf(elementsOf(pageOf(html)).find(({ tagName }) => tagName === "style") as Tree.Element);
const bodyOf = (html: string) =>
  textOf(elementsOf(pageOf(html)).find(({ tagName }) => tagName === "body") as Tree.Element);

const strings = /"(?:[^"\\\n\r\f]|\\(?:[0-9a-f]{1,6} ?|[^0-9a-f\n\r\f]))*"/gi;
/** What a CSS string says: escapes read as the syntax of CSS has them. */
const unquoted = (text: string) =>
  text
    .slice(1, -1)
    .replace(/\\([0-9a-f]{1,6}) ?|\\(.)/gi, (_, hex?: string, plain?: string) =>
      hex ? String.fromCodePoint(Number.parseInt(hex, 16)) : (plain ?? ""),
    );
const pageRules = (html: string) => styleOf(html).slice(0, styleOf(html).indexOf("/* Colour"));

const attacks: Readonly<Record<string, string>> = {
  markup: "<script>alert(1)</script><img src=x onerror=alert(1)>",
  quotes: `"'\`=& <b a="b">`,
  "end of the style": "</style><script>alert(1)</script>",
  "end of a CSS string": '"; } body { display: none } @import "http://127.0.0.1/x',
  "a CSS escape": "\\22 ; } \\",
  "a comment": "/* --> <!-- */ -->",
  "a place of a message": "{{date}} {{name}} $t(page.title) $t(masthead.week)",
  "a template": "{{{style}}} {{> figure}} {{#each sections}}",
  entities: "&lt;b&gt; &amp;quot; &#60;",
};

/** Both editions set names alike but for the digits of a Chinese one; the second is tried with fewer. */
const tried = {
  en: Object.entries(attacks),
  "zh-CN": Object.entries(attacks).filter(([what]) => /markup|CSS string|message|entities/.test(what)),
};

describe.each(locales)("names in the %s edition", (locale) => {
  type Page = Awaited<ReturnType<typeof page>>;
  let clean: Page;
  const attacked = new Map<string, Page>();
  beforeAll(async () => {
    clean = await page(locale, (what) => `plain ${what}`);
    for (const [, attack] of tried[locale])
      attacked.set(attack, await page(locale, (what) => `${attack} ${what}`));
  });
  const pageWith = (attack: string) => attacked.get(attack) ?? clean;

  it.each(tried[locale])("stay text: %s", (_, attack) => {
    const { html, title } = pageWith(attack);
    expect(skeleton(html)).toEqual(skeleton(clean.html));
    const body = bodyOf(html);
    for (const what of ["brand", "desk", "title", "provider", "short ALPHA", "name BETA"])
      expect(body).toContain(`${attack} ${what}`);
    expect(title).toContain(`${attack} brand`);
    expect(textOf(elementsOf(pageOf(html)).find((each) => each.tagName === "title") as Tree.Element)).toBe(
      title,
    );
  });

  it.each(tried[locale])("stay text in the running heads: %s", (_, attack) => {
    const { html } = pageWith(attack);
    const [ours, theirs] = [pageRules(clean.html), pageRules(html)];
    expect(theirs.replace(strings, '""')).toBe(ours.replace(strings, '""'));
    const said = (theirs.match(strings) ?? []).map(unquoted);
    expect(said).toContain(`${attack} brand`);
    expect(said.some((text) => text.includes(`${attack} title`))).toBe(true);
    expect(styleOf(html)).toContain("@media print");
    const hash = createHash("sha256").update(styleOf(html)).digest("base64");
    const contents = elementsOf(pageOf(html)).flatMap(({ attrs }) =>
      attrs.filter(({ name }) => name === "content"),
    );
    expect(contents.some(({ value }) => value.includes(`sha256-${hash}`))).toBe(true);
  });

  it("stay text in the running heads with a line's end in them", async () => {
    const { html } = await page(locale, (what) => `one\ntwo ${what}`);
    expect((pageRules(html).match(strings) ?? []).map(unquoted)).toContain("one\ntwo brand");
    expect(pageRules(html).replace(strings, '""')).toBe(pageRules(clean.html).replace(strings, '""'));
  });

  // The configuration refuses control characters; should one come here all the same, it ends no string.
  it.each(["\r", "\f"])("stay text in the running heads with any line's end of CSS: %j", async (end) => {
    const { html } = await page(locale, (what) => `one${end}two ${what}`);
    expect(pageRules(html).replace(strings, '""')).toBe(pageRules(clean.html).replace(strings, '""'));
  });

  it.each([
    "\uE000f:plain:issue.date\uE001",
    "\uE001\uE000f:plain:issue.date\uE001\uE000n:",
    "\uE000",
    "\uE001",
  ])("cannot forge a fact with %j", async (forged) => {
    const marked = (html: string) => skeleton(html).filter((each) => /^(data|time) /.test(each)).length;
    const { html } = await page(locale, (what) => `${forged} ${what}`);
    expect(marked(html)).toBe(marked(clean.html));
    expect(marked(html)).toBeGreaterThan(10);
  });
});
