import { type Measured, notDefined, ok, tooFew } from "#src/metrics/result.ts";

/** Each part's share of the whole, in the order given; fractions that add up to 1. */
export interface MarginalShare {
  readonly shares: readonly number[];
  readonly total: number;
}

/**
 * Share of the marginal dollar (增量资金占比, H3): what part of the net flow went where.
 *
 *     share[i] = F[i] / Σ F
 *
 * It exists only where no flows have opposite signs: with +5 and −4 the “share” of the first would be 500 %.
 *
 * @param flows  net flows over one span, in one currency
 * @returns `insufficient` below two flows; `undefined` (`mixed-signs`) for opposite signs, (`no-flow`) where all are zero
 * @throws {RangeError} if a flow is not finite
 * @example marginalShare([89e9, 16e9]).value?.shares; // [0.8476…, 0.1523…]
 */
export function marginalShare(flows: readonly number[]): Measured<MarginalShare> {
  if (flows.some((flow) => !Number.isFinite(flow)))
    throw new RangeError("marginalShare requires finite flows");
  const n = flows.length;
  if (n < 2) return tooFew(n, 2);
  if (flows.some((flow) => flow > 0) && flows.some((flow) => flow < 0)) return notDefined("mixed-signs", n);
  const total = flows.reduce((sum, flow) => sum + flow, 0);
  if (total === 0) return notDefined("no-flow", n);
  return ok(
    {
      // Adding zero makes the share of a flow of nothing 0, not −0.
      shares: flows.map((flow) => flow / total + 0),
      total,
    },
    n,
  );
}
