import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Fact } from "#src/domain/fact.ts";
import { countOf, type Unit } from "#src/domain/quantity.ts";
import { printFact } from "#src/locale/print-fact.ts";
import { readDate, readDay, readMonth, readNumber } from "#src/verify/read-printed.ts";
import { factOf } from "#tests/statements/evidence.ts";

const seed = 20_260_213;

const fact = (unit: Unit, value: number | string): Fact => factOf("a.b", value, unit, { state: "none" });

describe("readNumber", () => {
  // By hand: what a reader takes each of these to say.
  it.each([
    ["8.1%", "return", "plain", "en", 0.081],
    ["+8.1%", "return", "signed", "en", 0.081],
    ["\u22120.7%", "return", "table", "zh-CN", -0.007],
    ["3.84%", "yield", "plain", "zh-CN", 0.0384],
    ["3.9pp", "pp", "plain", "en", 0.039],
    ["3.9个百分点", "pp", "plain", "zh-CN", 0.039],
    ["+3.9", "pp", "table", "en", 0.039],
    ["\u221210bp", "bp", "signed", "en", -10],
    ["\u221210个基点", "bp", "signed", "zh-CN", -10],
    ["$12.5bn", "USD", "plain", "en", 12.5e9],
    ["125亿美元", "USD", "plain", "zh-CN", 12.5e9],
    ["+12.5", "USD", "table", "en", 12.5e9],
    ["+125", "USD", "table", "zh-CN", 12.5e9],
    ["\u2212$350mn", "USD", "signed", "en", -350e6],
    ["1.20万亿韩元", "KRW", "plain", "zh-CN", 1.2e12],
    ["KRW 1.20tn", "KRW", "plain", "en", 1.2e12],
    ["HK$4.0bn", "HKD", "plain", "en", 4e9],
    ["12.0亿元", "CNY", "plain", "zh-CN", 1.2e9],
    ["2.1x", "multiple", "table", "en", 2.1],
    ["2.1倍", "multiple", "plain", "zh-CN", 2.1],
    ["0th", "percentile", "plain", "en", 0],
    ["11th", "ordinal", "plain", "en", 11],
    ["92nd", "percentile", "plain", "en", 92],
    ["92", "percentile", "plain", "zh-CN", 92],
    ["3,259.1", "points", "plain", "en", 3259.1],
    ["5000", "points", "plain", "zh-CN", 5000],
    ["\u22121.3", "z", "plain", "en", -1.3],
  ] as const)("reads %s as a %s (%s, %s)", (printed, unit, style, locale, value) => {
    expect(readNumber(printed, unit, style, locale)).toBeCloseTo(
      value,
      12 - Math.ceil(Math.log10(Math.abs(value) + 1)),
    );
  });

  it.each([
    ["8.1", "return", "plain", "en"],
    ["8.1 %", "return", "plain", "en"],
    ["8,1%", "return", "plain", "en"],
    ["-0.7%", "return", "table", "en"],
    ["12.5bn", "USD", "plain", "en"],
    ["€12.5bn", "USD", "plain", "en"],
    ["125亿日元", "USD", "plain", "zh-CN"],
    ["125千万美元", "USD", "plain", "zh-CN"],
    ["$12.5bn", "USD", "plain", "zh-CN"],
    ["$12.5bn", "USD", "table", "en"],
    ["2.1", "multiple", "plain", "en"],
    ["11st", "ordinal", "plain", "en"],
    ["22th", "ordinal", "plain", "en"],
    ["12,34", "count", "plain", "en"],
    ["1,2345", "count", "plain", "en"],
    ["5 000", "count", "plain", "en"],
    ["\uFF15", "count", "plain", "zh-CN"],
    ["", "count", "plain", "en"],
    ["5 to 6", "count", "plain", "en"],
  ] as const)("does not take %j for a %s (%s, %s)", (printed, unit, style, locale) => {
    expect(readNumber(printed, unit, style, locale)).toBeNull();
  });

  const units =
    "return share volatility yield pp bp points multiple z correlation count USD EUR JPY CNY HKD KRW".split(
      " ",
    ) as readonly Unit[];

  it("reads back whatever is printed, to the quantum", () => {
    const sample = fc.tuple(
      fc.constantFrom(...units),
      fc.double({ min: -6, max: 13, noNaN: true }),
      fc.constantFrom(1, -1),
      fc.constantFrom("signed", "table"),
      fc.constantFrom("en", "zh-CN"),
    );
    fc.assert(
      fc.property(sample, ([unit, power, sign, style, locale]) => {
        const made = fact(
          unit,
          sign * 10 ** (unit.length === 3 && unit === unit.toUpperCase() ? power : power / 3),
        );
        const quantum = made.quantum ?? 1;
        const read = readNumber(printFact(made, locale, style), unit, style, locale);
        // A direction is left to a verb in sentences only; these two styles tell it.
        const wanted = countOf(Number(made.value), quantum);
        expect(Math.round((read ?? Number.NaN) / quantum) + 0).toBe(wanted + 0);
      }),
      { seed, numRuns: 2000 },
    );
  });
});

describe("dates", () => {
  it.each([
    ["Jul 29, 2022", "en", "2022-07-29"],
    ["Jan 9", "en", "2026-01-09"],
    ["2022年7月29日", "zh-CN", "2022-07-29"],
    ["1月9日", "zh-CN", "2026-01-09"],
    ["2026-02-13", "en", "2026-02-13"],
    ["Jly 29, 2022", "en", null],
    ["29 Jul 2022", "en", null],
    ["Jan 9", "zh-CN", null],
    ["", "en", null],
  ] as const)("reads the day %s (%s)", (printed, locale, day) => {
    expect(readDay(printed, "2026", locale)).toBe(day);
  });

  it.each([
    ["January 2021", "en", "2021-01"],
    ["2021年1月", "zh-CN", "2021-01"],
    ["2021-01", "zh-CN", "2021-01"],
    ["2021", "en", null],
  ] as const)("reads the month %s (%s)", (printed, locale, month) => {
    expect(readMonth(printed, locale)).toBe(month);
  });

  it.each([
    ["Feb 13, 2026, 23:00 UTC", "en"],
    ["2026年2月13日23:00（UTC）", "zh-CN"],
    ["2026-02-13 23:00", "zh-CN"],
  ] as const)("reads the moment %s (%s)", (printed, locale) => {
    expect(readDate(printed, fact("instant", "2026-02-13T23:00:00Z"), locale)).toBe("2026-02-13T23:00");
  });

  it("reads back every day that is printed", () => {
    const days = fc.date({ min: new Date("1990-01-01"), max: new Date("2035-12-31"), noInvalidDate: true });
    fc.assert(
      fc.property(
        days,
        fc.constantFrom("en", "zh-CN"),
        fc.constantFrom("plain", "full", "table"),
        (date, locale, style) => {
          const made = fact("date", date.toISOString().slice(0, 10));
          expect(readDate(printFact(made, locale, style), made, locale)).toBe(made.value);
        },
      ),
      { seed },
    );
  });
});
