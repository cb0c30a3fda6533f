import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { curveRules, yieldCurveMove, yieldCurvePath } from "#src/metrics/yield-curve-move.ts";
import reference from "#tests/fixtures/reference/contradictions.json" with { type: "json" };
import { seeded, series } from "#tests/metrics/returns-reference.ts";

const short = Object.freeze(reference.short);
const long = Object.freeze(reference.long);
const paths = new Map([5, 20].map((horizon) => [horizon, yieldCurvePath(short, long, horizon)]));
/** A move of two yields over a session, in basis points, without a history. */
const move = (s: number, l: number) =>
  yieldCurveMove([4, 4 + s / 100], [4.5, 4.5 + l / 100], 1).value ?? undefined;
const words = (s: number, l: number) => {
  const { direction, shape, isTwist } = move(s, l) ?? {};
  return [isTwist ? "twist" : null, direction, shape].filter((word) => word).join(" ");
};

describe("yieldCurveMove against the reference", () => {
  it("in every row", () => {
    for (const row of reference.curve) {
      const [horizon, t, s, l, levelThreshold, slopeThreshold, direction, shape, isTwist] = row;
      expect(paths.get(Number(horizon))?.[Number(t)]).toEqual({
        short: s,
        long: l,
        level: (Number(s) + Number(l)) / 2,
        slope: Number(l) - Number(s),
        levelThreshold: expect.closeTo(Number(levelThreshold), 10),
        slopeThreshold: expect.closeTo(Number(slopeThreshold), 10),
        direction,
        shape,
        isTwist,
        horizon,
      });
    }
  });
});

describe("yieldCurveMove", () => {
  it("has the published names", () => {
    expect(words(-2, -5)).toBe("bull flattener");
    expect(words(-5, -2)).toBe("bull steepener");
    expect(words(2, 5)).toBe("bear steepener");
    expect(words(5, 2)).toBe("bear flattener");
  });

  it("counts level and slope from 2 bp on, and not a tenth less", () => {
    expect(words(-2, -2)).toBe("bull");
    expect(words(-1.9, -1.9)).toBe("");
    expect(words(0.9, 2.9)).toBe("steepener");
    expect(words(1, 2.9)).toBe("");
    expect(words(1, 3)).toBe("bear steepener");
    expect(words(0, 0)).toBe("");
  });

  // 4.28 less 4.3 is −1.9999999999999574 bp in doubles.
  it("does not lose a basis point to binary fractions", () => {
    expect(yieldCurveMove([4.3, 4.28], [4.3, 4.28], 1).value).toMatchObject({ level: -2, direction: "bull" });
    expect(yieldCurveMove([0.1, 0.3], [-0.7, -0.7], 1).value).toMatchObject({ short: 20, long: 0 });
  });

  it("is a twist where the two go opposite ways, without a direction where the level stands", () => {
    expect(words(-3, 3)).toBe("twist steepener");
    expect(words(3, -3)).toBe("twist flattener");
    expect(words(-1, 6)).toBe("twist bear steepener");
    expect(words(0, 6)).toBe("bear steepener");
    // Both below their thresholds: unchanged, and nothing twisted.
    expect(words(-0.9, 0.9)).toBe("");
  });

  it("takes negative yields", () => {
    expect(yieldCurveMove([-0.5, -0.6], [0.02, -0.15], 1).value).toMatchObject({ short: -10, long: -17 });
  });

  it("needs one yield more than the horizon, and warns below 756 earlier changes", () => {
    const of = (n: number, horizon: number) => yieldCurveMove(short.slice(0, n), long.slice(0, n), horizon);
    expect(of(20, 20)).toEqual({
      status: "insufficient",
      value: null,
      n: 20,
      reasons: [{ code: "too-few", need: 21, have: 20 }],
    });
    expect(of(21, 20)).toMatchObject({
      status: "warn",
      n: 21,
      reasons: [{ code: "short-history", need: 756, have: 0 }],
    });
    expect(of(5 + 1 + 755, 5)).toMatchObject({ status: "warn", reasons: [{ have: 755 }] });
    expect(of(5 + 1 + 756, 5)).toMatchObject({ status: "ok", reasons: [] });
    expect(of(0, 5)).toMatchObject({ status: "insufficient", n: 0 });
  });

  it("has a threshold of its own from 60 earlier changes on", () => {
    const at = (earlier: number) => paths.get(20)?.[20 + earlier];
    expect(at(59)?.levelThreshold).toBe(2);
    expect(at(60)?.levelThreshold).toBeGreaterThan(2);
  });

  it("refuses yields of other days, what is no number and what is no horizon", () => {
    expect(() => yieldCurveMove(short, long.slice(1))).toThrow(RangeError);
    expect(() => yieldCurveMove(short.with(3, Number.NaN), long)).toThrow(RangeError);
    expect(() => yieldCurveMove(short, long.with(3, Number.POSITIVE_INFINITY))).toThrow(RangeError);
    for (const horizon of [0, 1.5, -1])
      expect(() => yieldCurvePath(short, long, horizon)).toThrow(RangeError);
    expect(curveRules).toEqual({
      horizon: 20,
      least: 2,
      deviations: 0.25,
      history: { min: 60, preferred: 756 },
    });
  });

  it("uses nothing after a session, and what is before it", () => {
    const path = yieldCurvePath(short, long, 5);
    for (const n of [4, 100, 800])
      expect(path.slice(0, n)).toEqual(yieldCurvePath(short.slice(0, n), long.slice(0, n), 5));
    const changed = yieldCurvePath(short.with(500, 9), long, 5);
    expect(changed.slice(0, 500)).toEqual(path.slice(0, 500));
    expect(changed[500]).not.toEqual(path[500]);
    // Its own threshold does not know it; the next one's does.
    expect(changed[500]?.levelThreshold).toBe(path[500]?.levelThreshold);
    expect(changed[501]?.levelThreshold).not.toBe(path[501]?.levelThreshold);
  });

  it("turns over with both changes, and does not see what both yields have in common", () => {
    const bp = fc.integer({ min: -300, max: 300 }).map((k) => k / 10);
    fc.assert(
      fc.property(bp, bp, (s, l) => {
        const [there, back] = [move(s, l), move(-s, -l)];
        expect(back?.level).toBeCloseTo(-(there?.level ?? 9), 9);
        expect([there?.direction, back?.direction].toSorted().join()).toMatch(/^(bear,bull|,)$/);
        expect(back?.isTwist).toBe(there?.isTwist);
        const higher = yieldCurveMove([7, 7 + s / 100], [7.5, 7.5 + l / 100], 1).value;
        expect(higher).toEqual(there);
      }),
      seeded,
    );
    const flat = series(2, 4);
    expect(yieldCurveMove(flat, flat, 1).value).not.toEqual(yieldCurveMove([4, 5], flat, 1).value);
  });
});
