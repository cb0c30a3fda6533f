import { createHash } from "node:crypto";
import MailComposer from "nodemailer/lib/mail-composer";
import { domainOf } from "#src/deliver/audience.ts";
import { type Message, type MessageParts, requireSingleLines, signed } from "#src/deliver/message.ts";
import { reasonLines } from "#src/deliver/reason.ts";
import type { Channel, Channels } from "#src/deliver/send-alerts.ts";
import { type SmtpTimeouts, smtpClient } from "#src/deliver/smtp.ts";
import { callWebhook } from "#src/deliver/webhook.ts";
import type { MailRules, SmtpServer } from "#src/domain/mail.ts";
import type { KeptAlert } from "#src/store/ledger.ts";

type Stationery = Pick<MessageParts, "rules" | "dkimKey">;

/**
 * The mail of an alert: plain text, with a Message-ID that is the same on every attempt, marked so that no machine answers it
 * (RFC 3834).
 */
export async function alertMessage(
  alert: KeptAlert,
  address: string,
  stationery: Stationery,
): Promise<Message> {
  const { from } = stationery.rules;
  const { subject, text, raisedAt, key } = alert;
  const mark = createHash("sha256").update(`${address}\n${key}`).digest("hex").slice(0, 40);
  const messageId = `<alert-${mark}@${domainOf(from.address)}>`;
  requireSingleLines([subject, from.name.en, from.address, address]);
  const composed = new MailComposer({
    from: { name: from.name.en, address: from.address },
    to: address,
    subject,
    text,
    messageId,
    date: new Date(raisedAt),
    headers: { "Auto-Submitted": "auto-generated", "X-Auto-Response-Suppress": "OOF, AutoReply" },
    newline: "win",
    disableFileAccess: true,
    disableUrlAccess: true,
  });
  const bytes = await signed(await composed.compile().build(), stationery);
  return { subject, from: from.address, to: address, bytes };
}

/** What mails of alerts are sent with. */
export interface AlertPost extends Stationery {
  readonly smtp: SmtpServer;
  readonly timeouts?: SmtpTimeouts;
}

/** Together shorter than the lease of an alert, so that no other process takes one that is still being sent. */
const patience: SmtpTimeouts = { connectMs: 20_000, greetingMs: 20_000, silenceMs: 60_000 };
const untilDataMs = 120_000;

/**
 * Sends alerts by mail. Where the connection ends without an answer the alert is sent again: told twice is better here than
 * not told, and the second has the Message-ID of the first.
 */
export const mailChannel =
  ({ smtp, timeouts = patience, ...stationery }: AlertPost): Channel =>
  async (address, alert) => {
    const message = await alertMessage(alert, address, stationery);
    await using client = smtpClient(smtp, timeouts);
    const sent = await client.send(message, async () => true, AbortSignal.timeout(untilDataMs));
    if (sent.kind === "accepted") return { sent: true };
    const said = sent.kind === "refused" ? sent.response : sent.kind === "broken" ? sent.reason : "";
    return { sent: false, response: reasonLines(said, "")[0] ?? "the mail server gave no answer" };
  };

/** What of the configuration and of the environment decides how alerts leave. */
export interface AlertMeans {
  /** `null` where nothing is mailed. */
  readonly rules: MailRules | null;
  readonly smtp: SmtpServer | null;
  readonly dkimKey: string | null;
  readonly webhookSecret: string | null;
}

/** The ways out that a process has. */
export const alertChannels = ({ rules, smtp, dkimKey, webhookSecret }: AlertMeans): Channels => ({
  mail: rules === null || smtp === null ? null : mailChannel({ rules, dkimKey, smtp }),
  webhook:
    webhookSecret === null
      ? null
      : (url, alert, now) => callWebhook(url, alert, { secret: webhookSecret }, now),
});
