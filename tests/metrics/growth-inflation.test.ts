import { describe, expect, it } from "vitest";
import { growthInflation, type MonthlySeries } from "#src/metrics/growth-inflation.ts";
import { monthNumber, monthNumbers } from "#src/metrics/month-number.ts";
import macro from "#tests/fixtures/reference/macro.json" with { type: "json" };
import { relativeGap } from "#tests/metrics/returns-reference.ts";

type Row = (typeof macro.quadrant)[number];
const [first] = macro.quadrant;
if (first === undefined) throw new Error("no reference");

const seriesOf = ({ months }: Row, values: readonly (number | null)[]): MonthlySeries => ({
  months: months.slice(0, values.length),
  values,
});
const of = (row: Row, change: Partial<Record<"signals" | "prices", unknown>> = {}) => {
  const signals = (change.signals ?? row.signals) as readonly (readonly (number | null)[])[];
  const prices = (change.prices ?? row.prices) as readonly (number | null)[];
  return growthInflation(
    signals.map((signal) => seriesOf(row, signal)),
    seriesOf(row, prices),
    row.asOf,
  );
};
/** The first row, cut to so many months. */
const cut = (n: number) => ({
  signals: first.signals.map((s) => s.slice(0, n)),
  prices: first.prices.slice(0, n),
});

describe("growthInflation against pandas", () => {
  it.each(macro.quadrant)("is $quadrant as of $asOf", (row) => {
    const { value } = of(row);
    expect(value?.quadrant).toBe(row.quadrant);
    expect(
      relativeGap([value?.growth ?? 0, value?.inflation ?? 0], [row.growth, row.inflation]),
    ).toBeLessThan(1e-9);
    expect(relativeGap(value?.components.map((z) => z ?? Number.NaN) ?? [], row.components)).toBeLessThan(
      1e-9,
    );
    expect([...(value?.lags.growth ?? []), value?.lags.inflation]).toEqual(row.lags);
  });
});

describe("growthInflation by its history", () => {
  // Growth changes over 3 months and inflation looks back 12: n months are n − 13 earlier values of inflation.
  it("needs 60 earlier months, and has no caveat from 180 on", () => {
    expect(of(first, cut(72))).toMatchObject({
      status: "insufficient",
      n: 59,
      reasons: [{ code: "too-few", need: 60, have: 59 }],
    });
    expect(of(first, cut(73))).toMatchObject({ status: "warn", n: 60 });
    expect(of(first, cut(192))).toMatchObject({
      status: "warn",
      reasons: [{ code: "short-history", need: 180, have: 179 }],
    });
    expect(of(first, cut(193))).toMatchObject({ status: "ok", n: 180 });
  });

  it("forgets what is older than 180 values, and nothing younger", () => {
    // Inflation of month t uses t − 12: of 217 months the history begins with the value of month 36, and so with the price of 24.
    const spoilt = (t: number) => of(first, { prices: first.prices.with(t, 50) }).value?.inflation;
    expect(spoilt(23)).toBe(of(first).value?.inflation);
    expect(spoilt(24)).not.toBe(of(first).value?.inflation);
  });

  it("does without a growth signal that is too young, and says so", () => {
    const [one = [], other = []] = first.signals;
    const found = of(first, { signals: [one, other.map((v, t) => (t < 160 ? null : v))] });
    expect(found).toMatchObject({
      status: "warn",
      reasons: [{ code: "components-missing", need: 2, have: 1 }],
    });
    expect(found.value?.components[1]).toBeNull();
    expect(found.value?.growth).toBe(found.value?.components[0]);
    expect(of(first, { signals: [] })).toMatchObject({ status: "insufficient" });
  });

  it("has no value where a month that the latest change is from was not published", () => {
    const without = (back: number) =>
      of(first, {
        prices: first.prices.with(-1 - back, Number.NaN).map((p) => (Number.isNaN(p) ? null : p)),
      });
    expect(without(3)).toMatchObject({ status: "insufficient" });
    expect(without(12)).toMatchObject({ status: "insufficient" });
    expect(without(5).value?.quadrant).toBe(first.quadrant);
    // A latest month without a value is one not published yet: the one before it is the latest.
    expect(without(0).value?.lags.inflation).toBe((first.lags[2] ?? 0) + 31);
  });

  it("takes a month that is not there as one that was not published", () => {
    const months = first.months.slice(0, first.prices.length);
    const gap = growthInflation(
      first.signals.map((signal) => seriesOf(first, signal)),
      { months: months.toSpliced(-6, 1), values: first.prices.toSpliced(-6, 1) },
      first.asOf,
    );
    expect(gap).toEqual(
      of(first, { prices: first.prices.map((p, t) => (t === first.prices.length - 6 ? null : p)) }),
    );
  });

  it("does not exist where inflation does not move", () => {
    expect(of(first, { prices: first.prices.map(() => 100) })).toMatchObject({
      status: "undefined",
      reasons: [{ code: "zero-variance" }],
    });
  });
});

describe("growthInflation and what is known", () => {
  it("refuses a month that is not over", () => {
    const at = (asOf: string) =>
      growthInflation([seriesOf(first, first.prices)], seriesOf(first, first.prices), asOf);
    expect(() => at("2026-01-31")).toThrow(/not over/);
    expect(at("2026-02-01").value?.lags.inflation).toBe(1);
  });

  it("stands on the latest month, whatever comes later being absent", () => {
    const earlier = of(first, cut(200)).value;
    expect(earlier).not.toEqual(of(first).value);
    expect(
      of(first, { prices: first.prices.map((p, t) => (t === 216 ? p * 1.01 : p)) }).value?.inflation,
    ).not.toBe(of(first).value?.inflation);
  });

  it("refuses lengths that differ, months that do not increase, and what is not finite or positive", () => {
    const prices = seriesOf(first, first.prices);
    const signal = seriesOf(first, first.prices);
    const as =
      (inflation: MonthlySeries, growth = signal) =>
      () =>
        growthInflation([growth], inflation, first.asOf);
    expect(as({ ...prices, values: first.prices.slice(1) })).toThrow(RangeError);
    expect(as({ ...prices, months: first.months.toReversed() })).toThrow(RangeError);
    expect(as({ ...prices, values: first.prices.with(3, Number.NaN) })).toThrow(RangeError);
    expect(as({ ...prices, values: first.prices.with(3, 0) })).toThrow(RangeError);
    expect(as(prices, { ...signal, values: first.prices.with(3, Number.POSITIVE_INFINITY) })).toThrow(
      RangeError,
    );
  });
});

describe("quadrants", () => {
  /** Growth signals upside down. */
  const flip = (row: Row) => ({ signals: row.signals.map((s) => s.map((v) => 200 - v)) });

  it("turn with growth", () => {
    expect(of(first, flip(first)).value?.quadrant).toBe("reflation");
    expect(of(first, flip(first)).value?.growth).toBeCloseTo(-(of(first).value?.growth ?? 0), 8);
  });

  it("do not see the unit of a signal or the base of prices", () => {
    const scaled = of(first, {
      signals: first.signals.map((s) => s.map((v) => 5 * v + 3)),
      prices: first.prices.map((p) => 2.5 * p),
    });
    expect(scaled.value?.growth).toBeCloseTo(of(first).value?.growth ?? 0, 9);
    expect(scaled.value?.inflation).toBeCloseTo(of(first).value?.inflation ?? 0, 9);
  });
});

describe("months", () => {
  it("have numbers that 12 divides in January", () => {
    expect(monthNumber("2026-01") % 12).toBe(0);
    expect(monthNumbers(["2025-12", "2026-01", "2026-03"]).map((m) => m - monthNumber("2025-12"))).toEqual([
      0, 1, 3,
    ]);
  });

  it.each(["2026-00", "2026-13", "2026-1", "26-01", "2026-01-31"])("refuse %s", (month) => {
    expect(() => monthNumber(month)).toThrow(RangeError);
  });

  it("refuse months that do not increase", () => {
    expect(() => monthNumbers(["2026-01", "2026-01"])).toThrow(RangeError);
  });
});
