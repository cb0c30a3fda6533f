import { allFinite, allPositive } from "#src/metrics/all-numbers.ts";
import { coverage } from "#src/metrics/coverage.ts";
import { type CountSessions, type Day, firstFrom, weekdaysIn } from "#src/metrics/days.ts";
import { insufficient, type Measured, notDefined, ok, tooFew, warn } from "#src/metrics/result.ts";

/** The deepest fall of a window, and where the series stands. Falls are fractions of the peak, 0 or negative. */
export interface Drawdown {
  readonly depth: number;
  /** The last session at the peak before the fall; the three days are `null` where the series never fell. */
  readonly peakDate: Day | null;
  /** The first session at the depth. */
  readonly troughDate: Day | null;
  /** The first session after it that is back at the peak; `null` if none is yet. */
  readonly recoveryDate: Day | null;
  /** Sessions from the peak to the recovery, or to the last session. */
  readonly duration: number;
  /** Sessions of the window below its peak so far. */
  readonly underWater: number;
  /** The latest session's fall from the peak so far. */
  readonly current: number;
}

/** Where the window of a drawdown begins. */
export interface DrawdownOptions {
  /** Its first day; that of the series unless given. */
  readonly from?: Day;
  /** Counts the sessions of the series' exchange. */
  readonly sessions?: CountSessions;
}

/**
 * Drawdown (回撤, A8) of every session: its fall from the highest value so far.
 *
 *     D[t] = W[t] / max(W[0 … t]) − 1
 *
 * @param values  prices or levels, oldest first, each positive
 * @throws {RangeError} if a value is not positive and finite
 * @example drawdownPath([100, 120, 90]); // [0, 0, −0.25]
 */
export const drawdownPath = (values: readonly number[]): readonly number[] => [...drawdowns(values)];

function drawdowns(values: readonly number[]): Float64Array {
  const path = new Float64Array(values.length);
  let peak = 0;
  for (let t = 0; t < path.length; t++) {
    const value = values[t] ?? 0;
    if (!(value > 0 && value < Number.POSITIVE_INFINITY))
      throw new RangeError(`drawdownPath requires positive values, got ${value} at ${t}`);
    peak = Math.max(peak, value);
    path[t] = value / peak - 1;
  }
  return path;
}

/**
 * Maximum drawdown (最大回撤, A8) of a window: the deepest fall, its days, and how long it took.
 *
 * @param dates  sessions, oldest first
 * @param values  one a session
 * @returns `insufficient` below two values in the window, or (`coverage`) where fewer than three quarters of its sessions have
 *   one, `warn` below nine tenths; `undefined` (`not-positive`) for a value of the window that is not positive
 * @throws {RangeError} if lengths differ or a value of the window is not finite
 */
export function maxDrawdown(
  dates: readonly Day[],
  values: readonly number[],
  { from = dates[0] ?? "", sessions = weekdaysIn }: DrawdownOptions = {},
): Measured<Drawdown> {
  if (dates.length !== values.length) throw new RangeError("maxDrawdown requires one value a session");
  const first = firstFrom(dates, from);
  const [days, inside] = first < 0 ? [[], []] : [dates.slice(first), values.slice(first)];
  const n = inside.length;
  if (!allFinite(inside)) throw new RangeError("maxDrawdown requires finite values");
  if (n < 2) return tooFew(n, 2);
  if (!allPositive(inside)) return notDefined("not-positive", n);
  const due = sessions(from, days.at(-1) ?? from);
  const short = (share: number) => ({ code: "coverage", need: Math.ceil(share * due), have: n });
  if (n < coverage.least * due) return insufficient(n, short(coverage.least));
  const found = deepest(days, drawdowns(inside));
  return n < coverage.wanted * due ? warn(found, n, short(coverage.wanted)) : ok(found, n);
}

function deepest(days: readonly Day[], path: Float64Array): Drawdown {
  let depth = 0;
  let underWater = 0;
  for (let t = 0; t < path.length; t++) {
    depth = Math.min(depth, path[t] ?? 0);
    underWater += Number((path[t] ?? 0) < 0);
  }
  const current = path.at(-1) ?? 0;
  const none = { depth, peakDate: null, troughDate: null, recoveryDate: null, duration: 0 };
  if (depth === 0) return { ...none, underWater, current };
  const trough = path.indexOf(depth);
  const peak = path.lastIndexOf(0, trough);
  const back = path.indexOf(0, trough);
  return {
    depth,
    peakDate: days[peak] ?? null,
    troughDate: days[trough] ?? null,
    recoveryDate: back < 0 ? null : (days[back] ?? null),
    duration: (back < 0 ? path.length - 1 : back) - peak,
    underWater,
    current,
  };
}
