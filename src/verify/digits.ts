import type { Locale } from "#src/domain/locale.ts";
import { quote, type Slip, slip } from "#src/verify/finding.ts";
import { type Issue, inEachEdition } from "#src/verify/issue.ts";
import {
  bareTexts,
  namesOf,
  printedForms,
  stretches,
  withoutForms,
  withoutNames,
} from "#src/verify/shown-text.ts";

/** Words that hold a digit of their own: methods, a fixed day, and the base of an index. The whole list. */
const words: Readonly<Record<Locale, readonly string[]>> = {
  en: ["200-day", "20-day", "12–1", "1 January", "= 100", "is 100", "from 100 on"],
  "zh-CN": ["200日", "20日", "12–1", "1月1日", "为100"],
};

/**
 * `digits`: no digit stands on a page outside facts, dates, axis values, numbers of figures and names, but for a few
 * words; digits of alternative texts, of the title and of running heads belong to facts or names.
 */
export const digits = (issue: Issue): Promise<readonly Slip[]> =>
  inEachEdition(issue, [(locale) => inText(issue, locale), (locale) => inBareText(issue, locale)]);

const expected = "none outside facts, dates, axes and names";

function inText(issue: Issue, locale: Locale): readonly Slip[] {
  return stretches(issue.page(locale)).flatMap(({ text, where }) =>
    hasDigit(withoutWords(text, locale)) ? [slip(where, `a digit in ${quote(text)}`, expected)] : [],
  );
}

function inBareText(issue: Issue, locale: Locale): readonly Slip[] {
  const texts = bareTexts(issue.page(locale)).filter(({ text }) => hasDigit(text));
  if (texts.length === 0) return [];
  const names = namesOf(issue, locale);
  // The longest first: “20日” is a word of its own, and the end of “2月20日”.
  const forms = [...printedForms(issue, locale).filter(hasDigit), ...words[locale]].toSorted(
    (x, y) => y.length - x.length,
  );
  return texts.flatMap(({ text, where }) =>
    hasDigit(withoutForms(withoutNames(text, names), forms))
      ? [slip(where, `a digit of no fact in ${quote(text)}`, "digits of printed facts and names only")]
      : [],
  );
}

/** Digits of any script, and signs such as ½ and ②. */
const hasDigit = (text: string): boolean => /\p{N}/u.test(text);

const withoutWords = (text: string, locale: Locale): string => withoutForms(text, words[locale]);
