import type { ExpressionBuilder, Kysely } from "kysely";
import type { Instant } from "#src/domain/time.ts";
import { heldIssues } from "#src/store/gate-note.ts";
import type { Queue, Work, WorkKind } from "#src/store/ledger.ts";
import type { Tables } from "#src/store/tables.ts";

/** A piece of work that is due, before the queue has given it a ticket. */
export type Due = Omit<Work, "ticket">;

export const dueSlot = (publication: string, at: Instant): Due => ({
  kind: "slot",
  slot: { publication, at },
  delivery: null,
});

export const dueDelivery = (delivery: number): Due => ({ kind: "delivery", slot: null, delivery });

/** What tells one piece of work from another of its kind. */
export const keyOf = ({ slot, delivery }: Due): string =>
  slot === null ? String(delivery) : `${slot.at} ${slot.publication}`;

/** Slots that may be taken: due, or running with a lease that has ended. */
export const isSlotFree =
  (now: Instant) =>
  ({ and, or, eb }: ExpressionBuilder<Tables, "slot">) =>
    or([
      and([eb("state", "=", "due"), eb("next_at", "<=", now)]),
      and([eb("state", "=", "running"), eb("lease_until", "<=", now)]),
    ]);

/** Deliveries that may be taken: pending, and their issue is not held; of those publications where they are named. */
export const isDeliveryFree =
  (now: Instant, publications?: readonly string[]) =>
  ({ and, eb, selectFrom }: ExpressionBuilder<Tables, "delivery">) =>
    and([
      eb("state", "=", "pending"),
      eb("next_at", "<=", now),
      eb("issue", "not in", heldIssues),
      ...(publications === undefined
        ? []
        : [eb("issue", "in", selectFrom("issue").select("id").where("publication", "in", publications))]),
    ]);

/** What of the work is asked for. */
interface Which {
  readonly limit?: number;
  readonly among?: readonly Due[];
  readonly publications?: readonly string[] | undefined;
}

/** What the ledger says is due, what waits longest first. */
export async function dueWork(
  db: Kysely<Tables>,
  kind: WorkKind,
  now: Instant,
  { limit, among, publications }: Which = {},
): Promise<readonly Due[]> {
  if (kind === "slot") {
    const rows = await db
      .selectFrom("slot")
      .select(["publication", "at"])
      .where(isSlotFree(now))
      .$if(publications !== undefined, (all) => all.where("publication", "in", publications ?? []))
      .$if(among !== undefined, (all) => all.where("at", "in", momentsOf(among)))
      .orderBy("next_at")
      .orderBy("at")
      .orderBy("publication")
      .$if(limit !== undefined, (all) => all.limit(limit ?? 0))
      .execute();
    return rows.map(({ publication, at }) => dueSlot(publication, at));
  }
  const rows = await db
    .selectFrom("delivery")
    .select("id")
    .where(isDeliveryFree(now, publications))
    .$if(among !== undefined, (all) => all.where("id", "in", numbersOf(among)))
    .orderBy("next_at")
    .orderBy("id")
    .$if(limit !== undefined, (all) => all.limit(limit ?? 0))
    .execute();
  return rows.map(({ id }) => dueDelivery(id));
}

const momentsOf = (among: readonly Due[] = []): Instant[] => among.flatMap(({ slot }) => slot?.at ?? []);
const numbersOf = (among: readonly Due[] = []): number[] => among.flatMap(({ delivery }) => delivery ?? []);

/** The ledger as its own queue: what is due is read from it, as often as it is asked for. */
export const ledgerQueue = (db: Kysely<Tables>): Queue => ({
  async take(kind, limit, now, publications) {
    const due = await dueWork(db, kind, now, { limit, publications });
    return due.map((each) => ({ ...each, ticket: keyOf(each) }));
  },
  async done() {},
  async refill() {},
  async [Symbol.asyncDispose]() {},
});
