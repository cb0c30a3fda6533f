import type { Path } from "#src/metrics/panel.ts";
import { type Measured, notDefined, ok } from "#src/metrics/result.ts";

/** How two narratives stand against each other. */
export interface NarrativeBalance {
  /** B, −1 to 1: above 0 where the first is told more. */
  readonly balance: number;
  /** K, 0 to 1: 1 where both are told as much. */
  readonly contest: number;
}

/** Intensities, and their percentiles in their own history, from which two narratives battle. */
export const battleRules = { percentile: 70, contest: 0.6 } as const;

/**
 * Balance and contest of two narratives (叙事对比与争夺, N2).
 *
 *     B = (I_A − I_B) / (I_A + I_B),   K = 2 min(I_A, I_B) / (I_A + I_B) = 1 − |B|
 *
 * @param a  intensity of the one (N1), not negative
 * @param b  of the other, of the same kind: two indices or two shares
 * @returns `undefined` (`no-narrative`) where both are 0
 * @throws {RangeError} if an intensity is negative or not finite
 * @example narrativeBalance(0.012, 0.008).value; // { balance: 0.2, contest: 0.8 }
 */
export function narrativeBalance(a: number, b: number): Measured<NarrativeBalance> {
  if (!(a >= 0 && b >= 0 && Number.isFinite(a + b)))
    throw new RangeError(`narrativeBalance requires intensities of 0 or more, got ${a} and ${b}`);
  const both = a + b;
  if (both === 0) return notDefined("no-narrative", 2);
  return ok({ balance: (a - b) / both, contest: (2 * Math.min(a, b)) / both }, 2);
}

/** The balance of every bucket; `null` where one intensity is missing, or both are 0. @throws {RangeError} if lengths differ too */
export function narrativeBalancePath(a: Path, b: Path): readonly (NarrativeBalance | null)[] {
  if (a.length !== b.length) throw new RangeError("narrativeBalance requires narratives of the same buckets");
  return a.map((first, t) => {
    const second = b[t] ?? null;
    return first === null || second === null ? null : narrativeBalance(first, second).value;
  });
}

/**
 * Whether two narratives battle (叙事之争, N2): each is told much by its own past, and neither has won.
 *
 * @param percentiles  of the two intensities in their own history, 0 to 100
 * @param contest  K
 * @throws {RangeError} if a percentile is not from 0 to 100, or the contest not from 0 to 1
 */
export function isBattle(percentiles: readonly [number, number], contest: number): boolean {
  if (!percentiles.every((rank) => rank >= 0 && rank <= 100))
    throw new RangeError(`isBattle requires percentiles, got ${percentiles.join(" and ")}`);
  if (!(contest >= 0 && contest <= 1))
    throw new RangeError(`isBattle requires a contest from 0 to 1, got ${contest}`);
  return percentiles.every((rank) => rank >= battleRules.percentile) && contest >= battleRules.contest;
}
