import { describe, expect, it } from "vitest";
import type { Locale } from "#src/domain/locale.ts";
import { currencies, type Unit } from "#src/domain/quantity.ts";
import { ordinal } from "#src/locale/number.ts";
import { missingMark, printFact } from "#src/locale/print-fact.ts";
import { type PrintStyle, printStyles } from "#src/locale/tokens.ts";
import { factOf } from "#tests/locale/facts.ts";

const both = (value: number | string | null, unit: Unit, style?: PrintStyle, quantum?: number) =>
  (["en", "zh-CN"] as const).map((locale: Locale) => printFact(factOf(value, unit, quantum), locale, style));

describe("money in a sentence", () => {
  // Every row of the quantum rule, its ends, and the traps between the scales of the two languages.
  it.each([
    [13e12, "$13.0tn", "13.0万亿美元"],
    [10e12, "$10.0tn", "10.0万亿美元"],
    [9.996e12, "$10.0tn", "10.0万亿美元"],
    [9.994e12, "$9.99tn", "9.99万亿美元"],
    [1.6e12, "$1.60tn", "1.60万亿美元"],
    [1.23e12, "$1.23tn", "1.23万亿美元"],
    [1e12, "$1.00tn", "1.00万亿美元"],
    [999.96e9, "$1.00tn", "1.00万亿美元"],
    [999.94e9, "$999.9bn", "9999亿美元"],
    [89e9, "$89.0bn", "890亿美元"],
    [16e9, "$16.0bn", "160亿美元"],
    [4.3e9, "$4.3bn", "43亿美元"],
    [1e9, "$1.0bn", "10亿美元"],
    [995e6, "$1.0bn", "10亿美元"],
    [994e6, "$990mn", "9.9亿美元"],
    [740e6, "$740mn", "7.4亿美元"],
    [400e6, "$400mn", "4.0亿美元"],
    [340e6, "$340mn", "3.4亿美元"],
    [105_000_000, "$110mn", "1.1亿美元"],
    [104_999_999, "$100mn", "1.0亿美元"],
    [99.6e6, "$100mn", "1.0亿美元"],
    [94e6, "$94mn", "9400万美元"],
    [50e6, "$50mn", "5000万美元"],
    [10e6, "$10mn", "1000万美元"],
    [9.96e6, "$10mn", "1000万美元"],
    [9.4e6, "$9.4mn", "940万美元"],
    [1e6, "$1.0mn", "100万美元"],
    [999_600, "$1.0mn", "100万美元"],
    [999_400, "$999k", "99.9万美元"],
    [12_000, "$12k", "1.2万美元"],
    [9_500, "$10k", "1.0万美元"],
    [9_400, "$9k", "9000美元"],
    [0, "$0", "0美元"],
    [123_456e9, "$123.5tn", "123.5万亿美元"],
    [1_234_500e9, "$1,234.5tn", "1,234.5万亿美元"],
  ])("%d is %s and %s, and the sign is the verb's", (value, en, zh) => {
    expect(both(value, "USD")).toEqual([en, zh]);
    expect(both(-value, "USD")).toEqual([en, zh]);
  });

  it.each([
    ["USD", "$340mn", "3.4亿美元"],
    ["EUR", "€340mn", "3.4亿欧元"],
    ["GBP", "£340mn", "3.4亿英镑"],
    ["JPY", "¥340mn", "3.4亿日元"],
    ["CNY", "CNY 340mn", "3.4亿元"],
    ["HKD", "HK$340mn", "3.4亿港元"],
    ["KRW", "KRW 340mn", "3.4亿韩元"],
  ] as const)("of %s names its currency", (currency, en, zh) => {
    expect(both(340e6, currency)).toEqual([en, zh]);
    expect(currencies).toContain(currency);
  });

  it("on a coarser scale than its own keeps that scale's digits", () => {
    // Flows are rounded to hundred millions: 0.74 bn is 0.7 bn.
    expect(both(740e6, "USD", "plain", 1e8)).toEqual(["$700mn", "7亿美元"]);
    expect(both(740e6, "USD", "table", 1e8)).toEqual(["+0.7", "+7"]);
    expect(both(8.14e9, "USD", "plain", 1e8)).toEqual(["$8.1bn", "81亿美元"]);
    expect(both(40e6, "USD", "table", 1e8)).toEqual(["0.0", "0"]);
  });
});

describe("other units in a sentence", () => {
  it.each([
    ["return", 0.031, "3.1%", "3.1%"],
    ["return", -0.031, "3.1%", "3.1%"],
    ["return", 0.0821, "8.2%", "8.2%"],
    ["return", 12.3456, "1,234.6%", "1,234.6%"],
    ["share", 0.713, "71.3%", "71.3%"],
    ["volatility", 0.184, "18.4%", "18.4%"],
    ["yield", 0.0405, "4.05%", "4.05%"],
    ["yield", 0.040549, "4.05%", "4.05%"],
    ["yield", 0.04055, "4.06%", "4.06%"],
    ["pp", 0.004, "0.4pp", "0.4个百分点"],
    ["pp", -0.0129, "1.3pp", "1.3个百分点"],
    ["bp", 15, "15bp", "15个基点"],
    ["bp", -6.4, "6bp", "6个基点"],
    ["multiple", 5.5625, "5.6x", "5.6倍"],
    ["multiple", 2.295, "2.3x", "2.3倍"],
    ["ratio", 0.615, "0.62", "0.62"],
    ["ratio", -0.615, "−0.62", "−0.62"],
    ["points", 6836.17, "6,836", "6836"],
    ["points", 12_480, "12,480", "12,480"],
    ["points", 999, "999", "999"],
    ["count", 112, "112", "112"],
    ["count", 1234, "1,234", "1234"],
    ["count", 12_345, "12,345", "12,345"],
    ["percentile", 92, "92nd", "92"],
    ["percentile", 1, "1st", "1"],
    ["percentile", 0.4, "0th", "0"],
    ["ordinal", 3, "3rd", "3"],
    ["ordinal", 11, "11th", "11"],
    ["correlation", -0.42, "−0.42", "−0.42"],
    ["correlation", 0.145, "+0.15", "+0.15"],
    ["correlation", -0.145, "−0.15", "−0.15"],
    ["z", 0.6, "+0.6", "+0.6"],
    ["z", -1.45, "−1.5", "−1.5"],
  ] as const)("%s %d is %s and %s", (unit, value, en, zh) => {
    expect(both(value, unit)).toEqual([en, zh]);
  });

  it.each([
    [6836.17, 0.01, "6,836.17", "6,836.17"],
    [0.5, 0.01, "0.50", "0.50"],
    [0.005, 0.01, "0.01", "0.01"],
    [152.7, 0.01, "152.70", "152.70"],
    [1.0842, 0.0001, "1.0842", "1.0842"],
    [1449.5, 1, "1,450", "1450"],
    [0.000_001, 0.000_001, "0.000001", "0.000001"],
  ])("a level of %d to %d is %s and %s", (value, quantum, en, zh) => {
    expect(both(value, "points", "plain", quantum)).toEqual([en, zh]);
  });
});

describe("signs", () => {
  it("are printed when asked for, with a true minus", () => {
    expect(both(0.031, "return", "signed")).toEqual(["+3.1%", "+3.1%"]);
    expect(both(-0.031, "return", "signed")).toEqual(["\u22123.1%", "\u22123.1%"]);
    expect(both(-0.031, "pp", "signed")).toEqual(["\u22123.1pp", "\u22123.1个百分点"]);
    expect(both(-1.2e9, "USD", "signed")).toEqual(["\u2212$1.2bn", "\u221212亿美元"]);
    expect(both(8.1e9, "USD", "signed")).toEqual(["+$8.1bn", "+81亿美元"]);
    expect(both(-15, "bp", "signed")).toEqual(["\u221215bp", "\u221215个基点"]);
  });

  it("stand in tables for units with a direction, and not for the others", () => {
    expect(both(-0.031, "return", "table")).toEqual(["\u22123.1%", "\u22123.1%"]);
    expect(both(0.004, "pp", "table")).toEqual(["+0.4", "+0.4"]);
    expect(both(-15, "bp", "table")).toEqual(["\u221215", "\u221215"]);
    expect(both(-1.2e9, "USD", "table")).toEqual(["\u22121.2", "\u221212"]);
    expect(both(1.6e12, "USD", "table")).toEqual(["+1,600", "+16,000"]);
    expect(both(6836.17, "points", "table")).toEqual(["6,836", "6836"]);
    expect(both(0.184, "volatility", "table")).toEqual(["18.4%", "18.4%"]);
    expect(both(0.0405, "yield", "table")).toEqual(["4.05%", "4.05%"]);
    expect(both(92, "percentile", "table")).toEqual(["92", "92"]);
    expect(both(3, "ordinal", "table")).toEqual(["3", "3"]);
    expect(both(5.6, "multiple", "table")).toEqual(["5.6x", "5.6倍"]);
    expect(both(1.2, "z", "table")).toEqual(["+1.2", "+1.2"]);
  });

  it.each(["return", "pp", "bp", "z", "correlation", "USD"] as const)(
    "are never given to what rounds to nothing: %s",
    (unit) => {
      for (const value of [-0, 0, -1e-9, 1e-9])
        for (const style of printStyles)
          for (const printed of both(value, unit, style)) expect(printed).not.toMatch(/[-+\u2212]/);
    },
  );

  // Nothing but the number can say that a level lies below zero: there is no verb. Yields of -0.35 % are printed as 0.35 %.
  it.each([
    ["yield", -0.0035, "\u22120.35%"],
    ["points", -37.6, "\u221238"],
    ["multiple", -1.5, "\u22121.5"],
    ["count", -3, "\u22123"],
  ] as const)("stand before every %s below zero, in every style: %d", (unit, value, printed) => {
    for (const style of printStyles)
      for (const text of both(value, unit, style)) expect(text.startsWith(printed)).toBe(true);
  });

  it("are never a hyphen", () => {
    for (const unit of ["return", "pp", "bp", "z", "correlation", "points", "USD"] as const)
      for (const style of printStyles)
        for (const printed of both(-1234.5, unit, style)) expect(printed).not.toContain("-");
  });
});

describe("halves", () => {
  // d3-format and toFixed print 1.4, 5.5, 0.61 and 1.00.
  it.each([
    [1.45, 0.1, "1.5"],
    [5.55, 0.1, "5.6"],
    [0.615, 0.01, "0.62"],
    [1.005, 0.01, "1.01"],
    [2.5, 1, "3"],
    [0.5, 1, "1"],
  ])("%d to %d goes away from zero, to %s", (value, quantum, printed) => {
    expect(both(value, "points", "plain", quantum)).toEqual([printed, printed]);
    expect(both(-value, "points", "signed", quantum)).toEqual([`\u2212${printed}`, `\u2212${printed}`]);
  });
});

describe("what cannot be printed", () => {
  it("a missing value is a dash, never a zero", () => {
    for (const unit of ["return", "USD", "date", "percentile"] as const)
      for (const style of printStyles) expect(both(null, unit, style)).toEqual([missingMark, missingMark]);
    expect(missingMark).toBe("\u2013");
  });

  it("a number without a quantum is a misuse", () => {
    expect(() => printFact({ ...factOf(1, "return"), quantum: null }, "en")).toThrow(/levels\.x\.measure/);
  });
});

describe("ordinal", () => {
  it.each([
    ["st", [1, 21, 31, 91, 101, 121, 1001]],
    ["nd", [2, 22, 52, 92, 102]],
    ["rd", [3, 23, 83, 93, 103]],
    ["th", [0, 4, 5, 9, 10, 11, 12, 13, 14, 20, 24, 99, 100, 111, 112, 113, 211, 1011]],
  ])("%s", (suffix, numbers) => {
    for (const n of numbers) expect(ordinal(n)).toBe(`${n}${suffix}`);
  });

  it("agrees with Intl for every percentile", () => {
    const rules = new Intl.PluralRules("en", { type: "ordinal" });
    const suffixes: Readonly<Record<string, string>> = { one: "st", two: "nd", few: "rd", other: "th" };
    for (let n = 0; n <= 400; n++) expect(ordinal(n)).toBe(`${n}${suffixes[rules.select(n)]}`);
  });
});
