import type { Path } from "#src/metrics/panel.ts";
import { type HistoryNeed, percentileRank } from "#src/metrics/percentile-rank.ts";
import { type Measured, tooFew } from "#src/metrics/result.ts";

/** How much history a percentile needs: of structure (D1 to D3 and D5 to D9), of volatility and noise, and of composites. */
export const ownHistory = {
  structure: { min: 252, preferred: 2520 },
  noise: { min: 756, preferred: 2520 },
  composite: { min: 1260, preferred: 2520 },
} as const satisfies Record<string, HistoryNeed>;

/**
 * Percentile of the latest element of a path in those before it (G12), at most `need.preferred` of them; missing ones do
 * not count.
 *
 * @returns 0 to 100; as {@link percentileRank}; also `insufficient` where the latest is missing
 * @throws {RangeError} if an element is not finite
 */
export function percentileOfLatest(path: Path, need: HistoryNeed): Measured<number> {
  const latest = path.at(-1) ?? null;
  if (latest === null) return tooFew(0, 1);
  const earlier = path.slice(0, -1).filter((value) => value !== null);
  return percentileRank(earlier.slice(-need.preferred), latest, need);
}
