import { allFinite } from "#src/metrics/all-numbers.ts";
import type { Day } from "#src/metrics/days.ts";
import { ewmaForecasts } from "#src/metrics/ewma-volatility.ts";
import { type Measured, notDefined, okFrom, tooFew } from "#src/metrics/result.ts";

/** The largest day of a series, and how it ranks otherwise. */
export interface RecordDay {
  /** Position of the day. */
  readonly index: number;
  readonly date: Day;
  readonly value: number;
  /** Another day was as large: then it is no record but equals one. */
  readonly equalled: boolean;
  /** Rank of the day among those up to it by size against the volatility forecast the evening before; `null` without a forecast. */
  readonly volScaledRank: number | null;
}

/** Days that a history must have before its largest is a record. */
export const leastDays = 250;
const preferredDays = 1000;

/**
 * Record day (历史纪录, B1): the largest daily gain, or loss, of the whole history.
 *
 *     rank(t) = 1 + #{ s ≤ t : x[s] > x[t] };  a record has rank 1 and no equal
 *
 * The volatility-scaled rank is that of `x[t] / s[t]`, `s` the exponentially weighted volatility forecast for `t` (A6):
 * records cluster where everything moves much, and a rank beyond 10 says that this one did.
 *
 * @param dates  days of the values, oldest first
 * @param values  daily returns or changes
 * @param side  `gain`: the largest; `loss`: the smallest
 * @returns the earliest such day; `insufficient` below 250 days, `warn` below 1,000; `undefined` (`no-gain`, `no-loss`) where no day went
 *   that way at all
 * @throws {RangeError} if a value is not finite
 * @see Arnold, Balakrishnan and Nagaraja, Records (1998)
 */
export function recordDay(
  dates: readonly Day[],
  values: readonly number[],
  side: "gain" | "loss",
): Measured<RecordDay> {
  const n = values.length;
  if (n < leastDays) return tooFew(n, leastDays);
  if (!allFinite(values)) throw new RangeError("recordDay requires finite values");
  const sizes = side === "gain" ? values : values.map((value) => -value);
  const largest = largestOf(sizes);
  if (largest <= 0) return notDefined(`no-${side}`, n);
  const index = sizes.indexOf(largest);
  return okFrom(
    {
      index,
      date: dates[index] ?? "",
      value: values[index] ?? Number.NaN,
      equalled: sizes.lastIndexOf(largest) !== index,
      volScaledRank: volScaledRank(sizes, index),
    },
    n,
    preferredDays,
  );
}

function largestOf(values: readonly number[]): number {
  let largest = Number.NEGATIVE_INFINITY;
  for (let t = 0; t < values.length; t++) largest = Math.max(largest, values[t] ?? 0);
  return largest;
}

function volScaledRank(sizes: readonly number[], index: number): number | null {
  const forecasts = ewmaForecasts(sizes);
  // A day without a forecast, or with one of 0, has no size of this kind.
  const scaled = (t: number): number =>
    (forecasts[t] ?? 0) > 0 ? (sizes[t] ?? 0) / (forecasts[t] ?? 0) : Number.NaN;
  const own = scaled(index);
  if (Number.isNaN(own)) return null;
  let larger = 0;
  for (let t = 0; t < index; t++) larger += Number(scaled(t) > own);
  return 1 + larger;
}
