import type { Sent, SmtpPhase } from "#src/deliver/smtp.ts";
import type { Instant } from "#src/domain/time.ts";
import type { DeliveryEnd } from "#src/store/ledger.ts";

/**
 * What an attempt came to. `later`: the server asks for patience. `busy`: it counts our mail and has had enough for now. `server`:
 * it cannot be reached, or does not take our mail at all, which is no recipient's fault. `recipient`: there is no such inbox. `policy`:
 * this mail is not wanted. `too big`, `rejected`: for another reason for good. `unknown`: it did not say.
 */
export type OutcomeClass =
  | "accepted"
  | "later"
  | "busy"
  | "server"
  | "recipient"
  | "policy"
  | "too big"
  | "rejected"
  | "unknown";

export interface Outcome {
  readonly class: OutcomeClass;
  readonly end: DeliveryEnd;
}

/** A server's reply taken apart (RFC 5321, RFC 3463); `enhanced` where it gives such a code. */
export interface Reply {
  readonly code: number;
  readonly enhanced: string | null;
  readonly text: string;
}

/** The reply that a text is; `null` where it begins with no code. */
export function parseReply(response: string): Reply | null {
  const [, code, enhanced = null, text = ""] =
    /^([2-5]\d\d)[ -](?:([245]\.\d{1,3}\.\d{1,3})\b)?(.*)$/s.exec(response) ?? [];
  return code === undefined ? null : { code: Number(code), enhanced, text: text.trim() };
}

/**
 * Texts of servers that count what they take, whatever their code. QQ answers 550 for “too much at the moment”, which is for good by
 * its number; the letters are NetEase's (163, 126, yeah.net).
 */
const busyTexts = [
  /frequency (?:is )?limited/i,
  /\b(?:HL:(?:REP|ICC|IFC)|MI:(?:DMC|IMF|STC|SFQ)|DT:SPM)\b/,
  /too (?:many|much) (?:connections?|messages?|mails?|recipients?|concurrent)/i,
  /rate[- ]?limit|sending rate|throttl/i,
  /频率|过于频繁|发送过多/,
];

const recipientTexts = [
  /user (?:is )?unknown|unknown user|no such (?:user|mailbox|recipient|address)|(?:user|mailbox|account|recipient) (?:was )?not found/i,
  /(?:user|mailbox|account|address) (?:does not|doesn't) exist|invalid (?:mailbox|recipient|user)/i,
];

/** What a reply that refuses a message says about it. */
export function classOf(reply: Reply, phase: SmtpPhase): OutcomeClass {
  const { code, enhanced, text } = reply;
  if (code !== 554 && busyTexts.some((busy) => busy.test(text))) return "busy";
  if (isOfServer(code, phase)) return "server";
  if (code < 500) return "later";
  if (enhanced === "5.3.4" || enhanced === "5.2.3" || (code === 552 && enhanced === null && phase !== "rcpt"))
    return "too big";
  if (phase === "mail" || isOfSender(reply)) return "server";
  return isOfRecipient(reply) ? "recipient" : enhanced?.startsWith("5.7.") ? "policy" : "rejected";
}

/** Whether it cannot be reached, encrypted to or logged in to; 53x asks for a login or encryption wherever it comes. */
const isOfServer = (code: number, phase: SmtpPhase): boolean =>
  ["connect", "tls", "auth"].includes(phase) || (code >= 530 && code <= 538);

const senderTexts = /\bsender (?:address )?(?:rejected|refused|verif)|^verification failed for/i;

/** Whether it refuses us: many servers look at the sender only when they are told a recipient, and speak then of an unknown user. */
const isOfSender = ({ enhanced, text }: Reply): boolean =>
  enhanced === "5.1.7" || enhanced === "5.1.8" || senderTexts.test(text);

function isOfRecipient({ code, enhanced, text }: Reply): boolean {
  if (enhanced !== null && /^5\.1\.(?:1|6|10)$/.test(enhanced)) return true;
  const saysNothing = enhanced === null || enhanced === "5.0.0" || enhanced.startsWith("5.1.");
  return [550, 551, 553].includes(code) && saysNothing && recipientTexts.some((gone) => gone.test(text));
}

/** Whether an answer that was kept says that there is no such inbox. */
export function isRecipientRefusal(response: string): boolean {
  const reply = parseReply(response);
  return reply !== null && reply.code >= 500 && classOf(reply, "rcpt") === "recipient";
}

const minuteMs = 60_000;

/** How long to wait after the first, second, … attempt that failed; the last of them again and again. */
const waits = [2, 10, 60, 240].map((minutes) => minutes * minuteMs);
/** Research goes stale. */
const patienceMs = 24 * 60 * minuteMs;

/** When an attempt is followed by another, `attempts` of them having failed; `null` once that would be more than a day after the first. */
export function nextAttempt(attempts: number, now: Instant): Instant | null {
  const waitOf = (n: number): number => waits[Math.min(n, waits.length) - 1] ?? 0;
  const since = Array.from({ length: attempts }, (_, i) => waitOf(i + 1)).reduce(
    (sum, wait) => sum + wait,
    0,
  );
  return since > patienceMs ? null : now + waitOf(attempts);
}

/** What becomes of a delivery whose `attempts`th attempt ended so; `null` where nothing was sent because it is somebody else's. */
export function outcomeOf(sent: Sent, attempts: number, now: Instant): Outcome | null {
  if (sent.kind === "withheld") return null;
  if (sent.kind === "accepted") return { class: "accepted", end: { state: "sent", response: sent.response } };
  if (sent.kind === "broken") return brokenOutcome(sent, attempts, now);
  const { response } = sent;
  const reply = parseReply(response);
  const found = reply === null ? "later" : classOf(reply, sent.phase);
  const isFinal = ["recipient", "policy", "too big", "rejected"].includes(found);
  return { class: found, end: isFinal ? { state: "failed", response } : again(response, attempts, now) };
}

function brokenOutcome(
  { phase, reason }: Extract<Sent, { kind: "broken" }>,
  attempts: number,
  now: Instant,
): Outcome {
  if (phase === "message") {
    const response = `${reason}, after the message had begun: it may have arrived`;
    return { class: "unknown", end: { state: "unknown", response } };
  }
  const isServer = ["connect", "tls", "auth"].includes(phase);
  return { class: isServer ? "server" : "later", end: again(reason, attempts, now) };
}

function again(response: string, attempts: number, now: Instant): DeliveryEnd {
  const nextAt = nextAttempt(attempts, now);
  if (nextAt !== null) return { state: "pending", response, nextAt };
  return { state: "failed", response: `${response} (given up after ${attempts} attempts)` };
}
