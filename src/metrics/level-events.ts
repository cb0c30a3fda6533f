/** One approach to a level, by positions in the series. */
export interface LevelEvent {
  readonly start: number;
  /** The last close of the event so far: the rejecting one, the confirming one, or the latest. */
  readonly end: number;
  /** The last close inside the zone or beyond the level: the rejecting one is not. */
  readonly lastNear: number;
  /** The close that went farthest. */
  readonly extreme: number;
  readonly outcome: "rejected" | "breakout" | "open";
}

/** Zone, band and counts of a level test (B4), as fractions of the level and as sessions. */
export interface LevelRules {
  /** Half width of the zone in which a close tests the level. */
  readonly delta: number;
  /** How far beyond the level a close must be to count towards a breakout. */
  readonly band: number;
  /** Closes in a row beyond the band that make a breakout. */
  readonly confirm: number;
  /** Sessions after a rejection within which a return belongs to the same test. */
  readonly rearm: number;
}

/** The rules of B4. */
export const usualRules: LevelRules = { delta: 0.01, band: 0.01, confirm: 2, rearm: 5 };

/** Approached from below, or from above, everything mirrored. */
export type LevelSide = "resistance" | "support";

/**
 * How far each close lies beyond a level, a fraction: above a resistance, below a support; negative on the near side.
 *
 * 6930 is exactly 1 % below 7000, but 6930 / 7000 − 1 is a bit more: a trillionth of the level is no distance.
 */
export function distancesBeyond(
  closes: readonly number[],
  level: number,
  side: LevelSide,
): readonly number[] {
  const sign = side === "support" ? -1 : 1;
  const distances = new Array<number>(closes.length);
  for (let t = 0; t < distances.length; t++)
    distances[t] = Math.round(sign * ((closes[t] ?? 0) / level - 1) * 1e12) / 1e12;
  return distances;
}

type State = "out" | "test" | "disarmed" | "beyond";

/** Where the walk through the closes stands, and the event under way. */
interface Walk {
  readonly state: State;
  /** Closes in a row beyond the band. */
  readonly run: number;
  /** Sessions since the rejection. */
  readonly since: number;
  readonly event: LevelEvent | null;
}

/** The approaches, oldest first, and whether the series now stands beyond the level after a breakout. */
export interface LevelEvents {
  readonly events: readonly LevelEvent[];
  readonly isBeyond: boolean;
  /** The last close at which it stood so; −1 without one. */
  readonly lastBeyond: number;
}

/**
 * The events of a level test (B4), from the signed distance `d` of each close beyond the level.
 *
 *     OUT       d ≥ −δ                                    → TEST: an event begins
 *     TEST      `confirm` closes in a row with d > band   → BEYOND: the event is a breakout
 *               d < −δ                                    → the event is rejected: DISARMED, or OUT at once if d ≤ −2δ
 *     DISARMED  d ≤ −2δ, or more than `rearm` sessions    → OUT: a later approach is a new test
 *               d ≥ −δ before that                        → TEST: the same event goes on
 *     BEYOND    d < −δ                                    → OUT
 */
export function levelEvents(distances: readonly number[], rules: LevelRules): LevelEvents {
  const events: LevelEvent[] = [];
  let lastBeyond = -1;
  let walk: Walk = { state: "out", run: 0, since: 0, event: null };
  for (let i = 0; i < distances.length; i++) {
    const d = distances[i] ?? Number.NaN;
    walk = step(settled(walk, d, rules), i, d, distances, rules);
    if (walk.event !== null) events[walk.event.start === i ? events.length : events.length - 1] = walk.event;
    if (walk.state === "beyond") lastBeyond = i;
    if (walk.event !== null && (walk.state === "out" || walk.state === "beyond"))
      walk = { ...walk, event: null };
  }
  return { events, isBeyond: walk.state === "beyond", lastBeyond };
}

/**
 * The events of a window that begins at `first`: those of which some close inside the zone lies in it.
 *
 * A series that begins beyond the level did not approach it on its first day, nor break it on its second.
 */
export function eventsFrom(
  first: number,
  distances: readonly number[],
  { events }: LevelEvents,
): readonly LevelEvent[] {
  const began = (distances[0] ?? 0) > 0 ? 0 : -1;
  return events.filter(({ start, lastNear }) => lastNear >= first && start !== began);
}

/** A rejected approach is over once the series has gone far enough, or long enough has passed. */
function settled(walk: Walk, d: number, { delta, rearm }: LevelRules): Walk {
  if (walk.state !== "disarmed") return walk;
  const since = walk.since + 1;
  return d <= -2 * delta || since > rearm ? { ...walk, state: "out", event: null } : { ...walk, since };
}

function step(walk: Walk, i: number, d: number, distances: readonly number[], rules: LevelRules): Walk {
  const { delta, band, confirm } = rules;
  const isNear = d >= -delta;
  if (walk.state === "beyond") return isNear ? walk : { ...walk, state: "out" };
  if (walk.state !== "test" && !isNear) return walk;
  const event = reached(walk.event, i, distances, isNear);
  const run = d > band ? walk.run + 1 : 0;
  if (run >= confirm) return { state: "beyond", run: 0, since: 0, event: { ...event, outcome: "breakout" } };
  if (isNear) return { state: "test", run, since: 0, event };
  const rejected: LevelEvent = { ...event, outcome: "rejected" };
  return { state: d <= -2 * delta ? "out" : "disarmed", run: 0, since: 0, event: rejected };
}

/** The event with one more close: a new one where none is under way. */
function reached(
  event: LevelEvent | null,
  i: number,
  distances: readonly number[],
  isNear: boolean,
): LevelEvent {
  if (event === null) return { start: i, end: i, lastNear: i, extreme: i, outcome: "open" };
  const isFarther = (distances[i] ?? 0) > (distances[event.extreme] ?? 0);
  const lastNear = isNear ? i : event.lastNear;
  return { ...event, end: i, lastNear, outcome: "open", extreme: isFarther ? i : event.extreme };
}
