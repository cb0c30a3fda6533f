import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { profitCushion } from "#src/metrics/profit-cushion.ts";
import funds from "#tests/fixtures/reference/funds.json" with { type: "json" };
import { relativeGap, seeded, series } from "#tests/metrics/returns-reference.ts";

/** So many months up to one of them. */
function monthsTo(last: string, n: number): readonly string[] {
  const end = 12 * Number(last.slice(0, 4)) + Number(last.slice(5)) - 1;
  return Array.from({ length: n }, (_, i) => {
    const at = end - n + 1 + i;
    return `${Math.floor(at / 12)}-${String((at % 12) + 1).padStart(2, "0")}`;
  });
}

/** Up and down by turns, so that the year's first month is up or down as the count is. */
const waves = (n: number) => series(n, (t) => (t % 2 === 0 ? 0.02 : -0.01));

describe("profitCushion against pandas", () => {
  it.each(funds.cushion)("of months up to $months.$#", ({ months, returns, ...expected }) => {
    const { value } = profitCushion(months, returns);
    const keys = ["yearToDate", "deviation", "inDeviations", "badMonth", "inBadMonths"] as const;
    expect(
      relativeGap(
        keys.map((key) => value?.[key] ?? Number.NaN),
        keys.map((key) => expected[key]),
      ),
    ).toBeLessThan(1e-10);
  });
});

describe("profitCushion by the months that are there", () => {
  it("needs 24 of the last 36, and all 36 for no caveat", () => {
    const of = (n: number) => profitCushion(monthsTo("2026-01", n), waves(n));
    expect(of(23)).toMatchObject({
      status: "insufficient",
      reasons: [{ code: "too-few", need: 24, have: 23 }],
    });
    expect(of(24)).toMatchObject({ status: "warn", n: 24 });
    expect(of(35)).toMatchObject({
      status: "warn",
      reasons: [{ code: "short-history", need: 36, have: 35 }],
    });
    expect(of(36)).toMatchObject({ status: "ok", n: 36 });
  });

  it("looks back 36 calendar months, not 36 returns", () => {
    const months = monthsTo("2026-01", 50);
    const returns = waves(50);
    const spoilt = (t: number) => profitCushion(months, returns.with(t, -0.5)).value?.deviation;
    expect(spoilt(13)).toBe(spoilt(0));
    expect(spoilt(14)).not.toBe(spoilt(0));
    const gap = profitCushion(months.toSpliced(30, 1), returns.toSpliced(30, 1));
    expect(gap).toMatchObject({ status: "warn", n: 35 });
  });

  it("compounds the months of the year, from January on", () => {
    const of = (last: string) =>
      profitCushion(
        monthsTo(last, 40),
        series(40, (t) => (t % 2 ? 0.01 : 0.03)),
      ).value;
    expect(of("2026-01")).toMatchObject({ months: 1 });
    expect(of("2026-01")?.yearToDate).toBeCloseTo(0.01, 14);
    expect(of("2025-12")).toMatchObject({ months: 12 });
    expect(of("2025-12")?.yearToDate).toBeCloseTo((1.01 * 1.03) ** 6 - 1, 12);
  });

  it("is refused where a month of the year is missing", () => {
    const months = monthsTo("2026-03", 40);
    const without = (t: number) => profitCushion(months.toSpliced(t, 1), waves(39));
    expect(without(38)).toMatchObject({
      status: "insufficient",
      reasons: [{ code: "months-missing", need: 3, have: 2 }],
    });
    expect(without(36)).toMatchObject({ status: "warn", n: 35 });
  });

  it("counts no bad months where even the 5th percentile gains", () => {
    const up = series(36, (t) => (t % 2 ? 0.01 : 0.02));
    expect(profitCushion(monthsTo("2026-01", 36), up).value?.inBadMonths).toBeNull();
    expect(profitCushion(monthsTo("2026-01", 36), waves(36)).value?.inBadMonths).toBeCloseTo(-1, 12);
  });

  it("does not exist of returns that do not move, or of a year that lost all", () => {
    const months = monthsTo("2026-02", 36);
    expect(profitCushion(months, series(36, 0.01))).toMatchObject({
      status: "undefined",
      reasons: [{ code: "zero-variance" }],
    });
    expect(profitCushion(months, waves(36).with(34, -1))).toMatchObject({
      status: "undefined",
      reasons: [{ code: "total-loss" }],
    });
    expect(profitCushion(months, waves(36).with(34, -0.99)).status).toBe("ok");
  });

  it("refuses lengths that differ, months that are none or do not increase, and what is not finite", () => {
    const months = monthsTo("2026-02", 36);
    expect(() => profitCushion(months.slice(1), waves(36))).toThrow(RangeError);
    expect(() => profitCushion(months.with(0, "2026-13"), waves(36))).toThrow(RangeError);
    expect(() => profitCushion(months.with(0, "2026-02-01"), waves(36))).toThrow(RangeError);
    expect(() => profitCushion(months.with(5, months[4] ?? ""), waves(36))).toThrow(RangeError);
    expect(() => profitCushion(months, waves(36).with(2, Number.NaN))).toThrow(RangeError);
    expect(profitCushion([], [])).toMatchObject({ status: "insufficient", n: 0 });
  });
});

describe("laws of profitCushion", () => {
  it("January against deviations does not see leverage, a later month nearly", () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 50 }), (tenths) => {
        const [months, k] = [monthsTo("2026-01", 36), tenths / 10];
        const [one, levered] = [
          profitCushion(months, waves(36)),
          profitCushion(
            months,
            waves(36).map((r) => k * r),
          ),
        ];
        expect(levered.value?.inDeviations).toBeCloseTo(one.value?.inDeviations ?? 0, 10);
        expect(levered.value?.inBadMonths).toBeCloseTo(one.value?.inBadMonths ?? 0, 10);
        expect(levered.value?.deviation).toBeCloseTo(k * (one.value?.deviation ?? 0), 12);
      }),
      seeded,
    );
  });

  it("a better month is more cushion", () => {
    const months = monthsTo("2026-01", 36);
    const of = (january: number) =>
      profitCushion(months, waves(36).with(35, january)).value?.inDeviations ?? 0;
    expect(of(0.02)).toBeGreaterThan(of(0.01));
  });
});
