import { describe, expect, it } from "vitest";
import { newFile, opened } from "#tests/store/fill.ts";
import { engines } from "#tests/store/places.ts";
import { deliveryOf, issueOf } from "#tests/store/rows.ts";

const moment = Date.parse("2026-02-16T08:00:00Z");
const friday = Date.parse("2026-02-13T23:00:00Z");

describe.each(engines)("what was still to do in a backup restored on %s", (_, place) => {
  it.skipIf(place === null)(
    "is done by nobody until a person asks for it, and what is done stays so",
    async () => {
      await using store = await opened(place);
      const { ledger } = store;
      const { id: issue } = await store.keepIssue(issueOf("2026-02-13", "one"));
      const names = ["ada", "bob", "cai"];
      await ledger.addDeliveries(
        issue,
        names.map((name) => deliveryOf(name)),
        friday,
      );
      const [ada, bob] = await ledger.deliveries();
      await ledger.takeDelivery(ada?.id ?? 0, "me", friday, 100);
      await ledger.endDelivery(ada?.id ?? 0, "me", { state: "sent", response: "250 ok" }, friday);
      await ledger.takeDelivery(bob?.id ?? 0, "me", friday, 100);
      const slots = [1, 2, 3].map((n) => ({
        at: friday - n,
        asOf: `2026-02-0${n}`,
        state: "due" as const,
        reason: null,
      }));
      await ledger.planSlots("weekly", friday, () => ({ seenUntil: friday, slots }));
      const taken = await ledger.takeSlot("weekly", friday - 1, "me", friday, 100);
      await ledger.takeSlot("weekly", friday - 2, "me", friday, 100);
      if (taken === null) throw new Error("not taken");
      await ledger.endSlot(taken, "me", { state: "made", reason: null }, friday);
      const file = newFile();
      await store.backup(file);

      await using other = await opened(place);
      expect((await other.restore(file, moment)).left).toEqual({ deliveries: 2, slots: 2 });
      const states = (await other.ledger.deliveries()).map(({ address, state }) => [address, state]);
      expect(states).toEqual([
        ["ada@example.com", "sent"],
        ["bob@example.com", "unknown"],
        ["cai@example.com", "unknown"],
      ]);
      expect((await other.ledger.slots()).map(({ asOf, state }) => [asOf, state])).toEqual([
        ["2026-02-01", "made"],
        ["2026-02-02", "skipped"],
        ["2026-02-03", "skipped"],
      ]);
      expect((await other.ledger.eventsOf(bob?.id ?? 0)).at(-1)).toMatchObject({
        state: "unknown",
        detail: expect.stringContaining("restored from a backup at 2026-02-16T08:00:00Z"),
      });
      // Nobody takes them, and the planner does not look back to what may have been made since.
      await using queue = await other.queue();
      await queue.refill(moment + 1000);
      expect(await queue.take("delivery", 9, moment + 1000)).toEqual([]);
      expect(await queue.take("slot", 9, moment + 1000)).toEqual([]);
      await other.ledger.planSlots("weekly", moment + 1, ({ seenUntil }) => {
        expect(seenUntil).toBe(moment);
        return { seenUntil: moment + 1, slots: [] };
      });
      // Liveness: the store that was backed up goes on with what it had to do.
      await ledger.sweepDeliveries(moment);
      await using its = await store.queue();
      await its.refill(moment);
      expect((await its.take("delivery", 9, moment)).length).toBeGreaterThan(0);
      // A person may ask for what was left.
      expect(await other.ledger.resendDelivery(bob?.id ?? 0, "Dee", moment + 2)).toBe(true);
    },
  );
});
