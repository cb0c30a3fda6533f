import { type Locale, locales } from "#src/domain/locale.ts";
import { quote, type Slip, slip } from "#src/verify/finding.ts";
import { type Issue, inEachEdition } from "#src/verify/issue.ts";
import { enclosing, type Item, type Page, type Run } from "#src/verify/page.ts";

/** A file of the same folder, and a place in it. */
const beside = /^(?<name>[\w-]+(?:\.[\w-]+)*\.(?:html|pdf))(?:#(?<place>.+))?$/u;

/** Whether an address leads to another file of the issue. */
export const isBeside = (address: string): boolean => beside.test(address);

/**
 * `links`: links between the editions of an issue lead to files that it has and to places that are there, say in which
 * language that is, and are named in it; what is on the screen and not in print is such a link and nothing else.
 */
export const links = (issue: Issue): Promise<readonly Slip[]> =>
  inEachEdition(issue, [
    (locale) => issue.page(locale).items.flatMap((item) => linkSlips(issue, item)),
    (locale) => screenSlips(issue.page(locale), locale),
  ]);

function linkSlips(issue: Issue, { tag, attributes, lang, where }: Item): readonly Slip[] {
  const href = attributes.get("href") ?? "";
  const { name, place } = beside.exec(href)?.groups ?? {};
  if (tag !== "a" || name === undefined) return [];
  if (!issue.files.has(name)) return [slip(where, `a link to ${quote(href)}`, "a file of the issue")];
  const locale = locales.find((each) => name === `${each}.html`);
  if (locale === undefined) return [];
  const isThere = place === undefined || idsOf(issue.page(locale)).has(decodeURIComponent(place));
  return [
    ...(isThere ? [] : [slip(where, `a link to ${quote(href)}`, `a place in ${name}`)]),
    ...(attributes.get("hreflang") === locale
      ? []
      : [slip(where, `hreflang ${attributes.get("hreflang") ?? "missing"}`, locale)]),
    ...(lang === locale ? [] : [slip(where, `a link to ${name} named in ${lang}`, `its name in ${locale}`)]),
  ];
}

const idsOf = ({ items }: Page): ReadonlySet<string | undefined> =>
  new Set(items.map(({ attributes }) => attributes.get("id")));

/** Whether a text is in the script of a language, and holds no number. */
const isIn: Readonly<Record<Locale, (text: string) => boolean>> = {
  en: (text) => /^[^\p{Script=Han}\p{N}]+$/u.test(text),
  "zh-CN": (text) => /\p{Script=Han}/u.test(text) && !/\p{N}/u.test(text),
};

function screenSlips(page: Page, locale: Locale): readonly Slip[] {
  const shown = page.runs.filter(({ kind, text }) => kind === "screen" && text.trim() !== "");
  const hides = page.items.some(({ tag, text }) => tag === "style" && hiding.test(text));
  return [
    ...(shown.length === 0 || hides
      ? []
      : [slip(`${page.name} <style>`, "no rule that keeps [data-screen] out of print", "one")]),
    ...shown.flatMap((run) => runSlips(page, run, locale)),
  ];
}

const hiding = /@media print\s*\{[^@]*\[data-screen\]\s*\{[^}]*display:\s*none/u;

function runSlips(page: Page, { text, lang, element, where }: Run, locale: Locale): readonly Slip[] {
  const item = page.items[element];
  const link = item?.tag === "a" ? item : item && enclosing(page, item, "a");
  const tongue = locales.find((each) => each === lang) ?? locale;
  return [
    ...(isBeside(link?.attributes.get("href") ?? "")
      ? []
      : [slip(where, `${quote(text)} on the screen alone`, "only links to files of the issue")]),
    ...(isIn[tongue](text)
      ? []
      : [slip(where, `${quote(text)} as a name in ${tongue}`, "words of that language")]),
  ];
}
