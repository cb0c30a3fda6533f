import { BasketBook, type BasketEvent, type BasketMember, basketRules } from "#src/metrics/basket-book.ts";
import type { Day } from "#src/metrics/days.ts";
import { type Path, sessionsOf } from "#src/metrics/panel.ts";
import { type Measured, okFrom, type Reason, tooFew, warn } from "#src/metrics/result.ts";

/** A basket's level and what it was made of. */
export interface ThemeBasket {
  /** 100 at the close of the first session with five members that have a price; `null` before, and on sessions without any price. */
  readonly level: Path;
  /** Simple returns from the level before; `null` where there is none. */
  readonly returns: Path;
  /** Position of the session at 100. */
  readonly inception: number;
  /** Weights with which each session began, one array a member; 0 for a name that was not in, all 0 up to the inception. */
  readonly weights: readonly Float64Array[];
  /** Weights after the last close, one a member. */
  readonly latest: readonly number[];
  /** Who entered and left, and why, oldest first. */
  readonly events: readonly BasketEvent[];
}

/**
 * Basket of a theme (主题篮子, L1) from a dated list of members: equal weights at the close before each month, drift in between, at most
 * 15 % a name.
 *
 *     R[t] = Σ w[i] R[i] / Σ w[i]  of the members that have a price,   w[i] ← w[i] (1 + R[i]) / (1 + R[t])
 *
 * * A member without a price moves as the others do until it has one, and then by what is left to its new price: weight is spread pro
 *   rata that day, and no return is counted twice.
 * * One without a price on six sessions in a row leaves after the sixth, at its last price, and comes back only with a new month and a
 *   price.
 * * A member whose time is over leaves after its last day; what it weighed is spread pro rata.
 * * A new member enters with the next month, if it has a price at the close before.
 * * A weight above the cap, by drift or because others left, is cut to it after the close, the rest spread pro rata. With fewer than seven names no cap can hold, and none
 *   is applied.
 *
 * Membership must be as it was known then: a list of today's winners has no history. Whose list it was, and its hash, is the caller's.
 *
 * @param dates  sessions of the basket, oldest first
 * @returns element `t` of every path uses nothing after `t`. `n` counts sessions from the inception on; `insufficient` where five members
 *   never had a price together, or fewer are left; `warn` (`few-names`) where there were fewer in between, (`cap-not-held`) where fewer
 *   than seven are left
 * @throws {RangeError} if lengths differ, or a price is not positive and finite
 */
export function themeBasket(dates: readonly Day[], members: readonly BasketMember[]): Measured<ThemeBasket> {
  requireBasket(dates, members);
  const { leastNames, cap } = basketRules;
  const book = new BasketBook(dates, members);
  const inception = dates.findIndex((_, t) => book.present(t) >= leastNames);
  if (inception < 0) return tooFew(Math.max(0, ...dates.map((_, t) => book.present(t))), leastNames);
  book.begin(inception);
  for (let t = inception + 1; t < dates.length; t++) book.pass(t);
  const { level, returns, weights, events, fewest } = book;
  const latest = [...book.latest];
  const names = latest.filter((w) => w > 0).length;
  if (names < leastNames) return tooFew(names, leastNames);
  const value = { level, returns, inception, weights, latest, events };
  const n = dates.length - inception;
  const needed = Math.ceil(1 / cap);
  const reasons: readonly Reason[] = [
    ...(fewest < leastNames ? [{ code: "few-names", need: leastNames, have: fewest }] : []),
    ...(names < needed ? [{ code: "cap-not-held", need: needed, have: names }] : []),
  ];
  return reasons.length > 0 ? warn(value, n, ...reasons) : okFrom(value, n, 0);
}

function requireBasket(dates: readonly Day[], members: readonly BasketMember[]): void {
  if (members.length > 0 && sessionsOf(members.map(({ prices }) => prices)) !== dates.length)
    throw new RangeError("a basket requires one price a session of every member");
  if (
    !members.every(({ prices }) => prices.every((p) => p === null || (p > 0 && p < Number.POSITIVE_INFINITY)))
  )
    throw new RangeError("a basket requires positive finite prices");
  if (dates.some((date, t) => date <= (dates[t - 1] ?? "")))
    throw new RangeError("a basket requires sessions that increase");
}
