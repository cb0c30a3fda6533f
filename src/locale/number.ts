import type { Locale } from "#src/domain/locale.ts";

const minus = "\u2212";

/** Decimal places of a quantum: 0.001 has 3, 10 has 0. */
export const decimalsOf = (quantum: number): number => Math.max(0, Math.round(-Math.log10(quantum)));

/**
 * A whole count with the decimal point moved `decimals` to the left, grouped as the edition groups.
 *
 * English groups always; Chinese from five digits on, or where decimals make it a table figure (7000, 12,480, 6,912.4).
 */
export function placePoint(count: number, decimals: number, locale: Locale): string {
  const digits = String(Math.abs(count)).padStart(decimals + 1, "0");
  const whole = digits.slice(0, digits.length - decimals);
  const grouped = locale === "en" || decimals > 0 || whole.length > 4;
  const front = grouped ? whole.replace(/\B(?=(\d{3})+$)/g, ",") : whole;
  return decimals === 0 ? front : `${front}.${digits.slice(-decimals)}`;
}

/** `+`, `−` (U+2212) or nothing for zero. */
export const signOf = (count: number): string => (count > 0 ? "+" : count < 0 ? minus : "");

/** 1st, 2nd, 3rd, 4th, 11th. */
export function ordinal(n: number): string {
  const tens = n % 100;
  const suffix = tens >= 11 && tens <= 13 ? "th" : (["th", "st", "nd", "rd"][n % 10] ?? "th");
  return `${n}${suffix}`;
}
