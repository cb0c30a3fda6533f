import type { Fact, Reason } from "#src/domain/fact.ts";
import { isoWeek } from "#src/metrics/iso-week.ts";
import { type LegAttribution, leastReturn, legAttribution } from "#src/metrics/leg-attribution.ts";
import type { Measured } from "#src/metrics/result.ts";
import { grade } from "#src/sections/market.ts";
import { membersOf, type Pair } from "#src/sections/pair-data.ts";
import type { Question, SectionContext } from "#src/sections/section.ts";
import { tailOf } from "#src/sections/tail.ts";
import { pairWeek } from "#src/statements/rules/pair.ts";

/** The facts of a pair's week. */
export interface WeekFacts {
  readonly total: Fact;
  readonly long: Fact;
  readonly short: Fact;
  /** The legs' shares of the total, where there are any. */
  readonly shares: Readonly<Record<"long" | "short", Fact>> | null;
}

/** What a pair did in the week: its facts, and what the rules are asked about them. */
export interface PairWeek {
  readonly facts: WeekFacts;
  readonly question: Question;
}

/** The week's return of a pair, and which leg made it. */
export function weekOfPair(context: SectionContext, pair: Pair): PairWeek {
  const { data, from, to, rule, id } = pair;
  const measured = legAttribution(data.returns.long.slice(from, to), data.returns.short.slice(from, to));
  const facts = weekFacts(context, pair, measured);
  const leg = (measured.value?.longShare ?? 0) > (measured.value?.shortShare ?? 0) ? "long" : "short";
  return {
    facts,
    question: {
      ladder: pairWeek,
      subject: {
        id,
        name: pair.name,
        prose: pair.prose,
        evidence: {
          week: facts.total,
          long: facts.long,
          short: facts.short,
          leg,
          share: facts.shares?.[leg] ?? { value: null, reasons: whyNoShare(measured) },
          isEarly: pair.isEarly,
          end: context.facts.add({
            id: `pair.${id}.week.end`,
            value: data.dates[to - 1] ?? null,
            unit: "date",
            series: membersOf(rule),
            method: "last common session",
          }),
        },
        places: { longName: { name: rule.long.name }, shortName: { name: rule.shorts.name } },
        proof: `pair.${id}-attribution`,
      },
    },
  };
}

/** Why the legs have no shares. */
function whyNoShare({ value, reasons }: Measured<LegAttribution>): readonly Reason[] {
  if (value === null) return reasons;
  const { total, long, short } = value;
  if (long * total <= 0 || short * total <= 0) return [{ code: "mixed-legs" }];
  return [{ code: "too-small", need: leastReturn, have: Math.abs(total) }];
}

function weekFacts({ facts }: SectionContext, pair: Pair, measured: Measured<LegAttribution>): WeekFacts {
  const { data, from, to, id, rule } = pair;
  const { value } = measured;
  const window = { start: data.dates[from] ?? null, end: data.dates[to - 1] ?? null, n: to - from };
  const shared = { series: membersOf(rule), window, ...grade(measured) };
  const leg = (side: "long" | "short"): Fact =>
    facts.add({
      ...shared,
      id: `pair.${id}.${side}.week`,
      value: value?.[side] ?? null,
      unit: "pp",
      method: "P2 leg attribution, Carino linked",
    });
  return {
    total: facts.add({
      ...shared,
      id: `pair.${id}.return.week`,
      value: value?.total ?? null,
      unit: "return",
      method: "P1 pair return, equal weight, rebalanced daily",
      stats: tailOf(weeklyTotals(pair), value?.total ?? 0),
    }),
    long: leg("long"),
    short: leg("short"),
    shares: shareFacts(facts, shared, pair, measured),
  };
}

function shareFacts(
  facts: SectionContext["facts"],
  shared: Pick<Fact, "series" | "window">,
  { id }: Pair,
  { value }: Measured<LegAttribution>,
): WeekFacts["shares"] {
  if (value === null || value.longShare === null || value.shortShare === null) return null;
  const add = (side: "long" | "short", share: number): Fact =>
    facts.add({
      ...shared,
      id: `pair.${id}.${side}-share.week`,
      value: share,
      unit: "share",
      method: "P2 share of the leg",
    });
  return { long: add("long", value.longShare), short: add("short", value.shortShare) };
}

/** Compounded returns of the earlier calendar weeks, the history in which this week is rare or not. */
function weeklyTotals({ data, from }: Pair): number[] {
  const byWeek = new Map<string, number>();
  for (const [i, date] of data.dates.slice(0, from).entries()) {
    const { friday } = isoWeek(date);
    byWeek.set(friday, (byWeek.get(friday) ?? 1) * (1 + (data.returns.pair[i] ?? 0)));
  }
  return [...byWeek.values()].map((growth) => growth - 1);
}
