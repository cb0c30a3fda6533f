import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { kpss } from "#src/metrics/kpss.ts";
import reference from "#tests/fixtures/reference/unit-root.json" with { type: "json" };
import fromR from "#tests/fixtures/reference/unit-root-r.json" with { type: "json" };
import { seeded, series } from "#tests/metrics/returns-reference.ts";
import { autoregression, normals, walk } from "#tests/metrics/walks.ts";

const rows = reference.series.flatMap(({ name, values, kpss: found }) =>
  found.map((row) => ({ name, values: Object.freeze(values), ...row })),
);

describe("kpss", () => {
  it.each(rows)(
    "agrees with statsmodels to 1e-11: $name, lags $given",
    ({ values, given, statistic, p, lags }) => {
      const found = kpss(values, given === null ? {} : { lags: given });
      expect(found).toMatchObject({ status: "ok", n: values.length, value: { lags } });
      expect(Math.abs((found.value?.statistic ?? 99) / statistic - 1)).toBeLessThan(1e-11);
      expect(found.value?.pValue).toBeCloseTo(p, 10);
      expect(found.value?.isClipped).toBe(p === 0.1 || p === 0.01);
    },
  );

  it("is compared inside the table and beyond both of its ends", () => {
    expect(new Set(rows.map(({ p }) => (p === 0.1 || p === 0.01 ? p : "inside")))).toEqual(
      new Set([0.1, 0.01, "inside"]),
    );
  });

  it("agrees with R's urca to 1e-11", () => {
    for (const { values, kpss: found } of fromR.series) {
      for (const [lags = 0, statistic = 0] of found)
        expect(Math.abs((kpss(values, { lags }).value?.statistic ?? 99) / statistic - 1)).toBeLessThan(1e-11);
    }
  });

  it("needs 250 values: 250 are enough, 249 are not", () => {
    expect(kpss(walk(1, 250)).status).toBe("ok");
    expect(kpss(walk(1, 249))).toEqual({
      status: "insufficient",
      value: null,
      n: 249,
      reasons: [{ code: "too-few", need: 250, have: 249 }],
    });
    expect(kpss([])).toMatchObject({ status: "insufficient", n: 0 });
  });

  it("does not exist for a series that does not move, and does for one that hardly does", () => {
    for (const level of [0, 0.1, 1e9])
      expect(kpss(series(300, level))).toMatchObject({
        status: "undefined",
        reasons: [{ code: "zero-variance" }],
      });
    expect(kpss(series(300, (t) => 1 + 1e-9 * (t % 7))).status).toBe("ok");
  });

  it("refuses what is not finite, and lags that are none or too many", () => {
    for (const bad of [Number.NaN, Number.NEGATIVE_INFINITY])
      expect(() => kpss(walk(1, 300).with(7, bad))).toThrow(RangeError);
    for (const lags of [-1, 1.5, 300]) expect(() => kpss(walk(1, 300), { lags })).toThrow(RangeError);
    expect(kpss(walk(1, 300), { lags: 299 }).status).toBe("ok");
  });

  it("does not see unit or origin", () => {
    fc.assert(
      fc.property(fc.nat(1000), fc.constantFrom(-3, 0.1, 40), fc.constantFrom(-5, 0, 12), (seed, a, b) => {
        const values = autoregression(seed, 260, 0.9);
        const [own, mapped] = [kpss(values).value, kpss(values.map((v) => a * v + b)).value];
        expect(mapped?.lags).toBe(own?.lags);
        expect(mapped?.statistic).toBeCloseTo(own?.statistic ?? 99, 9);
      }),
      { ...seeded, numRuns: 50 },
    );
  });

  it("sees order: sorted, noise is no longer level", () => {
    const noise = normals(7, 300);
    expect(kpss(noise).value?.statistic).toBeLessThan(0.347);
    expect(kpss(noise.toSorted((a, b) => a - b)).value?.statistic).toBeGreaterThan(0.739);
  });
});
