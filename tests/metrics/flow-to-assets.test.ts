import { describe, expect, it } from "vitest";
import { flowToAssets, flowToAssetsPath, spanToAssets } from "#src/metrics/flow-to-assets.ts";
import { ok, tooFew, warn } from "#src/metrics/result.ts";
import reference from "#tests/fixtures/reference/flows.json" with { type: "json" };
import { series } from "#tests/metrics/returns-reference.ts";

const flows = Object.freeze(reference.weekly.flows);
const assets = Object.freeze(reference.weekly.assets);
const windows = [4, 13, 52] as const;
const steady = (n: number, each: number): readonly number[] => series(n, each);

describe("flowToAssets against the reference", () => {
  it.each(windows)("over %d weeks, every week to 1e-12", (window) => {
    const expected = reference.weekly.ratios[window];
    const path = flowToAssetsPath(flows, assets, { window });
    expect(path.map((v) => v === null)).toEqual(expected.map((v) => v === null));
    const gaps = path.map((v, t) => Math.abs((v ?? 0) - (expected[t] ?? 0)));
    expect(Math.max(...gaps)).toBeLessThan(1e-12);
    expect(flowToAssets(flows, assets, { window })).toEqual({
      status: "ok",
      value: path.at(-1),
      n: window,
      reasons: [],
    });
  });

  it("is over 52 weeks unless told, and 52 / window times as much a year", () => {
    expect(flowToAssets(flows, assets)).toEqual(flowToAssets(flows, assets, { window: 52 }));
    const [plain, year] = [false, true].map(
      (annualised) => flowToAssets(flows, assets, { window: 4, annualised }).value ?? Number.NaN,
    );
    expect(year).toBeCloseTo(13 * (plain ?? 0), 14);
    expect(flowToAssets(flows, assets, { annualised: true })).toEqual(flowToAssets(flows, assets));
  });
});

describe("flowToAssets", () => {
  it("is by hand, of the assets before the window", () => {
    const found = flowToAssets([99, 1, 2, 3, 4], [200, 500, 600, 700, 800], { window: 4 });
    expect(found.value).toBeCloseTo(10 / 200, 14);
  });

  it("needs the whole window and the week before it", () => {
    expect(flowToAssets(steady(5, 1), steady(5, 100), { window: 4 }).status).toBe("ok");
    expect(flowToAssets(steady(4, 1), steady(4, 100), { window: 4 })).toEqual({
      status: "insufficient",
      value: null,
      n: 4,
      reasons: [{ code: "too-few", need: 5, have: 4 }],
    });
    expect(flowToAssets([], [])).toMatchObject({ status: "insufficient", n: 0 });
  });

  it("takes no missing week for zero", () => {
    const missing = {
      status: "insufficient",
      value: null,
      reasons: [{ code: "weeks-missing", need: 5, have: 4 }],
    };
    expect(flowToAssets([9, 1, null, 3, 4], steady(5, 100), { window: 4 })).toMatchObject(missing);
    expect(flowToAssets([9, 1, 2, 3, 4], [null, 1, 1, 1, 1], { window: 4 })).toMatchObject(missing);
    expect(flowToAssets([null, 1, 2, 3, 4], [100, null, null, null, null], { window: 4 }).value).toBe(0.1);
  });

  it("does not exist where the window began without assets", () => {
    for (const start of [0, -1])
      expect(flowToAssets(steady(5, 1), [start, 1, 1, 1, 1], { window: 4 })).toMatchObject({
        status: "undefined",
        reasons: [{ code: "not-positive" }],
      });
    expect(flowToAssets(steady(5, 1), [1e-9, 1, 1, 1, 1], { window: 4 }).status).toBe("ok");
  });

  it("refuses other lengths and what is no number", () => {
    expect(() => flowToAssets([1, 2], [1])).toThrow(RangeError);
    for (const bad of [Number.NaN, Number.POSITIVE_INFINITY]) {
      expect(() => flowToAssets([1, bad], [1, 1], { window: 1 })).toThrow(RangeError);
      expect(() => flowToAssets([1, 1], [1, bad], { window: 1 })).toThrow(RangeError);
    }
    expect(() => flowToAssets([1, 1], [1, 1], { window: 0 })).toThrow(RangeError);
  });

  it("uses nothing after a week, and what is before it", () => {
    for (const window of windows) {
      const path = (n: number) => flowToAssetsPath(flows.slice(0, n), assets.slice(0, n), { window });
      for (const n of [60, 133, 200, 299]) expect(path(300).slice(0, n)).toEqual(path(n));
      const changed = flowToAssetsPath(flows.with(130, 9e5), assets, { window });
      expect(changed.slice(0, 130)).toEqual(path(300).slice(0, 130));
      expect(changed[130]).not.toBe(path(300)[130]);
    }
  });
});

describe("spanToAssets", () => {
  it("is the flow as a fraction of the assets before it, with the flow's caveats", () => {
    expect(spanToAssets(ok(5, 30), 100)).toEqual(ok(0.05, 30));
    const reason = { code: "coverage", need: 29, have: 24 };
    expect(spanToAssets(warn(-5, 24, reason), 100)).toEqual(warn(-0.05, 24, reason));
  });

  it("is missing with the flow, or without assets, and does not exist where there were none", () => {
    expect(spanToAssets(tooFew(0, 1), null)).toEqual(tooFew(0, 1));
    expect(spanToAssets(ok(5, 30), null)).toMatchObject({
      status: "insufficient",
      value: null,
      reasons: [{ code: "assets-missing" }],
    });
    for (const none of [0, -1])
      expect(spanToAssets(ok(5, 30), none)).toMatchObject({
        status: "undefined",
        reasons: [{ code: "not-positive" }],
      });
    expect(() => spanToAssets(ok(5, 30), Number.NaN)).toThrow(RangeError);
  });
});
