import type { Fact, Reason } from "#src/domain/fact.ts";
import type { Place, Say } from "#src/domain/say.ts";
import type { Refusal, Statement } from "#src/domain/statement.ts";
import { isoWeek } from "#src/metrics/iso-week.ts";
import {
  type LegAttribution,
  type LegWord,
  leastReturn,
  legAttribution,
  mostly,
} from "#src/metrics/leg-attribution.ts";
import type { Measured } from "#src/metrics/result.ts";
import { grade } from "#src/sections/market.ts";
import { membersOf, type Pair } from "#src/sections/pair-data.ts";
import { type SectionContext, say } from "#src/sections/section.ts";
import { tailShare } from "#src/sections/tail.ts";

/** The facts of a pair's week; shares only where they may be said. */
export interface WeekFacts {
  readonly total: Fact;
  readonly long: Fact;
  readonly short: Fact;
  readonly longShare: Fact | null;
  readonly shortShare: Fact | null;
}

/** What a pair did in the week: its facts, the sentence about it, and why a stronger word is not said. */
export interface PairWeek {
  readonly facts: WeekFacts;
  readonly statement: Statement;
  readonly refusal: Refusal | null;
}

/** The week's return of a pair, and which leg made it, in the strongest word that its gate permits. */
export function pairWeek(context: SectionContext, pair: Pair): PairWeek {
  const { data, from, to } = pair;
  const measured = legAttribution(data.returns.long.slice(from, to), data.returns.short.slice(from, to));
  const facts = weekFacts(context, pair, measured);
  const statement = weekStatement(pair, facts, measured.value, earlySentence(context, pair));
  const refusal = spokenOf(facts, measured.value).endsWith("mostly")
    ? null
    : mostlyRefusal(pair, facts, measured.value, statement.id);
  return { facts, statement, refusal };
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
  const share = (side: "long" | "short"): Fact | null => {
    const part = value?.[`${side}Share`] ?? null;
    if (part === null) return null;
    const method = "P2 share of the leg";
    return facts.add({ ...shared, id: `pair.${id}.${side}-share.week`, value: part, unit: "share", method });
  };
  return {
    total: facts.add({
      ...shared,
      id: `pair.${id}.return.week`,
      value: value?.total ?? null,
      unit: "return",
      method: "P1 pair return, equal weight, rebalanced daily",
    }),
    long: leg("long"),
    short: leg("short"),
    longShare: share("long"),
    shortShare: share("short"),
  };
}

/** The word that the shares permit, and none where a leg prints as nothing: its number would not bear the word out. */
const spokenOf = (facts: WeekFacts, value: LegAttribution | null): LegWord =>
  value === null || printsZero(facts) ? "levels-only" : value.spoken;

const printsZero = ({ long, short }: WeekFacts): boolean => long.state === "flat" || short.state === "flat";

function weekStatement(
  pair: Pair,
  facts: WeekFacts,
  value: LegAttribution | null,
  early: readonly Say[],
): Statement {
  const spoken = spokenOf(facts, value);
  const { state } = facts.total;
  const moved = state === "up" || state === "down";
  const word = moved && spoken !== "levels-only" ? spoken : "plain";
  const history = weeklyTotals(pair);
  const places = placesOf(pair, facts, spoken.startsWith("long") ? facts.longShare : facts.shortShare);
  return {
    id: `pair.${pair.id}.week.${state}.${word}`,
    section: "pair",
    claim: say(moved ? `pair.week.claim.${state}.${word}` : `pair.week.claim.${state}`, {
      ...places,
      name: pair.name,
    }),
    text: [
      say(`pair.week.text.${state}`, { ...places, name: pair.prose }),
      ...(state === "na" ? [] : [legsSentence(facts, word, places)]),
      ...early,
    ],
    gate: {
      rule: "P2 share of legs",
      found: { spoken, shortShare: value?.shortShare ?? null, longShare: value?.longShare ?? null },
    },
    tail: { share: tailShare(history, value?.total ?? 0), n: history.length + 1, record: false },
    stance: `${pair.id}.week:${state}`,
    proof: `pair.${pair.id}-attribution`,
  };
}

/** Where the members' last common session is not the week's last, it is named. */
function earlySentence({ facts }: SectionContext, { id, rule, data, to, isEarly }: Pair): readonly Say[] {
  if (!isEarly) return [];
  const day = facts.add({
    id: `pair.${id}.week.end`,
    value: data.dates[to - 1] ?? null,
    unit: "date",
    series: membersOf(rule),
    method: "last common session",
  });
  return [say("pair.week.early", { day: { fact: day.id } })];
}

const legsSentence = (facts: WeekFacts, word: string, places: Readonly<Record<string, Place>>) =>
  word === "plain"
    ? say(`pair.week.legs.${facts.long.state}-${facts.short.state}`, places)
    : say(`pair.week.share.${facts.total.state}.${word}`, places);

const placesOf = ({ rule }: Pair, facts: WeekFacts, share: Fact | null): Readonly<Record<string, Place>> => ({
  week: { fact: facts.total.id },
  long: { fact: facts.long.id },
  short: { fact: facts.short.id },
  longName: { name: rule.long.name },
  shortName: { name: rule.shorts.name },
  ...(share ? { share: { fact: share.id } } : {}),
});

/** Compounded returns of the earlier calendar weeks, the history in which this week is rare or not. */
function weeklyTotals({ data, from }: Pair): number[] {
  const byWeek = new Map<string, number>();
  for (const [i, date] of data.dates.slice(0, from).entries()) {
    const { friday } = isoWeek(date);
    byWeek.set(friday, (byWeek.get(friday) ?? 1) * (1 + (data.returns.pair[i] ?? 0)));
  }
  return [...byWeek.values()].map((growth) => growth - 1);
}

const mostlyRefusal = (
  pair: Pair,
  facts: WeekFacts,
  value: LegAttribution | null,
  instead: string,
): Refusal => ({
  id: `pair.${pair.id}.mostly`,
  word: "mostly driven by",
  section: "pair",
  reasons: value === null ? facts.total.reasons : [whyNotMostly(facts, value)],
  instead,
});

function whyNotMostly(
  facts: WeekFacts,
  { total, long, short, longShare, shortShare }: LegAttribution,
): Reason {
  if (long * total <= 0 || short * total <= 0) return { code: "mixed-legs" };
  if (longShare === null || shortShare === null) {
    return { code: "too-small", need: leastReturn, have: Math.abs(total) };
  }
  if (printsZero(facts)) return { code: "leg-prints-zero" };
  return { code: "share-below", need: mostly, have: Math.max(longShare, shortShare) };
}
