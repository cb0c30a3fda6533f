import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { hedgeRatios } from "#src/metrics/hedge-ratio.ts";
import { kalmanHedge, kalmanNoise } from "#src/metrics/kalman-hedge.ts";
import { forgettingNoise, KalmanLine, type KalmanNoise } from "#src/metrics/kalman-line.ts";
import { nelderMead } from "#src/metrics/nelder-mead.ts";
import pairs from "#tests/fixtures/reference/kalman.json" with { type: "json" };
import { relativeGap, seeded, series } from "#tests/metrics/returns-reference.ts";
import { pairOf } from "#tests/metrics/walks.ts";

const noiseOf = ([intercept = 0, slope = 0, observation = 0]: readonly number[]): KalmanNoise => ({
  intercept,
  slope,
  observation,
});
const usual: KalmanNoise = { intercept: 1e-6, slope: 1e-6, observation: 1e-4 };
const [moving, steady] = pairs;
if (moving === undefined || steady === undefined) throw new Error("no reference");

describe("kalmanHedge against statsmodels", () => {
  const filters = pairs.flatMap(({ long, short, filters }) =>
    filters.map((filter) => ({ long, short, ...filter })),
  );
  it.each(filters)("with noise $noise", ({ long, short, noise, logLikelihood, rows }) => {
    const { value, status } = kalmanHedge(long, short, noiseOf(noise));
    expect(status).toBe("ok");
    expect(value?.logLikelihood).toBeCloseTo(logLikelihood, 6);
    for (const [t = 0, intercept, slope, innovation] of rows) {
      const point = value?.path[t];
      expect(point?.intercept).toBeCloseTo(intercept ?? 0, 7);
      expect(point?.slope).toBeCloseTo(slope ?? 0, 7);
      expect(point?.innovation).toBeCloseTo(innovation ?? 0, 7);
    }
  });
});

describe("kalmanNoise", () => {
  it.each(pairs)(
    "is as likely as the best that statsmodels and scipy find: $best",
    ({ long, short, best }) => {
      const { value } = kalmanNoise(long, short);
      if (value === null) throw new Error("no noise");
      const found = kalmanHedge(long, short, value).value?.logLikelihood ?? 0;
      expect(found).toBeGreaterThan(best - 1e-3);
      expect(found).toBeLessThan(best + 0.05);
    },
  );

  it("cannot be made better by changing one of them", () => {
    const { long, short } = moving;
    const best = kalmanNoise(long, short).value ?? usual;
    const of = (noise: KalmanNoise) => kalmanHedge(long, short, noise).value?.logLikelihood ?? 0;
    for (const name of ["intercept", "slope", "observation"] as const)
      for (const factor of [0.8, 1.25])
        expect(of({ ...best, [name]: factor * best[name] })).toBeLessThan(of(best) + 1e-6);
  });

  it("does not exist of legs that are one", () => {
    const { short } = steady;
    expect(
      kalmanNoise(
        short.map((p) => 2 * p),
        short,
      ),
    ).toMatchObject({ status: "undefined", reasons: [{ code: "identical-legs" }] });
  });

  it("needs 250 sessions", () => {
    const of = (n: number) => kalmanNoise(steady.long.slice(0, n), steady.short.slice(0, n));
    expect(of(249)).toMatchObject({
      status: "insufficient",
      reasons: [{ code: "too-few", need: 250, have: 249 }],
    });
    expect(of(250)).toMatchObject({ status: "ok", n: 250 });
  });
});

describe("kalmanHedge", () => {
  const { long, short } = moving;

  it("shows nothing of the first 60 sessions", () => {
    const { value } = kalmanHedge(long, short, usual);
    expect(value?.path.slice(0, 60)).toEqual(series(60, 0).map(() => null));
    expect(value?.path[60]).not.toBeNull();
    expect(value?.path).toHaveLength(long.length);
  });

  it("needs 250 sessions", () => {
    const of = (n: number) => kalmanHedge(long.slice(0, n), short.slice(0, n), usual);
    expect(of(249)).toEqual({
      status: "insufficient",
      value: null,
      n: 249,
      reasons: [{ code: "too-few", need: 250, have: 249 }],
    });
    expect(of(250)).toMatchObject({ status: "ok", n: 250 });
  });

  it("warns of a slope that is negative or above 3", () => {
    const against = short.map((p) => 1e4 / p);
    expect(kalmanHedge(against, short, usual)).toMatchObject({
      status: "warn",
      reasons: [{ code: "hedge-ratio", need: 0 }],
    });
    const steep = short.map((p) => p ** 4 / 1e6);
    expect(kalmanHedge(steep, short, usual)).toMatchObject({
      status: "warn",
      reasons: [{ code: "hedge-ratio", need: 3 }],
    });
  });

  it("does not exist for a short leg that stands still, or a price that is not positive", () => {
    expect(kalmanHedge(long, series(long.length, 5), usual)).toMatchObject({
      status: "undefined",
      reasons: [{ code: "zero-variance" }],
    });
    expect(kalmanHedge(long.with(3, 0), short, usual)).toMatchObject({
      status: "undefined",
      reasons: [{ code: "not-positive" }],
    });
  });

  it("refuses lengths that differ, prices that are not finite, and variances that are none", () => {
    expect(() => kalmanHedge(long.slice(1), short, usual)).toThrow(RangeError);
    expect(() => kalmanHedge(long.with(0, Number.NaN), short, usual)).toThrow(RangeError);
    for (const bad of [
      { observation: 0 },
      { observation: -1 },
      { slope: -1 },
      { intercept: Number.NaN },
      { slope: Number.POSITIVE_INFINITY },
    ])
      expect(() => kalmanHedge(long, short, { ...usual, ...bad })).toThrow(RangeError);
  });

  it("is the line of least squares where nothing wanders", () => {
    const pair = pairOf(11, 400, 0.5);
    const found = kalmanHedge(pair.long, pair.short, {
      intercept: 0,
      slope: 0,
      observation: 1e-4,
    }).value?.path.at(-1);
    const line = hedgeRatios(pair.long, pair.short).value?.ordinary;
    expect(found?.slope).toBeCloseTo(line?.slope ?? 0, 5);
    expect(found?.intercept).toBeCloseTo(line?.intercept ?? 0, 4);
  });

  it("the past does not change when sessions are added", () => {
    const whole = kalmanHedge(long, short, usual).value?.path ?? [];
    for (const n of [250, 333, 499])
      expect(kalmanHedge(long.slice(0, n), short.slice(0, n), usual).value?.path).toEqual(whole.slice(0, n));
    const moved = kalmanHedge(long.with(300, 90), short, usual).value?.path ?? [];
    expect(moved[300]).not.toEqual(whole[300]);
    expect(moved.slice(0, 300)).toEqual(whole.slice(0, 300));
  });

  it("a long leg in another unit moves the intercept and not the slope", () => {
    fc.assert(
      fc.property(fc.integer({ min: 2, max: 1000 }), (unit) => {
        const [own, other] = [long, long.map((p) => p * unit)].map(
          (leg) => kalmanHedge(leg, short, usual).value?.path ?? [],
        );
        const slopes = (path: typeof own) =>
          path?.slice(100).map((point) => point?.slope ?? Number.NaN) ?? [];
        expect(relativeGap(slopes(other), slopes(own))).toBeLessThan(1e-4);
        const shift = (other?.at(-1)?.intercept ?? 0) - (own?.at(-1)?.intercept ?? 0);
        expect(shift).toBeCloseTo(Math.log(unit), 3);
      }),
      { ...seeded, numRuns: 5 },
    );
  });

  it("follows a slope that changes the faster the more it may wander", () => {
    const n = 600;
    const logs = series(n, (t) => 4 + 0.4 * Math.sin(t / 9) + 0.1 * Math.sin(t));
    const legs = [logs.map((x, t) => Math.exp((t < 300 ? 0.5 : 1.5) * x)), logs.map(Math.exp)] as const;
    const slopeAt = (q: number) =>
      kalmanHedge(...legs, { intercept: 0, slope: q, observation: 1e-4 }).value?.path[330]?.slope ?? 0;
    expect(slopeAt(1e-3)).toBeGreaterThan(slopeAt(1e-9) + 0.2);
    expect(slopeAt(1e-3)).toBeLessThan(1.5);
  });
});

describe("KalmanLine", () => {
  it("never expects a variance below that of an observation", () => {
    const line = new KalmanLine({ intercept: 0, slope: 0, observation: 1e-8 }, 1e6);
    for (let t = 0; t < 3000; t++)
      expect(line.observe(4 + 1e-3 * Math.sin(t), 3).variance).toBeGreaterThanOrEqual(1e-8);
  });
});

describe("forgettingNoise", () => {
  it("is the rate over what is kept", () => {
    expect(forgettingNoise(1e-4, 1e-3)).toEqual({
      intercept: 1e-4 / 0.9999,
      slope: 1e-4 / 0.9999,
      observation: 1e-3,
    });
    for (const delta of [0, 1, -1, Number.NaN]) expect(() => forgettingNoise(delta, 1)).toThrow(RangeError);
  });
});

describe("nelderMead", () => {
  it("finds the bottom of a bent valley", () => {
    const rosenbrock = ([x = 0, y = 0]: readonly number[]) => (1 - x) ** 2 + 100 * (y - x * x) ** 2;
    const { at, value } = nelderMead(rosenbrock, [-1.2, 1], 0.5, { tolerance: 1e-14 });
    expect(value).toBeLessThan(1e-10);
    expect(at[0]).toBeCloseTo(1, 4);
    expect(at[1]).toBeCloseTo(1, 4);
  });

  it("keeps away from where the function is none, and ends", () => {
    const root = nelderMead(([x = 0]) => (x < 0.5 ? Number.NaN : (x - 1) ** 2), [3], 1);
    expect(root.at[0]).toBeCloseTo(1, 3);
    const cut = nelderMead(([x = 0]) => -x, [0], 1, { evaluations: 50 });
    expect(cut.evaluations).toBeLessThan(60);
  });
});
