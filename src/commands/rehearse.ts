import type { Call } from "#src/commands/call.ts";
import type { MailMeans } from "#src/commands/mail-means.ts";
import { type Addressees, leftOutInWords, type Situation } from "#src/deliver/addressees.ts";
import { leftOut } from "#src/deliver/audience.ts";
import { composeFor } from "#src/deliver/deliver.ts";
import { isoInstant } from "#src/domain/time.ts";
import type { KeptDelivery } from "#src/store/ledger.ts";
import { nameOf } from "#src/store/store.ts";

/** Says to whom an issue would be sent and what each would get, and who would get nothing and why; writes and sends nothing. */
export async function rehearse(
  { values, around }: Call,
  means: MailMeans,
  situation: Situation,
  { fresh, left, again, due }: Addressees,
): Promise<number> {
  const { issue, now, suppressed } = situation;
  const messages = [];
  const wanted = fresh.filter(
    (each) => left.includes(each) || !suppressed.includes(each.address.toLowerCase()),
  );
  for (const delivery of [...wanted, ...again, ...due]) {
    const { name, address, locale } = delivery;
    const { subject, bytes } = await composeFor(means, issue, delivery, now);
    messages.push({ name, address, language: locale, subject, bytes: bytes.length });
  }
  const others = othersOf(situation, new Set(messages.map(({ address }) => address.toLowerCase())));
  if (values.json) {
    around.print(JSON.stringify({ issue: nameOf(issue), messages, others }, null, 1));
    return 0;
  }
  for (const { name, address, language, subject, bytes } of messages)
    around.print(`would go   ${name} <${address}> ${language}  ${Math.ceil(bytes / 1000)} kB  ${subject}`);
  for (const { name, address, reason } of others) around.print(`would not  ${name} <${address}>  ${reason}`);
  around.print(`${nameOf(issue)}: ${messages.length} messages; nothing was sent or written`);
  return 0;
}

function othersOf(
  { issue, recipients, publication, suppressed, kept }: Situation,
  chosen: ReadonlySet<string>,
) {
  const written = kept
    .filter(({ address }) => !chosen.has(address.toLowerCase()))
    .map((each) => ({ name: each.name, address: each.address, reason: standing(each) }));
  const known = new Set([...chosen, ...written.map(({ address }) => address.toLowerCase())]);
  const unwritten = recipients.flatMap((recipient) => {
    const { name, address } = recipient;
    if (known.has(address.toLowerCase())) return [];
    const left = leftOut(recipient, publication, issue.asOf);
    const isSuppressed = suppressed.includes(address.toLowerCase());
    const reason =
      left !== null
        ? leftOutInWords[left]
        : isSuppressed
          ? "they have unsubscribed, or their server has refused them twice"
          : "not asked for";
    return [{ name, address, reason }];
  });
  return [...written, ...unwritten];
}

const standing = ({ state, updatedAt, nextAt }: KeptDelivery): string =>
  state === "pending" ? `waits until ${isoInstant(nextAt)}` : `${state} since ${isoInstant(updatedAt)}`;
