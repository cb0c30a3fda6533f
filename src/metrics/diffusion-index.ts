import { coverage } from "#src/metrics/coverage.ts";
import { acrossGaps } from "#src/metrics/gaps.ts";
import { type Panel, type Path, sessionsOf } from "#src/metrics/panel.ts";
import type { HistoryNeed } from "#src/metrics/percentile-rank.ts";
import { insufficient, type Measured, ok, type Reason, tooFew, warn } from "#src/metrics/result.ts";
import { rollingZScore } from "#src/metrics/rolling-z-score.ts";

/** How far a fear has spread. */
export interface DiffusionIndex {
  /** Share of the sub-industries that are hit, 0 to 1. */
  readonly share: number;
  /** Against the share of a horizon before; `null` without one. */
  readonly change: number | null;
  /** Places of those that are hit, in the order given. */
  readonly hit: readonly number[];
  /** Of these, those that were known not to be hit then. */
  readonly entrants: readonly number[];
  /** Places of those that were hit then and are known not to be now. */
  readonly leavers: readonly number[];
  /** “Spreading” may be said: the share has risen, and there are entrants. */
  readonly isSpreading: boolean;
}

/** What a diffusion index is read from. */
export interface DiffusionOptions {
  /** Shares of articles that name the risk, one path a sub-industry, on the same sessions; without them, returns alone tell. */
  readonly mentions?: Panel;
  /** Earlier sessions of which each z is made. */
  readonly history?: HistoryNeed;
  /** Elements back to the share that the latest is compared with: 20 sessions unless given, and 4 of paths that go by weeks. */
  readonly horizon?: number;
  /** Sub-industries below which there is no index; ten unless given. */
  readonly least?: number;
}

/** Rules of the diffusion index (N4). */
export const diffusionRules = {
  horizon: 20,
  /** Both are strict. */
  mentions: 1,
  returns: -1,
  leastIndustries: 10,
  history: { min: 756, preferred: 756 },
} as const;

/**
 * Diffusion index (扩散指数, N4): the share of sub-industries that a fear has reached.
 *
 *     hit: z(share of articles that name the risk) > 1 and z(20-session excess return) < −1, or the latter alone without articles
 *
 * z (G11) against the 756 sessions before. Which of the two it is must be said: returns fall for other reasons too.
 *
 * @param excess  20-session relative strength of each sub-industry against the index (A4), one path each; `null` where missing
 * @returns `n` counts sub-industries with all z of today; `insufficient` (`too-few`) below the least, (`coverage`) below 75 % of those
 *   given, `warn` below 90 %
 * @throws {RangeError} if numbers of paths or lengths differ, or a number is not finite
 */
export function diffusionIndex(excess: Panel, options: DiffusionOptions = {}): Measured<DiffusionIndex> {
  const states = statesOf(excess, options);
  const at = sessionsOf(excess) - 1;
  const known = stateAt(states, at);
  const n = known.filter((state) => state !== null).length;
  const { horizon = diffusionRules.horizon, least = diffusionRules.leastIndustries } = options;
  if (n < least) return tooFew(n, least);
  const have = n / excess.length;
  const short = (need: number): Reason => ({ code: "coverage", need, have });
  if (have < coverage.least) return insufficient(n, short(coverage.least));
  const before = stateAt(states, at - horizon);
  const [share, then] = [shareAt(states, at, least) ?? 0, shareAt(states, at - horizon, least)];
  const hit = known.flatMap((state, i) => (state === true ? [i] : []));
  const entrants = hit.filter((i) => before[i] === false);
  const leavers = known.flatMap((state, i) => (state === false && before[i] === true ? [i] : []));
  const change = then === null ? null : share - then;
  const isSpreading = change !== null && change > 0 && entrants.length > 0;
  const value: DiffusionIndex = { share, change, hit, entrants, leavers, isSpreading };
  return have < coverage.wanted ? warn(value, n, short(coverage.wanted)) : ok(value, n);
}

/**
 * The share of every session, in one pass; element `t` uses nothing after `t`.
 *
 * @returns `null` where too few are known, as in {@link diffusionIndex}
 * @throws {RangeError} as {@link diffusionIndex}
 */
export function diffusionPath(excess: Panel, options: DiffusionOptions = {}): Path {
  const states = statesOf(excess, options);
  const { least = diffusionRules.leastIndustries } = options;
  return Array.from({ length: sessionsOf(excess) }, (_, t) => shareAt(states, t, least));
}

type State = boolean | null;

const stateAt = (states: readonly (readonly State[])[], t: number): readonly State[] =>
  states.map((path) => path[t] ?? null);

function shareAt(states: readonly (readonly State[])[], t: number, least: number): number | null {
  let [hit, known] = [0, 0];
  for (let i = 0; i < states.length; i++) {
    const state = states[i]?.[t] ?? null;
    if (state === null) continue;
    known++;
    if (state) hit++;
  }
  const isCovered = known >= least && known >= coverage.least * states.length;
  return isCovered ? hit / known : null;
}

/** Whether each sub-industry is hit, at every session; `null` where a z is missing. */
function statesOf(
  excess: Panel,
  { mentions, history = diffusionRules.history }: DiffusionOptions,
): readonly (readonly State[])[] {
  if (mentions !== undefined && mentions.length !== excess.length)
    throw new RangeError("a diffusion index requires articles of each sub-industry");
  sessionsOf([...excess, ...(mentions ?? [])]);
  const scores = (path: Path) => acrossGaps(path, (present) => rollingZScore(present, history));
  return excess.map((path, i) => {
    const fell = scores(path);
    const named = mentions && scores(mentions[i] ?? []);
    return fell.map((z, t): State => {
      const told = named === undefined ? Number.POSITIVE_INFINITY : (named[t] ?? null);
      return z === null || told === null
        ? null
        : z < diffusionRules.returns && told > diffusionRules.mentions;
    });
  });
}
