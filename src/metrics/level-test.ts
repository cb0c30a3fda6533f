import { firstNotFinite } from "#src/metrics/all-numbers.ts";
import { coverage } from "#src/metrics/coverage.ts";
import { type CountSessions, type Day, firstFrom, weekdaysIn } from "#src/metrics/days.ts";
import {
  distancesBeyond,
  eventsFrom,
  type LevelEvents,
  type LevelRules,
  type LevelSide,
  levelEvents,
  usualRules,
} from "#src/metrics/level-events.ts";
import { insufficient, type Measured, ok, tooFew } from "#src/metrics/result.ts";

/** The window and the side of a level test; the rules are those of B4 unless given. */
export interface LevelOptions extends Partial<LevelRules> {
  /** The first day of the window that the result speaks of. The state before it comes from the whole history. */
  readonly from: Day;
  /** `resistance`: approached from below; `support`: from above, everything mirrored. */
  readonly side?: LevelSide;
  /** Counts the sessions of the series' exchange. */
  readonly sessions?: CountSessions;
}

/** One approach to the level within the window. */
export interface LevelApproach {
  readonly start: Day;
  readonly end: Day;
  readonly outcome: "rejected" | "breakout" | "open";
  /** The close that went farthest (highest at a resistance, lowest at a support), and its day. */
  readonly extreme: number;
  readonly extremeDate: Day;
}

/** What a series did at a level within the window. */
export interface LevelTest {
  /** Approaches of which some close inside the zone lies in the window; their extremes are those within it. */
  readonly events: readonly LevelApproach[];
  readonly tests: number;
  readonly rejections: number;
  /** Breakouts confirmed inside the window. */
  readonly breakouts: number;
  /** Sessions from the first test, or from the first of the window where it was under way, to the last; `null` without one. */
  readonly sessionsSinceFirst: number | null;
  /** Closes beyond the level in the window. */
  readonly closesBeyond: number;
  /** The close of the window that went farthest, and the first day of it. */
  readonly extreme: number;
  readonly extremeDate: Day;
  /** Latest close against the level, a fraction; negative below it. */
  readonly distance: number;
  /** Whether the series stands beyond the level after a confirmed breakout, in the window or before it, and has not closed below its zone since. */
  readonly isBeyond: boolean;
  /** Whether it stood so at any close of the window. */
  readonly stoodBeyond: boolean;
  /** A close beyond the band in the window, through all of which the series never stood beyond the level after a breakout. */
  readonly unconfirmed: boolean;
  /** “Failed to break” may be said: two tests or more in a window in which no breakout was confirmed or stood. */
  readonly failedToBreak: boolean;
}

const leastWindow = 20;
const leastHistory = 252;
const leastTests = 2;

/**
 * Level test (点位试探, B4): how often a series approached a level, and whether it got through.
 *
 * The rules are those of {@link levelEvents}, on `d = close / level − 1` (with the opposite sign at a support). Closes
 * only: a touch during the session is not seen (`levelTouches` sees it). The state at the beginning of the window comes from the closes before
 * it, so that a level passed long ago is not broken anew on the first day.
 *
 * @param dates  sessions, oldest first
 * @param closes  one a session
 * @param level  positive
 * @returns `insufficient` below 20 sessions in the window or 252 in all, or where more than a quarter of the window's
 *   sessions have no close (`coverage`)
 * @throws {RangeError} if the level is not positive
 * @see Brock, Lakonishok and LeBaron (1992), Journal of Finance 47(5), for the band
 */
export function levelTest(
  dates: readonly Day[],
  closes: readonly number[],
  level: number,
  { from, side = "resistance", sessions = weekdaysIn, ...rules }: LevelOptions,
): Measured<LevelTest> {
  if (!(level > 0)) throw new RangeError(`levelTest requires a positive level, got ${level}`);
  const broken = firstNotFinite(closes);
  if (broken >= 0)
    throw new RangeError(`levelTest requires finite closes, got ${closes[broken]} at ${broken}`);
  const first = firstFrom(dates, from);
  const n = first < 0 ? 0 : dates.length - first;
  if (dates.length < leastHistory) return tooFew(dates.length, leastHistory);
  if (n < leastWindow) return tooFew(n, leastWindow);
  const due = sessions(from, dates.at(-1) ?? from);
  // “Has not closed above” is said of every day of the window.
  if (n < coverage.least * due) {
    const reason = { code: "coverage", need: Math.ceil(coverage.least * due), have: n };
    return insufficient(n, reason);
  }
  const sign = side === "support" ? -1 : 1;
  const distances = distancesBeyond(closes, level, side);
  const found = levelEvents(distances, { ...usualRules, ...rules });
  const band = rules.band ?? usualRules.band;
  return ok(summary({ dates, closes, distances, first, sign, band }, found), n);
}

interface Window {
  readonly dates: readonly Day[];
  readonly closes: readonly number[];
  readonly distances: readonly number[];
  readonly first: number;
  readonly sign: 1 | -1;
  readonly band: number;
}

function summary(window: Window, found: LevelEvents): LevelTest {
  const { isBeyond, lastBeyond } = found;
  const { distances, first, sign, band } = window;
  const inside = distances.slice(first);
  const approaches = eventsFrom(first, distances, found);
  const events = approaches.map((event) => approach(window, event));
  const [earliest] = approaches;
  const breakouts = events.filter(({ outcome }) => outcome === "breakout").length;
  const extreme = first + inside.indexOf(Math.max(...inside));
  return {
    events,
    tests: events.length,
    rejections: events.filter(({ outcome }) => outcome === "rejected").length,
    breakouts,
    sessionsSinceFirst:
      earliest === undefined ? null : distances.length - 1 - Math.max(first, earliest.start),
    closesBeyond: inside.filter((d) => d > 0).length,
    ...farthest(window, extreme),
    distance: sign * (distances.at(-1) ?? Number.NaN),
    isBeyond,
    stoodBeyond: lastBeyond >= first,
    unconfirmed: lastBeyond < first && inside.some((d) => d > band),
    failedToBreak: events.length >= leastTests && lastBeyond < first,
  };
}

const farthest = ({ closes, dates }: Window, at: number) => ({
  extreme: closes[at] ?? Number.NaN,
  extremeDate: dates[at] ?? "",
});

function approach(window: Window, { start, end, outcome }: LevelEvents["events"][number]): LevelApproach {
  const { dates, distances, first } = window;
  const from = Math.max(start, first);
  const inside = distances.slice(from, end + 1);
  const extreme = from + inside.indexOf(Math.max(...inside));
  return { start: dates[start] ?? "", end: dates[end] ?? "", outcome, ...farthest(window, extreme) };
}
