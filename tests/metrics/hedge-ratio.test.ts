import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { hedgeRatios, orthogonalSlope, rollingHedge } from "#src/metrics/hedge-ratio.ts";
import { leastSquares } from "#src/metrics/least-squares.ts";
import reference from "#tests/fixtures/reference/unit-root.json" with { type: "json" };
import fromR from "#tests/fixtures/reference/unit-root-r.json" with { type: "json" };
import { seeded, series } from "#tests/metrics/returns-reference.ts";
import { pairOf, walk } from "#tests/metrics/walks.ts";

const moments = (x: readonly number[], y: readonly number[]) => {
  const mean = (v: readonly number[]) => v.reduce((sum, e) => sum + e, 0) / v.length;
  const [mx, my] = [mean(x), mean(y)];
  const products = (a: readonly number[], b: readonly number[], ma: number, mb: number) =>
    a.reduce((sum, e, i) => sum + (e - ma) * ((b[i] ?? 0) - mb), 0);
  return [products(x, x, mx, mx), products(y, y, my, my), products(x, y, mx, my)] as const;
};

describe("hedgeRatios", () => {
  it.each(reference.pairs)("agree with statsmodels to 1e-10: $name", ({ long, short, orders }) => {
    const found = hedgeRatios(Object.freeze(long), Object.freeze(short));
    expect(found.n).toBe(long.length);
    expect(found.value?.ordinary.slope).toBeCloseTo(orders[0]?.slope ?? 99, 10);
    expect(found.value?.ordinary.intercept).toBeCloseTo(orders[0]?.intercept ?? 99, 9);
  });

  // Sixty points repeated are the same cloud.
  it.each(fromR.lines)(
    "agree with R's odregress to 1e-10: slope $slope",
    ({ long, short, slope, intercept }) => {
      const five = (leg: readonly number[]) => Array.from({ length: 5 }, () => leg).flat();
      const found = hedgeRatios(five(long), five(short)).value;
      expect(found?.orthogonal?.slope).toBeCloseTo(slope, 10);
      expect(found?.orthogonal?.intercept).toBeCloseTo(intercept, 9);
      expect(Math.abs((found?.ordinary.slope ?? slope) - slope)).toBeGreaterThan(1e-4);
    },
  );

  it("need 250 sessions: 250 are enough, 249 are not", () => {
    const { long, short } = pairOf(1, 250, 0.9);
    expect(hedgeRatios(long, short).status).toBe("ok");
    expect(hedgeRatios(long.slice(1), short.slice(1))).toEqual({
      status: "insufficient",
      value: null,
      n: 249,
      reasons: [{ code: "too-few", need: 250, have: 249 }],
    });
  });

  it("do not exist for a short leg that does not move, or a price that is not positive", () => {
    const { long, short } = pairOf(1, 300, 0.9);
    expect(hedgeRatios(long, series(300, 0.7))).toMatchObject({
      status: "undefined",
      reasons: [{ code: "zero-variance" }],
    });
    for (const price of [0, -1]) {
      expect(hedgeRatios(long.with(2, price), short)).toMatchObject({ reasons: [{ code: "not-positive" }] });
      expect(rollingHedge(long, short.with(2, price))).toMatchObject({ reasons: [{ code: "not-positive" }] });
    }
  });

  it("warn of a ratio that is negative or above 3, and not of 3 or 0", () => {
    const short = pairOf(1, 300, 0.9).short;
    const by = (slope: number) =>
      hedgeRatios(
        short.map((p) => p ** slope),
        short,
      );
    expect(by(2.999)).toMatchObject({ status: "ok", reasons: [] });
    expect(by(3.001)).toMatchObject({
      status: "warn",
      reasons: [{ code: "hedge-ratio", need: 3, have: expect.closeTo(3.001, 9) }],
    });
    expect(by(0.001)).toMatchObject({ status: "ok", reasons: [] });
    expect(by(-0.001)).toMatchObject({ status: "warn", reasons: [{ code: "hedge-ratio", need: 0 }] });
  });

  it("have no orthogonal line where the legs are uncorrelated, and an ordinary one of 0", () => {
    const found = hedgeRatios(
      series(300, (t) => Math.exp(t % 2)),
      series(300, (t) => Math.exp((t >> 1) % 2)),
    );
    expect(found.value?.orthogonal).toBeNull();
    expect(found.value?.ordinary.slope).toBeCloseTo(0, 14);
  });

  it("refuse legs of different lengths, and prices that are not finite", () => {
    const { long, short } = pairOf(1, 300, 0.9);
    for (const ratio of [hedgeRatios, rollingHedge]) {
      expect(() => ratio(long, short.slice(1))).toThrow(RangeError);
      expect(() => ratio(long.with(3, Number.NaN), short)).toThrow(RangeError);
      expect(() => ratio(long, short.with(3, Number.POSITIVE_INFINITY))).toThrow(RangeError);
    }
  });
});

describe("orthogonalSlope", () => {
  it("is by hand", () => {
    // Equal variances: the diagonal, whatever the covariance.
    expect(orthogonalSlope(4, 4, 1)).toBe(1);
    expect(orthogonalSlope(4, 4, -1)).toBe(-1);
    // (3 + √(9 + 16)) / 4 = 2, and the other way about 1/2.
    expect(orthogonalSlope(1, 4, 2)).toBe(2);
    expect(orthogonalSlope(4, 1, 2)).toBe(0.5);
    expect(orthogonalSlope(4, 1, 0)).toBeNull();
  });

  it("keeps its digits where the formula as written loses them", () => {
    expect(orthogonalSlope(1, 1e-12, 1e-9)).toBeCloseTo(1e-9, 18);
  });

  it("is inverted by swapping, which the ordinary one is not", () => {
    fc.assert(
      fc.property(fc.nat(500), (seed) => {
        const { long, short } = pairOf(seed, 250, 0.9);
        const [one, other] = [hedgeRatios(long, short).value, hedgeRatios(short, long).value];
        expect((one?.orthogonal?.slope ?? 9) * (other?.orthogonal?.slope ?? 9)).toBeCloseTo(1, 10);
        expect((one?.ordinary.slope ?? 9) * (other?.ordinary.slope ?? 9)).toBeLessThan(1 - 1e-6);
      }),
      { ...seeded, numRuns: 50 },
    );
  });

  it("lies between the ordinary line and the inverse of the one the other way", () => {
    fc.assert(
      fc.property(fc.nat(500), (seed) => {
        const [xx, yy, xy] = moments(walk(seed, 30), walk(seed + 1, 30));
        const slope = Math.abs(orthogonalSlope(xx, yy, xy) ?? 0);
        expect(slope).toBeGreaterThanOrEqual(Math.abs(xy / xx) * (1 - 1e-12));
        expect(slope).toBeLessThanOrEqual(Math.abs(yy / xy) * (1 + 1e-12));
      }),
      { ...seeded, numRuns: 100 },
    );
  });
});

describe("rollingHedge", () => {
  const { long, short } = pairOf(2, 700, 0.95);
  const path = rollingHedge(long, short).value ?? [];

  it("is the ordinary line of every window, and the deviation of its residuals", () => {
    for (let t = 251; t < 700; t += 32) {
      const window = (leg: readonly number[]) => leg.slice(t - 251, t + 1).map(Math.log);
      const fit = leastSquares([series(252, 1), window(short)], window(long)).value;
      expect(path[t]?.intercept).toBeCloseTo(fit?.coefficients[0] ?? 99, 9);
      expect(path[t]?.slope).toBeCloseTo(fit?.coefficients[1] ?? 99, 9);
      expect(path[t]?.deviation).toBeCloseTo(Math.sqrt((fit?.squares ?? 0) / 251), 10);
      const y = window(long);
      const [yy] = moments(y, y);
      expect(path[t]?.determination).toBeCloseTo(1 - (fit?.squares ?? 0) / yy, 10);
    }
  });

  it("begins with the first whole window", () => {
    expect(path).toHaveLength(700);
    expect(path.findIndex((line) => line !== null)).toBe(251);
    expect(
      rollingHedge(long.slice(0, 20), short.slice(0, 20), 20).value?.findIndex((line) => line !== null),
    ).toBe(19);
    expect(rollingHedge([], []).value).toEqual([]);
  });

  it("has no line in a window in which the short leg stood still", () => {
    const stood = short.map((p, t) => (t >= 300 && t < 330 ? 80 : p));
    const found = rollingHedge(long, stood, 20).value ?? [];
    expect(found[319]).toBeNull();
    expect(found[329]).toBeNull();
    expect(found[318]).not.toBeNull();
    expect(found[330]).not.toBeNull();
  });

  it("refuses windows below 3", () => {
    expect(() => rollingHedge(long, short, 2)).toThrow(RangeError);
    expect(() => rollingHedge(long, short, Number.NaN)).toThrow(RangeError);
    expect(rollingHedge(long, short, 3).status).toBe("ok");
  });

  it("says the same of a session whatever comes after it, to the bit", () => {
    for (const cut of [252, 253, 400, 555])
      expect(rollingHedge(long.slice(0, cut), short.slice(0, cut)).value).toEqual(path.slice(0, cut));
  });

  it("and something else after a change on the session itself", () => {
    expect(rollingHedge(long.with(400, 99), short).value?.[400]).not.toEqual(path[400]);
    expect(rollingHedge(long.with(400, 99), short).value?.[399]).toEqual(path[399]);
  });
});
