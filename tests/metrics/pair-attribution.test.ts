import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { carinoLink, legAttribution } from "#src/metrics/leg-attribution.ts";
import { marketSplit } from "#src/metrics/market-split.ts";
import { nameAttribution } from "#src/metrics/name-attribution.ts";
import {
  buyAndHoldAttribution,
  financedAttribution,
  legContributions,
} from "#src/metrics/pair-attribution.ts";
import { basketReturns } from "#src/metrics/pair-return.ts";
import { gap, reference, sum } from "#tests/metrics/pair-trade-reference.ts";
import { seeded, series } from "#tests/metrics/returns-reference.ts";

const { long, short, market } = reference.returns;
const days = 12;
const returns = fc.array(fc.double({ min: -0.05, max: 0.05, noNaN: true }), {
  minLength: days,
  maxLength: days,
});
const weight = fc.double({ min: 0, max: 2, noNaN: true });
const compounded = (daily: readonly number[]) => daily.reduce((level, r) => level * (1 + r), 1) - 1;

describe("financedAttribution", () => {
  it("without financing is the attribution to the legs", () => {
    const found = financedAttribution({ long, short }, series(851, 0)).value;
    expect(found).toEqual({ ...legAttribution(long, short).value, financing: 0 });
  });

  it("is by hand on one day: 1.2 · 2 % less 0.8 · 1 % less a basis point", () => {
    const found = financedAttribution({ long: [0.02], short: [0.01] }, [-0.0001], { long: 1.2, short: 0.8 });
    expect(found).toMatchObject({ status: "ok", n: 1 });
    for (const [key, value] of [
      ["long", 0.024],
      ["short", -0.008],
      ["financing", -0.0001],
      ["total", 0.0159],
    ] as const)
      expect(found.value?.[key]).toBeCloseTo(value, 14);
    expect(found.value).toMatchObject({ longShare: null, shortShare: null });
  });

  it("gives shares of the whole, of which the financing has the rest", () => {
    const found = financedAttribution({ long: [0.02], short: [-0.01] }, [-0.001]).value;
    expect(found?.longShare).toBeCloseTo(0.02 / 0.029, 12);
    expect(found?.shortShare).toBeCloseTo(0.01 / 0.029, 12);
  });

  it("adds up to the compounded return to 1e-12, whatever the weights", () => {
    fc.assert(
      fc.property(returns, returns, returns, weight, weight, (up, down, financing, wl, ws) => {
        const found = financedAttribution({ long: up, short: down }, financing, {
          long: wl,
          short: ws,
        }).value;
        const daily = up.map((r, t) => wl * r - ws * (down[t] ?? 0) + (financing[t] ?? 0));
        const parts = [found?.long ?? 9, found?.short ?? 9, found?.financing ?? 9];
        expect(Math.abs((found?.total ?? 9) - compounded(daily))).toBeLessThan(1e-12);
        expect(Math.abs(sum(parts) - (found?.total ?? 9))).toBeLessThan(1e-12);
      }),
      { ...seeded, numRuns: 200 },
    );
  });

  it("where plain sums of the contributions do not", () => {
    const { total = 0 } = financedAttribution({ long, short }, series(851, 0)).value ?? {};
    expect(Math.abs(sum(long) - sum(short) - total)).toBeGreaterThan(0.01);
  });

  it("takes weights that drift, and one constant is the same every day", () => {
    const weights = { long: long.map((_, t) => 1 + t / 1000), short: short.map(() => 0.5) };
    const found = financedAttribution({ long, short }, series(851, 0), weights).value;
    const half = financedAttribution({ long, short }, series(851, 0), {
      long: weights.long,
      short: 0.5,
    }).value;
    expect(found).toEqual(half);
    expect(found?.total).toBeCloseTo(
      compounded(long.map((r, t) => (1 + t / 1000) * r - 0.5 * (short[t] ?? 0))),
      12,
    );
  });

  it("has the cases of the link", () => {
    expect(financedAttribution({ long: [], short: [] }, [])).toMatchObject({ status: "insufficient" });
    expect(financedAttribution({ long: [-0.5], short: [0.4] }, [-0.1])).toMatchObject({
      reasons: [{ code: "total-loss" }],
    });
    expect(financedAttribution({ long: [-0.5], short: [0.4] }, [-0.0999]).status).toBe("ok");
    expect(() => financedAttribution({ long: [0], short: [0] }, [])).toThrow(RangeError);
    expect(() => financedAttribution({ long: [0], short: [] }, [0])).toThrow(RangeError);
    expect(() => financedAttribution({ long: [0], short: [0] }, [0], { long: [1, 1], short: 1 })).toThrow(
      RangeError,
    );
    expect(() => financedAttribution({ long: [0], short: [0] }, [0], { long: Number.NaN, short: 1 })).toThrow(
      RangeError,
    );
  });

  it("of swapped legs flips the day's total and swaps contributions and shares", () => {
    fc.assert(
      fc.property(
        fc.double({ min: -0.1, max: 0.1, noNaN: true }),
        fc.double({ min: -0.1, max: 0.1, noNaN: true }),
        weight,
        weight,
        (up, down, wl, ws) => {
          const one = financedAttribution({ long: [up], short: [down] }, [0], { long: wl, short: ws }).value;
          const other = financedAttribution({ long: [down], short: [up] }, [0], {
            long: ws,
            short: wl,
          }).value;
          expect(other?.total).toBeCloseTo(0 - (one?.total ?? 9), 12);
          expect(other?.long).toBeCloseTo(0 - (one?.short ?? 9), 12);
          if (Math.abs(Math.abs(one?.total ?? 0) - 0.001) < 1e-12) return;
          if (one?.shortShare != null) expect(other?.longShare).toBeCloseTo(one.shortShare, 9);
          else expect(other?.longShare).toBeNull();
        },
      ),
      { ...seeded, numRuns: 200 },
    );
  });

  it("and of swapped legs with the weights left where they were does not", () => {
    const of = (up: number, down: number) =>
      financedAttribution({ long: [up], short: [down] }, [0], { long: 1.5, short: 0.5 }).value?.total;
    expect(Math.abs((of(0.02, 0.01) ?? 0) + (of(0.01, 0.02) ?? 0))).toBeGreaterThan(0.01);
  });
});

describe("buyAndHoldAttribution", () => {
  it.each(reference.held)(
    "is the money of each leg: $start to $end",
    ({ start, end, initial, found: [up = 9, down = 9] }) => {
      const [vl = 0, vs = 0] = initial;
      const held = { long: long.slice(start, end), short: short.slice(start, end) };
      const found = buyAndHoldAttribution(held, { long: vl, short: vs });
      expect(found).toMatchObject({ status: "ok", n: end - start });
      expect(found.value?.long).toBeCloseTo(up, 12);
      expect(found.value?.short).toBeCloseTo(down, 12);
      expect(found.value?.total).toBe((found.value?.long ?? 0) + (found.value?.short ?? 0));
    },
  );

  it("is by hand: 100 long that makes 10 %, 100 short that loses 20 %, is 15 % of 200", () => {
    expect(buyAndHoldAttribution({ long: [0.1], short: [-0.2] }).value).toMatchObject({
      total: expect.closeTo(0.15, 12),
      longShare: expect.closeTo(1 / 3, 12),
    });
  });

  it("does not exist once a leg or all that was put up is lost, and does just before", () => {
    const lost = { status: "undefined", reasons: [{ code: "total-loss" }] };
    expect(buyAndHoldAttribution({ long: [-1], short: [0] })).toMatchObject(lost);
    expect(buyAndHoldAttribution({ long: [0], short: [-1] })).toMatchObject(lost);
    expect(buyAndHoldAttribution({ long: [-0.9999], short: [-0.9999] }).status).toBe("ok");
    expect(buyAndHoldAttribution({ long: [0], short: [2] })).toMatchObject(lost);
    expect(buyAndHoldAttribution({ long: [0], short: [1.9999] }).status).toBe("ok");
  });

  it("is refused without a day, and throws for what is no pair", () => {
    expect(buyAndHoldAttribution({ long: [], short: [] })).toMatchObject({
      status: "insufficient",
      reasons: [{ need: 1 }],
    });
    expect(() => buyAndHoldAttribution({ long: [0], short: [] })).toThrow(RangeError);
    expect(() => buyAndHoldAttribution({ long: [Number.NaN], short: [0] })).toThrow(RangeError);
    for (const initial of [
      { long: 0, short: 0 },
      { long: -1, short: 2 },
      { long: Number.NaN, short: 1 },
    ])
      expect(() => buyAndHoldAttribution({ long: [0], short: [0] }, initial)).toThrow(RangeError);
    expect(buyAndHoldAttribution({ long: [0], short: [0] }, { long: 0, short: 1 }).status).toBe("ok");
  });

  it("of swapped legs flips the sign of any span, and swaps contributions", () => {
    fc.assert(
      fc.property(returns, returns, weight, (up, down, v) => {
        const one = buyAndHoldAttribution({ long: up, short: down }, { long: 1, short: v }).value;
        const other = buyAndHoldAttribution({ long: down, short: up }, { long: v, short: 1 }).value;
        expect(other?.total).toBeCloseTo(0 - (one?.total ?? 9), 13);
        expect(other?.long).toBeCloseTo(0 - (one?.short ?? 9), 13);
      }),
      { ...seeded, numRuns: 100 },
    );
  });
});

describe("marketSplit", () => {
  it.each(reference.split)(
    "agrees with the definition to 1e-12: $days days, weights $weights",
    ({ days: span, weights, found }) => {
      const [wl = 1, ws = 1] = weights;
      const split = marketSplit({ long, short }, market, span, { weights: { long: wl, short: ws } });
      expect(split).toMatchObject({ status: "ok", n: span });
      const { market: part, long: up, short: down, total } = split.value ?? {};
      expect(gap([part ?? 9, up ?? 9, down ?? 9, total ?? 9], found)).toBeLessThan(1e-12);
    },
  );

  it("adds up to what the legs made together, whatever the weights", () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 60 }), weight, weight, (span, wl, ws) => {
        const weights = { long: wl, short: ws };
        const split = marketSplit({ long, short }, market, span, { weights }).value;
        const own = legContributions({ long: long.slice(-span), short: short.slice(-span) }, weights);
        const whole = carinoLink([own.long, own.short]).value;
        expect(split?.total).toBeCloseTo(whole?.total ?? 9, 13);
        expect(
          Math.abs((split?.market ?? 9) + (split?.long ?? 9) + (split?.short ?? 9) - (split?.total ?? 9)),
        ).toBeLessThan(1e-12);
      }),
      { ...seeded, numRuns: 60 },
    );
  });

  it("does not take a fall of the market for a success of the short leg", () => {
    const down = market.with(850, -0.1);
    const legs = {
      long: market.map((m) => 0.5 * m).with(850, -0.05),
      short: market.map((m) => 1.5 * m).with(850, -0.15),
    };
    const { market: part, long: up, short: own, total } = marketSplit(legs, down, 1).value ?? {};
    expect(total).toBeCloseTo(0.1, 12);
    expect(part).toBeCloseTo(0.1, 9);
    expect(up).toBeCloseTo(0, 9);
    expect(own).toBeCloseTo(0, 9);
    expect(legAttribution(legs.long.slice(-1), legs.short.slice(-1)).value?.short).toBeCloseTo(0.15, 12);
  });

  it("knows no beta of its days: a change on the first moves only the parts by what moved", () => {
    const [own, moved] = [long, long.with(850, (long[850] ?? 0) + 0.01)].map(
      (up) => marketSplit({ long: up, short }, market, 1).value,
    );
    expect(moved?.market).toBeCloseTo(own?.market ?? 9, 14);
    expect(moved?.short).toBeCloseTo(own?.short ?? 9, 14);
    expect(moved?.long).toBeCloseTo((own?.long ?? 9) + 0.01, 14);
    const before = marketSplit({ long: long.with(849, 0.1), short }, market, 1).value;
    expect(Math.abs((before?.market ?? 0) - (own?.market ?? 0))).toBeGreaterThan(1e-6);
  });

  it("says the same of a span whatever comes after it", () => {
    const cut = (n: number) =>
      [{ long: long.slice(0, n), short: short.slice(0, n) }, market.slice(0, n)] as const;
    const ofTwo = marketSplit(...cut(600), 1).value;
    const later = marketSplit(
      { long: long.slice(0, 600).concat(0.2), short: short.slice(0, 600).concat(0) },
      [...market.slice(0, 600), 0],
      2,
    );
    expect(later.value?.total).toBeCloseTo((1 + (ofTwo?.total ?? 9)) * 1.2 - 1, 12);
  });

  it("needs 120 returns before the first day, a day and a market that moves", () => {
    const cut = (n: number) =>
      [{ long: long.slice(0, n), short: short.slice(0, n) }, market.slice(0, n)] as const;
    expect(marketSplit(...cut(125), 5).status).toBe("ok");
    expect(marketSplit(...cut(124), 5)).toEqual({
      status: "insufficient",
      value: null,
      n: 119,
      reasons: [{ code: "too-few", need: 120, have: 119 }],
    });
    expect(marketSplit(...cut(125), 0)).toMatchObject({
      status: "insufficient",
      reasons: [{ need: 1, have: 0 }],
    });
    expect(marketSplit(...cut(3), 5)).toMatchObject({ status: "insufficient", n: 0 });
    expect(marketSplit({ long, short }, series(851, 0.01), 5)).toMatchObject({
      status: "undefined",
      reasons: [{ code: "zero-variance" }],
    });
    // Still until it moves on the third of the five days: the last two have betas, and the first three have none.
    expect(marketSplit({ long, short }, series(851, 0.01).with(848, 0.02), 5)).toMatchObject({
      status: "undefined",
      value: null,
      reasons: [{ code: "zero-variance" }],
    });
    expect(marketSplit({ long, short }, series(851, 0.01).with(848, 0.02), 2).status).toBe("ok");
    expect(marketSplit({ long: long.with(850, -0.9), short: short.with(850, 0.2) }, market, 5)).toMatchObject(
      { reasons: [{ code: "total-loss" }] },
    );
    for (const span of [-1, 0.5, Number.NaN])
      expect(() => marketSplit({ long, short }, market, span)).toThrow(RangeError);
    expect(() => marketSplit({ long, short: short.slice(1) }, market, 5)).toThrow(RangeError);
  });
});

describe("nameAttribution", () => {
  const names = fc.array(returns, { minLength: 1, maxLength: 4 });

  it("adds up to each leg and to the whole to 1e-12", () => {
    fc.assert(
      fc.property(names, names, (up, down) => {
        const found = nameAttribution({ returns: up }, { returns: down }).value;
        const mean = (leg: number[][]) =>
          series(days, (t) => sum(leg.map((name) => name[t] ?? 0)) / leg.length);
        const legs = legAttribution(mean(up), mean(down)).value;
        expect(found?.long).toHaveLength(up.length);
        expect(sum(found?.long ?? [])).toBeCloseTo(legs?.long ?? 9, 12);
        expect(sum(found?.short ?? [])).toBeCloseTo(legs?.short ?? 9, 12);
        expect(found?.total).toBeCloseTo(legs?.total ?? 9, 12);
      }),
      { ...seeded, numRuns: 100 },
    );
  });

  it("is by hand on one day, with weights", () => {
    const found = nameAttribution(
      { returns: [[0.1], [-0.02]], weights: [0.75, 0.25] },
      { returns: [[0.04]] },
    );
    expect(found).toMatchObject({ status: "ok", n: 1 });
    expect(gap(found.value?.long ?? [], [0.075, -0.005])).toBeLessThan(1e-15);
    expect(gap(found.value?.short ?? [], [-0.04])).toBeLessThan(1e-15);
  });

  it("without weights is of the equally weighted basket", () => {
    const prices = [
      [100, 110, 99],
      [50, 51, 53],
      [10, 9, 9.5],
    ];
    const legs = prices.map((each) => basketReturns([each]).value ?? []);
    const found = nameAttribution({ returns: legs }, { returns: [[0, 0]] }).value;
    expect(found?.total).toBeCloseTo(compounded(basketReturns(prices).value ?? []), 13);
  });

  it("moves with the weights, and swaps nothing but the sign where a name changes sides", () => {
    const [one, two] = [[0.01], [0.03]];
    const of = (weights: readonly number[]) =>
      nameAttribution({ returns: [one, two], weights }, { returns: [[0]] }).value?.long ?? [];
    expect(of([0.5, 0.5])[0]).not.toBe(of([0.4, 0.6])[0]);
    expect(
      nameAttribution({ returns: [[0]] }, { returns: [one, two], weights: [0.5, 0.5] }).value?.short[1],
    ).toBeCloseTo(-0.015, 15);
  });

  it("has the cases of the link, and throws for weights that are none", () => {
    expect(nameAttribution({ returns: [] }, { returns: [] })).toMatchObject({ status: "insufficient" });
    expect(nameAttribution({ returns: [[-1]] }, { returns: [[0]] })).toMatchObject({
      reasons: [{ code: "total-loss" }],
    });
    expect(() => nameAttribution({ returns: [[0]], weights: [] }, { returns: [[0]] })).toThrow(RangeError);
    expect(() => nameAttribution({ returns: [[0]], weights: [Number.NaN] }, { returns: [[0]] })).toThrow(
      RangeError,
    );
    expect(() => nameAttribution({ returns: [[0, 0]] }, { returns: [[0]] })).toThrow(RangeError);
  });
});
