import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { runsTest } from "#src/metrics/runs-test.ts";
import { streak, streakPath } from "#src/metrics/streak.ts";
import events from "#tests/fixtures/reference/events.json" with { type: "json" };
import paths from "#tests/fixtures/reference/paths.json" with { type: "json" };
import { seeded, series } from "#tests/metrics/returns-reference.ts";

describe("streakPath", () => {
  it("is by hand", () => {
    expect(streakPath([0.01, 0.02, -0.01, 0, -0.5, -0.1, -0, 3])).toEqual([1, 2, -1, 0, -1, -2, 0, 1]);
    expect(streakPath([])).toEqual([]);
  });

  const walk = fc.array(fc.integer({ min: -2, max: 2 }), { minLength: 1, maxLength: 60 });

  it("is what the slowest reading of the definition says", () => {
    fc.assert(
      fc.property(walk, (x) => {
        const slow = x.map((v, t) => {
          let run = 0;
          while (run <= t && v !== 0 && Math.sign(x[t - run] ?? 0) === Math.sign(v)) run++;
          return v < 0 ? -run : run;
        });
        expect(streakPath(x)).toEqual(slow);
      }),
      seeded,
    );
  });

  it("turns over with the sign, and does not see size", () => {
    fc.assert(
      fc.property(walk, (x) => {
        expect(streakPath(x.map((v) => -3 * v))).toEqual(streakPath(x).map((run) => (run === 0 ? 0 : -run)));
      }),
      seeded,
    );
  });

  it("of a longer history begins the same, and an earlier change moves it", () => {
    fc.assert(
      fc.property(walk, walk, (x, more) => {
        expect(streakPath([...x, ...more]).slice(0, x.length)).toEqual(streakPath(x));
      }),
      seeded,
    );
    expect(streakPath([1, 1, 1])[2]).not.toBe(streakPath([1, -1, 1])[2]);
  });

  it("refuses what is not a number", () => {
    expect(() => streakPath([1, Number.NaN])).toThrow(RangeError);
  });
});

describe("streak", () => {
  it("is the last one, and the longest of its direction before it", () => {
    expect(streak([1, 1, 1, -1, 1, 1])).toEqual({
      status: "ok",
      value: { length: 2, longestBefore: 3 },
      n: 6,
      reasons: [],
    });
    expect(streak([-1, -1, 1, 1, 1, -1]).value).toEqual({ length: -1, longestBefore: -2 });
    expect(streak([1, 1]).value).toEqual({ length: 2, longestBefore: 0 });
    expect(streak([1, 1, 0]).value).toEqual({ length: 0, longestBefore: 0 });
  });

  it("needs a change", () => {
    expect(streak([])).toMatchObject({ status: "insufficient", reasons: [{ need: 1, have: 0 }] });
  });
});

describe("runsTest", () => {
  it.each([...events.runs, ...paths.runs])("is statsmodels' and tseries': z $z", ({ values, z, p }) => {
    const found = runsTest(values);
    expect(found.status).toBe("ok");
    expect(found.value?.z).toBeCloseTo(z, 11);
    expect(found.value?.p).toBeCloseTo(p, 12);
  });

  it("is by hand", () => {
    // Ten ups, then ten downs: 2 runs, of 11 expected, variance 200 · 180 / (400 · 19).
    const steps = series(20, (t) => (t < 10 ? 1 : -1));
    expect(runsTest(steps).value).toMatchObject({ runs: 2, expected: 11 });
    expect(runsTest(steps).value?.z).toBeCloseTo(-9 / Math.sqrt((200 * 180) / (400 * 19)), 13);
    expect(runsTest(series(20, (t) => (t % 2 ? 1 : -1))).value?.runs).toBe(20);
  });

  it("leaves out what lies at the cut", () => {
    const steps = series(20, (t) => (t < 10 ? 1 : -1));
    expect(runsTest([...steps.slice(0, 5), 0, ...steps.slice(5), 0])).toEqual(runsTest(steps));
    expect(
      runsTest(
        steps.map((v) => v + 5),
        5,
      ),
    ).toEqual(runsTest(steps));
  });

  it("needs ten of each, and does not exist for one side alone", () => {
    const of = (up: number, down: number) => runsTest([...series(up, 1), ...series(down, -1)]);
    expect(of(10, 10).status).toBe("ok");
    for (const [up, down] of [
      [9, 30],
      [30, 9],
    ] as const)
      expect(of(up, down)).toEqual({
        status: "insufficient",
        value: null,
        n: 9,
        reasons: [{ code: "too-few", need: 10, have: 9 }],
      });
    expect(of(30, 0)).toMatchObject({ status: "undefined", reasons: [{ code: "one-sided" }] });
    expect(of(0, 30)).toMatchObject({ status: "undefined" });
    expect(of(0, 0)).toMatchObject({ status: "insufficient", n: 0 });
  });

  it("refuses what is not a number", () => {
    expect(() => runsTest([1, Number.NaN])).toThrow(RangeError);
    expect(() => runsTest([1], Number.NaN)).toThrow(RangeError);
  });

  it("does not see size, sign or direction, but sees order", () => {
    const noisy = fc.array(fc.integer({ min: -9, max: 9 }), { minLength: 20, maxLength: 60 });
    const whole = noisy.map((x) => [...x, ...series(20, (t) => (t % 2 ? 1 : -1))]);
    fc.assert(
      fc.property(whole, (x) => {
        const own = runsTest(x);
        expect(runsTest(x.map((v) => -7 * v))).toEqual(own);
        expect(runsTest(x.toReversed())).toEqual(own);
        expect(runsTest(x.toSorted((a, b) => a - b)).value?.runs).toBe(2);
        expect(own.value?.runs).toBeGreaterThan(2);
      }),
      seeded,
    );
  });
});
