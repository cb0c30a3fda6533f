import type { Implied, Quoted } from "#src/metrics/implied-number.ts";
import { type Measured, mapMeasured } from "#src/metrics/result.ts";

/** Whether a quoted number agrees with others. */
export interface Consistency {
  readonly stated: Quoted;
  readonly implied: Implied;
  /** Stated less implied, in the unit of both. */
  readonly gap: number;
  /** How large a gap on that side the rounding of all quoted numbers can make, or is allowed. */
  readonly tolerance: number;
  readonly isConsistent: boolean;
}

/** What arithmetic in doubles may take from a gap that is exactly as large as rounding allows. */
const slack = 1e-12;

/**
 * Consistency of quoted numbers (数字自洽检验, M1): whether some true numbers, each within half a unit of what was printed, satisfy an
 * arithmetic relation between them.
 *
 *     consistent  ⇔  [s − h, s + h] ∩ [low, high] ≠ ∅      s stated with half unit h, low to high implied by the others
 *
 * The ends belong to both: a number that rounds to the print from either side counts.
 *
 * @param implied  of `implied-number.ts`: a sum, share, ratio, change or growth of the other numbers
 * @param allowance  a gap that is allowed whatever the rounding, in the unit of both: of a proxy, of another fixing of a rate
 * @returns status and reasons of the implied number
 * @throws {RangeError} if the stated number is not finite, or its half unit or the allowance negative
 * @example checkQuoted(quoted("84.8", 100), impliedShare(quoted("89"), [quoted("16")])).value?.isConsistent; // true
 */
export function checkQuoted(
  stated: Quoted,
  implied: Measured<Implied>,
  allowance = 0,
): Measured<Consistency> {
  const { value, half } = stated;
  if (!(Number.isFinite(value) && half >= 0 && Number.isFinite(half)))
    throw new RangeError("checkQuoted requires a finite number and a half unit of 0 or more");
  if (!(allowance >= 0)) throw new RangeError("checkQuoted requires an allowance of 0 or more");
  return mapMeasured(implied, (other) => {
    const gap = value - other.value;
    const byRounding = half + (gap >= 0 ? other.high - other.value : other.value - other.low);
    const tolerance = Math.max(byRounding, allowance);
    const rounding = slack * Math.max(Math.abs(value), Math.abs(other.value), tolerance);
    return { stated, implied: other, gap, tolerance, isConsistent: Math.abs(gap) <= tolerance + rounding };
  });
}
