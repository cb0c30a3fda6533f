import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { correlationPath, pearson, spearman, spearmanPath } from "#src/metrics/correlation.ts";
import { correlationDifference, correlationInterval, fisherError } from "#src/metrics/fisher-z.ts";
import { ljungBox } from "#src/metrics/ljung-box.ts";
import { midRanks } from "#src/metrics/mid-ranks.ts";
import reference from "#tests/fixtures/reference/correlation-flip.json" with { type: "json" };
import { noisePanel } from "#tests/metrics/panels.ts";
import { seeded, series } from "#tests/metrics/returns-reference.ts";

const [x, y] = [reference.plain.x, reference.plain.y].map((path) => path.map((v) => v / 1e5)) as [
  number[],
  number[],
];
const [tiesX = [], tiesY = []] = reference.ties;
const every = (path: readonly (number | null)[]) => path.slice(59).filter((_, t) => t % 3 === 0);
const gap = (actual: readonly (number | null)[], expected: readonly number[]) =>
  Math.max(...expected.map((e, t) => Math.abs((actual[t] ?? 9) - e)));

describe("correlations", () => {
  it("agree with pandas and scipy to 1e-12, window by window, with many ties", () => {
    expect(gap(every(correlationPath(x, y)), reference.rolling)).toBeLessThan(1e-12);
    expect(gap(every(spearmanPath(tiesX, tiesY)), reference.ranks)).toBeLessThan(1e-13);
    expect(new Set(tiesX).size).toBeLessThan(20);
    const last = { x: x.slice(-60), y: y.slice(-60) };
    expect(pearson(last.x, last.y)).toMatchObject({ status: "ok", n: 60 });
    expect(pearson(last.x, last.y).value).toBeCloseTo(reference.plain.recent[0] ?? 9, 13);
    expect(spearman(last.x, last.y).value).toBeCloseTo(reference.plain.recent[3] ?? 9, 13);
  });

  it("are the last of their paths", () => {
    for (const [measure, path] of [
      [pearson, correlationPath],
      [spearman, spearmanPath],
    ] as const)
      expect(path(x, y, 40).at(-1)).toBeCloseTo(measure(x.slice(-40), y.slice(-40)).value ?? 9, 12);
  });

  it.each([
    [pearson, correlationPath],
    [spearman, spearmanPath],
  ] as const)("need three pairs that move: %#", (of, path) => {
    expect(of([1, 2, 4], [3, 1, 2]).status).toBe("ok");
    expect(of([1, 2], [3, 1])).toMatchObject({
      status: "insufficient",
      reasons: [{ code: "too-few", need: 3, have: 2 }],
    });
    expect(of([1, 1, 1], [3, 1, 2])).toMatchObject({
      status: "undefined",
      reasons: [{ code: "zero-variance" }],
    });
    expect(path([1, 1, 1, 2], [3, 1, 2, 2], 3)).toEqual([null, null, null, expect.any(Number)]);
    expect(() => of([1, 2, 3], [1, 2])).toThrow(RangeError);
    expect(() => of([1, 2, 3], [1, 2, Number.NaN])).toThrow(RangeError);
    expect(() => path([1, 2, 3], [1, 2], 3)).toThrow(RangeError);
    expect(() => path([1, 2, Number.NaN], [1, 2, 3], 3)).toThrow(RangeError);
    expect(() => path([1, 2, 3], [1, 2, 3], 2)).toThrow(RangeError);
  });

  it("are symmetric, within −1 and 1, and do not see unit or origin; ranks see no rising map at all", () => {
    const pairs = fc.array(fc.tuple(fc.integer({ min: -99, max: 99 }), fc.integer({ min: -99, max: 99 })), {
      minLength: 8,
      maxLength: 40,
    });
    let bent = 0;
    fc.assert(
      fc.property(pairs, (rows) => {
        const [a, b] = [rows.map(([v]) => v), rows.map(([, v]) => v)];
        for (const measure of [pearson, spearman]) {
          const r = measure(a, b).value;
          fc.pre(r !== null);
          expect(Math.abs(r ?? 9)).toBeLessThanOrEqual(1);
          expect(measure(b, a).value).toBeCloseTo(r ?? 9, 13);
          expect(
            measure(
              a.map((v) => 3 * v + 7),
              b,
            ).value,
          ).toBeCloseTo(r ?? 9, 12);
          expect(
            measure(
              a.map((v) => -v),
              b,
            ).value,
          ).toBeCloseTo(-(r ?? 9), 12);
        }
        expect(
          spearman(
            a.map((v) => v ** 3),
            b,
          ).value,
        ).toBeCloseTo(spearman(a, b).value ?? 9, 12);
        if (
          Math.abs(
            (pearson(
              a.map((v) => v ** 3),
              b,
            ).value ?? 0) - (pearson(a, b).value ?? 0),
          ) > 0.01
        )
          bent++;
      }),
      seeded,
    );
    expect(bent).toBeGreaterThan(20);
    expect(
      pearson(
        x,
        x.map((v) => 2 * v),
      ).value,
    ).toBe(1);
    expect(
      spearman(
        x,
        x.map((v) => -v),
      ).value,
    ).toBe(-1);
  });

  it("look at nothing after their day, and at all before", () => {
    for (const path of [correlationPath, spearmanPath]) {
      const whole = path(x, y);
      expect(path(x.slice(0, 200), y.slice(0, 200))).toEqual(whole.slice(0, 200));
      const later = path(x.with(200, 1), y);
      expect(later.slice(0, 200)).toEqual(whole.slice(0, 200));
      expect(later[200]).not.toBe(whole[200]);
      expect(later[259]).not.toBe(whole[259]);
      expect(later[260]).toBeCloseTo(whole[260] ?? 9, 10);
    }
  });
});

describe("midRanks", () => {
  it("share the mean among equals", () => {
    expect([...midRanks(Float64Array.of(10, 20, 10, 5, 10))]).toEqual([3, 5, 3, 1, 3]);
    expect([...midRanks(new Float64Array())]).toEqual([]);
  });
});

describe("Fisher's z", () => {
  it("is that of the golden case: 4.584875 for 0.5 against −0.3, 60 each, p 4.5e-6; interval −0.5147 to −0.0499", () => {
    const [a, b] = [correlationInterval(0.5, fisherError(60)), correlationInterval(-0.3, fisherError(60))];
    expect(correlationDifference(a, b)).toEqual({
      z: expect.closeTo(4.584875, 6),
      pValue: expect.closeTo(4.54e-6, 8),
    });
    expect(b.low).toBeCloseTo(-0.5147, 4);
    expect(b.high).toBeCloseTo(-0.0499, 4);
  });

  it("agrees with psych to 1e-8, and swaps its sign with the samples", () => {
    for (const [r1 = 0, n1 = 0, r2 = 0, n2 = 0, z = 0, p = 0] of reference.psych) {
      const [a, b] = [correlationInterval(r1, fisherError(n1)), correlationInterval(r2, fisherError(n2))];
      // psych gives |z|.
      expect(Math.abs(correlationDifference(a, b).z)).toBeCloseTo(z, 10);
      expect(correlationDifference(a, b).pValue).toBeCloseTo(p, 10);
      expect(correlationDifference(b, a).z + correlationDifference(a, b).z).toBe(0);
    }
  });

  it("agrees with scipy's intervals to 1e-12", () => {
    for (const [r = 0, low = 0, high = 0] of [
      reference.plain.recent,
      reference.lively.recent,
      reference.weekly.recent,
    ]) {
      const n = r === reference.weekly.recent[0] ? 26 : 60;
      const found = correlationInterval(r, fisherError(n));
      expect(found.low).toBeCloseTo(low, 12);
      expect(found.high).toBeCloseTo(high, 12);
    }
  });

  it("widens with the level and narrows with the pairs, and refuses what has no interval", () => {
    const width = (n: number, level: number) => {
      const { low, high } = correlationInterval(0.4, fisherError(n), level);
      return high - low;
    };
    expect(width(60, 0.99)).toBeGreaterThan(width(60, 0.95));
    expect(width(120, 0.95)).toBeLessThan(width(60, 0.95));
    for (const bad of [1, -1, Number.NaN]) expect(() => correlationInterval(bad, 0.1)).toThrow(RangeError);
    expect(() => correlationInterval(0.1, -0.1)).toThrow(RangeError);
    expect(() => correlationInterval(0.1, 0.1, 1)).toThrow(RangeError);
    expect(() => fisherError(3)).toThrow(RangeError);
    expect(fisherError(4)).toBe(1);
  });
});

describe("ljungBox", () => {
  it("agrees with statsmodels to 1e-10", () => {
    const products = [...centred(x.slice(20, 270), y.slice(20, 270)), ...centred(x.slice(270), y.slice(270))];
    const { value } = ljungBox(products);
    expect(value?.statistic).toBeCloseTo(reference.plain.ljungBox[0] ?? 9, 10);
    expect(value?.pValue).toBeCloseTo(reference.plain.ljungBox[1] ?? 9, 12);
  });

  it("needs two more values than lags, which move", () => {
    expect(ljungBox([1, 2, 1, 3, 1, 2, 4]).status).toBe("ok");
    expect(ljungBox([1, 2, 1, 3, 1, 2])).toMatchObject({
      status: "insufficient",
      reasons: [{ need: 7, have: 6 }],
    });
    expect(ljungBox(series(30, 0.1))).toMatchObject({
      status: "undefined",
      reasons: [{ code: "zero-variance" }],
    });
    expect(() => ljungBox([...series(30, 1), Number.NaN])).toThrow(RangeError);
  });

  it("rejects what goes on and not what does not", () => {
    const noise = noisePanel(1, 300, 5)[0] ?? [];
    expect(ljungBox(noise).value?.pValue).toBeGreaterThan(0.05);
    const sums = noise.map((v, t) => v + (noise[t - 1] ?? 0));
    expect(ljungBox(sums).value?.pValue).toBeLessThan(1e-6);
  });
});

function centred(a: readonly number[], b: readonly number[]): readonly number[] {
  const products = a.map((v, t) => v * (b[t] ?? 0));
  const mean = products.reduce((sum, v) => sum + v, 0) / products.length;
  return products.map((v) => v - mean);
}
