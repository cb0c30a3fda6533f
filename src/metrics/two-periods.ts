import { bySession, type Panel, type Path, sessionsOf } from "#src/metrics/panel.ts";

/** Ranks of fewer names say nothing. */
export const leastRankedNames = 10;

/** What is made of the names' returns over one period, and of two such that follow one another. */
export interface PeriodStatistic<Of, Value> {
  readonly of: (returns: Float64Array) => Of;
  readonly between: (now: Of, before: Of) => Value;
}

/**
 * A statistic of returns over two periods that follow one another, the later ending at each session; of names that have both.
 *
 * A period is the later one, and `span` sessions after it the one before: what was made of it then is kept for as long, where no
 * name was missing.
 *
 * @param prices  one array a name, oldest first; `null` where one is missing
 * @param span  sessions of each period
 * @returns one element a session, `null` before there are two periods and below 10 names
 * @throws {RangeError} if series differ in length, a price is not positive and finite or the span is below 1
 */
export function ofTwoPeriods<Of, Value>(
  prices: Panel,
  span: number,
  { of, between }: PeriodStatistic<Of, Value>,
): readonly (Value | null)[] {
  if (!(Number.isInteger(span) && span >= 1))
    throw new RangeError(`a period requires 1 session, got ${span}`);
  if (!prices.every(isPositive)) throw new RangeError("returns over periods require positive prices");
  const [names, sessions] = [prices.length, sessionsOf(prices)];
  const flat = bySession(prices);
  const kept: (Of | null)[] = Array.from({ length: span }, () => null);
  return Array.from({ length: sessions }, (_, t) => {
    if (t < 2 * span) return null;
    const periods = periodsAt(flat, names, t, span);
    const count = periods.now.length;
    if (count < leastRankedNames) {
      kept[t % span] = null;
      return null;
    }
    const isWhole = count === names;
    const now = of(periods.now);
    const before = (isWhole ? kept[t % span] : null) ?? of(periods.before);
    kept[t % span] = isWhole ? now : null;
    return between(now, before);
  });
}

/** Whether every value that is there is positive. */
function isPositive(path: Path): boolean {
  for (let t = 0; t < path.length; t++) {
    const value = path[t] ?? null;
    if (value !== null && !(value > 0)) return false;
  }
  return true;
}

function periodsAt(flat: Float64Array, names: number, t: number, span: number) {
  const now = new Float64Array(names);
  const before = new Float64Array(names);
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
