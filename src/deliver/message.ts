import { createHash } from "node:crypto";
import { buffer } from "node:stream/consumers";
import DKIM from "nodemailer/lib/dkim";
import MailComposer from "nodemailer/lib/mail-composer";
import { domainOf } from "#src/deliver/audience.ts";
import { titleOf, unwrapped } from "#src/deliver/unwrap.ts";
import { TidelineError } from "#src/domain/errors.ts";
import type { Locale } from "#src/domain/locale.ts";
import { figureCid, type MailRules, unsubscribePlaceholder } from "#src/domain/mail.ts";
import type { Instant } from "#src/domain/time.ts";
import type { Publication } from "#src/domain/workspace.ts";
import type { DeliveryToWrite } from "#src/store/ledger.ts";
import type { KeptIssue } from "#src/store/store.ts";

/** All that a message is made of. */
export interface MessageParts {
  readonly rules: MailRules;
  /** Private key that messages are signed with, as PEM; `null` leaves them unsigned. */
  readonly dkimKey: string | null;
  readonly publication: Pick<Publication, "id" | "title">;
  readonly issue: Pick<KeptIssue, "publication" | "asOf" | "revision">;
  /** The files of the issue by name. */
  readonly files: ReadonlyMap<string, Uint8Array>;
  readonly delivery: DeliveryToWrite;
  /** When the delivery was written: the same on every attempt. */
  readonly date: Instant;
}

/** A message as it goes out. */
export interface Message {
  readonly subject: string;
  readonly from: string;
  readonly to: string;
  readonly bytes: Buffer;
}

/** Where a recipient unsubscribes. */
export const unsubscribeUrl = ({ site }: Pick<MailRules, "site">, token: string): string =>
  `${site}/unsubscribe/${encodeURIComponent(token)}`;

/**
 * An issue as one message to one recipient (RFC 5322): text and HTML with one figure, the PDF attached, all in their language. The
 * same parts give the same bytes, so that a second attempt sends what the first did.
 *
 * @throws {TidelineError} RENDER_FAILED where the issue lacks a file of its mail, or a header would break
 */
export async function messageOf(parts: MessageParts): Promise<Message> {
  const { rules, delivery, date } = parts;
  const { locale, messageId } = delivery;
  const files = mailFiles(parts);
  const subject = titleOf(files.html);
  if (subject === null) throw lacking(parts, `${locale}.mail.html with a <title>, which is the subject`);
  const from = { name: rules.from.name[locale], address: rules.from.address };
  const to = { name: delivery.name, address: delivery.address };
  const url = unsubscribeUrl(rules, delivery.token);
  const headers: Readonly<Record<string, string>> = {
    "List-Unsubscribe": `<${url}>`,
    "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
    "List-Id": `<${parts.publication.id}.${domainOf(rules.from.address)}>`,
    "Auto-Submitted": "auto-generated",
    "X-Auto-Response-Suppress": "OOF, AutoReply",
  };
  const replyTo = rules.replyTo === null ? {} : { replyTo: rules.replyTo };
  const single = [subject, ...Object.values(from), ...Object.values(to), messageId, rules.replyTo ?? ""];
  requireSingleLines([...single, ...Object.values(headers)]);
  const isChinese = locale === "zh-CN";
  const composed = new MailComposer({
    from,
    to,
    ...replyTo,
    subject,
    messageId,
    date: new Date(date),
    headers: unfolded(headers),
    text: files.text.replaceAll(unsubscribePlaceholder, url),
    html: unwrapped(files.html.replaceAll(unsubscribePlaceholder, attribute(url))),
    attachments: attachments(parts, files),
    // Quoted-printable makes three characters of a byte: half as much again as base64 where the text is Chinese.
    ...(isChinese ? { encoding: "base64", textEncoding: "B" as const } : {}),
    newline: "win",
    baseBoundary: createHash("sha256").update(messageId).digest("hex").slice(0, 24),
    disableFileAccess: true,
    disableUrlAccess: true,
  });
  const bytes = await signed(await composed.compile().build(), parts);
  return { subject, from: from.address, to: to.address, bytes };
}

const attachments = (parts: MessageParts, { figure, pdf }: MailFiles) => [
  ...(figure === null
    ? []
    : [
        {
          content: figure,
          cid: figureCid,
          filename: "figure.png",
          contentType: "image/png",
          contentDisposition: "inline",
        },
      ]),
  { content: pdf, filename: pdfName(parts, parts.delivery.locale), contentType: "application/pdf" },
];

interface MailFiles {
  readonly html: string;
  readonly text: string;
  /** `null` where the mail shows none. */
  readonly figure: Buffer | null;
  readonly pdf: Buffer;
}

function mailFiles(parts: MessageParts): MailFiles {
  const { files, delivery } = parts;
  const file = (suffix: string): Buffer => {
    const name = `${delivery.locale}.${suffix}`;
    const found = files.get(name);
    if (found === undefined) throw lacking(parts, name);
    return Buffer.from(found);
  };
  const html = file("mail.html").toString("utf8");
  const figure = html.includes(`cid:${figureCid}`) ? file("mail.png") : null;
  return { html, text: file("mail.txt").toString("utf8"), figure, pdf: file("pdf") };
}

const lacking = ({ issue }: MessageParts, name: string): TidelineError =>
  new TidelineError(
    "RENDER_FAILED",
    `${issue.publication}/${issue.asOf}@${issue.revision} cannot be mailed`,
    [{ file: name, expected: "in the issue; `tideline run` makes issues with their mail" }],
  );

/** Some who offer to unsubscribe read no further than the line. */
const unfolded = (headers: Readonly<Record<string, string>>) =>
  Object.entries(headers).map(([key, value]) => ({ key, value: { prepared: true, value } }));

/** What stands in a header stays on its line: whatever else it comes to hold, it begins no header of its own. */
export function requireSingleLines(values: readonly string[]): void {
  const broken = values.find((value) => /[\r\n\0]/.test(value));
  if (broken === undefined) return;
  throw new TidelineError("RENDER_FAILED", "a mail cannot be written", [
    { found: JSON.stringify(broken), expected: "names, subjects and addresses on one line" },
  ]);
}

const attribute = (url: string): string => url.replaceAll("&", "&amp;").replaceAll('"', "&quot;");

/** Sorts by its date, and says what it is in the recipient's language; no character that a file system refuses. */
function pdfName({ publication, issue }: MessageParts, locale: Locale): string {
  const title = publication.title[locale].replace(/[\p{Cc}\s/\\:*?"<>|.]+/gu, "-").replace(/^-+|-+$/g, "");
  return `${[issue.asOf, publication.id, title].filter((part) => part !== "").join("_")}.pdf`;
}

/** RFC 8058 requires that the signature covers both headers of unsubscribing; by default the second is left out. */
const signedHeaders =
  "from:sender:reply-to:subject:date:message-id:to:cc:mime-version:content-type:content-transfer-encoding:list-id:list-unsubscribe:list-unsubscribe-post";

/** A message signed for the domain of the configuration, where there are a domain and a key. */
export async function signed(
  bytes: Buffer,
  { rules, dkimKey }: Pick<MessageParts, "rules" | "dkimKey">,
): Promise<Buffer> {
  if (dkimKey === null || rules.dkim === null) return bytes;
  const { domain, selector } = rules.dkim;
  const key = { domainName: domain, keySelector: selector, privateKey: dkimKey };
  return buffer(new DKIM({ ...key, headerFieldNames: signedHeaders }).sign(bytes));
}
