import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { changePoints } from "#src/metrics/change-points.ts";
import { pelt } from "#src/metrics/pelt.ts";
import { type CostModel, type SegmentCost, segmentCost } from "#src/metrics/segment-cost.ts";
import breaks from "#tests/fixtures/reference/breaks.json" with { type: "json" };
import segments from "#tests/fixtures/reference/segments.json" with { type: "json" };
import { seeded, series } from "#tests/metrics/returns-reference.ts";
import { weekdays } from "#tests/metrics/weekdays.ts";

const days = weekdays("2020-01-01", 400);
const found = (values: readonly number[], options: Parameters<typeof changePoints>[2]) =>
  changePoints(days.slice(0, values.length), Object.freeze(values) as number[], options);
const lastsOf = (values: readonly number[], options: Parameters<typeof changePoints>[2]) =>
  found(values, options).value?.changes.map(({ last }) => last);
const nile = breaks[0]?.values ?? [];

describe("changePoints of a mean agree with strucchange", () => {
  const rows = breaks.flatMap(({ name, values, h, rows }) =>
    rows.map((row) => ({ name, values, h, ...row })),
  );
  it.each(rows)("$name at penalty $penalty", ({ values, h, penalty, lasts, rss }) => {
    const { value } = found(values, { model: "mean", minSegment: h, penalty, variance: 1 });
    expect(value?.changes).toEqual(lasts.map((last) => ({ last, date: days[last] })));
    const within = value?.segments.reduce(
      (sum, { from, to, deviation }) => sum + (to + 1 - from) * deviation ** 2,
      0,
    );
    expect((within ?? 0) / rss).toBeCloseTo(1, 9);
  });

  // Bai and Perron's breaks of the Nile: after 1898, and after 1953; Aswan's first dam was built in 1898.
  it("on the Nile: published sums of squares and breaks", () => {
    const years = series(100, (i) => 1871 + i).map((year) => `${year}-12-31`);
    const at = (penalty: number) =>
      changePoints(years, nile, { model: "mean", minSegment: 15, penalty, variance: 1 }).value;
    const squares = (penalty: number) =>
      at(penalty)?.segments.reduce(
        (sum, { from, to, deviation }) => sum + (to + 1 - from) * deviation ** 2,
        0,
      ) ?? 0;
    expect([2e6, 1e5, 3e4].map((penalty) => Number(squares(penalty).toFixed(2)))).toEqual([
      2835156.75, 1597457.19, 1552923.62,
    ]);
    expect(at(1e5)?.changes).toEqual([{ last: 27, date: "1898-12-31" }]);
    expect(at(3e4)?.changes.map(({ date }) => date)).toEqual(["1898-12-31", "1953-12-31"]);
    // With nothing but what is usual.
    expect(lastsOf(nile, { model: "mean" })).toEqual([27]);
  });
});

describe("changePoints of a variance agree with optimal partitioning in Python", () => {
  const rows = segments.flatMap(({ model, least, values, rows }) =>
    rows.map((row) => ({ model: model as CostModel, least, values, ...row })),
  );
  it.each(rows)(
    "$model, segments of $least, penalty $penalty",
    ({ model, least, values, penalty, lasts }) => {
      expect(lastsOf(values, { model, minSegment: least, penalty })).toEqual(lasts);
    },
  );

  it("with the usual penalty of 3 ln n and segments of 20", () => {
    const [first] = segments;
    const { value } = found(first?.values ?? [], { model: "variance" });
    expect(value).toMatchObject({ penalty: 3 * Math.log(180), minSegment: 20, model: "variance" });
    expect(value?.changes.map(({ last }) => last)).toEqual(first?.rows[0]?.lasts);
  });
});

describe("changePoints", () => {
  const step = series(100, (i) => (i < 50 ? 0 : 8) + (i % 2) * 2);

  it("names the last of the left segment, and tells what lies between", () => {
    expect(found(step, { model: "mean", variance: 1 })).toEqual({
      status: "ok",
      n: 100,
      reasons: [],
      value: {
        changes: [{ last: 49, date: days[49] }],
        segments: [
          { from: 0, to: 49, mean: 1, deviation: 1 },
          { from: 50, to: 99, mean: 9, deviation: 1 },
        ],
        model: "mean",
        penalty: 3 * Math.log(100),
        minSegment: 20,
        variance: 1,
      },
    });
  });

  it("takes deviations about 0 where only the variance may change, and about the mean otherwise", () => {
    // A mean of 3 with a deviation of 4: a root mean square of 5.
    const level = series(100, (i) => (i % 2 === 0 ? 7 : -1));
    expect(found(level, { model: "variance" }).value).toMatchObject({
      segments: [{ mean: 3, deviation: 5 }],
      variance: expect.closeTo(25e-4, 12),
    });
    expect(found(level, { model: "mean-variance" }).value).toMatchObject({
      segments: [{ mean: 3, deviation: 4 }],
      variance: expect.closeTo(16e-4, 12),
    });
  });

  it("knows the variance from the steps unless told", () => {
    // Ninety-nine steps of ±2 but one, of 6 (from 2 to 8).
    expect(found(step, { model: "mean" }).value?.variance).toBeCloseTo((98 * 4 + 36) / (2 * 99), 12);
  });

  it("needs five least segments", () => {
    expect(found(step, { model: "mean" }).status).toBe("ok");
    expect(found(step.slice(1), { model: "mean" })).toEqual({
      status: "insufficient",
      value: null,
      n: 99,
      reasons: [{ code: "too-few", need: 100, have: 99 }],
    });
    expect(found(step.slice(1), { model: "mean", minSegment: 19 }).status).toBe("ok");
    expect(found([], { model: "variance" })).toMatchObject({ status: "insufficient", n: 0 });
  });

  // RSS falls by 1600 with the break; penalties just below and above it.
  it("finds a change that gains the penalty, and none that gains less", () => {
    const at = (options: { penalty: number; inflation?: number }) =>
      lastsOf(step, { model: "mean", variance: 1, ...options });
    expect(at({ penalty: 1599.9 })).toEqual([49]);
    expect(at({ penalty: 1600.1 })).toEqual([]);
    expect(at({ penalty: 1000, inflation: 1.59 })).toEqual([49]);
    expect(at({ penalty: 1000, inflation: 1.61 })).toEqual([]);
    expect(found(step, { model: "mean", penalty: 1000, inflation: 1.61 }).value?.penalty).toBeCloseTo(
      1610,
      9,
    );
  });

  it("finds a segment of the least length, and none of one less", () => {
    const short = series(200, (i) => (i >= 100 && i < 120 ? 9 : 0) + (i % 2));
    expect(lastsOf(short, { model: "mean", variance: 0.25 })).toEqual([99, 119]);
    expect(lastsOf(short.with(119, 0), { model: "mean", variance: 0.25 })).not.toEqual([99, 118]);
  });

  it("does not exist where nothing moves", () => {
    const refused = { status: "undefined", reasons: [{ code: "zero-variance" }] };
    for (const model of ["mean", "mean-variance"] as const)
      for (const level of [0, 0.1, 7]) expect(found(series(100, level), { model })).toMatchObject(refused);
    expect(found(series(100, 0), { model: "variance" })).toMatchObject(refused);
    expect(lastsOf(series(100, 0.1), { model: "variance" })).toEqual([]);
  });

  it("refuses what it cannot be asked", () => {
    expect(() => changePoints(days.slice(0, 99), step, { model: "mean" })).toThrow(RangeError);
    expect(() => found(step.with(3, Number.NaN), { model: "mean" })).toThrow(RangeError);
    for (const wrong of [
      { minSegment: 0 },
      { minSegment: 2.5 },
      { penalty: -1 },
      { penalty: Number.NaN },
      { penalty: Number.POSITIVE_INFINITY },
      { inflation: 0 },
      { variance: 0 },
      { variance: Number.NaN },
      { variance: Number.POSITIVE_INFINITY },
    ])
      expect(() => found(step, { model: "mean", ...wrong })).toThrow(RangeError);
    // One value has a mean and a square, and two have a variance.
    expect(() => found(step, { model: "mean-variance", minSegment: 1 })).toThrow(RangeError);
    for (const [model, minSegment] of [
      ["mean-variance", 2],
      ["mean", 1],
      ["variance", 1],
    ] as const)
      expect(found(step, { model, minSegment }).status).toBe("ok");
    expect(() => found(step, { model: "variance", variance: 1 })).toThrow(RangeError);
  });

  it("does not see the unit, and sees a change of it", () => {
    const values = segments[3]?.values ?? [];
    const before = lastsOf(values, { model: "mean-variance" });
    const scaled = values.map((v) => 1024 * v);
    for (const model of ["mean", "mean-variance", "variance"] as const)
      expect(lastsOf(scaled, { model })).toEqual(lastsOf(values, { model }));
    expect(
      lastsOf(
        values.map((v, t) => (t < 30 ? 8 * v : v)),
        { model: "mean-variance" },
      ),
    ).not.toEqual(before);
  });
});

/** The least cost over all segmentations, and one that has it. */
function slowly(n: number, cost: SegmentCost, penalty: number, least: number) {
  const best: { total: number; lasts: number[] }[] = [{ total: -penalty, lasts: [] }];
  for (let end = least; end <= n; end++) {
    for (let start = 0; start <= end - least; start++) {
      const before = best[start];
      if (before === undefined) continue;
      const total = before.total + cost(start, end) + penalty;
      if (total < (best[end]?.total ?? Number.POSITIVE_INFINITY))
        best[end] = { total, lasts: start === 0 ? [] : [...before.lasts, start - 1] };
    }
  }
  return best[n];
}

const totalOf = (lasts: readonly number[], n: number, cost: SegmentCost, penalty: number) =>
  [...lasts, n - 1].reduce(
    (sum, last, i) => sum + cost((lasts[i - 1] ?? -1) + 1, last + 1) + penalty,
    -penalty,
  );

describe("PELT", () => {
  const models = fc.constantFrom<CostModel>("mean", "mean-variance", "variance");
  // Levels and sizes that change, and stand still, so that pruning, floors and ties are all met.
  const block = fc.tuple(
    fc.integer({ min: 1, max: 15 }),
    fc.constantFrom(0, 0, 3),
    fc.constantFrom(0, 1, 1, 5),
  );
  const values = fc
    .tuple(
      fc.array(block, { minLength: 1, maxLength: 8, size: "max" }),
      fc.infiniteStream(fc.integer({ min: -9, max: 9 })),
    )
    .map(([blocks, noise]) =>
      blocks.flatMap(([n, level, size]) => [...noise.take(n)].map((e) => level + (size * e) / 9)),
    )
    .map((all) => all.slice(0, 60));

  it("finds what optimal partitioning finds, for all n up to 60", () => {
    const [changes, lengths] = [new Set<number>(), new Set<number>()];
    fc.assert(
      fc.property(
        values,
        models,
        fc.integer({ min: 2, max: 7 }),
        fc.constantFrom(0.5, 2, 6, 15),
        (x, model, m, p) => {
          fc.pre(x.length >= m);
          const cost = segmentCost(x, model, 0.01);
          const [fast, slow] = [pelt(x.length, cost, p, m), slowly(x.length, cost, p, m)];
          changes.add(fast.length);
          lengths.add(x.length);
          expect(totalOf(fast, x.length, cost, p)).toBeCloseTo(slow?.total ?? Number.NaN, 7);
          expect([-1, ...fast].every((last, i) => (fast[i] ?? x.length - 1) - last >= m)).toBe(true);
        },
      ),
      { ...seeded, numRuns: 1500 },
    );
    expect(changes.size).toBeGreaterThan(5);
    expect(lengths.size).toBeGreaterThan(40);
  });

  it("and for a longer series the very same changes", () => {
    const { values: x = [] } = segments[2] ?? {};
    const long = [...x, ...x.map((v) => 2 * v), ...x.toReversed()];
    for (const model of ["mean", "mean-variance", "variance"] as const)
      for (const [m, p] of [
        [2, 3],
        [5, 6],
        [20, 12],
        [30, 18],
      ] as const) {
        const cost = segmentCost(long, model, model === "mean" ? 1 : 1e-4);
        expect(pelt(long.length, cost, p, m)).toEqual(slowly(long.length, cost, p, m)?.lasts);
      }
  });

  it("costs are those of the definition, and a division never adds to them", () => {
    fc.assert(
      fc.property(values, models, fc.nat(60), fc.nat(60), fc.nat(60), (x, model, i, j, k) => {
        const [a = 0, b = 0, c = 0] = [i, j, k].map((at) => at % (x.length + 1)).toSorted((p, q) => p - q);
        fc.pre(a < b && b < c);
        const cost = segmentCost(x, model, 0.01);
        expect(cost(a, b) + cost(b, c)).toBeLessThanOrEqual(cost(a, c) + 1e-7);
        const part = x.slice(a, c);
        const mean = model === "variance" ? 0 : part.reduce((s, v) => s + v, 0) / part.length;
        const squares = part.reduce((s, v) => s + (v - mean) ** 2, 0);
        const v = Math.max(0.01, squares / part.length);
        const direct = model === "mean" ? squares / 0.01 : part.length * Math.log(v) + squares / v;
        expect(cost(a, c)).toBeCloseTo(direct, 6);
      }),
      { ...seeded, numRuns: 500 },
    );
  });
});
