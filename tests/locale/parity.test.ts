import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { countOf, currencies, isCurrency, quantumOf, type Unit } from "#src/domain/quantity.ts";
import { parsePrinted } from "#src/locale/parse-printed.ts";
import { printFact } from "#src/locale/print-fact.ts";
import { factOf } from "#tests/locale/facts.ts";

const seed = 20_260_213;

/** What a text says as a whole number of quanta; the errors of reading and dividing are far below a quantum. */
function countIn(text: string, locale: "en" | "zh-CN", quantum: number): number | string {
  const value = parsePrinted(text, locale);
  if (value === null) return `no number in ${text}`;
  const count = value / quantum;
  return Math.abs(count - Math.round(count)) < 1e-3 ? Math.round(count) + 0 : `${text} is no whole number`;
}

interface Drawn {
  readonly value: number;
  readonly unit: Unit;
  readonly quantum: number;
}

const sign = fc.constantFrom(1, -1);
const money: fc.Arbitrary<Drawn> = fc
  .tuple(fc.double({ min: 2, max: 14.5, noNaN: true }), sign, fc.constantFrom(...currencies))
  .map(([power, direction, unit]) => {
    const value = direction * 10 ** power;
    return { value, unit, quantum: quantumOf(value, unit) };
  });
/** Values that end in a half of their quantum, or beside it: where two roundings would part. */
const halves: fc.Arbitrary<Drawn> = fc
  .record({
    whole: fc.integer({ min: 0, max: 9999 }),
    quantum: fc.constantFrom(1e3, 1e5, 1e6, 1e7, 1e8, 1e10, 1e11),
    beside: fc.constantFrom(-1, 0, 1),
    direction: sign,
    unit: fc.constantFrom(...currencies),
  })
  .map(({ whole, quantum, beside, direction, unit }) => {
    const value = direction * (whole * quantum + quantum / 2 + beside);
    return { value, unit, quantum: quantumOf(value, unit) };
  });
/** Numbers spread evenly, since random doubles are mostly tiny. */
const spread = (limit: number): fc.Arbitrary<number> =>
  fc.integer({ min: -1_000_000_000, max: 1_000_000_000 }).map((n) => (n / 1_000_000_000) * limit);
const ownQuantum = ([value, unit]: readonly [number, Unit]): Drawn => ({
  value,
  unit,
  quantum: quantumOf(value, unit),
});
const rates = fc.tuple(spread(3), fc.constantFrom<Unit>("return", "pp")).map(ownQuantum);
const levels = fc
  .tuple(spread(3), fc.constantFrom<Unit>("share", "volatility", "yield"))
  .map(([value, unit]) => ownQuantum([Math.abs(value), unit]));
const bare = fc.tuple(spread(500), fc.constantFrom<Unit>("bp", "z", "correlation")).map(ownQuantum);
const multiples = spread(500).map((value) => ownQuantum([Math.abs(value), "multiple"]));
const ratios = spread(500).map((value) => ownQuantum([Math.abs(value), "ratio"]));
const points: fc.Arbitrary<Drawn> = fc
  .tuple(spread(1e5), fc.integer({ min: 0, max: 6 }))
  .map(([value, decimals]) => ({ value: Math.abs(value), unit: "points", quantum: 10 ** -decimals }));

const prints = ({ value, unit, quantum }: Drawn, style: "plain" | "signed" | "table") => {
  const fact = factOf(value, unit, quantum);
  return { en: printFact(fact, "en", style), zh: printFact(fact, "zh-CN", style) };
};
/** A column of money is printed in billions and in 亿, which its head names. */
const headed = (text: string, unit: Unit, word: string): string =>
  isCurrency(unit) ? text + word : unit === "pp" ? `${text}%` : text;

describe("the two editions", () => {
  it.each([
    ["money", money, 8000],
    ["money at halves", halves, 6000],
    ["rates", rates, 2000],
    ["levels in percent", levels, 2000],
    ["bare numbers", bare, 2000],
    ["multiples", multiples, 1000],
    ["ratios", ratios, 1000],
    ["levels in points", points, 2000],
  ] as const)("print the same count of quanta: %s", (_, drawn, numRuns) => {
    let nonzero = 0;
    fc.assert(
      fc.property(drawn, (each) => {
        const { value, unit, quantum } = each;
        const count = countOf(value, quantum);
        const magnitude = unit === "z" || unit === "correlation" ? count : Math.abs(count);
        const [plain, signed, table] = [prints(each, "plain"), prints(each, "signed"), prints(each, "table")];
        expect([countIn(plain.en, "en", quantum), countIn(plain.zh, "zh-CN", quantum)]).toEqual([
          magnitude,
          magnitude,
        ]);
        expect([countIn(signed.en, "en", quantum), countIn(signed.zh, "zh-CN", quantum)]).toEqual([
          count,
          count,
        ]);
        const shown = isCurrency(unit) || ["return", "pp", "bp"].includes(unit) ? count : magnitude;
        expect([
          countIn(headed(table.en, unit, "bn"), "en", quantum),
          countIn(headed(table.zh, unit, "亿"), "zh-CN", quantum),
        ]).toEqual([shown, shown]);
        if (count !== 0) nonzero++;
      }),
      { seed, numRuns },
    );
    expect(nonzero).toBeGreaterThan(numRuns / 2);
  });
});

describe("parsePrinted", () => {
  it.each([
    ["$89.0bn", "890亿美元", 89e9],
    ["$1.23tn", "1.23万亿美元", 1.23e12],
    ["$94mn", "9400万美元", 94e6],
    ["$12k", "1.2万美元", 12e3],
    ["\u2212$1.2bn", "\u221212亿美元", -1.2e9],
    ["HK$340mn", "3.4亿港元", 340e6],
    ["CNY 1,234.5tn", "1,234.5万亿元", 1234.5e12],
    ["+3.1%", "+3.1%", 0.031],
    ["0.4pp", "0.4个百分点", 0.004],
    ["15bp", "15个基点", 15],
    ["5.6x", "5.6倍", 5.6],
    ["92nd", "92", 92],
    ["12,480", "12,480", 12_480],
    ["\u22120.42", "\u22120.42", -0.42],
    ["0.000001", "0.000001", 1e-6],
  ])("reads %s and %s", (en, zh, value) => {
    expect(parsePrinted(en, "en")).toBeCloseTo(value, 9);
    expect(parsePrinted(zh, "zh-CN")).toBeCloseTo(value, 9);
  });

  it.each(["", "none", "–", "2%–5%", "Feb 13, 2026", "2026年2月13日", "1 2", "1.2.3"])(
    "gives nothing for %j",
    (text) => {
      for (const locale of ["en", "zh-CN"] as const) expect(parsePrinted(text, locale)).toBeNull();
    },
  );

  it("sees a slip of scale, of the point or of the sign in either edition", () => {
    const slips: readonly (readonly [RegExp, string])[] = [
      [/万亿/, "亿"],
      [/(?<!万)亿/, "万"],
      [/bn/, "mn"],
      [/mn/, "bn"],
      [/tn/, "bn"],
      [/k$/, ""],
      [/(\d)\.(\d)/, "$1$2"],
      [/^\u2212/, ""],
    ];
    let caught = 0;
    const check = (text: string, locale: "en" | "zh-CN", { value, quantum }: Drawn) => {
      for (const [from, to] of slips) {
        const slipped = text.replace(from, to);
        if (slipped === text) continue;
        expect(countIn(slipped, locale, quantum)).not.toBe(countOf(value, quantum));
        caught++;
      }
    };
    fc.assert(
      fc.property(fc.oneof(money, halves), (each) => {
        const { en, zh } = prints(each, "signed");
        fc.pre(countOf(each.value, each.quantum) !== 0);
        check(en, "en", each);
        check(zh, "zh-CN", each);
      }),
      { seed, numRuns: 1000 },
    );
    expect(caught).toBeGreaterThan(1000);
  });
});
