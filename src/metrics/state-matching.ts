import type { Gaussian } from "#src/metrics/gaussian-states.ts";

/**
 * Bhattacharyya distance (巴氏距离) of two normal distributions of one or two columns: 0 where they are the same.
 *
 *     D = (μ₁ − μ₂)' Σ⁻¹ (μ₁ − μ₂) / 8 + ln( |Σ| / √(|Σ₁| |Σ₂|) ) / 2,   Σ = (Σ₁ + Σ₂) / 2
 *
 * @throws {RangeError} if they have not as many columns
 * @see Bhattacharyya (1943), Bulletin of the Calcutta Mathematical Society 35
 */
export function bhattacharyya(a: Gaussian, b: Gaussian): number {
  if (a.mean.length !== b.mean.length)
    throw new RangeError("a Bhattacharyya distance requires as many columns of both");
  const middle = a.covariance.map((row, i) => row.map((v, j) => (v + (b.covariance[i]?.[j] ?? 0)) / 2));
  const gap = a.mean.map((m, i) => m - (b.mean[i] ?? 0));
  const spread = determinant(middle) / Math.sqrt(determinant(a.covariance) * determinant(b.covariance));
  return form(middle, gap) / 8 + Math.log(spread) / 2;
}

type Square = readonly (readonly number[])[];

function determinant([[a = 0, b = 0] = [], [c = 0, d = 1] = []]: Square): number {
  return a * d - b * c;
}

/** `v' M⁻¹ v` of a symmetric matrix of one or two columns. */
function form(matrix: Square, [v = 0, w = 0]: readonly number[]): number {
  const [[a = 1, b = 0] = [], [, d = 1] = []] = matrix;
  return (d * v * v - 2 * b * v * w + a * w * w) / determinant(matrix);
}

/**
 * Which state of a new model is which of the old: the assignment with the least sum of Bhattacharyya distances, of all
 * there are.
 *
 * @returns for each new state the old one's place, or `null` where the two have not as many
 */
export function matchStates(
  before: readonly Gaussian[],
  after: readonly Gaussian[],
): readonly number[] | null {
  if (before.length !== after.length) return null;
  const distances = after.map((state) => before.map((old) => bhattacharyya(state, old)));
  const cost = (order: readonly number[]) =>
    order.reduce((sum, old, k) => sum + (distances[k]?.[old] ?? 0), 0);
  return permutations(before.map((_, k) => k)).reduce((best, order) =>
    cost(order) < cost(best) ? order : best,
  );
}

function permutations(list: readonly number[]): readonly (readonly number[])[] {
  if (list.length <= 1) return [list];
  return list.flatMap((first) =>
    permutations(list.filter((other) => other !== first)).map((rest) => [first, ...rest]),
  );
}
