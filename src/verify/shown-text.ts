import type { Locale } from "#src/domain/locale.ts";
import type { Issue } from "#src/verify/issue.ts";
import type { Item, Page, RunKind } from "#src/verify/page.ts";
import { readStyle, type StyleSheet } from "#src/verify/style-sheet.ts";

/** A text without marks of its own, such as an attribute: what is fact or name in it must be known from elsewhere. */
export interface BareText {
  readonly text: string;
  readonly what: string;
  readonly lang: string;
  /** The element whose text or attribute it is; `null` for the title and for what the style prints. */
  readonly item: Item | null;
  readonly where: string;
}

const spoken: readonly string[] = [
  "aria-label",
  "aria-description",
  "aria-roledescription",
  "alt",
  "title",
  "placeholder",
];

/** Everything that is shown or read out without being text between tags. */
export const bareTexts = (page: Page): readonly BareText[] => [
  { text: page.title, what: "the title", lang: page.lang, item: null, where: `${page.name} <title>` },
  ...page.items.flatMap((item) => {
    const { tag, attributes, text, lang, where } = item;
    return [
      ...spoken
        .filter((name) => attributes.has(name))
        .map((name) => ({
          text: attributes.get(name) ?? "",
          what: name,
          lang,
          item,
          where: `${where} ${name}`,
        })),
      ...(tag === "desc" ? [{ text, what: "a description", lang, item, where: `${where} <desc>` }] : []),
      ...(tag === "meta" && attributes.get("name") === "description"
        ? [
            {
              text: attributes.get("content") ?? "",
              what: "the description",
              lang,
              item,
              where: `${where} <meta>`,
            },
          ]
        : []),
    ];
  }),
  ...styleOf(page).texts.map(({ text, box }) => ({
    text,
    what: box === null ? "generated content" : `the running head ${box}`,
    lang: page.lang,
    item: null,
    where: `${page.name} <style>`,
  })),
];

const styles = new WeakMap<Page, StyleSheet>();

/** The style of a page, taken apart once: several checks ask for it, and its fonts make it long. */
export function styleOf(page: Page): StyleSheet {
  const css = page.items.filter(({ tag }) => tag === "style").map(({ text }) => text);
  const style = styles.get(page) ?? readStyle(css.join("\n"));
  styles.set(page, style);
  return style;
}

/** A stretch of text between tags, with facts, axis values and names taken out. */
export interface Stretch {
  readonly text: string;
  readonly lang: string;
  readonly where: string;
}

/** The text of a page that is neither fact nor name, sentence by sentence: a word may be set in several elements. */
export function stretches({ runs }: Page, taken: (kind: RunKind) => boolean = isMarked): readonly Stretch[] {
  const out: { text: string; lang: string; where: string; sentence: unknown }[] = [];
  for (const { text, kind, lang, where, sentence } of runs) {
    const last = out.at(-1);
    const shown = taken(kind) ? gap : text;
    if (last !== undefined && last.sentence === sentence && last.where === where && last.lang === lang)
      last.text += shown;
    else out.push({ text: shown, lang, where, sentence });
  }
  return out;
}

const isMarked = (kind: RunKind): boolean => kind !== "text";

const longestFirst = (texts: Iterable<string>): readonly string[] =>
  [...new Set(texts)].filter((text) => text.trim() !== "").sort((a, b) => b.length - a.length);

/** Names of the catalogue: those marked on the page, and those that statements bring. Longest first. */
export function namesOf(issue: Issue, locale: Locale): readonly string[] {
  const marked = issue.page(locale).items.filter(({ attributes }) => attributes.has("data-name"));
  const brought = issue
    .facts()
    .statements.flatMap(({ claim }) => Object.values(claim.places))
    .flatMap((place) => ("name" in place ? [place.name[locale]] : []));
  return longestFirst([...marked.map(({ text }) => text), ...brought]);
}

/** What takes the place of something removed: no letter, no digit, no space. */
export const gap = "\uFFFC";

type IsWhole = (text: string, start: number, end: number) => boolean;

/** A text with names taken out, each whole: the name `Gold` is not in `Golden`. */
export const withoutNames = (text: string, names: readonly string[]): string =>
  takeOut(text, names, isWholeWord).rest;

/** A text with printed facts taken out, each whole: `1` in `12` or in `1.5` is no fact. */
export const withoutForms = (text: string, forms: readonly string[]): string => quoted(text, forms).rest;

/** A text without printed facts, and which they were, as often as they stood there. */
export const quoted = (text: string, forms: readonly string[]): Taken => takeOut(text, forms, isWholeNumber);

interface Taken {
  readonly rest: string;
  readonly found: readonly string[];
}

function takeOut(text: string, parts: readonly string[], isWhole: IsWhole): Taken {
  const found: string[] = [];
  let rest = text;
  for (const part of parts) {
    let [out, from] = ["", 0];
    for (let at = rest.indexOf(part); at >= 0; at = rest.indexOf(part, at + 1)) {
      if (at < from || !isWhole(rest, at, at + part.length)) continue;
      out += rest.slice(from, at) + gap;
      from = at + part.length;
      found.push(part);
    }
    rest = out + rest.slice(from);
  }
  return { rest, found };
}

const inWord = /^[\p{Script=Latin}\p{Nd}]{2}$/u;

/** Whether no word of Latin letters and digits goes on before or after a stretch of text. */
const isWholeWord: IsWhole = (text, start, end) =>
  !inWord.test(text.slice(Math.max(0, start - 1), start + 1)) && !inWord.test(text.slice(end - 1, end + 1));

/** Whether no number goes on before or after a stretch of text. */
const isWholeNumber: IsWhole = (text, start, end) =>
  !(
    /\p{Nd}[.,]?$/u.test(text.slice(Math.max(0, start - 2), start)) && /^\p{Nd}/u.test(text.slice(start, end))
  ) && !(/\p{Nd}$/u.test(text.slice(start, end)) && /^[.,]?\p{Nd}/u.test(text.slice(end, end + 2)));
