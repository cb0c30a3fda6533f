import { ownHistory, percentileOfLatest } from "#src/metrics/own-history.ts";
import { type Panel, type Path, pathOf, sessionsOf } from "#src/metrics/panel.ts";
import { type Measured, ok, tooFew, warn } from "#src/metrics/result.ts";
import { rollingVariance } from "#src/metrics/rolling.ts";
import { noise } from "#src/metrics/z-score.ts";

/** A name's fall that is large for it. */
export interface Drop {
  /** Positions of the name and of the session. */
  readonly name: number;
  readonly at: number;
  /** Whether a filing, result or news of its own stands within a session of it; `null` while the next one is not over. */
  readonly isExplained: boolean | null;
}

/** Sessions with a filing, results or news of a name's own, one array a name. */
export type Tags = readonly (readonly boolean[])[];

/** How many drops nothing explains. */
export interface UnexplainedDrops {
  /** Drops of the last 63 sessions of which it is known, and those without an explanation. */
  readonly drops: number;
  readonly unexplained: number;
  readonly share: number;
  /** Place of the share in its own history, 0 to 100; `null` below 252 sessions of it. */
  readonly percentile: number | null;
}

/** Rules of drops (L4). */
export const dropRules = {
  deviations: 3,
  volatility: { window: 60, least: 45 },
  around: 1,
  window: 63,
  leastDrops: 5,
} as const;

/**
 * Drops (异常下跌, L4): returns of −3 deviations or less, those of the 60 sessions before.
 *
 *     R[i,t] ≤ −3 σ[i,t−1]
 *
 * @param returns  simple daily returns, one array a name
 * @param tags  as many names and sessions
 * @returns by session, and by name within it
 * @throws {RangeError} if lengths differ or a return is not finite
 */
export function findDrops(returns: Panel, tags: Tags): readonly Drop[] {
  requireTags(returns, tags);
  const drops = returns.flatMap((path, name) => dropsOf(path, tags[name] ?? [], name));
  return drops.toSorted((a, b) => a.at - b.at || a.name - b.name);
}

function dropsOf(returns: Path, tags: readonly boolean[], name: number): readonly Drop[] {
  const { window, least } = dropRules.volatility;
  const variances = rollingVariance(returns, window, least);
  const drops: Drop[] = [];
  for (let at = 1; at < returns.length; at++) {
    const [r, variance] = [returns[at] ?? 0, variances[at - 1] ?? 0];
    // A price that stood still is moved by nothing that could be measured.
    if (r >= 0 || variance <= noise ** 2 || r > -dropRules.deviations * Math.sqrt(variance)) continue;
    drops.push({ name, at, isExplained: explained(tags, at) });
  }
  return drops;
}

function explained(tags: readonly boolean[], t: number): boolean | null {
  const near = tags.slice(Math.max(0, t - dropRules.around), t + dropRules.around + 1);
  if (near.some((tag) => tag)) return true;
  return t + dropRules.around < tags.length ? false : null;
}

/**
 * Share of drops without an explanation (无消息下跌占比, L4) over the last 63 sessions, and its place in its own history.
 *
 * A drop counts from the session after it on, when it is known whether news followed.
 *
 * @param returns  as {@link findDrops}
 * @returns `n` counts drops; `insufficient` below five, `warn` (`too-few`, `short-history`) where the history of the share is short
 * @throws {RangeError} as {@link findDrops}
 */
export function unexplainedDrops(returns: Panel, tags: Tags): Measured<UnexplainedDrops> {
  const { drops, unexplained, share } = unexplainedDropPath(returns, tags);
  const count = drops.at(-1) ?? 0;
  const latest = share.at(-1) ?? null;
  if (latest === null) return tooFew(count, dropRules.leastDrops);
  const rank = percentileOfLatest(share, ownHistory.structure);
  const value = { drops: count, unexplained: unexplained.at(-1) ?? 0, share: latest, percentile: rank.value };
  return rank.reasons.length > 0 ? warn(value, count, ...rank.reasons) : ok(value, count);
}

/** The paths behind {@link unexplainedDrops}, one element a session. */
export interface UnexplainedDropPath {
  readonly drops: readonly number[];
  readonly unexplained: readonly number[];
  /** `null` below five drops. */
  readonly share: Path;
}

/**
 * {@link unexplainedDrops} of every session, in one pass. Element `t` uses nothing after `t`.
 *
 * @throws {RangeError} as {@link findDrops}
 */
export function unexplainedDropPath(returns: Panel, tags: Tags): UnexplainedDropPath {
  const sessions = sessionsOf(returns);
  const [all, bare] = [new Float64Array(sessions), new Float64Array(sessions)];
  for (const { at, isExplained } of findDrops(returns, tags)) {
    const known = at + dropRules.around;
    if (known >= sessions) continue;
    all[known] = (all[known] ?? 0) + 1;
    if (isExplained === false) bare[known] = (bare[known] ?? 0) + 1;
  }
  const [drops, unexplained] = [recent(all), recent(bare)];
  const share = pathOf(sessions, (t) => {
    const count = drops[t] ?? 0;
    return count < dropRules.leastDrops ? Number.NaN : (unexplained[t] ?? 0) / count;
  });
  return { drops, unexplained, share };
}

/** Sums over the last 63 sessions, which are counts and so exact. */
function recent(counts: Float64Array): readonly number[] {
  let sum = 0;
  return Array.from(counts, (count, t) => {
    sum += count - (counts[t - dropRules.window] ?? 0);
    return sum;
  });
}

function requireTags(returns: Panel, tags: Tags): void {
  const sessions = sessionsOf(returns);
  if (tags.length !== returns.length || tags.some((path) => path.length !== sessions))
    throw new RangeError("drops require one tag a return");
}
