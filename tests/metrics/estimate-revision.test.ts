import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { estimateChange, revisionRatio } from "#src/metrics/estimate-revision.ts";
import reference from "#tests/fixtures/reference/valuation.json" with { type: "json" };
import { seeded } from "#tests/metrics/returns-reference.ts";

describe("revisionRatio", () => {
  it("is the net share of revisions", () => {
    expect(revisionRatio(30, 10)).toEqual({ status: "ok", value: 0.5, n: 40, reasons: [] });
    expect(revisionRatio(0, 3).value).toBe(-1);
    expect(revisionRatio(3, 0).value).toBe(1);
    expect(revisionRatio(0, 0)).toMatchObject({ status: "undefined", reasons: [{ code: "no-revisions" }] });
  });

  it("lies in −1 to 1, turns over with the sides and rises with one more raised", () => {
    const count = fc.integer({ min: 0, max: 500 });
    fc.assert(
      fc.property(count, count, (up, down) => {
        fc.pre(up + down > 0);
        const own = revisionRatio(up, down).value ?? 9;
        expect(Math.abs(own)).toBeLessThanOrEqual(1);
        expect(revisionRatio(down, up).value ?? 9).toBeCloseTo(-own, 15);
        if (down > 0) expect(revisionRatio(up + 1, down).value).toBeGreaterThan(own);
      }),
      seeded,
    );
  });

  it("refuses what is no count", () => {
    for (const bad of [-1, 0.5, Number.NaN]) {
      expect(() => revisionRatio(bad, 1)).toThrow(RangeError);
      expect(() => revisionRatio(1, bad)).toThrow(RangeError);
    }
  });
});

describe("estimateChange", () => {
  const { estimateDays: days, estimates } = reference;

  it("agrees with pandas' asof", () => {
    for (const { last, change } of reference.revisions)
      expect(estimateChange(days.slice(0, last + 1), estimates.slice(0, last + 1)).value?.change).toBeCloseTo(
        change,
        14,
      );
  });

  it("is against the last estimate known four weeks before, not the next one", () => {
    expect(estimateChange(["2026-01-16", "2026-01-17", "2026-02-13"], [10, 20, 22]).value).toEqual({
      change: 1.2000000000000002,
      baseDate: "2026-01-16",
      endDate: "2026-02-13",
    });
    expect(estimateChange(["2026-02-06", "2026-02-13"], [20, 22], 1).value?.change).toBeCloseTo(0.1, 14);
  });

  it("needs an estimate at the base, no more than 30 days older than it should be", () => {
    expect(estimateChange(["2026-01-17", "2026-02-13"], [20, 22])).toMatchObject({
      status: "insufficient",
      n: 1,
    });
    expect(estimateChange([], [])).toMatchObject({ status: "insufficient", n: 0 });
    expect(estimateChange(["2025-12-17", "2026-02-13"], [20, 22]).status).toBe("ok");
    expect(estimateChange(["2025-12-16", "2026-02-13"], [20, 22])).toMatchObject({
      status: "undefined",
      reasons: [{ code: "base-missing" }],
    });
  });

  it("does not exist from a loss, and exists to one", () => {
    const [base, end] = ["2026-01-16", "2026-02-13"];
    expect(estimateChange([base, end], [0, 22])).toMatchObject({ reasons: [{ code: "not-meaningful" }] });
    expect(estimateChange([base, end], [2, -1]).value?.change).toBe(-1.5);
  });

  it("refuses other lengths, what is no number and no weeks", () => {
    expect(() => estimateChange(["2026-02-13"], [])).toThrow(RangeError);
    expect(() => estimateChange(["2026-02-13"], [Number.NaN])).toThrow(RangeError);
    for (const weeks of [0, -1, 1.5])
      expect(() => estimateChange(["2026-02-13"], [1], weeks)).toThrow(RangeError);
  });
});
