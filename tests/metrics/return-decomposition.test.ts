import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { returnDecomposition } from "#src/metrics/return-decomposition.ts";
import reference from "#tests/fixtures/reference/valuation.json" with { type: "json" };
import { seeded } from "#tests/metrics/returns-reference.ts";

const before = { price: 100, earnings: 5 };

describe("returnDecomposition", () => {
  it("agrees with forty decimal digits to 1e-14", () => {
    for (const { before: b, after, ...parts } of reference.decomposition) {
      const { value } = returnDecomposition(b, after);
      for (const [name, part] of Object.entries(parts))
        expect(Math.abs((value?.[name as "price"] ?? 9) - part)).toBeLessThan(1e-14);
    }
  });

  // A price that doubled on earnings of 2.992 times what they were: the multiple fell by 33.2 %.
  it("is the published one", () => {
    const { value, ...rest } = returnDecomposition(before, { price: 200, earnings: 5 * 2.992 });
    expect(rest).toEqual({ status: "ok", n: 2, reasons: [] });
    expect(Math.expm1(value?.multiple ?? 0).toFixed(3)).toBe("-0.332");
    expect(Math.exp(value?.price ?? 0)).toBeCloseTo(2, 14);
    expect(value).toMatchObject({ dividends: null, total: null });
  });

  it("has dividends only with a total return on both days", () => {
    const after = { price: 110, earnings: 5 };
    expect(returnDecomposition({ ...before, totalReturn: 100 }, after).value?.dividends).toBeNull();
    expect(returnDecomposition(before, { ...after, totalReturn: 113 }).value?.dividends).toBeNull();
    const { value } = returnDecomposition({ ...before, totalReturn: 100 }, { ...after, totalReturn: 113 });
    expect(value?.dividends).toBeCloseTo(Math.log(1.13 / 1.1), 14);
  });

  it("does not exist without earnings, or a price", () => {
    for (const earnings of [0, -1]) {
      const found = { status: "undefined", value: null, reasons: [{ code: "not-meaningful" }] };
      expect(returnDecomposition({ ...before, earnings }, before)).toMatchObject(found);
      expect(returnDecomposition(before, { ...before, earnings })).toMatchObject(found);
    }
    expect(returnDecomposition(before, { ...before, earnings: 1e-9 }).status).toBe("ok");
    expect(returnDecomposition({ ...before, price: 0 }, before)).toMatchObject({
      reasons: [{ code: "not-positive" }],
    });
    expect(returnDecomposition(before, { ...before, totalReturn: 0 })).toMatchObject({
      reasons: [{ code: "not-positive" }],
    });
  });

  it("refuses what is no number, and ratios that no double can hold", () => {
    for (const bad of [Number.NaN, Number.POSITIVE_INFINITY]) {
      expect(() => returnDecomposition({ ...before, price: bad }, before)).toThrow(RangeError);
      expect(() => returnDecomposition(before, { ...before, earnings: bad })).toThrow(RangeError);
      expect(() => returnDecomposition(before, { ...before, totalReturn: bad })).toThrow(RangeError);
    }
    expect(() => returnDecomposition({ price: 1e-300, earnings: 1 }, { price: 1e300, earnings: 1 })).toThrow(
      RangeError,
    );
  });

  const size = fc.integer({ min: 1, max: 1e6 }).map((k) => k / 1000);
  const valued = fc.record({ price: size, earnings: size, totalReturn: size });
  const names = ["price", "earnings", "multiple", "dividends", "total"] as const;
  /** The five numbers, in that order. */
  const parts = (...days: Parameters<typeof returnDecomposition>) => {
    const { value } = returnDecomposition(...days);
    return names.map((name) => value?.[name] ?? Number.NaN);
  };
  const isNear = (a: number, b: number) => expect(Math.abs(a - b)).toBeLessThan(1e-12);

  it("adds up, and earnings doubled at one price take as much from the multiple", () => {
    fc.assert(
      fc.property(valued, valued, (a, b) => {
        const [price = 9, earnings = 9, multiple = 9, dividends = 9, total = 9] = parts(a, b);
        isNear(earnings + multiple, price);
        isNear(price + dividends, total);
        isNear((parts(a, { ...b, earnings: 2 * b.earnings })[2] ?? 9) - multiple, -Math.LN2);
      }),
      seeded,
    );
  });

  it("links over days, and turns over", () => {
    fc.assert(
      fc.property(valued, valued, valued, (a, b, c) => {
        const [ab, bc, ac, ba] = [parts(a, b), parts(b, c), parts(a, c), parts(b, a)];
        for (const [i, part] of ab.entries()) {
          isNear(part + (bc[i] ?? 9), ac[i] ?? 0);
          isNear(part, -(ba[i] ?? 9));
        }
      }),
      seeded,
    );
  });
});
