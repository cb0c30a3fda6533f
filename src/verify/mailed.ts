import type { Locale } from "#src/domain/locale.ts";
import { type Issue, inEachEdition, mailName } from "#src/verify/issue.ts";

/** Whether an issue has mails: a part of one is enough, so that what lacks is missed. */
export const isMailed = ({ files }: Pick<Issue, "files">): boolean =>
  [...files.keys()].some((name) => name.includes(".mail."));

/** Looks at the mail of every edition and compares them; nothing is wrong with an issue that is not mailed. */
export const inEachMail: typeof inEachEdition = async (issue, looks, compare) =>
  isMailed(issue) ? inEachEdition(issue, looks, compare) : [];

/** The issue with its mails in the place of its pages, so that what holds for a page is asked of them. */
export const ofMails = (issue: Issue): Issue => ({ ...issue, page: (locale) => issue.mail(locale) });

/** A text with its lines joined: where they break is no matter of what they say. */
export const onOneLine = (text: string): string => text.replace(/\s+/gu, " ").trim();

/** The text part of an edition's mail on one line. */
export const mailText = ({ files }: Issue, locale: Locale): string =>
  onOneLine(Buffer.from(files.get(mailName(locale, "txt")) ?? "").toString("utf8"));
