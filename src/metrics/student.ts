import cdf from "@stdlib/stats-base-dists-t-cdf";

/** Probability of a t this far from 0 on either side, by Student's distribution (双侧 p 值). */
export const twoSided = (t: number, degrees: number): number => 2 * cdf(-Math.abs(t), degrees);
