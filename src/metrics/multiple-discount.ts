import type { Path } from "#src/metrics/panel.ts";

/**
 * Discount of a multiple to a benchmark's (估值折价, V7): of a market's P/B or P/E to that of the world. Where a discount stands in
 * its own history `monthlyStanding` tells.
 *
 *     discount[t] = own[t] / benchmark[t] − 1,   negative: cheaper
 *
 * @param own  multiples of one definition on days that both have, `null` where missing
 * @param benchmark  of the benchmark on the same days
 * @returns fractions; `null` where one of the two is missing or not positive, which no multiple is
 * @throws {RangeError} if lengths differ or a multiple is not finite
 * @example multipleDiscountPath([0.9], [3]); // [-0.7]
 */
export function multipleDiscountPath(own: Path, benchmark: Path): Path {
  if (own.length !== benchmark.length)
    throw new RangeError("multipleDiscountPath requires multiples of the same days");
  if (![own, benchmark].every((path) => path.every((v) => v === null || Number.isFinite(v))))
    throw new RangeError("multipleDiscountPath requires finite multiples");
  return own.map((multiple, t) => {
    const other = benchmark[t] ?? null;
    return multiple === null || other === null || multiple <= 0 || other <= 0 ? null : multiple / other - 1;
  });
}
