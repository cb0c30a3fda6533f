import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { concentration } from "#src/metrics/concentration.ts";
import { type CrowdingComponent, crowding, crowdingComponents } from "#src/metrics/crowding.ts";
import { excessCorrelation } from "#src/metrics/excess-correlation.ts";
import reference from "#tests/fixtures/reference/flows.json" with { type: "json" };
import { relativeGap, seeded, series } from "#tests/metrics/returns-reference.ts";

const months = (n: number) => series(n, (i) => i);
const at = (value: number, n = 60) => ({ history: months(n), value });

describe("crowding against the reference", () => {
  it.each(reference.crowding)("score $score", ({ given, ranks, score }) => {
    const found = crowding(given);
    expect(found.score).toEqual({
      status: "ok",
      value: expect.closeTo(score, 10),
      n: found.components.length,
      reasons: [],
    });
    const percentiles = found.components.map(
      ({ name, percentile }) => [name, percentile.value ?? -1] as const,
    );
    expect(percentiles.map(([name]) => name)).toEqual(crowdingComponents.filter((name) => name in ranks));
    for (const [name, rank] of percentiles)
      expect(rank).toBeCloseTo((ranks as Partial<Record<CrowdingComponent, number>>)[name] ?? -1, 10);
  });
});

describe("crowding", () => {
  it("is by hand: low days to cover is crowded", () => {
    // 45 of 60 values are below 45 and one is equal: 75.83.
    const rank = (100 * 45.5) / 60;
    const { score, components } = crowding({ concentration: at(45), forwardPe: at(45), daysToCover: at(45) });
    expect(components.map(({ percentile }) => percentile.value)).toEqual([rank, rank, 100 - rank]);
    expect(score.value).toBeCloseTo((rank + 100) / 3, 12);
  });

  it("needs three components, and shows two", () => {
    expect(crowding({ concentration: at(1), forwardPe: at(2), flowToAssets: at(3) }).score.status).toBe("ok");
    const { score, components } = crowding({ concentration: at(70), forwardPe: at(2) });
    expect(score).toEqual({
      status: "insufficient",
      value: null,
      n: 2,
      reasons: [{ code: "too-few", need: 3, have: 2 }],
    });
    expect(components.map(({ percentile }) => percentile.value)).toEqual([100, (100 * 2.5) / 60]);
    expect(crowding({})).toMatchObject({ components: [], score: { status: "insufficient", n: 0 } });
  });

  it("needs 60 months of each, and says which has fewer", () => {
    const three = { concentration: at(1), forwardPe: at(2), daysToCover: at(3) };
    const short = crowding({ ...three, flowToAssets: at(9, 59) });
    expect(short.score).toMatchObject({
      status: "warn",
      value: crowding(three).score.value,
      n: 3,
      reasons: [{ code: "components-missing", need: 4, have: 3 }],
    });
    expect(short.components[3]).toMatchObject({
      name: "flowToAssets",
      percentile: { status: "insufficient", n: 59 },
    });
    expect(crowding({ ...three, daysToCover: at(3, 59) }).score.status).toBe("insufficient");
    expect(crowding({ ...three, daysToCover: at(3, 59) }, { min: 59, preferred: 59 }).score.status).toBe(
      "ok",
    );
  });

  it.each([Number.NaN, Number.POSITIVE_INFINITY])("refuses %s", (bad) => {
    expect(() => crowding({ forwardPe: at(bad) })).toThrow(RangeError);
    expect(() => crowding({ forwardPe: { history: months(60).with(3, bad), value: 1 } })).toThrow(RangeError);
  });

  it("lies between 0 and 100, rises with a component and falls with days to cover", () => {
    const value = fc.integer({ min: -10, max: 70 });
    fc.assert(
      fc.property(value, value, value, (a, b, c) => {
        const score = (x: number, y: number, z: number) =>
          crowding({ concentration: at(x), forwardPe: at(y), daysToCover: at(z) }).score.value ?? Number.NaN;
        const now = score(a, b, c);
        expect(now >= 0 && now <= 100).toBe(true);
        expect(score(a + 5, b, c)).toBeGreaterThanOrEqual(now);
        expect(score(a, b, c + 5)).toBeLessThanOrEqual(now);
        if (a >= 0 && a < 55) expect(score(a + 5, b, c)).toBeGreaterThan(now);
        if (c >= 0 && c < 55) expect(score(a, b, c + 5)).toBeLessThan(now);
      }),
      seeded,
    );
  });
});

describe("excessCorrelation", () => {
  it.each(reference.correlation)("agrees with numpy to 1e-12: $value", ({ members, market, value }) => {
    const found = excessCorrelation(
      members.map(Object.freeze) as number[][],
      Object.freeze(market) as number[],
    );
    expect(found).toMatchObject({ status: "ok", n: market.length });
    expect(found.value).toBeCloseTo(value, 12);
  });

  const [first] = reference.correlation;
  const { market = [], members = [] } = first ?? {};
  const own = members[0] ?? [];

  it("is 1 for one member twice, at any beta, and −1 for what mirrors it", () => {
    const twice = own.map((r, t) => r + 0.7 * (market[t] ?? 0) + 0.001);
    expect(excessCorrelation([own, twice], market).value).toBeCloseTo(1, 12);
    expect(excessCorrelation([own, own.map((r) => -2 * r)], market).value).toBeCloseTo(-1, 12);
    expect(excessCorrelation([own, members[1] ?? []], market).value).toBeLessThan(0.999);
  });

  it("needs two members and 45 returns", () => {
    expect(market.length).toBe(45);
    expect(excessCorrelation(members, market).status).toBe("ok");
    expect(excessCorrelation([own], market)).toMatchObject({
      reasons: [{ code: "too-few", need: 2, have: 1 }],
    });
    const short = members.map((r) => r.slice(1));
    expect(excessCorrelation(short, market.slice(1))).toMatchObject({
      status: "insufficient",
      reasons: [{ code: "too-few", need: 45, have: 44 }],
    });
  });

  it("does not exist for a market that stands still, or a member that is the market", () => {
    const refused = { status: "undefined", reasons: [{ code: "zero-variance" }] };
    expect(excessCorrelation(members, series(45, 0.1))).toMatchObject(refused);
    expect(excessCorrelation([own, market.map((r) => 3 * r + 0.01)], market)).toMatchObject(refused);
    expect(excessCorrelation([own, series(45, 0.1)], market)).toMatchObject(refused);
    const nearly = market.map((r, t) => 3 * r + (t % 2 ? 1e-6 : -1e-6));
    expect(excessCorrelation([own, nearly], market).status).toBe("ok");
  });

  it("refuses other lengths and what is no number", () => {
    expect(() => excessCorrelation([own, own.slice(1)], market)).toThrow(RangeError);
    expect(() => excessCorrelation([own, own.with(0, Number.NaN)], market)).toThrow(RangeError);
    expect(() => excessCorrelation([own, own], market.with(0, Number.NaN))).toThrow(RangeError);
  });
});

describe("concentration", () => {
  it.each(reference.concentration)("agrees with numpy to 1e-12: effective N $effectiveN", (row) => {
    const { value } = concentration(Object.freeze(row.sizes) as number[]);
    const { herfindahl, effectiveN, topTen } = value ?? { herfindahl: 0, effectiveN: 0, topTen: 0 };
    expect(
      relativeGap([herfindahl, effectiveN, topTen], [row.herfindahl, row.effectiveN, row.topTen]),
    ).toBeLessThan(1e-12);
  });

  it("is by hand", () => {
    expect(concentration([1, 1, 1, 1]).value).toEqual({ herfindahl: 0.25, effectiveN: 4, topTen: 1 });
    expect(concentration([0, 5]).value?.effectiveN).toBe(1);
    expect(concentration(series(20, 3)).value?.topTen).toBeCloseTo(0.5, 14);
  });

  it("does not exist without size", () => {
    expect(concentration([])).toMatchObject({ status: "insufficient", n: 0 });
    for (const sizes of [
      [0, 0],
      [1, -1, 5],
    ])
      expect(concentration(sizes)).toMatchObject({
        status: "undefined",
        reasons: [{ code: "not-positive" }],
      });
    expect(() => concentration([1, Number.NaN])).toThrow(RangeError);
    expect(() => concentration([1.7e308, 1.7e308])).toThrow(RangeError);
  });

  it("does not see the unit, and moves with one size", () => {
    const sizes = fc.array(fc.integer({ min: 1, max: 1e6 }), { minLength: 2, maxLength: 40 });
    fc.assert(
      fc.property(sizes, (s) => {
        const now = concentration(s).value;
        expect(concentration(s.map((v) => v * 4)).value).toEqual(now);
        expect(now?.effectiveN).toBeGreaterThanOrEqual(1);
        expect(now?.effectiveN).toBeLessThanOrEqual(s.length + 1e-9);
        expect(concentration(s.with(0, 1e12)).value?.herfindahl).toBeGreaterThan(now?.herfindahl ?? 1);
      }),
      seeded,
    );
  });
});
