import { ownHistory } from "#src/metrics/own-history.ts";
import { type Panel, type Path, pathOf, sessionsOf } from "#src/metrics/panel.ts";
import { type Measured, okFrom, type Reason, tooFew, warn } from "#src/metrics/result.ts";
import { rollingRank } from "#src/metrics/rolling-rank.ts";

/** Paths of the components of a composite by their names, all over the same sessions, high where there is much of it. */
export type Components = Readonly<Record<string, Path>>;

export type CompositeLabel = "usual" | "high" | "extreme";

/** A composite and what it is made of. */
export interface Composite {
  /** 0 to 100. */
  readonly value: number;
  readonly label: CompositeLabel;
  /** Percentile of each component in its own history; `null` where it has none, and does not count. */
  readonly components: Readonly<Record<string, number | null>>;
}

/** Noise and velocity of a market, and both together. */
export interface NoiseVelocity {
  readonly noise: Composite;
  readonly velocity: Composite;
  /** Mean of the two. */
  readonly both: number;
}

const leastComponents = 3;
const [highFrom, extremeFrom] = [80, 95];
const need = ownHistory.composite;

/**
 * Composite (综合指数, Q10) at every session: mean of the percentiles of its components in their own history, 1,260 earlier values at
 * least and 2,520 at most. Weights are equal and fixed in advance. Each element uses nothing after it.
 *
 * @returns 0 to 100; `null` where fewer than three components have a percentile
 * @throws {RangeError} if paths differ in length or a value is not finite
 */
export function compositePath(components: Components): Path {
  const paths = Object.values(components);
  const ranks = ranksOf(paths);
  return pathOf(sessionsOf(paths), (t) => meanOf(ranks.map((path) => path[t] ?? null)));
}

/**
 * Noise and velocity (噪声与速度, HNHV, Q10): how little markets' moves lead anywhere, and how fast what leads changes.
 *
 * A house measure: its components are always shown beside it. From 80 on it is high, from 95 extreme.
 *
 * @param noise  1 less the median efficiency ratio, volatility of volatility, |VR(5) − 1|, correlation surprise
 * @param velocity  rank churn, leadership turnover, factor-rotation speed, 5-session mean of turbulence, turnover of shares
 * @returns `insufficient` where fewer than three components of either have a percentile at the last session; `warn`
 *   (`components`) where some of them have none, (`short-history`) where the shortest history is below 2,520
 * @throws {RangeError} if paths differ in length or a value is not finite
 */
export function noiseVelocity(noise: Components, velocity: Components): Measured<NoiseVelocity> {
  sessionsOf([...Object.values(noise), ...Object.values(velocity)]);
  const [ofNoise, ofVelocity] = [compositeOf(noise), compositeOf(velocity)];
  const [first, second] = [ofNoise.composite, ofVelocity.composite];
  const have = Math.min(ofNoise.ranked, ofVelocity.ranked);
  if (first === null || second === null) return tooFew(have, leastComponents);
  const value: NoiseVelocity = { noise: first, velocity: second, both: (first.value + second.value) / 2 };
  const found = okFrom(value, Math.min(ofNoise.history, ofVelocity.history), need.preferred);
  const all = Object.keys(noise).length + Object.keys(velocity).length;
  const ranked = ofNoise.ranked + ofVelocity.ranked;
  const missing: Reason = { code: "components", need: all, have: ranked };
  return ranked < all ? warn(value, found.n, ...found.reasons, missing) : found;
}

/** The word for a composite. */
export function labelOf(value: number): CompositeLabel {
  if (value >= extremeFrom) return "extreme";
  return value >= highFrom ? "high" : "usual";
}

const ranksOf = (paths: Panel): Panel => paths.map((path) => rollingRank(path, need));

/** NaN of fewer than three. */
function meanOf(ranks: readonly (number | null)[]): number {
  const there = ranks.filter((rank) => rank !== null);
  return there.length < leastComponents
    ? Number.NaN
    : there.reduce((sum, rank) => sum + rank, 0) / there.length;
}

function compositeOf(components: Components) {
  const names = Object.keys(components);
  const ranks = ranksOf(Object.values(components)).map((path) => path.at(-1) ?? null);
  const histories = Object.values(components)
    .filter((_, i) => ranks[i] !== null)
    .map((path) => path.filter((v) => v !== null).length - 1);
  const value = meanOf(ranks);
  const composite: Composite | null = Number.isNaN(value)
    ? null
    : {
        value,
        label: labelOf(value),
        components: Object.fromEntries(names.map((name, i) => [name, ranks[i] ?? null])),
      };
  return { composite, ranked: histories.length, history: Math.min(need.preferred, ...histories) };
}
