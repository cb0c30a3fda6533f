import { createHash } from "node:crypto";
import type { MailRules } from "#src/domain/mail.ts";
import type { Instant } from "#src/domain/time.ts";
import type { KeptAlert } from "#src/store/ledger.ts";

/** A small mail of plain text, before it is made into bytes. */
export interface AlertMail {
  readonly from: { readonly name: string; readonly address: string };
  readonly to: string;
  readonly subject: string;
  readonly text: string;
  readonly messageId: string;
  readonly date: Instant;
  readonly headers: Readonly<Record<string, string>>;
}

/**
 * The mail of an alert. Its Message-ID is the same on every attempt, and no machine answers it (RFC 3834).
 */
export function alertMail(alert: KeptAlert, address: string, from: MailRules["from"]): AlertMail {
  const mark = createHash("sha256").update(`${address}\n${alert.key}`).digest("hex").slice(0, 32);
  const domain = from.address.slice(from.address.lastIndexOf("@") + 1);
  return {
    from: { name: from.name.en, address: from.address },
    to: address,
    subject: alert.subject,
    text: alert.text,
    messageId: `<alert-${mark}@${domain}>`,
    date: alert.raisedAt,
    headers: { "Auto-Submitted": "auto-generated" },
  };
}
