import { coverage } from "#src/metrics/coverage.ts";
import type { Day } from "#src/metrics/days.ts";
import { monthNumber } from "#src/metrics/month-number.ts";
import type { Path } from "#src/metrics/panel.ts";
import { insufficient, type Measured, notDefined, ok, tooFew, warn } from "#src/metrics/result.ts";

/** Expected earnings of the fiscal year that runs and of the next one, and how much of the first is left. */
export interface FiscalYears {
  /** Per share, or in all, of the fiscal year that is not over. */
  readonly current: number;
  readonly next: number;
  /** Months left in the current year, 0 to 12; of {@link monthsLeft}. */
  readonly monthsLeft: number;
}

/**
 * Months of a fiscal year that are left (剩余月数, V1): calendar months after that of the day, up to that in which the year ends.
 *
 * @param asOf  the day of the estimate
 * @param end  the last day of the fiscal year
 * @returns 0 in the year's last month, 11 in its first
 * @throws {RangeError} if the year is over, or has not begun
 * @example monthsLeft("2026-02-13", "2026-12-31"); // 10
 */
export function monthsLeft(asOf: Day, end: Day): number {
  const left = monthNumber(end.slice(0, 7)) - monthNumber(asOf.slice(0, 7));
  if (asOf > end || left > 11)
    throw new RangeError(`monthsLeft requires a day of the fiscal year to ${end}, got ${asOf}`);
  return left;
}

/**
 * Blended earnings of the next twelve months (未来十二个月每股盈利, EPS12, V1).
 *
 *     EPS12 = (m/12) FY1 + (1 − m/12) FY2
 *
 * @throws {RangeError} if a number is not finite, or the months are not from 0 to 12
 */
export function blendedEarnings({ current, next, monthsLeft: months }: FiscalYears): number {
  if (!(Number.isFinite(current) && Number.isFinite(next)))
    throw new RangeError("blendedEarnings requires finite earnings");
  if (!(months >= 0 && months <= 12))
    throw new RangeError(`blendedEarnings requires 0 to 12 months, got ${months}`);
  return (months / 12) * current + (1 - months / 12) * next;
}

/**
 * Forward P/E (远期市盈率, V1): price over the blended earnings of the next twelve months.
 *
 * @param price  per share, where the earnings are; or the market value, where they are in all
 * @returns `undefined` (`not-meaningful`) where these earnings are not positive, (`not-positive`) for a price that is not
 * @throws {RangeError} as {@link blendedEarnings}, or for a price that is not finite
 * @example forwardPe(100, { current: 4, next: 6, monthsLeft: 6 }).value; // 20
 */
export function forwardPe(price: number, years: FiscalYears): Measured<number> {
  if (!Number.isFinite(price)) throw new RangeError(`forwardPe requires a finite price, got ${price}`);
  const earnings = blendedEarnings(years);
  if (price <= 0) return notDefined("not-positive", 1);
  return earnings <= 0 ? notDefined("not-meaningful", 1) : ok(price / earnings, 1);
}

/**
 * Forward P/E of an index (指数远期市盈率, V1): all market values over all earnings, losses included. It is the harmonic mean of
 * the members' P/E by their weights; their plain mean is none.
 *
 *     P/E = Σ cap / Σ E
 *
 * @param caps  market values, free-float adjusted as the index is, in one currency
 * @param earnings  each member's {@link blendedEarnings} of the whole company in that share of it; `null` where nobody has an
 *   estimate: such a member counts on neither side
 * @returns `n` counts members with an estimate; `insufficient` without one, or (`coverage`) where they are less than 75 % of
 *   the market value, `warn` below 90 %; `undefined` (`not-meaningful`) where the earnings add up to no profit, (`not-positive`) for a
 *   market value that is not positive
 * @throws {RangeError} if lengths differ or a number is not finite
 */
export function indexForwardPe(caps: readonly number[], earnings: Path): Measured<number> {
  if (caps.length !== earnings.length)
    throw new RangeError("indexForwardPe requires earnings of each market value");
  if (!(caps.every(Number.isFinite) && earnings.every((e) => e === null || Number.isFinite(e))))
    throw new RangeError("indexForwardPe requires finite market values and earnings");
  const there = caps.filter((_, i) => earnings[i] !== null);
  const n = there.length;
  if (n === 0) return tooFew(0, 1);
  if (caps.some((cap) => cap <= 0)) return notDefined("not-positive", n);
  const [cap, profit] = [sumOf(there), sumOf(earnings.map((e) => e ?? 0))];
  const have = cap / sumOf(caps);
  const { least, wanted } = coverage;
  if (have < least) return insufficient(n, { code: "coverage", need: least, have });
  if (profit <= 0) return notDefined("not-meaningful", n);
  return have < wanted
    ? warn(cap / profit, n, { code: "coverage", need: wanted, have })
    : ok(cap / profit, n);
}

const sumOf = (values: readonly number[]): number => values.reduce((sum, v) => sum + v, 0);
