import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type EventOutcome, eventTest } from "#src/metrics/event-test.ts";
import reference from "#tests/fixtures/reference/events.json" with { type: "json" };
import { seeded, series, weekdaysFrom } from "#tests/metrics/returns-reference.ts";

const days = weekdaysFrom("2024-01-01", 400);
/** An event on every tenth session, with a window of six. */
const spaced = (outcomes: readonly number[], every = 10): readonly EventOutcome[] =>
  outcomes.map((car, i) => ({
    day: days[every * i] ?? "",
    lastDay: days[every * i + 5] ?? "",
    car,
    standardised: car * 50,
  }));

describe("eventTest against scipy", () => {
  it.each(reference.tests)("$clusters clusters, t $t", (row) => {
    const found = eventTest(row.events);
    expect(found).toMatchObject({
      status: "ok",
      n: row.clusters,
      value: { clusters: row.clusters, signs: { up: row.up, down: row.down } },
    });
    expect(found.value?.meanCar).toBeCloseTo(row.meanCar, 14);
    expect(found.value?.bmp.t).toBeCloseTo(row.t, 11);
    expect(found.value?.bmp.p).toBeCloseTo(row.p, 12);
    expect(found.value?.signs.p).toBeCloseTo(row.signP, 12);
  });

  it("and there events overlap", () => {
    expect(reference.tests.every(({ events, clusters }) => clusters < events.length)).toBe(true);
  });
});

describe("eventTest", () => {
  const six = [0.01, 0.02, -0.01, 0.03, 0.01, 0.02];

  it("counts events that share a session as one, with their mean", () => {
    const together = eventTest([...spaced(six), ...spaced([0.05])]);
    expect(together).toMatchObject({ n: 6 });
    expect(together).toEqual(eventTest(spaced(six.with(0, 0.03))));
    // Begun on the last session of the one before: one; on the session after it: two.
    expect(
      eventTest(
        spaced(
          series(8, (i) => 0.01 * i),
          6,
        ),
      ).n,
    ).toBe(8);
    expect(
      eventTest(
        spaced(
          series(8, (i) => 0.01 * i),
          5,
        ),
      ),
    ).toMatchObject({ status: "insufficient", n: 1 });
  });

  it("keeps a long window open behind a short one", () => {
    const events = spaced(six);
    const long = { ...events[0], day: days[0] ?? "", lastDay: days[32] ?? "", car: 0, standardised: 0 };
    // It ends within the fourth window: the first four are one.
    expect(eventTest([long, ...events])).toMatchObject({ status: "insufficient", n: 3 });
  });

  it("needs five clusters", () => {
    expect(eventTest(spaced(six.slice(0, 5))).status).toBe("ok");
    expect(eventTest(spaced(six.slice(0, 4)))).toEqual({
      status: "insufficient",
      value: null,
      n: 4,
      reasons: [{ code: "too-few", need: 5, have: 4 }],
    });
    expect(eventTest([])).toMatchObject({ status: "insufficient", n: 0 });
  });

  it("does not exist where all events did the same", () => {
    expect(eventTest(spaced(series(6, 0.1)))).toEqual({
      status: "undefined",
      value: null,
      n: 6,
      reasons: [{ code: "zero-variance" }],
    });
  });

  it("leaves events without a direction out of the signs", () => {
    const { signs } = eventTest(spaced([0, ...series(5, (i) => 0.01 * (i + 1))])).value ?? {};
    // Five of five: 2 / 32.
    expect(signs).toEqual({ up: 5, down: 0, p: 1 / 16 });
    expect(eventTest(spaced([1, -1, 2, -2, 3, -3])).value?.signs).toEqual({ up: 3, down: 3, p: 1 });
  });

  it("refuses what is not a number, and windows that end before their event", () => {
    expect(() => eventTest(spaced(six.with(2, Number.NaN)))).toThrow(RangeError);
    const [event] = spaced(six);
    if (event) expect(() => eventTest([{ ...event, lastDay: "2023-12-29" }])).toThrow(RangeError);
  });

  it("does not see the order of events, and turns over with their sign", () => {
    const outcome = fc.integer({ min: -500, max: 500 }).map((n) => n / 1000);
    const outcomes = fc.array(outcome, { minLength: 4, maxLength: 20 }).map((x) => [0.9, -0.8, ...x]);
    fc.assert(
      fc.property(outcomes, (x) => {
        const own = eventTest(spaced(x)).value;
        expect(eventTest(spaced(x).toReversed()).value).toEqual(own);
        const turned = eventTest(spaced(x.map((v) => -v))).value;
        expect(turned?.bmp.t).toBe(-(own?.bmp.t ?? 9));
        expect(turned?.signs).toEqual({ up: own?.signs.down, down: own?.signs.up, p: own?.signs.p });
        // One more good event raises the mean.
        const more = eventTest(spaced([...x, 1])).value;
        expect(more?.meanCar).toBeGreaterThan(own?.meanCar ?? 9);
      }),
      seeded,
    );
  });
});
