import type { Locale } from "#src/domain/locale.ts";
import { factToken, mapTokens } from "#src/locale/tokens.ts";

/** Characters that a subject may have: what lists of mails show, and a little more; a Han character is as wide as two. */
const longest: Readonly<Record<Locale, number>> = { en: 120, "zh-CN": 60 };

/**
 * A subject on one line. One that is too long ends with “…” after a whole word; a fact stands in it whole or not at all.
 *
 * @param text tokenised; `plain` gives what a reader sees of it
 */
export function subjectLine(text: string, locale: Locale, plain: (text: string) => string): string {
  const whole = oneLine(plain(text));
  if (lengthOf(whole) <= longest[locale]) return whole;
  let cut = "";
  for (const part of partsOf(text, locale, plain)) {
    if (lengthOf(oneLine(cut + part)) >= longest[locale]) break;
    cut += part;
  }
  return `${oneLine(cut).replace(/[\p{P}\s]+$/u, (end) => closing.exec(end)?.[0] ?? "")}…`;
}

/** Of the punctuation at the end only what closes something stays. */
const closing = /^[)）】》”%]+/u;

const lengthOf = (text: string): number => [...text].length;

/** Names are untrusted: a line break in one would begin a header of its own, and a mark of direction turn the line round. */
export const oneLine = (text: string): string =>
  text
    .replace(/[\u202A-\u202E\u2066-\u2069]/gu, "")
    .replace(/[\s\p{Cc}]+/gu, " ")
    .trim();

/** What may not be parted: facts, and the words between them. */
function partsOf(text: string, locale: Locale, plain: (text: string) => string): readonly string[] {
  const parts: string[] = [];
  const words = new Intl.Segmenter(locale, { granularity: "word" });
  const add = (stretch: string): string => {
    // A break inside of what has no space, such as 3.5% or S&P, is none.
    const pieces =
      locale === "en" ? stretch.match(/\S+|\s+/gu) : [...words.segment(stretch)].map((s) => s.segment);
    parts.push(...(pieces ?? []));
    return "";
  };
  mapTokens(text, add, (token) => {
    if (token.kind !== "fact") return add(token.text);
    parts.push(plain(factToken(token.id, token.style)));
    return "";
  });
  return parts;
}
