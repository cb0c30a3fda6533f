import type { ChartWords } from "#src/domain/figure.ts";
import type { Locale } from "#src/domain/locale.ts";
import { isCurrency, type Unit } from "#src/domain/quantity.ts";
import { printAxisDay } from "#src/locale/date.ts";
import type { Translate } from "#src/locale/messages.ts";
import { tableScale } from "#src/locale/money.ts";
import { placePoint } from "#src/locale/number.ts";
import { factToken, nameToken, tickToken } from "#src/locale/tokens.ts";
import { textWidth } from "#src/render/text-width.ts";

/** Family and size of chart text (visual.md §4: 7.3 pt and 7.1 pt, in CSS px). */
const chartType = {
  en: { family: "Source Sans 3", size: 9.73 },
  "zh-CN": { family: "Noto Sans SC", size: 9.47 },
} as const;

/** The words of an edition for its charts; facts and names come as tokens, widths as they will be set. */
export function chartWords(
  locale: Locale,
  translate: Translate,
  plain: (text: string) => string,
  changes: ChartWords["changes"],
): ChartWords {
  const type = chartType[locale];
  return {
    type,
    changes,
    fact: (id, style = "plain") => factToken(id, style),
    say: (say) => translate(say),
    name: (name) => nameToken(name[locale]),
    tick: (value, unit) => tickToken(String(round(value)), printTick(value, unit, locale)),
    day: (date, part) => tickToken(date, printAxisDay(date, part, locale)),
    width: (text, weight) => textWidth(locale, plain(text), { ...type, weight }),
  };
}

/** Axis values are sums of steps such as 0.1; the noise of their last bits is no part of them. */
const round = (value: number): number => Number(value.toPrecision(12));

/** An axis value: bare, in the scale that the unit line names, with no more decimals than it has: two at most, prices six. */
function printTick(value: number, unit: Unit, locale: Locale): string {
  const scale = isCurrency(unit)
    ? 1 / tableScale[locale]
    : ["return", "share", "volatility", "yield", "pp"].includes(unit)
      ? 100
      : 1;
  const scaled = Math.round(Math.abs(value) * scale * 1e6) / 1e6;
  const places = Math.min(unit === "points" ? 6 : 2, (String(scaled).split(".")[1] ?? "").length);
  const digits = placePoint(Math.round(scaled * 10 ** places), places, locale);
  return value < 0 && scaled !== 0 ? `\u2212${digits}` : digits;
}
