import { blockLength } from "#src/metrics/block-length.ts";
import type { Day } from "#src/metrics/days.ts";
import {
  distancesBeyond,
  eventsFrom,
  type LevelRules,
  levelEvents,
  usualRules,
} from "#src/metrics/level-events.ts";
import { type LevelOptions, levelTest } from "#src/metrics/level-test.ts";
import { meanOf } from "#src/metrics/mean.ts";
import { type Measured, notDefined, ok, type Reason, warn } from "#src/metrics/result.ts";
import { logReturns } from "#src/metrics/returns.ts";
import { stationaryResamples, usualReplicates, usualSeed } from "#src/metrics/stationary-bootstrap.ts";

/** How often a price without a direction, and without a memory of levels, does what this one did. */
export interface LevelSignificance {
  /** Share of the paths with as many rejections or more, and no breakout. */
  readonly share: number;
  readonly rejections: number;
  /** Mean block length of the resampling, how many paths, and from which seed. */
  readonly block: number;
  readonly replicates: number;
  readonly seed: number;
}

/** How paths are drawn. */
export interface LevelResampling {
  /** Mean length of a block; chosen by the returns unless given. */
  readonly block?: number;
  readonly replicates?: number;
  readonly seed?: number;
}

/** Sessions whose returns are drawn from, at the least. */
const pool = 252;

/**
 * Significance of a level (点位显著性, B4, G16): the share of paths of the same length, from the same price and state, made of the
 * same returns less their mean in other orders (stationary bootstrap), that were rejected as often and did not break out.
 *
 * A large share says that any price would have looked as if the level held it.
 *
 * @param dates  as of `levelTest`, as are the other parameters
 * @returns as `levelTest`; `undefined` (`breakout`) where the level was broken or passed in the window, (`no-rejection`) where
 *   nothing was rejected at it, (`not-positive`) for a price that is not
 * @throws {RangeError} as `levelTest`, or for replicates below 1
 * @see Politis and Romano (1994), JASA 89(428)
 */
export function levelSignificance(
  dates: readonly Day[],
  closes: readonly number[],
  level: number,
  options: LevelOptions,
  { block: given, replicates = usualReplicates, seed = usualSeed }: LevelResampling = {},
): Measured<LevelSignificance> {
  const test = levelTest(dates, closes, level, options);
  if (test.value === null) return test;
  const { rejections, breakouts, stoodBeyond } = test.value;
  if (breakouts > 0 || stoodBeyond) return notDefined("breakout", test.n);
  if (rejections === 0) return notDefined("no-rejection", test.n);
  const returns = logReturns(closes.slice(-Math.max(pool, test.n) - 1));
  if (returns.value === null) return returns;
  const block = given === undefined ? blockLength(returns.value) : ok(given, test.n);
  if (block.value === null) return block;
  const heldBack = pathCounter(closes, level, options, test.n, returns.value);
  let count = 0;
  for (const positions of stationaryResamples(returns.value.length, { block: block.value, replicates, seed }))
    if (heldBack(positions, rejections)) count++;
  const value = { share: count / replicates, rejections, block: block.value, replicates, seed };
  const reasons: readonly Reason[] = [...test.reasons, ...block.reasons];
  return reasons.length === 0 ? { ...test, value } : warn(value, test.n, ...reasons);
}

/** Whether a path of the returns at these positions is rejected as often, and does not break out. */
function pathCounter(
  closes: readonly number[],
  level: number,
  options: LevelOptions,
  window: number,
  returns: readonly number[],
): (positions: Int32Array, rejections: number) => boolean {
  const rules: LevelRules = { ...usualRules, ...options };
  const side = options.side ?? "resistance";
  const mean = meanOf(returns);
  const growth = returns.map((r) => Math.exp(r - mean));
  const first = closes.length - window;
  // Of a window that begins with the data, the first close is where its paths begin.
  const start = closes[Math.max(0, first - 1)] ?? Number.NaN;
  const past = distancesBeyond(closes.slice(0, Math.max(1, first)), level, side);
  // What lies before a close far from the level has left no state.
  const settled = Math.max(
    0,
    past.findLastIndex((d) => d <= -2 * rules.delta),
  );
  const state = past.slice(settled);
  const begin = first === 0 ? 0 : state.length;
  const steps = first === 0 ? window - 1 : window;
  return (positions, rejections) => {
    let price = start;
    const path = Array.from({ length: steps }, (_, t) => {
      price *= growth[positions[t] ?? 0] ?? Number.NaN;
      return price;
    });
    const distances = [...state, ...distancesBeyond(path, level, side)];
    const found = levelEvents(distances, rules);
    if (found.lastBeyond >= begin) return false;
    const events = eventsFrom(begin, distances, found);
    return events.filter(({ outcome }) => outcome === "rejected").length >= rejections;
  };
}
