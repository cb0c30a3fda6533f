import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { leastHits, type NewsSource, newsBuckets } from "#src/metrics/news-buckets.ts";
import { seeded } from "#tests/metrics/returns-reference.ts";

/** One source with a thousand articles a week. */
const one = (hits: readonly (number | null)[]): readonly NewsSource[] => [
  { hits: Object.freeze(hits), articles: Object.freeze(hits.map((h) => (h === null ? null : 1000))) },
];
const spans = (sources: readonly NewsSource[], from?: number, to?: number) =>
  newsBuckets(sources, from, to).map((bucket) => [bucket.from, bucket.to, bucket.hits]);

describe("newsBuckets", () => {
  it("are weeks where they have 30 hits, and merged where they have one fewer", () => {
    expect(spans(one([30, 31, 30]))).toEqual([
      [0, 0, 30],
      [1, 1, 31],
      [2, 2, 30],
    ]);
    expect(spans(one([29, 1, 30, 10, 10, 50]))).toEqual([
      [0, 1, 30],
      [2, 2, 30],
      [3, 5, 70],
    ]);
    expect(leastHits).toBe(30);
  });

  it("leave out what has not come to 30 at the end, and are none of nothing", () => {
    expect(spans(one([30, 29]))).toEqual([[0, 0, 30]]);
    expect(spans(one([29]))).toEqual([]);
    expect(spans([])).toEqual([]);
    expect(spans(one([0, 0, 40, 0]))).toEqual([[0, 2, 40]]);
  });

  it("are of the weeks that are asked for", () => {
    expect(spans(one([20, 20, 20, 20]), 1)).toEqual([[1, 2, 40]]);
    expect(spans(one([20, 20, 20, 20]), 0, 2)).toEqual([[0, 1, 40]]);
  });

  it("have the published interval, and the share of each source that was read", () => {
    const [bucket] = newsBuckets([
      { hits: [10, 10], articles: [100, 200] },
      { hits: [10, null], articles: [100, 999] },
      { hits: [null, null], articles: [null, null] },
      { hits: [0, 0], articles: [0, 0] },
    ]);
    expect(bucket).toMatchObject({ from: 0, to: 1, hits: 30, articles: 400, share: 0.075 });
    expect(bucket?.sources).toEqual([20 / 300, 0.1, null, null]);
    expect(bucket?.interval?.low.toFixed(4)).toBe("0.0530");
    expect(bucket?.interval?.high.toFixed(4)).toBe("0.1050");
  });

  it("partition the weeks, keep their hits, and are the same whatever comes later", () => {
    const weeks = fc.array(fc.integer({ min: 0, max: 60 }), { minLength: 1, maxLength: 40 });
    fc.assert(
      fc.property(weeks, fc.integer({ min: 0, max: 60 }), (hits, next) => {
        const buckets = newsBuckets(one(hits));
        for (const [i, { from, to }] of buckets.entries()) {
          expect(from).toBe(i === 0 ? 0 : (buckets[i - 1]?.to ?? -9) + 1);
          const sum = (end: number) => hits.slice(from, end).reduce((a, b) => a + b, 0);
          expect(sum(to + 1)).toBe(buckets[i]?.hits);
          expect(sum(to + 1)).toBeGreaterThanOrEqual(30);
          expect(sum(to)).toBeLessThan(30);
        }
        expect(newsBuckets(one([...hits, next])).slice(0, buckets.length)).toEqual(buckets);
      }),
      seeded,
    );
    // What comes before a bucket does move it.
    expect(spans(one([31, 20, 20]))).not.toEqual(spans(one([11, 20, 20])));
  });

  it("refuse other lengths and what is no count", () => {
    const of = (hits: readonly number[], articles: readonly number[]) => newsBuckets([{ hits, articles }]);
    expect(() => of([1], [])).toThrow(RangeError);
    for (const bad of [-1, 0.5, Number.NaN]) {
      expect(() => of([bad], [10])).toThrow(RangeError);
      expect(() => of([1], [bad])).toThrow(RangeError);
    }
    expect(() => of([11], [10])).toThrow(RangeError);
    expect(of([10], [10])).toEqual([]);
  });

  it("wait for those beside, so that narratives of different size have the same buckets", () => {
    const [loud, faint] = [one([40, 40, 40, 40, 40]), one([10, 10, 10, 29, 1])];
    const both = (own: readonly NewsSource[], other: readonly NewsSource[]) =>
      newsBuckets(own, 0, 5, [other]).map((bucket) => [bucket.from, bucket.to, bucket.hits]);
    expect(both(loud, faint)).toEqual([
      [0, 2, 120],
      [3, 4, 80],
    ]);
    expect(both(faint, loud)).toEqual([
      [0, 2, 30],
      [3, 4, 30],
    ]);
    expect(newsBuckets(loud, 0, 5, [loud])).toEqual(newsBuckets(loud));
    expect(() => newsBuckets(loud, 0, 5, [one([1])])).toThrow(RangeError);
  });

  it("of shares are weeks that have one, with the mean of a bucket's and no interval", () => {
    const shares = { shares: [0.02, null, 0.04, 0.01] };
    expect(newsBuckets([shares]).map(({ from, to, sources }) => [from, to, sources])).toEqual([
      [0, 0, [0.02]],
      [1, 2, [0.04]],
      [3, 3, [0.01]],
    ]);
    expect(newsBuckets([shares])[0]).toMatchObject({ hits: 0, articles: 0, share: null, interval: null });
    // Beside one that is counted it waits for the hits of that.
    const [bucket] = newsBuckets([...one([10, 10, 10, 40]), shares]);
    expect(bucket).toMatchObject({ from: 0, to: 2, hits: 30 });
    expect(bucket?.sources[1]).toBeCloseTo(0.03, 15);
    for (const bad of [-0.1, 1.1, Number.NaN])
      expect(() => newsBuckets([{ shares: [bad] }])).toThrow(RangeError);
  });
});
