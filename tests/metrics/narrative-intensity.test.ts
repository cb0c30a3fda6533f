import { describe, expect, it } from "vitest";
import {
  narrativeIntensity,
  narrativeIntensityPath,
  narrativeRules,
} from "#src/metrics/narrative-intensity.ts";
import type { NewsSource } from "#src/metrics/news-buckets.ts";
import reference from "#tests/fixtures/reference/narratives.json" with { type: "json" };

const sources: readonly NewsSource[] = reference.sources;
const lists = Object.freeze([...reference.lists]);
const until = (weeks: number, of = sources): readonly NewsSource[] =>
  of.map(({ hits, articles }) => ({
    hits: Object.freeze(hits.slice(0, weeks)),
    articles: Object.freeze(articles.slice(0, weeks)),
  }));
const as = (weeks: number) => narrativeIntensity(until(weeks), lists.slice(0, weeks));
const rows = reference.intensity.map(
  ([from, to, hits, articles, low, high, index, isBase, base, percentile]) => ({
    bucket: { from, to, hits, articles, isBase, base },
    low: Number(low),
    high: Number(high),
    index: Number(index),
    percentile: percentile === null ? null : Number(percentile),
  }),
);
const path = narrativeIntensityPath(sources, lists);

describe("narrativeIntensity against the reference", () => {
  it("in every bucket to 1e-11", () => {
    expect(path.length).toBe(rows.length);
    for (const [i, { bucket, low, high, index }] of rows.entries()) {
      const found = path[i];
      expect(found).toMatchObject(bucket);
      expect(Math.abs((found?.interval?.low ?? 9) - low)).toBeLessThan(1e-14);
      expect(Math.abs((found?.interval?.high ?? 9) - high)).toBeLessThan(1e-14);
      expect(Math.abs((found?.index ?? 999) / index - 1)).toBeLessThan(1e-11);
    }
  });

  it.each([104, 150, 200, 249, 354, 400, 429])("as of %d weeks", (weeks) => {
    const row = rows.findLast(({ bucket }) => Number(bucket.to) < weeks);
    const { value } = as(weeks);
    expect(value).toMatchObject(row?.bucket ?? {});
    expect(value?.index).toBeCloseTo(row?.index ?? 0, 9);
    if (row?.percentile === null) expect(value?.percentile).toBeNull();
    else expect(value?.percentile).toBeCloseTo(row?.percentile ?? 0, 10);
    expect(value?.pending).toBe(weeks - 1 - Number(row?.bucket.to));
  });

  it("has a mean of 100 in each base", () => {
    for (const base of [0, 250]) {
      const own = path.filter((bucket) => bucket.base === base && bucket.isBase);
      expect(own.reduce((sum, { index }) => sum + (index ?? 0), 0) / own.length).toBeCloseTo(100, 10);
    }
  });
});

/** One source with a thousand articles a week, and hits that alternate about a level. */
const even = (
  weeks: number,
  hits: (week: number) => number | null = (w) => 50 + (w % 7),
): readonly NewsSource[] => {
  const path = Array.from({ length: weeks }, (_, week) => hits(week));
  return [{ hits: path, articles: path.map((h) => (h === null ? null : 1000)) }];
};

describe("narrativeIntensity", () => {
  it("needs 104 weeks of a list, 104 earlier buckets to rank and 260 for no caveat", () => {
    expect(narrativeIntensity(even(103))).toEqual({
      status: "insufficient",
      value: null,
      n: 103,
      reasons: [{ code: "too-few", need: 104, have: 103 }],
    });
    expect(narrativeIntensity(even(104))).toMatchObject({
      status: "warn",
      n: 103,
      value: { percentile: null, isBase: true },
      reasons: [{ code: "short-history", need: 260, have: 103 }],
    });
    expect(narrativeIntensity(even(105)).value?.percentile).not.toBeNull();
    expect(narrativeIntensity(even(260))).toMatchObject({ status: "warn", n: 259 });
    expect(narrativeIntensity(even(261))).toMatchObject({ status: "ok", n: 260, reasons: [] });
    expect(narrativeIntensity(even(400))).toMatchObject({ status: "ok", n: 260 });
    expect(narrativeIntensity([])).toMatchObject({ status: "insufficient", n: 0 });
    expect(narrativeRules).toEqual({ base: 104, leastBuckets: 26, history: { min: 104, preferred: 260 } });
  });

  it("needs 26 buckets in the base", () => {
    // 30 hits every fourth week make 26 buckets of 104 weeks; one of them empty, 25.
    const fourth = (lost: number) => (w: number) => (w % 4 === 3 && w !== lost ? 30 + ((w >> 2) % 3) : 0);
    expect(narrativeIntensity(even(120, fourth(-1)))).toMatchObject({ status: "warn", n: 29 });
    expect(narrativeIntensity(even(120, fourth(51)))).toEqual({
      status: "insufficient",
      value: null,
      n: 25,
      reasons: [{ code: "thin-base", need: 26, have: 25 }],
    });
    expect(narrativeIntensity(even(120, () => 0))).toMatchObject({
      reasons: [{ code: "thin-base", have: 0 }],
    });
  });

  it("begins a new base where the list of sources changes, and compares nothing across", () => {
    const changed = (weeks: number, at: number) =>
      Array.from({ length: weeks }, (_, w) => (w < at ? "a" : "b"));
    expect(narrativeIntensity(even(300), changed(300, 197))).toMatchObject({
      status: "insufficient",
      n: 103,
    });
    const found = narrativeIntensity(even(300), changed(300, 196));
    expect(found).toMatchObject({ status: "warn", n: 103, value: { base: 196, percentile: null } });
    // As if there had been nothing before.
    const tripled = even(300, (w) => (w < 196 ? 3 : 1) * (50 + (w % 7)));
    expect(narrativeIntensity(tripled, changed(300, 196)).value?.index).toBe(found.value?.index);
    expect(narrativeIntensity(tripled).value?.index).not.toBe(narrativeIntensity(even(300)).value?.index);
  });

  it("tells of weeks that are in no bucket yet", () => {
    const ending = even(300, (w) => (w < 297 ? 50 + (w % 7) : 9));
    expect(narrativeIntensity(ending)).toMatchObject({
      status: "warn",
      n: 260,
      value: { to: 296, pending: 3 },
      reasons: [{ code: "open-bucket", have: 3 }],
    });
  });

  it("tells of a source that is missing, or does not count", () => {
    const [first] = even(300);
    const [late] = even(300, (w) => (w < 27 ? null : 20 + (w % 5)));
    const [inTime] = even(300, (w) => (w < 26 ? null : 20 + (w % 5)));
    const [gone] = even(300, (w) => (w === 299 ? null : 20 + (w % 5)));
    const [flat] = even(300, () => 20);
    const with_ = (other: NewsSource | undefined) =>
      narrativeIntensity([first, other].filter((source) => source !== undefined));
    const missing = { code: "sources-missing", need: 2, have: 1 };
    expect(with_(inTime)).toMatchObject({ status: "ok", reasons: [] });
    expect(with_(late).reasons).toEqual([missing]);
    expect(with_(gone).reasons).toEqual([missing]);
    expect(with_(flat).reasons).toEqual([missing]);
    expect(with_(flat).value?.index).toBe(narrativeIntensity(even(300)).value?.index);
    expect(narrativeIntensity(even(300, () => 50))).toMatchObject({
      status: "undefined",
      value: null,
      reasons: [{ code: "no-source" }],
    });
  });

  it("does not see the size of a source, and sees its share", () => {
    const doubled = sources.map(({ hits, articles }) => ({
      hits,
      articles: articles.map((a) => a && 2 * a),
    }));
    const own = narrativeIntensity(until(250)).value?.index ?? 0;
    // Twice the articles: half of every share, and the same buckets.
    expect(narrativeIntensity(until(250, doubled)).value?.index).toBeCloseTo(own, 9);
    const last = sources.map(({ hits, articles }, i) => ({
      hits: i === 0 ? hits.with(249, (hits[249] ?? 0) + 20) : hits,
      articles,
    }));
    expect(narrativeIntensity(until(250, last)).value?.index).toBeGreaterThan(own + 1);
  });

  it("is the same after its base whatever comes later, and sees what is before it", () => {
    for (const weeks of [60, 104, 200, 320]) {
      const short = narrativeIntensityPath(until(weeks), lists.slice(0, weeks));
      const known = path.slice(0, short.length);
      if (weeks === 104 || weeks === 200) expect(short).toEqual(known);
      // Before the end of a base its indices are not known; all else is.
      else
        expect(short).toEqual(
          known.map((b) => (b.base === (weeks < 104 ? 0 : 250) ? { ...b, index: null } : b)),
        );
    }
    const changed = sources.map(({ hits, articles }, i) => ({
      hits: i === 0 ? hits.with(220, 200) : hits,
      articles,
    }));
    const other = narrativeIntensityPath(changed, lists);
    const before = path.filter(({ to }) => to < 220).length;
    expect(other.slice(0, before)).toEqual(path.slice(0, before));
    expect(other[before]?.index).not.toBe(path[before]?.index);
  });

  it("refuses lists of other weeks, and what is no count", () => {
    expect(() => narrativeIntensity(even(110), ["a"])).toThrow(RangeError);
    expect(() => narrativeIntensity(even(110, () => 0.5))).toThrow(RangeError);
    expect(() => narrativeIntensity([{ hits: [1], articles: [1, 2] }])).toThrow(RangeError);
  });
});
