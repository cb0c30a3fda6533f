import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { johansen } from "#src/metrics/johansen.ts";
import { johansenCritical } from "#src/metrics/johansen-critical.ts";
import { vectorLags } from "#src/metrics/vector-lags.ts";
import reference from "#tests/fixtures/reference/johansen.json" with { type: "json" };
import { relativeGap, seeded } from "#tests/metrics/returns-reference.ts";
import { pairOf, walk } from "#tests/metrics/walks.ts";

const { cases, denmark } = reference;
const [held] = cases;
if (held === undefined) throw new Error("no reference");

function agrees(
  found: ReturnType<typeof johansen>,
  expected: Omit<(typeof cases)[number], "bic" | "series">,
): void {
  const { value } = found;
  const statistics = (steps: "trace" | "largest") => value?.[steps].map(({ statistic }) => statistic) ?? [];
  expect(relativeGap(value?.eigenvalues ?? [], expected.eigenvalues)).toBeLessThan(1e-8);
  expect(relativeGap(statistics("trace"), expected.trace)).toBeLessThan(1e-8);
  expect(relativeGap(statistics("largest"), expected.largest)).toBeLessThan(1e-8);
  expect(relativeGap(value?.vectors[0] ?? [], expected.vector)).toBeLessThan(1e-6);
  expect(value?.trace.map(({ critical }) => critical.fivePercent)).toEqual(expected.criticalTrace);
  expect(value?.largest.map(({ critical }) => critical.fivePercent)).toEqual(expected.criticalLargest);
}

describe("johansen against urca", () => {
  it.each(cases)("of $series.length series with $lags lags", ({ series, ...expected }) => {
    const found = johansen(series, { lags: expected.lags });
    expect(found).toMatchObject({ status: "ok", n: (series[0]?.length ?? 0) - expected.lags });
    agrees(found, expected);
    const rank = expected.trace.findIndex((statistic, r) => statistic <= (expected.criticalTrace[r] ?? 0));
    expect(found.value?.rank).toBe(rank < 0 ? series.length : rank);
  });

  it.each(cases)("chooses $bic lags by BIC", ({ series, bic }) => {
    expect(vectorLags(series)).toBe(bic);
    expect(johansen(series).value?.lags).toBe(bic);
  });
});

describe("Danish money demand", () => {
  const found = johansen(denmark.series, { lags: 2, others: denmark.season, least: 50 });
  const { value } = found;

  it("is that of Johansen and Juselius", () => {
    agrees(found, denmark);
    expect(found.n).toBe(53);
    const rounded = (values: readonly number[] | undefined, digits: number) =>
      values?.map((v) => Number(v.toFixed(digits)));
    expect(rounded(value?.eigenvalues, 7)).toEqual([0.4331654, 0.1775836, 0.1127905, 0.0434113]);
    expect(
      rounded(
        value?.largest.map(({ statistic }) => statistic),
        4,
      ),
    ).toEqual([30.0875, 10.362, 6.3427, 2.3522]);
    expect(
      rounded(
        value?.trace.map(({ statistic }) => statistic),
        4,
      ),
    ).toEqual([49.1444, 19.0569, 8.695, 2.3522]);
    expect(rounded(value?.vectors[0]?.slice(), 6)).toEqual([1, -1.032949, 5.206919, -4.215879, -6.059932]);
  });

  it("has a relation by its largest eigenvalue and none by its trace", () => {
    expect(value?.largest[0]).toMatchObject({ isRejected: true, critical: { fivePercent: 28.14 } });
    expect(value?.trace[0]).toMatchObject({ isRejected: false, critical: { fivePercent: 53.12 } });
    expect(value?.rank).toBe(0);
  });
});

describe("johansen", () => {
  const { series } = held;
  const first = (n: number) =>
    johansen(
      series.map((path) => path.slice(0, n)),
      { lags: 2 },
    );

  it("needs 250 sessions, or as many as are asked for", () => {
    expect(first(249)).toEqual({
      status: "insufficient",
      value: null,
      n: 249,
      reasons: [{ code: "too-few", need: 250, have: 249 }],
    });
    expect(first(250)).toMatchObject({ status: "ok", n: 248 });
    const few = (n: number) =>
      johansen(
        series.map((path) => path.slice(0, n)),
        { lags: 2, least: 1 },
      );
    // Two series with two lags need eight observations to spare.
    expect(few(9)).toMatchObject({
      status: "insufficient",
      reasons: [{ code: "too-few", need: 8, have: 7 }],
    });
    expect(few(10).status).not.toBe("insufficient");
  });

  it("finds no relation of two walks, and one of legs that keep together", () => {
    expect(johansen([walk(1, 500, 0.01), walk(2, 500, 0.01)]).value?.rank).toBe(0);
    const { long, short } = pairOf(5, 500, 0.5);
    const { value } = johansen([long.map(Math.log), short.map(Math.log)]);
    expect(value?.rank).toBe(1);
    // ln L = ln 50 + 0.8 ln(S / 80): a relation of 1, −0.8.
    expect(value?.vectors[0]?.[1]).toBeCloseTo(-0.8, 1);
  });

  it("does not exist of series that depend on each other", () => {
    const [one = []] = series;
    const code = { status: "undefined", reasons: [{ code: "collinear" }] };
    expect(johansen([one, one], { lags: 2 })).toMatchObject(code);
    expect(johansen([one, one.map((v) => v + Math.log(2))], { lags: 2 })).toMatchObject(code);
    expect(johansen([one, one.map(() => 4)], { lags: 2 })).toMatchObject(code);
  });

  it("refuses one series or six, lengths that differ, what is not finite, and lags that are none", () => {
    const [one = []] = series;
    expect(() => johansen([one])).toThrow(RangeError);
    expect(() => johansen([one, one, one, one, one, one])).toThrow(RangeError);
    expect(() => johansen([one, one.slice(1)])).toThrow(RangeError);
    expect(() => johansen(series, { others: [[1]] })).toThrow(RangeError);
    expect(() => johansen([one, one.with(0, Number.NaN)])).toThrow(RangeError);
    for (const lags of [0, 1.5]) expect(() => johansen(series, { lags })).toThrow(RangeError);
  });

  it("does not see the order or the units of the series, nor any change of them that can be undone", () => {
    const [a = [], b = []] = series;
    const own = johansen(series, { lags: 2 }).value;
    const gap = (other: readonly (readonly number[])[]) =>
      relativeGap(johansen(other, { lags: 2 }).value?.eigenvalues ?? [], own?.eigenvalues ?? []);
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 500 }), fc.integer({ min: -50, max: 50 }), (percent, shift) => {
        expect(gap([b, a])).toBeLessThan(1e-9);
        expect(gap([a.map((v) => (v * percent) / 100), b])).toBeLessThan(1e-8);
        expect(gap([a.map((v) => v + shift), b])).toBeLessThan(1e-8);
        expect(gap([a.map((v, t) => v + (b[t] ?? 0)), b])).toBeLessThan(1e-8);
      }),
      { ...seeded, numRuns: 10 },
    );
    expect(gap([a.map((v, t) => v + 0.01 * Math.sin(t)), b])).toBeGreaterThan(1e-3);
  });

  it("takes one lag: nothing of earlier changes", () => {
    const found = johansen(series, { lags: 1 });
    expect(found).toMatchObject({ status: "ok", n: (series[0]?.length ?? 0) - 1 });
    expect(found.value?.rank).toBe(1);
  });
});

describe("johansenCritical", () => {
  it("are those of a pair, and of none beyond five series", () => {
    expect(johansenCritical("trace", 2)).toEqual({ tenPercent: 17.85, fivePercent: 19.96, onePercent: 24.6 });
    expect(johansenCritical("largest", 2).fivePercent).toBe(15.67);
    expect(johansenCritical("trace", 1)).toEqual(johansenCritical("largest", 1));
    for (const rest of [0, 6, 1.5]) expect(() => johansenCritical("trace", rest)).toThrow(RangeError);
  });
});

describe("vectorLags", () => {
  it("is 1 where there is no criterion", () => {
    expect(
      vectorLags([
        [1, 2, 3],
        [3, 2, 5],
      ]),
    ).toBe(1);
    const [one = []] = held.series;
    expect(vectorLags([one, one])).toBe(1);
  });
});
