import type { Fact } from "#src/domain/fact.ts";
import type { Column } from "#src/domain/panel.ts";
import type { ClockRule } from "#src/domain/signals-rules.ts";
import {
  type GrowthInflation,
  growthInflation,
  type MonthlySeries,
  quadrantRules,
} from "#src/metrics/growth-inflation.ts";
import { monthEnds } from "#src/metrics/month-ends.ts";
import { type Measured, mapMeasured } from "#src/metrics/result.ts";
import { staleness } from "#src/sections/market.ts";
import { factsOf, without } from "#src/sections/regime-data.ts";
import { type Question, type SectionContext, say } from "#src/sections/section.ts";
import { nothing, type SignalsFinding } from "#src/sections/signals-finding.ts";
import { clockLadder } from "#src/statements/rules/signals.ts";

/** A monthly series as it was published by then: the latest value of each month that is over. */
interface Monthly extends MonthlySeries {
  readonly column: Column;
}

interface Clock {
  readonly clock: GrowthInflation;
  readonly growth: readonly Monthly[];
  readonly inflation: Monthly;
}

/** Where the economy stands by growth and inflation (J5), as published by then; beside the shape of the curve, which may say another thing. */
export function clockOf(context: SectionContext, rule: ClockRule, curve: string | null): SignalsFinding {
  const all = [...rule.growth, rule.inflation].map((id) => context.panel.column(id));
  const measured = measure(context, rule);
  return {
    ...nothing,
    questions: [questionOf(context, rule, measured, curve)],
    gaps: measured.value === null ? [say("signals.gap.clock")] : [],
    absent: measured.value === null ? [] : all.filter((column) => !isFresh(context, column)),
  };
}

const isFresh = (context: SectionContext, column: Column): boolean =>
  column.dates.length > 0 && staleness(context, column) === null;

function monthlyOf({ lastDay }: SectionContext, column: Column): Monthly {
  const months = monthEnds(column.dates).filter(({ month }) => month < lastDay.slice(0, 7));
  return {
    column,
    months: months.map(({ month }) => month),
    values: months.map(({ index }) => column.values[index] ?? null),
  };
}

function measure(context: SectionContext, rule: ClockRule): Measured<Clock> {
  const prices = context.panel.column(rule.inflation);
  const growth = rule.growth
    .map((id) => context.panel.column(id))
    .filter((column) => isFresh(context, column))
    .map((column) => monthlyOf(context, column));
  const late = prices.dates.length === 0 ? { code: "too-few", need: 1, have: 0 } : staleness(context, prices);
  if (late !== null) return without(late);
  if (growth.length === 0) return without({ code: "too-few", need: 1, have: 0 });
  if (prices.values.some((price) => price <= 0)) return without({ code: "not-positive" });
  const inflation = monthlyOf(context, prices);
  const found = growthInflation(growth, inflation, context.lastDay);
  return mapMeasured(found, (clock): Clock => ({ clock, growth, inflation }));
}

function questionOf(
  context: SectionContext,
  rule: ClockRule,
  measured: Measured<Clock>,
  curve: string | null,
): Question {
  const { value, n } = measured;
  const fact = factsOf(context, "signals.clock", {
    series: [...rule.growth, rule.inflation],
    method: "J5 growth and inflation quadrant",
    params: { band: quadrantRules.band, history: quadrantRules.history.preferred },
    window: { end: context.lastDay, n },
  });
  const of = <T extends number | string>(take: (clock: Clock) => T) => mapMeasured(measured, take);
  const told = (measure_: string, from: (clock: Clock) => Told) => ({
    month: fact(
      `${measure_}-month`,
      of((clock) => from(clock).month),
      "month",
    ),
    lag: fact(
      `${measure_}-lag`,
      of((clock) => from(clock).lag),
      "count",
    ),
  });
  const [growth, inflation] = [told("growth", oldestOf), told("inflation", pricesOf)] as const;
  const evidence: Record<string, Fact | string | boolean | null> = {
    growth: fact(
      "growth",
      of(({ clock }) => clock.growth),
      "z",
    ),
    inflation: fact(
      "inflation",
      of(({ clock }) => clock.inflation),
      "z",
    ),
    quadrant: value?.clock.quadrant ?? null,
    curve,
    growthMonth: growth.month,
    growthLag: growth.lag,
    inflationMonth: inflation.month,
    inflationLag: inflation.lag,
    isVintage:
      value === null ? null : [...value.growth, value.inflation].every(({ column }) => !column.assumed),
  };
  return { ladder: clockLadder, subject: { id: "clock", evidence } };
}

interface Told {
  readonly month: string;
  readonly lag: number;
}

/** The growth signal that tells of the longest ago. */
function oldestOf({ clock, growth }: Clock): Told {
  const lag = Math.max(...clock.lags.growth);
  return { month: growth[clock.lags.growth.indexOf(lag)]?.months.at(-1) ?? "", lag };
}

const pricesOf = ({ clock, inflation }: Clock): Told => ({
  month: inflation.months.at(-1) ?? "",
  lag: clock.lags.inflation,
});
