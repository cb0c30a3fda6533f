import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { halfLife, halfLifeOf } from "#src/metrics/half-life.ts";
import { persistenceInterval } from "#src/metrics/persistence-interval.ts";
import reference from "#tests/fixtures/reference/half-life.json" with { type: "json" };
import { seeded, series } from "#tests/metrics/returns-reference.ts";
import { autoregression, walk } from "#tests/metrics/walks.ts";

/** Few samples: enough where only the fit matters. */
const quick = { samples: 50 };

describe("halfLife", () => {
  it.each(reference)("has statsmodels' φ to 1e-10: $phi", ({ values, phi }) => {
    const found = halfLife(Object.freeze(values), quick);
    expect(found).toMatchObject({ status: "ok", n: values.length });
    expect(Math.abs((found.value?.phi ?? 99) - phi)).toBeLessThan(1e-10);
    expect(found.value?.sessions).toBe(phi > 0 ? halfLifeOf(found.value?.phi ?? 0) : null);
  });

  // Three errors of a run, and of the ten runs that the reference is the mean of.
  it.each(reference)(
    "has the interval of the grid to what simulation leaves open: $phi",
    ({ values, low, high }) => {
      const { interval } = halfLife(values).value ?? {};
      for (const [bound, expected] of [
        [interval?.low, low],
        [interval?.high, high],
      ] as const) {
        if (expected === null) expect(bound).toBeNull();
        else if (expected.phi <= 0) expect(bound).toBe(0);
        else
          expect(Math.abs(2 ** (-1 / (bound ?? 0)) - expected.phi)).toBeLessThan(
            3 * expected.error * Math.sqrt(1.05),
          );
      }
    },
  );

  it("is 6.578813 sessions for φ = 0.9, not ln 2 / 0.1 = 6.93", () => {
    expect(halfLifeOf(0.9)).toBeCloseTo(6.578813, 6);
    expect(halfLifeOf(0.5)).toBe(1);
  });

  it("is 0 from φ = 0 down and never from 1 up", () => {
    expect([halfLifeOf(0), halfLifeOf(-0.5)]).toEqual([0, 0]);
    expect([halfLifeOf(1), halfLifeOf(1.2)]).toEqual([null, null]);
    expect(halfLifeOf(1 - 1e-9)).toBeGreaterThan(1e8);
    expect(halfLifeOf(1e-9)).toBeGreaterThan(0);
  });

  it("reads φ of 1 or more as no mean reversion, of 0 or less as under one session", () => {
    expect(halfLife(autoregression(3, 252, 1.01), quick).value).toMatchObject({
      reading: "no-mean-reversion",
      sessions: null,
      interval: { high: null },
      isSpoken: false,
    });
    expect(halfLife(autoregression(3, 252, -0.3), quick).value).toMatchObject({
      reading: "under-one-session",
      sessions: null,
      interval: { low: 0, high: 0 },
      isSpoken: true,
    });
    expect(halfLife(autoregression(3, 252, 0.5), quick).value).toMatchObject({
      reading: "sessions",
      isSpoken: true,
    });
  });

  it("is spoken only where the upper end is below half of the window", () => {
    const spoken = Array.from({ length: 60 }, (_, i) => halfLife(autoregression(i, 250, 0.96), quick).value);
    for (const each of spoken) {
      const { high = null } = each?.interval ?? {};
      expect(each?.isSpoken).toBe(high !== null && high < 125);
    }
    expect(new Set(spoken.map((each) => each?.isSpoken)).size).toBe(2);
    expect(spoken.some((each) => each?.interval.high !== null && !each?.isSpoken)).toBe(true);
  });

  it("needs 250 values: 250 are enough, 249 are not", () => {
    expect(halfLife(autoregression(1, 250, 0.9), quick).status).toBe("ok");
    expect(halfLife(autoregression(1, 249, 0.9), quick)).toEqual({
      status: "insufficient",
      value: null,
      n: 249,
      reasons: [{ code: "too-few", need: 250, have: 249 }],
    });
  });

  it("does not exist for a spread that does not move, or that its last value explains", () => {
    expect(halfLife(series(300, 0.1), quick)).toMatchObject({
      status: "undefined",
      reasons: [{ code: "zero-variance" }],
    });
    // In any unit: what is left of the fit is rounding against the size of the values.
    for (const exact of [
      series(300, (t) => 0.97 ** t),
      series(300, (t) => 3 + 0.01 * t),
      series(300, (t) => 1e6 * (3 + 0.01 * t)),
      series(300, (t) => 1e-6 * (3 + 0.01 * t)),
      series(300, (t) => t % 2),
    ])
      expect(halfLife(exact, quick)).toMatchObject({
        status: "undefined",
        reasons: [{ code: "perfect-fit" }],
      });
  });

  it("refuses what is not finite", () => {
    for (const bad of [Number.NaN, Number.POSITIVE_INFINITY])
      expect(() => halfLife(walk(1, 300).with(5, bad), quick)).toThrow(RangeError);
  });
});

describe("laws of the half-life", () => {
  const of = fc.record({ seed: fc.nat(1000), phi: fc.constantFrom(0.3, 0.9, 0.98) });

  it("does not see unit or origin", () => {
    fc.assert(
      fc.property(of, fc.constantFrom(-2, 0.01, 8), fc.constantFrom(-5, 0, 12), ({ seed, phi }, a, b) => {
        const values = autoregression(seed, 252, phi);
        const [own, mapped] = [values, values.map((v) => a * v + b)].map((v) => halfLife(v, quick).value);
        expect(mapped?.phi).toBeCloseTo(own?.phi ?? 99, 9);
        expect(2 ** (-1 / (mapped?.interval.low ?? 1e9))).toBeCloseTo(
          2 ** (-1 / (own?.interval.low ?? 1e9)),
          5,
        );
      }),
      { ...seeded, numRuns: 25 },
    );
  });

  it("sees order", () => {
    const values = autoregression(4, 252, 0.9);
    expect(
      halfLife(
        values.toSorted((a, b) => a - b),
        quick,
      ).value?.phi,
    ).toBeGreaterThan(0.97);
  });

  it("has the same interval for the same seed, and nearly the same for another", () => {
    const values = autoregression(4, 252, 0.9);
    const high = (seed: number) => halfLife(values, { seed, samples: 500 }).value?.interval.high ?? 0;
    expect(high(1)).toBe(high(1));
    expect(high(2)).not.toBe(high(1));
    expect(Math.abs(high(2) / high(1) - 1)).toBeLessThan(0.3);
  });

  // What a quantile of samples of the fit itself would not do: it would find an end to nine random walks of ten.
  it("finds an end in about 2.5 % of random walks, and nearly always where the return is fast", () => {
    const share = (phi: number) =>
      Array.from(
        { length: 120 },
        (_, i) => halfLife(autoregression(9000 + i, 250, phi), quick).value?.interval.high,
      ).filter((high) => high != null).length / 120;
    // Three standard errors of a share of 2.5 % of 120, and what 50 samples add.
    expect(share(1)).toBeLessThan(0.08);
    expect(share(0.8)).toBe(1);
  });
});

describe("persistenceInterval", () => {
  const residuals = walk(5, 300)
    .slice(1)
    .map((v, i) => v - (walk(5, 300)[i] ?? 0));

  it("lies about the fit, and narrows with alpha", () => {
    const fit = { phi: 0.9, error: 0.025, residuals, start: 0 };
    const wide = persistenceInterval(fit, { samples: 400 });
    const narrow = persistenceInterval(fit, { samples: 400, alpha: 0.5 });
    expect(wide.low).toBeLessThan(narrow.low ?? 0);
    expect(narrow.low).toBeLessThan(0.92);
    expect(narrow.high).toBeGreaterThan(0.9);
    expect(wide.high).toBeGreaterThan(narrow.high ?? 1);
  });

  it("has no bound where even a random walk would not surprise, nor two where it is the fit that surprises", () => {
    const at = (phi: number) =>
      persistenceInterval({ phi, error: 0.01, residuals, start: 0 }, { samples: 200 });
    expect(at(0.99)).toMatchObject({ low: expect.any(Number), high: null });
    expect(at(1.05)).toEqual({ low: null, high: null });
    expect(at(0.9).high).not.toBeNull();
  });
});
