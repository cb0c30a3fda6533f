import type { Tolerance } from "#src/domain/quality.ts";

/** Sums of decimals differ from one another in their last bits. */
const rounding = 1e-12;

/** Whether two numbers lie no further apart than is tolerated; the tolerance itself still is. */
export function isWithin(a: number, b: number, tolerance: Tolerance): boolean {
  const larger = Math.max(Math.abs(a), Math.abs(b));
  const allowed = "amount" in tolerance ? tolerance.amount : tolerance.share * larger;
  return Math.abs(a - b) <= allowed + rounding * larger;
}
