import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  crossSectionalDispersion,
  crossSectionalDispersionPath,
  meanDispersionPath,
} from "#src/metrics/cross-sectional-dispersion.ts";
import { dispersionContribution, dispersionContributionOver } from "#src/metrics/dispersion-contribution.ts";
import reference from "#tests/fixtures/reference/dispersion.json" with { type: "json" };
import { acrossAt, inUnits, noisePanel, pathGap, replaced, sessions } from "#tests/metrics/panels.ts";
import { seeded, series } from "#tests/metrics/returns-reference.ts";

const { weights, groups, weighted, equal, contributions } = reference.sections;
const returns = inUnits(reference.sections.returns);
const dispersionsOf = (rows: typeof weighted) => rows.map((row) => row[1] as number | null);
const weightsAt = (t: number): readonly number[] => weights.map((path) => path[t] ?? 0);

describe("crossSectionalDispersion", () => {
  it("agrees with numpy to 1e-15, weighted and with names alike, on days with gaps", () => {
    expect(pathGap(crossSectionalDispersionPath(returns, weights), dispersionsOf(weighted))).toBeLessThan(
      1e-15,
    );
    expect(pathGap(crossSectionalDispersionPath(returns), dispersionsOf(equal))).toBeLessThan(1e-15);
    for (const [t, [names, dispersion]] of weighted.entries())
      expect(crossSectionalDispersion(acrossAt(returns, t), weightsAt(t))).toMatchObject({
        n: names,
        status: dispersion === null ? "insufficient" : "ok",
      });
  });

  // R_I = 0.5·2 % + 0.5·(−2 %) = 0.
  it("is by hand", () => {
    expect(crossSectionalDispersion([0.02, -0.02], [3, 3]).value).toBeCloseTo(0.02, 15);
    expect(crossSectionalDispersion([0.04, 0], [1, 3]).value).toBeCloseTo(
      Math.sqrt(0.25 * 9e-4 + 0.75 * 1e-4),
      15,
    );
  });

  it("needs 90 % of the weight: that is enough, one basis point less is not", () => {
    const six = [0.01, 0.02, null, 0.01, 0.03, 0];
    expect(crossSectionalDispersion(six, [1000, 2000, 1000, 3000, 2000, 1000]).status).toBe("ok");
    expect(crossSectionalDispersion(six, [1000, 2000, 1001, 3000, 2000, 1000])).toMatchObject({
      status: "insufficient",
      reasons: [{ code: "coverage", need: 0.9, have: 9000 / 10_001 }],
    });
    const names = (missing: number) => series(10, 0.01).map((r, i) => (i < missing ? null : r * i));
    expect(crossSectionalDispersion(names(1)).status).toBe("ok");
    expect(crossSectionalDispersion(names(2)).status).toBe("insufficient");
  });

  it("scales the weights of those that are there to 1", () => {
    expect(crossSectionalDispersion([0.02, null, -0.01], [60, 5, 35]).value).toBeCloseTo(
      crossSectionalDispersion([0.02, -0.01], [60, 35]).value ?? 0,
      15,
    );
  });

  it("needs two members: a name without weight is none, and its return and its absence change nothing", () => {
    expect(crossSectionalDispersion([0.01, 0.02], [1, 1]).status).toBe("ok");
    expect(crossSectionalDispersion([0.01, 0.02], [1, 0])).toMatchObject({
      status: "insufficient",
      n: 1,
      reasons: [{ code: "too-few", need: 2, have: 1 }],
    });
    const members = crossSectionalDispersion([0.01, 0.02, 0.05], [1, 2, 0]);
    expect(crossSectionalDispersion([0.01, 0.02, null], [1, 2, 0])).toEqual(members);
    expect(members.n).toBe(2);
    expect(crossSectionalDispersion([])).toMatchObject({ status: "insufficient", n: 0 });
  });

  it("refuses weights below 0, what is not finite, and lengths that differ", () => {
    for (const bad of [-1, Number.NaN, Number.POSITIVE_INFINITY]) {
      expect(() => crossSectionalDispersion([0.1, 0.2], [1, bad])).toThrow(RangeError);
      expect(() => crossSectionalDispersionPath([[0.1], [0.2]], [[1], [bad]])).toThrow(RangeError);
    }
    for (const bad of [Number.NaN, Number.NEGATIVE_INFINITY]) {
      expect(() => crossSectionalDispersion([0.1, bad])).toThrow(RangeError);
      expect(() => crossSectionalDispersionPath([[0.1], [bad]])).toThrow(RangeError);
    }
    expect(() => crossSectionalDispersion([0.1, 0.2], [1])).toThrow(RangeError);
    expect(() => crossSectionalDispersionPath([[0.1, 0.2], [0.1]])).toThrow(RangeError);
    expect(() => crossSectionalDispersionPath([[0.1], [0.2]], [[1]])).toThrow(RangeError);
  });
});

describe("meanDispersionPath", () => {
  const panel = noisePanel(12, 60);

  it("is the mean of the last 21 days, and missing while one of them is", () => {
    const daily = crossSectionalDispersionPath(panel);
    const mean = meanDispersionPath(panel);
    expect(mean.slice(0, 20)).toEqual(Array.from({ length: 20 }, () => null));
    const last = daily.slice(-21).reduce<number>((sum, d) => sum + (d ?? Number.NaN), 0) / 21;
    expect(mean.at(-1)).toBeCloseTo(last, 14);
    const gap = [0, 1].reduce((p, i) => replaced(p, i, 30, null), panel as ReturnType<typeof sessions>);
    const missing = meanDispersionPath(gap).flatMap((d, t) => (d === null && t >= 20 ? [t] : []));
    expect(missing).toEqual(Array.from({ length: 21 }, (_, i) => 30 + i));
  });

  it("looks at nothing after its day, and at all before", () => {
    const whole = meanDispersionPath(panel);
    expect(meanDispersionPath(sessions(panel, 0, 45))).toEqual(whole.slice(0, 45));
    const later = meanDispersionPath(replaced(panel, 3, 45, 0.4));
    expect(later.slice(0, 45)).toEqual(whole.slice(0, 45));
    expect(later[45]).not.toBe(whole[45]);
  });
});

describe("dispersionContribution", () => {
  it("agrees with numpy to 1e-15, group by group in their order", () => {
    const found = dispersionContribution(acrossAt(returns, 0), groups, weightsAt(0)).value;
    expect([...(found?.keys() ?? [])]).toEqual(["g0", "g1", "g2", "g3", "g4", "g5", "g6"]);
    for (const [group, share] of Object.entries(contributions))
      expect(Math.abs((found?.get(group) ?? 9) - share)).toBeLessThan(1e-15);
  });

  it("does not exist where all are equal, and is refused as dispersion is", () => {
    expect(dispersionContribution([0.1, 0.1, 0.1], ["a", "a", "b"])).toMatchObject({
      status: "undefined",
      reasons: [{ code: "zero-variance" }],
    });
    expect(dispersionContribution([0.1, 0.1000001, 0.1], ["a", "a", "b"]).status).toBe("ok");
    expect(dispersionContribution([0.1, null], ["a", "b"])).toMatchObject({ status: "insufficient" });
    expect(() => dispersionContribution([0.1, 0.2], ["a"])).toThrow(RangeError);
    expect(() => dispersionContribution([0.1, Number.NaN], ["a", "b"])).toThrow(RangeError);
  });

  it("gives nothing to a group that is missing, but names it", () => {
    const ten = [...series(9, (i) => i / 100), null];
    const found = dispersionContribution(ten, [...series(9, 0).map(() => "there"), "missing"]).value;
    expect([...(found ?? [])]).toEqual([
      ["there", expect.closeTo(1, 14)],
      ["missing", 0],
    ]);
  });
});

describe("dispersionContributionOver", () => {
  // Day one: mean 0, squares 4, 4, 0, 0. Day two: mean 0, squares 0, 0, 1, 1. Together a has 8 of 10.
  const two = [
    [0.02, 0],
    [-0.02, 0],
    [0, 0.01],
    [0, -0.01],
  ];
  const pairs = ["a", "a", "b", "b"];

  it("adds up squares, so that a session of more dispersion counts for more", () => {
    const found = dispersionContributionOver(two, pairs);
    expect(found).toMatchObject({ status: "ok", n: 4 });
    expect(found.value?.get("a")).toBeCloseTo(0.8, 14);
    expect(found.value?.get("b")).toBeCloseTo(0.2, 14);
  });

  it("is that of its session where there is one, and not moved by one in which nothing differs", () => {
    const one = two.map((path) => path.slice(0, 1));
    expect(dispersionContributionOver(one, pairs)).toEqual(dispersionContribution(acrossAt(two, 0), pairs));
    const still = two.map(([r = 0]) => [r, 0.03]);
    expect(dispersionContributionOver(still, pairs).value).toEqual(
      dispersionContribution(acrossAt(two, 0), pairs).value,
    );
  });

  it("is the mean of the days' shares by their squared dispersions, whatever the weights", () => {
    const panel = noisePanel(12, 21);
    const of = panel.map((_, i) => `g${i % 3}`);
    const by = panel.map((path, i) => path.map((_, t) => 1 + ((i + t) % 4)));
    const [sums, total] = [new Map<string, number>(), { squares: 0 }];
    for (let t = 0; t < 21; t++) {
      const square =
        (crossSectionalDispersion(acrossAt(panel, t), acrossAt(by, t) as number[]).value ?? 0) ** 2;
      total.squares += square;
      for (const [group, share] of dispersionContribution(acrossAt(panel, t), of, acrossAt(by, t) as number[])
        .value ?? [])
        sums.set(group, (sums.get(group) ?? 0) + share * square);
    }
    for (const [group, share] of dispersionContributionOver(panel, of, by).value ?? [])
      expect(share).toBeCloseTo((sums.get(group) ?? 9) / total.squares, 12);
  });

  it("needs every session, and one of them", () => {
    const gap = replaced(two, 3, 1, null);
    expect(dispersionContributionOver(gap, pairs)).toMatchObject({
      status: "insufficient",
      reasons: [{ code: "coverage", need: 0.9, have: 0.75 }],
    });
    expect(dispersionContributionOver([[], []], ["a", "b"])).toMatchObject({ status: "insufficient", n: 0 });
    expect(dispersionContributionOver([[0.1], [0.1]], ["a", "b"])).toMatchObject({ status: "undefined" });
    expect(() => dispersionContributionOver(two, ["a"])).toThrow(RangeError);
  });
});

describe("laws of dispersion", () => {
  const ret = fc.integer({ min: -2000, max: 2000 }).map((n) => n / 10_000);
  const day = fc
    .array(fc.tuple(ret, fc.integer({ min: 1, max: 99 }), fc.constantFrom("a", "b", "c")), {
      minLength: 3,
      maxLength: 40,
    })
    .map((rows) => ({
      returns: rows.map(([r]) => r),
      weights: rows.map(([, w]) => w),
      groups: rows.map(([, , g]) => g),
    }));

  it("is 0 where all are equal, and nowhere else", () => {
    fc.assert(
      fc.property(day, ret, ({ returns: r, weights: w }, level) => {
        const flat = r.map(() => level);
        expect(crossSectionalDispersion(flat, w).value).toBe(0);
        expect(crossSectionalDispersion(flat.with(1, level + 0.0001), w).value).toBeGreaterThan(0);
      }),
      seeded,
    );
  });

  it("does not see the market's own move nor the unit of weights, and grows with the size of returns", () => {
    fc.assert(
      fc.property(day, ret, ({ returns: r, weights: w }, move) => {
        const own = crossSectionalDispersion(r, w).value ?? Number.NaN;
        const of = (rr: readonly number[], ww = w) => crossSectionalDispersion(rr, ww).value ?? Number.NaN;
        expect(Math.abs(of(r.map((x) => x + move)) - own)).toBeLessThan(1e-14);
        expect(of(r.map((x) => 2 * x))).toBe(2 * own);
        expect(
          of(
            r,
            w.map((x) => x / 64),
          ),
        ).toBe(own);
      }),
      seeded,
    );
  });

  it("has contributions that sum to 1, none below 0, of which the group that moved alone has all", () => {
    let uneven = 0;
    fc.assert(
      fc.property(day, ({ returns: r, weights: w, groups: g }) => {
        fc.pre(crossSectionalDispersion(r, w).value !== 0);
        const shares = [...(dispersionContribution(r, g, w).value?.values() ?? [])];
        expect(shares.every((share) => share >= 0)).toBe(true);
        expect(Math.abs(shares.reduce((a, b) => a + b, 0) - 1)).toBeLessThan(1e-12);
        if (new Set(shares).size > 1) uneven++;
      }),
      seeded,
    );
    expect(uneven).toBeGreaterThan(50);
    // Of ±1 and a heavy 0, the mean is 0: all of it comes from the pair.
    const alone = dispersionContribution([0.01, -0.01, 0], ["pair", "pair", "still"], [1, 1, 8]).value;
    expect([...(alone ?? [])]).toEqual([
      ["pair", 1],
      ["still", 0],
    ]);
  });
});
