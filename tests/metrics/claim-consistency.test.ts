import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { checkQuoted } from "#src/metrics/claim-consistency.ts";
import {
  type Implied,
  impliedChange,
  impliedGrowth,
  impliedRatio,
  impliedRelativeGrowth,
  impliedShare,
  impliedSum,
  type Quoted,
  quoted,
} from "#src/metrics/implied-number.ts";
import type { Measured } from "#src/metrics/result.ts";
import reference from "#tests/fixtures/reference/claims.json" with { type: "json" };
import { seeded } from "#tests/metrics/returns-reference.ts";

const none: Quoted = { value: Number.NaN, half: 0 };
const relations: Record<string, (inputs: readonly Quoted[]) => Measured<Implied>> = {
  sum: impliedSum,
  share: ([part = none, ...others]) => impliedShare(part, others),
  ratio: ([a = none, b = none]) => impliedRatio(a, b),
  change: ([a = none, b = none]) => impliedChange(a, b),
  growth: impliedGrowth,
  relative: ([a = none, b = none]) => impliedRelativeGrowth(a, b),
};

describe("implied numbers against the reference", () => {
  it.each(reference)("$kind of $inputs, stated as $stated", ({ kind, inputs, stated, agrees, ...ends }) => {
    const divisor = kind === "growth" || kind === "relative" ? 100 : 1;
    const implied = relations[kind]?.(inputs.map((digits) => quoted(digits, divisor)));
    expect(implied?.value?.low).toBeCloseTo(ends.low, 11);
    expect(implied?.value?.value).toBeCloseTo(ends.value, 11);
    expect(implied?.value?.high).toBeCloseTo(ends.high, 11);
    expect(implied && checkQuoted(quoted(stated), implied).value?.isConsistent).toBe(agrees);
  });
});

describe("quoted numbers", () => {
  it.each([
    ["28", 100, 0.28, 0.005],
    ["5.2", 1, 5.2, 0.05],
    ["5.20", 1, 5.2, 0.005],
    ["-33.2", 100, -0.332, 0.0005],
    ["6400", 1, 6400, 0.5],
    ["+44.3", 100, 0.443, 0.0005],
  ])("%s over %d", (digits, divisor, value, half) => {
    const number = quoted(digits, divisor);
    expect(number.value).toBeCloseTo(value, 15);
    expect(number.half).toBeCloseTo(half, 15);
  });

  it.each(["", "1,000", "28%", "1e3", ".5", "5.", "NaN", " 1"])("refuse %j", (digits) => {
    expect(() => quoted(digits)).toThrow(RangeError);
  });

  it.each([0, -1, Number.NaN, Number.POSITIVE_INFINITY])("refuse a divisor of %d", (divisor) => {
    expect(() => quoted("1", divisor)).toThrow(RangeError);
  });
});

describe("relations that markets quote", () => {
  const agrees = (stated: Quoted, implied: Measured<Implied>) =>
    checkQuoted(stated, implied).value?.isConsistent;

  it("a share of 84.76 % and 5.56 times of 89 against 16", () => {
    const [abroad, home] = [quoted("89"), quoted("16")];
    expect(impliedShare(abroad, [home]).value?.value).toBeCloseTo(0.847619, 6);
    expect(agrees(quoted("84.76", 100), impliedShare(abroad, [home]))).toBe(true);
    expect(impliedRatio(abroad, home).value?.value).toBeCloseTo(5.5625, 10);
    expect(agrees(quoted("5.56"), impliedRatio(abroad, home))).toBe(true);
    expect(agrees(quoted("105"), impliedSum([abroad, home]))).toBe(true);
    expect(agrees(quoted("107"), impliedSum([abroad, home]))).toBe(false);
  });

  it("36 % and then 120 % are 199.2 %", () => {
    const grown = impliedGrowth([quoted("36", 100), quoted("120", 100)]);
    expect(grown.value?.value).toBeCloseTo(1.992, 12);
    expect(agrees(quoted("199.2", 100), grown)).toBe(true);
    // The sum of the two, a usual mistake.
    expect(agrees(quoted("156", 100), grown)).toBe(false);
  });

  it("a price that doubled on earnings that grew by 199.2 % lost 33.2 % of its multiple", () => {
    const multiple = impliedRelativeGrowth(quoted("100", 100), quoted("199.2", 100));
    expect(multiple.value?.value).toBeCloseTo(-0.332, 3);
    expect(agrees(quoted("-33.2", 100), multiple)).toBe(true);
    expect(agrees(quoted("5", 100), multiple)).toBe(false);
  });

  it("25 % in local currency and 2.4 % of the currency are 28 %, and 28 % and 25 % are 2.4 % of it", () => {
    expect(agrees(quoted("28", 100), impliedGrowth([quoted("25", 100), quoted("2.4", 100)]))).toBe(true);
    expect(impliedRelativeGrowth(quoted("28", 100), quoted("25", 100)).value?.value).toBeCloseTo(0.024, 12);
  });

  it("6400 is 5.2 % above 6083.86", () => {
    expect(agrees(quoted("5.2", 100), impliedChange(quoted("6083.86"), quoted("6400")))).toBe(true);
    expect(agrees(quoted("5.3", 100), impliedChange(quoted("6083.86"), quoted("6400")))).toBe(false);
  });

  it("a price of 120 and earnings of 8.0 are 15 times", () => {
    expect(agrees(quoted("15.0"), impliedRatio(quoted("120"), quoted("8.0")))).toBe(true);
    expect(agrees(quoted("15.3"), impliedRatio(quoted("120"), quoted("8.0")))).toBe(false);
  });
});

describe("checkQuoted", () => {
  // 1 and 2, each within a half, make 2 to 4.
  const three = impliedSum([quoted("1"), quoted("2")]);

  it("holds where the ranges touch, and not a digit further", () => {
    expect(checkQuoted(quoted("4.05", 1), three).value?.isConsistent).toBe(false);
    expect(checkQuoted({ value: 4.05, half: 0.05 }, three).value?.isConsistent).toBe(true);
    expect(checkQuoted({ value: 4.06, half: 0.05 }, three).value?.isConsistent).toBe(false);
    expect(checkQuoted({ value: 1.95, half: 0.05 }, three).value?.isConsistent).toBe(true);
    expect(checkQuoted({ value: 1.94, half: 0.05 }, three).value?.isConsistent).toBe(false);
  });

  it("tells the gap and what rounding allows on that side", () => {
    const above = checkQuoted(quoted("6"), impliedRatio(quoted("89"), quoted("16"))).value;
    expect(above?.gap).toBeCloseTo(6 - 89 / 16, 12);
    expect(above?.tolerance).toBeCloseTo(0.5 + 89.5 / 15.5 - 89 / 16, 12);
    const below = checkQuoted(quoted("5"), impliedRatio(quoted("89"), quoted("16"))).value;
    expect(below?.tolerance).toBeCloseTo(0.5 + 89 / 16 - 88.5 / 16.5, 12);
  });

  it("is what the implied number is where there is none", () => {
    expect(checkQuoted(quoted("1"), impliedSum([]))).toEqual(impliedSum([]));
  });

  it.each([none, { value: 1, half: -1 }, { value: 1, half: Number.NaN }])("refuses %j", (stated) => {
    expect(() => checkQuoted(stated, three)).toThrow(RangeError);
  });
});

describe("implied numbers do not exist", () => {
  const undefinedFor = (code: string) => ({ status: "undefined", value: null, reasons: [{ code }] });

  it("of no part", () => {
    expect(impliedSum([])).toMatchObject({ status: "insufficient", n: 0 });
    expect(impliedGrowth([])).toMatchObject({ status: "insufficient", n: 0 });
  });

  it("as a share of flows in and out", () => {
    expect(impliedShare(quoted("89"), [quoted("-16")])).toMatchObject(undefinedFor("mixed-signs"));
    expect(impliedShare(quoted("-89"), [quoted("-16")]).value?.value).toBeCloseTo(0.8476, 4);
  });

  it("where rounding lets what divides be 0", () => {
    expect(impliedRatio(quoted("1"), { value: 0.5, half: 0.5 })).toMatchObject(undefinedFor("near-zero"));
    expect(impliedRatio(quoted("1"), { value: 0.501, half: 0.5 }).status).toBe("ok");
    expect(impliedShare(quoted("1"), [quoted("0")])).toMatchObject(undefinedFor("near-zero"));
    expect(impliedShare(quoted("1"), [quoted("0.0")]).status).toBe("ok");
  });

  it("where rounding lets a level be 0, or a growth lose all", () => {
    expect(impliedChange({ value: 0.5, half: 0.5 }, quoted("2"))).toMatchObject(undefinedFor("not-positive"));
    expect(impliedChange(quoted("2"), { value: 0.5, half: 0.5 })).toMatchObject(undefinedFor("not-positive"));
    expect(impliedGrowth([quoted("-99.5", 100)]).status).toBe("ok");
    expect(impliedGrowth([quoted("-100", 100)])).toMatchObject(undefinedFor("total-loss"));
    expect(impliedRelativeGrowth(quoted("5", 100), quoted("-100", 100))).toMatchObject(
      undefinedFor("total-loss"),
    );
  });

  it.each(Object.entries(relations))("%s of what is not a number", (_, relation) => {
    expect(() => relation([none, quoted("1")])).toThrow(RangeError);
    expect(() => relation([quoted("1"), { value: 1, half: -1 }])).toThrow(RangeError);
  });
});

describe("laws of quoted numbers", () => {
  const cents = fc.integer({ min: 100, max: 99_999 }).map((n) => n / 100);
  const print = (value: number, decimals: number) => quoted(value.toFixed(decimals));
  const decimals = fc.integer({ min: 0, max: 2 });

  it("true numbers agree however each is rounded", () => {
    fc.assert(
      fc.property(cents, cents, decimals, decimals, decimals, (a, b, i, j, k) => {
        const [one, other] = [print(a, i), print(b, j)];
        fc.pre(other.value > other.half && one.value > one.half);
        const ratio = impliedRatio(one, other);
        expect(checkQuoted(print(a / b, k), ratio).value?.isConsistent).toBe(true);
        expect(checkQuoted(print(a + b, k), impliedSum([one, other])).value?.isConsistent).toBe(true);
        expect(checkQuoted(print(b / a - 1, k), impliedChange(one, other)).value?.isConsistent).toBe(true);
        expect(checkQuoted(print(a / (a + b), k), impliedShare(one, [other])).value?.isConsistent).toBe(true);
      }),
      seeded,
    );
  });

  it("false ones do not where the error is larger than rounding", () => {
    fc.assert(
      fc.property(cents, cents, (a, b) => {
        const sum = impliedSum([print(a, 2), print(b, 2)]);
        expect(checkQuoted(print(a + b + 0.05, 2), sum).value?.isConsistent).toBe(false);
      }),
      seeded,
    );
  });

  it("shares of parts and of their complement make one", () => {
    fc.assert(
      fc.property(cents, cents, (a, b) => {
        const [one, other] = [print(a, 2), print(b, 2)];
        const [p, q] = [impliedShare(one, [other]).value, impliedShare(other, [one]).value];
        expect((p?.value ?? 0) + (q?.value ?? 0)).toBeCloseTo(1, 12);
        expect((p?.low ?? 0) + (q?.high ?? 0)).toBeCloseTo(1, 12);
      }),
      seeded,
    );
  });
});

describe("an allowance", () => {
  const local = [quoted("20.0", 100), quoted("6.0", 100)];
  const stated = quoted("27.6", 100);

  it("lets a gap pass that rounding does not", () => {
    // 1.2 × 1.06 − 1 = 27.2 %, and rounding makes 0.11 points.
    const { value } = checkQuoted(stated, impliedGrowth(local), 0.005);
    expect([value?.isConsistent, value?.tolerance]).toEqual([true, 0.005]);
    expect(checkQuoted(stated, impliedGrowth(local)).value?.isConsistent).toBe(false);
    expect(checkQuoted(quoted("27.8", 100), impliedGrowth(local), 0.005).value?.isConsistent).toBe(false);
  });

  it("does not make the tolerance smaller, and is not negative", () => {
    const loose = checkQuoted(quoted("27", 100), impliedGrowth(local), 0.005).value;
    expect(loose?.tolerance).toBeGreaterThan(0.005);
    expect(() => checkQuoted(stated, impliedGrowth(local), -1)).toThrow(RangeError);
    expect(() => checkQuoted(stated, impliedGrowth(local), Number.NaN)).toThrow(RangeError);
  });
});
