import { describe, expect, it } from "vitest";
import {
  type AppetiteSignal,
  appetiteRules,
  riskAppetite,
  riskAppetitePath,
} from "#src/metrics/risk-appetite.ts";
import reference from "#tests/fixtures/reference/appetite.json" with { type: "json" };
import { series } from "#tests/metrics/returns-reference.ts";

const signals = reference.signals as readonly AppetiteSignal[];
const until = (n: number, of = signals): readonly AppetiteSignal[] =>
  of.map(({ sign, values }) => ({ sign, values: Object.freeze(values.slice(0, n)) }));
const path = riskAppetitePath(signals);
const gap = (a: number | null | undefined, b: number | null | undefined) =>
  (a ?? null) === null || (b ?? null) === null ? (a === b ? 0 : 1) : Math.abs((a ?? 0) - (b ?? 0));

describe("riskAppetite against the reference", () => {
  it("in every row to 1e-10", () => {
    for (const { t, score, percentile, components } of reference.rows) {
      expect(gap(path.score[t], score)).toBeLessThan(1e-10);
      expect(gap(path.percentile[t], percentile)).toBeLessThan(1e-10);
      for (const [i, z] of components.entries()) expect(gap(path.components[i]?.[t], z)).toBeLessThan(1e-10);
    }
  });

  it.each([313, 653, 1071, 1400])("as of session %d", (n) => {
    const { value } = riskAppetite(until(n));
    expect(value).toEqual({
      score: path.score[n - 1],
      percentile: path.percentile[n - 1],
      components: path.components.map((z) => z[n - 1]),
    });
  });
});

describe("riskAppetite", () => {
  it("needs four signals with a z of today", () => {
    expect(riskAppetite(until(312))).toEqual({
      status: "insufficient",
      value: null,
      n: 3,
      reasons: [{ code: "too-few", need: 4, have: 3 }],
    });
    expect(riskAppetite(until(313))).toMatchObject({
      status: "warn",
      n: 0,
      value: { percentile: null },
      reasons: [
        { code: "short-history", need: 2520, have: 0 },
        { code: "components-missing", need: 5, have: 4 },
      ],
    });
    expect(riskAppetite([])).toMatchObject({ status: "insufficient", n: 0 });
    expect(riskAppetite(until(0))).toMatchObject({ status: "insufficient", n: 0 });
    expect(appetiteRules.leastSignals).toBe(4);
  });

  // Made-up signals without gaps: the first score stands at session 252.
  const full = (n: number): readonly AppetiteSignal[] =>
    [7, 11, 13, 17].map((k) => ({ sign: 1 as const, values: series(n, (i) => (i * k) % 101) }));

  it("is ranked among 756 earlier scores, and without a caveat among 2,520", () => {
    expect(riskAppetite(full(253 + 755)).value?.percentile).toBeNull();
    expect(riskAppetite(full(253 + 756)).value?.percentile).not.toBeNull();
    expect(riskAppetite(full(253 + 2519))).toMatchObject({ status: "warn", n: 2519 });
    expect(riskAppetite(full(253 + 2520))).toMatchObject({ status: "ok", n: 2520, reasons: [] });
  });

  it("turns over with the signs, and a signal that is fear counts the other way", () => {
    const turned = until(1400).map(({ sign, values }) => ({ sign: -sign as 1 | -1, values }));
    const [now, then] = [riskAppetite(until(1400)).value, riskAppetite(turned).value];
    expect(then?.score).toBeCloseTo(-(now?.score ?? 0), 12);
    expect(then?.percentile).toBeCloseTo(100 - (now?.percentile ?? 0), 10);
    const [vix, ...rest] = until(1400);
    const calmer = { sign: -1 as const, values: vix?.values.with(1399, (vix.values[1399] ?? 0) - 1) ?? [] };
    expect(riskAppetite([calmer, ...rest]).value?.score).toBeGreaterThan(now?.score ?? 0);
  });

  it("refuses signals of other lengths, and what is no number", () => {
    const [first, ...rest] = until(400);
    const other = (values: readonly number[]) => riskAppetite([{ sign: 1, values }, ...rest]);
    expect(first?.values.length).toBe(400);
    expect(() => other(series(399, 1))).toThrow(RangeError);
    expect(() => other(series(400, 1).with(3, Number.NaN))).toThrow(RangeError);
  });

  it("uses nothing after a session, and what is before it", () => {
    for (const n of [300, 1072, 1301]) {
      const short = riskAppetitePath(until(n));
      expect(path.score.slice(0, n)).toEqual(short.score);
      expect(path.percentile.slice(0, n)).toEqual(short.percentile);
      expect(path.components.map((z) => z.slice(0, n))).toEqual(short.components);
    }
    const changed = riskAppetitePath(
      signals.map(({ sign, values }, i) => ({ sign, values: i === 2 ? values.with(1200, 9) : values })),
    );
    expect(changed.score.slice(0, 1200)).toEqual(path.score.slice(0, 1200));
    expect(changed.score[1200]).not.toBe(path.score[1200]);
    expect(changed.score[1201]).not.toBe(path.score[1201]);
  });
});
