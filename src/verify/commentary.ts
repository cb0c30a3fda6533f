import { commentaryFile, type Quotation } from "#src/domain/commentary.ts";
import type { Locale } from "#src/domain/locale.ts";
import { quote, type Slip, slip } from "#src/verify/finding.ts";
import { type Issue, inEachEdition } from "#src/verify/issue.ts";
import { enclosing, type Item, type Page, type Said } from "#src/verify/page.ts";
import type { PdfFile } from "#src/verify/pdf-file.ts";

/**
 * `commentary`: what a page marks as a person's words is, byte for byte, what the manifest says was set from its file; all that
 * `facts.json` tells of it stands there, once in every edition and in its section, after what is computed; it holds no fact,
 * message, name or picture; nothing else is set as a quotation; the print has as many.
 */
export const commentary = (issue: Issue): Promise<readonly Slip[]> =>
  inEachEdition(issue, [
    (locale) => files(issue, locale),
    (locale) => sequence(issue, locale),
    (locale) => issue.page(locale).said.flatMap((said) => elementSlips(issue.page(locale), said)),
    (locale) => told(issue, locale),
    (locale) => unmarked(issue.page(locale)),
    async (locale) => printed(await issue.pdf(locale), issue.page(locale), `${locale}.pdf`),
  ]);

const quotations = (issue: Issue): readonly Quotation[] => issue.facts().commentary ?? [];

const nameOf = ({ section, number }: Pick<Quotation, "section" | "number">): string => `${section}.${number}`;

/** Files of one edition that only one of manifest and `facts.json` tells of. */
function files(issue: Issue, locale: Locale): readonly Slip[] {
  const wanted = quotations(issue).map((each) => commentaryFile(each, locale));
  const found = Object.keys(issue.manifest().commentary ?? {}).filter((name) =>
    name.endsWith(`.${locale}.md`),
  );
  return [
    ...wanted
      .filter((name) => !found.includes(name))
      .map((name) =>
        slip("manifest.json commentary", `no entry for ${name}`, "one for each commentary of facts.json"),
      ),
    ...found
      .filter((name) => !wanted.includes(name))
      .map((name) => slip("facts.json", `no commentary of ${name}`, "one for each entry of the manifest")),
  ];
}

/** Each once, in the order of `facts.json`, with the bytes of its own file's element. */
function sequence(issue: Issue, locale: Locale): readonly Slip[] {
  const page = issue.page(locale);
  const entries = issue.manifest().commentary ?? {};
  const [wanted, found] = [quotations(issue).map(nameOf), page.said.map(({ name }) => name)];
  const changed = page.said.filter(({ name, hash }) => {
    const own = quotations(issue).find((each) => nameOf(each) === name);
    return own !== undefined && entries[commentaryFile(own, locale)]?.element !== hash;
  });
  return [
    ...(wanted.join(" ") === found.join(" ")
      ? []
      : [
          slip(
            page.name,
            `commentary ${found.join(", ") || "nowhere"}`,
            wanted.join(", ") || "none, as facts.json says",
          ),
        ]),
    ...changed.map(({ name, where }) =>
      slip(
        where,
        `the words ${name} as other bytes than the manifest says`,
        "the element that was set from their file",
      ),
    ),
  ];
}

/** Elements of which a commentary is made, and the attributes that each may have. */
const elements: ReadonlyMap<string, readonly string[]> = new Map([
  ["aside", ["class", "data-commentary"]],
  ["p", ["class"]],
  ["blockquote", []],
  ["ul", []],
  ["ol", []],
  ["li", []],
  ["em", []],
  ["strong", []],
  ["a", ["href", "rel"]],
  ["footer", []],
  ["cite", []],
  ["span", ["class"]],
  ["time", ["class", "datetime"]],
]);

function elementSlips(page: Page, { element, name, where }: Said): readonly Slip[] {
  const own = page.items[element];
  if (own === undefined) return [];
  const inside = [own, ...page.items.filter((item) => saidAround(page, item) === own)];
  const strange = inside.flatMap(({ tag, attributes }) => {
    const allowed = elements.get(tag);
    if (allowed === undefined) return [`<${tag}>`];
    return [...attributes.keys()].filter((key) => !allowed.includes(key)).map((key) => `${key} on <${tag}>`);
  });
  return [
    ...strange.map((what) => slip(where, `${what} in the words ${name}`, "a person's words alone")),
    ...placeSlips(page, own, name),
  ];
}

const isMarked = ({ attributes }: Item): boolean => attributes.has("data-commentary");
const saidAround = (page: Page, item: Item): Item | undefined => enclosing(page, item, isMarked);

/** It stands in the section that it is about, below no element that says something, and nothing computed follows it there but on page one. */
function placeSlips(page: Page, own: Item, name: string): readonly Slip[] {
  const section = enclosing(page, own, "section");
  const id = section?.attributes.get("id") ?? "no section";
  const wanted = name.split(".")[0];
  const between = enclosing(page, own, ({ tag }) => tag !== "div");
  const at = page.items.indexOf(own);
  const after = page.items.find(
    (item, i) =>
      i > at &&
      !isMarked(item) &&
      saidAround(page, item) === undefined &&
      enclosing(page, item, "section") === section,
  );
  return [
    ...(id === wanted ? [] : [slip(own.where, `the words ${name} in ${id}`, `them in ${wanted}`)]),
    ...(between === section && between !== undefined
      ? []
      : [
          slip(
            own.where,
            `the words ${name} inside <${between?.tag ?? "nothing"}>`,
            "them by themselves in their section",
          ),
        ]),
    ...(after === undefined || id === "headline"
      ? []
      : [
          slip(own.where, `${quote(after.text)} after the words ${name}`, "them at the end of their section"),
        ]),
  ];
}

const oneLine = (text: string): string => text.replace(/\s+/gu, " ").trim();

/** What `facts.json` tells of a commentary and its element does not say. */
function told(issue: Issue, locale: Locale): readonly Slip[] {
  const page = issue.page(locale);
  return quotations(issue).flatMap((quotation) => {
    const said = page.said.find(({ name }) => name === nameOf(quotation));
    if (said === undefined) return [];
    const inside = page.items.filter((item) => saidAround(page, item) === page.items[said.element]);
    const texts = (...tags: readonly string[]) =>
      inside.filter((item) => tags.includes(item.tag) && enclosing(page, item, "aside") !== undefined);
    const words = texts("p", "li").filter((item) => enclosing(page, item, "blockquote") !== undefined);
    const foot = texts("footer")
      .map(({ text }) => oneLine(text))
      .join(" ");
    const pairs: readonly (readonly [string, string])[] = [
      [words.map(({ text }) => text).join(" "), quotation.text[locale] ?? ""],
      [
        texts("cite")
          .map(({ text }) => text)
          .join(" "),
        quotation.speaker[locale] ?? "",
      ],
      [
        texts("time")
          .map(({ attributes }) => attributes.get("datetime"))
          .join(" "),
        quotation.date,
      ],
    ];
    return [
      ...pairs
        .filter(([found, wanted]) => oneLine(found) !== oneLine(wanted))
        .map(([found, wanted]) => slip(said.where, quote(found), `${quote(wanted)}, as facts.json has it`)),
      ...[quotation.role[locale] ?? "", quotation.firm[locale] ?? ""]
        .filter((wanted) => !foot.includes(oneLine(wanted)))
        .map((wanted) => slip(said.where, quote(foot), `${quote(wanted)} in it, as facts.json has it`)),
      ...(quotation.link === null ||
      inside.some(({ attributes }) => attributes.get("href") === quotation.link)
        ? []
        : [slip(said.where, "no link", `one to ${quotation.link}`)]),
    ];
  });
}

/** What looks like a person's words and is not marked as such. */
const unmarked = (page: Page): readonly Slip[] =>
  page.items
    .filter((item) => item.tag === "blockquote" || classesOf(item).includes("said"))
    .filter((item) => !isMarked(item) && saidAround(page, item) === undefined)
    .map(({ where, text }) =>
      slip(where, `${quote(text)} set as a quotation`, "only what the manifest knows as commentary"),
    );

const classesOf = ({ attributes }: Item): readonly string[] => (attributes.get("class") ?? "").split(/\s+/u);

function printed({ tags }: PdfFile, { said }: Page, name: string): readonly Slip[] {
  const found = tags.filter((tag) => tag.name === "BlockQuote").length;
  return found === said.length
    ? []
    : [slip(name, `${found} tags BlockQuote`, `${said.length}, as on the page`)];
}
