import { describe, expect, it } from "vitest";
import { blockLength } from "#src/metrics/block-length.ts";
import { correlationPath } from "#src/metrics/correlation.ts";
import { pairsError } from "#src/metrics/correlation-error.ts";
import { correlationFlip, flipWindows, forbesRigobon } from "#src/metrics/correlation-flip.ts";
import { flipState } from "#src/metrics/flip-state.ts";
import { jointStates } from "#src/metrics/joint-states.ts";
import { slopeBreak } from "#src/metrics/slope-break.ts";
import { bootstrapInterval } from "#src/metrics/stationary-bootstrap.ts";
import reference from "#tests/fixtures/reference/correlation-flip.json" with { type: "json" };
import { noisePanel } from "#tests/metrics/panels.ts";
import { series } from "#tests/metrics/returns-reference.ts";

const pairOf = ({ x, y }: { readonly x: readonly number[]; readonly y: readonly number[] }) => ({
  x: Object.freeze(x.map((v) => v / 1e5)),
  y: Object.freeze(y.map((v) => v / 1e5)),
});
const [plain, lively] = [pairOf(reference.plain), pairOf(reference.lively)];
const last = ({ x, y }: typeof plain, n: number) => ({ x: x.slice(-n), y: y.slice(-n) });
const flipOf = ({ x, y }: typeof plain, options = {}) => correlationFlip(x, y, options);

describe("correlationFlip", () => {
  it("agrees with scipy and statsmodels to 1e-10, each window by itself", () => {
    const cases = [
      [flipOf(plain), reference.plain],
      [flipOf(lively), reference.lively],
      [flipOf(plain, flipWindows.weekly), reference.weekly],
    ] as const;
    for (const [{ value }, expected] of cases) {
      expect(value?.recent.correlation).toBeCloseTo(expected.recent[0] ?? 9, 12);
      expect(value?.prior.correlation).toBeCloseTo(expected.prior[0] ?? 9, 12);
      expect(value?.recent.spearman).toBeCloseTo(expected.recent[3] ?? 9, 12);
      expect(value?.prior.spearman).toBeCloseTo(expected.prior[3] ?? 9, 12);
      expect(value?.dependence).toBeCloseTo(expected.ljungBox[1] ?? 9, 10);
      expect(value?.adjusted).toBeCloseTo(expected.adjusted, 12);
    }
  });

  it("has the formula's intervals for independent pairs", () => {
    const { value } = flipOf(plain);
    expect(value).toMatchObject({ errors: "formula", recent: { n: 60 }, prior: { n: 250 } });
    for (const [window, [, low = 9, high = 9]] of [
      [value?.recent, reference.plain.recent],
      [value?.prior, reference.plain.prior],
    ] as const) {
      expect(window?.low).toBeCloseTo(low, 12);
      expect(window?.high).toBeCloseTo(high, 12);
    }
    const error = Math.hypot(1 / Math.sqrt(57), 1 / Math.sqrt(247));
    const [r1, r2] = [value?.recent.correlation ?? 9, value?.prior.correlation ?? 9];
    expect(value?.z).toBeCloseTo((Math.atanh(r1) - Math.atanh(r2)) / error, 12);
  });

  it("draws pairs anew where their products depend on one another, the same for the same seed", () => {
    const { value } = flipOf(lively);
    expect(value).toMatchObject({ errors: "bootstrap" });
    expect(value?.dependence).toBeLessThan(0.05);
    expect(flipOf(lively)).toEqual(flipOf(lively, { seed: 20_260_213, replicates: 2000 }));
    expect(flipOf(lively, { seed: 1 }).value?.z).not.toBe(value?.z);
    // In blocks of the length that the products themselves ask for, and not one by one.
    const { x, y } = last(lively, 60);
    const mean = x.reduce((sum, v, t) => sum + v * (y[t] ?? 0), 0) / 60;
    const block = blockLength(x.map((v, t) => v * (y[t] ?? 0) - mean)).value ?? 0;
    expect(block).toBeGreaterThan(1);
    expect(value?.recent.error).toBe(pairsError(x, y, { block }));
    expect(value?.recent.error).not.toBe(pairsError(x, y, { block: 1 }));
    expect(value?.z).toBeCloseTo(
      (Math.atanh(value?.recent.correlation ?? 9) - Math.atanh(value?.prior.correlation ?? 9)) /
        Math.hypot(value?.recent.error ?? 9, value?.prior.error ?? 9),
      12,
    );
  });

  it("needs 45 + 120 returns, and says when they are fewer than 60 + 250", () => {
    expect(flipOf(last(plain, 165))).toMatchObject({
      status: "warn",
      n: 165,
      value: { recent: { n: 45 }, prior: { n: 120 } },
      reasons: [{ code: "short-window", need: 310, have: 165 }],
    });
    expect(flipOf(last(plain, 164))).toEqual({
      status: "insufficient",
      value: null,
      n: 164,
      reasons: [{ code: "too-few", need: 165, have: 164 }],
    });
    expect(flipOf(last(plain, 180)).value).toMatchObject({ recent: { n: 60 }, prior: { n: 120 } });
    expect(flipOf(last(plain, 309)).status).toBe("warn");
    expect(flipOf(last(plain, 310))).toMatchObject({ status: "ok", n: 310, reasons: [] });
    const weekly = (n: number) => flipOf(last(plain, n), flipWindows.weekly);
    expect([71, 72, 129, 130].map((n) => weekly(n).status)).toEqual(["insufficient", "warn", "warn", "ok"]);
  });

  it("does not exist for a series that stands still in a window, nor for two that are one", () => {
    const { x, y } = last(plain, 310);
    const still = (from: number, to: number) => x.map((v, t) => (t >= from && t < to ? 0 : v));
    for (const spoilt of [still(0, 250), still(250, 310)])
      expect(correlationFlip(spoilt, y)).toMatchObject({
        status: "undefined",
        reasons: [{ code: "zero-variance" }],
      });
    expect(correlationFlip(still(0, 310), y)).toMatchObject({ reasons: [{ code: "zero-variance" }] });
    expect(correlationFlip(still(0, 150), y).status).toBe("ok");
    expect(
      correlationFlip(
        x,
        x.map((v) => 2 * v),
      ),
    ).toMatchObject({
      status: "undefined",
      reasons: [{ code: "perfect-correlation" }],
    });
  });

  it("does not exist where most samples of dependent pairs have no correlation", () => {
    // One return of the recent window moves: a third of the samples lack it.
    const { x, y } = last(lively, 310);
    const once = x.map((v, t) => (t >= 250 && t !== 280 ? 0 : v));
    expect(correlationFlip(once, y)).toMatchObject({
      status: "undefined",
      value: null,
      n: 60,
      reasons: [{ code: "lost-replicates" }],
    });
  });

  it("refuses lengths that differ and what is not finite", () => {
    expect(() => correlationFlip(plain.x, plain.y.slice(1))).toThrow(RangeError);
    expect(() => correlationFlip([0.1], [])).toThrow(RangeError);
    expect(() => correlationFlip(plain.x.with(5, Number.NaN), plain.y)).toThrow(RangeError);
  });

  it("counts for how long the rolling correlation has had its sign", () => {
    const { value } = flipOf(plain);
    const path = correlationPath(plain.x, plain.y);
    const run = path.length - 1 - path.findLastIndex((r) => r === null || r > 0);
    expect(value?.persisted).toBe(run);
    expect(run).toBeGreaterThan(5);
    expect(flipOf({ x: plain.x, y: plain.x.map((v, t) => v + (plain.y[t] ?? 0)) }).value?.persisted).toBe(
      271,
    );
  });

  it("does not see unit nor origin of either, and turns over with the sign of one", () => {
    const own = flipOf(plain).value;
    const mapped = correlationFlip(
      plain.x.map((v) => 4 * v),
      plain.y.map((v) => -v),
    ).value;
    expect(mapped?.z).toBeCloseTo(-(own?.z ?? 9), 9);
    expect(mapped?.recent.correlation).toBeCloseTo(-(own?.recent.correlation ?? 9), 12);
    expect(mapped?.adjusted).toBeCloseTo(-(own?.adjusted ?? 9), 12);
    // Nothing before the two windows counts but for how long the sign has held.
    const { persisted: _, ...older } = correlationFlip(plain.x.with(3, 0.9), plain.y).value ?? {
      persisted: 0,
    };
    expect(own).toMatchObject(older);
    expect(correlationFlip(plain.x.with(25, 0.9), plain.y).value?.z).not.toBe(own?.z);
  });
});

describe("pairsError", () => {
  const { x, y } = last(lively, 60);

  // 10,000 draws: an error's own error is 0.7 % of it; 40,000 of the other program's 0.35 %.
  it("agrees with another program within 3 Monte Carlo errors, for every block", () => {
    for (const [block = 0, error = 0] of reference.errors)
      expect(Math.abs((pairsError(x, y, { block, replicates: 10_000 }) ?? 9) / error - 1)).toBeLessThan(
        0.024,
      );
    const errors = reference.errors.map(([, error = 0]) => error);
    expect(Math.max(...errors) / Math.min(...errors)).toBeGreaterThan(1.2);
  });

  it("is about that of the formula for independent pairs of normal values", () => {
    const [a = [], b = []] = noisePanel(2, 250, 6);
    expect((pairsError(a, b, { block: 1 }) ?? 9) * Math.sqrt(247)).toBeGreaterThan(0.8);
    expect((pairsError(a, b, { block: 1 }) ?? 9) * Math.sqrt(247)).toBeLessThan(1.2);
  });

  it("is not there where the correlation mostly is not", () => {
    expect(pairsError(series(60, 0).with(7, 1), y, { block: 1 })).toBeNull();
    expect(pairsError(x, x, { block: 1 })).toBeNull();
    expect(
      pairsError(
        series(60, (t) => (t < 5 ? (x[t] ?? 0) : 0)),
        y,
        { block: 1 },
      ),
    ).not.toBeNull();
    expect(() => pairsError(x, y, { block: 0 })).toThrow(RangeError);
  });
});

describe("forbesRigobon", () => {
  it("is the correlation itself where the variance is the same, less where it grew, more where it shrank", () => {
    expect(forbesRigobon(0.6, 0)).toBe(0.6);
    expect(forbesRigobon(0.6, 3)).toBeCloseTo(0.6 / Math.sqrt(1 + 3 * 0.64), 14);
    expect(forbesRigobon(-0.6, -0.5)).toBeLessThan(-0.6);
    expect(forbesRigobon(1, 3)).toBe(1);
  });

  // y = x + e with the same e: a livelier x alone raises the correlation, and the adjustment takes that away.
  it("takes away what a livelier series alone does", () => {
    const [a = 0, e = 1] = [2, 1];
    const r = (size: number) => (a * size) / Math.hypot(a * size, e);
    expect(r(3)).toBeGreaterThan(r(1));
    expect(forbesRigobon(r(3), 9 - 1)).toBeCloseTo(r(1), 12);
  });
});

describe("flipState", () => {
  const window = (correlation: number, reach = 0.1) => ({
    correlation,
    low: correlation - reach,
    high: correlation + reach,
    error: 0.1,
    spearman: correlation,
    n: 60,
  });
  const base = { recent: window(-0.3), prior: window(0.4), persisted: 10 };

  it("is confirmed where all four conditions hold, each of them needed", () => {
    expect(flipState(base, 0.1)).toEqual({
      state: "confirmed",
      signsDiffer: true,
      intervalsExcludeZero: true,
      isSignificant: true,
      hasPersisted: true,
    });
    expect(flipState(base, 0.100001)).toMatchObject({ state: "tentative", isSignificant: false });
    expect(flipState({ ...base, persisted: 9 }, 0.01)).toMatchObject({
      state: "tentative",
      hasPersisted: false,
    });
    expect(flipState({ ...base, recent: window(-0.3, 0.2999) }, 0.01).state).toBe("confirmed");
    expect(flipState({ ...base, recent: window(-0.3, 0.3) }, 0.01)).toMatchObject({
      state: "tentative",
      intervalsExcludeZero: false,
    });
    expect(flipState({ ...base, prior: window(0.4, 0.41) }, 0.01)).toMatchObject({ state: "tentative" });
  });

  it("is none where the signs agree, however different the correlations are", () => {
    expect(flipState({ ...base, recent: window(0.9) }, 0)).toMatchObject({
      state: "none",
      signsDiffer: false,
    });
    for (const zero of [{ recent: window(0) }, { prior: window(0) }])
      expect(flipState({ ...base, ...zero }, 0)).toMatchObject({ state: "none", signsDiffer: false });
  });

  it("confirms the flip that was made here, and none where there is none", () => {
    const { value: flipped } = flipOf(lively);
    expect(flipped && flipState(flipped, flipped.pValue)).toMatchObject({ state: "confirmed" });
    const [a = [], b = []] = noisePanel(2, 320);
    const { value: steady } = correlationFlip(a, b);
    expect(steady && flipState(steady, steady.pValue).state).toBe("none");
  });

  it("refuses what is no q-value", () => {
    for (const bad of [-0.1, 1.1, Number.NaN]) expect(() => flipState(base, bad)).toThrow(RangeError);
    for (const q of [0, 1]) expect(flipState(base, q).isSignificant).toBe(q === 0);
  });
});

describe("slopeBreak", () => {
  it("agrees with statsmodels to 1e-9", () => {
    for (const [pair, expected, options] of [
      [plain, reference.plain, {}],
      [lively, reference.lively, {}],
      [plain, reference.weekly, flipWindows.weekly],
    ] as const) {
      const { value } = slopeBreak(pair.x, pair.y, options);
      const [before = 9, change = 9, error = 9, t = 9, p = 9] = expected.slope;
      expect(value?.before).toBeCloseTo(before, 11);
      expect(value?.change).toBeCloseTo(change, 11);
      expect(value?.error).toBeCloseTo(error, 11);
      expect(value?.t).toBeCloseTo(t, 9);
      expect(value?.pValue).toBeCloseTo(p, 11);
    }
  });

  it("needs what a flip needs", () => {
    const of = (n: number) => slopeBreak(plain.x.slice(-n), plain.y.slice(-n));
    expect([164, 165, 309, 310].map((n) => of(n).status)).toEqual(["insufficient", "warn", "warn", "ok"]);
    expect(
      slopeBreak(
        plain.x.map((v, t) => (t >= 270 ? 0 : v)),
        plain.y,
      ),
    ).toMatchObject({ status: "undefined" });
    expect(
      slopeBreak(
        plain.x,
        plain.x.map((v) => 2 * v),
      ),
    ).toMatchObject({
      status: "undefined",
      reasons: [{ code: "perfect-fit" }],
    });
    expect(() => slopeBreak(plain.x, plain.y.slice(1))).toThrow(RangeError);
  });

  it("does not grow because x does", () => {
    const [x = [], e = []] = noisePanel(2, 310, 4);
    const grown = x.map((v, t) => (t >= 250 ? 4 * v : v));
    const answer = (of: readonly number[]) => of.map((v, t) => v + (e[t] ?? 0) - (x[t] ?? 0) / 2);
    expect(Math.abs(slopeBreak(grown, answer(grown)).value?.t ?? 9)).toBeLessThan(4);
    expect(correlationFlip(grown, answer(grown)).value?.z).toBeGreaterThan(4);
  });
});

describe("jointStates", () => {
  // 140 sessions: 120 of up/up and down/down in turn, then 20 of which 15 are up/down and 5 stand still.
  const x = series(140, (t) => (t < 120 ? (t % 2 === 0 ? 0.01 : -0.01) : t < 135 ? 0.01 : 0));
  const y = series(140, (t) => (t < 120 ? (t % 2 === 0 ? 0.02 : -0.02) : -0.01));
  const { value: states } = jointStates(x, y);

  it("counts by hand, a return of 0 as neither", () => {
    expect(states?.map(({ x: dx, y: dy, recent, longRun }) => [dx, dy, recent, longRun])).toEqual([
      ["up", "up", 0, 0.5],
      ["up", "down", 0.75, 0],
      ["down", "up", 0, 0],
      ["down", "down", 0, 0.5],
    ]);
  });

  it("has intervals about the recent share, the same for the same seed", () => {
    const { low = 9, high = 0 } = states?.[1] ?? {};
    expect(low).toBeLessThan(0.75);
    expect(high).toBeGreaterThan(0.75);
    expect(low).toBeGreaterThan(0.2);
    expect(states?.[0]).toMatchObject({ low: 0, high: 0 });
    expect(jointStates(x, y)).toEqual(jointStates(x, y, { seed: 20_260_213 }));
    const [a = [], b = []] = noisePanel(2, 200, 8);
    expect(jointStates(a, b, { seed: 3, replicates: 200 })).not.toEqual(
      jointStates(a, b, { seed: 4, replicates: 200 }),
    );
  });

  it("draws the recent sessions in blocks of the length that they ask for", () => {
    // Ten of one kind, and then ten of another.
    const turned = x.with(0, 0).map((v, t) => (t < 120 ? v : t < 130 ? 0.01 : -0.01));
    const found = jointStates(turned, y).value?.[1];
    const hits = series(20, (t) => (t < 10 ? 1 : 0));
    const block = blockLength(hits).value ?? 0;
    expect(block).toBeGreaterThan(1);
    const share = (at: ArrayLike<number>) =>
      Array.from(at, (t) => hits[t] ?? 0).reduce((sum, hit) => sum + hit, 0) / 20;
    const { low, high } = bootstrapInterval(20, share, { block }).value ?? {};
    expect(found).toMatchObject({ recent: 0.5, low, high });
    expect((high ?? 0) - (low ?? 1)).toBeGreaterThan(0.5);
  });

  it("takes all sessions before the recent ones for the long run", () => {
    // Up and up in the first 60 of 120 alone.
    const [early, late] = [series(140, (t) => (t < 60 ? 0.01 : -0.01)), series(140, 0.01)];
    expect(jointStates(early, late).value?.map(({ longRun }) => longRun)).toEqual([0.5, 0, 0.5, 0]);
  });

  it("needs 20 sessions and 120 before them", () => {
    expect(jointStates(x, y)).toMatchObject({ status: "ok", n: 140 });
    expect(jointStates(x.slice(1), y.slice(1))).toMatchObject({
      status: "insufficient",
      reasons: [{ code: "too-few", need: 140, have: 139 }],
    });
    expect(() => jointStates(x, y.slice(1))).toThrow(RangeError);
  });

  it("shares sum to 1 where every return is one or the other, and turn over with a sign", () => {
    const [a = [], b = []] = noisePanel(2, 200, 8);
    const found = jointStates(a, b).value ?? [];
    expect(found.reduce((sum, { recent }) => sum + recent, 0)).toBeCloseTo(1, 14);
    expect(found.reduce((sum, { longRun }) => sum + longRun, 0)).toBeCloseTo(1, 14);
    const turned =
      jointStates(
        a,
        b.map((r) => -r),
      ).value ?? [];
    expect(turned.map(({ recent }) => recent)).toEqual([1, 0, 3, 2].map((k) => found[k]?.recent));
    expect(found[0]?.recent).not.toBe(found[1]?.recent);
  });
});
