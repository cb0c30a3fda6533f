import { describe, expect, it } from "vitest";
import { calmSurface, calmSurfacePaths } from "#src/metrics/calm-surface.ts";
import reference from "#tests/fixtures/reference/dispersion.json" with { type: "json" };
import { inUnits, noisePanel, replaced, sessions } from "#tests/metrics/panels.ts";
import { series } from "#tests/metrics/returns-reference.ts";

const stocks = inUnits(reference.calm.stocks);
const [index = []] = inUnits([reference.calm.index]);
const weights = reference.calm.weights.map((w) => series(index.length, w));
const first = (n: number) =>
  calmSurface(
    sessions(stocks, 0, n),
    index.slice(0, n),
    weights.map((w) => w.slice(0, n)),
  );

describe("calmSurface", () => {
  it("agrees with pandas and scipy: percentiles to 1e-10, volatilities to 1e-14", () => {
    const paths = calmSurfacePaths(stocks, index, weights);
    for (const [t = 0, stockRank = 0, indexRank = 0, stock = 0, whole = 0, ratio = 0] of reference.calm
      .rows) {
      expect(paths.stockPercentile[t]).toBeCloseTo(stockRank, 10);
      expect(paths.indexPercentile[t]).toBeCloseTo(indexRank, 10);
      expect(paths.gap[t]).toBeCloseTo(stockRank - indexRank, 10);
      expect(paths.stockVolatility[t]).toBeCloseTo(stock, 14);
      expect(paths.indexVolatility[t]).toBeCloseTo(whole, 14);
      expect(paths.diversificationRatio[t]).toBeCloseTo(ratio, 12);
    }
    expect(reference.calm.rows.length).toBeGreaterThan(10);
  });

  it("is the last of the paths", () => {
    const paths = calmSurfacePaths(stocks, index, weights);
    expect(calmSurface(stocks, index, weights)).toMatchObject({
      status: "warn",
      n: 900 - 20,
      value: Object.fromEntries(Object.entries(paths).map(([name, path]) => [name, path.at(-1)])),
    });
  });

  // n returns make n − 19 volatilities, of which the last is ranked among the n − 20 before it.
  it("needs 756 earlier volatilities, and 2,520 to have no caveat", () => {
    expect(first(775)).toEqual({
      status: "insufficient",
      value: null,
      n: 755,
      reasons: [{ code: "too-few", need: 756, have: 755 }],
    });
    expect(first(776)).toMatchObject({
      status: "warn",
      n: 756,
      reasons: [{ code: "short-history", need: 2520 }],
    });
    const long = noisePanel(3, 2541);
    const of = (n: number) => calmSurface(sessions(long, 0, n), (long[0] ?? []).slice(0, n));
    expect(of(2539)).toMatchObject({ status: "warn", n: 2519 });
    expect(of(2540)).toMatchObject({ status: "ok", n: 2520, reasons: [] });
    expect(of(2541)).toMatchObject({ status: "ok", n: 2520 });
  });

  it("needs 20 returns of the index and 90 % of the names' weight at the end", () => {
    expect(calmSurface(stocks, index.with(895, null), weights)).toMatchObject({
      status: "insufficient",
      reasons: [{ code: "too-few", need: 20, have: 19 }],
    });
    // Name 3 has a tenth of the weight, name 2 two tenths.
    expect(calmSurface(replaced(stocks, 3, 895, null), index, weights).status).toBe("warn");
    expect(calmSurface(replaced(stocks, 2, 895, null), index, weights)).toMatchObject({
      status: "insufficient",
      reasons: [{ code: "coverage", need: 0.9 }],
    });
  });

  it("takes the weights of the last session, and without weights counts names", () => {
    const lacking = replaced(stocks, 2, 895, null);
    const turned = weights.map((w, i) => w.with(-1, i === 2 ? 0.7 : 0.1));
    const [byWeight, byCount] = [calmSurface(lacking, index, turned), calmSurface(lacking, index)];
    const total = 0.7 + 0.1 * (stocks.length - 1);
    expect(byWeight.reasons).toEqual([
      { code: "coverage", need: 0.9, have: expect.closeTo(1 - 0.7 / total, 12) },
    ]);
    expect(byCount.reasons).toEqual([
      { code: "coverage", need: 0.9, have: expect.closeTo(1 - 1 / stocks.length, 12) },
    ]);
  });

  it("ranks names and index among the same sessions, those that both have", () => {
    // A return that is missing takes the twenty volatilities that it is part of, from the index and then from the names.
    const [ofIndex, ofNames] = [index.with(300, null), replaced(stocks, 2, 400, null)];
    const found = calmSurfacePaths(ofNames, ofIndex, weights);
    const both = found.stockVolatility.map((v, t) => v !== null && found.indexVolatility[t] !== null);
    expect(both.filter(Boolean)).toHaveLength(900 - 19 - 40);
    const rank = (path: readonly (number | null)[]) => {
      const earlier = path.slice(0, -1).filter((_, t) => both[t]);
      return (100 * earlier.filter((v) => (v ?? 0) < (path.at(-1) ?? 0)).length) / earlier.length;
    };
    expect(found.stockPercentile.at(-1)).toBeCloseTo(rank(found.stockVolatility), 10);
    expect(found.indexPercentile.at(-1)).toBeCloseTo(rank(found.indexVolatility), 10);
    expect(calmSurface(ofNames, ofIndex, weights)).toMatchObject({ status: "warn", n: 900 - 20 - 40 });
    // Where one of the two is missing there is neither a gap nor a ratio, nor a percentile of the other.
    const [late, lateNames] = [index.with(880, null), replaced(stocks, 2, 880, null)];
    for (const { gap, diversificationRatio, ...path } of [
      calmSurfacePaths(stocks, late, weights),
      calmSurfacePaths(lateNames, index, weights),
    ])
      expect([
        gap[890],
        diversificationRatio[890],
        path.stockPercentile[890],
        path.indexPercentile[890],
      ]).toEqual([null, null, null, null]);
  });

  it("does not exist for an index that stands still", () => {
    const still = index.map((r, t) => (t >= 880 ? 0 : r));
    expect(calmSurface(stocks, still, weights)).toMatchObject({
      status: "undefined",
      reasons: [{ code: "zero-variance" }],
    });
    expect(calmSurfacePaths(stocks, still, weights).diversificationRatio.at(-1)).toBeNull();
    expect(calmSurface(stocks, still.with(890, 1e-6), weights).status).toBe("warn");
  });

  it("refuses lengths that differ and what is not finite", () => {
    expect(() => calmSurface(stocks, index.slice(1), weights)).toThrow(RangeError);
    const [one = [], ...others] = stocks;
    expect(() => calmSurface([one.slice(1), ...others], index)).toThrow(/equal lengths/);
    expect(() => calmSurface(stocks, index.with(3, Number.NaN), weights)).toThrow(RangeError);
    expect(() => calmSurface(stocks, index, weights.slice(1))).toThrow(RangeError);
  });

  it("is a gap of −100 to 100, and a ratio of 1 or more for an index of its names", () => {
    const panel = noisePanel(5, 900);
    const mean = (panel[0] ?? []).map((_, t) => panel.reduce((sum, path) => sum + (path[t] ?? 0), 0) / 5);
    const paths = calmSurfacePaths(panel, mean);
    const ratios = paths.diversificationRatio.filter((v) => v !== null);
    expect(Math.min(...ratios)).toBeGreaterThan(1);
    expect(Math.max(...paths.gap.map((v) => Math.abs(v ?? 0)))).toBeLessThanOrEqual(100);
    // Names that are the index: no gap, and a ratio of 1.
    const one = calmSurface([mean, mean, mean], mean).value;
    expect(one).toMatchObject({ gap: 0, diversificationRatio: expect.closeTo(1, 12) });
    expect(paths.gap.some((v) => v !== null && v !== 0)).toBe(true);
  });

  it("looks at nothing after its day, and at all before", () => {
    const whole = calmSurfacePaths(stocks, index, weights);
    const until = calmSurfacePaths(
      sessions(stocks, 0, 850),
      index.slice(0, 850),
      weights.map((w) => w.slice(0, 850)),
    );
    const later = calmSurfacePaths(replaced(stocks, 1, 850, 0.3), index, weights);
    for (const name of Object.keys(whole) as (keyof typeof whole)[]) {
      expect(until[name]).toEqual(whole[name].slice(0, 850));
      expect(later[name].slice(0, 850)).toEqual(whole[name].slice(0, 850));
    }
    expect(later.gap[850]).not.toBe(whole.gap[850]);
  });
});
