import { describe, expect, it } from "vitest";
import { flowZ, flowZPath, flowZRules } from "#src/metrics/flow-z.ts";
import reference from "#tests/fixtures/reference/flows.json" with { type: "json" };
import { series } from "#tests/metrics/returns-reference.ts";

const flows = Object.freeze(reference.weekly.flows);
const whole = Object.freeze(flows.map((flow) => flow ?? 0));

describe("flowZ", () => {
  it("agrees with the reference in every week to 1e-10", () => {
    const path = flowZPath(flows);
    const { z } = reference.weekly;
    expect(path.map((v) => v === null)).toEqual(z.map((v) => v === null));
    const gaps = path.map((v, t) => Math.abs((v ?? 0) - (z[t] ?? 0)));
    expect(Math.max(...gaps)).toBeLessThan(1e-10);
    for (const n of [108, 160, 231, 300]) expect(flowZ(flows.slice(0, n)).value).toBe(path[n - 1]);
  });

  it("needs 26 blocks of four weeks before the last, and wants 39", () => {
    expect(flowZ(whole.slice(0, 4 + 104))).toMatchObject({
      status: "warn",
      n: 26,
      reasons: [{ code: "short-history", need: 39, have: 26 }],
    });
    expect(flowZ(whole.slice(0, 4 + 103))).toEqual({
      status: "insufficient",
      value: null,
      n: 25,
      reasons: [{ code: "too-few", need: 26, have: 25 }],
    });
    expect(flowZ(whole.slice(0, 4 + 156))).toMatchObject({ status: "ok", n: 39, reasons: [] });
    expect(flowZ(whole.slice(0, 4 + 155))).toMatchObject({ status: "warn", n: 38 });
    expect(flowZ(whole.slice(0, 3))).toMatchObject({ status: "insufficient", n: 0 });
    expect(flowZ([])).toMatchObject({ status: "insufficient", n: 0 });
    expect(flowZRules).toEqual({ window: 4, leastHistory: 104, history: 156 });
  });

  it("forgets what is older than 156 weeks before the last four, and nothing younger", () => {
    const of = (changed: number) => flowZ(whole.slice(0, 200).with(changed, 1e6)).value;
    expect(of(200 - 161)).toBe(flowZ(whole.slice(0, 200)).value);
    expect(of(200 - 160)).not.toBe(flowZ(whole.slice(0, 200)).value);
  });

  it("leaves out a block with a missing week, and takes no missing week for zero", () => {
    expect(flowZ(whole.slice(0, 160).with(20, null as unknown as number))).toMatchObject({
      status: "warn",
      n: 38,
    });
    for (const back of [1, 4])
      expect(flowZ((whole.slice(0, 160) as (number | null)[]).with(160 - back, null))).toEqual({
        status: "insufficient",
        value: null,
        n: 3,
        reasons: [{ code: "weeks-missing", need: 4, have: 3 }],
      });
  });

  it("does not exist where nothing moves", () => {
    expect(flowZ(series(160, 3))).toMatchObject({
      status: "undefined",
      reasons: [{ code: "zero-variance" }],
    });
    expect(flowZ(series(160, (i) => (i === 20 ? 4 : 3))).status).toBe("ok");
  });

  it.each([Number.NaN, Number.NEGATIVE_INFINITY])("refuses %s", (bad) => {
    expect(() => flowZ(whole.with(10, bad))).toThrow(RangeError);
    expect(() => flowZPath(whole.with(10, bad))).toThrow(RangeError);
  });

  it("uses nothing after a week, and what is before it", () => {
    for (const n of [110, 161, 250])
      expect(flowZPath(flows).slice(0, n)).toEqual(flowZPath(flows.slice(0, n)));
    const changed = flowZPath(flows.with(240, 9e5));
    expect(changed.slice(0, 240)).toEqual(flowZPath(flows).slice(0, 240));
    expect(changed[240]).not.toBe(flowZPath(flows)[240]);
  });
});
