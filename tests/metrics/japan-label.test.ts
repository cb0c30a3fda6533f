import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type JapanSignals, japanLabel } from "#src/metrics/japan-label.ts";
import macro from "#tests/fixtures/reference/macro.json" with { type: "json" };
import { seeded } from "#tests/metrics/returns-reference.ts";

const order = ["equities", "yen", "yield", "breakeven", "banks", "gold"] as const;
const signals = (...z: readonly (number | null)[]): JapanSignals => {
  const [equities = null, yen = null, rate = null, breakeven = null, banks = null, gold = null] = z;
  return { equities, yen, yield: rate, breakeven, banks, gold };
};
/** The signs of one place among all combinations, the last changing fastest. */
const signsAt = (place: number): readonly number[] =>
  order.map((_, i) => (Math.floor(place / 3 ** (5 - i)) % 3) - 1);
const names = { D: "debasement", R: "reflation", I: "disinflationary-rally" };

describe("japanLabel", () => {
  it("is that of the descriptions for every combination of signs", () => {
    for (const [place, letter] of [...macro.japan].entries()) {
      const found = japanLabel(signals(...signsAt(place)));
      expect([place, found.value?.trade]).toEqual([place, names[letter as "D"] ?? null]);
      expect(found.status).toBe(letter === "*" ? "warn" : "ok");
    }
    expect(macro.japan).toHaveLength(729);
  });

  it("takes a rising yen and falling yields with rising stocks for no reflation", () => {
    const { value } = japanLabel(signals(1.4, 0.8, -0.6, 0.3, 0.2, 0.5));
    expect(value?.trade).toBe("disinflationary-rally");
    expect(value?.matches.reflation).toEqual({
      matched: ["equities", "yen", "breakeven", "banks"],
      contradicted: ["yield"],
      missing: [],
      isMet: false,
    });
  });

  it("needs four of reflation's five signs, the yield's among them", () => {
    expect(japanLabel(signals(1, 1, 1, 1, -1, -1)).value?.trade).toBe("reflation");
    expect(japanLabel(signals(1, 1, 1, -1, -1, -1)).value?.trade).toBeNull();
    expect(japanLabel(signals(1, 0, 1, 1, 1, -1)).value?.matches.reflation.matched).toContain("yen");
    expect(japanLabel(signals(1, 0, -1, 1, 1, 1)).value?.trade).toBeNull();
  });

  it("tells no trade, and says so, where two are met", () => {
    expect(japanLabel(signals(1, -1, 1, 1, 1, 1))).toMatchObject({
      status: "warn",
      reasons: [{ code: "ambiguous" }],
      value: { trade: null, matches: { debasement: { isMet: true }, reflation: { isMet: true } } },
    });
  });

  it("needs four signals, and has a caveat below six", () => {
    expect(japanLabel(signals(1, 1, -1))).toEqual({
      status: "insufficient",
      value: null,
      n: 3,
      reasons: [{ code: "too-few", need: 4, have: 3 }],
    });
    const four = japanLabel(signals(1, 1, -1, null, null, 1));
    expect(four).toMatchObject({
      status: "warn",
      n: 4,
      reasons: [{ code: "components-missing", need: 6, have: 4 }],
    });
    expect(four.value?.trade).toBe("disinflationary-rally");
    expect(four.value?.matches.reflation).toMatchObject({ missing: ["breakeven", "banks"], isMet: false });
  });

  it("refuses what is not finite", () => {
    expect(() => japanLabel(signals(1, 1, Number.NaN, 1, 1, 1))).toThrow(RangeError);
  });

  it("sees signs and not sizes, and turns with a sign", () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 728 }), fc.integer({ min: 1, max: 400 }), (place, percent) => {
        const signs = signsAt(place);
        const sized = signs.map((sign) => (sign * percent) / 100);
        expect(japanLabel(signals(...sized))).toEqual(japanLabel(signals(...signs)));
      }),
      seeded,
    );
    expect(japanLabel(signals(1, 1, -1, 0, 0, 0)).value?.trade).not.toBe(
      japanLabel(signals(-1, 1, -1, 0, 0, 0)).value?.trade,
    );
  });
});
