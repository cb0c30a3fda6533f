import type { Kysely } from "kysely";
import { type Instant, isoInstant } from "#src/domain/time.ts";
import { noteEvents } from "#src/store/deliveries.ts";
import type { Tables } from "#src/store/tables.ts";

/** What was open in a backup and is a person's to decide, since nobody can know whether it was done after it. */
export interface LeftOpen {
  /** Deliveries that waited: they are `unknown`. */
  readonly deliveries: number;
  /** Slots that waited: they are skipped. */
  readonly slots: number;
}

/**
 * Ends what a backup holds as still to do, and takes the slots up to now as seen: between the backup and its restoring it
 * may all have been made and mailed, and a second mail cannot be taken back.
 */
export async function leaveOpen(trx: Kysely<Tables>, now: Instant): Promise<LeftOpen> {
  const reason = `restored from a backup at ${isoInstant(now)}: it may have been done since the backup was made`;
  const deliveries = await trx
    .updateTable("delivery")
    .set({ state: "unknown", response: reason, owner: null, lease_until: null, updated_at: now })
    .where("state", "in", ["pending", "sending"])
    .returning("id")
    .execute();
  const notes = deliveries.map(({ id }) => ({ delivery: id, state: "unknown", detail: reason }) as const);
  await noteEvents(trx, notes, now);
  const slots = await trx
    .updateTable("slot")
    .set({ state: "skipped", reason, owner: null, lease_until: null, ended_at: now })
    .where("state", "in", ["due", "running"])
    .returning("at")
    .execute();
  await trx.updateTable("planner").set({ seen_until: now }).where("seen_until", "<", now).execute();
  return { deliveries: deliveries.length, slots: slots.length };
}
