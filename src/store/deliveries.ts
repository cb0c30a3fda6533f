import { type Kysely, sql } from "kysely";
import type { DeliveryState } from "#src/domain/mail.ts";
import type { Instant } from "#src/domain/time.ts";
import type { Engine } from "#src/store/engine.ts";
import type { DeliveryEvent, DeliveryToWrite, KeptDelivery, Ledger } from "#src/store/ledger.ts";
import { dueDelivery } from "#src/store/queue.ts";
import type { Tables } from "#src/store/tables.ts";

/** Rows that one statement carries: each has sixteen values, and SQLite has room for some thirty thousand. */
const rowsAtOnce = 1000;

/** One inbox, however its address is written. */
export const inbox = (address: string): string => address.toLowerCase();

type DeliveryRow = Omit<Tables["delivery"], "id"> & { readonly id: number };

export const keptDelivery = (row: DeliveryRow): KeptDelivery => ({
  id: row.id,
  issue: row.issue,
  locale: row.locale,
  name: row.name,
  address: row.address,
  messageId: row.message_id,
  token: row.token,
  state: row.state,
  attempts: row.attempts,
  nextAt: row.next_at,
  owner: row.owner,
  leaseUntil: row.lease_until,
  dataAt: row.data_at,
  response: row.response,
  updatedAt: row.updated_at,
});

export interface Note {
  readonly delivery: number;
  readonly state: DeliveryState;
  readonly detail: string | null;
}

/** Notes what has happened to deliveries. */
export async function noteEvents(trx: Kysely<Tables>, notes: readonly Note[], at: Instant): Promise<void> {
  for (let i = 0; i < notes.length; i += rowsAtOnce) {
    const some = notes.slice(i, i + rowsAtOnce).map((note) => ({ ...note, at }));
    await trx.insertInto("delivery_event").values(some).execute();
  }
}

/**
 * Writes the deliveries of an issue that it does not have yet, in a transaction that is alone among writers.
 *
 * @returns how many are new
 */
export async function writeDeliveries(
  engine: Engine,
  trx: Kysely<Tables>,
  issue: number,
  deliveries: readonly DeliveryToWrite[],
  now: Instant,
): Promise<number> {
  const reasons = await reasonsOf(trx, issue);
  const there = await trx.selectFrom("delivery").select("address").where("issue", "=", issue).execute();
  const inboxes = new Set(there.map(({ address }) => inbox(address)));
  const rows = deliveries.flatMap(({ locale, name, address, messageId, token }) => {
    if (inboxes.has(inbox(address))) return [];
    inboxes.add(inbox(address));
    const response = reasons.get(inbox(address)) ?? null;
    const state: DeliveryState = response === null ? "pending" : "suppressed";
    const written = { issue, locale, name, address, message_id: messageId, token, state, response };
    return [{ ...written, ...untried, next_at: now, updated_at: now }];
  });
  for (let i = 0; i < rows.length; i += rowsAtOnce) {
    const added = await trx
      .insertInto("delivery")
      .values(rows.slice(i, i + rowsAtOnce))
      .returning(["id", "state", "response"])
      .execute();
    const notes = added.map(({ id, state, response }) => ({ delivery: id, state, detail: response }));
    await noteEvents(trx, notes, now);
    const pending = added.filter(({ state }) => state === "pending");
    await engine.announce(
      trx,
      pending.map(({ id }) => dueDelivery(id)),
    );
  }
  return rows.length;
}

const untried = { attempts: 0, owner: null, lease_until: null, data_at: null, asked_at: null };

/** Why addresses get no issues of this one's publication. */
async function reasonsOf(trx: Kysely<Tables>, issue: number): Promise<ReadonlyMap<string, string>> {
  const rows = await trx
    .selectFrom("suppression")
    .innerJoin("issue", "issue.publication", "suppression.publication")
    .select(["address", "reason"])
    .where("issue.id", "=", issue)
    .where("lifted_at", "is", null)
    .execute();
  return new Map(rows.map(({ address, reason }) => [address, reason]));
}

/** Writes deliveries of an issue; returns how many are new. */
export const addDeliveries = (
  engine: Engine,
  issue: number,
  deliveries: readonly DeliveryToWrite[],
  now: Instant,
): Promise<number> => engine.write((trx) => writeDeliveries(engine, trx, issue, deliveries, now));

/** Deliveries, the newest issue first, then by address. */
export async function deliveries(
  db: Kysely<Tables>,
  of: Parameters<Ledger["deliveries"]>[0] = {},
): Promise<readonly KeptDelivery[]> {
  const { issue, address, states, limit } = of;
  const rows = await db
    .selectFrom("delivery")
    .selectAll()
    .$if(issue !== undefined, (all) => all.where("issue", "=", issue ?? 0))
    .$if(address !== undefined, (all) => all.where(sql`lower(address)`, "=", inbox(address ?? "")))
    .$if(states !== undefined, (all) => all.where("state", "in", states ?? []))
    .orderBy("issue", "desc")
    .orderBy("address")
    .$if(limit !== undefined, (all) => all.limit(limit ?? 0))
    .execute();
  return rows.map(keptDelivery);
}

/** The delivery of that number. */
export async function deliveryById(db: Kysely<Tables>, id: number): Promise<KeptDelivery | null> {
  const row = await db.selectFrom("delivery").selectAll().where("id", "=", id).executeTakeFirst();
  return row === undefined ? null : keptDelivery(row);
}

/** The delivery whose links carry that token. */
export async function deliveryByToken(db: Kysely<Tables>, token: string): Promise<KeptDelivery | null> {
  const row = await db.selectFrom("delivery").selectAll().where("token", "=", token).executeTakeFirst();
  return row === undefined ? null : keptDelivery(row);
}

/** What has happened to a delivery, in order. */
export const eventsOf = (db: Kysely<Tables>, delivery: number): Promise<readonly DeliveryEvent[]> =>
  db
    .selectFrom("delivery_event")
    .select(["at", "state", "detail"])
    .where("delivery", "=", delivery)
    .orderBy("id")
    .execute();
