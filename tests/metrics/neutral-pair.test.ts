import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { betaNeutralPair, volatilityNeutralPair } from "#src/metrics/neutral-pair.ts";
import { realisedBeta } from "#src/metrics/realised-beta.ts";
import { gap, reference, tenths } from "#tests/metrics/pair-trade-reference.ts";
import { seeded, series } from "#tests/metrics/returns-reference.ts";
import { normals } from "#tests/metrics/walks.ts";

const { long, short, market } = reference.returns;
const legs = { long, short };
const noise = (seed: number, n: number, size = 0.01) => normals(seed, n).map((e) => size * e);

describe("neutral pairs", () => {
  it.each([
    ["betaNeutral", betaNeutralPair(legs, market), 120],
    ["volatilityNeutral", volatilityNeutralPair(legs), 252],
  ] as const)("%s agrees with numpy and statsmodels to 1e-11", (name, found, first) => {
    const expected = reference[name];
    expect(found).toMatchObject({ status: "ok", n: 851 - first, reasons: [], value: { first } });
    expect(found.value?.ratio).toHaveLength(851 - first);
    expect(gap(tenths(found.value?.ratio ?? []), expected.ratio)).toBeLessThan(1e-11);
    expect(gap(tenths(found.value?.pair ?? []), expected.pair)).toBeLessThan(1e-12);
    expect(found.value?.level[0]).toBe(1);
    expect(found.value?.level.at(-1)).toBeCloseTo(expected.level, 11);
    const beta = realisedBeta(found.value?.pair ?? [], market.slice(first)).value;
    for (const key of ["beta", "error", "t"] as const) expect(beta?.[key]).toBeCloseTo(expected[key], 9);
  });

  it("warn where a ratio is negative or above 3, and not at 3", () => {
    const m = noise(1, 200);
    const by = (beta: number) => betaNeutralPair({ long: m.map((r) => beta * r), short: m }, m);
    expect(by(2.999)).toMatchObject({ status: "ok", reasons: [] });
    expect(by(3.001)).toMatchObject({
      status: "warn",
      reasons: [{ code: "hedge-ratio", need: 3, have: expect.closeTo(3.001, 9) }],
    });
    expect(by(0.001)).toMatchObject({ status: "ok" });
    expect(by(-0.001)).toMatchObject({
      status: "warn",
      reasons: [{ code: "hedge-ratio", need: 0, have: expect.closeTo(-0.001, 9) }],
    });
    expect(volatilityNeutralPair({ long: m.map((r) => 4 * r), short: m }, 60)).toMatchObject({
      status: "warn",
    });
  });

  it("need a day after the first ratio: 121 returns and 253", () => {
    const cut = (n: number) => ({ long: long.slice(0, n), short: short.slice(0, n) });
    expect(betaNeutralPair(cut(121), market.slice(0, 121))).toMatchObject({ status: "ok", n: 1 });
    expect(betaNeutralPair(cut(120), market.slice(0, 120))).toEqual({
      status: "insufficient",
      value: null,
      n: 120,
      reasons: [{ code: "too-few", need: 121, have: 120 }],
    });
    expect(volatilityNeutralPair(cut(253))).toMatchObject({ status: "ok", n: 1 });
    expect(volatilityNeutralPair(cut(252))).toMatchObject({
      status: "insufficient",
      reasons: [{ need: 253, have: 252 }],
    });
  });

  it("do not exist where a ratio does not: a market or a short leg that stands still, or has no beta", () => {
    const undefined_ = { status: "undefined", value: null, reasons: [{ code: "zero-variance" }] };
    expect(betaNeutralPair(legs, series(851, 0.001))).toMatchObject(undefined_);
    expect(betaNeutralPair({ long, short: series(851, 0) }, market)).toMatchObject(undefined_);
    expect(volatilityNeutralPair({ long, short: series(851, 0.01) })).toMatchObject(undefined_);
  });

  it("do not exist from a day on which everything is lost", () => {
    const crash = { long: long.with(700, -0.9), short: short.with(700, 0.5) };
    expect(betaNeutralPair(crash, market)).toMatchObject({
      status: "undefined",
      reasons: [{ code: "total-loss" }],
    });
    expect(volatilityNeutralPair(crash)).toMatchObject({
      status: "undefined",
      reasons: [{ code: "total-loss" }],
    });
  });

  it("throw for legs that are none", () => {
    expect(() => betaNeutralPair({ long, short: short.slice(1) }, market)).toThrow(RangeError);
    expect(() => volatilityNeutralPair({ long, short: short.slice(1) })).toThrow(RangeError);
    expect(() => volatilityNeutralPair({ long: long.with(1, Number.NaN), short })).toThrow(RangeError);
    expect(() => volatilityNeutralPair(legs, 1)).toThrow(RangeError);
  });

  it("leave nothing of the market where the legs are only market", () => {
    const m = noise(2, 300);
    const found = betaNeutralPair({ long: m.map((r) => 1.5 * r), short: m.map((r) => 0.5 * r) }, m).value;
    for (const r of found?.pair ?? []) expect(r).toBeCloseTo(0, 13);
    expect(found?.ratio.at(-1)).toBeCloseTo(3, 11);
  });

  it("do not see the size of the short leg: its ratio makes up for it", () => {
    fc.assert(
      fc.property(fc.constantFrom(0.5, 0.8, 2), (size) => {
        const scaled = { long, short: short.map((r) => size * r) };
        const [one, other] = [betaNeutralPair(legs, market), betaNeutralPair(scaled, market)];
        expect(gap(one.value?.pair ?? [], other.value?.pair ?? [])).toBeLessThan(1e-12);
        expect(
          gap(volatilityNeutralPair(legs).value?.pair ?? [], volatilityNeutralPair(scaled).value?.pair ?? []),
        ).toBeLessThan(1e-12);
      }),
      { ...seeded, numRuns: 3 },
    );
  });

  it("size today's leg by yesterday: the same whatever comes after, and after a change today", () => {
    const [beta, volatility] = [betaNeutralPair(legs, market).value, volatilityNeutralPair(legs).value];
    const cut = { long: long.slice(0, 400), short: short.slice(0, 400) };
    expect(betaNeutralPair(cut, market.slice(0, 400)).value?.pair).toEqual(beta?.pair.slice(0, 280));
    expect(volatilityNeutralPair(cut).value?.pair).toEqual(volatility?.pair.slice(0, 148));
    const changed = { long: long.with(400, 0.1), short };
    expect(betaNeutralPair(changed, market).value?.ratio[280]).toBe(beta?.ratio[280]);
    expect(betaNeutralPair(changed, market).value?.ratio[281]).not.toBe(beta?.ratio[281]);
    expect(volatilityNeutralPair(changed).value?.ratio[148]).toBe(volatility?.ratio[148]);
    expect(volatilityNeutralPair(changed).value?.ratio[149]).not.toBe(volatility?.ratio[149]);
  });
});

describe("realisedBeta", () => {
  const even = long.map((r, t) => r - (short[t] ?? 0));

  it("agrees with statsmodels' HAC to 1e-9, and bans the word for 100 against 100", () => {
    const found = realisedBeta(even, market);
    expect(found).toMatchObject({ status: "ok", n: 851, value: { isNeutral: false } });
    for (const key of ["beta", "error", "t"] as const)
      expect(found.value?.[key]).toBeCloseTo(reference.even[key], 9);
    expect(
      realisedBeta(betaNeutralPair(legs, market).value?.pair ?? [], market.slice(120)).value?.isNeutral,
    ).toBe(true);
  });

  it("permits the word up to |t| of 2, on both sides", () => {
    const [m, e] = [noise(3, 200), noise(4, 200)];
    const by = (beta: number) =>
      realisedBeta(
        e.map((r, t) => r + beta * (m[t] ?? 0)),
        m,
      ).value;
    const own = by(0);
    for (const side of [1, -1]) {
      // t is linear in the beta that is added, its error unchanged.
      const to = (t: number) => by(side * t * (own?.error ?? 0) - (own?.beta ?? 0));
      expect(to(1.999)).toMatchObject({ t: expect.closeTo(side * 1.999, 6), isNeutral: true });
      expect(to(2.001)).toMatchObject({ t: expect.closeTo(side * 2.001, 6), isNeutral: false });
    }
  });

  it("needs 120 returns, a market that moves and a pair that is not the market", () => {
    expect(realisedBeta(even.slice(0, 120), market.slice(0, 120)).status).toBe("ok");
    expect(realisedBeta(even.slice(0, 119), market.slice(0, 119))).toMatchObject({
      status: "insufficient",
      reasons: [{ code: "too-few", need: 120, have: 119 }],
    });
    expect(realisedBeta(even, series(851, 0.01))).toMatchObject({
      status: "undefined",
      reasons: [{ code: "zero-variance" }],
    });
    expect(realisedBeta(market, market)).toMatchObject({
      status: "undefined",
      reasons: [{ code: "perfect-fit" }],
    });
    expect(() => realisedBeta(even, market.slice(1))).toThrow(RangeError);
    expect(() => realisedBeta(even.with(3, Number.NaN), market)).toThrow(RangeError);
  });
});
