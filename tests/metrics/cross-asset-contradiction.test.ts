import { describe, expect, it } from "vitest";
import {
  contradictionRules,
  crossAssetContradiction,
  crossAssetPath,
  type GrowthSignal,
} from "#src/metrics/cross-asset-contradiction.ts";
import reference from "#tests/fixtures/reference/contradictions.json" with { type: "json" };
import { normals } from "#tests/metrics/normals.ts";
import { series } from "#tests/metrics/returns-reference.ts";

const signals = reference.signals as readonly GrowthSignal[];
const until = (n: number, of = signals): readonly GrowthSignal[] =>
  of.map((signal) => ({ ...signal, levels: Object.freeze(signal.levels.slice(0, n)) }));
const path = crossAssetPath(signals);
const gap = (a: number | null | undefined, b: number | null | undefined) =>
  a == null || b == null ? Number((a ?? null) !== (b ?? null)) : Math.abs(a - b);

describe("crossAssetContradiction against the reference", () => {
  it("in every row to 1e-10", () => {
    for (const { t, signals: expected, mix } of reference.assets) {
      for (const [i, g] of expected.entries()) expect(gap(path.signals[i]?.[t], g)).toBeLessThan(1e-10);
      expect(gap(path.contradiction[t], mix?.contradiction)).toBeLessThan(1e-10);
      expect(gap(path.intensity[t], mix?.intensity)).toBeLessThan(1e-10);
    }
    expect(reference.assets.some(({ mix }) => mix === null)).toBe(true);
  });

  it.each([779, 897, 927, 928])("as of session %d", (n) => {
    const { value } = crossAssetContradiction(until(n));
    const mix = reference.assets.find(({ t }) => t === n - 1)?.mix;
    expect(value?.signals).toEqual(path.signals.map((g) => g[n - 1]));
    expect(value?.contradiction).toBe(path.contradiction[n - 1]);
    expect(value?.intensity).toBe(path.intensity[n - 1]);
    if (mix) expect(gap(value?.balance, mix.balance)).toBeLessThan(1e-10);
  });
});

describe("crossAssetContradiction", () => {
  it("needs five signals with a z of today, of 756 earlier changes each", () => {
    expect(crossAssetContradiction(until(776))).toEqual({
      status: "insufficient",
      value: null,
      n: 0,
      reasons: [{ code: "too-few", need: 5, have: 0 }],
    });
    // The sixth signal begins 120 sessions later; the fifth lacks two, and has its z two sessions later.
    expect(crossAssetContradiction(until(778))).toMatchObject({ status: "insufficient", n: 4 });
    expect(crossAssetContradiction(until(779))).toMatchObject({
      status: "warn",
      n: 5,
      reasons: [
        { code: "short-history", need: 2520, have: 756 },
        { code: "components-missing", need: 6, have: 5 },
      ],
    });
    expect(crossAssetContradiction(until(897))).toMatchObject({ n: 6, reasons: [{ code: "short-history" }] });
    expect(crossAssetContradiction([])).toMatchObject({ status: "insufficient", n: 0 });
  });

  const walks = (n: number): readonly GrowthSignal[] =>
    [1, 2, 3, 4, 5].map((seed) => {
      let level = 0;
      const levels = normals(n, seed).map((e) => {
        level += e;
        return level;
      });
      return { sign: 1, change: "difference", levels };
    });

  it("has no caveat from 2,520 earlier changes on", () => {
    const long = walks(2541);
    expect(crossAssetContradiction(until(2540, long))).toMatchObject({ status: "warn", n: 5 });
    expect(crossAssetContradiction(until(2541, long))).toMatchObject({ status: "ok", n: 5, reasons: [] });
  });

  /** Five signals of the same noise, all far out at the end, `down` of them downwards. */
  const far = (down: number, size: number, count = 5): readonly GrowthSignal[] =>
    series(count, 0).map((_, i) => ({
      sign: i < down ? -1 : 1,
      change: "difference",
      levels: series(900, (t) => ((t * 7) % 11) + (t === 899 ? size : 0)),
    }));

  it("may be spoken of where both thresholds are met", () => {
    const { value } = crossAssetContradiction(far(2, 30));
    expect(value?.isContradictory).toBe(true);
    expect(value?.intensity).toBeCloseTo(3, 12);
    expect(value?.contradiction).toBeCloseTo(0.8, 12);
    // Three of ten are exactly enough.
    expect(crossAssetContradiction(far(3, 30, 10)).value?.contradiction).toBeCloseTo(0.6, 12);
    expect(crossAssetContradiction(far(3, 30, 10)).value?.isContradictory).toBe(true);
    expect(crossAssetContradiction(far(2, 30, 10)).value?.isContradictory).toBe(false);
    // One of five against four: C is 0.4.
    expect(crossAssetContradiction(far(1, 30)).value?.isContradictory).toBe(false);
    expect(crossAssetContradiction(far(0, 30)).value?.contradiction).toBe(0);
    const weak = crossAssetContradiction(far(2, 0)).value;
    expect(weak?.contradiction).toBeCloseTo(0.8, 12);
    expect(weak?.intensity).toBeLessThan(0.8);
    expect(weak?.isContradictory).toBe(false);
  });

  it("cuts signals at three deviations, and tells which signals oppose", () => {
    const { value } = crossAssetContradiction(far(2, 1000));
    expect(value?.signals).toEqual([-3, -3, 3, 3, 3]);
    expect(value?.opposing.map(({ positive, negative }) => [positive, negative])).toEqual([
      [2, 0],
      [3, 1],
    ]);
    // By the places in the order given, where an earlier signal is missing.
    const [first, ...rest] = far(2, 1000);
    const hole = first && { ...first, levels: first.levels.with(899, null) };
    const sixth = far(2, 1000)[4];
    const holed = crossAssetContradiction([hole, ...rest, sixth].filter((s) => s !== undefined));
    expect(holed.value?.opposing).toEqual([{ positive: 2, negative: 1, size: expect.closeTo(0.6, 12) }]);
    expect(holed.value?.signals[0]).toBeNull();
  });

  it("steps over a price that has no logarithm, and takes differences of anything", () => {
    const [first, ...rest] = until(900);
    const at = (level: number) => [{ ...first, levels: first?.levels.with(850, level) }, ...rest];
    const log = at(-37) as readonly GrowthSignal[];
    expect(crossAssetPath(log).signals[0]?.[850]).toBeNull();
    expect(crossAssetPath(log).signals[0]?.[851]).not.toBeNull();
    const difference = log.map((signal) => ({ ...signal, change: "difference" as const }));
    expect(crossAssetPath(difference).signals[0]?.[850]).toBe(-3);
  });

  it("turns no contradiction over with all signs, and one with the sign of one signal", () => {
    const turned = crossAssetPath(signals.map((s) => ({ ...s, sign: -s.sign as 1 | -1 })));
    expect(turned.contradiction).toEqual(path.contradiction);
    expect(turned.intensity).toEqual(path.intensity);
    const one = crossAssetPath(signals.map((s, i) => (i === 0 ? { ...s, sign: -s.sign as 1 | -1 } : s)));
    expect(one.contradiction[927]).not.toBe(path.contradiction[927]);
    expect(one.intensity).toEqual(path.intensity);
  });

  it("refuses signals of other lengths, what is no number and weights that are none", () => {
    const [first, ...rest] = until(800);
    const other = (change: Partial<GrowthSignal>) =>
      [{ ...first, ...change }, ...rest] as readonly GrowthSignal[];
    for (const use of [crossAssetContradiction, crossAssetPath]) {
      expect(() => use(other({ levels: series(799, 1) }))).toThrow(RangeError);
      expect(() => use(other({ levels: series(800, 1).with(3, Number.NaN) }))).toThrow(RangeError);
    }
    for (const weight of [0, -1, Number.NaN]) {
      expect(() => crossAssetPath(other({ weight }))).toThrow(RangeError);
      expect(() => crossAssetContradiction(until(900, other({ weight })))).toThrow(RangeError);
    }
    expect(contradictionRules).toEqual({
      horizon: 20,
      clip: 3,
      leastSignals: 5,
      least: 0.6,
      leastIntensity: 0.8,
      history: { min: 756, preferred: 2520 },
    });
  });

  it("uses nothing after a session, and what is before it", () => {
    for (const n of [300, 800, 901]) {
      const short = crossAssetPath(until(n));
      expect(path.contradiction.slice(0, n)).toEqual(short.contradiction);
      expect(path.intensity.slice(0, n)).toEqual(short.intensity);
      expect(path.signals.map((g) => g.slice(0, n))).toEqual(short.signals);
    }
    const changed = crossAssetPath(
      signals.map((s, i) => (i === 1 ? { ...s, levels: s.levels.with(880, 9) } : s)),
    );
    expect(changed.contradiction.slice(0, 880)).toEqual(path.contradiction.slice(0, 880));
    expect(changed.contradiction[880]).not.toBe(path.contradiction[880]);
    expect(changed.contradiction[920]).not.toBe(path.contradiction[920]);
  });
});
