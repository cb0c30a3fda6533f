import type { Fact } from "#src/domain/fact.ts";
import type { Locale } from "#src/domain/locale.ts";
import { countOf, isCurrency, type Unit } from "#src/domain/quantity.ts";
import { printDate, printFullDate, printInstant, printMonth } from "#src/locale/date.ts";
import { printMoney, printScaled, tableScale } from "#src/locale/money.ts";
import { decimalsOf, ordinal, placePoint, signOf } from "#src/locale/number.ts";
import type { PrintStyle } from "#src/locale/tokens.ts";

/** What stands in a table for a fact that is missing. */
export const missingMark = "–";

/** Units whose number always carries its sign: a verb cannot. */
const alwaysSigned: ReadonlySet<Unit> = new Set(["z", "correlation"]);

/** Units with a direction: their sign is printed in tables, and replaced by the verb in sentences. */
const signedInTables = (unit: Unit): boolean =>
  ["return", "pp", "bp", "z", "correlation"].includes(unit) || isCurrency(unit);

/**
 * A fact as one edition prints it: the only place where digits are made.
 *
 * Both editions print the same whole count of quanta; they differ in where the point stands and in the words round it.
 */
export function printFact(fact: Fact, locale: Locale, style: PrintStyle = "plain"): string {
  if (fact.value === null) return missingMark;
  if (typeof fact.value === "string") return printWord(fact.value, fact, locale, style);
  if (fact.quantum === null) throw new RangeError(`printFact requires a quantum, fact ${fact.id} has none`);
  const count = countOf(fact.value, fact.quantum);
  const signed =
    alwaysSigned.has(fact.unit) ||
    style === "signed" ||
    (signedInTables(fact.unit) ? style === "table" : count < 0);
  return `${signed ? signOf(count) : ""}${printCount(count, fact.quantum, fact.unit, locale, style)}`;
}

function printWord(value: string, fact: Fact, locale: Locale, style: PrintStyle): string {
  if (fact.unit === "date")
    return style === "table"
      ? value
      : style === "full"
        ? printFullDate(value, locale)
        : printDate(value, fact.asOf.slice(0, 10), locale);
  if (fact.unit === "month") return style === "table" ? value : printMonth(value, locale);
  if (fact.unit === "instant")
    return style === "table" ? `${value.slice(0, 10)} ${value.slice(11, 16)}` : printInstant(value, locale);
  return value;
}

/** Units that are fractions and printed as per cent. */
const perCent: ReadonlySet<Unit> = new Set(["return", "share", "volatility", "yield"]);
/** Units that English prints as 1st, 2nd, 3rd; a Chinese sentence has 第 before the place. */
const ranks: ReadonlySet<Unit> = new Set(["percentile", "ordinal"]);

function printCount(count: number, quantum: number, unit: Unit, locale: Locale, style: PrintStyle): string {
  const bare = style === "table";
  if (isCurrency(unit)) {
    return bare
      ? printScaled(count, quantum, tableScale[locale], locale)
      : printMoney(count, quantum, unit, locale);
  }
  if (ranks.has(unit)) return bare || locale === "zh-CN" ? String(count) : ordinal(count);
  const shift = perCent.has(unit) || unit === "pp" ? 2 : 0;
  const digits = placePoint(count, Math.max(0, decimalsOf(quantum) - shift), locale);
  return digits + suffixOf(unit, locale, bare);
}

const words: Readonly<Record<Locale, Readonly<Record<string, string>>>> = {
  en: { pp: "pp", bp: "bp", multiple: "x" },
  "zh-CN": { pp: "个百分点", bp: "个基点", multiple: "倍" },
};

/** The sign or word after the digits; in a table the head names the unit, except per cent and multiples. */
function suffixOf(unit: Unit, locale: Locale, bare: boolean): string {
  if (perCent.has(unit)) return "%";
  return bare && unit !== "multiple" ? "" : (words[locale][unit] ?? "");
}
