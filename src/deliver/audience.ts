import { createHash } from "node:crypto";
import type { MailRules, Recipient } from "#src/domain/mail.ts";
import type { IsoDate } from "#src/domain/time.ts";
import type { Publication } from "#src/domain/workspace.ts";
import type { DeliveryToWrite } from "#src/store/ledger.ts";
import type { KeptIssue } from "#src/store/store.ts";

/** What names an issue among all. */
export type IssueKey = Pick<KeptIssue, "publication" | "asOf" | "revision">;

/** Why a recipient gets no issue. */
export type LeftOut = "group" | "language" | "not yet" | "no longer";

/**
 * Why a recipient gets no issue of a publication on a day; `null` where they do: one of their groups is one that it is sent to, it
 * is made in their language, and the day is one of theirs.
 */
export function leftOut(
  { groups, language, from, until }: Recipient,
  { to, languages }: Pick<Publication, "to" | "languages">,
  day: IsoDate,
): LeftOut | null {
  if (!groups.some((group) => to.includes(group))) return "group";
  if (!languages.includes(language)) return "language";
  if (from !== null && day < from) return "not yet";
  return until !== null && day > until ? "no longer" : null;
}

/** What delivers issues to whom. */
export interface Audience {
  readonly publication: Pick<Publication, "to" | "languages">;
  readonly recipients: readonly Recipient[];
  /** The day of sending. */
  readonly day: IsoDate;
}

/** Deliveries of an issue to all who get it, in the order of the recipients. `token` gives a text that cannot be guessed. */
export const audienceOf = (
  { publication, recipients, day }: Audience,
  issue: IssueKey,
  rules: Pick<MailRules, "from">,
  token: () => string,
): readonly DeliveryToWrite[] =>
  recipients
    .filter((recipient) => leftOut(recipient, publication, day) === null)
    .map((recipient) => deliveryTo(recipient, issue, rules, token));

/** The delivery of an issue to one recipient. */
export const deliveryTo = (
  { language, name, address }: Recipient,
  issue: IssueKey,
  { from }: Pick<MailRules, "from">,
  token: () => string,
): DeliveryToWrite => ({
  locale: language,
  name,
  address,
  messageId: messageIdOf(issue, address, from.address),
  token: token(),
});

/** The same for the same issue and inbox, whenever it is asked for; nothing in it names the recipient. */
function messageIdOf({ publication, asOf, revision }: IssueKey, address: string, sender: string): string {
  const named = `${publication}/${asOf}/${revision}/${address.toLowerCase()}`;
  const digest = createHash("sha256").update(named).digest("hex").slice(0, 40);
  return `<${digest}@${domainOf(sender)}>`;
}

/** The domain of an address, in lower case. */
export const domainOf = (address: string): string =>
  address.slice(address.lastIndexOf("@") + 1).toLowerCase();
