import quantile from "@stdlib/stats-base-dists-normal-quantile";

/** Between which values a share lies. */
export interface ShareInterval {
  readonly low: number;
  readonly high: number;
}

/**
 * Wilson's interval of a share (威尔逊区间, N1): unlike the usual one it never leaves 0 to 1, and has a width where the share is 0.
 *
 *     ( p + z²/2n ± z √( p (1 − p)/n + z²/4n² ) ) / ( 1 + z²/n ),   z the normal quantile of (1 + level)/2
 *
 * @param share  p, from 0 to 1
 * @param n  observations; of dependent ones as many as would be independent, which need be no integer
 * @param level  0.95 unless given
 * @throws {RangeError} for a share outside 0 to 1, an n that is not positive and finite, or a level outside 0 to 1
 * @see Wilson (1927), Journal of the American Statistical Association 22(158)
 * @example wilsonInterval(30 / 400, 400); // { low: 0.0530, high: 0.1050 }
 */
export function wilsonInterval(share: number, n: number, level = 0.95): ShareInterval {
  if (!(share >= 0 && share <= 1))
    throw new RangeError(`wilsonInterval requires a share from 0 to 1, got ${share}`);
  if (!(n > 0 && Number.isFinite(n))) throw new RangeError(`wilsonInterval requires observations, got ${n}`);
  if (!(level > 0 && level < 1)) throw new RangeError(`an interval requires a level in (0, 1), got ${level}`);
  const z = quantile((1 + level) / 2, 0, 1);
  const scale = 1 + z ** 2 / n;
  const center = (share + z ** 2 / (2 * n)) / scale;
  const reach = (z * Math.sqrt((share * (1 - share)) / n + z ** 2 / (4 * n ** 2))) / scale;
  // At the ends the two are equal but for a rounding.
  return {
    low: share === 0 ? 0 : Math.max(0, center - reach),
    high: share === 1 ? 1 : Math.min(1, center + reach),
  };
}
