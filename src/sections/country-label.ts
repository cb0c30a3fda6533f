import type { Fact } from "#src/domain/fact.ts";
import type { Column } from "#src/domain/panel.ts";
import type { Place } from "#src/domain/say.ts";
import { changeRules, changeZ } from "#src/metrics/change-z.ts";
import { convertedPrices } from "#src/metrics/currency-return.ts";
import { type Dated, innerJoin } from "#src/metrics/inner-join.ts";
import {
  type JapanLabel,
  type JapanSignal,
  type JapanSignals,
  japanLabel,
} from "#src/metrics/japan-label.ts";
import { relativeStrength } from "#src/metrics/relative-strength.ts";
import { insufficient, type Measured, mapMeasured, ok, tooFew } from "#src/metrics/result.ts";
import {
  type Country,
  type CountryFinding,
  nothing,
  presentColumn,
  questionOf,
} from "#src/sections/country-data.ts";
import { moveInBp, type YieldMove } from "#src/sections/country-yield.ts";
import { sessionCount, shortName } from "#src/sections/market.ts";
import { factsOf } from "#src/sections/regime-data.ts";
import { type SectionContext, say } from "#src/sections/section.ts";
import { countryLabel } from "#src/statements/rules/country.ts";

/** One sign: how far it moved over twenty sessions, and how that compares with its own history. */
interface Sign {
  readonly signal: JapanSignal;
  readonly name: Place;
  readonly move: Fact;
  readonly z: Fact;
  readonly series: readonly string[];
}

const { horizon } = changeRules;

/** Which trade on the market the signs of twenty sessions show, and what contradicts the others (J7). */
export function labelOf(context: SectionContext, country: Country, yields: YieldMove | null): CountryFinding {
  const { id, rule } = country;
  if (rule.label === null) return nothing;
  const signs = signsOf(context, country, yields);
  const measured = japanLabel(valuesOf(signs));
  const at = (signal: JapanSignal): Fact | null => signs.find((sign) => sign.signal === signal)?.move ?? null;
  const fact = factsOf(context, `${id}.label`, {
    series: signs.flatMap(({ series }) => series),
    method: "J7 label of the trade, signs of 20 sessions",
    params: { trade: measured.value?.trade ?? null },
  });
  const evidence = {
    trade: { value: measured.value?.trade ?? null, reasons: measured.reasons },
    isAmbiguous: measured.reasons.some(({ code }) => code === "ambiguous"),
    signs: fact("signs", ok(measured.n, measured.n), "count"),
    equities: at("equities"),
    effective: at("yen"),
    yield: at("yield"),
    gold: at("gold"),
    against: againstReflation(measured),
  };
  const question = questionOf(context, country, countryLabel, "label", evidence);
  return {
    ...nothing,
    questions: measured.value === null ? [] : [question],
    rows: signs.map(({ name, signal, move, z }) => ({
      shelf: "signs",
      head: say(`country.table.sign.${signal}`, { name }),
      // Prices beside yields: each cell has its unit.
      cells: [
        { say: say("country.table.sign.move", { v: { fact: move.id, signed: true } }) },
        { fact: z.id },
      ],
    })),
    absent: absentOf(context, country),
    gaps: measured.value === null ? [say("country.gap.label", { name: { name: rule.name } })] : [],
    series: [...new Set(signs.flatMap(({ series }) => series))],
  };
}

const valuesOf = (signs: readonly Sign[]): JapanSignals => {
  const of = (wanted: JapanSignal): number | null => {
    const value = signs.find(({ signal }) => signal === wanted)?.z.value ?? null;
    return typeof value === "number" ? value : null;
  };
  return {
    equities: of("equities"),
    yen: of("yen"),
    yield: of("yield"),
    breakeven: of("breakeven"),
    banks: of("banks"),
    gold: of("gold"),
  };
};

const judges = ["yield", "breakeven", "banks"] as const;

/** Which of yield, breakeven and banks speak against reflation while equities rise; `null` where none does. */
function againstReflation({ value }: Measured<JapanLabel>): string | null {
  if (value === null) return null;
  const { contradicted } = value.matches.reflation;
  const against = judges.filter((signal) => contradicted.includes(signal));
  return contradicted.includes("equities") || against.length === 0 ? null : against.join("-");
}

/** Configured series of the label of which nothing can be said. */
const absentOf = (context: SectionContext, { rule }: Country): readonly string[] =>
  [rule.yield, ...Object.values(rule.label ?? {})].filter(
    (series): series is string => series !== null && presentColumn(context, series) === null,
  );

/** The signs that have a value, in the order of the table. */
function signsOf(context: SectionContext, country: Country, yields: YieldMove | null): readonly Sign[] {
  const { id, rule, index, fx } = country;
  const { effective = null, breakeven = null, banks = null, gold = null } = rule.label ?? {};
  const column = (series: string | null): Column | null => presentColumn(context, series);
  const [rate, inflation, lenders, metal] = [effective, breakeven, banks, gold].map(column);
  return [
    priceSign(context, id, "equities", index, index, [index.series.id]),
    ...(rate ? [priceSign(context, id, "yen", rate, rate, [rate.series.id])] : []),
    ...(yields ? [yieldSign(context, id, "yield", yields.column, yields.move)] : []),
    ...(inflation
      ? [yieldSign(context, id, "breakeven", inflation, moveInBp(context, `${id}.breakeven`, inflation))]
      : []),
    ...(lenders ? [banksSign(context, id, lenders, index)] : []),
    ...(metal && fx ? [goldSign(context, country, metal, fx)] : []),
  ];
}

const signFacts = (context: SectionContext, id: string, signal: JapanSignal, series: readonly string[]) =>
  factsOf(context, `${id}.sign.${signal}`, {
    series,
    method: "J7 sign: z-score of the move of 20 sessions",
    params: { horizon },
  });

/** The sign of a price; its move is told as a return. */
function priceSign(
  context: SectionContext,
  id: string,
  signal: JapanSignal,
  column: Column,
  { values }: Pick<Dated, "values">,
  series: readonly string[],
): Sign {
  const fact = signFacts(context, id, signal, series);
  const [before = 0, now = 0] = [values.at(-1 - horizon), values.at(-1)];
  const move = before > 0 && now > 0 ? ok(now / before - 1, horizon) : tooFew(values.length, horizon + 1);
  return {
    signal,
    name: shortName(column.series),
    move: fact("move", move, "return"),
    z: fact(
      "z",
      mapMeasured(changeZ(values, "logarithm"), ({ z }) => z),
      "z",
    ),
    series,
  };
}

function yieldSign(
  context: SectionContext,
  id: string,
  signal: JapanSignal,
  { series, values }: Column,
  move: Fact,
): Sign {
  const fact = signFacts(context, id, signal, [series.id]);
  return {
    signal,
    name: shortName(series),
    move,
    z: fact(
      "z",
      mapMeasured(changeZ(values, "difference"), ({ z }) => z),
      "z",
    ),
    series: [series.id],
  };
}

/** Banks against the index (A4): the change of their ratio, and the z of its logarithm. */
function banksSign(context: SectionContext, id: string, banks: Column, index: Column): Sign {
  const series = [banks.series.id, index.series.id];
  const fact = signFacts(context, id, "banks", series);
  const { values } = innerJoin([banks, index]);
  const found = relativeStrength(values[0] ?? [], values[1] ?? [], { history: changeRules.history });
  const z = found.value?.z ?? null;
  const why = found.reasons[0] ?? { code: "no-value" };
  return {
    signal: "banks",
    name: shortName(banks.series),
    move: fact(
      "move",
      mapMeasured(found, ({ value }) => Math.expm1(value)),
      "return",
    ),
    z: fact("z", z === null ? insufficient(found.n, why) : ok(z, found.n), "z"),
    series,
  };
}

/** Gold in the country's currency: the rate turned round, since gold is in dollars. */
function goldSign(context: SectionContext, { id, rule }: Country, gold: Column, fx: Column): Sign {
  const quote = rule.quote === "local-per" ? "per-local" : "local-per";
  const local = convertedPrices(gold, fx, { quote, fixings: sessionCount(context, fx.series) });
  return priceSign(context, id, "gold", gold, local, [gold.series.id, fx.series.id]);
}
