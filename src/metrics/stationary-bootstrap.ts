import { quantileSorted } from "d3-array";
import { uniformFloat64 } from "pure-rand/distribution/uniformFloat64";
import { xoroshiro128plus } from "pure-rand/generator/xoroshiro128plus";
import { type Measured, notDefined, ok, tooFew, warn } from "#src/metrics/result.ts";

/** How observations are drawn anew. */
export interface Resampling {
  /** Mean length of a block, 1 or more; see `blockLength`. Of length 1 every observation is drawn by itself. */
  readonly block: number;
  /** B, how often; 2,000 unless given. */
  readonly replicates?: number;
  /** An integer; the same seed draws the same. */
  readonly seed?: number;
}

export const usualReplicates = 2000;
export const usualSeed = 20_260_213;

/**
 * Resamples of the stationary bootstrap (平稳自助法, A13, G16): each is `n` positions, in blocks of consecutive ones. A block
 * begins anywhere, its length is geometric, and after the last observation comes the first.
 *
 *     P(length = l) = (1 − 1/b)^(l−1) / b
 *
 * @param n  observations
 * @returns one array of `n` positions from 0 to n − 1 a replicate, each its own
 * @throws {RangeError} unless n and the replicates are integers of 1 or more, the block finite and 1 or more and the seed an integer
 * @see Politis and Romano (1994), Journal of the American Statistical Association 89(428)
 */
export function* stationaryResamples(
  n: number,
  { block, replicates = usualReplicates, seed = usualSeed }: Resampling,
): Generator<Int32Array, void, undefined> {
  requireCounts({ n, replicates, seed, block });
  const random = xoroshiro128plus(seed);
  const logStay = Math.log1p(-1 / block);
  for (let replicate = 0; replicate < replicates; replicate++) {
    const positions = new Int32Array(n);
    for (let i = 0; i < n; ) {
      const start = Math.floor(uniformFloat64(random) * n);
      const end = Math.min(n, i + 1 + Math.floor(Math.log1p(-uniformFloat64(random)) / logStay));
      for (let position = start; i < end; i++) {
        positions[i] = position;
        position = position + 1 === n ? 0 : position + 1;
      }
    }
    yield positions;
  }
}

function requireCounts(of: Required<Resampling> & { readonly n: number }): void {
  for (const name of ["n", "replicates"] as const)
    if (!(Number.isInteger(of[name]) && of[name] >= 1))
      throw new RangeError(`the stationary bootstrap requires ${name} of 1 or more, got ${of[name]}`);
  if (!Number.isInteger(of.seed))
    throw new RangeError(`the stationary bootstrap requires an integer seed, got ${of.seed}`);
  if (!(of.block >= 1 && of.block < Number.POSITIVE_INFINITY))
    throw new RangeError(`the stationary bootstrap requires blocks of 1 or more, got ${of.block}`);
}

/** Between which values a statistic lies, and how that was found. */
export interface BootstrapInterval extends Required<Resampling> {
  readonly low: number;
  readonly high: number;
  /** The share of replicates inside, e.g. 0.95. */
  readonly level: number;
}

const leastObservations = 10;
/** The share of replicates for which the statistic must exist. */
const leastShare = 0.9;

/**
 * Percentile interval of the stationary bootstrap (自助置信区间, A13, G16): the quantiles (type 7) at `(1 − level)/2` and
 * `(1 + level)/2` of a statistic over resampled observations.
 *
 * @param n  observations
 * @param statistic  of the observations at these positions; `NaN` where it does not exist for them
 * @param options  `level` is 0.95 unless given
 * @returns `insufficient` below 10 observations; `warn` (`lost-replicates`) where the statistic does not exist for some
 *   replicates, `undefined` where it does not for more than a tenth
 * @throws {RangeError} as {@link stationaryResamples}, or for a level that is not between 0 and 1
 * @example bootstrapInterval(x.length, (at) => at.reduce((sum, i) => sum + x[i], 0) / x.length, { block: 6 });
 */
export function bootstrapInterval(
  n: number,
  statistic: (positions: Int32Array) => number,
  options: Resampling & { readonly level?: number },
): Measured<BootstrapInterval> {
  const { block, replicates = usualReplicates, seed = usualSeed, level = 0.95 } = options;
  if (!(level > 0 && level < 1)) throw new RangeError(`an interval requires a level in (0, 1), got ${level}`);
  if (n < leastObservations) return tooFew(n, leastObservations);
  const found: number[] = [];
  for (const positions of stationaryResamples(n, options)) {
    const value = statistic(positions);
    if (Number.isFinite(value)) found.push(value);
  }
  if (found.length < leastShare * replicates) return notDefined("lost-replicates", n);
  const sorted = found.toSorted((a, b) => a - b);
  const at = (share: number) => quantileSorted(sorted, share) ?? 0;
  const interval = {
    low: at((1 - level) / 2),
    high: at((1 + level) / 2),
    level,
    block,
    replicates,
    seed,
  };
  return found.length < replicates
    ? warn(interval, n, { code: "lost-replicates", need: replicates, have: found.length })
    : ok(interval, n);
}
