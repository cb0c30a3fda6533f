import { exponents, type SourceUnit } from "#src/domain/series.ts";

const plain = /^[+-]?(?:\d+\.?\d*|\.\d+)$/;
const scientific = /^([+-]?(?:\d+\.?\d*|\.\d+))[eE]([+-]?\d{1,4})$/;
const commas = /^[+-]?[1-9]\d{0,2}(?:,\d{3})+(?:\.\d+)?$/;
/** In a file of semicolons 1,234 may well be a decimal comma: one and a bit, not a thousand and more. */
const oneGroup = /^[+-]?\d{1,3},\d{3}$/;
const spaces = /^[+-]?[1-9]\d{0,2}(?:[ \u00A0\u2009\u202F]\d{3})+(?:\.\d+)?$/;

/**
 * The number that a cell holds, in the unit of facts; `null` where it is not certainly one.
 *
 * Commas or spaces may separate full groups of three digits. Everything else is refused rather than guessed: an empty
 * cell, a decimal comma, a percent sign, a currency sign, brackets, numbers from 1e18 on or too small for a double. The
 * unit shifts the decimal point before the number is read, so that 4.13 percent is exactly 0.0413.
 */
export function parseNumber(cell: string, unit: SourceUnit, delimiter = ","): number | null {
  const exponent = exponents[unit];
  if (plain.test(cell)) return read(cell, exponent);
  const [, mantissa, power] = scientific.exec(cell) ?? [];
  if (mantissa !== undefined) return read(mantissa, exponent + Number(power));
  if (delimiter === ";" && oneGroup.test(cell)) return null;
  if (commas.test(cell) || spaces.test(cell))
    return read(cell.replace(/[, \u00A0\u2009\u202F]/g, ""), exponent);
  return null;
}

/** No market has such numbers, and beyond it digits could no longer be printed one by one. */
const largest = 1e18;

function read(digits: string, exponent: number): number | null {
  const value = Number(exponent === 0 ? digits : `${digits}e${exponent}`);
  if (!(Math.abs(value) < largest)) return null;
  if (value === 0) return /[1-9]/.test(digits) ? null : 0;
  return value;
}
