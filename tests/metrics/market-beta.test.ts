import tCdf from "@stdlib/stats-base-dists-t-cdf";
import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { betaWindows, dimsonBeta, marketBeta, rollingBeta } from "#src/metrics/market-beta.ts";
import { vasicekBeta } from "#src/metrics/vasicek-beta.ts";
import reference from "#tests/fixtures/reference/strength.json" with { type: "json" };
import { relativeGap, seeded, series } from "#tests/metrics/returns-reference.ts";

const { asset, market } = reference;
const windows = [betaWindows.daily, betaWindows.weekly];
const windowOf = (window: number) => windows.find((each) => each.window === window) ?? betaWindows.daily;
const both = [
  ["marketBeta", marketBeta],
  ["dimsonBeta", dimsonBeta],
] as const;

describe("beta against statsmodels", () => {
  it.each(reference.beta)("window $window, horizon $horizon, Dimson $dimson", (row) => {
    const found = (row.dimson ? dimsonBeta : marketBeta)(asset, market, {
      of: windowOf(row.window),
      horizon: row.horizon,
    });
    expect(found).toMatchObject({ status: "ok", n: row.n, value: { lags: row.lags } });
    const { beta = 9, alpha = 9, error, t, p } = found.value ?? {};
    expect(beta).toBeCloseTo(row.beta, 11);
    expect(alpha).toBeCloseTo(row.alpha, 12);
    expect(relativeGap([error ?? 9, t ?? 9], [row.error, row.t])).toBeLessThan(1e-9);
    expect(p).toBeCloseTo(row.p, 10);
  });

  it.each(reference.rolling)("rolling, window $window, at least $min: pandas' to 1e-11", (row) => {
    const path = rollingBeta(asset, market, windowOf(row.window));
    expect(path.map((beta) => beta === null)).toEqual(row.path.map((beta) => beta === null));
    for (const [t, beta] of path.entries()) expect(beta ?? 0).toBeCloseTo(row.path[t] ?? 0, 11);
  });

  it("rolling ends where the beta of the same returns does", () => {
    const last = (of = betaWindows.daily) => rollingBeta(asset, market, of).at(-1);
    expect(last()).toBeCloseTo(marketBeta(asset, market).value?.beta ?? 9, 12);
  });
});

describe("beta by what there is", () => {
  it.each(both)("%s needs 120 daily returns: 119 are too few", (name, beta) => {
    // Dimson's first period is only the one before the second.
    const more = name === "dimsonBeta" ? 1 : 0;
    const of = (n: number) => beta(asset.slice(0, n + more), market.slice(0, n + more));
    expect(of(119)).toEqual({
      status: "insufficient",
      value: null,
      n: 119,
      reasons: [{ code: "too-few", need: 120, have: 119 }],
    });
    expect(of(120)).toMatchObject({
      status: "warn",
      n: 120,
      reasons: [{ code: "short-window", need: 252, have: 120 }],
    });
    expect(of(251)).toMatchObject({ status: "warn", n: 251 });
    expect(of(252)).toMatchObject({ status: "ok", n: 252, reasons: [] });
    expect(beta([], [])).toMatchObject({ status: "insufficient", n: 0 });
  });

  it("needs 52 weekly returns", () => {
    const of = (n: number) => marketBeta(asset.slice(0, n), market.slice(0, n), { of: betaWindows.weekly });
    expect(of(51)).toMatchObject({ status: "insufficient", n: 51 });
    expect(of(52)).toMatchObject({ status: "warn", n: 52 });
    expect(of(104)).toMatchObject({ status: "ok", n: 104 });
  });

  it.each(both)("%s does not exist where the market does not move", (_, beta) => {
    for (const level of [0, 0.01, -0.003])
      expect(beta(asset, series(asset.length, level))).toEqual({
        status: "undefined",
        value: null,
        n: 252,
        reasons: [{ code: "zero-variance" }],
      });
  });

  it("does not split what the period before repeats", () => {
    const alternating = series(asset.length, (t) => (t % 2 ? 0.01 : -0.01));
    expect(dimsonBeta(asset, alternating)).toMatchObject({
      status: "undefined",
      reasons: [{ code: "collinear" }],
    });
    expect(marketBeta(asset, alternating).status).toBe("ok");
    // It moved in the oldest period, which has none before it, and in none since: only what came before others moved.
    const once = series(253, 0.01).with(0, 0.02);
    expect(dimsonBeta(asset.slice(-253), once).reasons).toEqual([{ code: "zero-variance" }]);
  });

  // Of 150 returns two coefficients leave 148; of the 149 that have one before them, three leave 146.
  it.each([
    [marketBeta, 148],
    [dimsonBeta, 146],
  ] as const)("takes its probability of Student's distribution: case %#", (beta, degrees) => {
    // Returns that have nothing to do with the market, so that the probability is not all but 0.
    const { t, p } = beta(
      series(150, (i) => Math.sin(i * i) / 100),
      market.slice(-150),
    ).value ?? { t: null, p: null };
    expect(p).toBeGreaterThan(0.01);
    expect(p).toBeCloseTo(2 * tCdf(-Math.abs(t ?? 0), degrees), 14);
  });

  it("of the market itself is 1, and of twice the market 2, and no error is known", () => {
    for (const size of [1, 2]) {
      const found = marketBeta(
        market.map((r) => size * r),
        market,
      );
      expect(found).toMatchObject({
        status: "warn",
        value: { error: null, t: null, p: null, lags: null },
        reasons: [{ code: "perfect-fit" }],
      });
      expect(found.value?.beta).toBeCloseTo(size, 13);
    }
  });

  it.each(both)("%s refuses returns of other periods, and what is not a number", (_, beta) => {
    expect(() => beta(asset, market.slice(1))).toThrow(RangeError);
    expect(() => beta(asset.with(3, Number.NaN), market)).toThrow(RangeError);
    expect(() => beta(asset, market.with(3, Number.POSITIVE_INFINITY))).toThrow(RangeError);
  });
});

describe("the rolling beta", () => {
  it("is missing where a return is, and begins anew", () => {
    const of = { window: 10, min: 4 };
    const holed = rollingBeta(asset.slice(0, 30).with(12, 0.01), market.slice(0, 30), of);
    const path = rollingBeta(
      asset.slice(0, 30).map((r, t) => (t === 12 ? null : r)),
      market.slice(0, 30),
      of,
    );
    expect(path.slice(0, 12)).toEqual(holed.slice(0, 12));
    expect(path.slice(12, 16)).toEqual([null, null, null, null]);
    expect(path[16]).not.toBeNull();
    expect(path.slice(26)).toHaveLength(4);
    expect(path[26]).toBeCloseTo(rollingBeta(asset.slice(17, 27), market.slice(17, 27), of)[9] ?? 9, 12);
    // The other one's missing returns leave out the same periods.
    const missing = market.slice(0, 30).map((r, t) => (t === 12 ? null : r));
    expect(rollingBeta(asset.slice(0, 30), missing, of)).toEqual(path);
  });

  it("does not exist while the market does not move", () => {
    const quiet = market.map((r, t) => (t < 200 ? 0.001 : r));
    const path = rollingBeta(asset, quiet, { window: 50, min: 20 });
    expect(path.slice(0, 200).every((beta) => beta === null)).toBe(true);
    expect(path[200]).not.toBeNull();
  });

  it("of a longer history begins with the same bits, and an earlier return moves it", () => {
    const path = rollingBeta(asset, market, betaWindows.weekly);
    for (const until of [52, 53, 104, 105, 250])
      expect(rollingBeta(asset.slice(0, until), market.slice(0, until), betaWindows.weekly)).toEqual(
        path.slice(0, until),
      );
    const moved = rollingBeta(asset.with(60, 0.2), market, betaWindows.weekly);
    expect(moved.slice(0, 60)).toEqual(path.slice(0, 60));
    expect(moved[60]).not.toBe(path[60]);
    expect(moved[163]).not.toBe(path[163]);
    expect(moved[164]).toBeCloseTo(path[164] ?? 9, 10);
  });
});

describe("laws of beta", () => {
  const factor = fc.integer({ min: -40, max: 40 }).map((n) => n / 10);

  it.each(both)("%s takes what is added of the market and of nothing, and the unit", (_, beta) => {
    const own = beta(asset, market).value;
    fc.assert(
      fc.property(factor, factor, (more, drift) => {
        const moved = beta(
          asset.map((r, t) => r + more * (market[t] ?? 0) + drift / 100),
          market,
        ).value;
        expect(moved?.beta).toBeCloseTo((own?.beta ?? 9) + more, 10);
        expect(moved?.alpha).toBeCloseTo((own?.alpha ?? 9) + drift / 100, 10);
        expect(relativeGap([moved?.error ?? 9], [own?.error ?? 0])).toBeLessThan(1e-8);
      }),
      { ...seeded, numRuns: 20 },
    );
    expect(beta(asset.with(300, 0.5), market).value?.beta).not.toBe(own?.beta);
    // Returns before the window are not in it.
    expect(beta(asset.with(10, 0.5), market).value).toEqual(own);
  });
});

describe("Vasicek's beta", () => {
  it("is by hand", () => {
    // w = 0.12 / (0.12 + 0.04) = 3/4.
    expect(vasicekBeta(1.6, 0.2, 0.12)).toBeCloseTo(1.45, 14);
    expect(vasicekBeta(1.6, 0.2, 0.12, 0)).toBeCloseTo(1.2, 14);
    expect(vasicekBeta(1.6, 0, 0.12)).toBe(1.6);
    expect(vasicekBeta(1.6, 0.2, 0)).toBe(1);
  });

  it("lies between the two, nearer to 1 the larger the error", () => {
    const [near, far] = [vasicekBeta(2, 0.1, 0.1), vasicekBeta(2, 0.5, 0.1)];
    expect(near).toBeLessThan(2);
    expect(far).toBeLessThan(near);
    expect(far).toBeGreaterThan(1);
  });

  it("refuses what is neither an error nor a variance", () => {
    expect(() => vasicekBeta(1, -0.1, 0.1)).toThrow(RangeError);
    expect(() => vasicekBeta(1, 0.1, -0.1)).toThrow(RangeError);
    expect(() => vasicekBeta(1, 0, 0)).toThrow(RangeError);
    expect(() => vasicekBeta(Number.NaN, 0.1, 0.1)).toThrow(RangeError);
  });
});
