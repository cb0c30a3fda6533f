import type { Basket, Membership } from "#src/domain/declared.ts";
import { addDays, beginningOf, type Instant, type IsoDate } from "#src/domain/time.ts";

/** A basket of memberships that were known at a cut-off, by their first day and member. */
export function basketOf(id: string, memberships: readonly Membership[], cutoff: Instant): Basket {
  const begin = memberships[0]?.from ?? null;
  const inception = memberships.some(({ assumed }) => assumed)
    ? null
    : memberships.flatMap(toldAfterwards).reduce((a, b) => (a !== null && a > b ? a : b), begin);
  const hasLeavers = memberships.some(({ until }) => until !== null && beginningOf(until) < cutoff);
  return { id, memberships, inception, survivorship: !hasLeavers && inception !== begin };
}

/** The days from which on a membership was followed whose beginning or end was told of afterwards: the next day in each case. */
const toldAfterwards = ({ from, until, firstKnownAt, knownAt }: Membership): readonly IsoDate[] => [
  ...(isInTime(firstKnownAt, from) ? [] : [dayAfter(firstKnownAt)]),
  ...(until === null || isInTime(knownAt, addDays(until, 1)) ? [] : [dayAfter(knownAt)]),
];

const isInTime = (knownAt: Instant, day: IsoDate): boolean => knownAt <= beginningOf(day);
const dayAfter = (instant: Instant): IsoDate => addDays(new Date(instant).toISOString().slice(0, 10), 1);

/** Who is in a basket on a day, each once, in the order in which they came: whose returns of that day make the basket's. */
export const membersAt = ({ memberships }: Pick<Basket, "memberships">, day: IsoDate): readonly string[] => [
  ...new Set(
    memberships
      .filter(({ from, until }) => from <= day && (until === null || day <= until))
      .map(({ member }) => member),
  ),
];

/** A stretch of days through which the members are the same. */
export interface Stretch {
  readonly from: IsoDate;
  /** `null` for the last, while it has no end. */
  readonly until: IsoDate | null;
  readonly members: readonly string[];
}

/** A basket's history as stretches, the oldest first; days on which it has no member are in none. */
export function stretchesOf(basket: Pick<Basket, "memberships">): readonly Stretch[] {
  const days = basket.memberships.flatMap(({ from, until }) =>
    until === null ? [from] : [from, addDays(until, 1)],
  );
  const turns = [...new Set(days)].toSorted();
  return turns.flatMap((from, i): readonly Stretch[] => {
    const members = membersAt(basket, from);
    const next = turns[i + 1];
    return members.length === 0
      ? []
      : [{ from, until: next === undefined ? null : addDays(next, -1), members }];
  });
}
