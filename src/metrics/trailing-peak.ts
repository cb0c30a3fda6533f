import { type Day, dayNumber, dayOf } from "#src/metrics/days.ts";
import { type Measured, notDefined, ok, tooFew } from "#src/metrics/result.ts";

/** Where the latest value stands against the highest of the years before it. */
export interface TrailingPeak {
  /** Latest over peak: 1 at the peak itself. */
  readonly ratio: number;
  readonly peak: number;
  /** The last day that had it. */
  readonly peakDate: Day;
  /** The first day that counted. */
  readonly from: Day;
  /** Whether values go back to the beginning of the window, or a month of it: else the peak may have been before them. */
  readonly isWhole: boolean;
}

const daysAYear = 365.25;
const daysAMonth = 31;

/**
 * Latest value against its trailing peak (距滚动高点, S2, B3): the highest of the last years, the latest included.
 *
 *     ratio = x[T] / max{ x[t] : T − years < t ≤ T }
 *
 * What it may be called is for the rules to say: halved from 0.45 to 0.55.
 *
 * @param dates  days of the values, oldest first, of any frequency
 * @param values  one a day
 * @param years  of the window; 3 unless given
 * @returns `n` counts values of the window; `insufficient` below two; `undefined` (`not-positive`) for one that is not
 * @throws {RangeError} if lengths differ or a value is not finite
 */
export function trailingPeak(
  dates: readonly Day[],
  values: readonly number[],
  years = 3,
): Measured<TrailingPeak> {
  if (dates.length !== values.length || !values.every(Number.isFinite))
    throw new RangeError("trailingPeak requires one finite value a day");
  const [first, last] = [dates[0], dates.at(-1)];
  if (first === undefined || last === undefined) return tooFew(0, 2);
  const days = Math.round(years * daysAYear);
  const from = dayOf(dayNumber(last) - days);
  const begin = dates.findIndex((date) => date > from);
  const inside = values.slice(begin);
  if (inside.length < 2) return tooFew(inside.length, 2);
  if (inside.some((value) => value <= 0)) return notDefined("not-positive", inside.length);
  const peak = Math.max(...inside);
  const at = begin + inside.lastIndexOf(peak);
  return ok(
    {
      ratio: (values.at(-1) ?? Number.NaN) / peak,
      peak,
      peakDate: dates[at] ?? "",
      from: dates[begin] ?? "",
      isWhole: dayNumber(first) <= dayNumber(from) + daysAMonth,
    },
    inside.length,
  );
}
