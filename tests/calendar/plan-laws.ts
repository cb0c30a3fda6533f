import * as fc from "fast-check";
import { expect } from "vitest";
import { isLate, type Scheduled } from "#src/calendar/plan.ts";
import { slotsBetween } from "#src/calendar/slots.ts";
import type { ExchangeCalendar } from "#src/domain/calendar.ts";
import type { Instant } from "#src/domain/time.ts";
import { anyExchange, anyScheduled } from "#tests/calendar/cases.ts";
import { type Entry, memoryLedger } from "#tests/calendar/memory-ledger.ts";

/*
 * What must hold of the planner, whatever happens to the process and to the clock; with how many cases is said by the test.
 */

const [hour, day] = [3_600_000, 86_400_000];
const years = 5 * 366 * day;

/** Five years that begin anywhere in the tables of the exchanges. */
const anyStart = fc.integer({ min: Date.UTC(2015, 0, 5), max: Date.UTC(2021, 0, 1) });

/** Hours between two looks, over and over. */
const steps = fc.array(fc.integer({ min: 1, max: 20 * hour }), { minLength: 20, maxLength: 60 });

/** When the process is off: after how many days of running, and for how many. */
const stops = fc.array(fc.tuple(fc.integer({ min: 1, max: 120 }), fc.integer({ min: 1, max: 40 })), {
  minLength: 5,
  maxLength: 15,
});

/** Moments of looking, in order, with the spans left out in which the process is off. */
function* looks(start: Instant, between: readonly number[], off: readonly (readonly [number, number])[]) {
  const end = start + years;
  let at = start;
  let stop = start;
  for (let i = 0, k = 0; at < end; i += 1) {
    yield at;
    at += between[i % between.length] ?? day;
    const [runs, rests] = off[k % off.length] ?? [0, 0];
    if (off.length === 0 || at < stop + runs * day) continue;
    at += rests * day;
    stop = at;
    k += 1;
  }
}

function run(publication: Scheduled, calendar: ExchangeCalendar, moments: Iterable<Instant>, isLazy = false) {
  const ledger = memoryLedger(publication, calendar);
  let [first, last, n] = [null as Instant | null, 0, 0];
  let seen: Instant | null = null;
  const lookedAt: Instant[] = [];
  for (const now of moments) {
    ledger.look(now);
    const { seenUntil } = ledger.noted();
    if (seenUntil === null || seenUntil < (seen ?? now)) throw new RangeError("the planner looks back");
    seen = seenUntil;
    n += 1;
    if (!isLazy || n % 3 === 0) ledger.work(now);
    first ??= now;
    last = now;
    lookedAt.push(now);
  }
  return { ledger, lookedAt, expected: slotsBetween(publication, calendar, first ?? 0, last) };
}

/** Made once, or skipped with a reason. */
const isEnded = ({ state, made, reason }: Entry): boolean =>
  state === "made"
    ? made.length === 1 && reason === null
    : state === "skipped" && made.length === 0 && !!reason;

/** A law of any schedule, on any exchange, looked at from any moment on, with any steps and stops between the looks. */
const inAnyMarket = (
  law: (
    publication: Scheduled,
    calendar: ExchangeCalendar,
    start: Instant,
    between: readonly number[],
    off: readonly (readonly [number, number])[],
  ) => void,
) => fc.property(anyScheduled, anyExchange, anyStart, steps, stops, law);

/** Each slot is entered once, at the first look after it, and is then made or skipped with a reason. */
export function everySlotOnce(numRuns: number): void {
  const property = inAnyMarket((publication, calendar, start, between, off) => {
    const { ledger, lookedAt, expected } = run(publication, calendar, looks(start, between, off));
    const entries = ledger.entries();
    expect(entries.map(({ at, asOf }) => ({ at, asOf }))).toEqual(expected);
    let look = 0;
    const { late, catchUp } = publication.schedule;
    const due = entries.map(({ at, asOf }, i) => {
      while ((lookedAt[look] ?? Number.POSITIVE_INFINITY) < at) look += 1;
      const now = lookedAt[look] ?? 0;
      const isSkipped =
        (late === "skip" && isLate(publication.schedule, { at }, now)) ||
        (catchUp === "latest" && (expected[i + 1]?.at ?? Number.POSITIVE_INFINITY) <= now);
      return { at, asOf, entered: [look + 1], made: isSkipped ? [] : [now] };
    });
    expect(entries.map(({ at, asOf, entered, made }) => ({ at, asOf, entered, made }))).toEqual(due);
    expect(entries.every(({ state, made }) => state === (made.length === 0 ? "skipped" : "made"))).toBe(true);
  });
  fc.assert(property, { numRuns });
}

/** A worker that lags behind makes no slot twice and leaves none without an end. */
export function everySlotEnds(numRuns: number): void {
  const property = inAnyMarket((publication, calendar, start, between, off) => {
    const { ledger, lookedAt, expected } = run(publication, calendar, looks(start, between, off), true);
    ledger.work(lookedAt.at(-1) ?? 0);
    const entries = ledger.entries();
    expect(entries.map(({ at }) => at)).toEqual(expected.map(({ at }) => at));
    expect(entries.filter((entry) => !isEnded(entry))).toEqual([]);
  });
  fc.assert(property, { numRuns });
}

/** Without a stop every slot is due at the first look after it; told to make all, none is skipped whatever stops. */
export function nothingIsLeftOut(numRuns: number): void {
  const makesAll = { deadlineMinutes: 60, late: "make", catchUp: "all" } as const;
  const property = inAnyMarket((publication, calendar, start, between, off) => {
    const small = between.map((ms) => Math.min(ms, 16 * hour));
    const patient = { ...publication, schedule: { ...publication.schedule, deadlineMinutes: 1440 } };
    const steady = run(patient, calendar, looks(start, small, []));
    expect(steady.expected.length).toBeGreaterThan(50);
    expect(steady.ledger.entries().map(({ at, state }) => [at, state])).toEqual(
      steady.expected.map(({ at }) => [at, "made"]),
    );
    const stopped = run({ ...publication, schedule: makesAll }, calendar, looks(start, between, off));
    expect(stopped.ledger.entries().map(({ at, state }) => [at, state])).toEqual(
      stopped.expected.map(({ at }) => [at, "made"]),
    );
  });
  fc.assert(property, { numRuns });
}

/** For how many days the clock is right, and then how long and by how many hours it is wrong. */
const jumps = fc.array(
  fc.record({
    right: fc.integer({ min: 1, max: 60 }),
    wrong: fc.integer({ min: 1, max: 20 }),
    by: fc.integer({ min: -60 * 24, max: 60 * 24 }),
  }),
  { minLength: 3, maxLength: 8 },
);

/** Looks and works four times a day by a clock that is wrong at times, and then is right for sixty days. */
function runByClock(
  publication: Scheduled,
  calendar: ExchangeCalendar,
  start: Instant,
  wrongs: readonly { readonly right: number; readonly wrong: number; readonly by: number }[],
) {
  const ledger = memoryLedger(publication, calendar);
  const hours = wrongs.flatMap(({ right, wrong, by }) => [
    ...Array.from({ length: right * 4 }, () => 0),
    ...Array.from({ length: wrong * 4 }, () => by),
  ]);
  const offsets = [...hours, ...Array.from({ length: 60 * 4 }, () => 0)];
  for (const [i, offset] of offsets.entries()) {
    const now = start + (6 * i + offset) * hour;
    ledger.look(now);
    ledger.work(now);
  }
  return {
    entries: ledger.entries(),
    rightSince: start + 6 * hours.length * hour,
    now: start + 6 * (offsets.length - 1) * hour,
  };
}

/**
 * A clock that is put forward and back makes no slot twice and loses none; and once it is right, every slot that
 * comes is made when it comes, even if it had been skipped while the clock was ahead.
 */
export function clockJumps(numRuns: number): void {
  const property = fc.property(anyScheduled, anyExchange, anyStart, jumps, (any, calendar, start, wrongs) => {
    const deadlineMinutes = Math.max(any.schedule.deadlineMinutes, 360);
    const publication = { ...any, schedule: { ...any.schedule, deadlineMinutes } };
    const { entries, rightSince, now } = runByClock(publication, calendar, start, wrongs);
    const known = new Set(entries.map(({ at }) => at));
    expect(slotsBetween(publication, calendar, start, now).filter(({ at }) => !known.has(at))).toEqual([]);
    expect(entries.filter((entry) => entry.at <= now && !isEnded(entry))).toEqual([]);
    const since = entries.filter(({ at }) => at > rightSince && at <= now);
    expect(since.length).toBeGreaterThan(2);
    expect(since.map(({ state }) => state)).toEqual(since.map(() => "made"));
  });
  fc.assert(property, { numRuns });
}
