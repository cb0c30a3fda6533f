import { describe, expect, it } from "vitest";
import { leadLag, searchedP } from "#src/metrics/lead-lag.ts";
import { growthStanding, macroSpillover, yearOnYear } from "#src/metrics/macro-spillover.ts";
import macro from "#tests/fixtures/reference/macro.json" with { type: "json" };
import { normals } from "#tests/metrics/normals.ts";
import { relativeGap, series } from "#tests/metrics/returns-reference.ts";

const [fast = { values: [] as number[] }, usual = fast, longer = fast] = macro.growth;

describe("growthStanding against pandas", () => {
  it.each(macro.growth)("z of $growth is $z", ({ values, growth, z }) => {
    const { value } = growthStanding(values);
    expect(value?.growth).toBeCloseTo(growth, 13);
    expect(value?.z).toBeCloseTo(z, 9);
    expect(value?.isAbove).toBe(z > 1);
  });

  // n months are n − 12 of growth, of which the last is today's.
  it("needs 60 months of earlier growth, and has no caveat from 120 on", () => {
    const last = (n: number) => growthStanding(longer.values.slice(-n));
    expect(last(72)).toMatchObject({
      status: "insufficient",
      reasons: [{ code: "too-few", need: 60, have: 59 }],
    });
    expect(last(73)).toMatchObject({ status: "warn", n: 60 });
    expect(last(132)).toMatchObject({
      status: "warn",
      reasons: [{ code: "short-history", need: 120, have: 119 }],
    });
    expect(last(133)).toMatchObject({ status: "ok", n: 120 });
  });

  it("forgets growth of more than ten years ago, and nothing younger", () => {
    const spoilt = (t: number) => growthStanding(longer.values.with(t, 1)).value;
    expect(spoilt(200 - 134)).toEqual(growthStanding(longer.values).value);
    expect(spoilt(200 - 133)).not.toEqual(growthStanding(longer.values).value);
  });

  it("has no value of a month, or a year before it, that was not published", () => {
    const gap = (t: number) => growthStanding(fast.values.map((v, i) => (i === t ? null : v)));
    expect(gap(132)).toMatchObject({ status: "insufficient" });
    expect(gap(120)).toMatchObject({ status: "insufficient" });
    expect(gap(100)).toMatchObject({ status: "warn", n: 118 });
  });

  it("stands above from just over one deviation on", () => {
    // Growth of 0 and 2 by turns over 120 months: mean 1, deviation √(120/119).
    const path = (growth: number) => {
      const values = [...series(12, (t) => 1 + t)];
      for (let t = 12; t < 132; t++) values.push((values[t - 12] ?? 0) * (1 + (t % 2) * 2));
      return growthStanding([...values, (values[120] ?? 0) * (1 + growth)]).value;
    };
    const edge = 1 + Math.sqrt(120 / 119);
    expect(path(edge + 1e-6)?.isAbove).toBe(true);
    expect(path(edge - 1e-6)?.isAbove).toBe(false);
  });

  it("does not exist of growth that never changed", () => {
    expect(growthStanding(series(133, 5))).toMatchObject({
      status: "undefined",
      reasons: [{ code: "zero-variance" }],
    });
  });

  it.each([0, -1, Number.NaN, Number.POSITIVE_INFINITY])("refuses a level of %d", (level) => {
    expect(() => growthStanding(fast.values.with(3, level))).toThrow(RangeError);
  });
});

describe("yearOnYear", () => {
  it("is known at once and never changes", () => {
    const path = yearOnYear(longer.values);
    for (const n of [0, 12, 13, 100]) expect(yearOnYear(longer.values.slice(0, n))).toEqual(path.slice(0, n));
    expect(yearOnYear(longer.values.with(50, 1)).slice(0, 51)).not.toEqual(path.slice(0, 51));
    expect(path.slice(0, 12)).toEqual(series(12, 0).map(() => null));
  });
});

describe("macroSpillover", () => {
  it("counts series that grow faster than usual", () => {
    const three = macroSpillover([fast.values, usual.values, longer.values]);
    expect(three).toMatchObject({ status: "ok", n: 3, value: { above: 2, isSpillover: true } });
    expect(macroSpillover([fast.values, usual.values, usual.values]).value).toMatchObject({
      above: 1,
      isSpillover: false,
    });
  });

  it("needs two series, and has a caveat where one has too little", () => {
    expect(macroSpillover([fast.values])).toMatchObject({
      status: "insufficient",
      reasons: [{ code: "too-few", need: 2, have: 1 }],
    });
    const two = macroSpillover([fast.values, [1, 2], longer.values]);
    expect(two).toMatchObject({ status: "warn", n: 2, value: { above: 2, isSpillover: true } });
    expect(two.value?.series[1]?.status).toBe("insufficient");
    expect(macroSpillover([])).toMatchObject({ status: "insufficient", n: 0 });
  });
});

describe("leadLag against scipy and statsmodels", () => {
  it.each(macro.leadlag)("over $most lags, horizon $horizon", ({ x, y, most, horizon, rows, strongest }) => {
    const { value } = leadLag(x, y, { most, horizon });
    const column = (key: "lag" | "correlation" | "t" | "p" | "q") =>
      value?.lags.map((row) => row[key] ?? Number.NaN) ?? [];
    const expected = (i: number) => rows.map((row) => row[i] ?? Number.NaN);
    expect(column("lag")).toEqual(expected(0));
    expect(relativeGap(column("correlation"), expected(1))).toBeLessThan(1e-9);
    expect(relativeGap(column("t"), expected(2))).toBeLessThan(1e-8);
    expect(relativeGap(column("p"), expected(3))).toBeLessThan(1e-7);
    expect(relativeGap(column("q"), expected(4))).toBeLessThan(1e-7);
    expect(value?.strongest?.lag).toBe(strongest);
  });
});

describe("leadLag", () => {
  const [x, e] = [normals(80, 5), normals(80, 6)];

  it("turns round when the two are swapped", () => {
    const y = x.map((_, t) => (x[t - 2] ?? 0) + 0.5 * (e[t] ?? 0));
    const [one, other] = [leadLag(x, y, { horizon: 1 }).value, leadLag(y, x, { horizon: 1 }).value];
    expect(one?.strongest?.lag).toBe(2);
    expect(other?.strongest?.lag).toBe(-2);
    const found = other?.lags.toReversed().map(({ correlation }) => correlation) ?? [];
    expect(relativeGap(found, one?.lags.map(({ correlation }) => correlation) ?? [])).toBeLessThan(1e-9);
  });

  it("finds no lag of two that have nothing to do with each other", () => {
    expect(leadLag(x, e, { horizon: 1 }).value?.strongest).toBeNull();
  });

  it("needs 36 pairs at the longest lag", () => {
    const first = (n: number) => leadLag(x.slice(0, n), e.slice(0, n));
    expect(first(47)).toMatchObject({
      status: "insufficient",
      reasons: [{ code: "too-few", need: 36, have: 35 }],
    });
    expect(first(48)).toMatchObject({ status: "ok", n: 48 });
    expect(first(48).value?.lags.map(({ pairs }) => pairs)[0]).toBe(36);
    expect(leadLag([], [])).toMatchObject({ status: "insufficient", n: 0 });
  });

  it("does not exist where one of the two does not move", () => {
    const code = { status: "undefined", reasons: [{ code: "zero-variance" }] };
    expect(leadLag(series(80, 1), e)).toMatchObject(code);
    expect(leadLag(x, series(80, 1))).toMatchObject(code);
  });

  it("has no error of a series against itself at lag 0, and one at the others", () => {
    const rows = leadLag(x, x, { most: 1, horizon: 1 }).value?.lags ?? [];
    expect(rows.map(({ t }) => t === null)).toEqual([false, true, false]);
    expect(rows[1]).toMatchObject({ correlation: 1, p: null, q: null });
  });

  it("refuses lengths that differ, what is not finite, and lags that are none", () => {
    expect(() => leadLag(x.slice(1), e)).toThrow(RangeError);
    expect(() => leadLag(x.with(0, Number.NaN), e)).toThrow(RangeError);
    expect(() => leadLag(x, e, { most: -1 })).toThrow(RangeError);
    expect(() => leadLag(x, e, { most: 1.5 })).toThrow(RangeError);
    expect(() => leadLag(x, e, { horizon: 0 })).toThrow(RangeError);
  });
});

describe("searchedP", () => {
  const of = (correlation: number, pairs: number, p: number | null, lags = 1) =>
    searchedP({ correlation, pairs, p }, lags);

  it("is that of as many pairs as do not overlap, as scipy has it", () => {
    expect(of(0.5, 120, 0)).toBeCloseTo(0.1411, 4);
    expect(of(-0.9, 108, null)).toBeCloseTo(0.000943, 6);
  });

  it("is that in HAC errors where this is the larger, times the lags, and 1 at most", () => {
    expect(of(-0.9, 108, 0.004)).toBeCloseTo(0.004, 12);
    expect(of(-0.9, 108, 0.004, 25)).toBeCloseTo(0.1, 12);
    expect(of(0.3, 120, 0.01, 25)).toBe(1);
    expect(of(0.9, 30, 0)).toBe(1);
  });

  it("is nought of a line that fits exactly", () => {
    expect(of(1, 120, null, 25)).toBeCloseTo(0, 12);
  });
});
