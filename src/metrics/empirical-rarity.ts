import { blockLength, longestBlock } from "#src/metrics/block-length.ts";
import type { HistoryNeed } from "#src/metrics/percentile-rank.ts";
import { type Measured, okFrom, tooFew } from "#src/metrics/result.ts";
import {
  bootstrapInterval,
  type Resampling,
  usualReplicates,
  usualSeed,
} from "#src/metrics/stationary-bootstrap.ts";
import { wilsonInterval } from "#src/metrics/wilson-interval.ts";

/** How often something was so before. */
export interface Rarity {
  /** The share of earlier sessions on which it was, 0 to 1. */
  readonly share: number;
  /** Between which values that share lies, at 95 %: the wider, at each end, of the two intervals below. */
  readonly low: number;
  readonly high: number;
  /** Mean length of the bootstrap's blocks, and the sessions that do not overlap. */
  readonly block: number;
  readonly effective: number;
  /** “Extremely rare” may be said. */
  readonly isExtremelyRare: boolean;
}

/** What “extremely rare” takes: the share at most, and the upper end of its interval at most. */
export const rarityRules = { share: 0.05, high: 0.1 } as const;

/** How a rarity is measured. */
export interface RarityOptions extends Omit<Resampling, "block"> {
  /** Sessions of which each observation is made: neighbours overlap. */
  readonly horizon: number;
  readonly need: HistoryNeed;
}

/**
 * Empirical rarity (经验频率, E1): the share of earlier sessions on which something was so, and between which values it lies.
 *
 * The interval is that of the stationary bootstrap (A13), whose blocks are at least one horizon long, and at each end that of
 * Wilson on `n / horizon` observations where that is wider: of what never happened every resample says 0, and knows nothing.
 *
 * @param was  whether it was so, one an earlier session, oldest first
 * @returns `insufficient` below `need.min` sessions, `warn` below `need.preferred`
 * @throws {RangeError} for a horizon that is not an integer of 1 or more, or a seed that is not an integer
 */
export function empiricalRarity(
  was: readonly boolean[],
  { horizon, need, replicates = usualReplicates, seed = usualSeed }: RarityOptions,
): Measured<Rarity> {
  if (!(Number.isInteger(horizon) && horizon >= 1))
    throw new RangeError(`empiricalRarity requires a horizon of 1 or more, got ${horizon}`);
  const n = was.length;
  const least = Math.max(leastObservations, need.min);
  if (n < least) return tooFew(n, least);
  const hits = was.map(Number);
  const share = hits.reduce((sum, hit) => sum + hit, 0) / n;
  const block = Math.min(longestBlock(n), Math.max(horizon, blockLength(hits).value ?? 1));
  const drawn = bootstrapInterval(n, (at) => shareAt(hits, at), { block, replicates, seed }).value;
  const effective = n / horizon;
  const wilson = wilsonInterval(share, effective);
  const low = Math.min(drawn?.low ?? 0, wilson.low);
  const high = Math.max(drawn?.high ?? 1, wilson.high);
  const isExtremelyRare = share <= rarityRules.share && high <= rarityRules.high;
  return okFrom({ share, low, high, block, effective, isExtremelyRare }, n, need.preferred);
}

/** As few as the bootstrap takes. */
const leastObservations = 10;

function shareAt(hits: readonly number[], at: Int32Array): number {
  let sum = 0;
  for (let i = 0; i < at.length; i++) sum += hits[at[i] ?? 0] ?? 0;
  return sum / at.length;
}
