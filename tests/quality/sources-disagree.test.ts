import { describe, expect, it } from "vitest";
import type { Tolerance } from "#src/domain/quality.ts";
import { sourcesDisagree } from "#src/quality/sources-disagree.ts";
import { spoilt, valuesOf, walk } from "#tests/quality/values.ts";
import { weekdaysTo } from "#tests/sections/days.ts";

const own = valuesOf("level", walk(40, 20));
const rule = (tolerance: Tolerance) => ({ series: "A", with: "B", tolerance });
const found = (values: readonly number[], tolerance: Tolerance = { amount: 0.05 }) =>
  sourcesDisagree(own, valuesOf("level", values), rule(tolerance));
const shifted = (by: number) => spoilt(own.values, { 20: (own.values[20] ?? 0) + by });

describe("two series that measure the same", () => {
  it("may lie apart by the tolerance, and no further", () => {
    expect(found(own.values)).toEqual([]);
    expect(found(shifted(0.05))).toEqual([]);
    expect(found(shifted(-0.05))).toEqual([]);
    expect(found(shifted(0.0501))).toMatchObject([{ from: own.dates[20], days: [own.dates[20]] }]);
    expect(found(shifted(-0.0501))).toHaveLength(1);
  });

  it("by a share of the larger of the two", () => {
    const base = own.values[20] ?? 0;
    expect(found(shifted(0.01 * base), { share: 0.01 })).toEqual([]);
    expect(found(shifted(base / 0.99 - base + 1e-6), { share: 0.01 })).toHaveLength(1);
  });

  it("are compared on the days that both have, in runs of those", () => {
    const dates = weekdaysTo("2026-02-13", 40).filter((_, i) => i !== 11);
    const far = own.values.filter((_, i) => i !== 11).map((v, i) => (i >= 10 && i < 13 ? v + 1 : v));
    const other = valuesOf("level", far, { dates });
    expect(sourcesDisagree(own, other, rule({ amount: 0.05 })).map(({ days }) => days)).toEqual([
      [own.dates[10], own.dates[12], own.dates[13]],
    ]);
  });

  it("say how far they lie apart, and on which day", () => {
    const [only] = found(shifted(2.61));
    expect(only?.found).toContain(`against`);
    expect(only?.found).toContain(own.dates[20]);
    expect(only?.expected).toBe("the same within 0.05");
  });
});
