import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  crossSectionalAsymmetry,
  crossSectionalAsymmetryPath,
} from "#src/metrics/cross-sectional-asymmetry.ts";
import reference from "#tests/fixtures/reference/dispersion.json" with { type: "json" };
import { acrossAt, inUnits, noisePanel, pathGap, replaced, sessions } from "#tests/metrics/panels.ts";
import { seeded, series } from "#tests/metrics/returns-reference.ts";

const { weights, weighted, equal } = reference.sections;
const returns = inUnits(reference.sections.returns);
const column = (rows: typeof weighted, at: 0 | 1) =>
  rows.map((row) => (row[2] as readonly number[] | null)?.[at] ?? null);
const spread = (n: number) => series(n, (i) => ((i * 7919) % n) / 1000);

describe("crossSectionalAsymmetry", () => {
  it("agrees with numpy to 1e-13, by tenths and by fifths", () => {
    const both = [
      ["bowley", 0],
      ["loserSpread", 1],
    ] as const;
    for (const [of, at] of both) {
      expect(pathGap(crossSectionalAsymmetryPath(of, returns, weights), column(weighted, at))).toBeLessThan(
        1e-13,
      );
      expect(pathGap(crossSectionalAsymmetryPath(of, returns), column(equal, at))).toBeLessThan(1e-13);
    }
    const few = crossSectionalAsymmetry(
      acrossAt(returns, 18),
      weights.map((path) => path[18] ?? 0),
    );
    expect(few).toMatchObject({ status: "warn", n: 33, value: { tail: 0.2 } });
    expect(few.value?.bowley).toBe(crossSectionalAsymmetryPath("bowley", returns, weights)[18]);
  });

  // 0 to 99 thousandths: q10 = 9.9, q50 = 49.5, q90 = 89.1; the ten lowest have a mean of 4.5.
  it("is by hand, and a distant tenth shows in both", () => {
    const even = crossSectionalAsymmetry(spread(100)).value;
    expect(even?.bowley).toBeCloseTo(0, 12);
    expect(even?.loserSpread).toBeCloseTo(-0.045, 12);
    const fallen = crossSectionalAsymmetry(spread(100).map((r) => (r < 0.02 ? r - 1 : r))).value;
    expect(fallen?.bowley).toBeLessThan(-0.5);
    expect(fallen?.loserSpread).toBeCloseTo(-1.045, 12);
  });

  it("takes tenths from 100 names, fifths from 30, and nothing of 29", () => {
    expect(crossSectionalAsymmetry(spread(100))).toMatchObject({
      status: "ok",
      n: 100,
      reasons: [],
      value: { tail: 0.1 },
    });
    expect(crossSectionalAsymmetry(spread(99))).toMatchObject({
      status: "warn",
      n: 99,
      value: { tail: 0.2 },
      reasons: [{ code: "few-names", need: 100, have: 99 }],
    });
    expect(crossSectionalAsymmetry(spread(30))).toMatchObject({ status: "warn", n: 30 });
    expect(crossSectionalAsymmetry(spread(29))).toEqual({
      status: "insufficient",
      value: null,
      n: 29,
      reasons: [{ code: "too-few", need: 30, have: 29 }],
    });
  });

  it("needs 90 % of the names", () => {
    const without = (n: number) => spread(120).map((r, i) => (i < n ? null : r));
    expect(crossSectionalAsymmetry(without(12)).status).toBe("ok");
    expect(crossSectionalAsymmetry(without(13))).toMatchObject({
      status: "insufficient",
      reasons: [{ code: "coverage" }],
    });
  });

  it("does not exist where the tails begin at one value, and does once they part", () => {
    const still = series(100, (i) => (i < 5 ? -0.1 : 0));
    expect(crossSectionalAsymmetry(still)).toMatchObject({
      status: "undefined",
      reasons: [{ code: "zero-variance" }],
    });
    expect(
      crossSectionalAsymmetryPath(
        "loserSpread",
        still.map((r) => [r]),
      ),
    ).toEqual([null]);
    expect(crossSectionalAsymmetry(still.map((r, i) => (i < 15 ? -0.1 : r))).status).toBe("ok");
  });

  it("refuses what is not a number", () => {
    expect(() => crossSectionalAsymmetry(spread(40).with(3, Number.NaN))).toThrow(RangeError);
    expect(() => crossSectionalAsymmetry(spread(40), [1])).toThrow(RangeError);
  });
});

describe("laws of asymmetry", () => {
  const day = fc.array(fc.integer({ min: -999, max: 999 }), { minLength: 30, maxLength: 130 });

  it("turns over with the sign, does not see origin and unit, and stays within −1 and 1", () => {
    let sided = 0;
    fc.assert(
      fc.property(day, (ints) => {
        const own = crossSectionalAsymmetry(ints).value;
        fc.pre(own !== null);
        const bowley = (change: (r: number) => number) =>
          crossSectionalAsymmetry(ints.map(change)).value?.bowley;
        expect(bowley((r) => -r)).toBeCloseTo(-(own?.bowley ?? 9), 10);
        expect(bowley((r) => r / 16 + 5)).toBeCloseTo(own?.bowley ?? 9, 10);
        expect(Math.abs(own?.bowley ?? 9)).toBeLessThanOrEqual(1);
        expect(own?.loserSpread).toBeLessThanOrEqual(0);
        if (Math.abs(own?.bowley ?? 0) > 0.1) sided++;
      }),
      seeded,
    );
    expect(sided).toBeGreaterThan(20);
  });

  it("looks at its own session alone", () => {
    const panel = noisePanel(40, 12);
    const path = crossSectionalAsymmetryPath("bowley", panel);
    expect(crossSectionalAsymmetryPath("bowley", sessions(panel, 0, 7))).toEqual(path.slice(0, 7));
    const changed = crossSectionalAsymmetryPath("loserSpread", replaced(panel, 3, 7, -0.5));
    const before = crossSectionalAsymmetryPath("loserSpread", panel);
    expect(changed.flatMap((v, t) => (v === before[t] ? [] : [t]))).toEqual([7]);
  });
});
