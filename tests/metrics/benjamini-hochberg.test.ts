import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { benjaminiHochberg, benjaminiYekutieli } from "#src/metrics/benjamini-hochberg.ts";
import reference from "#tests/fixtures/reference/inference.json" with { type: "json" };
import byR from "#tests/fixtures/reference/inference-r.json" with { type: "json" };
import { relativeGap, seeded } from "#tests/metrics/returns-reference.ts";

describe("q-values", () => {
  it.each([...reference.q, ...byR.q])("are statsmodels' and R's to 1e-12", ({ p, bh, by }) => {
    expect(relativeGap(benjaminiHochberg(p), bh)).toBeLessThan(1e-12);
    expect(relativeGap(benjaminiYekutieli(p), by)).toBeLessThan(1e-12);
  });

  it("are by hand", () => {
    expect(benjaminiHochberg([0.01, 0.04, 0.03])).toEqual([0.03, 0.04, 0.04]);
    // Times 1 + 1/2 + 1/3.
    expect(benjaminiYekutieli([0.01, 0.04, 0.03])[0]).toBeCloseTo(0.055, 15);
    expect(benjaminiHochberg([])).toEqual([]);
    expect(benjaminiYekutieli([])).toEqual([]);
    expect(benjaminiHochberg([0, 1])).toEqual([0, 1]);
  });

  it("leave the order in which tests came", () => {
    expect(benjaminiHochberg([0.9, 0.001, 0.5])[1]).toBe(0.003);
  });

  it("refuse what is no probability", () => {
    for (const bad of [-0.01, 1.01, Number.NaN, Number.POSITIVE_INFINITY]) {
      expect(() => benjaminiHochberg([0.5, bad])).toThrow(RangeError);
      expect(() => benjaminiYekutieli([0.5, bad])).toThrow(RangeError);
    }
  });
});

describe("laws of q-values", () => {
  const p = fc.integer({ min: 0, max: 100 }).map((n) => n / 100);
  const family = fc.array(p, { minLength: 1, maxLength: 30 }).map((of) => Object.freeze(of));

  it("are at least p, at most 1, in the order of p, and BY's at least BH's", () => {
    fc.assert(
      fc.property(family, (of) => {
        const [q, dependent] = [benjaminiHochberg(of), benjaminiYekutieli(of)];
        for (const [i, each] of q.entries()) {
          expect(each).toBeGreaterThanOrEqual((of[i] ?? 1) - 1e-15);
          expect(each).toBeLessThanOrEqual(1);
          expect(dependent[i]).toBeGreaterThanOrEqual(each);
          for (const [j, other] of q.entries())
            if ((of[i] ?? 0) <= (of[j] ?? 0)) expect(each).toBeLessThanOrEqual(other);
        }
      }),
      seeded,
    );
  });

  it("discover exactly what the step-up procedure does", () => {
    fc.assert(
      fc.property(family, fc.constantFrom(0.05, 0.1, 0.2), (of, share) => {
        const sorted = of.toSorted((a, b) => a - b);
        const last = sorted.findLastIndex((each, i) => each * of.length <= share * (i + 1) + 1e-12);
        const limit = last < 0 ? -1 : (sorted[last] ?? 0);
        const discovered = benjaminiHochberg(of).map((q) => q <= share + 1e-12);
        expect(discovered).toEqual(of.map((each) => each <= limit));
      }),
      seeded,
    );
  });

  it("do not see the order of tests, and see every further one", () => {
    fc.assert(
      fc.property(family, (of) => {
        expect(benjaminiHochberg(of.toReversed())).toEqual(benjaminiHochberg(of).toReversed());
        const [first = 1] = benjaminiHochberg([0.01, ...of]);
        const [more = 1] = benjaminiHochberg([0.01, ...of, 1]);
        expect(more).toBeGreaterThan(first);
      }),
      seeded,
    );
  });
});
