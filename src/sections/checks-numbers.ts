import type { OperandRule } from "#src/domain/check-rules.ts";
import type { Fact } from "#src/domain/fact.ts";
import type { Localised } from "#src/domain/locale.ts";
import { currencies, type Unit } from "#src/domain/quantity.ts";
import type { Place } from "#src/domain/say.ts";
import { exponents, type Series } from "#src/domain/series.ts";
import type { Quoted } from "#src/metrics/implied-number.ts";
import { shortName, staleness } from "#src/sections/market.ts";
import type { SectionContext } from "#src/sections/section.ts";

/** A number that a relation is about, with what it is called. */
export interface QuotedNumber {
  readonly fact: Fact;
  readonly quoted: Quoted;
  readonly name: Place;
  /** Its day, where somebody stated it; `null` where it is of this issue. */
  readonly day: Fact | null;
}

/** Why a number cannot be had, and what it is called. */
export interface Missing {
  readonly code: "no-fact" | "no-number" | "stale" | "units-differ" | "not-defined";
  readonly what: Place;
}

/** The number behind an operand; or why there is none. */
export const numberOf = (context: SectionContext, rule: OperandRule): QuotedNumber | Missing =>
  "fact" in rule ? factNumber(context, rule) : statedNumber(context, rule.series, rule.decimals);

export const isMissing = (found: QuotedNumber | Missing): found is Missing => "code" in found;

/** A fact of this issue, which is as exact as it was computed. It is called as its rule says, or by its series, so that a proxy is named. */
function factNumber(
  { facts, panel }: SectionContext,
  { fact: id, name: given }: Extract<OperandRule, { fact: string }>,
): QuotedNumber | Missing {
  const fact = facts.get(id);
  const literal: Place = { name: { en: id, "zh-CN": id } };
  if (fact === undefined) return { code: "no-fact", what: literal };
  if (typeof fact.value !== "number") return { code: "no-number", what: literal };
  const names = fact.series.map((series) => panel.column(series).series.short);
  const own: Place = names.length === 0 || names.length > 3 ? literal : { name: joined(names) };
  const name = given === null ? own : { name: given };
  return { fact, quoted: { value: fact.value, half: 0 }, name, day: null };
}

const joined = (names: readonly Localised[]): Localised => ({
  en: names.map(({ en }) => en).join(", "),
  "zh-CN": names.map((name) => name["zh-CN"]).join("、"),
});

/** The latest value of a series, rounded as it was printed, with the word of its source. */
function statedNumber(context: SectionContext, id: string, given: number | null): QuotedNumber | Missing {
  const { facts, panel } = context;
  const column = panel.column(id);
  const { series, dates, values, sources } = column;
  const name = shortName(series);
  const [value, day] = [values.at(-1), dates.at(-1)];
  if (value === undefined || day === undefined) return { code: "no-number", what: name };
  if (staleness(context, column) !== null) return { code: "stale", what: name };
  const exponent = exponents[series.unit];
  const decimals = given ?? decimalsOf(Number(`${value}e${-exponent}`));
  const quantum = Number(`1e${exponent - decimals}`);
  const factId = `checks.quoted.${id}${given === null ? "" : `.decimals-${given}`}`;
  const shared = {
    series: [id],
    method: "M1 quoted number",
    params: { decimals },
    window: { start: day, end: day, n: 1 },
  };
  const fact =
    facts.get(factId) ??
    facts.add({
      ...shared,
      id: factId,
      value,
      unit: unitOf(series),
      quantum,
      source: sources?.at(-1) ?? series.source ?? series.provider,
    });
  const dayFact =
    facts.get(`${factId}.day`) ?? facts.add({ ...shared, id: `${factId}.day`, value: day, unit: "date" });
  return { fact, quoted: { value, half: quantum / 2 }, name, day: dayFact };
}

/** Decimals of the shortest text that reads as the number; 0 for a whole one. */
const decimalsOf = (value: number): number => {
  const [, fraction = "", exponent = "0"] = /^-?\d+(?:\.(\d+))?(?:e([+-]\d+))?$/.exec(String(value)) ?? [];
  return Math.max(0, fraction.length - Number(exponent));
};

/** What a stated number is printed in, by its kind. */
function unitOf({ kind, unit, currency }: Series): Unit {
  const money = currencies.find((code) => code === currency);
  if ((kind === "flow" || kind === "aum") && money !== undefined) return money;
  if (kind === "return" || kind === "yield" || kind === "count") return kind;
  if (kind === "ratio") return unit === "percent" || unit === "bp" ? "share" : "multiple";
  return "points";
}
