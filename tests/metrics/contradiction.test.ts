import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { contradictionOf } from "#src/metrics/contradiction.ts";
import { seeded } from "#tests/metrics/returns-reference.ts";

describe("contradictionOf", () => {
  it("is the published one of 1.8, 1.2, −1.5 and −0.9", () => {
    const { value, ...rest } = contradictionOf(Object.freeze([1.8, 1.2, -1.5, -0.9]));
    expect(rest).toEqual({ status: "ok", n: 4, reasons: [] });
    expect(value?.contradiction.toFixed(6)).toBe("0.888889");
    expect(value?.intensity).toBeCloseTo(1.35, 14);
    expect(value?.balance).toBeCloseTo(0.15, 14);
    expect(contradictionOf([1, 1, 1]).value?.contradiction).toBe(0);
    expect(contradictionOf([2, -2]).value?.contradiction).toBe(1);
  });

  it("lists the two largest opposing pairs, and no signal twice", () => {
    const pairs = (signals: readonly number[], weights?: readonly number[]) =>
      contradictionOf(signals, weights).value?.opposing.map(({ positive, negative }) => [positive, negative]);
    expect(pairs([1.8, 1.2, -1.5, -0.9])).toEqual([
      [0, 2],
      [1, 3],
    ]);
    expect(pairs([-0.1, 0.5, -3, 1, -2, 2])).toEqual([
      [5, 2],
      [3, 4],
    ]);
    expect(pairs([1, 2, -3])).toEqual([[1, 2]]);
    expect(pairs([1, 2, 0])).toEqual([]);
    expect(pairs([1, 2, -3], [4, 1, 1])).toEqual([[0, 2]]);
    // Of equal ones the earlier.
    expect(pairs([1, 1, -1, -1])).toEqual([
      [0, 2],
      [1, 3],
    ]);
    expect(contradictionOf([1.8, 1.2, -1.5, -0.9]).value?.opposing[1]?.size).toBeCloseTo(0.225, 14);
  });

  it("does not exist where there is no signal, or all are 0", () => {
    expect(contradictionOf([])).toMatchObject({ status: "insufficient", n: 0, value: null });
    expect(contradictionOf([1], [0])).toMatchObject({ status: "insufficient", n: 0 });
    expect(contradictionOf([0, 0])).toEqual({
      status: "undefined",
      value: null,
      n: 2,
      reasons: [{ code: "no-signal" }],
    });
    expect(contradictionOf([1e-9, 0]).status).toBe("ok");
  });

  it("refuses other lengths, what is no number and weights below 0", () => {
    expect(() => contradictionOf([1, 2], [1])).toThrow(RangeError);
    for (const bad of [Number.NaN, Number.POSITIVE_INFINITY]) {
      expect(() => contradictionOf([1, bad])).toThrow(RangeError);
      expect(() => contradictionOf([1, 2], [1, bad])).toThrow(RangeError);
    }
    expect(() => contradictionOf([1, 2], [1, -1e-9])).toThrow(RangeError);
  });
});

describe("laws of contradiction", () => {
  const signals = fc.array(fc.integer({ min: -3000, max: 3000 }), { minLength: 1, maxLength: 12 });
  const nonzero = signals.map((gs) => gs.map((g) => (g === 0 ? 1 : g) / 1000));

  it("lies in 0 to 1, turns over with all signs and does not see the unit of weights", () => {
    fc.assert(
      fc.property(nonzero, (gs) => {
        const own = contradictionOf(gs).value;
        const c = own?.contradiction ?? 9;
        expect(0 <= c && c <= 1).toBe(true);
        const turned = contradictionOf(gs.map((g) => -g)).value;
        expect(turned?.contradiction).toBe(c);
        expect(turned?.balance).toBe(-(own?.balance ?? 9));
        const heavier = gs.map(() => 8);
        expect(contradictionOf(gs, heavier).value?.contradiction).toBeCloseTo(c, 12);
      }),
      seeded,
    );
  });

  it("is 0 only where all say one thing, and changes with the sign of one of several", () => {
    fc.assert(
      fc.property(nonzero, (gs) => {
        const isOne = gs.every((g) => g > 0) || gs.every((g) => g < 0);
        expect((contradictionOf(gs).value?.contradiction ?? 9) < 1e-12).toBe(isOne);
        if (gs.length < 2 || !isOne) return;
        const [first = 0, ...rest] = gs;
        expect(contradictionOf([-first, ...rest]).value?.contradiction).toBeGreaterThan(0);
      }),
      seeded,
    );
  });
});
