import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { cholesky, mahalanobis } from "#src/metrics/cholesky.ts";
import {
  correlationSurprise,
  correlationSurprisePath,
  correlationSurprisesOf,
} from "#src/metrics/correlation-surprise.ts";
import { returnSurprises, surpriseRules } from "#src/metrics/return-surprise.ts";
import { turbulence, turbulencePath, turbulencesOf } from "#src/metrics/turbulence.ts";
import reference from "#tests/fixtures/reference/turbulence.json" with { type: "json" };
import { inUnits, noisePanel, replaced, sessions } from "#tests/metrics/panels.ts";
import { relativeGap, seeded, series } from "#tests/metrics/returns-reference.ts";
import { covarianceOf, meanOf, small } from "#tests/metrics/small-panel.ts";

type Row = readonly [number, readonly (number | boolean | null)[] | null];
const returns = inUnits(reference.turbulence.returns);
const cases = [reference.turbulence, ...reference.shrinking].map((each) => ({
  panel: inUnits(each.returns),
  rows: each.rows as unknown as readonly Row[],
}));
const within = (actual: number | null | undefined, expected: unknown) =>
  expect(relativeGap([actual ?? Number.NaN], [Number(expected)])).toBeLessThan(1e-9);

function agrees(panel: ReturnType<typeof inUnits>, expected: NonNullable<Row[1]>): void {
  const [d, assets, n, surprise, magnitude, p, isShrunk] = expected;
  const [found, ofCorrelation] = [turbulence(panel), correlationSurprise(panel)];
  expect(found).toMatchObject({ n, value: { assets, isShrunk } });
  within(found.value?.turbulence, Number(d) / Number(assets));
  within(found.value?.distance, d);
  if (p === null) expect(found.value?.pValue).toBeNull();
  else within(found.value?.pValue, p);
  within(ofCorrelation.value?.surprise, surprise);
  within(ofCorrelation.value?.magnitude, magnitude);
}

/** Distances of every day of a sample by its own mean and covariance. */
function inSample(panel: readonly (readonly number[])[]) {
  const covariance = covarianceOf(panel);
  const factor = cholesky(covariance, panel.length) ?? new Float64Array();
  return series(panel[0]?.length ?? 0, (t) => {
    const y = Float64Array.from(panel, (path) => (path[t] ?? 0) - meanOf(path));
    return mahalanobis(factor, y);
  });
}

describe("turbulence", () => {
  it.each(cases)("agrees with scipy to 1e-9, day by day: case %#", ({ panel, rows }) => {
    const [path, surprises] = [turbulencePath(panel), correlationSurprisePath(panel)];
    for (const [t, expected] of rows) {
      if (expected === null) expect([path[t], surprises[t]]).toEqual([null, null]);
      else {
        agrees(sessions(panel, 0, t + 1), expected);
        within(path[t], Number(expected[0]) / Number(expected[1]));
        within(surprises[t], expected[3]);
      }
    }
  });

  it("and correlation surprise are of one estimate, which may be made once", () => {
    const surprises = returnSurprises(returns);
    expect(turbulencesOf(surprises)).toEqual(turbulencePath(returns));
    expect(correlationSurprisesOf(surprises)).toEqual(correlationSurprisePath(returns));
  });

  it("was compared with assets missing, with sessions left out, and with covariances shrunk", () => {
    const rows = cases.flatMap(({ panel, rows: all }) =>
      all.map(([t, row]) => ({ size: panel.length, t, row })),
    );
    expect(rows.filter(({ size, row }) => row !== null && Number(row[1]) < size).length).toBeGreaterThan(2);
    expect(rows.filter(({ t, row }) => row !== null && t < 756 && Number(row[2]) < t).length).toBeGreaterThan(
      2,
    );
    expect(rows.filter(({ row }) => row?.[6]).length).toBeGreaterThan(3);
    expect(rows.some(({ row }) => row === null)).toBe(true);
  });

  it("has the published distances of three assets and six days, in sample, which sum to n(T − 1)", () => {
    const published = [3.3173517, 1.9451936, 1.9129622, 2.8562153, 2.7699436, 2.1983337];
    const found = inSample(small);
    for (const [t, d] of published.entries()) expect(found[t]).toBeCloseTo(d, 7);
    expect(found.reduce((a, b) => a + b, 0)).toBeCloseTo(15, 11);
    const surprises = [2.0435103, 0.6355564, 0.6491071, 1.0673766, 0.7783011, 1.9384352];
    const covariance = covarianceOf(small);
    for (const [t, s] of surprises.entries()) {
      const squares = small.reduce(
        (sum, path, i) => sum + ((path[t] ?? 0) - meanOf(path)) ** 2 / (covariance[4 * i] ?? 0),
        0,
      );
      expect((found[t] ?? 9) / squares).toBeCloseTo(s, 7);
    }
  });

  it("takes its p from F = d T(T − n) / (n(T² − 1)): 3.2540 for d = 20 of 6 assets and 252 sessions", () => {
    expect((20 * 252 * (252 - 6)) / (6 * (252 ** 2 - 1))).toBeCloseTo(3.254, 4);
    const calm = noisePanel(6, 252, 3);
    const point = (size: number) => turbulence(calm.map((path, i) => [...path, i === 0 ? size : 0]));
    // A move so large that 1 − F would be 0.
    const far = point(1).value?.pValue ?? 0;
    expect(far).toBeGreaterThan(0);
    expect(far).toBeLessThan(1e-60);
    expect(point(0.005).value?.pValue).toBeGreaterThan(0.5);
  });

  it("needs 250 complete sessions before its day, or three an asset, and says when they are fewer than 756", () => {
    const panel = noisePanel(5, 760);
    expect(turbulence(sessions(panel, 0, 251))).toMatchObject({
      status: "warn",
      n: 250,
      reasons: [{ code: "short-window", need: 756, have: 250 }],
    });
    expect(turbulence(sessions(panel, 0, 250))).toEqual({
      status: "insufficient",
      value: null,
      n: 249,
      reasons: [{ code: "too-few", need: 250, have: 249 }],
    });
    expect(turbulence(sessions(replaced(panel, 2, 7, null), 0, 251))).toMatchObject({
      status: "insufficient",
      n: 249,
    });
    expect(turbulence(sessions(panel, 0, 756)).status).toBe("warn");
    expect(turbulence(sessions(panel, 0, 757))).toMatchObject({ status: "ok", n: 756 });
    expect(turbulence(panel)).toMatchObject({ status: "ok", n: 756 });
    const many = noisePanel(90, 271);
    expect(turbulence(many)).toMatchObject({
      status: "warn",
      n: 270,
      value: { isShrunk: true, pValue: null },
    });
    expect(turbulence(sessions(many, 0, 270))).toMatchObject({
      status: "insufficient",
      reasons: [{ need: 270, have: 269 }],
    });
    expect(turbulence([])).toMatchObject({ status: "insufficient", n: 0 });
  });

  it("judges by four of five assets, and not by three", () => {
    const panel = noisePanel(5, 300);
    const four = replaced(panel, 1, 299, null);
    expect(turbulence(four)).toMatchObject({ status: "warn", value: { assets: 4 } });
    const alone = turbulence(panel.filter((_, i) => i !== 1)).value?.turbulence;
    expect(turbulence(four).value?.turbulence).toBeCloseTo(alone ?? 9, 10);
    expect(turbulence(replaced(four, 3, 299, null))).toMatchObject({
      status: "insufficient",
      reasons: [{ code: "coverage", need: 0.8, have: 0.6 }],
    });
    // With just enough sessions before, it is not these that are too few.
    const least = replaced(replaced(sessions(panel, 0, 251), 1, 250, null), 3, 250, null);
    expect(turbulence(least)).toMatchObject({ n: 250, reasons: [{ code: "coverage" }] });
  });

  it("shrinks above a condition number of a million, and not at it", () => {
    // ±a every session against ±b every two: no covariance at all, variances in proportion a² : b².
    const panel = (ratio: number) => [
      series(253, (t) => (t % 2 === 0 ? 0.01 : -0.01)),
      series(253, (t) => ((t >> 1) % 2 === 0 ? 0.01 : -0.01) / Math.sqrt(ratio)),
    ];
    const isShrunk = (ratio: number) => turbulence(panel(ratio)).value?.isShrunk;
    expect(isShrunk(1e6 * (1 - 1e-6))).toBe(false);
    expect(isShrunk(1e6 * (1 + 1e-6))).toBe(true);
    expect(surpriseRules.mostCondition).toBe(1e6);
  });

  it("shrinks rather than fails where an asset stands still, and does not exist where all do", () => {
    const [a = [], b = []] = noisePanel(2, 300);
    expect(turbulence([a, b, series(300, 0)]).value).toMatchObject({ isShrunk: true });
    expect(turbulence([series(300, 0), series(300, 0.01)])).toMatchObject({
      status: "undefined",
      reasons: [{ code: "zero-variance" }],
    });
    expect(turbulencePath([series(300, 0)]).every((v) => v === null)).toBe(true);
  });

  it("refuses lengths that differ and what is not finite", () => {
    expect(() => turbulence([[0.1, 0.2], [0.1]])).toThrow(RangeError);
    expect(() => turbulencePath([[0.1, Number.NaN]])).toThrow(RangeError);
  });
});

describe("correlationSurprise", () => {
  it("says nothing of moves below a magnitude of 0.05", () => {
    const panel = noisePanel(4, 400);
    const history = panel.map((path) => path.slice(0, 399));
    // Moves of the mean and so many standard deviations: the magnitude is their square.
    const day = (size: number) =>
      correlationSurprise(
        history.map((path) => {
          const mean = meanOf(path);
          const sd = Math.sqrt(path.reduce((sum, r) => sum + (r - mean) ** 2, 0) / 398);
          return [...path, mean + size * sd];
        }),
      );
    expect(day(Math.sqrt(0.0501)).value?.magnitude).toBeCloseTo(0.0501, 10);
    expect(day(Math.sqrt(0.0499))).toMatchObject({ status: "undefined", reasons: [{ code: "small-moves" }] });
  });

  it("is above 1 for what moves against its habit, and below for the same sizes along it", () => {
    const market = noisePanel(1, 400)[0] ?? [];
    const own = noisePanel(4, 400, 9, 0.003);
    const history = own.map((path) => path.map((r, t) => r + (market[t] ?? 0)));
    const day = (signs: readonly number[]) =>
      correlationSurprise(history.map((path, i) => [...path, 0.02 * (signs[i] ?? 0)])).value?.surprise;
    expect(day([1, -1, 1, -1])).toBeGreaterThan(2);
    expect(day([1, 1, 1, 1])).toBeLessThan(0.5);
  });

  it("is refused as turbulence is", () => {
    expect(correlationSurprise(noisePanel(3, 100))).toMatchObject({ status: "insufficient", n: 99 });
    expect(() => correlationSurprise([[Number.NaN]])).toThrow(RangeError);
  });
});

describe("laws of turbulence", () => {
  const seed = fc.integer({ min: 1, max: 9999 });

  it("is n(T − 1)/T on average in sample, and does not see how assets are combined", () => {
    fc.assert(
      fc.property(seed, fc.integer({ min: 2, max: 6 }), fc.integer({ min: 20, max: 60 }), (k, n, count) => {
        const panel = noisePanel(n, count, k);
        expect(meanOf(inSample(panel))).toBeCloseTo((n * (count - 1)) / count, 9);
      }),
      { ...seeded, numRuns: 30 },
    );
    const panel = noisePanel(4, 300);
    const [a = [], b = [], c = [], d = []] = panel;
    const mixed = [
      a.map((x, t) => 2 * x - (b[t] ?? 0)),
      b.map((x, t) => x + 3 * (c[t] ?? 0)),
      c,
      d.map((x) => x / 5),
    ];
    const [own, combined] = [turbulencePath(panel), turbulencePath(mixed)];
    for (const [t, value] of own.entries()) if (value !== null) expect(combined[t]).toBeCloseTo(value, 8);
    // The surprise does see it: it is of these assets.
    expect(correlationSurprisePath(mixed).at(-1)).not.toBeCloseTo(
      correlationSurprisePath(panel).at(-1) ?? 9,
      3,
    );
  });

  it("does not mask a day by itself: in sample no distance can pass (T − 1)²/T, before it any can", () => {
    const calm = noisePanel(3, 300);
    const leap = calm.map((path) => [...path, 0.5]);
    expect(inSample(leap).at(-1)).toBeLessThan(300 ** 2 / 301);
    expect(turbulence(leap).value?.distance).toBeGreaterThan(300 ** 2 / 301);
  });

  it("looks at nothing after its day, and at all before; a day is no part of its own estimate", () => {
    const whole = turbulencePath(returns);
    for (const n of [251, 301, 756, 757, 1020]) {
      expect(turbulencePath(sessions(returns, 0, n))).toEqual(whole.slice(0, n));
      expect(correlationSurprisePath(sessions(returns, 0, n))).toEqual(
        correlationSurprisePath(returns).slice(0, n),
      );
    }
    const changed = turbulencePath(replaced(returns, 4, 800, 0.2));
    expect(changed.slice(0, 800)).toEqual(whole.slice(0, 800));
    expect(changed[800]).toBeGreaterThan(10 * (whole[800] ?? 9));
    expect(changed[801]).not.toBe(whole[801]);
  });

  // A price of ten million times its worth: its square of 10¹⁴ would leave a rounding of a hundredth in sums of a tenth.
  it("makes its sums anew where a misprint has left them, so that nothing of it stays", () => {
    const long = noisePanel(3, 900);
    const [whole, changed] = [turbulencePath(long), turbulencePath(replaced(long, 1, 100, 1e7))];
    for (let t = 857; t < 900; t++)
      expect(Math.abs((changed[t] ?? 9) / (whole[t] ?? 1) - 1)).toBeLessThan(1e-9);
    expect(Math.abs((changed[856] ?? 9) / (whole[856] ?? 1) - 1)).toBeGreaterThan(0.01);
  });

  it("forgets what is older than 756 complete sessions", () => {
    const long = noisePanel(3, 1700);
    const changed = turbulencePath(replaced(long, 1, 800, 0.05));
    const whole = turbulencePath(long);
    // Session 800 is the oldest of the 756 before session 1556.
    expect(Math.abs((changed[1556] ?? 9) / (whole[1556] ?? 1) - 1)).toBeGreaterThan(1e-6);
    expect(Math.abs((changed[1557] ?? 9) / (whole[1557] ?? 1) - 1)).toBeLessThan(1e-9);
  });
});
