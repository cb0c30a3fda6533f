import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { varianceRatio, varianceRatioPath, varianceRatioTest } from "#src/metrics/variance-ratio.ts";
import { volatilityOfVolatilityPath } from "#src/metrics/volatility-of-volatility.ts";
import reference from "#tests/fixtures/reference/noise.json" with { type: "json" };
import { noisePanel, pathGap } from "#tests/metrics/panels.ts";
import { seeded, series } from "#tests/metrics/returns-reference.ts";

const returns = Object.freeze(reference.variance.returns.map((v) => v / 1e5));
const { rows, joint, path } = reference.variance;

describe("varianceRatio", () => {
  it("agrees with its formulas, sum by sum, to 1e-9", () => {
    for (const [q = 0, ratio = 0, z = 0] of rows) {
      const found = varianceRatio(returns, q);
      expect(found).toMatchObject({ status: "ok", n: 400, value: { q } });
      expect(found.value?.ratio).toBeCloseTo(ratio, 10);
      expect(found.value?.z).toBeCloseTo(z, 10);
    }
    const test = varianceRatioTest(returns).value;
    expect(test?.ratios.map(({ q }) => q)).toEqual([2, 5, 10]);
    expect(test?.largest).toBeCloseTo(joint[0] ?? 9, 10);
    expect(test?.pValue).toBeCloseTo(joint[1] ?? 9, 10);
    expect(test?.ratios[2]?.pValue).toBeLessThan(test?.pValue ?? 0);
  });

  it("agrees along the path to 1e-11", () => {
    const found = varianceRatioPath(returns, 5);
    for (const [k, ratio] of path.entries()) expect(found[251 + 7 * k]).toBeCloseTo(ratio, 11);
    expect(found.findIndex((v) => v !== null)).toBe(251);
    expect(varianceRatioPath(returns, 10, 400).at(-1)).toBeCloseTo(rows[2]?.[1] ?? 9, 11);
  });

  it("needs 252 returns that move", () => {
    expect(varianceRatio(returns.slice(0, 252), 5).status).toBe("ok");
    expect(varianceRatio(returns.slice(0, 251), 5)).toEqual({
      status: "insufficient",
      value: null,
      n: 251,
      reasons: [{ code: "too-few", need: 252, have: 251 }],
    });
    expect(varianceRatioTest(returns.slice(0, 251))).toMatchObject({ status: "insufficient" });
    expect(varianceRatio(series(300, 0.01), 5)).toMatchObject({
      status: "undefined",
      reasons: [{ code: "zero-variance" }],
    });
    expect(varianceRatioPath(series(300, 0.01), 5).every((v) => v === null)).toBe(true);
    expect(
      varianceRatioPath(
        returns.map((r, t) => (t === 399 ? null : r)),
        5,
      ).at(-1),
    ).toBeNull();
  });

  it("refuses horizons out of range and what is not finite", () => {
    for (const q of [1, 2.5, 201]) expect(() => varianceRatio(returns, q)).toThrow(RangeError);
    expect(varianceRatio(returns, 200).status).toBe("ok");
    for (const q of [0, 127]) expect(() => varianceRatioPath(returns, q)).toThrow(RangeError);
    expect(() => varianceRatio(returns.with(3, Number.NaN), 2)).toThrow(RangeError);
    expect(() => varianceRatioPath(returns.with(3, Number.NaN), 2)).toThrow(RangeError);
  });
});

describe("laws of the variance ratio", () => {
  it("is 1 for one session, and for no other number of them", () => {
    for (const ratio of varianceRatioPath(returns, 1).slice(251)) expect(ratio).toBeCloseTo(1, 12);
    expect(
      varianceRatioPath(returns, 2)
        .slice(251)
        .every((ratio) => Math.abs((ratio ?? 1) - 1) > 1e-3),
    ).toBe(true);
  });

  it("is above 1 for moves that go on, and below for moves that turn back", () => {
    const noise = noisePanel(1, 600, 3)[0] ?? [];
    const going = noise.map((r, t) => r + 0.5 * (noise[t - 1] ?? 0));
    const turning = noise.map((r, t) => r - 0.5 * (noise[t - 1] ?? 0));
    expect(varianceRatio(going, 2).value?.z).toBeGreaterThan(3);
    expect(varianceRatio(turning, 2).value?.z).toBeLessThan(-3);
    // By hand: the autocorrelation of noise and half of the noise before is 0.5/1.25 = 0.4, and VR(2) is 1 plus that.
    expect(varianceRatio(going, 2).value?.ratio).toBeGreaterThan(1.3);
    expect(varianceRatio(going, 2).value?.ratio).toBeLessThan(1.5);
    expect(Math.abs(varianceRatio(noise, 2).value?.z ?? 9)).toBeLessThan(3);
  });

  it("does not see size, sign nor drift", () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 900 }), fc.integer({ min: -20, max: 20 }), (size, drift) => {
        const mapped = varianceRatio(
          returns.map((r) => (-size * r) / 64 + drift / 1000),
          5,
        ).value;
        expect(mapped?.ratio).toBeCloseTo(rows[1]?.[1] ?? 9, 9);
        expect(mapped?.z).toBeCloseTo(rows[1]?.[2] ?? 9, 8);
      }),
      { ...seeded, numRuns: 20 },
    );
    expect(
      varianceRatio(
        returns.map((r) => Math.abs(r)),
        5,
      ).value?.ratio,
    ).not.toBeCloseTo(rows[1]?.[1] ?? 9, 2);
  });

  it("looks at nothing after its day, and at all before", () => {
    const whole = varianceRatioPath(returns, 5);
    expect(varianceRatioPath(returns.slice(0, 320), 5)).toEqual(whole.slice(0, 320));
    const changed = varianceRatioPath(returns.with(320, 0.2), 5);
    expect(changed.slice(0, 320)).toEqual(whole.slice(0, 320));
    expect(changed[320]).not.toBe(whole[320]);
  });
});

describe("volatilityOfVolatilityPath", () => {
  const log = reference.volatility.returns.map((v) => v / 1e5);
  const found = volatilityOfVolatilityPath(log);

  it("agrees with pandas to 1e-12", () => {
    expect(pathGap(found, reference.volatility.path)).toBeLessThan(1e-12);
  });

  // 20 returns make the first volatility, 63 more the changes.
  it("needs 83 returns that move", () => {
    expect(found.findIndex((v) => v !== null)).toBe(82);
    expect(volatilityOfVolatilityPath(log.map((r, t) => (t >= 60 && t < 79 ? 0 : r))).at(82)).not.toBeNull();
    expect(volatilityOfVolatilityPath(log.map((r, t) => (t >= 60 && t < 80 ? 0 : r))).at(82)).toBeNull();
    expect(volatilityOfVolatilityPath(log.map((r, t) => (t === 5 ? null : r))).at(82)).toBeNull();
    expect(() => volatilityOfVolatilityPath(log.with(3, Number.NaN))).toThrow(RangeError);
  });

  it("does not see the size of returns, and is 0 where volatility stands still", () => {
    expect(pathGap(volatilityOfVolatilityPath(log.map((r) => 7 * r)), found)).toBeLessThan(1e-11);
    const steady = volatilityOfVolatilityPath(series(120, (t) => (t % 2 === 0 ? 0.01 : -0.01)));
    expect(steady.at(-1)).toBeCloseTo(0, 9);
    expect(found.at(-1)).toBeGreaterThan(0.3);
  });

  it("looks at nothing after its day, and at all before", () => {
    expect(volatilityOfVolatilityPath(log.slice(0, 120))).toEqual(found.slice(0, 120));
    const changed = volatilityOfVolatilityPath(log.with(120, 0.3));
    expect(changed.slice(0, 120)).toEqual(found.slice(0, 120));
    expect(changed[120]).not.toBe(found[120]);
  });
});
