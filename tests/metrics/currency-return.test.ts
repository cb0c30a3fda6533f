import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { convertedPrices, currencyReturn, splitCurrencyReturn } from "#src/metrics/currency-return.ts";
import reference from "#tests/fixtures/reference/strength.json" with { type: "json" };
import { seeded, weekdaysFrom } from "#tests/metrics/returns-reference.ts";

const per = (name: string) => (name === "per-local" ? "per-local" : "local-per");

describe("currencyReturn against fractions and pandas' asof", () => {
  const rows = reference.currency.flatMap(({ rows: of, ...dated }) =>
    of.map((row) => ({ ...dated, ...row })),
  );

  it.each(rows)(
    "from $start, $quote",
    ({ index, fx, start, quote, change, local, cross, total, ...days }) => {
      const found = currencyReturn(index, fx, start, { quote: per(quote) });
      expect(found).toMatchObject({
        status: "ok",
        value: {
          baseDate: days.baseDate,
          endDate: days.endDate,
          fxBaseDate: days.fxBaseDate,
          fxEndDate: days.fxEndDate,
        },
      });
      expect(found.value?.local).toBeCloseTo(local, 14);
      expect(found.value?.fx).toBeCloseTo(change, 14);
      expect(found.value?.cross).toBeCloseTo(cross, 14);
      expect(found.value?.total).toBeCloseTo(total, 14);
    },
  );

  it("and there fixings are missing on the index' own days", () => {
    expect(rows.some(({ endDate, fxEndDate }) => endDate !== fxEndDate)).toBe(true);
    expect(rows.some(({ baseDate, fxBaseDate }) => baseDate !== fxBaseDate)).toBe(true);
  });
});

describe("currencyReturn", () => {
  const days = weekdaysFrom("2025-12-01", 60);
  const index = { dates: days, values: days.map((_, t) => 100 + t) };
  const fixings = (dates: readonly string[]) => ({ dates, values: dates.map((_, t) => 0.01 + 0.0001 * t) });
  const of = (fx: { readonly dates: readonly string[]; readonly values: readonly number[] }) =>
    currencyReturn(index, fx, "2026-01-01", { quote: "per-local" });
  const [base = "", end = ""] = [days.findLast((date) => date < "2026-01-01"), days.at(-1)];

  it("takes a fixing of the session itself before an earlier one, and none after it", () => {
    expect(of(fixings(days)).value).toMatchObject({ fxBaseDate: base, fxEndDate: end });
    const later = fixings([...days, "2026-02-27", "2026-03-02"]);
    expect(of(later).value).toEqual(of(fixings(days)).value);
    expect(of({ ...fixings(days), values: days.map((_, t) => 0.01 + 0.0002 * t) }).value?.fx).not.toBe(
      of(fixings(days)).value?.fx,
    );
  });

  it("takes one 3 days old as it is, one of 4 to 10 with a caveat, and none that is older", () => {
    const without = (count: number) => of(fixings(days.slice(0, -count)));
    expect(without(3)).toMatchObject({ status: "ok", reasons: [] });
    expect(without(4)).toMatchObject({
      status: "warn",
      value: { endDate: end },
      reasons: [{ code: "fx-stale", need: 3, have: 4 }],
    });
    expect(without(10)).toMatchObject({ status: "warn", reasons: [{ have: 10 }] });
    expect(without(11)).toMatchObject({
      status: "undefined",
      value: null,
      reasons: [{ code: "fx-stale" }],
    });
  });

  it("counts days of fixings by the calendar that it is given", () => {
    const found = currencyReturn(index, fixings(days.slice(0, -11)), "2026-01-01", {
      quote: "per-local",
      fixings: () => 0,
    });
    expect(found.status).toBe("ok");
  });

  it("does not exist without a fixing on or before the base session, or for rates that are none", () => {
    const after = days.filter((date) => date > base);
    expect(of(fixings(after))).toMatchObject({ status: "undefined", reasons: [{ code: "fx-missing" }] });
    expect(of(fixings([base, ...after])).status).toBe("ok");
    expect(of(fixings([]))).toMatchObject({ status: "undefined", reasons: [{ code: "fx-missing" }] });
    for (const bad of [0, -1])
      expect(of({ dates: days, values: fixings(days).values.with(-1, bad) })).toMatchObject({
        status: "undefined",
        reasons: [{ code: "not-positive" }],
      });
    for (const bad of [0, -1])
      expect(of({ dates: days, values: fixings(days).values.with(days.indexOf(base), bad) })).toMatchObject({
        status: "undefined",
        reasons: [{ code: "not-positive" }],
      });
    expect(() => of({ dates: days, values: fixings(days).values.with(-1, Number.NaN) })).toThrow(RangeError);
  });

  it("has the cases of the local return", () => {
    const late = currencyReturn(index, fixings(days), "2027-01-01", { quote: "per-local" });
    expect(late).toMatchObject({ status: "insufficient" });
    const broken = { ...index, values: index.values.with(-1, 0) };
    expect(currencyReturn(broken, fixings(days), "2026-01-01", { quote: "per-local" })).toMatchObject({
      status: "undefined",
      reasons: [{ code: "not-positive" }],
    });
  });
});

describe("splitCurrencyReturn", () => {
  const value = fc.integer({ min: -9000, max: 30_000 }).map((n) => n / 10_000);

  it("of 25 % and 2.4 % is 28.0 %", () => {
    const { local, fx, cross, total } = splitCurrencyReturn(0.25, 0.024);
    expect([local, fx]).toEqual([0.25, 0.024]);
    expect(cross).toBeCloseTo(0.006, 15);
    expect(total).toBeCloseTo(0.28, 15);
  });

  it("adds up exactly, and compounds", () => {
    fc.assert(
      fc.property(value, value, (r, change) => {
        const { local, fx, cross, total } = splitCurrencyReturn(r, change);
        expect(local + fx + cross).toBe(total);
        expect(total).toBeCloseTo((1 + r) * (1 + change) - 1, 12);
      }),
      seeded,
    );
    // The sum of the first two alone is another number.
    expect(splitCurrencyReturn(0.1, 0.1).total).not.toBe(0.2);
  });

  it("of a quote and of its reverse undo each other", () => {
    fc.assert(
      fc.property(value, value, (r, change) => {
        const there = splitCurrencyReturn(r, change).total;
        expect(splitCurrencyReturn(there, 1 / (1 + change) - 1).total).toBeCloseTo(r, 10);
      }),
      seeded,
    );
  });

  it("refuses what is not a number", () => {
    expect(() => splitCurrencyReturn(Number.NaN, 0.1)).toThrow(RangeError);
    expect(() => splitCurrencyReturn(0.1, Number.POSITIVE_INFINITY)).toThrow(RangeError);
  });
});

describe("convertedPrices", () => {
  const days = weekdaysFrom("2025-12-01", 40);
  const index = { dates: days, values: days.map((_, t) => 100 + t) };
  const rates = (dates: readonly string[]) => ({ dates, values: dates.map((_, t) => 2 + t / 10) });

  it("multiplies by the dollars of a unit, and divides by the units of a dollar", () => {
    const fx = rates(days);
    expect(convertedPrices(index, fx, { quote: "per-local" })).toEqual({
      dates: days,
      values: index.values.map((price, t) => price * (fx.values[t] ?? 0)),
    });
    const inverse = { dates: days, values: fx.values.map((rate) => 1 / rate) };
    convertedPrices(index, inverse, { quote: "local-per" }).values.forEach((price, t) => {
      expect(price).toBeCloseTo((index.values[t] ?? 0) * (fx.values[t] ?? 0), 10);
    });
  });

  it("takes the last fixing on or before each session, and none after it", () => {
    const fx = rates(days.filter((_, t) => t % 3 === 0));
    const found = convertedPrices(index, fx, { quote: "per-local" });
    const last = (day: string) => fx.values[fx.dates.findLastIndex((date) => date <= day)] ?? 0;
    expect(found.values).toEqual(index.values.map((price, t) => price * last(days[t] ?? "")));
    const later = { dates: [...fx.dates, "2027-01-01"], values: [...fx.values, 99] };
    expect(convertedPrices(index, later, { quote: "per-local" })).toEqual(found);
  });

  it("leaves out sessions before the first fixing, more than ten fixings after the last, and a rate of zero", () => {
    const some = rates(days.slice(5, 15));
    expect(convertedPrices(index, some, { quote: "per-local" }).dates).toEqual(days.slice(5, 25));
    const zero = { dates: days, values: days.map((_, t) => (t === 7 ? 0 : 1)) };
    expect(convertedPrices(index, zero, { quote: "local-per" }).dates).toEqual(
      days.filter((_, t) => t !== 7),
    );
    expect(convertedPrices(index, { dates: [], values: [] }, { quote: "per-local" }).dates).toEqual([]);
  });

  it("gives the move of its end points that currencyReturn gives", () => {
    const fx = rates(days.filter((_, t) => t % 4 !== 1));
    const { dates, values } = convertedPrices(index, fx, { quote: "local-per" });
    const { value } = currencyReturn(index, fx, "2026-01-01", { quote: "local-per" });
    const at = (day: string | undefined) => values[dates.indexOf(day ?? "")] ?? 0;
    expect(at(value?.endDate) / at(value?.baseDate) - 1).toBeCloseTo(value?.total ?? 0, 14);
  });

  it("refuses a number that is not finite", () => {
    const bad = { dates: days, values: days.map(() => Number.NaN) };
    expect(() => convertedPrices(index, bad, { quote: "per-local" })).toThrow(RangeError);
  });
});
