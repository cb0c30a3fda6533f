import { correlationOf } from "#src/metrics/correlation.ts";
import { successiveRanks } from "#src/metrics/mid-ranks.ts";
import { type Panel, type Path, sessionsOf } from "#src/metrics/panel.ts";
import { type Measured, notDefined, ok, tooFew } from "#src/metrics/result.ts";
import { leastRankedNames, namesAtEnd, ofTwoPeriods } from "#src/metrics/two-periods.ts";

const usualSpan = 20;

/**
 * Rank churn (排名更替, Q6): how little the order of names by return tells of their order in the period before.
 *
 *     1 − Spearman(R[t−k → t], R[t−2k → t−k])
 *
 * @param prices  one array a name, oldest first, positive; `null` where one is missing. A name counts that has a price at all
 *   three ends
 * @param span  sessions of a period, k; 20 unless given
 * @returns 0 for the same order, 1 for orders that have nothing in common, 2 for one turned over; `insufficient` below
 *   2k + 1 sessions or 10 names, `undefined` (`zero-variance`) where all names have one return
 * @throws {RangeError} if series differ in length, a price is not positive and finite or the span is below 1
 */
export function rankChurn(prices: Panel, span = usualSpan): Measured<number> {
  const sessions = sessionsOf(prices);
  const [least, names] = [2 * span + 1, namesAtEnd(prices, span)];
  const latest = rankChurnPath(
    prices.map((path) => path.slice(-least)),
    span,
  ).at(-1);
  if (typeof latest === "number") return ok(latest, names);
  if (sessions < least) return tooFew(sessions, least);
  return names < leastRankedNames ? tooFew(names, leastRankedNames) : notDefined("zero-variance", names);
}

/** {@link rankChurn} of every session, `null` where there is none. Each element uses nothing after it. */
export const rankChurnPath = (prices: Panel, span = usualSpan): Path =>
  ofTwoPeriods(prices, span, { of: successiveRanks(), between: correlationOf }).map((correlation) =>
    correlation === null || Number.isNaN(correlation) ? null : 1 - correlation,
  );
