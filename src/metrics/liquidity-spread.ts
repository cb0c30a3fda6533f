import { acrossGaps } from "#src/metrics/gaps.ts";
import { bySession, type Panel, type Path, pathOf, sessionsOf } from "#src/metrics/panel.ts";
import { type Measured, notDefined, okFrom, tooFew } from "#src/metrics/result.ts";
import { rollingZScore } from "#src/metrics/rolling-z-score.ts";

/** How liquid names did against illiquid ones. */
export interface LiquiditySpread {
  /** Mean return of the most liquid fifth less that of the least, over 20 sessions, a fraction. */
  readonly spread: number;
  /** Against its own history. */
  readonly z: number;
  /** Daily points of that history, and such that do not overlap. */
  readonly history: number;
  readonly effective: number;
}

/** Rules of the spread (K6). */
export const liquidityRules = {
  span: 20,
  leastNames: 30,
  share: 1 / 5,
  history: { min: 252, preferred: 756 },
} as const;

/**
 * Liquid minus illiquid (流动性价差, K6): returns of the fifth of names with the least illiquidity less those of the fifth with the most.
 *
 *     S[t] = mean R[t−20, t] of the liquid − mean R[t−20, t] of the illiquid,   fifths by illiquidity at t − 20
 *
 * The fifths are chosen before the returns are known. Names at the edge of a fifth that are as illiquid as it are all in it.
 *
 * @param prices  closes, one array a name; `null` where missing
 * @param illiquidity  of `illiquidityPath`, as many names and sessions
 * @returns `n` counts earlier spreads; `insufficient` below 252 of them, or without a spread today; `warn` below 756; `undefined`
 *   (`zero-variance`) where they do not move
 * @throws {RangeError} if lengths differ, a price is not positive and finite, or an illiquidity negative or not finite
 */
export const liquiditySpread = (prices: Panel, illiquidity: Panel): Measured<LiquiditySpread> =>
  standingOf(liquiditySpreadPath(prices, illiquidity));

/**
 * The same of two series that stand for the liquid and the illiquid (流动性价差, K6): a benchmark, and what is listed of private
 * markets (real estate, business development companies, private equity).
 *
 *     S[t] = R[t−20, t] of the one − R[t−20, t] of the other
 *
 * @param liquid  levels, oldest first
 * @param illiquid  in the same sessions
 * @returns as {@link liquiditySpread}
 * @throws {RangeError} if lengths differ, or a level is not positive and finite
 */
export const proxySpread = (
  liquid: readonly number[],
  illiquid: readonly number[],
): Measured<LiquiditySpread> => standingOf(proxySpreadPath(liquid, illiquid));

/** {@link proxySpread} of every session; `null` in the first 20. Element `t` uses nothing after `t`. */
export function proxySpreadPath(liquid: readonly number[], illiquid: readonly number[]): Path {
  if (liquid.length !== illiquid.length)
    throw new RangeError("a spread requires levels of the same sessions");
  if (![...liquid, ...illiquid].every((level) => level > 0 && level < Number.POSITIVE_INFINITY))
    throw new RangeError("a spread requires positive finite levels");
  const { span } = liquidityRules;
  const growth = (levels: readonly number[], t: number) =>
    (levels[t] ?? 0) / (levels[t - span] ?? Number.NaN);
  return pathOf(liquid.length, (t) => growth(liquid, t) - growth(illiquid, t));
}

function standingOf(path: Path): Measured<LiquiditySpread> {
  const spread = path.at(-1) ?? null;
  const { history: need, span } = liquidityRules;
  const earlier = path.slice(0, -1).filter((s) => s !== null);
  const history = Math.min(earlier.length, need.preferred);
  if (spread === null) return tooFew(0, need.min);
  if (history < need.min) return tooFew(history, need.min);
  const z = acrossGaps(path, (present) => rollingZScore(present, need)).at(-1) ?? null;
  if (z === null) return notDefined("zero-variance", history);
  return okFrom({ spread, z, history, effective: history / span }, history, need.preferred);
}

/**
 * {@link liquiditySpread} of every session. Element `t` uses nothing after `t`.
 *
 * @returns `null` below 30 names with an illiquidity and a price 20 sessions before, and a price now
 * @throws {RangeError} as {@link liquiditySpread}
 */
export function liquiditySpreadPath(prices: Panel, illiquidity: Panel): Path {
  const sessions = requirePanels(prices, illiquidity);
  const names = prices.length;
  const [closes, costs] = [bySession(prices), bySession(illiquidity)];
  const [cost, growth] = [new Float64Array(names), new Float64Array(names)];
  const { span, leastNames } = liquidityRules;
  return pathOf(sessions, (t) => {
    if (t < span) return Number.NaN;
    let count = 0;
    for (let i = 0; i < names; i++) {
      const before = (t - span) * names + i;
      const [own, moved] = [costs[before] ?? 0, (closes[t * names + i] ?? 0) / (closes[before] ?? 0)];
      if (Number.isNaN(own + moved)) continue;
      cost[count] = own;
      growth[count++] = moved;
    }
    return count < leastNames ? Number.NaN : spreadOf(cost.subarray(0, count), growth.subarray(0, count));
  });
}

function spreadOf(cost: Float64Array, growth: Float64Array): number {
  const sorted = cost.toSorted();
  const fifth = Math.floor(liquidityRules.share * cost.length);
  const [low, high] = [sorted[fifth - 1] ?? 0, sorted[cost.length - fifth] ?? 0];
  let [liquid, illiquid, few, many] = [0, 0, 0, 0];
  for (let i = 0; i < cost.length; i++) {
    const [own, moved] = [cost[i] ?? 0, growth[i] ?? 0];
    if (own <= low) {
      liquid += moved;
      few++;
    }
    if (own >= high) {
      illiquid += moved;
      many++;
    }
  }
  return liquid / few - illiquid / many;
}

function requirePanels(prices: Panel, illiquidity: Panel): number {
  const sessions = sessionsOf([...prices, ...illiquidity]);
  if (prices.length !== illiquidity.length)
    throw new RangeError("a spread requires an illiquidity of every name");
  if (!prices.every((path) => path.every((p) => p === null || (p > 0 && p < Number.POSITIVE_INFINITY))))
    throw new RangeError("a spread requires positive finite prices");
  if (!illiquidity.every((path) => path.every((v) => v === null || v >= 0)))
    throw new RangeError("a spread requires illiquidity of 0 or more");
  return sessions;
}
