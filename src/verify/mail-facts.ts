import type { Locale } from "#src/domain/locale.ts";
import { directionWords } from "#src/verify/direction-words.ts";
import { difference, wiring } from "#src/verify/facts-parity.ts";
import { quote, type Slip, slip } from "#src/verify/finding.ts";
import { type Issue, mailName } from "#src/verify/issue.ts";
import { inEachMail, isMailed, mailText, ofMails, onOneLine } from "#src/verify/mailed.ts";
import type { Mark } from "#src/verify/page.ts";
import { printedNumbers } from "#src/verify/printed-numbers.ts";
import { quoted } from "#src/verify/shown-text.ts";

/**
 * `mail-facts`: the mails of an issue say the same facts in the same order, each of which stands with its value in the edition of the
 * same language; what is printed is the fact's value and says its direction; the text part says every fact as the HTML does.
 */
export async function mailFacts(issue: Issue): Promise<readonly Slip[]> {
  if (!isMailed(issue)) return [];
  const mails = ofMails(issue);
  return [
    ...(await inEachMail(
      issue,
      [
        (locale) => wiring(mails, locale),
        (locale) => strangers(issue, locale),
        (locale) => untold(issue, locale),
      ],
      (first, other) => difference(issue.mail(first), issue.mail(other)),
    )),
    ...(await printedNumbers(mails)),
    ...(await directionWords(mails)),
  ];
}

const told = ({ id, value }: Mark): string => `${id}=${value}`;

/** Facts of the mail that the edition lacks, or has with another value. */
function strangers(issue: Issue, locale: Locale): readonly Slip[] {
  const known = new Set(issue.page(locale).marks.map(told));
  return issue
    .mail(locale)
    .marks.filter((mark) => !known.has(told(mark)))
    .map((mark) => slip(mark.where, told(mark), `a fact of ${locale}.html`));
}

/** What the HTML prints more often than the text part does: each fact of a sentence once, and each of a table. */
function untold(issue: Issue, locale: Locale): readonly Slip[] {
  const { marks } = issue.mail(locale);
  const forms = [...new Set(marks.map(({ printed }) => onOneLine(printed)))];
  const said = new Set(
    quoted(
      mailText(issue, locale),
      forms.toSorted((a, b) => b.length - a.length),
    ).found,
  );
  return forms
    .filter((form) => !said.has(form))
    .map((form) => slip(mailName(locale, "txt"), `no ${quote(form)}`, "what the HTML part prints"));
}
