import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { levelZone, roundLevels, yearExtremes } from "#src/metrics/automatic-levels.ts";
import { levelTouches } from "#src/metrics/level-touches.ts";
import reference from "#tests/fixtures/reference/levels.json" with { type: "json" };
import { relativeGap, seeded, series } from "#tests/metrics/returns-reference.ts";
import { weekdays } from "#tests/metrics/weekdays.ts";

describe("roundLevels", () => {
  it.each(reference.rounds)("of $price are $spacing apart, as by brute force", ({ price, spacing }) => {
    expect(relativeGap([roundLevels(price).value?.spacing ?? 0], [spacing])).toBeLessThan(1e-14);
  });

  it.each([
    [6932, 100, 6900, 7000],
    [7000, 100, 7000, 7100],
    [6999.99, 100, 6900, 7000],
    [1.0834, 0.02, 1.08, 1.1],
    [1.08, 0.02, 1.08, 1.1],
    [0.3, 0.005, 0.3, 0.305],
    [152.4, 2, 152, 154],
  ])("about %d: every %d, %d and %d", (price, spacing, below, above) => {
    expect(roundLevels(price).value).toEqual({ spacing, below, above });
  });

  it("lie about a price, 0.9 to 2.2 % of it apart", () => {
    const spacings = new Set<number>();
    const price = fc.tuple(fc.integer({ min: 1000, max: 9999 }), fc.integer({ min: -6, max: 6 }));
    fc.assert(
      fc.property(price, ([digits, power]) => {
        const at = digits * 10 ** power;
        const { spacing, below, above } = roundLevels(at).value ?? { spacing: 0, below: 0, above: 0 };
        spacings.add(spacing);
        expect(spacing / at).toBeGreaterThan(0.0089);
        expect(spacing / at).toBeLessThan(0.0224);
        expect((below ?? 0) <= at * (1 + 1e-9) && at < above * (1 + 1e-9)).toBe(true);
        expect(above - (below ?? 0)).toBeCloseTo(spacing, 9);
      }),
      seeded,
    );
    expect(spacings.size).toBeGreaterThan(10);
  });

  it("do not exist for a price that is not positive", () => {
    for (const price of [0, -1])
      expect(roundLevels(price)).toMatchObject({ reasons: [{ code: "not-positive" }] });
    for (const price of [Number.NaN, Number.POSITIVE_INFINITY])
      expect(() => roundLevels(price)).toThrow(RangeError);
  });
});

describe("yearExtremes", () => {
  it("are those of the last 252 values, the first of equals", () => {
    const values = series(300, (i) => (i * 37) % 101)
      .with(47, 500)
      .with(48, 400)
      .with(100, 400)
      .with(299, -5);
    expect(yearExtremes(values)).toEqual({
      status: "ok",
      n: 252,
      reasons: [],
      value: { high: 400, highAt: 48, low: -5, lowAt: 299 },
    });
    expect(yearExtremes(values.slice(0, 299)).value).toMatchObject({ high: 500, highAt: 47 });
  });

  it("need 252 values, all finite", () => {
    expect(yearExtremes(series(252, (i) => i)).status).toBe("ok");
    expect(yearExtremes(series(251, (i) => i))).toMatchObject({
      status: "insufficient",
      reasons: [{ code: "too-few", need: 252, have: 251 }],
    });
    expect(() => yearExtremes(series(252, 1).with(0, Number.NaN))).toThrow(RangeError);
  });
});

describe("levelZone", () => {
  it.each(reference.zones)("agrees with numpy: $zone", ({ closes, zone }) => {
    const found = levelZone(Object.freeze(closes) as number[]);
    expect(found).toMatchObject({ status: "ok", n: 20 });
    expect(found.value).toBeCloseTo(zone, 14);
  });

  // Steps of ± s: the deviation of twenty is s · √(20/19), half of which is δ.
  it("is half a deviation, between 0.25 and 1 %", () => {
    const of = (delta: number) => {
      const s = (2 * delta) / Math.sqrt(20 / 19);
      return levelZone(series(21, (i) => 100 * Math.exp(i % 2 === 0 ? 0 : s))).value ?? 0;
    };
    expect(of(0.0026)).toBeCloseTo(0.0026, 12);
    expect(of(0.0024)).toBe(0.0025);
    expect(of(0.0099)).toBeCloseTo(0.0099, 12);
    expect(of(0.0101)).toBe(0.01);
    expect(levelZone(series(21, 5)).value).toBe(0.0025);
  });

  it("needs 21 closes, and looks at no more", () => {
    const closes = series(40, (i) => 100 + ((i * 7) % 5) / 10);
    expect(levelZone(closes.slice(0, 20))).toMatchObject({ status: "insufficient", n: 20 });
    expect(levelZone(closes.slice(0, 21)).status).toBe("ok");
    expect(levelZone(closes.with(18, 1))).toEqual(levelZone(closes));
    expect(levelZone(closes.with(19, 90))).not.toEqual(levelZone(closes));
    expect(levelZone(closes.with(30, 0))).toMatchObject({ reasons: [{ code: "not-positive" }] });
    expect(() => levelZone(closes.with(30, Number.NaN))).toThrow(RangeError);
  });
});

describe("levelTouches", () => {
  const dates = weekdays("2025-01-01", 40);
  const flat = { dates, closes: series(40, 90), highs: series(40, 91), lows: series(40, 89) };
  const from = dates[10] ?? "";

  it("counts sessions that reached the level, and those of them that did not close beyond", () => {
    const highs = flat.highs.with(5, 200).with(12, 100).with(15, 101).with(20, 99.99).with(30, 104);
    const closes = flat.closes.with(15, 100).with(30, 103);
    expect(levelTouches({ ...flat, highs, closes }, 100, { from })).toEqual({
      status: "ok",
      n: 30,
      reasons: [],
      value: { touches: 3, turnedBack: 2, extreme: 104, extremeDate: dates[30] },
    });
  });

  it("mirrors a support", () => {
    const lows = flat.lows.with(12, 80).with(15, 79).with(20, 80.01);
    const closes = flat.closes.with(15, 79.5);
    expect(levelTouches({ ...flat, lows, closes }, 80, { from, side: "support" }).value).toEqual({
      touches: 2,
      turnedBack: 1,
      extreme: 79,
      extremeDate: dates[15],
    });
    expect(levelTouches(flat, 80, { from, side: "support" }).value).toMatchObject({
      touches: 0,
      extreme: 89,
    });
  });

  it("needs twenty sessions in the window", () => {
    expect(levelTouches(flat, 100, { from: dates[20] ?? "" }).status).toBe("ok");
    expect(levelTouches(flat, 100, { from: dates[21] ?? "" })).toMatchObject({
      status: "insufficient",
      n: 19,
    });
    expect(levelTouches(flat, 100, { from: "2099-01-01" })).toMatchObject({ status: "insufficient", n: 0 });
  });

  it("refuses prices that cannot be", () => {
    for (const level of [0, -1, Number.NaN])
      expect(() => levelTouches(flat, level, { from })).toThrow(RangeError);
    expect(() => levelTouches({ ...flat, highs: flat.highs.slice(1) }, 100, { from })).toThrow(RangeError);
    expect(() => levelTouches({ ...flat, closes: flat.closes.with(3, 91.01) }, 100, { from })).toThrow(
      RangeError,
    );
    expect(() => levelTouches({ ...flat, closes: flat.closes.with(3, 88.99) }, 100, { from })).toThrow(
      RangeError,
    );
    expect(levelTouches({ ...flat, closes: flat.closes.with(3, 91) }, 100, { from }).status).toBe("ok");
    for (const key of ["closes", "highs", "lows"] as const)
      for (const bad of [Number.NaN, key === "lows" ? Number.NEGATIVE_INFINITY : Number.POSITIVE_INFINITY])
        expect(() => levelTouches({ ...flat, [key]: flat[key].with(3, bad) }, 100, { from })).toThrow(
          RangeError,
        );
  });
});
