import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { fragility, fragilityPath, fragilityRules } from "#src/metrics/fragility.ts";
import { regimeEntropy } from "#src/metrics/regime-entropy.ts";
import { notDefined, ok, tooFew, warn } from "#src/metrics/result.ts";
import { seeded } from "#tests/metrics/returns-reference.ts";

describe("fragility", () => {
  it.each([
    [74.999, 0.999, "calm-resilient"],
    [74.999, 1, "calm-fragile"],
    [75, 0.999, "turbulent-resilient"],
    [75, 1, "turbulent-fragile"],
    [0, -5, "calm-resilient"],
    [100, 7, "turbulent-fragile"],
  ])("at percentile %d and shift %d is %s", (rank, shift, state) => {
    expect(fragility(ok(rank, 900), ok(shift, 600))).toEqual(ok(state, 600));
    expect(fragilityRules).toEqual({ turbulent: 75, fragile: 1 });
  });

  it("is as weak as the weaker of the two", () => {
    const [short, gap] = [{ code: "short-history", need: 2520, have: 300 }, { code: "coverage" }];
    expect(fragility(warn(80, 300, short), ok(2, 600))).toEqual(warn("turbulent-fragile", 300, short));
    expect(fragility(warn(80, 300, short), warn(2, 600, gap))).toEqual(
      warn("turbulent-fragile", 300, short, gap),
    );
    expect(fragility(tooFew(3, 252), ok(2, 600))).toEqual(tooFew(3, 252));
    expect(fragility(ok(80, 300), notDefined("zero-variance", 9))).toEqual(notDefined("zero-variance", 9));
  });

  it("has a path, with gaps where one of the two has one, that looks at one session only", () => {
    const ranks = [10, 80, null, 80, 75];
    const shifts = [0, 0, 2, null, 1];
    const states = ["calm-resilient", "turbulent-resilient", null, null, "turbulent-fragile"];
    expect(fragilityPath(ranks, shifts)).toEqual(states);
    expect(fragilityPath(ranks.slice(0, 2), shifts.slice(0, 2))).toEqual(states.slice(0, 2));
    expect(fragilityPath(ranks.with(1, 3), shifts)[1]).toBe("calm-resilient");
  });

  it("refuses other lengths, and what is no percentile or no shift", () => {
    expect(() => fragilityPath([1], [])).toThrow(RangeError);
    for (const rank of [-0.001, 100.001, Number.NaN]) {
      expect(() => fragility(ok(rank, 1), ok(0, 1))).toThrow(RangeError);
      expect(() => fragilityPath([rank], [0])).toThrow(RangeError);
    }
    for (const shift of [Number.NaN, Number.POSITIVE_INFINITY])
      expect(() => fragility(ok(1, 1), ok(shift, 1))).toThrow(RangeError);
  });
});

describe("regimeEntropy", () => {
  it("is by hand", () => {
    expect(regimeEntropy([0.25, 0.25, 0.25, 0.25]).value).toBe(1);
    expect(regimeEntropy([0.5, 0.5, 0]).value).toBeCloseTo(Math.log(2) / Math.log(3), 14);
    // −(0.9 ln 0.9 + 0.1 ln 0.1) / ln 2, as scipy.stats.entropy([0.9, 0.1], base=2).
    expect(regimeEntropy([0.9, 0.1]).value).toBeCloseTo(0.4689955935892812, 14);
    expect(regimeEntropy([1, 0, 0]).value).toBe(0);
  });

  it("does not exist for one regime", () => {
    expect(regimeEntropy([1])).toEqual(notDefined("one-state", 1));
  });

  it("refuses what are no probabilities", () => {
    for (const wrong of [[], [0.5, 0.4], [1.5, -0.5], [0.75, 0.5, -0.25], [Number.NaN, 1], [0.5, 0.5 + 1e-8]])
      expect(() => regimeEntropy(wrong)).toThrow(RangeError);
    expect(regimeEntropy([0.5, 0.5 + 1e-10]).status).toBe("ok");
  });

  it("lies in [0, 1], does not see the order, and rises towards equal chances", () => {
    const weights = fc.array(fc.integer({ min: 0, max: 50 }), { minLength: 2, maxLength: 5 });
    fc.assert(
      fc.property(weights, (w) => {
        fc.pre(w.some((v) => v > 0));
        const total = w.reduce((sum, v) => sum + v, 0);
        const p = w.map((v) => v / total);
        const h = regimeEntropy(p).value ?? Number.NaN;
        expect(h >= 0 && h <= 1).toBe(true);
        expect(regimeEntropy(p.toReversed()).value).toBeCloseTo(h, 12);
        const nearer = p.map((v) => (v + 1 / p.length) / 2);
        if (p.some((v) => v !== 1 / p.length) && h < 1 - 1e-9)
          expect(regimeEntropy(nearer).value).toBeGreaterThan(h);
      }),
      seeded,
    );
  });
});
