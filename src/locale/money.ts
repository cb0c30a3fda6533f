import type { Locale } from "#src/domain/locale.ts";
import type { Currency } from "#src/domain/quantity.ts";
import { placePoint } from "#src/locale/number.ts";

type Scale = readonly [from: number, suffix: string];

const scales: Readonly<Record<Locale, readonly Scale[]>> = {
  en: [
    [1e12, "tn"],
    [1e9, "bn"],
    [1e6, "mn"],
    [1e3, "k"],
  ],
  "zh-CN": [
    [1e12, "万亿"],
    [1e8, "亿"],
    [1e4, "万"],
  ],
};

const symbols: Readonly<Record<Currency, string>> = {
  USD: "$",
  EUR: "€",
  GBP: "£",
  JPY: "¥",
  CNY: "CNY ",
  HKD: "HK$",
  KRW: "KRW ",
};

const names: Readonly<Record<Currency, string>> = {
  USD: "美元",
  EUR: "欧元",
  GBP: "英镑",
  JPY: "日元",
  CNY: "元",
  HKD: "港元",
  KRW: "韩元",
};

/** The scale in which a column of money is printed: `$bn` and 亿美元 (the head names it). */
export const tableScale: Readonly<Record<Locale, number>> = { en: 1e9, "zh-CN": 1e8 };

/** A count of quanta as `$89.0bn` or 890亿美元: the suffix is chosen from the rounded value. */
export function printMoney(count: number, quantum: number, currency: Currency, locale: Locale): string {
  const rounded = Math.abs(count) * quantum;
  const [scale, suffix] = scales[locale].find(([from]) => rounded >= from) ?? [1, ""];
  const digits = printScaled(count, quantum, scale, locale);
  return locale === "en" ? `${symbols[currency]}${digits}${suffix}` : `${digits}${suffix}${names[currency]}`;
}

/** A count of quanta as a bare number of `scale`s, with as many decimals as the quantum has in that scale. */
export function printScaled(count: number, quantum: number, scale: number, locale: Locale): string {
  const places = Math.round(Math.log10(scale / quantum));
  return places >= 0 ? placePoint(count, places, locale) : placePoint(count * 10 ** -places, 0, locale);
}
