import type { Day } from "#src/metrics/days.ts";
import { isoWeek } from "#src/metrics/iso-week.ts";
import { type Measured, ok } from "#src/metrics/result.ts";
import { logReturns } from "#src/metrics/returns.ts";

/** A week as a model of hidden states sees it. */
export interface WeeklyMove {
  /** The last session of the week. */
  readonly end: Day;
  /** Sum of the log returns of the week's sessions. */
  readonly ret: number;
  /** ln of the week's realised volatility, a year, its mean taken as zero. */
  readonly logVolatility: number;
}

/** A week of fewer sessions has no volatility that could be compared. */
const leastReturns = 3;
const sessionsAYear = 252;

/**
 * Weekly return and volatility (周收益与周波动率, J1): what a weekly model of hidden states observes.
 *
 *     r = Σ r[d],   ln RV = ½ ln( 252/n · Σ r[d]² )
 *
 * @param dates  sessions, oldest first
 * @param prices  one a session
 * @returns weeks of three returns or more in which the price moved, oldest first; as `logReturns`
 * @throws {RangeError} if a price is not finite
 */
export function weeklyMoves(
  dates: readonly Day[],
  prices: readonly number[],
): Measured<readonly WeeklyMove[]> {
  const returns = logReturns(prices);
  if (returns.value === null) return returns;
  const weeks = new Map<Day, { end: Day; ret: number; squares: number; n: number }>();
  for (const [t, r] of returns.value.entries()) {
    const end = dates[t + 1] ?? "";
    const { friday } = isoWeek(end);
    const { ret, squares, n } = weeks.get(friday) ?? { ret: 0, squares: 0, n: 0 };
    weeks.set(friday, { end, ret: ret + r, squares: squares + r * r, n: n + 1 });
  }
  const value = [...weeks.values()]
    .filter(({ n, squares }) => n >= leastReturns && squares > 0)
    .map(({ end, ret, squares, n }): WeeklyMove => {
      return { end, ret, logVolatility: Math.log((sessionsAYear * squares) / n) / 2 };
    });
  return ok(value, value.length);
}
