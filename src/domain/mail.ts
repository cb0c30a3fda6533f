import type { Locale, Localised } from "#src/domain/locale.ts";
import type { IsoDate } from "#src/domain/time.ts";

/** Somebody who is sent issues, in one language. */
export interface Recipient {
  readonly name: string;
  readonly address: string;
  readonly language: Locale;
  /** A publication is sent to groups. */
  readonly groups: readonly string[];
  /** First and last day on which issues are sent; `null` without limit. */
  readonly from: IsoDate | null;
  readonly until: IsoDate | null;
}

/** How issues are mailed. The server's address and login come from the environment. */
export interface MailRules {
  readonly from: { readonly name: Localised; readonly address: string };
  /** Where answers go; `null` for the sender. */
  readonly replyTo: string | null;
  /** Public address of the archive that `serve` shows, without a slash at its end: links in mails begin with it. */
  readonly site: string;
  /** The domain and selector that mails are signed for; the key comes from the environment. */
  readonly dkim: { readonly domain: string; readonly selector: string } | null;
  /** File of recipients as written in the configuration, and its absolute path, which is never shown. */
  readonly recipients: { readonly path: string; readonly location: string };
}

/** Whom a failed, held or overdue issue is told. */
export interface AlertRules {
  readonly mail: readonly string[];
  readonly webhook: string | null;
}

/**
 * Where the sending to one recipient stands. `sending`: a process is at it. `unknown`: the connection ended after the
 * message had gone out and before it was answered; it is never sent again by itself. `suppressed`: the recipient has
 * unsubscribed, or their server has refused the address for good.
 */
export const deliveryStates = ["pending", "sending", "sent", "failed", "unknown", "suppressed"] as const;
export type DeliveryState = (typeof deliveryStates)[number];

/** Stands in the mail's parts, as they are kept, for the address under which their recipient unsubscribes. */
export const unsubscribePlaceholder = "https://unsubscribe.invalid/";

/** Content-ID of the one figure that a mail shows, without its angle brackets. */
export const figureCid = "figure";

/**
 * The server that takes our mail. `tls`: encrypted from the first byte. `starttls`: encrypted before anything is said, or not
 * at all. `loopback`: on this machine, encrypted where the server offers it.
 */
export interface SmtpServer {
  readonly host: string;
  readonly port: number;
  readonly security: "tls" | "starttls" | "loopback";
  readonly login: { readonly user: string; readonly password: string } | null;
  /** Certificates, as PEM, that vouch for the server in place of the public ones; `null` for the public ones. */
  readonly ca: string | null;
}

/** Whether what is sent to an address stays between the two: https, or http to this machine; and no password stands in it. */
export function isConfidential(address: string): boolean {
  if (!URL.canParse(address)) return false;
  const { protocol, hostname, username, password } = new URL(address);
  if (username !== "" || password !== "") return false;
  return protocol === "https:" || (protocol === "http:" && isLoopback(hostname));
}

/** Whether a host is this machine; IPv6 with or without its brackets. */
export const isLoopback = (hostname: string): boolean =>
  hostname === "localhost" || /^\[?::1\]?$/.test(hostname) || /^127(\.\d+){3}$/.test(hostname);
