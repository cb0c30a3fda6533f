import type { Locale } from "#src/domain/locale.ts";
import type { IsoDate } from "#src/domain/time.ts";

const months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];
const longMonths = [
  "January",
  "February",
  "March",
  "April",
  "May",
  "June",
  "July",
  "August",
  "September",
  "October",
  "November",
  "December",
];

const parts = (date: IsoDate): readonly [year: number, month: number, day: number] => {
  const [year = 0, month = 1, day = 1] = date.split("-").map(Number);
  return [year, month, day];
};

/** A day in prose; the year is left out where it is the year of the issue. Both editions decide alike. */
export function printDate(date: IsoDate, asOf: IsoDate, locale: Locale): string {
  const [year, month, day] = parts(date);
  const withYear = date.slice(0, 4) !== asOf.slice(0, 4);
  if (locale === "en") return `${months[month - 1]} ${day}${withYear ? `, ${year}` : ""}`;
  return `${withYear ? `${year}年` : ""}${month}月${day}日`;
}

/** A day with its year, always: mastheads, disclosures. */
export const printFullDate = (date: IsoDate, locale: Locale): string => printDate(date, "0000", locale);

/** A month with its year: January 2021, 2021年1月. */
export function printMonth(month: string, locale: Locale): string {
  const [year, number] = parts(`${month}-01`);
  return locale === "en" ? `${longMonths[number - 1]} ${year}` : `${year}年${number}月`;
}

/** Labels of a time axis. */
export function printAxisDay(
  date: IsoDate,
  part: "year-month" | "month" | "year" | "day",
  locale: Locale,
): string {
  const [year, month, day] = parts(date);
  const name = months[month - 1] ?? "";
  if (part === "year") return String(year);
  if (part === "day") return locale === "en" ? `${name} ${day}` : `${month}月${day}日`;
  if (part === "month") return locale === "en" ? name : `${month}月`;
  return locale === "en" ? `${name} ${year}` : `${year}年${month}月`;
}

/** An instant to the minute in UTC: 2026-02-13 23:00 in tables, with its month in words in prose. */
export function printInstant(iso: string, locale: Locale): string {
  const time = iso.slice(11, 16);
  const date = printFullDate(iso.slice(0, 10), locale);
  return locale === "en" ? `${date}, ${time} UTC` : `${date}${time}（UTC）`;
}
