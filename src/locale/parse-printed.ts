import type { Locale } from "#src/domain/locale.ts";

const scaleWords: Readonly<Record<Locale, readonly (readonly [string, number])[]>> = {
  en: [
    ["tn", 1e12],
    ["bn", 1e9],
    ["mn", 1e6],
    ["k", 1e3],
    ["%", 1e-2],
    ["pp", 1e-2],
  ],
  "zh-CN": [
    ["万亿", 1e12],
    ["亿", 1e8],
    ["万", 1e4],
    ["%", 1e-2],
    ["个百分点", 1e-2],
  ],
};

/**
 * Reads a printed number back, from its characters alone: `$89.0bn` and 890亿美元 both give 89e9.
 *
 * It shares no code with the printer, so that a slip of scale in either edition is seen.
 * `null` when the text holds no number or more than one.
 */
export function parsePrinted(text: string, locale: Locale): number | null {
  const numbers = text.match(/\d[\d,]*(?:\.\d+)?/g) ?? [];
  if (numbers.length !== 1) return null;
  const digits = numbers[0] ?? "";
  const after = text.slice(text.indexOf(digits) + digits.length);
  const scale = scaleWords[locale].find(([word]) => after.startsWith(word))?.[1] ?? 1;
  const magnitude = Number(digits.replaceAll(",", "")) * scale;
  return /[\u2212-]/.test(text.slice(0, text.indexOf(digits))) ? -magnitude : magnitude;
}
