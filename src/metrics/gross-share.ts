import { type Measured, notDefined, ok, tooFew } from "#src/metrics/result.ts";

/** Each flow's signed part of all money that moved, in the order given; the sizes add up to 1. */
export interface GrossShare {
  readonly shares: readonly number[];
  /** Σ |F|. */
  readonly gross: number;
}

/**
 * Share of the gross flow (双向流量占比, H3): what a flow weighs where flows of opposite signs leave no share of the net.
 *
 *     share[i] = F[i] / Σ |F|,   between −1 and 1
 *
 * @param flows  net flows over one span, in one currency
 * @returns `insufficient` below two flows; `undefined` (`no-flow`) where all are zero
 * @throws {RangeError} if a flow is not finite
 * @example grossShare([3, -1]).value?.shares; // [0.75, -0.25]
 */
export function grossShare(flows: readonly number[]): Measured<GrossShare> {
  if (flows.some((flow) => !Number.isFinite(flow))) throw new RangeError("grossShare requires finite flows");
  const n = flows.length;
  if (n < 2) return tooFew(n, 2);
  const gross = flows.reduce((sum, flow) => sum + Math.abs(flow), 0);
  if (gross === 0) return notDefined("no-flow", n);
  // Adding zero makes the share of a flow of −0 0.
  return ok({ shares: flows.map((flow) => flow / gross + 0), gross }, n);
}
