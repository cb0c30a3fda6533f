import { acrossGaps } from "#src/metrics/gaps.ts";
import { type Panel, type Path, pathOf, sessionsOf } from "#src/metrics/panel.ts";
import { realisedVolatilityPath } from "#src/metrics/realised-volatility.ts";
import { relativeStrengthPath } from "#src/metrics/relative-strength.ts";
import { type Measured, mapMeasured, ok, tooFew, warn } from "#src/metrics/result.ts";
import { rollingMean } from "#src/metrics/rolling.ts";
import { rollingMax } from "#src/metrics/rolling-max.ts";
import { rollingRank } from "#src/metrics/rolling-rank.ts";
import { rollingZScore } from "#src/metrics/rolling-z-score.ts";

/** What the stress of a basket is made from, all over the same sessions, oldest first; `null` where missing. */
export interface StressInputs {
  /** Levels of the basket and of what it is held against. */
  readonly basket: Path;
  readonly benchmark: Path;
  /** Closes of the names while they are members. */
  readonly members: Panel;
  /** Turnover of the basket in money. */
  readonly volume: Path;
}

export type StressComponent = "strength" | "drawdown" | "volatility" | "breadth" | "volume";

/** What went into a basket's stress, one path a component. */
export interface StressPaths {
  /** Relative strength over 20 sessions, the fall from the high of 252 (0 or negative), volatility of 20 a year, the share of members below
   *  their average of 50, and turnover. */
  readonly raw: Readonly<Record<StressComponent, Path>>;
  /** z of strength and of the logarithm of volume; percentiles of the depth of the fall, of volatility and of the share below. */
  readonly standing: Readonly<Record<StressComponent, Path>>;
}

export type StressDirection = "up" | "down" | "mixed";

/** Stress of a basket today. */
export interface BasketStress {
  readonly raw: Readonly<Record<StressComponent, number | null>>;
  readonly standing: Readonly<Record<StressComponent, number | null>>;
  /** Components in the tail of a squeeze, and of a sell-off: 0 to 5. Volatility and volume are in both. */
  readonly up: number;
  readonly down: number;
  /** Which of the two is more; `mixed` where neither is. */
  readonly direction: StressDirection;
  /** Whether three or more are in a tail. */
  readonly isStressed: boolean;
}

/** Rules of basket stress (L2). */
export const stressRules = {
  strength: 20,
  high: 252,
  volatility: 20,
  average: 50,
  leastNames: 5,
  history: { min: 252, preferred: 756 },
  tail: { z: 1.5, percentile: 90 },
  leastComponents: 3,
} as const;

/**
 * Basket stress score (篮子压力评分, L2): how many of five components are in a tail of their own history, and which way. A house composite,
 * its components always shown.
 *
 *     sold (抛售, down)     strength z ≤ −1.5, depth of the fall PR ≥ 90, share below average PR ≥ 90
 *     bid (逼空, up)        strength z ≥ 1.5, depth PR ≤ 10, share below PR ≤ 10
 *     either                volatility PR ≥ 90, volume z ≥ 1.5
 *
 * z and percentiles are against the 252 to 756 sessions before.
 *
 * @returns `n` counts components that are there; `insufficient` below three, `warn` (`components-missing`) below five
 * @throws {RangeError} if lengths differ, a level, price or turnover is not positive and finite
 */
export function basketStress(inputs: StressInputs): Measured<BasketStress> {
  const { raw, standing } = basketStressPath(inputs);
  const latest = lastOf(standing);
  return mapMeasured(stressOf(latest), (stress) => ({ raw: lastOf(raw), standing: latest, ...stress }));
}

/** The score of components, by their standing; cases as {@link basketStress}. */
export function stressOf(
  standing: BasketStress["standing"],
): Measured<Pick<BasketStress, "up" | "down" | "direction" | "isStressed">> {
  const all = Object.values(standing);
  const n = all.filter((value) => value !== null).length;
  if (n < stressRules.leastComponents) return tooFew(n, stressRules.leastComponents);
  const [up, down] = [tails(standing, 1), tails(standing, -1)];
  const direction: StressDirection = up === down ? "mixed" : up > down ? "up" : "down";
  const value = { up, down, direction, isStressed: Math.max(up, down) >= stressRules.leastComponents };
  return n < all.length
    ? warn(value, n, { code: "components-missing", need: all.length, have: n })
    : ok(value, n);
}

/** How many components are in the tail of one direction: 1 up, −1 down. */
function tails(standing: BasketStress["standing"], way: 1 | -1): number {
  const { z, percentile } = stressRules.tail;
  const isFar = (value: number | null) => value !== null && way * value >= z;
  /** Depth and share below are large when prices are low. */
  const isLow = (rank: number | null) =>
    rank !== null && (way === 1 ? rank <= 100 - percentile : rank >= percentile);
  const { strength, drawdown, volatility, breadth, volume } = standing;
  const wild = volatility !== null && volatility >= percentile;
  const busy = volume !== null && volume >= z;
  return [isFar(strength), isLow(drawdown), isLow(breadth), wild, busy].filter(Boolean).length;
}

/**
 * {@link basketStress}'s components of every session, in one pass. Element `t` uses nothing after `t`.
 *
 * @throws {RangeError} as {@link basketStress}
 */
export function basketStressPath({ basket, benchmark, members, volume }: StressInputs): StressPaths {
  requirePositive([basket, benchmark, volume, ...members]);
  const raw = {
    strength: strengthOf(basket, benchmark),
    drawdown: fallPath(basket),
    volatility: acrossGaps(basket, volatilityOf),
    breadth: shareBelow(members, sessionsOf([basket])),
    volume,
  };
  const { history } = stressRules;
  const rank = (path: Path) => rollingRank(path, history);
  const z = (path: Path) => acrossGaps(path, (present) => rollingZScore(present, history));
  const standing = {
    strength: z(raw.strength),
    drawdown: rank(raw.drawdown.map((fall) => (fall === null ? null : -fall))),
    volatility: rank(raw.volatility),
    breadth: rank(raw.breadth),
    volume: z(volume.map((v) => (v === null ? null : Math.log(v)))),
  };
  return { raw, standing };
}

function strengthOf(basket: Path, benchmark: Path): Path {
  const ratio = basket.map((level, t) => {
    const other = benchmark[t] ?? null;
    return level === null || other === null ? null : level / other;
  });
  return acrossGaps(ratio, (present) =>
    relativeStrengthPath(
      present,
      present.map(() => 1),
      stressRules.strength,
    ),
  );
}

const fallPath = (basket: Path): Path =>
  acrossGaps(basket, (present) => {
    const highs = rollingMax(present, stressRules.high);
    return present.map((level, t) => {
      const high = highs[t] ?? null;
      return high === null ? null : level / high - 1;
    });
  });

const volatilityOf = (levels: readonly number[]): Path =>
  realisedVolatilityPath(
    levels.map((level, t) => (t === 0 ? null : Math.log(level / (levels[t - 1] ?? Number.NaN)))),
    stressRules.volatility,
  );

/** Share of the names with an average that are below it; missing below five of them. */
function shareBelow(members: Panel, sessions: number): Path {
  const [names, below] = [new Float64Array(sessions), new Float64Array(sessions)];
  for (const prices of members) {
    const average = acrossGaps(prices, (present) => rollingMean(present, stressRules.average));
    for (let t = 0; t < sessions; t++) {
      const level = average[t] ?? null;
      if (level === null) continue;
      names[t] = (names[t] ?? 0) + 1;
      if ((prices[t] ?? level) < level) below[t] = (below[t] ?? 0) + 1;
    }
  }
  return pathOf(sessions, (t) => {
    const count = names[t] ?? 0;
    return count < stressRules.leastNames ? Number.NaN : (below[t] ?? 0) / count;
  });
}

const lastOf = (paths: Readonly<Record<StressComponent, Path>>): Record<StressComponent, number | null> => ({
  strength: paths.strength.at(-1) ?? null,
  drawdown: paths.drawdown.at(-1) ?? null,
  volatility: paths.volatility.at(-1) ?? null,
  breadth: paths.breadth.at(-1) ?? null,
  volume: paths.volume.at(-1) ?? null,
});

function requirePositive(paths: Panel): void {
  sessionsOf(paths);
  if (!paths.every((path) => path.every((v) => v === null || (v > 0 && v < Number.POSITIVE_INFINITY))))
    throw new RangeError("basket stress requires positive finite levels, prices and turnover");
}
