import { quantileSorted } from "d3-array";
import { fundMonths, ofMonths, tooFewMonths } from "#src/metrics/fund-months.ts";
import { deviationOf } from "#src/metrics/mean.ts";
import { monthNumbers } from "#src/metrics/month-number.ts";
import { insufficient, type Measured, notDefined } from "#src/metrics/result.ts";
import { noise } from "#src/metrics/z-score.ts";

/** What a fund has earned this year against what it may lose in a month. */
export interface ProfitCushion {
  /** Return of the year so far, a fraction. */
  readonly yearToDate: number;
  /** Months of it. */
  readonly months: number;
  /** Deviation of a monthly return. */
  readonly deviation: number;
  /** Return of the year in such deviations: from 1 on a usual month does not lose it. */
  readonly inDeviations: number;
  /** The 5th percentile of monthly returns. */
  readonly badMonth: number;
  /** Return of the year over what such a month loses; `null` where even that gains. */
  readonly inBadMonths: number | null;
}

/** Months looked back on, and the share of them that a bad month is the best of. */
export const cushionRules = { window: fundMonths.wanted, quantile: 0.05 } as const;

/**
 * Profit cushion (盈利垫, K3) of a fund: how much of this year's profit one month may take away. A house metric.
 *
 *     C = YTD / sd,   YTD / |q₅|,   YTD = Π (1 + r) − 1 of the year's months;   sd (n − 1) and q₅ (type 7) of the last 36 months
 *
 * @param months  `YYYY-MM`, one a return, strictly increasing
 * @param returns  simple monthly returns
 * @returns `insufficient` below 24 of the last 36 calendar months, and (`months-missing`) where a month of the year is not there; `warn`
 *   (`short-history`) below 36; `undefined` (`zero-variance`) where returns do not move, (`total-loss`) where a month of the year
 *   loses everything
 * @throws {RangeError} if lengths differ, months are not such or do not increase, or a return is not finite
 */
export function profitCushion(
  months: readonly string[],
  returns: readonly number[],
): Measured<ProfitCushion> {
  if (months.length !== returns.length) throw new RangeError("profitCushion requires one return a month");
  if (!returns.every(Number.isFinite)) throw new RangeError("profitCushion requires finite returns");
  const numbers = monthNumbers(months);
  const last = numbers.at(-1) ?? 0;
  const recent = returns.filter((_, t) => (numbers[t] ?? 0) > last - cushionRules.window);
  const n = recent.length;
  const few = tooFewMonths(n);
  if (few !== null) return few;
  const due = (last % 12) + 1;
  const year = returns.filter((_, t) => (numbers[t] ?? 0) > last - due);
  if (year.length < due) return insufficient(n, { code: "months-missing", need: due, have: year.length });
  if (year.some((r) => r <= -1)) return notDefined("total-loss", n);
  const deviation = deviationOf(recent);
  if (deviation < noise) return notDefined("zero-variance", n);
  const yearToDate = year.reduce((level, r) => level * (1 + r), 1) - 1;
  const badMonth =
    quantileSorted(
      recent.toSorted((a, b) => a - b),
      cushionRules.quantile,
    ) ?? 0;
  return ofMonths(
    {
      yearToDate,
      months: due,
      deviation,
      inDeviations: yearToDate / deviation,
      badMonth,
      inBadMonths: badMonth < 0 ? yearToDate / -badMonth : null,
    },
    n,
  );
}
