import { randomUUID } from "node:crypto";
import { type Call, note, requireWord } from "#src/commands/call.ts";
import { issueNamed } from "#src/commands/issue-name.ts";
import { publicationOf, storeOf, workspaceOf } from "#src/commands/job.ts";
import { mailMeans } from "#src/commands/mail-means.ts";
import { rehearse } from "#src/commands/rehearse.ts";
import { loadRecipients } from "#src/config/recipients.ts";
import { type Addressees, everybody, failedOnes, oneOf, type Situation } from "#src/deliver/addressees.ts";
import { type Attempt, type Desk, sendAll } from "#src/deliver/deliver.ts";
import { newToken } from "#src/deliver/token.ts";
import { TidelineError } from "#src/domain/errors.ts";
import { isoInstant } from "#src/domain/time.ts";
import type { Ledger } from "#src/store/ledger.ts";
import { isHeld, type KeptIssue, nameOf, type Store } from "#src/store/store.ts";

/** `tideline send`: mails an issue by hand. */
export async function send(call: Call): Promise<number> {
  const { values, around } = call;
  const word = requireWord(call, "send requires an issue, PUBLICATION/AS-OF");
  if (values.to !== undefined && values.failed)
    throw new TidelineError("USAGE", "send takes either --to or --failed", []);
  const workspace = await workspaceOf(call);
  await using store = await storeOf(call, workspace);
  const found = await issueNamed(store, word);
  const publication = publicationOf(workspace, found.publication);
  const means = await mailMeans(call, workspace, store);
  const recipients = await loadRecipients(means.rules);
  const isRehearsal = values["dry-run"] === true;
  const issue = await requireChecked(store, found, around.now, isRehearsal);
  if (!isRehearsal) await store.ledger.sweepDeliveries(around.now());
  const situation: Situation = {
    publication,
    issue,
    recipients,
    kept: await store.ledger.deliveries({ issue: issue.id }),
    suppressed: await store.ledger.suppressed(publication.id),
    rules: means.rules,
    token: newToken,
    now: around.now(),
  };
  const addressees = addresseesOf(call, situation);
  if (isRehearsal) return await rehearse(call, means, situation, addressees);
  const by = personOf(call, addressees);
  const desk: Desk = {
    ...means,
    smtp: means.smtp(),
    owner: `send:${process.pid}:${randomUUID()}`,
    now: around.now,
  };
  for (const { address, state } of addressees.again)
    if (state === "unknown") note(call, `${address} may get it twice: what became of the first is not known`);
  return await report(call, issue, await post(call, desk, issue, addressees, by), store);
}

function addresseesOf({ values: { to, failed } }: Call, situation: Situation): Addressees {
  if (to !== undefined) return oneOf(situation, to);
  return failed ? failedOnes(situation) : everybody(situation);
}

/** Who asks for a message to be sent again, or to somebody who had left; only of those that have failed it need not be said. */
function personOf({ values: { by } }: Call, { left, again }: Addressees): string {
  if (by !== undefined && /\S/.test(by)) return by.trim();
  const asked = [
    ...again.filter(({ state }) => state !== "failed"),
    ...left.map(({ address }) => ({ address, state: "suppressed" })),
  ];
  if (by === undefined && asked.length === 0) return "tideline send";
  const found = asked.map(({ address, state }) => `${address}, which is ${state}`).join("; ");
  throw new TidelineError("USAGE", "somebody has to answer for a message that is sent all the same", [
    { found: `no name for ${found}`, expected: "--by NAME" },
  ]);
}

/**
 * The issue once it has been checked and nothing, or nobody, holds it back.
 *
 * @throws {TidelineError} `HELD` with what holds it and how it is released
 */
async function requireChecked(
  store: Store,
  issue: KeptIssue,
  now: Desk["now"],
  isRehearsal: boolean,
): Promise<KeptIssue> {
  let checked = issue;
  if (issue.gate === null) {
    // Reading PDFs takes a second to load, for which an issue that was checked when it was made does not wait.
    const { faultsOf } = await import("#src/clearance.ts");
    const findings = await faultsOf(await store.filesOf(issue));
    checked = { ...issue, gate: { checkedAt: now(), findings, released: null } };
    if (!isRehearsal) await store.ledger.noteGate(issue.id, findings, now());
  }
  if (!isHeld(checked)) return checked;
  const name = nameOf(issue);
  throw new TidelineError(
    "HELD",
    `${name} is held; \`tideline release ${name} --by NAME --because REASON\` lets it go`,
    (checked.gate?.findings ?? []).map((expected) => ({ expected })),
  );
}

/** Writes what is to be written, and sends it; the first Ctrl-C lets what is in flight end. */
async function post(
  { around }: Call,
  desk: Desk,
  { id }: KeptIssue,
  addressees: Addressees,
  by: string,
): Promise<readonly Attempt[]> {
  const { ledger } = desk.store;
  const { fresh, again, due } = addressees;
  await ledger.addDeliveries(id, fresh, around.now());
  for (const delivery of await askedFor(ledger, id, addressees))
    await ledger.resendDelivery(delivery.id, by, around.now());
  const wanted = new Set([...fresh, ...again, ...due].map(({ address }) => address.toLowerCase()));
  const pending = await ledger.deliveries({ issue: id, states: ["pending"] });
  const stopping = new AbortController();
  around.onStop(() => stopping.abort());
  const chosen = pending.filter(({ address }) => wanted.has(address.toLowerCase()));
  return sendAll(desk, chosen, { signal: stopping.signal });
}

/** Deliveries that stand as they did when somebody asked for them; what has become of others meanwhile nobody has seen. */
async function askedFor(ledger: Ledger, issue: number, { left, again }: Addressees) {
  const seen = new Map(again.map(({ id, state }) => [id, state]));
  const leavers = new Set(left.map(({ address }) => address.toLowerCase()));
  const refused = await ledger.deliveries({ issue, states: ["failed", "unknown", "suppressed"] });
  return refused.filter(
    ({ id, state, address }) =>
      seen.get(id) === state || (state === "suppressed" && leavers.has(address.toLowerCase())),
  );
}

async function report(
  { values, around }: Call,
  issue: KeptIssue,
  attempts: readonly Attempt[],
  store: Store,
): Promise<number> {
  const waiting = await store.ledger.deliveries({ issue: issue.id, states: ["pending"] });
  const count = (state: string): number => attempts.filter((each) => stateOf(each) === state).length;
  const counts = {
    sent: count("sent"),
    failed: count("failed") + count("suppressed"),
    unknown: count("unknown"),
    waiting: waiting.length,
  };
  const isServer = attempts.some((attempt) => attempt.class === "server");
  if (values.json)
    around.print(
      JSON.stringify({ issue: nameOf(issue), ...counts, attempts: attempts.map(attemptInJson) }, null, 1),
    );
  else {
    for (const attempt of attempts) around.print(attemptInWords(attempt));
    const { sent, failed, unknown } = counts;
    around.print(
      `${nameOf(issue)}: ${sent} sent, ${failed} failed, ${unknown} unknown, ${waiting.length} waiting`,
    );
    if (isServer)
      around.print(
        "the mail server takes nothing from us: mend TIDELINE_SMTP_URL or the server, then send again",
      );
  }
  return counts.failed > 0 || counts.unknown > 0 || isServer ? 1 : 0;
}

/** What an attempt came to; the ledger does not take back what it has given up. */
const stateOf = ({ end, isNoted }: Attempt) => (isNoted ? end.state : "unknown");

function attemptInJson(attempt: Attempt) {
  const { delivery, class: kind, end, isNoted } = attempt;
  return {
    name: delivery.name,
    address: delivery.address,
    language: delivery.locale,
    state: stateOf(attempt),
    class: kind,
    response: end.response,
    nextAt: end.state === "pending" ? isoInstant(end.nextAt) : null,
    isNoted,
  };
}

function attemptInWords(attempt: Attempt): string {
  const { delivery, end, isNoted } = attempt;
  const { name, address, locale } = delivery;
  const [said] = end.response.split("\n");
  const next = !isNoted
    ? "; it came too late for the ledger"
    : end.state === "pending"
      ? `; again from ${isoInstant(end.nextAt)}`
      : "";
  return `${stateOf(attempt).padEnd(10)} ${name} <${address}> ${locale}  ${said}${next}`;
}
