import type { Locale } from "#src/domain/locale.ts";
import { quotings } from "#src/verify/bare-digits.ts";
import { quote, type Slip, slip } from "#src/verify/finding.ts";
import { type Issue, inEachEdition } from "#src/verify/issue.ts";
import { figureNumbers, namesApart, strangeNames } from "#src/verify/marked-digits.ts";
import { stretches, withoutForms } from "#src/verify/shown-text.ts";

/** Words that hold a digit of their own: methods, a fixed day, and the base of an index. The whole list. */
export const words: Readonly<Record<Locale, readonly string[]>> = {
  en: [
    "200-day",
    "20-day",
    "21-day",
    "60-day",
    "50-day",
    "12–1",
    "1 January",
    "= 100",
    "is 100",
    "from 100 on",
  ],
  "zh-CN": ["200日", "20日", "20个交易日", "21日", "60日", "50日", "12–1", "1月1日", "为100"],
};

/**
 * `digits`: no digit stands on a page outside facts, dates, axis values, numbers of figures and names, but for a few
 * words; what is marked as a figure's number is one, and digits of names are accounted for. Digits of alternative
 * texts, of the title and of running heads belong to names or to facts of the same figure or of the issue itself, and
 * say the same in every edition.
 */
export const digits = (issue: Issue): Promise<readonly Slip[]> =>
  inEachEdition(
    issue,
    [
      (locale) => inText(issue, locale),
      (locale) => figureNumbers(issue.page(locale)),
      (locale) => strangeNames(issue, locale),
      (locale) => inBareText(issue, locale),
    ],
    (first, other) => [...namesApart(issue, first, other), ...quotedApart(issue, first, other)],
  );

const expected = "none outside facts, dates, axes and names";

export function inText(issue: Issue, locale: Locale): readonly Slip[] {
  return stretches(issue.page(locale)).flatMap(({ text, where }) =>
    hasDigit(withoutForms(text, words[locale])) ? [slip(where, `a digit in ${quote(text)}`, expected)] : [],
  );
}

const inBareText = (issue: Issue, locale: Locale): readonly Slip[] =>
  quotings(issue, locale, words[locale]).flatMap(({ text, rest, where }) =>
    hasDigit(rest)
      ? [
          slip(
            where,
            `a digit of no fact here in ${quote(text)}`,
            "digits of names and of facts shown beside it",
          ),
        ]
      : [],
  );

/** Numbers that a text without marks quotes in one edition and not in the other. */
function quotedApart(issue: Issue, a: Locale, b: Locale): readonly Slip[] {
  const [as, bs] = [a, b].map((locale) =>
    Map.groupBy(quotings(issue, locale, words[locale]), ({ place }) => place),
  );
  return [...(bs ?? [])].flatMap(([place, texts]) => {
    const valuesOf = (group: typeof texts) =>
      group
        .flatMap(({ values }) => values)
        .toSorted()
        .join(", ");
    const [left, right] = [valuesOf(as?.get(place) ?? []), valuesOf(texts)];
    return left === right
      ? []
      : [slip(`${b}.html ${place}`, `the numbers ${right || "none"}`, `${left || "none"}, as in ${a}.html`)];
  });
}

/** Digits of any script, and signs such as ½ and ②. */
export const hasDigit = (text: string): boolean => /\p{N}/u.test(text);
