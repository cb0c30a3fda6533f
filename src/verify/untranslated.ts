import type { Locale } from "#src/domain/locale.ts";
import { quote, type Slip, slip } from "#src/verify/finding.ts";
import { type Issue, inEachEdition } from "#src/verify/issue.ts";
import type { Page } from "#src/verify/page.ts";
import { bareTexts, namesOf, type Stretch, stretches, withoutNames } from "#src/verify/shown-text.ts";

/** Latin words that Chinese text uses as they are. The whole list. */
const latinWords: ReadonlySet<string> = new Set("AI Carino ETF GDP IPO PDF UTC US VIX Z p t".split(" "));

/**
 * `untranslated`: each edition is in its own language throughout, alternative texts, title and running heads
 * included; no message is empty; nothing of the machinery shows, neither on the page nor in the PDF.
 */
export const untranslated = (issue: Issue): Promise<readonly Slip[]> =>
  inEachEdition(issue, [
    (locale) => otherLanguage(issue.page(locale), locale),
    (locale) => foreign(issue, locale),
    (locale) => empty(issue.page(locale)),
    (locale) => leaks(issue, locale),
    (locale) => printLeaks(issue, locale),
  ]);

export const otherLanguage = ({ name, lang }: Page, locale: Locale): readonly Slip[] =>
  lang === locale ? [] : [slip(name, `the language ${lang || "none"}`, locale)];

export const foreign = (issue: Issue, locale: Locale): readonly Slip[] =>
  shown(issue, locale)
    .filter(({ lang }) => lang === locale)
    .flatMap(({ text, where }) =>
      foreignWords(text, locale).map((word) =>
        slip(where, `${quote(word)} in ${quote(text)}`, `words in ${locale} outside names`),
      ),
    );

/** Words of a text that are not in the language: Han and its punctuation in English, Latin letters in Chinese. */
export function foreignWords(text: string, locale: Locale): readonly string[] {
  if (locale === "en") return text.match(/[\p{Script=Han}\u3000-\u303F\uFF01-\uFFEE]+/gu) ?? [];
  return (text.match(/\p{Script=Latin}+/gu) ?? []).filter((word) => !latinWords.has(word));
}

/** Elements that say nothing when they are empty. */
const speaking: ReadonlySet<string> = new Set(
  "h1 h2 h3 h4 h5 h6 p th dt li figcaption caption title text".split(" "),
);

export function empty({ items }: Page): readonly Slip[] {
  return items.flatMap(({ tag, attributes, text, where }) => {
    const says = speaking.has(tag) || attributes.has("data-say") || attributes.has("data-fact");
    const label = attributes.get("aria-label");
    return [
      ...(says && text.trim() === "" ? [slip(where, `an empty <${tag}>`, "text")] : []),
      ...(label?.trim() === "" ? [slip(where, "an empty aria-label", "text")] : []),
      ...(attributes.get("role") === "img" && label === undefined && !attributes.has("aria-labelledby")
        ? [slip(where, "a picture without aria-label", "a text for those who do not see it")]
        : []),
    ];
  });
}

/** What a swallowed error or an unfilled place leaves behind. */
const raw = /\{\{|\}\}|\bundefined\b|\bNaN\b|\bnull\b|\[object\b|[\p{Co}\uFFFD]/u;

/** Keys of messages and ids of facts begin with the name of a section; `flows.year.up` is one. */
export function keyPattern(issue: Issue, page: Page): RegExp {
  const ids = [...page.sentences.map(({ key }) => key), ...issue.facts().facts.map(({ id }) => id)];
  const first = new Set(["terms", "page", ...ids.map((id) => id.split(".")[0] ?? "")]);
  return new RegExp(
    `(?<![\\w.])(?:${[...first].filter((part) => /^[\w-]+$/u.test(part)).join("|")})\\.[a-z][\\w-]*`,
    "u",
  );
}

/** What shows on a page and in its attributes, names and people's words taken out. */
function shown(issue: Issue, locale: Locale): readonly Stretch[] {
  const page = issue.page(locale);
  const names = namesOf(issue, locale);
  return [
    ...stretches(page, (kind) => kind === "name" || kind === "commentary"),
    ...bareTexts(page).map((bare) => ({ ...bare, text: withoutNames(bare.text, names) })),
  ];
}

export function leaks(issue: Issue, locale: Locale): readonly Slip[] {
  const key = keyPattern(issue, issue.page(locale));
  return shown(issue, locale).flatMap(({ text, where }) => leakOf(text, where, key));
}

export function leakOf(text: string, where: string, key: RegExp): readonly Slip[] {
  const found = raw.exec(text)?.[0] ?? key.exec(text)?.[0];
  return found === undefined ? [] : [slip(where, `${quote(found)} in ${quote(text)}`, "words for readers")];
}

const solid = (text: string): string => text.replace(/\s+/gu, "");

async function printLeaks(issue: Issue, locale: Locale): Promise<readonly Slip[]> {
  const [page, print] = [issue.page(locale), await issue.print(locale)];
  const names = namesOf(issue, locale);
  const key = keyPattern(issue, page);
  const said = page.runs.filter(({ kind }) => kind === "commentary").map(({ text }) => text);
  const words = solid(said.join(""));
  const texts = [
    ...print.pages.map(({ body, furniture, number }) => [`${body}\n${furniture}`, `page ${number}`] as const),
    ...print.outline.map((text) => [text, "outline"] as const),
    [print.title, "title"] as const,
  ];
  return texts.flatMap(([text, where]) =>
    text
      .split("\n")
      // What a person says may look like what an error leaves behind.
      .filter((line) => !words.includes(solid(line)))
      .flatMap((line) => leakOf(withoutNames(line, names), `${locale}.pdf ${where}`, key)),
  );
}
