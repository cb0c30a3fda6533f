import { describe, expect, it } from "vitest";
import { impliedUpside, targetRules } from "#src/metrics/implied-upside.ts";

const target = { target: 6400, date: "2026-02-10" };

describe("impliedUpside", () => {
  // A target of 6,400 at a level of 6,083.86: 5.2 % is left.
  it("is the published one", () => {
    const { value, ...rest } = impliedUpside(target, 6083.86, "2026-02-25");
    expect(rest).toEqual({ status: "ok", n: 1, reasons: [] });
    expect((100 * (value?.upside ?? 0)).toFixed(1)).toBe("5.2");
    expect(value).toMatchObject({
      age: 15,
      total: null,
      revision: null,
      isStale: false,
      isNearlyReached: false,
    });
  });

  it("adds the dividend yield, and compares the target with the one before", () => {
    const { value } = impliedUpside({ ...target, previous: 5000, dividendYield: 0.02 }, 6400, "2026-02-10");
    expect(value).toMatchObject({ upside: 0, total: 0.02, age: 0 });
    expect(value?.revision).toBeCloseTo(0.28, 14);
  });

  it("is of the day's level: another level, another upside", () => {
    expect(impliedUpside(target, 5000, "2026-02-25").value?.upside).toBeCloseTo(0.28, 14);
    expect(impliedUpside(target, 8000, "2026-02-25").value?.upside).toBeCloseTo(-0.2, 14);
  });

  it("is stale after 30 days, and nearly reached within 3 % on either side", () => {
    expect(impliedUpside(target, 5000, "2026-03-12").value).toMatchObject({ age: 30, isStale: false });
    expect(impliedUpside(target, 5000, "2026-03-13").value).toMatchObject({ age: 31, isStale: true });
    const near = (upside: number) =>
      impliedUpside({ target: 100 * (1 + upside), date: target.date }, 100, "2026-02-25").value
        ?.isNearlyReached;
    expect(near(0.03)).toBe(true);
    expect(near(0.0301)).toBe(false);
    expect(near(-0.03)).toBe(true);
    expect(near(-0.0301)).toBe(false);
    expect(targetRules).toEqual({ age: 30, near: 0.03 });
  });

  it("does not exist for what is not positive", () => {
    const found = { status: "undefined", value: null, reasons: [{ code: "not-positive" }] };
    expect(impliedUpside(target, 0, "2026-02-25")).toMatchObject(found);
    expect(impliedUpside({ ...target, target: 0 }, 1, "2026-02-25")).toMatchObject(found);
    expect(impliedUpside({ ...target, previous: 0 }, 1, "2026-02-25")).toMatchObject(found);
  });

  it("refuses what is no number, and a target that was not yet known", () => {
    for (const bad of [Number.NaN, Number.POSITIVE_INFINITY]) {
      expect(() => impliedUpside(target, bad, "2026-02-25")).toThrow(RangeError);
      expect(() => impliedUpside({ ...target, target: bad }, 1, "2026-02-25")).toThrow(RangeError);
      expect(() => impliedUpside({ ...target, previous: bad }, 1, "2026-02-25")).toThrow(RangeError);
      expect(() => impliedUpside({ ...target, dividendYield: bad }, 1, "2026-02-25")).toThrow(RangeError);
    }
    expect(() => impliedUpside(target, 5000, "2026-02-09")).toThrow(RangeError);
  });
});
