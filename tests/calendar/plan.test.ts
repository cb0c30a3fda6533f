import { describe, expect, it } from "vitest";
import { type Noted, overdue, type Scheduled, slotPlanner } from "#src/calendar/plan.ts";
import type { Schedule } from "#src/domain/schedule.ts";
import { isoInstant } from "#src/domain/time.ts";
import { exchange } from "#tests/calendar/cases.ts";

const nyse = exchange("NYSE");
const weekly = (policy: Partial<Schedule> = {}): Scheduled => ({
  slots: { kind: "week" },
  offsetMinutes: 120,
  schedule: { deadlineMinutes: 360, late: "hold", catchUp: "latest", ...policy },
});
const at = (text: string): number => Date.parse(text);

/** The slots of four weeks of New York, of which the second ends on Thursday. */
const fridays = ["2026-03-27T22:00Z", "2026-04-02T22:00Z", "2026-04-10T22:00Z", "2026-04-17T22:00Z"].map(at);
const [march27 = 0, april2 = 0, april10 = 0, april17 = 0] = fridays;
const days = ["2026-03-27", "2026-04-02", "2026-04-10", "2026-04-17"];
const slot = (i: number, state: Noted["slots"][number]["state"]) => ({
  at: fridays[i] ?? 0,
  asOf: days[i] ?? "",
  state,
});

function plan(publication: Scheduled, seenUntil: number | null, now: number, slots: Noted["slots"] = []) {
  const { seenUntil: seen, slots: planned } = slotPlanner(publication, nyse, now)({ seenUntil, slots });
  return [
    isoInstant(seen).slice(0, 16),
    ...planned.map(({ asOf, state, reason }) => `${asOf} ${state} ${reason}`),
  ];
}

describe("slotPlanner", () => {
  it("looks from now on the first time: nothing of the past is made", () => {
    expect(plan(weekly({ catchUp: "all", late: "make" }), null, april17)).toEqual(["2026-04-17T22:00"]);
  });

  it("enters a slot when it comes, and not a millisecond before", () => {
    expect(plan(weekly(), march27, april2 - 1)).toEqual(["2026-04-02T21:59"]);
    expect(plan(weekly(), april2 - 1, april2)).toEqual(["2026-04-02T22:00", "2026-04-02 due null"]);
    expect(plan(weekly(), april2, april2 + 1)).toEqual(["2026-04-02T22:00"]);
  });

  it("makes the latest of several that were missed, and names the others", () => {
    expect(plan(weekly(), march27, april17 + 60_000)).toEqual([
      "2026-04-17T22:01",
      "2026-04-02 skipped superseded: the issue of 2026-04-17 is made instead",
      "2026-04-10 skipped superseded: the issue of 2026-04-17 is made instead",
      "2026-04-17 due null",
    ]);
  });

  it("makes all where it is told to, late or not", () => {
    expect(plan(weekly({ catchUp: "all" }), march27, april17 + 60_000)).toEqual([
      "2026-04-17T22:01",
      "2026-04-02 due null",
      "2026-04-10 due null",
      "2026-04-17 due null",
    ]);
  });

  it("skips what is past its deadline where the schedule says so; at the deadline it is in time", () => {
    const deadline = april2 + 360 * 60_000;
    expect(plan(weekly({ late: "skip" }), march27, deadline)[1]).toBe("2026-04-02 due null");
    expect(plan(weekly({ late: "skip" }), march27, deadline + 1)[1]).toBe(
      "2026-04-02 skipped late: its deadline was 2026-04-03T04:00:00Z",
    );
    for (const late of ["make", "hold"] as const)
      expect(plan(weekly({ late }), march27, deadline + 1)[1]).toBe("2026-04-02 due null");
  });

  it("lets an older slot that is still due past its deadline give way", () => {
    expect(plan(weekly(), april2, april10, [slot(1, "due")])).toEqual([
      "2026-04-10T22:00",
      "2026-04-02 skipped superseded: the issue of 2026-04-10 is made instead",
      "2026-04-10 due null",
    ]);
    expect(plan(weekly({ catchUp: "all" }), april2, april10, [slot(1, "due")])).toHaveLength(2);
    expect(plan(weekly({ deadlineMinutes: 60 * 24 * 30 }), april2, april10, [slot(1, "due")])).toHaveLength(
      2,
    );
    expect(plan(weekly(), april2, april10, [slot(1, "running")])).toHaveLength(2);
  });

  it("does nothing about a clock that is put back by seconds", () => {
    expect(plan(weekly(), april2 + 3000, april2 - 4000)).toEqual(["2026-04-02T22:00"]);
    expect(plan(weekly(), april2 + 3000, april2 + 4000)).toEqual(["2026-04-02T22:00"]);
  });

  it("looks again from now on when the clock was ahead, and plans again what it had skipped", () => {
    const ahead = [slot(1, "skipped"), slot(2, "made"), slot(3, "skipped")];
    expect(plan(weekly(), april17 + 1, march27 + 60_000, ahead)).toEqual(["2026-03-27T22:01"]);
    expect(plan(weekly(), march27 + 60_000, april2, ahead)).toEqual([
      "2026-04-02T22:00",
      "2026-04-02 due null",
    ]);
    // What was made is not made again; what gives way all the same stays as it was entered.
    expect(plan(weekly(), april2, april10, ahead)).toEqual(["2026-04-10T22:00"]);
    expect(plan(weekly(), march27, april10 + 1, ahead)).toEqual(["2026-04-10T22:00"]);
  });

  it("enters nothing before the last look when the rule changes, and keeps what was entered", () => {
    const daily: Scheduled = { ...weekly(), slots: { kind: "session" } };
    expect(plan(daily, april2 + 60_000, at("2026-04-06T22:00Z"), [slot(1, "made")])).toEqual([
      "2026-04-06T22:00",
      "2026-04-06 due null",
    ]);
  });

  it("enters what a calendar knows before it tells that it ends", () => {
    if (nyse.table === null) throw new RangeError("no table");
    const ending = { ...nyse, table: { ...nyse.table, validUntil: "2026-04-10" } };
    const first = slotPlanner(weekly({ catchUp: "all" }), ending, april17)({ seenUntil: march27, slots: [] });
    expect(first.slots.map(({ asOf }) => asOf)).toEqual(["2026-04-02", "2026-04-10"]);
    expect(first.seenUntil).toBe(april10);
    expect(() => slotPlanner(weekly(), ending, april17)({ ...first, slots: [] })).toThrow(
      expect.objectContaining({ code: "CALENDAR_ENDS" }),
    );
    // Until the next session could have closed there is nothing to tell.
    const sunday = at("2026-04-12T12:00Z");
    expect(slotPlanner(weekly(), ending, sunday)({ ...first, slots: [] }).seenUntil).toBe(sunday);
  });
});

describe("overdue", () => {
  const deadline = april2 + 360 * 60_000;
  const of = (noted: Noted, now: number) =>
    overdue(weekly(), nyse, noted, now).map(({ asOf, state, since }) => [asOf, state, isoInstant(since)]);

  it("are slots past their deadline without an end", () => {
    for (const state of ["due", "running"] as const) {
      const noted = { seenUntil: april2, slots: [slot(1, state)] };
      expect(of(noted, deadline)).toEqual([]);
      expect(of(noted, deadline + 1)).toEqual([["2026-04-02", state, "2026-04-03T04:00:00Z"]]);
    }
    for (const state of ["made", "held", "failed", "skipped"] as const)
      expect(of({ seenUntil: april2, slots: [slot(1, state)] }, deadline + 1)).toEqual([]);
  });

  it("are also slots that nobody has entered since the last look", () => {
    expect(of({ seenUntil: march27, slots: [] }, deadline)).toEqual([]);
    expect(of({ seenUntil: march27, slots: [] }, deadline + 1)).toEqual([
      ["2026-04-02", null, "2026-04-03T04:00:00Z"],
    ]);
    // Where the last look is not known, since the newest slot; where none is known, nothing is expected yet.
    expect(of({ seenUntil: null, slots: [slot(0, "made")] }, deadline + 1)).toHaveLength(1);
    expect(of({ seenUntil: null, slots: [] }, deadline + 1)).toEqual([]);
  });

  it("come in order, with what is known before a calendar ends", () => {
    if (nyse.table === null) throw new RangeError("no table");
    const ending = { ...nyse, table: { ...nyse.table, validUntil: "2026-04-10" } };
    const late = overdue(weekly(), ending, { seenUntil: april2, slots: [slot(1, "due")] }, april17);
    expect(late.map(({ asOf }) => asOf)).toEqual(["2026-04-02", "2026-04-10"]);
    expect(() => overdue(weekly(), ending, { seenUntil: april10, slots: [] }, april17)).toThrow(
      expect.objectContaining({ code: "CALENDAR_ENDS" }),
    );
  });
});
