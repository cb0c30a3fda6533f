/** The lowest point found, and the function there. */
export interface Minimum {
  readonly at: readonly number[];
  readonly value: number;
  readonly evaluations: number;
}

/** When the search ends: all corners within so little of the best one, or after so many evaluations. */
export interface SearchLimits {
  readonly tolerance?: number;
  readonly evaluations?: number;
}

interface Corner {
  readonly at: readonly number[];
  readonly value: number;
}

/**
 * Lowest point of a function of few variables near a start (单纯形法), without derivatives: a simplex whose worst corner is reflected through
 * the others, stretched, or drawn in.
 *
 * @param of  what is made least; not finite where it does not exist
 * @param start  a point where it does
 * @param step  by which each variable is first moved
 * @see Nelder and Mead (1965), The Computer Journal 7(4); coefficients 1, 2, ½ and ½
 */
export function nelderMead(
  of: (at: readonly number[]) => number,
  start: readonly number[],
  step: number,
  { tolerance = 1e-9, evaluations: most = 1000 }: SearchLimits = {},
): Minimum {
  let evaluations = 0;
  const corner = (at: readonly number[]): Corner => {
    evaluations++;
    const value = of(at);
    return { at, value: Number.isFinite(value) ? value : Number.POSITIVE_INFINITY };
  };
  let corners = [start, ...start.map((v, i) => start.with(i, v + step))].map(corner);
  while (evaluations < most) {
    corners = corners.toSorted((a, b) => a.value - b.value);
    if (spreadOf(corners) <= tolerance) break;
    corners = improved(corners, corner);
  }
  const [best = corner(start)] = corners.toSorted((a, b) => a.value - b.value);
  return { ...best, evaluations };
}

/** The corners, sorted, with the worst one moved, or all but the best drawn in to it. */
function improved(corners: readonly Corner[], corner: (at: readonly number[]) => Corner): Corner[] {
  const [best, worst, rest] = [corners[0], corners.at(-1), corners.slice(0, -1)];
  if (best === undefined || worst === undefined) return [];
  const center = best.at.map((_, i) => rest.reduce((sum, { at }) => sum + (at[i] ?? 0), 0) / rest.length);
  const beyond = (by: number) => corner(center.map((c, i) => c + by * (c - (worst.at[i] ?? 0))));
  const reflected = beyond(1);
  if (reflected.value < best.value) return [...rest, lower(beyond(2), reflected)];
  if (reflected.value < (rest.at(-1)?.value ?? 0)) return [...rest, reflected];
  const drawn = beyond(reflected.value < worst.value ? 0.5 : -0.5);
  if (drawn.value < Math.min(reflected.value, worst.value)) return [...rest, drawn];
  return [best, ...corners.slice(1).map(({ at }) => corner(at.map((v, i) => (v + (best.at[i] ?? 0)) / 2)))];
}

const lower = (a: Corner, b: Corner): Corner => (a.value < b.value ? a : b);

const spreadOf = (corners: readonly Corner[]): number =>
  (corners.at(-1)?.value ?? 0) - (corners[0]?.value ?? 0);
