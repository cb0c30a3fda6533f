import { type Stretch, stretchesOf } from "#src/domain/basket.ts";
import { beginning } from "#src/domain/calendar.ts";
import type { Basket } from "#src/domain/declared.ts";
import type { Localised } from "#src/domain/locale.ts";
import type { Panel } from "#src/domain/panel.ts";
import { addDays, type IsoDate } from "#src/domain/time.ts";
import type { PairLeg, PairRule } from "#src/domain/workspace.ts";
import type { SectionContext } from "#src/sections/section.ts";

/** A side of a pair as of the cut-off: who was in it when. */
export interface DatedLeg {
  readonly name: Localised;
  /** All who were ever in it, each once. */
  readonly members: readonly string[];
  readonly stretches: readonly Stretch[];
  /** Since when it is followed as it is; `null` where its whole history is back-cast. */
  readonly inception: IsoDate | null;
  /** The basket that it is; `null` where its members are listed, or nothing can be told of the basket. */
  readonly basket: Basket | null;
}

/** A pair as of the cut-off. */
export interface DatedPair extends Omit<PairRule, "long" | "shorts"> {
  readonly long: DatedLeg;
  readonly shorts: DatedLeg;
  /** How its history is to be read: `dated` where members change by a list of a basket, and of a back-cast where that is why. */
  readonly basis: "live" | "back-cast" | "dated-live" | "dated-back-cast";
}

/**
 * The pair with the members that its legs had, by what was known of its baskets; followed since both of its legs are, and not
 * yet where that is after the week.
 */
export function datedPair(context: DatedContext, rule: PairRule): DatedPair {
  const [long, shorts] = [datedLeg(context, rule, rule.long), datedLeg(context, rule, rule.shorts)];
  const [a, b] = [long.inception, shorts.inception];
  const since = a === null || b === null ? null : a > b ? a : b;
  const inception = since !== null && since <= context.lastDay ? since : null;
  const legs = [long, shorts].filter((_, i) => [rule.long, rule.shorts][i]?.basket !== null);
  const isDated = inception === null ? legs.some((leg) => leg.inception === null) : legs.length > 0;
  return { ...rule, long, shorts, inception, basis: basisOf(inception, isDated) };
}

const basisOf = (inception: IsoDate | null, isDated: boolean): DatedPair["basis"] =>
  inception === null ? (isDated ? "dated-back-cast" : "back-cast") : isDated ? "dated-live" : "live";

type DatedContext = Pick<SectionContext, "declared" | "panel" | "lastDay">;

function datedLeg(
  { declared, panel }: DatedContext,
  { inception }: PairRule,
  { name, members, basket: id }: PairLeg,
): DatedLeg {
  if (id === null) {
    const stretches = [{ from: beginning, until: null, members }];
    return { name, members, stretches, inception, basket: null };
  }
  const basket = declared.baskets[id] ?? null;
  const series = new Set(panel.columns.map((column) => column.series.id));
  // Of what the catalogue has no more, nothing can be told: the rest of such a basket is another one.
  if (basket === null || basket.memberships.some(({ member }) => !series.has(member)))
    return { name, members: [], stretches: [], inception: null, basket: null };
  const memberships = basket.memberships.map((each) => ({ ...each, from: entered(panel, each) }));
  return {
    name,
    members: [...new Set(memberships.map(({ member }) => member))],
    stretches: stretchesOf({ memberships }),
    inception: basket.inception,
    basket,
  };
}

/** A share that was not traded before enters on the day after its first price: from then on it has a return. */
function entered(panel: Panel, { member, from }: Basket["memberships"][number]): IsoDate {
  const [first = from] = panel.column(member).dates;
  const second = addDays(first, 1);
  return first < from || panel.column(member).dates.length === 0 ? from : second;
}

/** A stretch of days through which the members of both legs are the same. */
export interface JointStretch extends Omit<Stretch, "members"> {
  readonly long: readonly string[];
  readonly short: readonly string[];
}

/**
 * The stretches of both legs together, the oldest first: since the last time that either of them had no member, for before
 * that there was another pair.
 */
export function jointStretches({ long, shorts }: DatedPair): readonly JointStretch[] {
  const all = [...long.stretches, ...shorts.stretches];
  const turns = [
    ...new Set(all.flatMap(({ from, until }) => (until === null ? [from] : [from, addDays(until, 1)]))),
  ].toSorted();
  const joint = turns.map((from, i): JointStretch => {
    const next = turns[i + 1];
    const until = next === undefined ? null : addDays(next, -1);
    return { from, until, long: membersOn(long, from), short: membersOn(shorts, from) };
  });
  const isWhole = (each: JointStretch): boolean => each.long.length > 0 && each.short.length > 0;
  // After the end of a basket nothing follows that would take its history away.
  const last = joint.findLastIndex(isWhole);
  const gap = joint.findLastIndex((each, i) => i < last && !isWhole(each));
  return withoutTurns(joint.slice(gap + 1, last + 1));
}

/** Stretches that follow one another with the same members are one: a list may renew a membership and change nothing. */
function withoutTurns(stretches: readonly JointStretch[]): readonly JointStretch[] {
  const starts = stretches.filter((each, i) => !isSame(stretches[i - 1], each));
  return starts.map((each, i) => {
    const next = starts[i + 1];
    return {
      ...each,
      until: next === undefined ? (stretches.at(-1)?.until ?? null) : addDays(next.from, -1),
    };
  });
}

const isSame = (a: JointStretch | undefined, b: JointStretch): boolean =>
  a !== undefined && isSameSet(a.long, b.long) && isSameSet(a.short, b.short);

const isSameSet = (a: readonly string[], b: readonly string[]): boolean =>
  a.toSorted().join() === b.toSorted().join();

/** Who is in either leg on a day, or was before it ended. */
export function presentMembers(rule: DatedPair, day: IsoDate): readonly string[] {
  const { long = [], short = [] } = jointStretches(rule).findLast(({ from }) => from <= day) ?? {};
  return [...long, ...short];
}

const membersOn = ({ stretches }: DatedLeg, day: IsoDate): readonly string[] =>
  stretches.find(({ from, until }) => from <= day && (until === null || day <= until))?.members ?? [];
