import { type Day, firstFrom } from "#src/metrics/days.ts";
import type { LevelSide } from "#src/metrics/level-events.ts";
import { type Measured, ok, tooFew } from "#src/metrics/result.ts";

/** What happened at a level during sessions, where closes alone say less. */
export interface LevelTouches {
  /** Sessions of the window that reached the level. */
  readonly touches: number;
  /** Of these, the ones that did not close beyond it. */
  readonly turnedBack: number;
  /** The price that went farthest, and its first day. */
  readonly extreme: number;
  readonly extremeDate: Day;
}

/** Sessions by their prices, one array each, oldest first. */
export interface SessionPrices {
  readonly dates: readonly Day[];
  readonly closes: readonly number[];
  readonly highs: readonly number[];
  readonly lows: readonly number[];
}

const leastWindow = 20;

/**
 * Touches of a level (盘中触及, B4): sessions whose high came to a resistance, or whose low came to a support.
 *
 *     touched   high ≥ L,   or low ≤ L at a support
 *
 * A touch and a close are different sentences: “touched 7,000 three times” may be true of an index that never closed above.
 *
 * @param level  positive
 * @param from  the first day of the window
 * @returns `insufficient` below 20 sessions in the window
 * @throws {RangeError} if the level is not positive, lengths differ, a price is not finite, or a close lies outside its session
 */
export function levelTouches(
  { dates, closes, highs, lows }: SessionPrices,
  level: number,
  { from, side = "resistance" }: { readonly from: Day; readonly side?: LevelSide },
): Measured<LevelTouches> {
  requireSessions([dates, closes, highs, lows]);
  if (!(level > 0)) throw new RangeError(`levelTouches requires a positive level, got ${level}`);
  if (!closes.every((close, t) => (lows[t] ?? close) <= close && close <= (highs[t] ?? close)))
    throw new RangeError("levelTouches requires finite closes between the session's low and high");
  if (![...highs, ...lows].every(Number.isFinite))
    throw new RangeError("levelTouches requires finite prices");
  const first = firstFrom(dates, from);
  const n = first < 0 ? 0 : dates.length - first;
  if (n < leastWindow) return tooFew(n, leastWindow);
  const sign = side === "support" ? -1 : 1;
  const far = side === "support" ? lows : highs;
  const reached = far.map((price, t) => t >= first && sign * (price - level) >= 0);
  const inside = far.slice(first).map((price) => sign * price);
  const extreme = first + inside.indexOf(Math.max(...inside));
  return ok(
    {
      touches: reached.filter(Boolean).length,
      turnedBack: reached.filter((touched, t) => touched && sign * ((closes[t] ?? 0) - level) <= 0).length,
      extreme: far[extreme] ?? Number.NaN,
      extremeDate: dates[extreme] ?? "",
    },
    n,
  );
}

function requireSessions(columns: readonly (readonly unknown[])[]): void {
  if (columns.some((column) => column.length !== columns[0]?.length))
    throw new RangeError("levelTouches requires prices of one length");
}
