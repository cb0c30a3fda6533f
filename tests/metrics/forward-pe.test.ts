import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { blendedEarnings, forwardPe, indexForwardPe, monthsLeft } from "#src/metrics/forward-pe.ts";
import reference from "#tests/fixtures/reference/valuation.json" with { type: "json" };
import { relativeGap, seeded } from "#tests/metrics/returns-reference.ts";

describe("monthsLeft", () => {
  it("counts the months after that of the day", () => {
    expect(monthsLeft("2026-02-13", "2026-12-31")).toBe(10);
    expect(monthsLeft("2026-01-01", "2026-12-31")).toBe(11);
    expect(monthsLeft("2026-12-31", "2026-12-31")).toBe(0);
    // A Japanese year.
    expect(monthsLeft("2026-02-13", "2026-03-31")).toBe(1);
    expect(monthsLeft("2025-04-01", "2026-03-31")).toBe(11);
  });

  it("refuses a day of another fiscal year", () => {
    expect(() => monthsLeft("2027-01-01", "2026-12-31")).toThrow(RangeError);
    expect(() => monthsLeft("2025-12-31", "2026-12-31")).toThrow(RangeError);
  });
});

describe("forwardPe", () => {
  it("agrees with fractions to 1e-14", () => {
    for (const { price, eps, pe, ...years } of reference.pe) {
      expect(relativeGap([blendedEarnings(years)], [eps])).toBeLessThan(1e-14);
      const found = forwardPe(price, years);
      if (pe === null)
        expect(found).toEqual({
          status: "undefined",
          value: null,
          n: 1,
          reasons: [{ code: "not-meaningful" }],
        });
      else expect(relativeGap([found.value ?? 0], [pe])).toBeLessThan(1e-13);
    }
    expect(reference.pe.some(({ pe }) => pe === null)).toBe(true);
  });

  it("is of the running year at its beginning, and of the next at its end", () => {
    expect(forwardPe(100, { current: 4, next: 6, monthsLeft: 12 }).value).toBe(25);
    expect(forwardPe(100, { current: 4, next: 6, monthsLeft: 6 }).value).toBe(20);
    expect(forwardPe(100, { current: 4, next: 5, monthsLeft: 0 }).value).toBe(20);
  });

  it("does not exist without earnings or a price", () => {
    expect(forwardPe(100, { current: 1, next: -1, monthsLeft: 6 }).status).toBe("undefined");
    expect(forwardPe(100, { current: 1, next: -0.999, monthsLeft: 6 }).status).toBe("ok");
    expect(forwardPe(0, { current: 1, next: 1, monthsLeft: 6 })).toMatchObject({
      reasons: [{ code: "not-positive" }],
    });
  });

  it("refuses what is no number and no count of months", () => {
    const years = { current: 1, next: 2, monthsLeft: 3 };
    for (const bad of [Number.NaN, Number.POSITIVE_INFINITY]) {
      expect(() => forwardPe(bad, years)).toThrow(RangeError);
      expect(() => forwardPe(1, { ...years, current: bad })).toThrow(RangeError);
      expect(() => forwardPe(1, { ...years, next: bad })).toThrow(RangeError);
    }
    for (const months of [-0.001, 12.001, Number.NaN])
      expect(() => blendedEarnings({ ...years, monthsLeft: months })).toThrow(RangeError);
  });
});

describe("indexForwardPe", () => {
  const { caps, earnings, pe } = reference.index;

  it("is all value over all earnings, and no mean of P/Es", () => {
    expect(relativeGap([indexForwardPe(caps, earnings).value ?? 0], [pe])).toBeLessThan(1e-13);
    expect(earnings.some((e) => e < 0)).toBe(true);
    // P/Es of 10 and 50 have a mean of 30.
    expect(indexForwardPe([100, 100], [10, 2]).value).toBeCloseTo(200 / 12, 13);
    // A loss counts: without it 10 would be left.
    expect(indexForwardPe([100, 100], [10, -5]).value).toBe(40);
  });

  it("leaves out a member without an estimate on both sides, if the rest is enough", () => {
    const of = (missing: number) => indexForwardPe([100 - missing, missing], [10, null]);
    expect(of(10)).toMatchObject({ status: "ok", value: 9, n: 1 });
    expect(of(10.5)).toMatchObject({ status: "warn", reasons: [{ code: "coverage", need: 0.9 }] });
    expect(of(25)).toMatchObject({ status: "warn", value: 7.5 });
    expect(of(25.5)).toMatchObject({ status: "insufficient", reasons: [{ code: "coverage", need: 0.75 }] });
    expect(indexForwardPe([100], [null])).toMatchObject({ status: "insufficient", n: 0 });
    expect(indexForwardPe([], [])).toMatchObject({ status: "insufficient", n: 0 });
  });

  it("does not exist where losses are as large as profits", () => {
    expect(indexForwardPe([100, 100], [5, -5])).toMatchObject({ reasons: [{ code: "not-meaningful" }] });
    expect(indexForwardPe([100, 100], [5, -4.99]).status).toBe("ok");
    expect(indexForwardPe([100, 0], [5, 1])).toMatchObject({ reasons: [{ code: "not-positive" }] });
  });

  it("refuses other lengths and what is no number", () => {
    expect(() => indexForwardPe([1], [1, 2])).toThrow(RangeError);
    expect(() => indexForwardPe([Number.NaN], [1])).toThrow(RangeError);
    expect(() => indexForwardPe([1], [Number.POSITIVE_INFINITY])).toThrow(RangeError);
  });

  it("does not see the currency, and sees the price of one member", () => {
    const size = fc.integer({ min: 1, max: 1000 });
    fc.assert(
      fc.property(fc.array(fc.tuple(size, size), { minLength: 1, maxLength: 9 }), (members) => {
        const [values, profits] = [members.map(([cap]) => cap), members.map(([, e]) => e)];
        const own = indexForwardPe(values, profits).value ?? 0;
        const scaled = indexForwardPe(
          values.map((v) => v * 4),
          profits.map((e) => e * 4),
        );
        expect(scaled.value).toBe(own);
        expect(
          indexForwardPe(
            values.map((v, i) => (i === 0 ? v + 1 : v)),
            profits,
          ).value,
        ).toBeGreaterThan(own);
      }),
      seeded,
    );
  });
});
