import type { Day } from "#src/metrics/days.ts";
import { monthlyStanding, type WindowStanding } from "#src/metrics/monthly-standing.ts";
import type { Path } from "#src/metrics/panel.ts";
import { type Measured, mapMeasured, notDefined, ok, tooFew } from "#src/metrics/result.ts";
import { rollingMean } from "#src/metrics/rolling.ts";

/** What foreigners hold of a market, against ten years of month-ends. */
export interface ForeignOwnership extends Omit<WindowStanding, "window"> {
  /** Their holding over the market value, a fraction. */
  readonly share: number;
  /** “Low” may be said: in the lowest quarter of ten years. */
  readonly isLow: boolean;
}

/** Rules of foreign ownership (V6). */
export const ownershipRules = { months: 120, low: 25, sessions: 20 } as const;

/**
 * Foreign ownership (外资持股比例, V6): the share of a market's value that foreigners hold, and where that stands in the month-ends
 * of the ten years before the current month.
 *
 * @param dates  days of the shares, oldest first
 * @param shares  fractions of the market value, `null` where missing
 * @returns cases of that window of `monthlyStanding`; `insufficient` without a latest share
 * @throws {RangeError} if lengths differ or a share is not from 0 to 1
 */
export function foreignOwnership(dates: readonly Day[], shares: Path): Measured<ForeignOwnership> {
  if (shares.some((share) => share !== null && !(share >= 0 && share <= 1)))
    throw new RangeError("foreignOwnership requires shares from 0 to 1");
  const standing = monthlyStanding(dates, shares, [ownershipRules.months]);
  if (standing.value === null) return standing;
  const { value: share, windows } = standing.value;
  const [found = tooFew(0, 1)] = windows;
  return mapMeasured(found, ({ window: _, ...rest }) => ({
    ...rest,
    share,
    isLow: rest.percentile <= ownershipRules.low,
  }));
}

/**
 * Net buying by foreigners (外资净买入占市值比, V6): that of 20 sessions over the market value before them.
 *
 *     Σ b[t−19 … t] / cap[t−20]
 *
 * @param netBuying  of each session, in the currency of the market value, `null` where missing
 * @param caps  market values at the end of each session, `null` where missing
 * @returns a fraction; `insufficient` (`too-few`) below 21 sessions, or where one of the 21 numbers is missing; `undefined`
 *   (`not-positive`) for a market value that is not
 * @throws {RangeError} if lengths differ or a number is not finite
 */
export function foreignBuying(netBuying: Path, caps: Path): Measured<number> {
  const path = foreignBuyingPath(netBuying, caps);
  const { sessions } = ownershipRules;
  const [last, start] = [path.at(-1) ?? null, caps.at(-sessions - 1) ?? null];
  if (last !== null) return ok(last, sessions);
  const there = netBuying.slice(-sessions).filter((b) => b !== null).length + (start === null ? 0 : 1);
  return there <= sessions ? tooFew(there, sessions + 1) : notDefined("not-positive", there);
}

/**
 * {@link foreignBuying} of every session, in one pass. Element `t` uses nothing after `t`.
 *
 * @returns `null` where it does not exist
 * @throws {RangeError} as {@link foreignBuying}
 */
export function foreignBuyingPath(netBuying: Path, caps: Path): Path {
  if (netBuying.length !== caps.length)
    throw new RangeError("foreignBuying requires a market value of each session");
  if (!caps.every((cap) => cap === null || Number.isFinite(cap)))
    throw new RangeError("foreignBuying requires finite market values");
  const { sessions } = ownershipRules;
  return rollingMean(netBuying, sessions).map((mean, t) => {
    const start = caps[t - sessions] ?? null;
    return mean === null || start === null || start <= 0 ? null : (sessions * mean) / start;
  });
}
