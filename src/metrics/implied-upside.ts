import { type Day, dayNumber } from "#src/metrics/days.ts";
import { type Measured, notDefined, ok } from "#src/metrics/result.ts";

/** A target for a level, and since when. */
export interface PriceTarget {
  readonly target: number;
  /** The day on which it was published. */
  readonly date: Day;
  /** The one before it. */
  readonly previous?: number;
  /** Expected dividends of the target's horizon over the level, a fraction. */
  readonly dividendYield?: number;
}

/** What a target leaves at a level. */
export interface ImpliedUpside {
  /** A fraction; negative where the level is above the target. */
  readonly upside: number;
  /** With dividends; `null` without a yield. */
  readonly total: number | null;
  /** Days since the target was published. */
  readonly age: number;
  /** The target against the one before it, a fraction; `null` without one. */
  readonly revision: number | null;
  /** Older than 30 days. */
  readonly isStale: boolean;
  /** The level is within 3 % of the target, on either side. */
  readonly isNearlyReached: boolean;
}

/** From when a target is stale, in days, and from how near it is nearly reached. */
export const targetRules = { age: 30, near: 0.03 } as const;
/** What rounding may add to a distance that is exactly the threshold. */
const slack = 1e-12;

/**
 * Implied upside (目标价隐含空间, V5): what a target leaves, at the level of the day and never at that of its publication.
 *
 *     upside = target / level − 1,   total = upside + dividend yield,   revision = target / previous − 1
 *
 * @param level  on the day asked for
 * @param asOf  that day
 * @returns `undefined` (`not-positive`) for a level, a target or a previous one that is not positive
 * @throws {RangeError} if a number is not finite, or the target was not yet published on the day
 * @example impliedUpside({ target: 6400, date: "2026-02-10" }, 6083.86, "2026-02-25").value?.upside; // 0.052
 */
export function impliedUpside(
  { target, date, previous, dividendYield }: PriceTarget,
  level: number,
  asOf: Day,
): Measured<ImpliedUpside> {
  if (![target, level, previous ?? 1, dividendYield ?? 0].every(Number.isFinite))
    throw new RangeError("impliedUpside requires finite numbers");
  const age = dayNumber(asOf) - dayNumber(date);
  if (!(age >= 0)) throw new RangeError(`impliedUpside requires a target of ${asOf} or before, got ${date}`);
  if (target <= 0 || level <= 0 || (previous ?? 1) <= 0) return notDefined("not-positive", 1);
  const upside = target / level - 1;
  return ok(
    {
      upside,
      total: dividendYield === undefined ? null : upside + dividendYield,
      age,
      revision: previous === undefined ? null : target / previous - 1,
      isStale: age > targetRules.age,
      isNearlyReached: Math.abs(upside) <= targetRules.near + slack,
    },
    1,
  );
}
