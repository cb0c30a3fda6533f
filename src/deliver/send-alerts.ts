import { reasonLines } from "#src/deliver/reason.ts";
import { messageOf } from "#src/domain/errors.ts";
import type { Instant } from "#src/domain/time.ts";
import type { KeptAlert, Ledger } from "#src/store/ledger.ts";

/** Whether an alert has reached its channel; otherwise what the channel said, without anything secret. */
export type Reached = { readonly sent: true } | { readonly sent: false; readonly response: string };

/** Brings an alert to an address of one kind of channel. A failure that it does not answer for may be thrown. */
export type Channel = (address: string, alert: KeptAlert, now: Instant) => Promise<Reached>;

/** The ways out that this process has. One that is `null` cannot be used (no server, no secret): its alerts wait and say why. */
export interface Channels {
  readonly mail: Channel | null;
  readonly webhook: Channel | null;
}

/** What became of the alerts that were due. */
export interface AlertsSent {
  readonly sent: number;
  readonly waiting: number;
  readonly givenUp: number;
}

const minuteMs = 60_000;
const hourMs = 60 * minuteMs;

/** Waits after the first attempts, and after each that follows. */
const waits = [minuteMs, 5 * minuteMs, 15 * minuteMs, hourMs];
const giveUpAfterMs = 24 * hourMs;

/** The last moment that a date can hold: an alert that waits for it is not tried again, and remains as one that was not sent. */
export const never: Instant = 8.64e15;

/**
 * When an alert is tried next after an attempt that failed; `never` when the next would come more than a day after it was
 * raised, when it is no longer news.
 *
 * @param attempts  including the one that failed
 */
export function nextTry(
  { attempts, raisedAt }: Pick<KeptAlert, "attempts" | "raisedAt">,
  now: Instant,
): Instant {
  const wait = waits[Math.min(Math.max(attempts, 1), waits.length) - 1] ?? hourMs;
  return now + wait > raisedAt + giveUpAfterMs ? never : now + wait;
}

/** Longer than any attempt takes: an alert whose process was killed is tried again by another. */
const leaseMs = 5 * minuteMs;

/**
 * Sends the alerts that are due, each to its channel, all at the same time: one that fails or hangs keeps no other back.
 *
 * Several processes may do so at once: the ledger gives each alert to one of them. An alert may arrive twice where a
 * process is killed between sending and noting it; it carries the same id, and none is lost.
 */
export async function sendAlerts(
  ledger: Pick<Ledger, "takeAlerts" | "endAlert">,
  channels: Channels,
  owner: string,
  now: Instant,
): Promise<AlertsSent> {
  const taken = await ledger.takeAlerts(owner, now, leaseMs);
  const ends = await Promise.all(
    taken.map(async (alert) => {
      const end = endOf(alert, await attempt(alert, channels, now), now);
      await ledger.endAlert(alert.id, alert.channel, owner, end, now);
      return end;
    }),
  );
  const waiting = ends.flatMap((end) => ("nextAt" in end ? [end.nextAt] : []));
  const givenUp = waiting.filter((at) => at === never).length;
  return { sent: ends.length - waiting.length, waiting: waiting.length - givenUp, givenUp };
}

function endOf(alert: KeptAlert, reached: Reached, now: Instant): Parameters<Ledger["endAlert"]>[3] {
  if (reached.sent) return { sent: true };
  const nextAt = nextTry(alert, now);
  return {
    nextAt,
    response: nextAt === never ? `given up after a day: ${reached.response}` : reached.response,
  };
}

async function attempt(alert: KeptAlert, channels: Channels, now: Instant): Promise<Reached> {
  const [kind = ""] = alert.channel.split(":", 1);
  const address = alert.channel.slice(kind.length + 1);
  const channel = kind === "mail" ? channels.mail : kind === "webhook" ? channels.webhook : null;
  if (channel === null) return { sent: false, response: missing[kind] ?? `no such channel: ${kind}` };
  try {
    return await channel(address, alert, now);
  } catch (error) {
    const [reason = "a failure without a word"] = reasonLines(messageOf(error), "");
    return { sent: false, response: reason };
  }
}

const missing: Readonly<Record<string, string>> = {
  mail: "no mail server: set TIDELINE_SMTP_URL and mail.from",
  webhook: "not called unsigned: set TIDELINE_WEBHOOK_SECRET",
};
