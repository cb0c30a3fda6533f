import { describe, expect, it } from "vitest";
import { badPrint } from "#src/quality/bad-print.ts";
import { inShort, spoilt, valuesOf } from "#tests/quality/values.ts";

/** A rate about 4 per cent that moves by 3 or 5 basis points. */
const rate = (n: number) =>
  Array.from({ length: n }, (_, i) => Number((0.04 + 0.0003 * (i % 2) + 0.0005 * (i % 3)).toFixed(6)));
const found = (kind: "yield" | "ratio" | "aum" | "count", at: Readonly<Record<string, number>>) =>
  inShort(badPrint(valuesOf(kind, spoilt(rate(60), at))));

describe("a slipped decimal point", () => {
  it.each(["yield", "ratio", "aum"] as const)("of a %s is a bad print", (kind) => {
    expect(found(kind, { 30: 0.4 })).toEqual(["print 1"]);
    expect(found(kind, { 30: 0.0004 })).toEqual(["print 1"]);
    expect(found(kind, { 30: 4, 40: 4 })).toEqual(["print 1", "print 1"]);
    expect(found(kind, {})).toEqual([]);
  });

  it("is a power of ten, within a factor of 1.41", () => {
    // Between 0.0405 and 0.0403.
    expect(found("yield", { 31: 0.0408 * 7.2 })).toEqual(["print 1"]);
    expect(found("yield", { 31: 0.0408 * 6.8 })).toEqual([]);
    // Overnight money in September 2019: from 2.43 to 5.25 per cent and back.
    expect(found("yield", { 31: 0.0408 * 2.16 })).toEqual([]);
  });

  it("comes back at once", () => {
    expect(found("yield", { 30: 0.4, 31: 0.05 })).toEqual([]);
    expect(found("yield", { 30: 0.4, 31: 0.049 })).toEqual(["print 1"]);
  });

  it("is forty usual moves of a rate, near zero too", () => {
    const low = (usual: number) => Array.from({ length: 60 }, (_, i) => 0.0005 + usual * (i % 2));
    const at = (usual: number) => inShort(badPrint(valuesOf("yield", spoilt(low(usual), { 30: 0.005 }))));
    // From 0.0005 + u to 0.005: 4.5e-3 − u is forty of u where u is 1.0976e-4.
    expect(at(1.09e-4)).toEqual(["print 1"]);
    expect(at(1.11e-4)).toEqual([]);
  });

  it("is asked of no count, which may leap", () => {
    expect(found("count", { 30: 0.4 })).toEqual([]);
  });
});
