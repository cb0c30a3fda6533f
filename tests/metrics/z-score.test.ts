import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { robustZScore, zScore } from "#src/metrics/z-score.ts";
import { reference, relativeGap, seeded, series } from "#tests/metrics/returns-reference.ts";

const historyOf = (n: number): readonly number[] =>
  Object.freeze(reference.scores.histories.find((history) => history.length === n) ?? []);
const alternating = (n: number, size: number, about = 0): readonly number[] =>
  series(n, (i) => about + (i % 2 === 0 ? size : -size));
const both = [
  ["zScore", zScore],
  ["robustZScore", robustZScore],
] as const;

describe("z-scores", () => {
  it.each(reference.scores.rows)("agree with scipy to 1e-12: n %i, value %d", (n, value, z, robust) => {
    const history = historyOf(n ?? 0);
    const [plain, sturdy] = [zScore(history, value ?? 0), robustZScore(history, value ?? 0)];
    expect(plain).toMatchObject({ status: "ok", n, reasons: [] });
    expect(sturdy).toMatchObject({ status: "ok", n, reasons: [] });
    expect(relativeGap([plain.value ?? 0], [z ?? 1])).toBeLessThan(1e-12);
    expect(relativeGap([sturdy.value ?? 0], [robust ?? 1])).toBeLessThan(1e-12);
  });

  // ±1, sixty times: mean 0, squares 60, sd = √(60/59); median 0, MAD 1.
  it("are by hand", () => {
    const history = alternating(60, 1);
    expect(zScore(history, 2).value).toBeCloseTo(2 / Math.sqrt(60 / 59), 13);
    expect(robustZScore(history, 2).value).toBeCloseTo(2 / 1.4826, 13);
    expect(zScore(history, 0).value).toBe(0);
  });

  it.each(both)("%s needs 60 values: 60 are enough, 59 are not", (_, score) => {
    expect(score(alternating(60, 1), 1).status).toBe("ok");
    expect(score(alternating(59, 1), 1)).toEqual({
      status: "insufficient",
      value: null,
      n: 59,
      reasons: [{ code: "too-few", need: 60, have: 59 }],
    });
    expect(score([], 1)).toMatchObject({ status: "insufficient", n: 0 });
    expect(score([1], 1)).toMatchObject({ status: "insufficient", n: 1 });
  });

  it.each(both)("%s takes another need, and warns below what is preferred", (_, score) => {
    const need = { min: 26, preferred: 39 };
    const rising = (n: number) => series(n, (i) => i);
    expect(score(rising(39), 1, need)).toMatchObject({ status: "ok", n: 39 });
    expect(score(rising(38), 1, need)).toMatchObject({
      status: "warn",
      reasons: [{ code: "short-history", need: 39, have: 38 }],
    });
    expect(score(rising(26), 1, need).status).toBe("warn");
    expect(score(rising(25), 1, need)).toMatchObject({ status: "insufficient", n: 25 });
    expect(score([1], 1, { min: 0, preferred: 0 })).toMatchObject({ status: "insufficient", n: 1 });
  });

  it.each(both)("%s does not exist where nothing moves", (_, score) => {
    for (const level of [0, 0.1, -3, 1e9]) {
      expect(score(series(70, level), level + 1)).toEqual({
        status: "undefined",
        value: null,
        n: 70,
        reasons: [{ code: "zero-variance" }],
      });
    }
  });

  // sd = a·√(60/59) = 1.0084a; the floor is 1e-12 about 0 and 1e-12·|mean| beyond 1.
  it("holds just above the floor of noise and not just below it", () => {
    expect(zScore(alternating(60, 1e-12), 0).status).toBe("ok");
    expect(zScore(alternating(60, 0.99e-12), 0).status).toBe("undefined");
    expect(zScore(alternating(60, 1.1e-6, 1e6), 0).status).toBe("ok");
    expect(zScore(alternating(60, 0.9e-6, 1e6), 0).status).toBe("undefined");
    expect(robustZScore(alternating(60, 1.01e-12), 0).status).toBe("ok");
    expect(robustZScore(alternating(60, 0.6e-12), 0).status).toBe("undefined");
  });

  // G11: the floor is on the MAD itself, not on 1.4826 times it.
  it("measures the robust floor on the median absolute deviation", () => {
    expect(robustZScore(alternating(60, 0.8e-12), 0).status).toBe("undefined");
  });

  it("gives the plain one where more than half are equal, and no robust one", () => {
    const mostlyFlat = series(60, (i) => (i < 31 ? 5 : i));
    expect(zScore(mostlyFlat, 6).status).toBe("ok");
    expect(robustZScore(mostlyFlat, 6).status).toBe("undefined");
  });

  it("moves the plain one with an outlier, and hardly the robust one", () => {
    const history = alternating(60, 1);
    const spoilt = history.with(0, 1000);
    expect(zScore(spoilt, 4).value ?? 9).toBeLessThan(0.2);
    expect(robustZScore(spoilt, 4).value).toBeCloseTo(robustZScore(history, 4).value ?? 0, 12);
  });

  it.each(both)("%s refuses what is not a number", (_, score) => {
    for (const bad of [Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY]) {
      expect(() => score(alternating(60, 1), bad)).toThrow(RangeError);
      expect(() => score(alternating(60, 1).with(30, bad), 1)).toThrow(RangeError);
      expect(() => score([bad], 1)).toThrow(RangeError);
    }
  });

  // G1: the mean of finite values can overflow, and no NaN leaves the metric.
  it("refuses values whose squares overflow", () => {
    const large = series(60, (i) => (i % 2 ? 1.6e308 : 1.7e308));
    expect(() => zScore(large, 0)).toThrow(/squares a double can hold/);
  });
});

describe("laws of z-scores", () => {
  const value = fc.integer({ min: -5000, max: 5000 }).map((n) => n / 1000);
  // Two clusters apart, so that neither spread can vanish.
  const history = fc
    .array(fc.integer({ min: -1000, max: 1000 }), { minLength: 60, maxLength: 100 })
    .map((noise) => Object.freeze(noise.map((n, i) => n / 1000 + (i % 2 === 0 ? 2 : -2))));
  const close = (a: number | null, b: number) =>
    expect(Math.abs((a ?? 1e9) - b)).toBeLessThan(1e-10 * (1 + Math.abs(b)));

  it("do not see unit, origin or order, and turn over with the sign", () => {
    fc.assert(
      fc.property(history, value, (h, x) => {
        for (const [, score] of both) {
          const own = score(h, x).value ?? Number.NaN;
          const mapped = (change: (v: number) => number) => score(h.map(change), change(x)).value;
          expect(mapped((v) => v * 1024)).toBe(own);
          close(
            mapped((v) => v + 7),
            own,
          );
          close(
            mapped((v) => -v),
            -own,
          );
          close(score(h.toReversed(), x).value, own);
        }
      }),
      seeded,
    );
  });

  it("rise with the value, strictly", () => {
    fc.assert(
      fc.property(history, value, (h, x) => {
        for (const [, score] of both)
          expect(score(h, x + 1).value ?? 0).toBeGreaterThan(score(h, x).value ?? Number.POSITIVE_INFINITY);
      }),
      seeded,
    );
  });
});
