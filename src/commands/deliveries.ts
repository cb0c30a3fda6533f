import type { Call } from "#src/commands/call.ts";
import { issueNamed } from "#src/commands/issue-name.ts";
import { storeOf, workspaceOf } from "#src/commands/job.ts";
import { inColumns } from "#src/commands/table.ts";
import { TidelineError } from "#src/domain/errors.ts";
import { isoInstant } from "#src/domain/time.ts";
import type { DeliveryEvent, KeptDelivery } from "#src/store/ledger.ts";
import { nameOf, type Store } from "#src/store/store.ts";

/** `tideline deliveries`: to whom issues were mailed, where each stands, and what the servers said. */
export async function deliveries(call: Call): Promise<number> {
  const { values, words, around } = call;
  const workspace = await workspaceOf(call);
  await using store = await storeOf(call, workspace);
  const [word] = words;
  const issue = word === undefined ? undefined : (await issueNamed(store, word)).id;
  const { to } = values;
  const found = await store.ledger.deliveries({
    ...(issue === undefined ? {} : { issue }),
    ...(to === undefined ? {} : { address: to }),
  });
  if (to !== undefined && found.length === 0) throw noneTo(to);
  const names = await namesOf(store, found);
  const rows: Row[] = [];
  for (const delivery of found) {
    const events = to === undefined ? null : await store.ledger.eventsOf(delivery.id);
    rows.push({ issue: names.get(delivery.issue) ?? "", delivery, events });
  }
  if (values.json) around.print(JSON.stringify(rows.map(inJson), null, 1));
  else for (const line of inWords(rows)) around.print(line);
  return 0;
}

interface Row {
  readonly issue: string;
  readonly delivery: KeptDelivery;
  /** `null` where they were not asked for. */
  readonly events: readonly DeliveryEvent[] | null;
}

const noneTo = (address: string): TidelineError =>
  new TidelineError("USAGE", "nothing was mailed to that address", [
    { found: address, expected: "an address that `tideline deliveries` shows" },
  ]);

async function namesOf(store: Store, found: readonly KeptDelivery[]): Promise<ReadonlyMap<number, string>> {
  const names = new Map<number, string>();
  for (const { issue } of found) {
    if (names.has(issue)) continue;
    const kept = await store.issueById(issue);
    names.set(issue, kept === null ? "" : nameOf(kept));
  }
  return names;
}

/** Without the token: who has it can unsubscribe the recipient. */
const inJson = ({ issue, delivery, events }: Row) => ({
  issue,
  name: delivery.name,
  address: delivery.address,
  language: delivery.locale,
  state: delivery.state,
  attempts: delivery.attempts,
  nextAt: nextOf(delivery),
  response: delivery.response,
  updatedAt: isoInstant(delivery.updatedAt),
  messageId: delivery.messageId,
  ...(events === null
    ? {}
    : { events: events.map(({ at, ...event }) => ({ at: isoInstant(at), ...event })) }),
});

const nextOf = ({ state, nextAt }: KeptDelivery): string | null =>
  state === "pending" ? isoInstant(nextAt) : null;

function inWords(rows: readonly Row[]): readonly string[] {
  if (rows.length === 0)
    return ["nothing was mailed yet: `tideline serve` mails what it makes, `tideline send ISSUE` by hand"];
  const cells = rows.map(({ issue, delivery }) => [
    issue,
    delivery.address,
    delivery.locale,
    delivery.state,
    String(delivery.attempts),
    nextOf(delivery) ?? "",
    firstLine(delivery.response),
  ]);
  const head = ["issue", "recipient", "language", "state", "tries", "next try", "last answer"];
  const lines = inColumns([head, ...cells]);
  return lines.flatMap((line, i) => [line, ...eventsInWords(rows[i - 1]?.events ?? [])]);
}

const eventsInWords = (events: readonly DeliveryEvent[]): readonly string[] =>
  events.map(({ at, state, detail }) =>
    `  ${isoInstant(at)}  ${state.padEnd(10)}  ${firstLine(detail)}`.trimEnd(),
  );

const firstLine = (text: string | null): string => (text ?? "").split("\n")[0] ?? "";
