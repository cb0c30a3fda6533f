import { domainOf } from "#src/deliver/audience.ts";
import { type Message, messageOf } from "#src/deliver/message.ts";
import { isRecipientRefusal, type OutcomeClass, outcomeOf } from "#src/deliver/outcome.ts";
import { type SmtpClient, type SmtpTimeouts, smtpClient } from "#src/deliver/smtp.ts";
import { TidelineError } from "#src/domain/errors.ts";
import type { MailRules, SmtpServer } from "#src/domain/mail.ts";
import type { Instant } from "#src/domain/time.ts";
import type { Workspace } from "#src/domain/workspace.ts";
import type { DeliveryEnd, DeliveryToWrite, KeptDelivery } from "#src/store/ledger.ts";
import type { KeptIssue, Store } from "#src/store/store.ts";

/** With what messages are composed. */
export interface Stationery {
  readonly store: Store;
  readonly publications: Workspace["publications"];
  readonly rules: MailRules;
  /** As PEM; `null` leaves messages unsigned. */
  readonly dkimKey: string | null;
}

/** All that sending needs. */
export interface Desk extends Stationery {
  readonly smtp: SmtpServer;
  readonly timeouts?: SmtpTimeouts;
  /** Who takes deliveries: another name in every process and run. */
  readonly owner: string;
  readonly now: () => Instant;
}

/** What became of an attempt. */
export interface Attempt {
  readonly delivery: KeptDelivery;
  /** `unmade`: the message could not be composed; `stopped`: the sender was told to stop before the message had begun. */
  readonly class: OutcomeClass | "unmade" | "stopped";
  readonly end: DeliveryEnd;
  /** False where the attempt took so long that others gave it up: the ledger says what they found. */
  readonly isNoted: boolean;
}

/** Longer than all before the message takes, and than the message does; a process that dies keeps others from its deliveries that long. */
const leaseMs = 15 * 60_000;

/** Connections at a time, and deliveries at a time to one domain. */
const connections = 3;
const perDomain = 2;

/**
 * Sends one delivery that is due: taken from the ledger, composed, sent and ended there. Whenever the process is killed, what was
 * taken is pending again after its lease where the message had not begun, and otherwise `unknown`.
 *
 * @returns `null` where it is not due, somebody else's, held, suppressed or of a publication that is not known here, so that nothing was sent
 */
export async function deliverOne(
  desk: Desk,
  id: number,
  client: SmtpClient,
  signal?: AbortSignal,
): Promise<Attempt | null> {
  const { store, publications, owner, now } = desk;
  // What is of another publication is left for a process whose configuration knows it.
  const known = Object.keys(publications);
  const delivery = await store.ledger.takeDelivery(id, owner, now(), leaseMs, known);
  if (delivery === null) return null;
  const attempt = await attemptOf(desk, delivery, client, signal);
  if (attempt === null) return null;
  return { delivery, ...attempt, isNoted: await store.ledger.endDelivery(id, owner, attempt.end, now()) };
}

type Ended = Pick<Attempt, "class" | "end">;

async function attemptOf(
  desk: Desk,
  delivery: KeptDelivery,
  client: SmtpClient,
  signal?: AbortSignal,
): Promise<Ended | null> {
  const { store, owner, now } = desk;
  const message = await compose(desk, delivery).catch(unmade);
  if ("end" in message) return message;
  const begin = (): Promise<boolean> => store.ledger.markData(delivery.id, owner, now(), leaseMs);
  const sent = await client.send(message, begin, signal);
  if (signal?.aborted && sent.kind === "broken" && sent.phase !== "message")
    return {
      class: "stopped",
      end: { state: "pending", response: sent.reason, nextAt: now(), isUnspent: true },
    };
  const outcome = outcomeOf(sent, delivery.attempts, now());
  return outcome?.class === "recipient" ? recipientRefused(desk, delivery, outcome.end) : outcome;
}

/** What is wrong with a message fails its delivery and says how; a store that cannot be read may pass, and the rest is a bug. */
function unmade(error: unknown): Ended {
  if (!(error instanceof TidelineError) || error.code === "STORE_UNUSABLE") throw error;
  return { class: "unmade", end: { state: "failed", response: error.message } };
}

/** The message of a delivery, as every attempt sends it. */
async function compose(stationery: Stationery, delivery: KeptDelivery): Promise<Message> {
  const { store } = stationery;
  const [issue, [written]] = await Promise.all([
    store.issueById(delivery.issue),
    store.ledger.eventsOf(delivery.id),
  ]);
  if (issue === null) throw new RangeError(`delivery ${delivery.id} is of no issue`);
  return composeFor(stationery, issue, delivery, written?.at ?? delivery.updatedAt);
}

/** The message that brings an issue to somebody; `date` is when that was decided. */
export async function composeFor(
  { store, publications, rules, dkimKey }: Stationery,
  issue: KeptIssue,
  delivery: DeliveryToWrite,
  date: Instant,
): Promise<Message> {
  const publication = Object.hasOwn(publications, issue.publication)
    ? publications[issue.publication]
    : undefined;
  if (publication === undefined)
    throw new TidelineError("USAGE", "the issue cannot be mailed", [
      { found: issue.publication, expected: "a publication of the configuration" },
    ]);
  const files = await store.filesOf(issue);
  return messageOf({ rules, dkimKey, publication, issue, files, delivery, date });
}

/** An inbox that two issues in a row have not found gets no more of them. */
async function recipientRefused(
  { store, now }: Desk,
  { issue, address }: KeptDelivery,
  end: DeliveryEnd,
): Promise<Ended> {
  const states = ["sent", "failed", "suppressed"] as const;
  const before = await store.ledger.deliveries({ address, states });
  const taken = before.filter(({ state }) => state === "sent").map(({ updatedAt }) => updatedAt);
  const lastTaken = Math.max(Number.NEGATIVE_INFINITY, ...taken);
  const isSecond = before.some(
    (each) =>
      each.issue !== issue &&
      each.state !== "sent" &&
      each.updatedAt > lastTaken &&
      isRecipientRefusal(each.response ?? ""),
  );
  const publication = (await store.issueById(issue))?.publication;
  if (!isSecond || publication === undefined) return { class: "recipient", end };
  const { response } = end;
  await store.ledger.suppress(publication, address, `refused for the second time: ${response}`, now());
  return { class: "recipient", end: { state: "suppressed", response } };
}

/** What happens while deliveries are sent. */
export interface Watch {
  /** Stops the sending: what is in flight is finished, or broken off before its message begins. */
  readonly signal?: AbortSignal;
  readonly tell?: (attempt: Attempt) => void;
}

/**
 * Sends deliveries over a few connections, to one domain no more than two at a time. Where the server itself fails, or has had
 * enough, the others wait for another time: they stay pending, and none of their attempts is spent.
 *
 * @returns what became of those that were tried
 */
export async function sendAll(
  desk: Desk,
  deliveries: readonly KeptDelivery[],
  { signal, tell }: Watch = {},
): Promise<readonly Attempt[]> {
  const attempts: Attempt[] = [];
  let isOver = false;
  const { next, free } = byDomain(deliveries);
  const work = async (): Promise<void> => {
    await using client = smtpClient(desk.smtp, desk.timeouts);
    for (let each = next(); each !== null && !isOver && !signal?.aborted; each = next()) {
      const attempt = await deliverOne(desk, each.id, client, signal);
      free(each);
      if (attempt === null) continue;
      attempts.push(attempt);
      tell?.(attempt);
      if (attempt.class === "server" || attempt.class === "busy") isOver = true;
    }
  };
  const stopping = async (error: unknown): Promise<never> => {
    isOver = true;
    throw error;
  };
  const workers = Array.from({ length: Math.min(connections, deliveries.length) }, () =>
    work().catch(stopping),
  );
  const ends = await Promise.allSettled(workers);
  const failure = ends.find((end) => end.status === "rejected");
  if (failure !== undefined) throw failure.reason;
  return attempts;
}

/** Hands out deliveries one by one, to no domain more than two that are not yet free again. */
function byDomain(deliveries: readonly KeptDelivery[]) {
  const waiting = [...deliveries];
  const active = new Map<string, number>();
  const change = ({ address }: KeptDelivery, by: number): void => {
    const domain = domainOf(address);
    active.set(domain, (active.get(domain) ?? 0) + by);
  };
  return {
    /** `null` where none waits that may be sent now: whoever is at its domain asks again. */
    next(): KeptDelivery | null {
      const i = waiting.findIndex(({ address }) => (active.get(domainOf(address)) ?? 0) < perDomain);
      const [found = null] = i < 0 ? [] : waiting.splice(i, 1);
      if (found !== null) change(found, 1);
      return found;
    },
    free: (delivery: KeptDelivery): void => change(delivery, -1),
  };
}
