import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { financedAttribution } from "#src/metrics/pair-attribution.ts";
import { nameTurnover, pairCarry, rebalancingTurnover } from "#src/metrics/pair-carry.ts";
import { pairReturns } from "#src/metrics/pair-return.ts";
import { gap, reference, sum } from "#tests/metrics/pair-trade-reference.ts";
import { seeded, series } from "#tests/metrics/returns-reference.ts";

const { dates, returns } = reference;
const slice = (start: number, end: number) => ({
  long: returns.long.slice(start, end),
  short: returns.short.slice(start, end),
});
const legs = slice(0, 60);
const days = dates.slice(0, 61);
const none = series(60, 0);
const free = { riskFree: 0, borrow: 0, spread: 0, bps: 0 };

describe("pairCarry", () => {
  it.each(reference.carry)("agrees with the accounts to 1e-12: $start to $end at $rate", (row) => {
    const { start, end, rate, borrow, spread, bps } = row;
    const held = slice(start, end);
    const turnover = rebalancingTurnover(held).map((traded, t) => traded + (t === 0 ? 2 : 0));
    const found = pairCarry(dates.slice(start, end + 1), held, turnover, {
      riskFree: rate,
      borrow,
      spread,
      bps,
    });
    expect(found).toMatchObject({ status: "ok", n: end - start });
    expect(found.value?.gross.level.at(-1)).toBeCloseTo(row.gross, 12);
    expect(found.value?.net.level.at(-1)).toBeCloseTo(row.net, 12);
    expect(sum(found.value?.financing ?? [])).toBeCloseTo(row.financing, 13);
    expect(sum(found.value?.trading ?? [])).toBeCloseTo(row.trading, 13);
  });

  it("is by hand: at 3.6 % a year the long leg costs 3 basis points over a weekend, and the short leg earns them less its fee", () => {
    const of = (weights: { long: number; short: number }) =>
      pairCarry(
        ["2026-02-13", "2026-02-16"],
        { long: [0.01], short: [0.002] },
        [0.5],
        { riskFree: 0.036, borrow: 0.012, spread: 0.006, bps: 2 },
        weights,
      ).value;
    const long = of({ long: 1, short: 0 });
    expect(long?.financing[0]).toBeCloseTo(-3.5e-4, 15);
    expect(long?.trading[0]).toBeCloseTo(1e-4, 15);
    expect(long?.gross.pair[0]).toBeCloseTo(0.01, 15);
    expect(long?.net.pair[0]).toBeCloseTo(0.01 - 4.5e-4, 15);
    expect(of({ long: 0, short: 1 })?.financing[0]).toBeCloseTo(2e-4, 15);
    expect(of({ long: 1, short: 1 })?.financing[0]).toBeCloseTo(-1.5e-4, 15);
  });

  it("has general collateral at 0.30 % unless told otherwise", () => {
    const { borrow: _, ...rest } = free;
    expect(pairCarry(days, legs, none, rest)).toEqual(
      pairCarry(days, legs, none, { ...free, borrow: 0.003 }),
    );
    expect(pairCarry(days, legs, none, rest)).not.toEqual(pairCarry(days, legs, none, free));
  });

  it("takes a rate a day, and weights a day", () => {
    const one = pairCarry(days, legs, none, { ...free, riskFree: 0.02 }, { long: 1.5, short: 0.5 });
    expect(
      pairCarry(
        days,
        legs,
        none,
        { ...free, riskFree: series(60, 0.02) },
        { long: series(60, 1.5), short: series(60, 0.5) },
      ),
    ).toEqual(one);
    const rising = pairCarry(
      days,
      legs,
      none,
      { ...free, riskFree: series(60, (t) => t / 1000) },
      { long: 1.5, short: 0.5 },
    );
    expect(rising.value?.financing[0]).toBeCloseTo(0, 15);
    expect(rising.value?.financing[59]).toBeCloseTo(
      (-0.059 * (Date.parse(days[60] ?? "") - Date.parse(days[59] ?? ""))) / 86_400_000 / 360,
      14,
    );
  });

  it("without costs is the pair itself, net and gross", () => {
    const found = pairCarry(days, legs, none, free).value;
    const own = pairReturns(legs.long, legs.short).value;
    expect(gap(found?.gross.pair ?? [], own?.pair ?? [])).toBeLessThan(1e-15);
    expect(gap(found?.net.level ?? [], own?.level ?? [])).toBeLessThan(1e-13);
  });

  it("is never better net than gross where money costs and the short leg's earns less", () => {
    fc.assert(
      fc.property(fc.nat(100), fc.nat(100), fc.nat(100), fc.nat(20), (rate, borrow, spread, bps) => {
        const costs = { riskFree: rate / 2000, borrow: borrow / 2000, spread: spread / 2000, bps };
        const found = pairCarry(days, legs, rebalancingTurnover(legs), costs).value;
        for (const [t, r] of (found?.gross.pair ?? []).entries())
          expect(found?.net.pair[t]).toBeLessThanOrEqual(r + 1e-15);
      }),
      { ...seeded, numRuns: 50 },
    );
    const earning = pairCarry(days, legs, none, { ...free, riskFree: 0.04 }, { long: 0.5, short: 1.5 }).value;
    expect(earning?.net.level.at(-1)).toBeGreaterThan(earning?.gross.level.at(-1) ?? 9);
  });

  it("gives the third leg of an attribution, which then adds up to what is net of financing", () => {
    const found = pairCarry(days, legs, none, { ...free, riskFree: 0.05, spread: 0.01 }).value;
    const parts = financedAttribution(legs, found?.financing ?? []).value;
    expect(1 + (parts?.total ?? 9)).toBeCloseTo(found?.net.level.at(-1) ?? 0, 12);
    expect(parts?.financing).toBeLessThan(0);
  });

  it("does not exist where a day, net, loses everything, and does just before", () => {
    const of = (bps: number) =>
      pairCarry(["2026-02-12", "2026-02-13"], { long: [-0.5], short: [0.4] }, [1], { ...free, bps });
    expect(of(1000)).toEqual({ status: "undefined", value: null, n: 1, reasons: [{ code: "total-loss" }] });
    expect(of(999).status).toBe("ok");
    expect(
      pairCarry(["2026-02-12", "2026-02-13"], { long: [-1], short: [0] }, [0], { ...free, borrow: -300 }),
    ).toMatchObject({ status: "undefined" });
  });

  it("throws for lengths, days and numbers that do not fit", () => {
    expect(() => pairCarry(days.slice(1), legs, none, free)).toThrow(RangeError);
    expect(() => pairCarry(days, legs, none.slice(1), free)).toThrow(RangeError);
    expect(() => pairCarry(days, { long: legs.long, short: legs.short.slice(1) }, none, free)).toThrow(
      RangeError,
    );
    expect(() => pairCarry(days.toReversed(), legs, none, free)).toThrow(RangeError);
    expect(() => pairCarry(days.with(3, "someday"), legs, none, free)).toThrow(RangeError);
    expect(() => pairCarry(days, legs, none.with(3, -1), { ...free, bps: 1 })).toThrow(RangeError);
    expect(() => pairCarry(days, legs, none, { ...free, riskFree: Number.NaN })).toThrow(RangeError);
    expect(() => pairCarry(days, legs, none, { ...free, riskFree: [0.01] })).toThrow(RangeError);
    expect(() => pairCarry(days, { ...legs, long: legs.long.with(3, Number.NaN) }, none, free)).toThrow(
      RangeError,
    );
    expect(pairCarry(["2026-02-12"], { long: [], short: [] }, [], free).value?.net.level).toEqual([1]);
  });

  it("says the same of a day whatever comes after it, to the bit, and something else after a change on it", () => {
    const costs = { riskFree: 0.04, spread: 0.01, bps: 5 };
    const of = (n: number, held = legs) => {
      const cut = { long: held.long.slice(0, n), short: held.short.slice(0, n) };
      return pairCarry(days.slice(0, n + 1), cut, rebalancingTurnover(cut), costs).value;
    };
    expect(of(30)?.net.pair).toEqual(of(60)?.net.pair.slice(0, 30));
    expect(of(30)?.net.level).toEqual(of(60)?.net.level.slice(0, 31));
    const changed = of(60, { ...legs, long: legs.long.with(29, 0.1) });
    expect(changed?.net.pair[29]).not.toBe(of(60)?.net.pair[29]);
    expect(changed?.net.pair[28]).toBe(of(60)?.net.pair[28]);
  });
});

describe("rebalancingTurnover", () => {
  it("is by hand: +10 % against 0, capital of 110: nothing of the long leg and 10 of the short", () => {
    expect(rebalancingTurnover({ long: [0.1], short: [0] })[0]).toBeCloseTo(0.1, 15);
    // Long 110, short 100 of capital 90 … both come down: 20 and 10.
    expect(rebalancingTurnover({ long: [0.1], short: [0.2] })[0]).toBeCloseTo(0.2 + 0.3, 15);
    // 150 long against 50 short: 165, 55 and capital 110 … of which 165 and 55 are due.
    expect(rebalancingTurnover({ long: [0.1], short: [0.1] }, { long: 1.5, short: 0.5 })[0]).toBeCloseTo(
      0,
      15,
    );
  });

  it("is none on a day on which nothing moves, and some where one leg does", () => {
    expect(rebalancingTurnover({ long: [0], short: [0] })).toEqual([0]);
    expect(rebalancingTurnover({ long: [0], short: [0.01] })[0]).toBeGreaterThan(0);
    expect(() => rebalancingTurnover({ long: [0], short: [] })).toThrow(RangeError);
  });
});

describe("nameTurnover", () => {
  it("is what each name is away from its weight, by hand", () => {
    // Long +10 % and 0 %, short +2 %: the pair +3 %. Names end the day 7 and 3 points away, halved, and the short one 1.
    expect(nameTurnover([[0.1], [0]], [[0.02]])[0]).toBeCloseTo((0.07 + 0.03) / 2 + 0.01, 15);
  });

  it("is that of the legs with one name each, and never less", () => {
    const { long, short } = legs;
    const whole = rebalancingTurnover(legs);
    for (const [t, traded] of nameTurnover([long], [short]).entries())
      expect(traded).toBeCloseTo(whole[t] ?? Number.NaN, 15);
    const moves = long.map((_, t) => (((t * 7919) % 13) - 6) / 1000);
    const names = [long.map((r, t) => r + (moves[t] ?? 0)), long.map((r, t) => r - (moves[t] ?? 0))];
    for (const [t, traded] of nameTurnover(names, [short]).entries())
      expect(traded).toBeGreaterThanOrEqual((whole[t] ?? Number.NaN) - 1e-15);
  });

  it("requires names of one length", () => {
    expect(() => nameTurnover([], [[0]])).toThrow(RangeError);
    expect(() => nameTurnover([[0]], [])).toThrow(RangeError);
    expect(() => nameTurnover([[0], [0, 1]], [[0]])).toThrow(RangeError);
  });
});
