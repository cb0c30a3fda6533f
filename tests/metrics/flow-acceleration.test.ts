import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { accelerationRules, flowAcceleration } from "#src/metrics/flow-acceleration.ts";
import reference from "#tests/fixtures/reference/acceleration.json" with { type: "json" };
import { seeded, series } from "#tests/metrics/returns-reference.ts";
import { normals } from "#tests/metrics/walks.ts";

const flows: readonly (number | null)[] = Object.freeze(reference[0]?.flows ?? []);
const of = (given: readonly (number | null)[]) => flowAcceleration(Object.freeze(given)).value;

describe("flowAcceleration against the reference", () => {
  it.each(reference)(
    "acceleration $acceleration",
    ({ flows: given, seasonal, own, history, ...expected }) => {
      const found = flowAcceleration(given);
      const n = Math.min(156, given.length - 4);
      expect(found).toMatchObject({ status: n < 156 ? "warn" : "ok", n });
      for (const key of ["recent", "prior", "deviation", "acceleration"] as const)
        expect(found.value?.[key]).toBeCloseTo(expected[key], 9);
      for (const [test, row] of [
        [found.value?.own, own],
        [found.value?.history, history],
      ] as const) {
        expect(test?.lags).toBe(row.lags);
        expect(test?.t).toBeCloseTo(row.t, 9);
        expect(test?.p).toBeCloseTo(row.p, 9);
      }
      expect(found.value?.pValue).toBeCloseTo(Math.max(own.p, history.p), 9);
      if (seasonal.years < 2) expect(found.value?.seasonal).toBeNull();
      else {
        expect(found.value?.seasonal?.years).toBe(seasonal.years);
        expect(found.value?.seasonal?.usual).toBeCloseTo(seasonal.usual, 9);
        expect(found.value?.seasonal?.distance).toBeCloseTo(seasonal.distance, 9);
      }
    },
  );

  it("has the years 5, 5, 5, 4, 3 and 2 there, or fewer", () => {
    expect(reference.map(({ seasonal }) => seasonal.years)).toEqual([5, 5, 5, 4, 3, 2]);
  });
});

describe("flowAcceleration", () => {
  it("needs 104 weeks before the last four, and wants 156", () => {
    expect(flowAcceleration(flows.slice(-107))).toEqual({
      status: "insufficient",
      value: null,
      n: 103,
      reasons: [{ code: "too-few", need: 104, have: 103 }],
    });
    expect(flowAcceleration(flows.slice(-108))).toMatchObject({ status: "warn", n: 104 });
    expect(flowAcceleration(flows.slice(-159))).toMatchObject({
      status: "warn",
      reasons: [{ code: "short-history", need: 156, have: 155 }],
    });
    expect(flowAcceleration(flows.slice(-160))).toMatchObject({ status: "ok", n: 156, reasons: [] });
    expect(flowAcceleration([])).toMatchObject({ status: "insufficient", n: 0 });
  });

  it("has no seasonal comparison below two years", () => {
    const gap = (back: number) => flows.slice(-108).with(108 - back, null);
    expect(of(flows.slice(-108))?.seasonal?.years).toBe(2);
    expect(of(gap(108))).toBeNull();
    expect(of(flows.slice(-160).with(160 - 53, null))?.seasonal?.years ?? 0).toBe(0);
    expect(of(flows.slice(-160).with(160 - 60, null))?.seasonal?.years).toBe(2);
    expect(accelerationRules).toMatchObject({ leastYears: 2, years: 5 });
  });

  // The spread is that of the 156 weeks before the last four: these may not make themselves look small.
  it("leaves the last four weeks out of its spread, and all that is older than 160", () => {
    const wild = flows.with(319, 1e6);
    expect(of(wild)?.deviation).toBe(of(flows)?.deviation);
    expect(of(wild)?.acceleration).not.toBe(of(flows)?.acceleration);
    expect(of(flows.with(315, 1e6))?.deviation).not.toBe(of(flows)?.deviation);
    expect(of(flows.with(160, 1e6))?.deviation).not.toBe(of(flows)?.deviation);
    expect(of(flows.with(159, 1e6))?.deviation).toBe(of(flows)?.deviation);
  });

  it("takes no missing week for zero", () => {
    for (const at of [319, 303])
      expect(flowAcceleration(flows.with(at, null))).toEqual({
        status: "insufficient",
        value: null,
        n: 16,
        reasons: [{ code: "weeks-missing", need: 17, have: 16 }],
      });
    expect(flowAcceleration(flows.with(302, null))).toMatchObject({ status: "warn", n: 155 });
  });

  it("does not exist where nothing moves", () => {
    expect(flowAcceleration(series(200, 5))).toMatchObject({
      status: "undefined",
      reasons: [{ code: "zero-variance" }],
    });
    const still = series(200, (t) => (t < 183 ? t % 7 : t < 196 ? 3 : 9));
    expect(flowAcceleration(still)).toMatchObject({
      status: "undefined",
      reasons: [{ code: "perfect-fit" }],
    });
    expect(flowAcceleration(still.with(190, 4)).status).toBe("ok");
  });

  it.each([Number.NaN, Number.POSITIVE_INFINITY])("refuses %s", (bad) => {
    expect(() => flowAcceleration(flows.with(0, bad))).toThrow(RangeError);
  });

  it("keeps its chance of a false acceleration near 10 %, where the 17 weeks alone do not", () => {
    let [both, own, runs] = [0, 0, 0];
    const week = fc.integer({ min: -9999, max: 9999 });
    const noise = fc.noBias(fc.array(week, { minLength: 160, maxLength: 160 }));
    fc.assert(
      fc.property(noise, (given) => {
        const value = flowAcceleration(given).value;
        runs++;
        both += (value?.pValue ?? 1) <= 0.1 ? 1 : 0;
        own += (value?.own.p ?? 1) <= 0.1 ? 1 : 0;
      }),
      { ...seeded, numRuns: 300 },
    );
    expect(both / runs).toBeLessThan(0.14);
    expect(own / runs).toBeGreaterThan(0.17);
  });

  it("does not see the unit, and turns over with the sign", () => {
    const flip = of(flows.map((flow) => -1024 * (flow ?? 0)));
    const now = of(flows);
    expect(flip?.acceleration).toBeCloseTo(-(now?.acceleration ?? 0), 12);
    expect(flip?.pValue).toBeCloseTo(now?.pValue ?? 0, 12);
    expect(flip?.seasonal?.distance).toBeCloseTo(-(now?.seasonal?.distance ?? 0), 12);
  });
});

describe("thirteen weeks that stand still", () => {
  const of = (recent: readonly number[], level: number) =>
    flowAcceleration([
      ...normals(3, 160).map((v) => v * 1e6),
      ...Array.from({ length: 13 }, () => level),
      ...recent.map((v) => v * 1e6),
    ]);

  // Their error is 0, whatever the roundings of a fit make of it.
  it.each([0, 1e6, 123_456.7])("before the last four, at %d, allow no test", (level) => {
    for (const recent of [
      [5, 7, 6, 9],
      [1.3, 2.7, 3.1, 0.4],
    ])
      expect(of(recent, level)).toMatchObject({ status: "undefined", reasons: [{ code: "perfect-fit" }] });
  });
});
