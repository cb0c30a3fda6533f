import { describe, expect, it } from "vitest";
import { pairReturns } from "#src/metrics/pair-return.ts";
import { ratioIndex } from "#src/metrics/ratio-index.ts";
import { reference } from "#tests/metrics/pair-trade-reference.ts";

const { prices, returns } = reference;

describe("ratioIndex", () => {
  it("is the logarithm of the ratio", () => {
    const found = ratioIndex(Object.freeze([2, 8, 1]), Object.freeze([1, 2, 1]));
    expect(found).toMatchObject({ status: "ok", n: 3 });
    expect(found.value).toEqual([Math.log(2), Math.log(8) - Math.log(2), 0]);
  });

  it("turns over when the legs are swapped, and shifts with the unit of one", () => {
    const own = ratioIndex(prices.long, prices.short).value ?? [];
    expect(ratioIndex(prices.short, prices.long).value).toEqual(own.map((v) => 0 - v));
    const split =
      ratioIndex(
        prices.long.map((p) => p * 4),
        prices.short,
      ).value ?? [];
    for (const [t, v] of split.entries()) expect(v - (own[t] ?? 0)).toBeCloseTo(Math.log(4), 12);
  });

  it("moves with a split that is not recorded", () => {
    expect(ratioIndex([4, 4], [1, 1]).value?.[1]).not.toBe(ratioIndex([4, 2], [1, 1]).value?.[1]);
  });

  // To second order the drift between the two is Σ s² − l·s.
  it("differs from the level of the rebalanced pair by the drag of variance", () => {
    const index = ratioIndex(prices.long, prices.short).value ?? [];
    const level = pairReturns(returns.long, returns.short).value?.level ?? [];
    const drag = Math.log(level.at(-1) ?? 0) - ((index.at(-1) ?? 0) - (index[0] ?? 0));
    const second = returns.short.reduce((total, s, t) => total + s * s - (returns.long[t] ?? 0) * s, 0);
    expect(Math.abs(drag)).toBeGreaterThan(1e-3);
    expect(-drag).toBeCloseTo(second, 2);
  });

  it("is refused without a session, undefined for prices that are not positive, and throws for what is no pair", () => {
    expect(ratioIndex([], [])).toMatchObject({ status: "insufficient", reasons: [{ need: 1, have: 0 }] });
    expect(ratioIndex([1], [1]).status).toBe("ok");
    for (const price of [0, -1])
      expect(ratioIndex([1, price], [1, 1])).toMatchObject({
        status: "undefined",
        reasons: [{ code: "not-positive" }],
      });
    expect(() => ratioIndex([1], [1, 2])).toThrow(RangeError);
    expect(() => ratioIndex([1, Number.NaN], [1, 2])).toThrow(RangeError);
  });

  it("says the same of a session whatever comes after it, and something else after a change on it", () => {
    const own = ratioIndex(prices.long, prices.short).value ?? [];
    expect(ratioIndex(prices.long.slice(0, 300), prices.short.slice(0, 300)).value).toEqual(
      own.slice(0, 300),
    );
    expect(ratioIndex(prices.long.with(299, 1), prices.short).value?.[299]).not.toBe(own[299]);
  });
});
