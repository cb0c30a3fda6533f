import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { relativeStrength, relativeStrengthPath } from "#src/metrics/relative-strength.ts";
import { rollingRank } from "#src/metrics/rolling-rank.ts";
import { rollingZScore } from "#src/metrics/rolling-z-score.ts";
import reference from "#tests/fixtures/reference/strength.json" with { type: "json" };
import { seeded, series } from "#tests/metrics/returns-reference.ts";

const { a, b } = reference;
const until = (t: number, options = {}) => relativeStrength(a.slice(0, t + 1), b.slice(0, t + 1), options);

describe("relative strength against pandas and scipy", () => {
  const rows = reference.strength.flatMap(({ rows: of, horizon, history }) =>
    of.map((row) => ({ ...row, horizon, history })),
  );
  it.each(rows)("horizon $horizon, history $history, session $last", (row) => {
    const need = { min: row.history, preferred: row.history };
    const found = until(row.last, { horizon: row.horizon, history: need });
    expect(found).toMatchObject({
      status: "ok",
      n: row.horizon,
      value: { history: row.n, effective: row.n / row.horizon },
    });
    expect(found.value?.value).toBeCloseTo(row.value, 13);
    expect(found.value?.z).toBeCloseTo(row.z, 10);
    expect(found.value?.percentile).toBeCloseTo(row.percentile, 10);
  });

  it.each(rows)("the paths agree with it: horizon $horizon, session $last", (row) => {
    const path = relativeStrengthPath(a, b, row.horizon);
    const need = { min: row.history, preferred: row.history };
    expect(path[row.last]).toBeCloseTo(row.value, 13);
    expect(rollingZScore(path, need)[row.last]).toBeCloseTo(row.z, 10);
    expect(rollingRank(path, need)[row.last]).toBeCloseTo(row.percentile, 10);
  });
});

describe("relative strength by what there is", () => {
  it("needs 19 sessions of 20, and warns below 20", () => {
    expect(until(18)).toEqual({
      status: "insufficient",
      value: null,
      n: 18,
      reasons: [{ code: "too-few", need: 19, have: 18 }],
    });
    const found = until(19);
    expect(found).toMatchObject({ status: "warn", n: 19, value: { z: null, percentile: null, history: 0 } });
    expect(found.reasons).toContainEqual({ code: "short-window", need: 20, have: 19 });
    expect(found.value?.value).toBeCloseTo(
      Math.log((a[19] ?? 0) / (a[0] ?? 1)) - Math.log((b[19] ?? 0) / (b[0] ?? 1)),
      14,
    );
    expect(until(20).reasons).toEqual([{ code: "short-history", need: 756, have: 0 }]);
    expect(relativeStrength([], [])).toMatchObject({ status: "insufficient", n: 0 });
  });

  it("stands against 756 days of its own, not 755", () => {
    expect(until(20 + 755)).toMatchObject({
      status: "warn",
      value: { z: null, percentile: null, history: 755 },
      reasons: [{ code: "short-history", need: 756, have: 755 }],
    });
    const found = until(20 + 756);
    expect(found).toMatchObject({ status: "ok", value: { history: 756, effective: 37.8 } });
    expect(found.value?.z).not.toBeNull();
    expect(until(850)).toMatchObject({ value: { history: 756 } });
  });

  it("warns with z and percentile between the least and the preferred history", () => {
    const found = until(850, { history: { min: 756, preferred: 2520 } });
    expect(found).toMatchObject({
      status: "warn",
      value: { history: 830, effective: 41.5 },
      reasons: [{ code: "short-history", need: 2520, have: 830 }],
    });
    expect(found.value?.z).not.toBeNull();
  });

  it("has no z where the two never parted", () => {
    expect(relativeStrength(a, a)).toMatchObject({
      status: "warn",
      value: { value: 0, z: null, percentile: 50 },
      reasons: [{ code: "zero-variance" }],
    });
  });

  it("does not exist for a price that is not positive, and is missing in the path about it", () => {
    expect(relativeStrength(a.with(3, 0), b)).toMatchObject({
      status: "undefined",
      reasons: [{ code: "not-positive" }],
    });
    const path = relativeStrengthPath(a.with(30, -1), b);
    expect(path.flatMap((value, t) => (value === null ? [t] : []))).toEqual([...Array(20).keys(), 30, 50]);
  });

  it("refuses other days and what is not a number", () => {
    expect(() => relativeStrength(a, b.slice(1))).toThrow(RangeError);
    expect(() => relativeStrength(a.with(5, Number.NaN), b)).toThrow(RangeError);
    expect(() => relativeStrengthPath(a, b.with(5, Number.POSITIVE_INFINITY))).toThrow(RangeError);
    expect(() => relativeStrengthPath(a, b.slice(1))).toThrow(/the same days/);
    for (const horizon of [0, 1.5]) expect(() => relativeStrength(a, b, { horizon })).toThrow(RangeError);
    expect(relativeStrengthPath([1, 2, 2], [1, 1, 2], 1)).toEqual([null, Math.log(2), -Math.log(2)]);
  });

  it("has no strength between prices of which one is not positive, or both", () => {
    for (const [now, before] of [
      [0, 1],
      [1, 0],
      [-2, -1],
      [-2, 1],
    ] as const) {
      expect(relativeStrengthPath([before, now], [1, 1], 1)).toEqual([null, null]);
      expect(relativeStrengthPath([1, 1], [before, now], 1)).toEqual([null, null]);
    }
  });
});

describe("laws of relative strength", () => {
  it("turns over when the two change places; does not see units", () => {
    fc.assert(
      fc.property(fc.integer({ min: 780, max: 899 }), fc.constantFrom(0.25, 8), (t, unit) => {
        const [x, y] = [a.slice(0, t + 1), b.slice(0, t + 1)];
        const own = relativeStrength(x, y).value;
        const turned = relativeStrength(y, x).value;
        expect(turned?.value).toBe(-(own?.value ?? 9));
        expect(turned?.z).toBeCloseTo(-(own?.z ?? 9), 10);
        expect(turned?.percentile).toBeCloseTo(100 - (own?.percentile ?? 9), 10);
        expect(
          relativeStrength(
            x.map((v) => v * unit),
            y,
          ).value,
        ).toEqual(own);
      }),
      { ...seeded, numRuns: 20 },
    );
    // A split without a record is seen.
    expect(
      relativeStrength(
        a.map((v, t) => (t < 890 ? v : v / 2)),
        b,
      ).value?.value,
    ).toBeLessThan(-0.6);
  });

  it("adds up along time", () => {
    const [long, short] = [relativeStrengthPath(a, b, 20), relativeStrengthPath(a, b, 10)];
    expect(long[500]).toBeCloseTo((short[500] ?? 0) + (short[490] ?? 0), 13);
  });

  it("paths of a longer history begin with the same bits, and an earlier price moves them", () => {
    const need = { min: 60, preferred: 120 };
    const of = (n: number, x = a) => {
      const path = relativeStrengthPath(x.slice(0, n), b.slice(0, n));
      return [path, rollingZScore(path, need)] as const;
    };
    const [path, scores] = of(900);
    for (const n of [80, 81, 300]) expect(of(n)).toEqual([path.slice(0, n), scores.slice(0, n)]);
    const [moved, movedScores] = of(900, a.with(200, 150));
    expect(moved.slice(0, 200)).toEqual(path.slice(0, 200));
    expect(movedScores.slice(0, 200)).toEqual(scores.slice(0, 200));
    expect([moved[200], moved[220]]).not.toContain(path[200]);
    expect(moved[220]).not.toBe(path[220]);
    expect(movedScores[330]).not.toBe(scores[330]);
  });
});

describe("rollingZScore", () => {
  it("is by hand, against the values before alone", () => {
    // Before the third 1 and 3: mean 2, deviation √2. Of at most two: then 3 and 2.
    const scores = rollingZScore([1, 3, 2, 9], { min: 2, preferred: 2 });
    expect(scores.slice(0, 3)).toEqual([null, null, 0]);
    expect(scores[3]).toBeCloseTo(6.5 / Math.SQRT1_2, 13);
  });

  it("is missing where a value is, and where the history does not move", () => {
    expect(rollingZScore([1, 2, null, 4, 5, 6], { min: 2, preferred: 2 }).slice(0, 5)).toEqual(
      Array(5).fill(null),
    );
    expect(rollingZScore([1, 2, null, 4, 5, 6], { min: 2, preferred: 2 })[5]).not.toBeNull();
    expect(rollingZScore([0.1, 0.1, 0.1, 7], { min: 2, preferred: 3 })).toEqual([null, null, null, null]);
  });

  it("needs its least history", () => {
    const x = series(6, (t) => t % 3);
    expect(rollingZScore(x, { min: 4, preferred: 5 }).map((z) => z === null)).toEqual([
      true,
      true,
      true,
      true,
      false,
      false,
    ]);
    expect(() => rollingZScore(x, { min: 6, preferred: 5 })).toThrow(RangeError);
    expect(() => rollingZScore(x, { min: 1, preferred: 5 })).toThrow(RangeError);
  });
});
