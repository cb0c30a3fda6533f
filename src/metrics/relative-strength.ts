import { allFinite, allPositive } from "#src/metrics/all-numbers.ts";
import { type HistoryNeed, percentileRank } from "#src/metrics/percentile-rank.ts";
import { type Measured, notDefined, ok, type Reason, tooFew, warn } from "#src/metrics/result.ts";
import { zScore } from "#src/metrics/z-score.ts";

/** How an asset did against another, and whether that is much for the two. */
export interface RelativeStrength {
  /** Difference of log returns over the horizon, a fraction. */
  readonly value: number;
  /** Against its own history; `null` where that is too short or does not move. */
  readonly z: number | null;
  /** 0 to 100, as z. */
  readonly percentile: number | null;
  /** Daily points of that history. */
  readonly history: number;
  /** Such points that do not overlap: history / horizon. No test may count more. */
  readonly effective: number;
}

/** Of what relative strength is made. */
export interface RelativeStrengthOptions {
  /** Sessions; 20 unless given. */
  readonly horizon?: number;
  /** Daily points before today that z and percentile need, and at most use; 756 unless given. */
  readonly history?: HistoryNeed;
}

const usual = { horizon: 20, history: { min: 756, preferred: 756 } };
/** The share of the horizon that must be there: 19 of 20 sessions. */
const leastShare = 0.95;

/**
 * Relative strength (相对强弱, A4) of one asset against another, in one currency and of one kind of return.
 *
 *     RS[t] = ln(a[t]/a[t−h]) − ln(b[t]/b[t−h])
 *
 * z (G11) and percentile (G12) are against the daily values of RS before today. Neighbours share all but one of their
 * sessions, so that many points are few: `effective` tells how many.
 *
 * @param a  prices, oldest first, on the days of {@link innerJoin}
 * @param b  of the other, on the same days
 * @returns `insufficient` below 19 sessions of 20; `warn` (`short-window`) below 20, (`short-history`) while z and percentile
 *   have too little history and are `null`, or less than is preferred, (`zero-variance`) where the history does not move and z is
 *   `null`; `undefined` (`not-positive`) for a price that is not positive
 * @throws {RangeError} if lengths differ, a price is not finite, or the horizon is not an integer of 1 or more
 */
export function relativeStrength(
  a: readonly number[],
  b: readonly number[],
  { horizon = usual.horizon, history: need = usual.history }: RelativeStrengthOptions = {},
): Measured<RelativeStrength> {
  requirePrices(a, b, horizon);
  const [sessions, last] = [Math.min(horizon, a.length - 1), a.length - 1];
  const least = Math.ceil(leastShare * horizon);
  if (sessions < least) return tooFew(Math.max(0, sessions), least);
  if (!(allPositive(a) && allPositive(b))) return notDefined("not-positive", a.length);
  const value = strengthAt(a, b, last, sessions);
  const history = historyOf(a, b, horizon, need.preferred);
  const reasons: Reason[] = [];
  if (sessions < horizon) reasons.push({ code: "short-window", need: horizon, have: sessions });
  const standing = standingOf(value, history, need, reasons);
  const found = { value, ...standing, history: history.length, effective: history.length / horizon };
  return reasons.length > 0 ? warn(found, sessions, ...reasons) : ok(found, sessions);
}

/** The last `most` values before today's, oldest first. */
function historyOf(
  a: readonly number[],
  b: readonly number[],
  horizon: number,
  most: number,
): readonly number[] {
  const history: number[] = [];
  for (let t = a.length - 2; t >= horizon && history.length < most; t--) {
    const value = strengthAt(a, b, t, horizon);
    if (Number.isFinite(value)) history.push(value);
  }
  return history.toReversed();
}

/** z and percentile, and why there is none. */
function standingOf(value: number, history: readonly number[], need: HistoryNeed, reasons: Reason[]) {
  const rank = percentileRank(history, value, need);
  if (history.length < need.preferred)
    reasons.push({ code: "short-history", need: need.preferred, have: history.length });
  if (rank.value === null) return { z: null, percentile: null };
  const z = zScore(history, value);
  reasons.push(...z.reasons);
  return { z: z.value, percentile: rank.value };
}

/**
 * Relative strength of every session from the first whole horizon on; element `t` uses no price after `t`.
 *
 * @returns `null` before that, and where one of the four prices is not positive
 * @throws {RangeError} as {@link relativeStrength}
 */
export function relativeStrengthPath(
  a: readonly number[],
  b: readonly number[],
  horizon = usual.horizon,
): readonly (number | null)[] {
  requirePrices(a, b, horizon);
  return a.map((_, t) => {
    const value = t < horizon ? Number.NaN : strengthAt(a, b, t, horizon);
    return Number.isFinite(value) ? value : null;
  });
}

const strengthAt = (a: readonly number[], b: readonly number[], t: number, horizon: number): number =>
  logRatio(a[t], a[t - horizon]) - logRatio(b[t], b[t - horizon]);

const logRatio = (now = Number.NaN, before = Number.NaN): number =>
  now > 0 && before > 0 ? Math.log(now / before) : Number.NaN;

function requirePrices(a: readonly number[], b: readonly number[], horizon: number): void {
  if (a.length !== b.length) throw new RangeError("relative strength requires prices of the same days");
  if (!(Number.isInteger(horizon) && horizon >= 1))
    throw new RangeError(`relative strength requires a horizon of 1 or more, got ${horizon}`);
  if (!(allFinite(a) && allFinite(b))) throw new RangeError("relative strength requires finite prices");
}
