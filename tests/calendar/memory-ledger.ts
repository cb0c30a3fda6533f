import { expect } from "vitest";
import { type NotedSlot, type Scheduled, slotPlanner } from "#src/calendar/plan.ts";
import type { ExchangeCalendar } from "#src/domain/calendar.ts";
import type { Instant } from "#src/domain/time.ts";

/** A slot with all that happened to it. */
export interface Entry extends NotedSlot {
  state: NotedSlot["state"];
  reason: string | null;
  /** When its issue was made, by the clock; more than one is what must not be. */
  readonly made: Instant[];
  /** The looks that entered it, by their number. */
  readonly entered: number[];
}

/** A ledger of one publication, a scheduler and a worker: what `serve` does, on a clock that the test sets. */
export function memoryLedger(publication: Scheduled, calendar: ExchangeCalendar) {
  const entries: Entry[] = [];
  const byMoment = new Map<Instant, Entry>();
  const due = new Set<Entry>();
  let seenUntil: Instant | null = null;
  let looks = 0;
  const enter = (entry: Entry) => {
    entries.push(entry);
    byMoment.set(entry.at, entry);
    if (entry.state === "due") due.add(entry);
  };
  return {
    entries: () => entries.toSorted((a, b) => a.at - b.at),
    noted: () => ({ seenUntil, slots: entries }),
    /** One tick: what is decided is entered. */
    look(now: Instant): void {
      looks += 1;
      const plan = slotPlanner(publication, calendar, now)({ seenUntil, slots: entries });
      for (const { at, asOf, state, reason } of plan.slots) {
        if (at > now || (state === "skipped") !== (reason !== null))
          throw new RangeError(`${asOf} ${state} ${reason}`);
        const known = byMoment.get(at);
        if (known === undefined) {
          enter({ at, asOf, state, reason, made: [], entered: [looks] });
          continue;
        }
        // What was made, held or failed is never touched again.
        expect([`${known.state} to ${state}`]).toEqual([
          known.state === "due" ? "due to skipped" : "skipped to due",
        ]);
        Object.assign(known, { state, reason });
        known.entered.push(looks);
        if (state === "due") due.add(known);
      }
      seenUntil = plan.seenUntil;
    },
    /** Makes what is due. */
    work(now: Instant): void {
      for (const entry of due) {
        if (entry.state !== "due" || entry.at > now) continue;
        due.delete(entry);
        entry.state = "made";
        entry.made.push(now);
      }
    },
  };
}
