import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type LevelOptions, type LevelTest, levelTest } from "#src/metrics/level-test.ts";
import { weekdays } from "#tests/metrics/weekdays.ts";

const days = weekdays("2024-01-01", 400);
const before = 260;
/** The first day of the window, after 260 sessions of history. */
const from = days[before] ?? "";

/** Around a level of 100: far below, below the zone but not far, near, above the level, above the band. */
const [far, below, near, over, above] = [90, 98.5, 99.5, 100.5, 101.5];

/** History far below the level unless given, then the window, filled up to twenty sessions far below. */
function run(
  window: readonly number[],
  {
    history = [],
    level = 100,
    ...options
  }: Partial<LevelOptions> & { history?: number[]; level?: number } = {},
) {
  const start = Array.from({ length: before - history.length }, () => 0.9 * level);
  const rest = Array.from({ length: Math.max(0, 20 - window.length) }, () => 0.9 * level);
  const closes = Object.freeze([...start, ...history, ...window, ...rest]);
  return levelTest(days.slice(0, closes.length), closes, level, { from, ...options });
}

function found(...args: Parameters<typeof run>): LevelTest {
  const { value } = run(...args);
  if (value === null) throw new Error("no value");
  return value;
}

describe("levelTest counts", () => {
  it("approaches, rejections, breakouts and closes beyond, with their days and extremes", () => {
    const whole = run([near, over, 100, below, far, near, above, above, 103, 103, 100]);
    const day = (i: number) => days[before + i];
    expect(whole).toEqual({
      status: "ok",
      n: 20,
      reasons: [],
      value: {
        events: [
          { start: day(0), end: day(3), outcome: "rejected", extreme: 100.5, extremeDate: day(1) },
          { start: day(5), end: day(7), outcome: "breakout", extreme: 101.5, extremeDate: day(6) },
        ],
        tests: 2,
        rejections: 1,
        breakouts: 1,
        sessionsSinceFirst: 19,
        // 100.5, 101.5, 101.5, 103, 103; a close on the level is not beyond it.
        closesBeyond: 5,
        extreme: 103,
        extremeDate: day(8),
        distance: -0.1,
        isBeyond: false,
        stoodBeyond: true,
        unconfirmed: false,
        failedToBreak: false,
      },
    });
  });

  it("sessions since the first test, which may have begun before the window", () => {
    expect(found([far, far, near, far, near]).sessionsSinceFirst).toBe(17);
    expect(found([near, below], { history: [near] }).sessionsSinceFirst).toBe(19);
    expect(found([...Array.from({ length: 19 }, () => far), near]).sessionsSinceFirst).toBe(0);
    expect(found([far]).sessionsSinceFirst).toBeNull();
  });

  it("a test that the window finds under way, and none that ended before it", () => {
    expect(found([near, below], { history: [near] }).events).toMatchObject([
      { start: days[before - 1], end: days[before + 1], outcome: "rejected" },
    ]);
    // The close that rejects it lies outside the zone: alone in the window, it is no test of that window.
    expect(found([below], { history: [near] }).tests).toBe(0);
    expect(found([far], { history: [near, below] }).tests).toBe(0);
    // Taken up again inside the window, it is the same test, counted once.
    expect(found([near, below], { history: [near, below] }).events).toMatchObject([
      { start: days[before - 2], end: days[before + 1] },
    ]);
  });

  it("the farthest close of a test among those of the window", () => {
    const [event] = found([near, below], { history: [above] }).events;
    expect(event).toMatchObject({ start: days[before - 1], extreme: near, extremeDate: days[before] });
  });

  it("a breakout by the day that confirms it", () => {
    expect(found([above, near], { history: [above] }).breakouts).toBe(1);
    expect(found([near], { history: [above, above] }).breakouts).toBe(0);
  });

  it("a return five sessions after the rejection with the same test, one after six sessions as a new one", () => {
    const left = (sessions: number) => [near, ...Array.from({ length: sessions }, () => below), near, far];
    expect(found(left(5)).tests).toBe(1);
    expect(found(left(6)).tests).toBe(2);
  });

  it("takes other rules where they are given", () => {
    expect(found([above, far]).breakouts).toBe(0);
    expect(found([above, far], { confirm: 1 }).breakouts).toBe(1);
    expect(found([98.5, far]).tests).toBe(0);
    expect(found([98.5, far], { delta: 0.02 }).tests).toBe(1);
    expect(found([over, over, far], { band: 0.001 }).breakouts).toBe(1);
  });
});

describe("“failed to break”", () => {
  const once = [near, far];

  it("needs two tests", () => {
    expect(found([...once, ...once]).failedToBreak).toBe(true);
    expect(found(once).failedToBreak).toBe(false);
    expect(found([]).failedToBreak).toBe(false);
  });

  it("stands with one close above the band, which is reported; two in a row are a breakout and refute it", () => {
    const [one, two] = [
      found([...once, over, above, far]),
      found([...once, over, above, above, far, ...once, ...once]),
    ];
    expect(one).toMatchObject({ failedToBreak: true, unconfirmed: true, breakouts: 0 });
    expect(two).toMatchObject({ failedToBreak: false, unconfirmed: false, breakouts: 1, tests: 4 });
    expect(found([...once, over, over, far])).toMatchObject({ failedToBreak: true, unconfirmed: false });
  });

  it("is not said while the series stands beyond a level that it passed before the window", () => {
    const passed = found(
      Array.from({ length: 20 }, () => 105),
      { history: [near, above, above] },
    );
    expect(passed).toMatchObject({ tests: 0, breakouts: 0, isBeyond: true, closesBeyond: 20 });
    expect(passed).toMatchObject({ failedToBreak: false, unconfirmed: false });
  });

  // The series stood 5 % above the level in the window, confirmed before it, so neither sentence is true of the window:
  // the highest close is far beyond the band, and it was no unconfirmed close. Wanted: closes while BEYOND refute both.
  it("is not said of a window that began beyond the level", () => {
    const fell = found([105, 104, far, ...once, ...once], { history: [near, above, above] });
    expect(fell).toMatchObject({ tests: 2, failedToBreak: false, unconfirmed: false });
  });

  it("nor of one of which the first close alone stood beyond it, and is of the next window", () => {
    const fallen = [above, far, near, far, near, far, above, far];
    const first = found(fallen, { history: [above, above] });
    expect(first).toMatchObject({ tests: 3, breakouts: 0, isBeyond: false, stoodBeyond: true });
    expect(first).toMatchObject({ failedToBreak: false, unconfirmed: false });
    const next = found(fallen.slice(1), { history: [above, above, above] });
    expect(next).toMatchObject({ tests: 3, breakouts: 0, isBeyond: false, stoodBeyond: false });
    expect(next).toMatchObject({ failedToBreak: true, unconfirmed: true });
  });
});

describe("levelTest at the edges of its zones, for a level of 7,000", () => {
  const at = (...window: readonly number[]) => found(window, { level: 7000 });
  const twice = (close: number) => [close, close];

  it("6,930.01 tests and 6,929.99 does not", () => {
    expect(at(6930.01).tests).toBe(1);
    expect(at(6929.99).tests).toBe(0);
  });

  // 6930 / 7000 − 1 is −0.010000000000000009 in floating point, below −0.01. The definition is close ≥ L(1 − δ).
  it("6,930, exactly L(1 − δ), tests", () => {
    expect(at(6930).tests).toBe(1);
  });

  it("two closes at 7,070.01 break out, two at 7,069.99 do not", () => {
    expect(at(...twice(7070.01)).breakouts).toBe(1);
    expect(at(...twice(7069.99)).breakouts).toBe(0);
  });

  // 7070 / 7000 − 1 is 0.010000000000000009, above 0.01. The definition is close > L(1 + b).
  it("two closes at 7,070, exactly L(1 + b), do not break out", () => {
    expect(at(...twice(7070)).breakouts).toBe(0);
    // Nor is one of them beyond the band.
    expect([at(7070).unconfirmed, at(7070.01).unconfirmed]).toEqual([false, true]);
  });

  it("6,860, exactly L(1 − 2δ), ends the test and 6,860.01 does not", () => {
    expect(at(6950, 6860, 6950, 6000).tests).toBe(2);
    expect(at(6950, 6860.01, 6950, 6000).tests).toBe(1);
    // After the rejecting close as well.
    expect(at(6950, 6900, 6860, 6950, 6000).tests).toBe(2);
    expect(at(6950, 6900, 6860.01, 6950, 6000).tests).toBe(1);
  });

  // 4.9 / 5 − 1 is −0.019999999999999907, above −0.02.
  it("4.9, exactly L(1 − 2δ) of a level of 5, ends the test", () => {
    expect(found([4.96, 4.9, 4.96, 4], { level: 5 }).tests).toBe(2);
  });
});

describe("levelTest at a support", () => {
  it("mirrors everything: tested from above, broken by two closes below the band", () => {
    const mirrored = (window: readonly number[]) => {
      const closes = [...Array.from({ length: before }, () => 110), ...window];
      const padded = [...closes, ...Array.from({ length: Math.max(0, 20 - window.length) }, () => 110)];
      return levelTest(days.slice(0, padded.length), padded, 100, { from, side: "support" }).value;
    };
    expect(mirrored([100.5, 99.5, 101.5, 110, 100.2])).toMatchObject({
      events: [
        { outcome: "rejected", extreme: 99.5, extremeDate: days[before + 1] },
        { outcome: "rejected", extreme: 100.2 },
      ],
      closesBeyond: 1,
      extreme: 99.5,
      failedToBreak: true,
    });
    expect(mirrored([100.5, 98.5, 98.5])).toMatchObject({ breakouts: 1, extreme: 98.5 });
    expect(mirrored([100.5, 98.5, 110, 100.5])).toMatchObject({ unconfirmed: true, failedToBreak: true });
    expect(mirrored([])?.distance).toBeCloseTo(0.1, 14);
  });

  it("gives the mirror image of a resistance exactly", () => {
    // Quarters around 128 are exact in binary, and so are their mirror images.
    const quarters = fc.array(fc.integer({ min: -24, max: 24 }), { minLength: 60, maxLength: 60 });
    const seen = new Set<number>();
    fc.assert(
      fc.property(quarters, (steps) => {
        const up = [...Array.from({ length: 240 }, () => 100), ...steps.map((step) => 128 + step / 4)];
        const dates = days.slice(0, up.length);
        const [resistance, support] = [
          levelTest(dates, up, 128, { from }).value,
          levelTest(
            dates,
            up.map((close) => 256 - close),
            128,
            { from, side: "support" },
          ).value,
        ];
        seen.add(resistance?.tests ?? 0);
        expect(support).toEqual({
          ...resistance,
          events: resistance?.events.map((event) => ({ ...event, extreme: 256 - event.extreme })),
          extreme: 256 - (resistance?.extreme ?? 0),
          distance: 0 - (resistance?.distance ?? 0),
        });
      }),
      { seed: 5, numRuns: 200 },
    );
    expect(seen.size).toBeGreaterThan(3);
  });
});
