import { deliveryTo, type LeftOut, leftOut } from "#src/deliver/audience.ts";
import { TidelineError } from "#src/domain/errors.ts";
import type { MailRules, Recipient } from "#src/domain/mail.ts";
import { didYouMean } from "#src/domain/nearest.ts";
import { type Instant, isoInstant } from "#src/domain/time.ts";
import type { Publication } from "#src/domain/workspace.ts";
import type { DeliveryToWrite, KeptDelivery } from "#src/store/ledger.ts";
import { type KeptIssue, nameOf } from "#src/store/store.ts";

/** What is known before an issue is sent by hand. */
export interface Situation {
  readonly publication: Pick<Publication, "id" | "to" | "languages">;
  readonly issue: KeptIssue;
  readonly recipients: readonly Recipient[];
  /** Deliveries of the issue that are written. */
  readonly kept: readonly KeptDelivery[];
  /** Addresses, in lower case, that get no more issues of the publication. */
  readonly suppressed: readonly string[];
  readonly rules: Pick<MailRules, "from">;
  readonly token: () => string;
  readonly now: Instant;
}

/** Who is sent an issue by hand. */
export interface Addressees {
  /** Deliveries that are to be written; the store enters as `suppressed` whoever gets no more issues. */
  readonly fresh: readonly DeliveryToWrite[];
  /** Those of them that get no more issues by themselves, and are sent this one because a person asks for it. */
  readonly left: readonly DeliveryToWrite[];
  /** Deliveries that are sent again because a person asks for it. */
  readonly again: readonly KeptDelivery[];
  /** Deliveries that are pending and due. */
  readonly due: readonly KeptDelivery[];
}

const inboxOf = ({ address }: { readonly address: string }): string => address.toLowerCase();

/** All who get the issue and have no delivery of it yet, and what is due. */
export function everybody(situation: Situation): Addressees {
  const { publication, issue, recipients, kept, rules, token, now } = situation;
  const known = new Set(kept.map(inboxOf));
  const missing = recipients.filter(
    (each) => leftOut(each, publication, issue.asOf) === null && !known.has(inboxOf(each)),
  );
  return {
    fresh: missing.map((each) => deliveryTo(each, issue, rules, token)),
    left: [],
    again: [],
    due: kept.filter(({ state, nextAt }) => state === "pending" && nextAt <= now),
  };
}

/** All whom the issue did not reach. */
export const failedOnes = ({ kept }: Situation): Addressees => ({
  fresh: [],
  left: [],
  again: kept.filter(({ state }) => state === "failed"),
  due: [],
});

/**
 * One of those who get the issue, also where it did not reach them, or may have, or they had left.
 *
 * @throws {TidelineError} `USAGE` where it cannot be sent to that address now, and why
 */
export function oneOf(situation: Situation, address: string): Addressees {
  const { publication, issue, recipients, kept, suppressed, rules, token, now } = situation;
  const delivery = kept.find((each) => inboxOf(each) === address.toLowerCase());
  const none = { fresh: [], left: [], again: [], due: [] };
  if (delivery?.state === "pending" && delivery.nextAt <= now) return { ...none, due: [delivery] };
  if (delivery?.state === "sent" || delivery?.state === "sending" || delivery?.state === "pending")
    throw refused(delivery.address, whyNot(delivery, issue));
  if (delivery !== undefined) return { ...none, again: [delivery] };
  const recipient = recipients.find((each) => inboxOf(each) === address.toLowerCase());
  if (recipient === undefined) {
    const hint = didYouMean(
      address,
      recipients.map((each) => each.address),
    );
    throw refused(address, `an address of the file of recipients${hint}`);
  }
  const reason = leftOut(recipient, publication, issue.asOf);
  if (reason !== null) throw refused(address, `a recipient of ${publication.id}: ${leftOutInWords[reason]}`);
  const fresh = [deliveryTo(recipient, issue, rules, token)];
  return { ...none, fresh, left: suppressed.includes(inboxOf(recipient)) ? fresh : [] };
}

function whyNot({ state, updatedAt, nextAt }: KeptDelivery, issue: KeptIssue): string {
  const name = nameOf(issue);
  if (state === "sent")
    return `a recipient who has not been sent ${name}: it was, at ${isoInstant(updatedAt)}`;
  if (state === "sending") return `a recipient whose ${name} is not being sent at this moment`;
  return `to wait until ${isoInstant(nextAt)}, when it is tried again by itself`;
}

const refused = (address: string, expected: string): TidelineError =>
  new TidelineError("USAGE", "the issue cannot be sent to that address", [{ found: address, expected }]);

/** Why somebody gets no issue, as their operator reads it. */
export const leftOutInWords: Readonly<Record<LeftOut, string>> = {
  group: "none of their groups is one that it is sent to",
  language: "it is not made in their language",
  "not yet": "their first day is later than its day",
  "no longer": "their last day is before its day",
};
