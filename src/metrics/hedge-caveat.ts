import type { Reason } from "#src/metrics/result.ts";

/** A ratio above this is no hedge that anybody would hold. */
const most = 3;

/**
 * The caveat on hedge ratios (P1, P3): one below 0 holds both legs on one side, one above 3 is mostly the other leg.
 *
 * @returns none where all lie from 0 to 3, else (`hedge-ratio`) the one that is negative, or the largest
 */
export function hedgeCaveats(ratios: readonly number[]): readonly Reason[] {
  const [low, high] = [Math.min(...ratios), Math.max(...ratios)];
  if (low < 0) return [{ code: "hedge-ratio", need: 0, have: low }];
  return high > most ? [{ code: "hedge-ratio", need: most, have: high }] : [];
}
