import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { capitalAtStake, type StakeMember } from "#src/metrics/capital-at-stake.ts";
import { seeded } from "#tests/metrics/returns-reference.ts";

const member = (id: string, cap: number | null): StakeMember => ({ id, cap });

describe("capitalAtStake", () => {
  it("counts each company once", () => {
    const [a, b, c] = [member("a", 3e11), member("b", 2e11), member("c", 1e11)];
    expect(capitalAtStake([[a, b], [b, c], []])).toEqual({
      status: "ok",
      n: 3,
      reasons: [],
      value: { total: 6e11, baskets: [5e11, 3e11, 0], shared: 2e11, isTrillions: false },
    });
    expect(capitalAtStake([[a, a]]).value).toMatchObject({ total: 3e11, baskets: [3e11], shared: 0 });
  });

  it("is trillions from a trillion on", () => {
    expect(capitalAtStake([[member("a", 1e12)]]).value?.isTrillions).toBe(true);
    expect(capitalAtStake([[member("a", 1e12 - 1)]]).value?.isTrillions).toBe(false);
    // Together, and not where one company alone is counted twice.
    const half = member("a", 6e11);
    expect(capitalAtStake([[half], [member("b", 4e11)]]).value?.isTrillions).toBe(true);
    expect(capitalAtStake([[half], [half]]).value?.isTrillions).toBe(false);
  });

  it("needs three quarters of the companies' values, and warns below nine tenths", () => {
    const of = (given: number, missing: number) =>
      capitalAtStake([Array.from({ length: given }, (_, i) => member(`c${i}`, i < missing ? null : 1e9))]);
    expect(of(20, 2)).toMatchObject({ status: "ok", n: 18, value: { total: 18e9 } });
    expect(of(20, 3)).toMatchObject({
      status: "warn",
      reasons: [{ code: "coverage", need: 0.9, have: 0.85 }],
    });
    expect(of(20, 5).status).toBe("warn");
    expect(of(20, 6)).toMatchObject({ status: "insufficient", value: null, reasons: [{ need: 0.75 }] });
    expect(of(1, 1)).toMatchObject({
      status: "insufficient",
      reasons: [{ code: "too-few", need: 1, have: 0 }],
    });
    expect(capitalAtStake([])).toMatchObject({ status: "insufficient", n: 0 });
  });

  it("refuses two values of one company, and what is no value", () => {
    expect(() => capitalAtStake([[member("a", 1)], [member("a", 2)]])).toThrow(RangeError);
    expect(() => capitalAtStake([[member("a", 1)], [member("a", null)]])).toThrow(RangeError);
    for (const bad of [-1, Number.NaN, Number.POSITIVE_INFINITY])
      expect(() => capitalAtStake([[member("a", bad)]])).toThrow(RangeError);
  });

  it("is the sum of the baskets less what they share, in any order", () => {
    const caps = fc.array(fc.integer({ min: 0, max: 1000 }), { minLength: 4, maxLength: 12 });
    fc.assert(
      fc.property(caps, fc.integer({ min: 1, max: 3 }), (values, common) => {
        const members = values.map((cap, i) => member(`c${i}`, cap));
        const [a, b] = [members.slice(0, -2), members.slice(-2 - common, members.length)];
        const value = capitalAtStake([a, b]).value;
        const [first = 0, second = 0] = value?.baskets ?? [];
        expect(value?.total).toBe(first + second - (value?.shared ?? 0));
        expect(value?.total).toBe(values.reduce((sum, v) => sum + v, 0));
        expect(capitalAtStake([b, a]).value?.total).toBe(value?.total);
        const grown = members.map(({ id, cap }, i) => member(id, (cap ?? 0) + (i === 0 ? 1 : 0)));
        expect(capitalAtStake([grown]).value?.total).toBe((value?.total ?? 0) + 1);
      }),
      seeded,
    );
  });
});
