import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { carinoLink, legAttribution } from "#src/metrics/leg-attribution.ts";
import pairs from "#tests/fixtures/reference/pairs.json" with { type: "json" };

const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0);
/** One day: what the long leg contributed, and what the short leg did. */
const day = (long: number, short: number) => legAttribution([long], [-short]).value;

describe("carinoLink against the reference", () => {
  it.each(pairs.linking)("$name", ({ parts, linked, total }) => {
    const found = carinoLink(Object.freeze(parts)).value;
    expect(found?.total).toBeCloseTo(total, 12);
    for (const [i, part] of linked.entries()) expect(found?.parts[i]).toBeCloseTo(part, 12);
  });

  it("gives the published example: 3.0548803699 % and 6.0851196301 % of 9.14 %", () => {
    // 1.02 · 1.07 − 1 = 0.0914; the legs contribute 1 %, 2 % and 1 %, 5 %.
    const found = legAttribution([0.01, 0.02], [-0.01, -0.05]).value;
    expect(found?.total).toBeCloseTo(0.0914, 12);
    expect(found?.long).toBeCloseTo(0.030_548_803_699, 12);
    expect(found?.short).toBeCloseTo(0.060_851_196_301, 12);
  });

  it.each(pairs.pair.windows)("the pair from $start to $end", ({ start, end, total, long, short }) => {
    const found = legAttribution(pairs.pair.long.slice(start, end), pairs.pair.short.slice(start, end));
    expect(found).toMatchObject({ status: "ok", n: end - start });
    expect(found.value?.total).toBeCloseTo(total, 12);
    expect(found.value?.long).toBeCloseTo(long, 12);
    expect(found.value?.short).toBeCloseTo(short, 12);
  });
});

describe("carinoLink", () => {
  it("is refused without a day, or without parts", () => {
    const refused = { status: "insufficient", value: null, n: 0 };
    expect(carinoLink([])).toMatchObject(refused);
    expect(carinoLink([[], []])).toMatchObject(refused);
    expect(legAttribution([], [])).toMatchObject(refused);
  });

  it("does not exist from a day on which everything is lost, and does just before", () => {
    expect(
      carinoLink([
        [0.1, -0.5],
        [0.1, -0.5],
      ]),
    ).toEqual({
      status: "undefined",
      value: null,
      n: 2,
      reasons: [{ code: "total-loss" }],
    });
    expect(
      carinoLink([
        [0.1, -0.5],
        [0.1, -0.4999],
      ]).status,
    ).toBe("ok");
    expect(legAttribution([-0.6], [0.5]).status).toBe("undefined");
  });

  it("throws for parts of different lengths", () => {
    expect(() => carinoLink([[0.1], []])).toThrow(RangeError);
    expect(() => legAttribution([0.1], [])).toThrow(RangeError);
  });

  // Wanted: RangeError. NaN now leaves the metric with status ok.
  it("throws for a contribution that is no number", () => {
    expect(() => carinoLink([[0.1, Number.NaN]])).toThrow(RangeError);
  });

  const weighted = fc.tuple(
    fc.array(fc.double({ min: -2, max: 2, noNaN: true }), { minLength: 1, maxLength: 5 }),
    fc.array(fc.array(fc.double({ min: -0.01, max: 0.01, noNaN: true }), { minLength: 5, maxLength: 5 }), {
      minLength: 1,
      maxLength: 60,
    }),
  );
  const partsOf = ([weights, returns]: [number[], number[][]]) =>
    Object.freeze(weights.map((weight, i) => returns.map((row) => weight * (row[i] ?? 0))));

  it("adds up to the compounded return to 1e-12, whatever the weights", () => {
    fc.assert(
      fc.property(weighted, (each) => {
        const parts = partsOf(each);
        const compounded =
          each[1].reduce((level, _, t) => level * (1 + sum(parts.map((p) => p[t] ?? 0))), 1) - 1;
        const found = carinoLink(parts).value;
        expect(Math.abs((found?.total ?? 1) - compounded)).toBeLessThan(1e-12);
        expect(Math.abs(sum(found?.parts ?? []) - compounded)).toBeLessThan(1e-12);
      }),
      { seed: 61, numRuns: 500 },
    );
  });

  it("where plain sums of the contributions do not", () => {
    const [one, other] = [
      [0.1, 0.2],
      [0.05, -0.1],
    ];
    expect(Math.abs(sum(one) + sum(other) - (carinoLink([one, other]).value?.total ?? 0))).toBeGreaterThan(
      0.01,
    );
  });

  // log1p of a total that is −1 but for rounding has lost its digits, so the parts add up to something else. The sum of
  // the daily logarithms is at hand and exact: k = Σ ln(1+R[t]) / R instead of ln(1+R) / R.
  it.each([30, 60])("adds up over %d days of −60 %", (days) => {
    const parts = [Array.from({ length: days }, () => -0.4), Array.from({ length: days }, () => -0.2)];
    const found = carinoLink(parts).value;
    expect(Math.abs(sum(found?.parts ?? []) - (found?.total ?? 0))).toBeLessThan(1e-12);
  });

  it("gives each part its own contribution in any order of the parts", () => {
    fc.assert(
      fc.property(weighted, (each) => {
        const [one, other] = [carinoLink(partsOf(each)).value, carinoLink(partsOf(each).toReversed()).value];
        for (const [i, part] of (other?.parts.toReversed() ?? []).entries())
          expect(part).toBeCloseTo(one?.parts[i] ?? Number.NaN, 12);
      }),
      { seed: 62, numRuns: 200 },
    );
  });

  it("on one day is the contributions themselves", () => {
    const found = carinoLink([[0.03], [-0.01], [0.005]]).value;
    for (const [i, part] of [0.03, -0.01, 0.005].entries()) expect(found?.parts[i]).toBeCloseTo(part, 15);
  });
});

describe("swapping the legs", () => {
  const ret = fc.double({ min: -0.2, max: 0.2, noNaN: true });

  it("flips the sign of a day and swaps the contributions and the shares", () => {
    let shared = 0;
    fc.assert(
      fc.property(ret, ret, (long, short) => {
        const [one, other] = [legAttribution([long], [short]).value, legAttribution([short], [long]).value];
        expect(other?.total).toBeCloseTo(0 - (one?.total ?? 1), 12);
        expect(other?.long).toBeCloseTo(0 - (one?.short ?? 1), 12);
        expect(other?.short).toBeCloseTo(0 - (one?.long ?? 1), 12);
        // At the very size from which shares are said, rounding decides.
        if (Math.abs(Math.abs(long - short) - 0.001) < 1e-12) return;
        expect(other?.longShare === null).toBe(one?.shortShare === null);
        if (one?.shortShare === null || other?.longShare == null) return;
        shared++;
        expect(other.longShare).toBeCloseTo(one?.shortShare ?? Number.NaN, 9);
      }),
      { seed: 63, numRuns: 500 },
    );
    expect(shared).toBeGreaterThan(50);
  });

  it("does not flip the sign of a span, which compounds: +10 % and −10 % lose 1 % either way", () => {
    const [moved, still] = [
      [0.1, -0.1],
      [0, 0],
    ];
    expect(legAttribution(moved, still).value?.total).toBeCloseTo(-0.01, 12);
    expect(legAttribution(still, moved).value?.total).toBeCloseTo(-0.01, 12);
  });
});

describe("shares of the legs", () => {
  it("add up to 1, positive in a loss too", () => {
    const found = day(-0.01, -0.03);
    expect(found?.longShare).toBeCloseTo(0.25, 12);
    expect(found?.shortShare).toBeCloseTo(0.75, 12);
  });

  it.each([
    [0.02, -0.01],
    [-0.01, 0.02],
    [0.02, 0],
    [0, 0.02],
    [0, 0],
  ])("are none of legs that went apart, or of one that stood still: %d and %d", (long, short) => {
    expect(day(long, short)).toMatchObject({ longShare: null, shortShare: null });
  });

  it.each([1, -1])("are there from ten basis points on, up or down (%d)", (sign) => {
    expect(day(sign * 0.0002, sign * 0.0008)?.shortShare).toBeCloseTo(0.8, 12);
    expect(day(sign * 0.0002, sign * 0.00079999)?.shortShare).toBeNull();
  });
});
