import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { illiquidity, illiquidityPath } from "#src/metrics/illiquidity.ts";
import {
  liquiditySpread,
  liquiditySpreadPath,
  proxySpread,
  proxySpreadPath,
} from "#src/metrics/liquidity-spread.ts";
import names from "#tests/fixtures/reference/names.json" with { type: "json" };
import { normals } from "#tests/metrics/normals.ts";
import { relativeGap, seeded, series } from "#tests/metrics/returns-reference.ts";

const known = (path: readonly (number | null)[]) => path.map((v) => v ?? -9);
const [usual, thin] = names.illiquidity;
if (usual === undefined || thin === undefined) throw new Error("no reference");

describe("illiquidity against pandas", () => {
  it.each(names.illiquidity)("with $excluded sessions left out", ({ returns, turnover, path, excluded }) => {
    expect(relativeGap(known(illiquidityPath(returns, turnover)), known(path))).toBeLessThan(1e-10);
    const found = illiquidity(returns, turnover).value;
    expect(found?.amihud).toBeCloseTo(path.at(-1) ?? 0, 13);
    expect(found?.excluded).toBe(excluded);
  });
});

describe("illiquidity", () => {
  const one = series(252, 0.02);
  const turnover = (still: number) => series(252, (t) => (t < still ? 0 : 4e6));

  it("is the move that a million makes", () => {
    expect(illiquidity(one, turnover(0))).toMatchObject({ status: "ok", n: 252, value: { excluded: 0 } });
    expect(illiquidity(one, turnover(0)).value?.amihud).toBeCloseTo(0.005, 14);
    expect(
      illiquidity(
        one.map((r) => -r),
        turnover(0),
      ).value?.amihud,
    ).toBeCloseTo(0.005, 14);
  });

  it("leaves out sessions without turnover, and needs 189 of 252", () => {
    expect(illiquidity(one, turnover(25))).toMatchObject({ status: "ok", n: 227, value: { excluded: 25 } });
    expect(illiquidity(one, turnover(26))).toMatchObject({ status: "warn", n: 226, value: { excluded: 26 } });
    expect(illiquidity(one, turnover(63))).toMatchObject({ status: "warn", n: 189 });
    expect(illiquidity(one, turnover(63)).value?.amihud).toBeCloseTo(0.005, 14);
    expect(illiquidity(one, turnover(64))).toEqual({
      status: "insufficient",
      value: null,
      n: 188,
      reasons: [{ code: "too-few", need: 189, have: 188 }],
    });
    expect(illiquidityPath(one, turnover(63)).at(-1)).toBeCloseTo(0.005, 12);
    expect(illiquidityPath(one, turnover(64)).at(-1)).toBeNull();
    expect(illiquidity([], [])).toMatchObject({ status: "insufficient", n: 0 });
  });

  it("is known at once and never changes", () => {
    const whole = illiquidityPath(usual.returns, usual.turnover);
    for (const n of [0, 188, 200, 300, 500])
      expect(illiquidityPath(usual.returns.slice(0, n), usual.turnover.slice(0, n))).toEqual(
        whole.slice(0, n),
      );
    const moved = illiquidityPath(usual.returns.with(400, 0.5), usual.turnover);
    expect(moved[400]).not.toBe(whole[400]);
    expect(moved.slice(0, 400)).toEqual(whole.slice(0, 400));
  });

  it("halves with twice the turnover", () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 100 }), (k) => {
        const [own, more] = [
          illiquidity(thin.returns, thin.turnover).value,
          illiquidity(
            thin.returns,
            thin.turnover.map((v) => k * v),
          ).value,
        ];
        expect(k * (more?.amihud ?? 0)).toBeCloseTo(own?.amihud ?? 0, 14);
        expect(more?.excluded).toBe(own?.excluded);
      }),
      seeded,
    );
  });

  it("refuses lengths that differ, and what is negative or not finite", () => {
    for (const make of [illiquidity, illiquidityPath]) {
      expect(() => make(one.slice(1), turnover(0))).toThrow(RangeError);
      expect(() => make(one.with(0, Number.NaN), turnover(0))).toThrow(RangeError);
      expect(() => make(one, turnover(0).with(0, -1))).toThrow(RangeError);
      expect(() => make(one, turnover(0).with(0, Number.POSITIVE_INFINITY))).toThrow(RangeError);
    }
  });
});

const { prices, costs, path, z, history } = names.spread;

describe("liquiditySpread against pandas", () => {
  it("is the same at every session, and stands as far out", () => {
    const found = liquiditySpreadPath(prices, costs);
    expect(found.map((v) => v === null)).toEqual(path.map((v) => v === null));
    for (const [t, v] of path.entries()) expect(found[t] ?? 0).toBeCloseTo(v ?? 0, 13);
    const { value, n, status, reasons } = liquiditySpread(prices, costs);
    expect(value?.z).toBeCloseTo(z, 10);
    expect([value?.history, n, status]).toEqual([history, history, "warn"]);
    expect(reasons).toEqual([{ code: "short-history", need: 756, have: history }]);
    expect(value?.effective).toBe(history / 20);
  });
});

describe("liquiditySpread", () => {
  // Thirty names; the first six are liquid and gain, the last six are not and lose.
  const n = 40;
  const ranks = series(30, (i) => i);
  const cost = ranks.map((i) => series(n, i + 1));
  const moved = ranks.map((i) => series(n, (t) => (t < n - 1 ? 100 : i < 6 ? 103 : i >= 24 ? 98 : 90)));

  it("holds the first fifth against the last", () => {
    expect(liquiditySpreadPath(moved, cost).at(-1)).toBeCloseTo(0.05, 12);
    expect(liquiditySpreadPath(moved, cost.toReversed()).at(-1)).toBeCloseTo(-0.05, 12);
  });

  it("needs thirty names", () => {
    expect(liquiditySpreadPath(moved.slice(1), cost.slice(1)).at(-1)).toBeNull();
  });

  it("chooses by what was known when the returns began", () => {
    const late = cost.map((each, i) => each.map((c, t) => (t > n - 21 ? 31 - i : c)));
    expect(liquiditySpreadPath(moved, late).at(-1)).toBeCloseTo(0.05, 12);
    const early = cost.map((each, i) => each.map((c, t) => (t >= n - 21 ? 31 - i : c)));
    expect(liquiditySpreadPath(moved, early).at(-1)).toBeCloseTo(-0.05, 12);
  });

  it("is known at once and never changes", () => {
    const whole = liquiditySpreadPath(prices, costs);
    for (const count of [20, 21, 100, 250]) {
      const cut = (panel: readonly (readonly (number | null)[])[]) =>
        panel.map((each) => each.slice(0, count));
      expect(liquiditySpreadPath(cut(prices), cut(costs))).toEqual(whole.slice(0, count));
    }
    const changed = liquiditySpreadPath(
      prices.map((each) => each.with(99, 7)),
      costs,
    );
    expect(changed[99]).not.toBe(whole[99]);
    expect(changed.slice(0, 99)).toEqual(whole.slice(0, 99));
  });

  it("needs 252 earlier spreads, and moves", () => {
    const wide = (count: number, make: (i: number) => readonly number[]) =>
      ranks.map((i) => make(i).slice(0, count));
    const walk = (i: number) => normals(300, i + 1).map((e) => 100 * Math.exp(0.05 * e));
    const of = (count: number) =>
      liquiditySpread(
        wide(count, walk),
        wide(count, (i) => series(300, i)),
      );
    expect(of(272)).toMatchObject({
      status: "insufficient",
      reasons: [{ code: "too-few", need: 252, have: 251 }],
    });
    expect(of(273)).toMatchObject({ status: "warn", n: 252 });
    const still = liquiditySpread(
      wide(300, () => series(300, 5)),
      wide(300, (i) => series(300, i)),
    );
    expect(still).toMatchObject({ status: "undefined", reasons: [{ code: "zero-variance" }] });
    expect(liquiditySpread([], [])).toMatchObject({ status: "insufficient", n: 0 });
  });

  it("refuses lengths that differ, prices that are none, and illiquidity below 0", () => {
    expect(() => liquiditySpread(moved, cost.slice(1))).toThrow(RangeError);
    expect(() =>
      liquiditySpread(
        moved.map((each) => each.slice(1)),
        cost,
      ),
    ).toThrow(RangeError);
    expect(() => liquiditySpread(moved.with(0, series(n, 0)), cost)).toThrow(RangeError);
    expect(() => liquiditySpread(moved, cost.with(0, series(n, -1)))).toThrow(RangeError);
    expect(() => liquiditySpread(moved, cost.with(0, series(n, Number.POSITIVE_INFINITY)))).toThrow(
      RangeError,
    );
  });
});

describe("the spread of two listed proxies", () => {
  const [one, other] = [7, 8].map((seed) => {
    let level = 100;
    return normals(400, seed).map((e) => {
      level *= 1 + 0.01 * e;
      return level;
    });
  });

  it("is the difference of their returns over twenty sessions, against those before", () => {
    const [a = [], b = []] = [one, other];
    const spreads = a.slice(20).map((v, t) => v / (a[t] ?? 1) - (b[t + 20] ?? Number.NaN) / (b[t] ?? 1));
    const path = proxySpreadPath(a, b);
    expect(path.slice(0, 20)).toEqual(series(20, () => 0).map(() => null));
    for (const [t, v] of spreads.entries()) expect(path[t + 20] ?? Number.NaN).toBeCloseTo(v, 13);
    const history = spreads.slice(0, -1);
    const mean = history.reduce((sum, v) => sum + v, 0) / history.length;
    const sd = Math.sqrt(history.reduce((sum, v) => sum + (v - mean) ** 2, 0) / (history.length - 1));
    const { value, n, status } = proxySpread(a, b);
    expect(value?.z).toBeCloseTo(((spreads.at(-1) ?? 0) - mean) / sd, 9);
    expect([value?.history, n, status]).toEqual([379, 379, "warn"]);
    expect(proxySpread(b, a).value?.spread).toBeCloseTo(-(value?.spread ?? 0), 13);
  });

  it("needs 252 earlier spreads, levels above 0 and the same sessions", () => {
    const [a = [], b = []] = [one, other];
    expect(proxySpread(a.slice(0, 272), b.slice(0, 272))).toMatchObject({
      reasons: [{ code: "too-few", need: 252, have: 251 }],
    });
    expect(proxySpread(a.slice(0, 273), b.slice(0, 273))).toMatchObject({ status: "warn", n: 252 });
    expect(() => proxySpread(a.slice(1), b)).toThrow(RangeError);
    expect(() => proxySpread(a.with(3, 0), b)).toThrow(RangeError);
    expect(() => proxySpread(a, b.with(3, Number.NaN))).toThrow(RangeError);
  });
});
