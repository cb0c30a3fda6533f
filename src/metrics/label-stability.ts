import { type Measured, ok, tooFew } from "#src/metrics/result.ts";

/** Whether two fits of a model tell the same story of the same days. */
export interface LabelStability {
  /** Share of the days with the same label. */
  readonly unchanged: number;
  /** Agreement of the two partitions beyond chance; 1 where they are the same. */
  readonly adjustedRand: number;
  /** Both 0.9 or more: below, the model is unstable this week, and no state may be spoken of. */
  readonly isStable: boolean;
}

export const leastStability = 0.9;

/**
 * Label stability (标签稳定性, J1): labels that one fit gave, against those of the next, matched to it, on the days of both.
 *
 *     ARI = (Σ C(n_ij, 2) − E) / (½ (Σ C(a_i, 2) + Σ C(b_j, 2)) − E),   E = Σ C(a_i, 2) Σ C(b_j, 2) / C(n, 2)
 *
 * @returns `insufficient` below two days
 * @throws {RangeError} if the two differ in length
 * @see Hubert and Arabie (1985), Journal of Classification 2; sklearn: `adjusted_rand_score`
 */
export function labelStability(
  before: readonly number[],
  after: readonly number[],
): Measured<LabelStability> {
  const n = before.length;
  if (after.length !== n)
    throw new RangeError(`labelStability requires as many labels, got ${n} and ${after.length}`);
  if (n < 2) return tooFew(n, 2);
  const unchanged = before.filter((label, t) => label === after[t]).length / n;
  const adjustedRand = randIndex(before, after);
  const isStable = unchanged >= leastStability && adjustedRand >= leastStability;
  return ok({ unchanged, adjustedRand, isStable }, n);
}

function randIndex(before: readonly number[], after: readonly number[]): number {
  const both = pairs(before.map((label, t) => `${label} ${after[t]}`));
  const [a, b] = [pairs(before), pairs(after)];
  const all = (before.length * (before.length - 1)) / 2;
  const expected = (a * b) / all;
  const most = (a + b) / 2;
  // Two partitions of one part each, or of single days, are the same.
  return most === expected ? 1 : (both - expected) / (most - expected);
}

/** Pairs of days with the same label. */
function pairs(labels: readonly (number | string)[]): number {
  const counts = new Map<number | string, number>();
  for (const label of labels) counts.set(label, (counts.get(label) ?? 0) + 1);
  return [...counts.values()].reduce((sum, count) => sum + (count * (count - 1)) / 2, 0);
}
