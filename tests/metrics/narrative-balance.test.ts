import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  battleRules,
  isBattle,
  narrativeBalance,
  narrativeBalancePath,
} from "#src/metrics/narrative-balance.ts";
import { seeded } from "#tests/metrics/returns-reference.ts";

describe("narrativeBalance", () => {
  it("is the published one of 1.2 % and 0.8 %", () => {
    const { value, ...rest } = narrativeBalance(0.012, 0.008);
    expect(rest).toEqual({ status: "ok", n: 2, reasons: [] });
    expect(value?.balance).toBeCloseTo(0.2, 14);
    expect(value?.contest).toBeCloseTo(0.8, 14);
    expect(narrativeBalance(5, 0).value).toEqual({ balance: 1, contest: 0 });
    expect(narrativeBalance(5, 5).value).toEqual({ balance: 0, contest: 1 });
  });

  it("does not exist where neither is told", () => {
    expect(narrativeBalance(0, 0)).toMatchObject({
      status: "undefined",
      reasons: [{ code: "no-narrative" }],
    });
    expect(narrativeBalance(1e-9, 0).status).toBe("ok");
  });

  it("turns over with the two, does not see their unit, and rises with the first", () => {
    const intensity = fc.integer({ min: 1, max: 1e5 }).map((k) => k / 100);
    fc.assert(
      fc.property(intensity, intensity, (a, b) => {
        const { balance = 9, contest = 9 } = narrativeBalance(a, b).value ?? {};
        expect(Math.abs(balance)).toBeLessThanOrEqual(1);
        expect(contest).toBeCloseTo(1 - Math.abs(balance), 12);
        expect(narrativeBalance(b, a).value).toEqual({ balance: 0 - balance, contest });
        expect(narrativeBalance(a * 8, b * 8).value).toEqual({ balance, contest });
        expect(narrativeBalance(a + 1, b).value?.balance).toBeGreaterThan(balance);
      }),
      seeded,
    );
  });

  it("is a path where both are there", () => {
    expect(narrativeBalancePath([5, null, 1, 0], [5, 1, null, 0])).toEqual([
      { balance: 0, contest: 1 },
      null,
      null,
      null,
    ]);
    const whole = narrativeBalancePath([1, 2, 3], [3, 2, 5]);
    expect(narrativeBalancePath([1, 2], [3, 2])).toEqual(whole.slice(0, 2));
    expect(narrativeBalancePath([1, 4], [3, 2])[1]).not.toEqual(whole[1]);
    expect(() => narrativeBalancePath([1], [])).toThrow(RangeError);
  });

  it("refuses what is below 0 or no number", () => {
    for (const bad of [-1e-9, Number.NaN, Number.POSITIVE_INFINITY]) {
      expect(() => narrativeBalance(bad, 1)).toThrow(RangeError);
      expect(() => narrativeBalance(1, bad)).toThrow(RangeError);
      expect(() => narrativeBalancePath([1], [bad])).toThrow(RangeError);
    }
  });
});

describe("isBattle", () => {
  it("needs both percentiles of 70, and a contest of 0.6", () => {
    expect(isBattle([70, 70], 0.6)).toBe(true);
    expect(isBattle([69.9, 100], 1)).toBe(false);
    expect(isBattle([100, 69.9], 1)).toBe(false);
    expect(isBattle([100, 100], 0.599)).toBe(false);
    expect(battleRules).toEqual({ percentile: 70, contest: 0.6 });
  });

  it("refuses what is no percentile and no contest", () => {
    expect(() => isBattle([101, 70], 1)).toThrow(RangeError);
    expect(() => isBattle([70, Number.NaN], 1)).toThrow(RangeError);
    expect(() => isBattle([70, 70], 1.1)).toThrow(RangeError);
  });
});
