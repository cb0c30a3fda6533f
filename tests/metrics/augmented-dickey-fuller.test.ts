import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { augmentedDickeyFuller, schwertLags } from "#src/metrics/augmented-dickey-fuller.ts";
import type { Deterministics } from "#src/metrics/mackinnon.ts";
import reference from "#tests/fixtures/reference/unit-root.json" with { type: "json" };
import fromR from "#tests/fixtures/reference/unit-root-r.json" with { type: "json" };
import { seeded, series } from "#tests/metrics/returns-reference.ts";
import { autoregression, walk } from "#tests/metrics/walks.ts";

const rows = reference.series.flatMap(({ name, values, adf }) =>
  adf.map((row) => ({ name, values: Object.freeze(values), ...row })),
);

describe("augmentedDickeyFuller", () => {
  it.each(rows)("agrees with statsmodels to 1e-9: $name, $trend, lags $given", (row) => {
    const { values, given, statistic, p, lags, observations, critical } = row;
    const trend = row.trend as Deterministics;
    const found = augmentedDickeyFuller(values, given === null ? { trend } : { trend, lags: given });
    expect(found).toMatchObject({ status: "ok", n: values.length, value: { lags, observations } });
    expect(Math.abs((found.value?.statistic ?? 99) - statistic)).toBeLessThan(1e-9);
    expect(Math.abs((found.value?.pValue ?? 99) - p)).toBeLessThan(1e-9);
    const { one, five, ten } = found.value?.critical ?? {};
    for (const [i, value] of [one, five, ten].entries()) expect(value).toBeCloseTo(critical[i] ?? 0, 12);
  });

  it("agrees with R's urca to 1e-9", () => {
    for (const { values, adf } of fromR.series) {
      for (const [trend, lags, statistic] of adf) {
        const found = augmentedDickeyFuller(values, { trend: trend as Deterministics, lags: Number(lags) });
        expect(Math.abs((found.value?.statistic ?? 99) - Number(statistic))).toBeLessThan(1e-9);
      }
    }
  });

  it("chooses different numbers of lags, 0 and more", () => {
    const chosen = new Set(rows.filter(({ given }) => given === null).map(({ lags }) => lags));
    expect(chosen.size).toBeGreaterThan(3);
    expect(chosen.has(0)).toBe(true);
  });

  it("rounds the most lags down: 17 of 500", () => {
    expect(schwertLags(500)).toBe(17);
    expect(schwertLags(100)).toBe(12);
    expect(schwertLags(99)).toBe(11);
  });

  it("takes no more lags than it may", () => {
    const { values = [] } = rows.find(({ given, lags }) => given === null && lags > 1) ?? {};
    expect(augmentedDickeyFuller(values).value?.lags).toBeGreaterThan(1);
    expect(augmentedDickeyFuller(values, { maxLag: 1 }).value?.lags).toBeLessThan(2);
    expect(augmentedDickeyFuller(values, { maxLag: 0 })).toEqual(augmentedDickeyFuller(values, { lags: 0 }));
  });

  it("needs 250 values: 250 are enough, 249 are not", () => {
    expect(augmentedDickeyFuller(walk(1, 250)).status).toBe("ok");
    expect(augmentedDickeyFuller(walk(1, 249))).toEqual({
      status: "insufficient",
      value: null,
      n: 249,
      reasons: [{ code: "too-few", need: 250, have: 249 }],
    });
    expect(augmentedDickeyFuller([])).toMatchObject({ status: "insufficient", n: 0 });
  });

  it("does not exist for a series that does not move", () => {
    for (const level of [0, 0.1, 1e9])
      expect(augmentedDickeyFuller(series(300, level))).toMatchObject({
        status: "undefined",
        reasons: [{ code: "zero-variance" }],
      });
  });

  it.each([
    ["a straight line", (t: number) => 3 + 0.01 * t],
    ["a wave", (t: number) => Math.sin(t / 7)],
    ["two levels in turn", (t: number) => t % 2],
  ] as const)("does not exist for %s, which leaves nothing but rounding", (_, at) => {
    for (const trend of ["constant", "trend"] as const)
      expect(augmentedDickeyFuller(series(300, at), { trend, lags: 2 })).toMatchObject({
        status: "undefined",
        reasons: [{ code: "perfect-fit" }],
      });
  });

  it("exists for the same line with a little noise", () => {
    const noisy = walk(3, 300, 1e-9).map((e, t) => 3 + 0.01 * t + e);
    expect(augmentedDickeyFuller(noisy).status).toBe("ok");
  });

  it("refuses what is not finite, and lags that are none or too many", () => {
    for (const bad of [Number.NaN, Number.POSITIVE_INFINITY])
      expect(() => augmentedDickeyFuller(walk(1, 300).with(7, bad))).toThrow(RangeError);
    for (const lags of [-1, 0.5, 76, Number.NaN]) {
      expect(() => augmentedDickeyFuller(walk(1, 300), { lags })).toThrow(RangeError);
      expect(() => augmentedDickeyFuller(walk(1, 300), { maxLag: lags })).toThrow(RangeError);
    }
    expect(augmentedDickeyFuller(walk(1, 300), { lags: 75 }).status).toBe("ok");
  });
});

describe("laws of the Dickey–Fuller test", () => {
  const of = fc.record({
    seed: fc.nat(1000),
    phi: fc.constantFrom(0.5, 0.9, 1),
    trend: fc.constantFrom("constant", "trend"),
  });

  it("does not see unit or origin", () => {
    fc.assert(
      fc.property(
        of,
        fc.constantFrom(-3, 0.1, 40),
        fc.constantFrom(-5, 0, 12),
        ({ seed, phi, trend }, a, b) => {
          const options = { trend: trend as Deterministics };
          const values = autoregression(seed, 260, phi);
          const own = augmentedDickeyFuller(values, options).value;
          const mapped = augmentedDickeyFuller(
            values.map((v) => a * v + b),
            options,
          ).value;
          expect(mapped?.lags).toBe(own?.lags);
          expect(mapped?.statistic).toBeCloseTo(own?.statistic ?? 99, 8);
        },
      ),
      { ...seeded, numRuns: 25 },
    );
  });

  it("without a constant sees the origin", () => {
    const values = autoregression(5, 260, 0.9);
    const [own, moved] = [values, values.map((v) => v + 5)].map((v) =>
      augmentedDickeyFuller(v, { trend: "none" }),
    );
    expect(Math.abs((own?.value?.statistic ?? 0) - (moved?.value?.statistic ?? 0))).toBeGreaterThan(0.1);
  });

  it("with a trend does not see a trend, and without one does", () => {
    const values = autoregression(6, 260, 0.8);
    const tilted = values.map((v, t) => v + 0.1 * t);
    const statistic = (v: readonly number[], trend: Deterministics) =>
      augmentedDickeyFuller(v, { trend }).value?.statistic ?? 99;
    expect(statistic(tilted, "trend")).toBeCloseTo(statistic(values, "trend"), 8);
    expect(Math.abs(statistic(tilted, "constant") - statistic(values, "constant"))).toBeGreaterThan(1);
  });

  it("rejects a unit root in about 5 % of random walks, and nearly always in what returns fast", () => {
    const rejects = (values: readonly number[]) => {
      const { value } = augmentedDickeyFuller(values, { maxLag: 2 });
      return (value?.statistic ?? 0) < (value?.critical.five ?? -99);
    };
    const share = (phi: number) =>
      Array.from({ length: 200 }, (_, i) => rejects(autoregression(9000 + i, 250, phi))).filter(Boolean)
        .length / 200;
    // Three standard errors of a share of 5 % of 200 are 4.6 %.
    expect(Math.abs(share(1) - 0.05)).toBeLessThan(0.046);
    expect(share(0.8)).toBeGreaterThan(0.95);
  });
});
