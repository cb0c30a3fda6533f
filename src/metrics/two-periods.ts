import { bySession, type Panel, sessionsOf } from "#src/metrics/panel.ts";

/** Returns of names over a period and over the one before it, as long; of those names only that have both. */
export interface TwoPeriods {
  readonly now: Float64Array;
  readonly before: Float64Array;
}

/** Ranks of fewer names say nothing. */
export const leastRankedNames = 10;

/**
 * Returns over two periods that follow one another, the later ending at each session.
 *
 * @param prices  one array a name, oldest first; `null` where one is missing
 * @param span  sessions of each period
 * @returns for each session what `statistic` makes of them, `null` before there are two periods and below 10 names
 * @throws {RangeError} if series differ in length, a price is not positive and finite or the span is below 1
 */
export function ofTwoPeriods<T>(
  prices: Panel,
  span: number,
  statistic: (periods: TwoPeriods) => T,
): readonly (T | null)[] {
  if (!(Number.isInteger(span) && span >= 1))
    throw new RangeError(`a period requires 1 session, got ${span}`);
  if (!prices.every((path) => path.every((p) => p === null || p > 0)))
    throw new RangeError("returns over periods require positive prices");
  const [names, sessions] = [prices.length, sessionsOf(prices)];
  const flat = bySession(prices);
  return Array.from({ length: sessions }, (_, t) => {
    if (t < 2 * span) return null;
    const periods = periodsAt(flat, names, t, span);
    return periods.now.length < leastRankedNames ? null : statistic(periods);
  });
}

function periodsAt(flat: Float64Array, names: number, t: number, span: number): TwoPeriods {
  const [now, before] = [new Float64Array(names), new Float64Array(names)];
  let count = 0;
  for (let i = 0; i < names; i++) {
    const last = flat[t * names + i] ?? 0;
    const middle = flat[(t - span) * names + i] ?? 0;
    const first = flat[(t - 2 * span) * names + i] ?? 0;
    if (Number.isNaN(last + middle + first)) continue;
    now[count] = last / middle;
    before[count] = middle / first;
    count++;
  }
  return { now: now.subarray(0, count), before: before.subarray(0, count) };
}

/** Names that have a price at the three ends of the last two periods. */
export const namesAtEnd = (prices: Panel, span: number): number =>
  prices.filter((path) => [1, 1 + span, 1 + 2 * span].every((back) => typeof path.at(-back) === "number"))
    .length;
