import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { percentileRank } from "#src/metrics/percentile-rank.ts";
import { rollingRank } from "#src/metrics/rolling-rank.ts";
import reference from "#tests/fixtures/reference/rolling.json" with { type: "json" };
import { seeded, series } from "#tests/metrics/returns-reference.ts";

describe("rollingRank", () => {
  it.each(reference.rank)("agrees with scipy: at least $min, at most $most before", (row) => {
    const found = rollingRank(row.x, { min: row.min, preferred: row.most });
    expect(found.map((rank) => rank === null)).toEqual(row.ranks.map((rank) => rank === null));
    for (const [t, rank] of found.entries()) expect(rank ?? 0).toBeCloseTo(row.ranks[t] ?? 0, 11);
  });

  it("is by hand, equal values counting half", () => {
    expect(rollingRank([1, 3, 2, 2, 0], { min: 1, preferred: 10 })).toEqual([null, 100, 50, 50, 0]);
    expect(rollingRank([0, -0, 0], { min: 1, preferred: 9 })).toEqual([null, 50, 50]);
  });

  it("needs its least history: with one fewer there is no rank", () => {
    const ranks = rollingRank(
      series(10, (i) => i),
      { min: 4, preferred: 10 },
    );
    expect(ranks).toEqual([null, null, null, null, 100, 100, 100, 100, 100, 100]);
    expect(rollingRank([1, 2], { min: 0, preferred: 10 })).toEqual([null, 100]);
  });

  it("forgets what is older than its most, and not what is as old", () => {
    // The first, the highest, is the third before the fourth and the fourth before the fifth.
    expect(rollingRank([9, 1, 1, 5, 5], { min: 1, preferred: 3 }).slice(3)).toEqual([
      (100 * 2) / 3,
      (100 * 2.5) / 3,
    ]);
    expect(rollingRank([9, 1, 1, 5, 5], { min: 1, preferred: 4 })[4]).toBe((100 * 2.5) / 4);
  });

  it("gives a missing value no rank, and does not count it", () => {
    expect(rollingRank([1, null, 2, null], { min: 1, preferred: 10 })).toEqual([null, null, 100, null]);
    expect(rollingRank([null, null], { min: 1, preferred: 10 })).toEqual([null, null]);
    expect(rollingRank([], { min: 1, preferred: 10 })).toEqual([]);
  });

  it.each([Number.NaN, Number.POSITIVE_INFINITY])("refuses %s", (bad) => {
    expect(() => rollingRank([1, bad], { min: 1, preferred: 10 })).toThrow(RangeError);
  });
});

describe("laws of rollingRank", () => {
  const value = fc.option(fc.integer({ min: -20, max: 20 }), { freq: 10 });
  const path = fc.array(value, { minLength: 20, maxLength: 120 }).map((x) => Object.freeze(x));
  const need = fc.record({ min: fc.integer({ min: 1, max: 8 }), preferred: fc.integer({ min: 8, max: 60 }) });

  it("is percentileRank of every value in the values before it", () => {
    fc.assert(
      fc.property(path, need, (x, { min, preferred }) => {
        const seen: number[] = [];
        const slow = x.map((v) => {
          if (v === null) return null;
          const rank = percentileRank(seen.slice(-preferred), v, { min, preferred }).value;
          seen.push(v);
          return rank;
        });
        expect(rollingRank(x, { min, preferred })).toEqual(slow);
      }),
      seeded,
    );
  });

  it("a longer series begins with the same bits", () => {
    fc.assert(
      fc.property(path, path, need, (x, later, n) => {
        expect(rollingRank([...x, ...later], n).slice(0, x.length)).toEqual(rollingRank(x, n));
      }),
      seeded,
    );
  });

  it("and an earlier value moves it", () => {
    const x = series(50, (t) => Math.sin(t));
    const ranks = (at: number) => rollingRank(x.with(at, 9), { min: 5, preferred: 30 })[40];
    expect(ranks(41)).toBe(rollingRank(x, { min: 5, preferred: 30 })[40]);
    expect(ranks(40)).toBe(100);
    expect(ranks(9)).toBe(ranks(41));
    expect(rollingRank(x.with(10, -9), { min: 5, preferred: 30 })[40]).not.toBe(ranks(10));
  });

  it("sees order alone", () => {
    fc.assert(
      fc.property(path, need, (x, n) => {
        const stretched = x.map((v) => (v === null ? null : Math.exp(v / 7)));
        expect(rollingRank(stretched, n)).toEqual(rollingRank(x, n));
      }),
      seeded,
    );
  });
});
