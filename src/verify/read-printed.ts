import type { Fact } from "#src/domain/fact.ts";
import type { Locale } from "#src/domain/locale.ts";
import { isCurrency, type Unit } from "#src/domain/quantity.ts";
import { parsePrinted } from "#src/locale/parse-printed.ts";

/*
 * What a printed fact says, read from its characters alone. The words and the scales stand here a second
 * time, on purpose: a slip in the printer must not be repeated by its reader.
 */

const number = "(?:\\d{1,3}(?:,\\d{3})+|\\d+)(?:\\.\\d+)?";
const sign = "[+\\u2212]?";

const money: Readonly<Record<Locale, Readonly<Record<string, readonly [before: string, after: string]>>>> = {
  en: {
    USD: ["\\$", ""],
    EUR: ["€", ""],
    GBP: ["£", ""],
    JPY: ["¥", ""],
    CNY: ["CNY ", ""],
    HKD: ["HK\\$", ""],
    KRW: ["KRW ", ""],
  },
  "zh-CN": {
    USD: ["", "美元"],
    EUR: ["", "欧元"],
    GBP: ["", "英镑"],
    JPY: ["", "日元"],
    CNY: ["", "元"],
    HKD: ["", "港元"],
    KRW: ["", "韩元"],
  },
};
const moneyScale: Readonly<Record<Locale, string>> = { en: "(?:tn|bn|mn|k)?", "zh-CN": "(?:万亿|亿|万)?" };

/** Words after the digits, in sentences. */
const unitWords: Readonly<Record<Locale, Readonly<Record<string, string>>>> = {
  en: { pp: "pp", bp: "bp", multiple: "x", percentile: "(?:st|nd|rd|th)", ordinal: "(?:st|nd|rd|th)" },
  "zh-CN": { pp: "个百分点", bp: "个基点", multiple: "倍" },
};

/** Units of which every number bears its sign, in sentences too, and so leans on no word. */
export const alwaysSigned: ReadonlySet<string> = new Set(["z", "correlation"]);

const perCent: ReadonlySet<string> = new Set(["return", "share", "volatility", "yield"]);

/** The form that a number of this unit must have in this place. */
function formOf(unit: Unit, style: string, locale: Locale): RegExp {
  const bare = style === "table";
  if (isCurrency(unit) && !bare) {
    const [before, after] = money[locale][unit] ?? ["", ""];
    return new RegExp(`^${sign}${before}${number}${moneyScale[locale]}${after}$`, "u");
  }
  const word = perCent.has(unit) ? "%" : bare && unit !== "multiple" ? "" : (unitWords[locale][unit] ?? "");
  return new RegExp(`^${sign}${number}${word}$`, "u");
}

/** What one unit of a bare number in a table is worth: the column's head names $bn, 亿美元 or percentage points. */
const tableScale = (unit: Unit, locale: Locale): number =>
  isCurrency(unit) ? (locale === "en" ? 1e9 : 1e8) : unit === "pp" ? 1e-2 : 1;

/** The value that a printed number names, with its sign if it has one; `null` when it has not the form of its unit. */
export function readNumber(printed: string, unit: Unit, style: string, locale: Locale): number | null {
  if (!formOf(unit, style, locale).test(printed) || !isOrdinalRight(printed)) return null;
  const value = parsePrinted(printed, locale);
  return value === null || style !== "table" ? value : value * tableScale(unit, locale);
}

/** 1st, 2nd, 3rd, 11th, 21st: by hand, from the last two digits. */
function isOrdinalRight(printed: string): boolean {
  const [, digits, suffix] = /(\d+)(st|nd|rd|th)$/u.exec(printed) ?? [];
  if (digits === undefined) return true;
  const isTeen = /1[123]$/u.test(digits);
  const right = isTeen ? "th" : ({ "1": "st", "2": "nd", "3": "rd" }[digits.at(-1) ?? ""] ?? "th");
  return suffix === right;
}

const monthNames =
  "January|February|March|April|May|June|July|August|September|October|November|December".split("|");

/** Month of a name or of its first three letters, as two digits. */
function monthOf(name: string): string | null {
  const at = monthNames.findIndex((month) => month === name || month.slice(0, 3) === name);
  return at < 0 ? null : String(at + 1).padStart(2, "0");
}

const two = (digits: string | undefined): string => (digits ?? "").padStart(2, "0");

/** A printed day, `YYYY-MM-DD`; without a year it is one of the issue's year. */
export function readDay(printed: string, issueYear: string, locale: Locale): string | null {
  if (/^\d{4}-\d\d-\d\d$/u.test(printed)) return printed;
  if (locale === "en") {
    const [, name = "", day, year = issueYear] =
      /^([A-Z][a-z]+) (\d{1,2})(?:, (\d{4}))?$/u.exec(printed) ?? [];
    const month = monthOf(name);
    return month === null ? null : `${year}-${month}-${two(day)}`;
  }
  const [, year = issueYear, month, day] = /^(?:(\d{4})年)?(\d{1,2})月(\d{1,2})日$/u.exec(printed) ?? [];
  return day === undefined ? null : `${year}-${two(month)}-${two(day)}`;
}

/** A printed month, `YYYY-MM`. */
export function readMonth(printed: string, locale: Locale): string | null {
  if (/^\d{4}-\d\d$/u.test(printed)) return printed;
  if (locale === "en") {
    const [, name = "", year = ""] = /^([A-Z][a-z]+) (\d{4})$/u.exec(printed) ?? [];
    const month = monthOf(name);
    return month === null ? null : `${year}-${month}`;
  }
  const [, year, month] = /^(\d{4})年(\d{1,2})月$/u.exec(printed) ?? [];
  return month === undefined ? null : `${year}-${two(month)}`;
}

/** A printed moment to the minute in UTC, `YYYY-MM-DDTHH:MM`. */
function readMoment(printed: string, issueYear: string, locale: Locale): string | null {
  const [, date = "", time] =
    /^(\d{4}-\d\d-\d\d) (\d\d:\d\d)$/u.exec(printed) ??
    /^(.+), (\d\d:\d\d) UTC$/u.exec(printed) ??
    /^(.+日)(\d\d:\d\d)（UTC）$/u.exec(printed) ??
    [];
  const day = readDay(date, issueYear, locale);
  return day === null || time === undefined ? null : `${day}T${time}`;
}

/** The day, month or moment that a printed date names; `null` when it names none. */
export function readDate(printed: string, fact: Fact, locale: Locale): string | null {
  const year = fact.asOf.slice(0, 4);
  if (fact.unit === "month") return readMonth(printed, locale);
  return fact.unit === "instant" ? readMoment(printed, year, locale) : readDay(printed, year, locale);
}
