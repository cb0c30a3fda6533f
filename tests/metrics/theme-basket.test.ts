import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { BasketMember } from "#src/metrics/basket-book.ts";
import { capWeights } from "#src/metrics/cap-weights.ts";
import { themeBasket } from "#src/metrics/theme-basket.ts";
import baskets from "#tests/fixtures/reference/baskets.json" with { type: "json" };
import { normals } from "#tests/metrics/normals.ts";
import { relativeGap, seeded, series } from "#tests/metrics/returns-reference.ts";
import { weekdays } from "#tests/metrics/weekdays.ts";

const numbers = (path: readonly (number | null)[] = []) => path.map((v) => v ?? -1);

describe("themeBasket against an account of shares", () => {
  it.each(baskets)(
    "of $members.length names",
    ({ days, members, level, weights, weightsAt, latest, events }) => {
      const { value } = themeBasket(days, members);
      expect(relativeGap(numbers(value?.level), numbers(level))).toBeLessThan(1e-10);
      const found = value?.weights.map((path) => weightsAt.map((t) => path[t] ?? Number.NaN)) ?? [];
      for (const [i, path] of weights.entries())
        for (const [j, weight] of path.entries()) expect(found[i]?.[j]).toBeCloseTo(weight, 10);
      expect(value?.events).toEqual(
        events.map(([t, member, what]) => ({ date: days[Number(t)], member, what })),
      );
      for (const [i, weight] of latest.entries()) expect(value?.latest[i]).toBeCloseTo(weight, 10);
    },
  );
});

// 12 January 2026 is a Monday; sessions 0 to 14 are January's, 15 to 34 February's.
const days = weekdays("2026-01-12", 40);
const member = (
  prices: readonly (number | null)[],
  from = "2025-01-01",
  until: string | null = null,
): BasketMember => ({
  prices,
  from,
  until,
});
const flat = (names: number) => series(names, 0).map(() => member(series(40, 100)));
/** A price of 100, and another from a session on. */
const step = (at: number, to: number) => series(40, (t) => (t < at ? 100 : to));
const missing = (prices: readonly (number | null)[], first: number, last: number) =>
  prices.map((p, t) => (t >= first && t <= last ? null : p));
const levelAt = (members: readonly BasketMember[], t: number) =>
  themeBasket(days, members).value?.level[t] ?? Number.NaN;
const weightAt = (members: readonly BasketMember[], i: number, t: number) =>
  themeBasket(days, members).value?.weights[i]?.[t];

describe("themeBasket", () => {
  it("drifts within a month and is even again at the next", () => {
    const members = [...flat(4), member(step(5, 150))];
    expect(levelAt(members, 5)).toBeCloseTo(110, 12);
    expect(weightAt(members, 4, 5)).toBeCloseTo(0.2, 14);
    expect(weightAt(members, 4, 6)).toBeCloseTo(30 / 110, 14);
    expect(weightAt(members, 4, 14)).toBeCloseTo(30 / 110, 14);
    expect(weightAt(members, 4, 15)).toBeCloseTo(0.2, 14);
  });

  it("moves without a name that has no price, and counts what it did once", () => {
    // Four names gain 10 % on day 5, on which the fifth has no price; on day 6 it has gained as much.
    const others = series(4, 0).map(() => member(step(5, 110)));
    const members = [...others, member(missing(step(5, 110), 5, 5))];
    expect(levelAt(members, 5)).toBeCloseTo(110, 12);
    expect(levelAt(members, 6)).toBeCloseTo(110, 12);
    // Had it stood still, its fifth of the basket would have gained nothing.
    expect(levelAt([...others, member(missing(series(40, 100), 5, 5))], 6)).toBeCloseTo(108, 12);
  });

  it("lets a name go after six sessions without a price, not after five, at its last", () => {
    const others = series(4, 0).map(() => member(step(5, 110)));
    const halted = (last: number) => [...others, member(missing(series(40, 100), 5, last))];
    expect(themeBasket(days, halted(9)).value?.events.at(-1)).toMatchObject({ what: "entered" });
    expect(levelAt(halted(9), 9)).toBeCloseTo(110, 12);
    const { value } = themeBasket(days, [
      ...others,
      member(missing(series(40, 100), 5, 10)),
      member(series(40, 100)),
    ]);
    expect(value?.events.at(-2)).toEqual({ date: days[10], member: 4, what: "halted" });
    // Six names: the four made 4/6 of 10 %; the halted one stayed at 100.
    expect(value?.level[10]).toBeCloseTo(100 + 40 / 6, 12);
    expect(value?.weights[4]?.[11]).toBe(0);
    // It has a price again, but comes back with the next month only.
    expect(value?.weights[4]?.[14]).toBe(0);
    expect(value?.weights[4]?.[15]).toBeCloseTo(1 / 6, 14);
    expect(value?.events.at(-1)).toEqual({ date: days[14], member: 4, what: "entered" });
  });

  it("takes a new name in with the next month, if it has a price by then", () => {
    const listed = (first: number) => [...flat(5), member(missing(series(40, 100), 0, first - 1))];
    expect(weightAt(listed(14), 5, 14)).toBe(0);
    expect(weightAt(listed(14), 5, 15)).toBeCloseTo(1 / 6, 14);
    expect(weightAt(listed(15), 5, 15)).toBe(0);
    expect(weightAt(listed(15), 5, 35)).toBeCloseTo(1 / 6, 14);
    const joined = (from = "") => [...flat(5), member(series(40, 100), from)];
    expect(weightAt(joined(days[15]), 5, 15)).toBeCloseTo(1 / 6, 14);
    expect(weightAt(joined(days[16]), 5, 15)).toBe(0);
    expect(weightAt(joined(days[16]), 5, 34)).toBe(0);
  });

  it("lets a name go after its last day, and spreads what it weighed", () => {
    const members = [...flat(5), member(series(40, 100), "2025-01-01", days[7])];
    expect(weightAt(members, 5, 7)).toBeCloseTo(1 / 6, 14);
    expect(weightAt(members, 5, 8)).toBe(0);
    expect(weightAt(members, 0, 8)).toBeCloseTo(1 / 5, 14);
  });

  it("holds the cap where seven names are in, and cannot with six", () => {
    const of = (names: number) => [...flat(names - 1), member(step(5, 200))];
    expect(weightAt(of(7), 6, 6)).toBeCloseTo(0.15, 14);
    expect(weightAt(of(7), 0, 6)).toBeCloseTo(0.85 / 6, 14);
    expect(themeBasket(days, of(7)).status).toBe("ok");
    expect(weightAt(of(6), 5, 6)).toBeCloseTo(2 / 7, 14);
    expect(themeBasket(days, of(6))).toMatchObject({
      status: "warn",
      reasons: [{ code: "cap-not-held", need: 7, have: 6 }],
    });
  });

  it("begins where five names have a price together, and not with four", () => {
    expect(themeBasket(days, flat(4))).toEqual({
      status: "insufficient",
      value: null,
      n: 4,
      reasons: [{ code: "too-few", need: 5, have: 4 }],
    });
    const late = [...flat(4), member(missing(series(40, 100), 0, 3))];
    const found = themeBasket(days, late);
    expect(found).toMatchObject({ n: 36, value: { inception: 4 } });
    expect(found.value?.level.slice(0, 6)).toEqual([null, null, null, null, 100, 100]);
    expect(found.value?.returns.slice(0, 6)).toEqual([null, null, null, null, null, 0]);
    expect(themeBasket([], [])).toMatchObject({ status: "insufficient", n: 0 });
  });

  it("is refused where fewer than five are left, and has a caveat where there were in between", () => {
    const leaves = (until: string | undefined) => [
      ...flat(4),
      member(series(40, 100), "2025-01-01", until ?? ""),
    ];
    expect(themeBasket(days, leaves(days[39])).status).toBe("warn");
    expect(themeBasket(days, leaves(days[38]))).toMatchObject({
      status: "insufficient",
      reasons: [{ code: "too-few", need: 5, have: 4 }],
    });
    const back = [...leaves(days[7]), member(series(40, 100), days[15])];
    expect(themeBasket(days, back)).toMatchObject({
      status: "warn",
      reasons: [{ code: "few-names", need: 5, have: 4 }, { code: "cap-not-held" }],
    });
  });

  it("has no level, and no false 0, on a day without any price", () => {
    const members = series(5, 0).map(() => member(missing(step(5, 110), 5, 5)));
    const { value } = themeBasket(days, members);
    expect(value?.level.slice(4, 7)).toEqual([100, null, expect.closeTo(110, 10)]);
    expect(value?.returns.slice(4, 7)).toEqual([0, null, expect.closeTo(0.1, 12)]);
  });

  it("refuses lengths that differ, sessions out of order, and prices that are none", () => {
    expect(() => themeBasket(days.slice(1), flat(5))).toThrow(RangeError);
    expect(() => themeBasket(days.toReversed(), flat(5))).toThrow(RangeError);
    for (const price of [0, -1, Number.NaN, Number.POSITIVE_INFINITY])
      expect(() => themeBasket(days, [...flat(5), member(series(40, 100).with(3, price))])).toThrow(
        RangeError,
      );
  });
});

describe("laws of baskets", () => {
  const [, rich] = baskets;
  if (rich === undefined) throw new Error("no reference");
  const until = (n: number, members: readonly BasketMember[] = rich.members) =>
    themeBasket(
      rich.days.slice(0, n),
      members.map((each) => ({ ...each, prices: each.prices.slice(0, n) })),
    ).value;
  const whole = until(rich.days.length);

  it("the past does not change when days are added", () => {
    for (const n of [30, 54, 77, 101]) {
      const found = until(n);
      expect(found?.level).toEqual(whole?.level.slice(0, n));
      expect(found?.returns).toEqual(whole?.returns.slice(0, n));
      expect(found?.weights).toEqual(whole?.weights.map((path) => path.slice(0, n)));
      expect(found?.events).toEqual(whole?.events.slice(0, found?.events.length));
    }
    const changed = rich.members.map((each) => ({
      ...each,
      prices: each.prices.map((p, t) => (t === 29 && p ? p * 2 : p)),
    }));
    expect(until(30, changed)?.level).not.toEqual(whole?.level.slice(0, 30));
    expect(until(30, changed)?.level.slice(0, 29)).toEqual(whole?.level.slice(0, 29));
  });

  it("weights of a session add up to one, and none is above the cap that can be held", () => {
    for (let t = (whole?.inception ?? 0) + 1; t < rich.days.length; t++) {
      const weights = whole?.weights.map((path) => path[t] ?? 0) ?? [];
      expect(weights.reduce((sum, w) => sum + w, 0)).toBeCloseTo(1, 12);
      if (weights.filter((w) => w > 0).length >= 7) expect(Math.max(...weights)).toBeLessThan(0.15 + 1e-9);
    }
  });

  it("a price in another unit changes nothing, one that rises more does", () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 9 }), fc.integer({ min: 1, max: 900 }), (i, percent) => {
        const scaled = rich.members.map((each, j) => ({
          ...each,
          prices: each.prices.map((p) => (p !== null && i === j ? (p * percent) / 100 : p)),
        }));
        expect(relativeGap(numbers(until(130, scaled)?.level), numbers(whole?.level))).toBeLessThan(1e-12);
      }),
      { ...seeded, numRuns: 15 },
    );
  });

  it("the order of members matters to their places and to nothing else", () => {
    const turned = until(130, rich.members.toReversed());
    expect(relativeGap(numbers(turned?.level), numbers(whole?.level))).toBeLessThan(1e-12);
  });

  it("names that move as one are the basket", () => {
    const path = normals(40, 9).map((z) => 100 * Math.exp(0.1 * z));
    const found = themeBasket(
      days,
      series(8, 0).map((_, i) => member(path.map((p) => p * (i + 1)))),
    ).value;
    expect(
      relativeGap(
        numbers(found?.level),
        path.map((p) => (100 * p) / (path[0] ?? 1)),
      ),
    ).toBeLessThan(1e-12);
  });
});

describe("capWeights", () => {
  const capped = (weights: readonly number[], cap: number) => {
    const found = Float64Array.from(weights);
    return [capWeights(found, cap), [...found]] as const;
  };

  it("cuts again where the rest is lifted above", () => {
    const [held, weights] = capped([0.5, 0.24, 0.13, 0.13], 0.3);
    expect(held).toBe(true);
    expect(weights[0]).toBe(0.3);
    expect(weights[1]).toBe(0.3);
    expect(weights[2]).toBeCloseTo(0.2, 14);
  });

  it("changes nothing at the cap, or where it cannot hold", () => {
    expect(capped([0.25, 0.25, 0.25, 0.25], 0.25)).toEqual([true, [0.25, 0.25, 0.25, 0.25]]);
    expect(capped([0.5, 0.3, 0.2, 0], 0.33)).toEqual([false, [0.5, 0.3, 0.2, 0]]);
    expect(capped([0.5, 0.3, 0.2, 0], 0.34)[0]).toBe(true);
    expect(capped([0.5, 0.3, 0.2, 0], 0.34)[1][3]).toBe(0);
  });

  it("keeps the sum and the order", () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 1, max: 100 }), { minLength: 7, maxLength: 20 }), (parts) => {
        const total = parts.reduce((sum, v) => sum + v, 0);
        const own = parts.map((v) => v / total);
        const [, found] = capped(own, 0.15);
        expect(found.reduce((sum, w) => sum + w, 0)).toBeCloseTo(1, 10);
        expect(Math.max(...found)).toBeLessThan(0.15 + 1e-9);
        for (const [i, w] of own.entries())
          for (const [j, v] of own.entries())
            if (w >= v) expect((found[i] ?? 0) - (found[j] ?? 0)).toBeGreaterThan(-1e-12);
      }),
      { ...seeded, numRuns: 50 },
    );
  });
});
