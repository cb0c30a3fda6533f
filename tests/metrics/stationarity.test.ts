import { describe, expect, it } from "vitest";
import { augmentedDickeyFuller } from "#src/metrics/augmented-dickey-fuller.ts";
import { kpss } from "#src/metrics/kpss.ts";
import { stationarity } from "#src/metrics/stationarity.ts";
import { series } from "#tests/metrics/returns-reference.ts";
import { autoregression, normals, walk } from "#tests/metrics/walks.ts";

/** Noise about two levels, which neither test can take for one level or for a walk. */
const broken = normals(8, 400).map((e, t) => e + (t < 200 ? 0 : 0.6));

describe("stationarity", () => {
  it.each([
    ["stationary", autoregression(1, 400, 0.5)],
    ["unit-root", walk(2, 400)],
    ["both", broken],
    ["neither", autoregression(2, 250, 0.97)],
  ] as const)("is %s", (outcome, values) => {
    const found = stationarity(values);
    expect(found).toMatchObject({ status: "ok", n: values.length, value: { outcome } });
    expect(found.value?.dickeyFuller).toEqual(augmentedDickeyFuller(values).value);
    expect(found.value?.kpss).toEqual(kpss(values).value);
    const { dickeyFuller, kpss: level } = found.value ?? {};
    expect((dickeyFuller?.statistic ?? 9) < (dickeyFuller?.critical.five ?? 0)).toBe(
      /^(stationary|both)$/.test(outcome),
    );
    expect((level?.statistic ?? 0) > 0.463).toBe(/^(unit-root|both)$/.test(outcome));
  });

  it("has the cases of its tests", () => {
    expect(stationarity(walk(1, 250)).status).toBe("ok");
    expect(stationarity(walk(1, 249))).toMatchObject({
      status: "insufficient",
      reasons: [{ need: 250, have: 249 }],
    });
    expect(stationarity(series(300, 2))).toMatchObject({ reasons: [{ code: "zero-variance" }] });
    expect(() => stationarity([Number.NaN])).toThrow(RangeError);
  });

  it("passes the choice of lags on", () => {
    expect(stationarity(walk(1, 300), { lags: 3 }).value?.dickeyFuller.lags).toBe(3);
    expect(stationarity(walk(1, 300), { maxLag: 0 }).value?.dickeyFuller.lags).toBe(0);
  });
});
