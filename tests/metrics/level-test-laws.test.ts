import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { levelTest } from "#src/metrics/level-test.ts";
import { weekdays } from "#tests/metrics/weekdays.ts";

const days = weekdays("2024-01-01", 400);
const flat = (count: number, close = 90): readonly number[] => Array.from({ length: count }, () => close);
const tested = (closes: readonly number[], from: string) =>
  levelTest(days.slice(0, closes.length), Object.freeze([...closes]), 100, { from });

describe("levelTest refuses", () => {
  it("a history of 251 sessions, and takes one of 252", () => {
    expect(tested(flat(251), days[200] ?? "")).toEqual({
      status: "insufficient",
      value: null,
      n: 251,
      reasons: [{ code: "too-few", need: 252, have: 251 }],
    });
    expect(tested(flat(252), days[200] ?? "")).toMatchObject({ status: "ok", n: 52 });
  });

  it("a window of 19 sessions, and takes one of 20", () => {
    expect(tested(flat(300), days[281] ?? "")).toMatchObject({
      status: "insufficient",
      reasons: [{ code: "too-few", need: 20, have: 19 }],
    });
    expect(tested(flat(300), days[280] ?? "")).toMatchObject({ status: "ok", n: 20 });
  });

  it("a window after the last session, and no data at all", () => {
    expect(tested(flat(300), "2099-01-01")).toMatchObject({ status: "insufficient", n: 0 });
    expect(tested([], "2024-01-01")).toMatchObject({ status: "insufficient", n: 0 });
  });

  it("a window that lacks more than a quarter of its sessions, by its exchange or by weekdays", () => {
    const from = days[279] ?? "";
    const asked: unknown[] = [];
    const among = (due: number) =>
      levelTest(days.slice(0, 300), flat(300), 100, {
        from,
        sessions: (...span) => {
          asked.push(span);
          return due;
        },
      });
    expect(among(28)).toMatchObject({ status: "ok", n: 21 });
    expect(among(29)).toEqual({
      status: "insufficient",
      value: null,
      n: 21,
      reasons: [{ code: "coverage", need: 22, have: 21 }],
    });
    expect(asked).toEqual([
      [from, days[299]],
      [from, days[299]],
    ]);
    // Every second weekday.
    const [gaps, whole] = [days.filter((_, i) => i < 252 || i % 2 === 0), days.slice(0, 326)];
    const window = { from: days[252] ?? "" };
    expect(levelTest(whole, flat(326), 100, window).status).toBe("ok");
    expect(levelTest(gaps, flat(326), 100, window)).toMatchObject({
      status: "insufficient",
      reasons: [{ code: "coverage", need: 111, have: 74 }],
    });
  });

  it.each([0, -100, Number.NaN])("a level of %s", (level) => {
    expect(() => levelTest(days, flat(400), level, { from: days[300] ?? "" })).toThrow(RangeError);
  });

  // Wanted as in the other metrics: a close that is no number is misuse. It is now read as a rejection, and the
  // extreme of the window is taken from the day before it.
  it.each([Number.NaN, Number.POSITIVE_INFINITY])("a close of %s", (close) => {
    for (const at of [0, 290])
      expect(() => tested(flat(300).with(at, close), days[270] ?? "")).toThrow(RangeError);
  });
});

describe("levelTest by the session", () => {
  it("begins on the first session on or after the day, which need be none", () => {
    // 2025-03-01 is a Saturday; the session after it is Monday the 3rd.
    const at = days.indexOf("2025-03-03");
    const closes = flat(400)
      .with(at - 1, 105)
      .with(at, 102);
    expect(tested(closes, "2025-03-01").value).toMatchObject({ extreme: 102, extremeDate: "2025-03-03" });
  });

  it("sees an index that never moved", () => {
    expect(tested(flat(300, 100), days[270] ?? "").value).toMatchObject({
      // The one test began with the data and is open.
      tests: 1,
      events: [{ start: days[0], outcome: "open" }],
      closesBeyond: 0,
      distance: 0,
      failedToBreak: false,
    });
  });
});

describe("levelTest laws", () => {
  const walk = fc
    .array(fc.double({ min: -0.02, max: 0.02, noNaN: true }), { minLength: 320, maxLength: 320 })
    .map((steps) => {
      let at = -0.03;
      return steps.map((step) => {
        at = 0.97 * at + step;
        return 100 * (1 + at);
      });
    });
  const from = days[260] ?? "";

  it("closes and level in another unit change no event", () => {
    fc.assert(
      fc.property(walk, fc.constantFrom(0.25, 2, 1024), (closes, unit) => {
        const dates = days.slice(0, closes.length);
        const [one, other] = [
          levelTest(dates, closes, 100, { from }).value,
          levelTest(
            dates,
            closes.map((close) => close * unit),
            100 * unit,
            { from },
          ).value,
        ];
        expect({ ...other, events: 0, extreme: 0 }).toEqual({ ...one, events: 0, extreme: 0 });
        expect(other?.events).toEqual(
          one?.events.map((event) => ({ ...event, extreme: event.extreme * unit })),
        );
      }),
      { seed: 6, numRuns: 100 },
    );
  });

  it("and closes alone in another unit do change them", () => {
    const closes = flat(300).with(280, 99.5);
    expect(tested(closes, days[270] ?? "").value?.tests).toBe(1);
    expect(
      tested(
        closes.map((close) => close / 2),
        days[270] ?? "",
      ).value?.tests,
    ).toBe(0);
  });

  it("what lies before a close far below the level does not matter, and what lies after the last one does", () => {
    fc.assert(
      fc.property(walk, walk, (one, other) => {
        const joined = (past: readonly number[]) => [...past.slice(0, 259), 97, ...one.slice(260)];
        expect(tested(joined(other), from)).toEqual(tested(joined(one), from));
      }),
      { seed: 7, numRuns: 100 },
    );
    const standing = (last: readonly number[]) =>
      tested([...flat(257), ...last, ...flat(20, 100.5)], from).value;
    expect(standing([102, 102, 102])?.isBeyond).toBe(true);
    expect(standing([102, 102, 97])?.isBeyond).toBe(false);
  });

  it("counts agree with the events, and the words with the counts", () => {
    const words = new Set<boolean>();
    fc.assert(
      fc.property(walk, (closes) => {
        const value = tested(closes, from).value;
        const count = (outcome: string) => value?.events.filter((event) => event.outcome === outcome).length;
        expect(value?.tests).toBe(value?.events.length);
        expect(value?.rejections).toBe(count("rejected"));
        expect(value?.breakouts).toBe(count("breakout"));
        words.add(value?.failedToBreak ?? false);
        if (value?.failedToBreak) expect([value.breakouts, value.isBeyond]).toEqual([0, false]);
        if (value?.unconfirmed) expect(value.extreme).toBeGreaterThan(101);
      }),
      { seed: 8, numRuns: 100 },
    );
    expect(words.size).toBe(2);
  });
});
