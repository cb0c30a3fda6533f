import type { Locale } from "#src/domain/locale.ts";
import { printFullDate } from "#src/locale/date.ts";
import { hasDigit, inText, words } from "#src/verify/digits.ts";
import { quote, type Slip, slip } from "#src/verify/finding.ts";
import { type Issue, mailName } from "#src/verify/issue.ts";
import { inEachMail, mailText, ofMails, onOneLine } from "#src/verify/mailed.ts";
import { namesApart } from "#src/verify/marked-digits.ts";
import { bareTexts, namesOf, withoutForms, withoutNames } from "#src/verify/shown-text.ts";
import { simulatedWord } from "#src/verify/simulated.ts";
import {
  empty,
  foreign,
  foreignWords,
  keyPattern,
  leakOf,
  leaks,
  otherLanguage,
} from "#src/verify/untranslated.ts";

/**
 * `mail-words`: both parts of a mail are in its language throughout, without a digit outside facts, dates and names, and with
 * nothing of the machinery; the subject is there and names simulated data so; a picture's text is that of a figure of the edition.
 */
export const mailWords = (issue: Issue): Promise<readonly Slip[]> => {
  const mails = ofMails(issue);
  return inEachMail(
    issue,
    [
      (locale) => inText(mails, locale),
      (locale) => strangeNames(issue, locale),
      (locale) => bareDigits(issue, mails, locale),
      (locale) => otherLanguage(issue.mail(locale), locale),
      (locale) => foreign(mails, locale),
      (locale) => empty(issue.mail(locale)),
      (locale) => leaks(mails, locale),
      (locale) => inPlainPart(issue, mails, locale),
      (locale) => subject(issue, locale),
      (locale) => pictures(issue, locale),
    ],
    (first, other) => namesApart(mails, first, other),
  );
};

/**
 * A text that has no marks, without the names and facts that the mail marks and the issue's own day, which the subject tells
 * also where no sentence does; the longest first: what is left has no digit.
 */
function unmarked(issue: Issue, mails: Issue, locale: Locale, text: string): string {
  const forms = issue.mail(locale).marks.map(({ printed }) => onOneLine(printed));
  const day = printFullDate(issue.facts().asOf.date, locale);
  const sought = [...forms, day, ...words[locale]].toSorted((a, b) => b.length - a.length);
  return withoutForms(withoutNames(text, namesOf(mails, locale)), sought);
}

const digitSlips = (where: string, text: string, rest: string): readonly Slip[] =>
  hasDigit(rest)
    ? [slip(where, `a digit of no fact here in ${quote(text)}`, "digits of names and of facts of this mail")]
    : [];

const bareDigits = (issue: Issue, mails: Issue, locale: Locale): readonly Slip[] =>
  bareTexts(issue.mail(locale))
    // The text of a picture is compared with the edition's, where its digits are accounted for.
    .filter(({ what }) => what !== "alt")
    .flatMap(({ text, where }) => digitSlips(where, text, unmarked(issue, mails, locale, onOneLine(text))));

/** Names with a digit that the edition does not have: a number could pass for a part of one. */
function strangeNames(issue: Issue, locale: Locale): readonly Slip[] {
  const known = new Set(namesOf(issue, locale));
  return issue
    .mail(locale)
    .items.flatMap(({ attributes, text, where }) =>
      attributes.has("data-name") && hasDigit(text) && !known.has(text)
        ? [slip(where, `the name ${quote(text)}`, `a name of ${locale}.html`)]
        : [],
    );
}

const address = /https?:\/\/\S+/gu;

function inPlainPart(issue: Issue, mails: Issue, locale: Locale): readonly Slip[] {
  const name = mailName(locale, "txt");
  const bare = [...figureTexts(issue, locale)].reduce(
    (text, told) => text.replace(onOneLine(told), " "),
    mailText(issue, locale).replace(address, " "),
  );
  const rest = unmarked(issue, mails, locale, bare);
  return [
    ...sentencesOf(rest).flatMap((text) => digitSlips(name, text, text)),
    ...foreignWords(rest, locale).map((word) => slip(name, quote(word), `words in ${locale} outside names`)),
    ...leakOf(rest, name, keyPattern(mails, issue.mail(locale))),
  ];
}

/** Texts of the edition's pictures for readers who do not see. */
const figureTexts = (issue: Issue, locale: Locale): ReadonlySet<string> =>
  new Set(issue.page(locale).items.flatMap(({ attributes }) => attributes.get("aria-label") ?? []));

const sentencesOf = (text: string): readonly string[] => text.split(/(?<=[.。])\s*/u);

function subject(issue: Issue, locale: Locale): readonly Slip[] {
  const { name, title } = issue.mail(locale);
  const where = `${name} <title>`;
  const isLabelled = simulatedWord[locale].test(title);
  return [
    ...(title.trim() === "" ? [slip(where, "no subject", "one")] : []),
    ...(/[\r\n]/u.test(title) ? [slip(where, "a line break in the subject", "none")] : []),
    ...(issue.facts().simulated && !isLabelled
      ? [slip(where, quote(title), "a subject that says that the data are simulated")]
      : []),
  ];
}

/** Texts of pictures that are not those of a figure of the edition. */
function pictures(issue: Issue, locale: Locale): readonly Slip[] {
  const known = figureTexts(issue, locale);
  return issue.mail(locale).items.flatMap(({ tag, attributes, where }) => {
    const alt = attributes.get("alt");
    return tag !== "img" || (alt !== undefined && alt.trim() !== "" && known.has(alt))
      ? []
      : [slip(`${where} <img>`, `the text ${quote(alt ?? "")}`, `that of a figure of ${locale}.html`)];
  });
}
