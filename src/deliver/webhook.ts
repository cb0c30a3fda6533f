import { createHash, createHmac } from "node:crypto";
import { placeOfKey } from "#src/deliver/alert.ts";
import type { Reached } from "#src/deliver/send-alerts.ts";
import { isConfidential } from "#src/domain/mail.ts";
import { type Instant, isoInstant } from "#src/domain/time.ts";
import type { KeptAlert } from "#src/store/ledger.ts";

/** How the operator's webhook is called. */
export interface WebhookOptions {
  /** As the environment gives it: `whsec_` and base64, or any other text as it is. */
  readonly secret: string;
  /** How long an answer may take. */
  readonly timeoutMs?: number;
}

/** Names of the headers of Standard Webhooks. */
type WebhookHeaders = Readonly<Record<"webhook-id" | "webhook-timestamp" | "webhook-signature", string>>;

/**
 * The headers that sign a body after Standard Webhooks 1: `v1,` and the base64 of HMAC-SHA256 over id, seconds and body,
 * joined by full stops.
 */
export function webhookHeaders(id: string, at: Instant, body: string, secret: string): WebhookHeaders {
  const seconds = String(Math.floor(at / 1000));
  const signature = createHmac("sha256", keyOf(secret)).update(`${id}.${seconds}.${body}`).digest("base64");
  return { "webhook-id": id, "webhook-timestamp": seconds, "webhook-signature": `v1,${signature}` };
}

const prefix = "whsec_";

/** The bytes that sign: after `whsec_` they are written in base64, otherwise they are the text's own. */
const keyOf = (secret: string): Buffer =>
  secret.startsWith(prefix) ? Buffer.from(secret.slice(prefix.length), "base64") : Buffer.from(secret);

/** Shorter keys can be guessed. In bytes. */
const shortestKey = 16;

/** What is wrong with a secret, in words that follow “found”; `null` where it can sign. The secret itself is not repeated. */
export function secretFault(secret: string): string | null {
  const coded = secret.slice(prefix.length);
  if (secret.startsWith(prefix) && !/^[A-Za-z0-9+/]+={0,2}$/.test(coded))
    return `${prefix} without base64 after it`;
  const { length } = keyOf(secret);
  return length < shortestKey ? `a key of ${length} bytes, fewer than ${shortestKey}` : null;
}

/** The same on every attempt, so that a receiver can tell a repeat; another one for another address. */
const idOf = ({ key, channel }: KeptAlert): string =>
  `msg_${createHash("sha256").update(`${channel}\n${key}`).digest("base64url").slice(0, 27)}`;

/** What is sent. */
export function webhookBody(alert: KeptAlert): string {
  const { kind, subject, text, raisedAt } = alert;
  const place = placeOfKey(alert.key);
  return JSON.stringify({ id: idOf(alert), kind, ...place, subject, text, raisedAt: isoInstant(raisedAt) });
}

const timeLimitMs = 15_000;

/**
 * Calls the operator's webhook with one alert, signed, once. Only an answer of 2xx has reached it: a redirect is not
 * followed, since it would lead where nobody has asked to send.
 *
 * What is told of a failure holds neither the address, which may be a secret itself, nor the secret.
 */
export async function callWebhook(
  url: string,
  alert: KeptAlert,
  { secret, timeoutMs = timeLimitMs }: WebhookOptions,
  now: Instant,
): Promise<Reached> {
  if (!isConfidential(url)) return { sent: false, response: "the address is not one of https" };
  const fault = secretFault(secret);
  if (fault !== null) return { sent: false, response: `TIDELINE_WEBHOOK_SECRET cannot sign: ${fault}` };
  const body = webhookBody(alert);
  try {
    const answer = await fetch(url, {
      method: "POST",
      redirect: "manual",
      headers: {
        "content-type": "application/json",
        "user-agent": "tideline",
        ...webhookHeaders(idOf(alert), now, body, secret),
      },
      body,
      signal: AbortSignal.timeout(timeoutMs),
    });
    // Nothing of it is read; left open it would hold the connection.
    await answer.body?.cancel();
    return answer.ok ? { sent: true } : { sent: false, response: refusalOf(answer.status) };
  } catch (error) {
    return { sent: false, response: `no answer: ${causeOf(error, timeoutMs)}` };
  }
}

const refusalOf = (status: number): string =>
  status >= 300 && status < 400
    ? `answered ${status}: redirects are not followed`
    : `answered ${status} where 2xx is expected`;

/** Why a call failed, by its code: messages may hold the address. */
function causeOf(error: unknown, timeoutMs: number): string {
  if (!(error instanceof Error)) return "unknown";
  if (error.name === "TimeoutError") return `within ${timeoutMs / 1000} s`;
  const { code } = (error.cause ?? error) as { readonly code?: unknown };
  return typeof code === "string" ? code : error.name;
}
