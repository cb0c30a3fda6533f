import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { logReturns, simpleReturns } from "#src/metrics/returns.ts";
import { reference, relativeGap, seeded } from "#tests/metrics/returns-reference.ts";

const price = fc.double({ min: 1e-3, max: 1e6, noNaN: true });
const prices = fc.array(price, { minLength: 2, maxLength: 60 }).map((p) => Object.freeze(p));
const both = [
  ["simpleReturns", simpleReturns],
  ["logReturns", logReturns],
] as const;

describe("returns", () => {
  it("agree with pandas and numpy to 1e-10", () => {
    expect(relativeGap(simpleReturns(reference.prices).value ?? [], reference.returns.simple)).toBeLessThan(
      1e-10,
    );
    expect(relativeGap(logReturns(reference.prices).value ?? [], reference.returns.log)).toBeLessThan(1e-10);
  });

  it("are 10 % up and 10 % down by hand", () => {
    const [up = 0, down = 0] = simpleReturns([100, 110, 99]).value ?? [];
    expect(up).toBeCloseTo(0.1, 14);
    expect(down).toBeCloseTo(-0.1, 14);
    expect(logReturns([1, Math.E]).value).toEqual([1]);
  });

  it.each(both)(
    "%s gives one return fewer than prices, and names how many prices there were",
    (_, returns) => {
      expect(returns([1, 2])).toMatchObject({ status: "ok", n: 2, reasons: [] });
      expect(returns([1, 2]).value).toHaveLength(1);
      expect(returns([1, 1, 1]).value).toEqual([0, 0]);
    },
  );

  it.each(both)("%s needs two prices", (_, returns) => {
    expect(returns([])).toEqual({
      status: "insufficient",
      value: null,
      n: 0,
      reasons: [{ code: "too-few", need: 2, have: 0 }],
    });
    expect(returns([5])).toMatchObject({ status: "insufficient", value: null, n: 1 });
  });

  it.each(both)("%s does not exist through zero or below it", (_, returns) => {
    for (const bad of [0, -0, -37.63]) {
      expect(returns([18.27, bad, 10.01])).toEqual({
        status: "undefined",
        value: null,
        n: 3,
        reasons: [{ code: "not-positive" }],
      });
    }
    expect(returns([18.27, 1e-9, 10.01]).status).toBe("ok");
  });

  it.each(both)("%s refuses what is not a number, wherever it stands", (_, returns) => {
    for (const bad of [Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY]) {
      for (const at of [0, 1, 2])
        expect(() => returns([1, 2, 3].with(at, bad))).toThrow(new RegExp(`finite prices, got .* at ${at}`));
      expect(() => returns([bad])).toThrow(RangeError);
    }
  });

  // G1: no bare infinity leaves a metric. The quotient of two finite prices can pass 1.8e308 or vanish.
  it.each(both)("%s refuses prices whose ratio is infinite", (_, returns) => {
    const ratio = /ratio a double can hold/;
    expect(() => returns([5e-324, 1e308])).toThrow(ratio);
    if (returns === logReturns) expect(() => returns([1e308, 5e-324])).toThrow(ratio);
    else expect(returns([1e308, 5e-324]).value).toEqual([-1]);
  });
});

describe("laws of returns", () => {
  it("do not depend on the unit of the price, and do depend on the price", () => {
    fc.assert(
      fc.property(prices, fc.integer({ min: -20, max: 20 }), price, (p, power, k) => {
        for (const [, returns] of both) {
          const own = returns(p).value ?? [];
          // A power of two moves no digit of the mantissa: not a bit may change.
          expect(returns(p.map((x) => x * 2 ** power)).value).toEqual(own);
          const scaled = returns(p.map((x) => x * k)).value ?? [];
          for (const [i, r] of own.entries())
            expect(Math.abs((scaled[i] ?? 9) - r)).toBeLessThan(1e-13 * (1 + Math.abs(r)));
          const moved = returns(p.map((x, i) => (i === 0 ? x * 1.5 : x))).value ?? [];
          expect(moved[0]).not.toBe(own[0]);
          expect(moved.slice(1)).toEqual(own.slice(1));
        }
      }),
      seeded,
    );
  });

  it("add along time when logarithmic, and not when simple", () => {
    fc.assert(
      fc.property(prices, (p) => {
        const sum = (logReturns(p).value ?? []).reduce((total, r) => total + r, 0);
        expect(sum).toBeCloseTo(Math.log((p.at(-1) ?? 0) / (p[0] ?? 0)), 10);
      }),
      seeded,
    );
    const simple = simpleReturns([100, 110, 99]).value ?? [];
    expect(simple.reduce((total, r) => total + r, 0)).not.toBeCloseTo(-0.01, 4);
  });

  it("compound to the whole change when simple", () => {
    fc.assert(
      fc.property(prices, (p) => {
        const growth = (simpleReturns(p).value ?? []).reduce((total, r) => total * (1 + r), 1);
        expect(relativeGap([growth], [(p.at(-1) ?? 0) / (p[0] ?? 1)])).toBeLessThan(1e-6);
      }),
      seeded,
    );
  });

  it("are not changed by what comes later, not by a bit; the later is there", () => {
    fc.assert(
      fc.property(prices, prices, (p, later) => {
        for (const [, returns] of both) {
          const whole = returns([...p, ...later]).value ?? [];
          expect(whole.slice(0, p.length - 1)).toEqual(returns(p).value);
          expect(whole).toHaveLength(p.length + later.length - 1);
        }
      }),
      seeded,
    );
  });
});
