import type { Instant } from "#src/domain/time.ts";
import type { Engine } from "#src/store/engine.ts";
import type { AlertToRaise, KeptAlert } from "#src/store/ledger.ts";

/** Raises an alert, once for each key. */
export const raise = (
  engine: Engine,
  { key, kind, subject, text, channels }: AlertToRaise,
  now: Instant,
): Promise<boolean> =>
  engine.write(async (trx) => {
    const alert = await trx
      .insertInto("alert")
      .values({ key, kind, subject, text, raised_at: now })
      .onConflict((conflict) => conflict.column("key").doNothing())
      .returning("id")
      .executeTakeFirst();
    if (alert === undefined) return false;
    const unsent = {
      attempts: 0,
      next_at: now,
      owner: null,
      lease_until: null,
      response: null,
      sent_at: null,
    };
    const rows = [...new Set(channels)].map((channel) => ({ alert: alert.id, channel, ...unsent }));
    if (rows.length > 0) await trx.insertInto("alert_channel").values(rows).execute();
    return true;
  });

/** Takes what has not reached its channel, whose time has come and which nobody holds. */
export const takeAlerts = (
  engine: Engine,
  owner: string,
  now: Instant,
  leaseMs: number,
): Promise<readonly KeptAlert[]> =>
  engine.write(async (trx) => {
    const taken = await trx
      .updateTable("alert_channel")
      .set(({ eb }) => ({ owner, lease_until: now + leaseMs, attempts: eb("attempts", "+", 1) }))
      .where("sent_at", "is", null)
      .where("next_at", "<=", now)
      .where(({ eb, or }) => or([eb("lease_until", "is", null), eb("lease_until", "<=", now)]))
      .returning(["alert", "channel", "attempts"])
      .execute();
    if (taken.length === 0) return [];
    const ids = [...new Set(taken.map(({ alert }) => alert))];
    const rows = await trx.selectFrom("alert").selectAll().where("id", "in", ids).orderBy("id").execute();
    return rows.flatMap(({ raised_at, ...alert }) =>
      taken
        .filter((each) => each.alert === alert.id)
        .map(({ channel, attempts }) => ({ ...alert, channel, raisedAt: raised_at, attempts })),
    );
  });

/** Ends an attempt to reach a channel, where the owner still holds it. */
export const endAlert = async (
  { db }: Engine,
  id: number,
  channel: string,
  owner: string,
  end: { readonly sent: true } | { readonly nextAt: Instant; readonly response: string },
  now: Instant,
): Promise<void> => {
  const change =
    "sent" in end ? { sent_at: now, response: null } : { next_at: end.nextAt, response: end.response };
  await db.transaction().execute((trx) =>
    trx
      .updateTable("alert_channel")
      .set({ ...change, owner: null, lease_until: null })
      .where("alert", "=", id)
      .where("channel", "=", channel)
      .where("owner", "=", owner)
      .execute(),
  );
};
