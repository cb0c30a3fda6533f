import { describe, expect, it } from "vitest";
import { blockLength } from "#src/metrics/block-length.ts";
import { empiricalRarity, rarityRules } from "#src/metrics/empirical-rarity.ts";
import { wilsonInterval } from "#src/metrics/wilson-interval.ts";
import reference from "#tests/fixtures/reference/contradictions.json" with { type: "json" };

const need = { min: 756, preferred: 2520 };
/** Quick, where the interval does not matter. */
const replicates = 60;
/** So many sessions of which every k-th was so. */
const every = (n: number, k: number): readonly boolean[] =>
  Object.freeze(Array.from({ length: n }, (_, i) => i % k === k - 1));
const never = (n: number): readonly boolean[] => every(n, n + 1);
/** One run at the beginning. */
const run = (n: number, length: number): readonly boolean[] =>
  Object.freeze(Array.from({ length: n }, (_, i) => i < length));

describe("empiricalRarity against the reference", () => {
  // Ends are quantiles of 2,000 resamples against those of 20,000; or Wilson's where that is wider.
  it.each(reference.rarity)(
    "of $share with blocks of $block",
    ({ hits, horizon, share, block, low, high }) => {
      const was = [...hits].map((hit) => hit === "1");
      const found = empiricalRarity(was, { horizon, need: { min: 60, preferred: 60 } }).value;
      const wilson = wilsonInterval(share, was.length / horizon);
      expect(found?.share).toBe(share);
      expect(found?.block).toBeCloseTo(block, 9);
      expect(found?.effective).toBe(was.length / horizon);
      expect(Math.abs((found?.low ?? 9) - Math.min(low, wilson.low))).toBeLessThan(0.01);
      expect(Math.abs((found?.high ?? 9) - Math.max(high, wilson.high))).toBeLessThan(0.01);
    },
  );

  it("has ends of either interval there", () => {
    const wider = reference.rarity.map(({ hits, horizon, share, high }) => {
      return wilsonInterval(share, hits.length / horizon).high > high;
    });
    expect(new Set(wider).size).toBe(2);
  });
});

describe("empiricalRarity", () => {
  it("needs as many sessions as are asked for, and ten", () => {
    const of = (n: number) => empiricalRarity(every(n, 50), { horizon: 20, need, replicates });
    expect(of(755)).toEqual({
      status: "insufficient",
      value: null,
      n: 755,
      reasons: [{ code: "too-few", need: 756, have: 755 }],
    });
    expect(of(756)).toMatchObject({
      status: "warn",
      reasons: [{ code: "short-history", need: 2520, have: 756 }],
    });
    expect(of(2519).status).toBe("warn");
    expect(of(2520)).toMatchObject({ status: "ok", n: 2520, reasons: [] });
    const few = { horizon: 1, need: { min: 0, preferred: 0 } };
    expect(empiricalRarity(every(9, 3), few)).toMatchObject({ status: "insufficient", n: 9 });
    expect(empiricalRarity(every(10, 3), few).status).toBe("ok");
  });

  it("knows that what never happened may happen", () => {
    const found = empiricalRarity(never(2520), { horizon: 20, need, replicates }).value;
    expect(found).toMatchObject({ share: 0, low: 0, isExtremelyRare: true });
    expect(found?.high).toBeCloseTo(wilsonInterval(0, 126).high, 14);
    // 756 sessions are 37.8 that do not overlap: the upper end is 9.2 %; of 680, 10.2 %, and the word may not be said.
    const short = { horizon: 20, need: { min: 60, preferred: 60 }, replicates };
    expect(empiricalRarity(never(756), short).value?.high).toBeCloseTo(0.0923, 4);
    expect(empiricalRarity(never(756), short).value?.isExtremelyRare).toBe(true);
    expect(empiricalRarity(never(680), short).value?.isExtremelyRare).toBe(false);
  });

  it("takes a share of 5 % for rare, and not one session more", () => {
    // Sessions that do not overlap, so that the interval of so many is narrow.
    const of = (hits: number) =>
      empiricalRarity(every(4000, 4000 / hits), { horizon: 1, need, replicates }).value;
    expect(of(200)).toMatchObject({ share: 0.05, isExtremelyRare: true });
    const more = every(4000, 20).with(0, true);
    expect(empiricalRarity(more, { horizon: 1, need, replicates }).value).toMatchObject({
      share: 201 / 4000,
      isExtremelyRare: false,
    });
    expect(rarityRules).toEqual({ share: 0.05, high: 0.1 });
  });

  it("has wider ends, and longer blocks, where hits come together", () => {
    const scattered = empiricalRarity(every(2520, 20), { horizon: 20, need, replicates }).value;
    const together = empiricalRarity(run(2520, 126), { horizon: 20, need, replicates }).value;
    expect(together?.share).toBe(scattered?.share);
    expect(together?.block).toBe(blockLength(run(2520, 126).map(Number)).value);
    expect(together?.block).toBeGreaterThan(20);
    expect(together?.high).toBeGreaterThan(scattered?.high ?? 1);
    expect(together?.isExtremelyRare).toBe(false);
  });

  it("draws the same for the same seed, and not for another", () => {
    const of = (seed: number) => empiricalRarity(run(2520, 500), { horizon: 20, need, replicates, seed });
    expect(of(1)).toEqual(of(1));
    expect(of(1)).not.toEqual(of(2));
  });

  it("refuses a horizon that is none", () => {
    for (const horizon of [0, -1, 1.5, Number.NaN])
      expect(() => empiricalRarity(never(800), { horizon, need })).toThrow(RangeError);
    expect(() => empiricalRarity(never(800), { horizon: 1, need, replicates: 0 })).toThrow(RangeError);
    expect(() => empiricalRarity(never(800), { horizon: 1, need, seed: 0.5 })).toThrow(RangeError);
  });
});
