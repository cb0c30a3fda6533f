import { type Measured, notDefined, ok } from "#src/metrics/result.ts";

/** What rounding may take from a sum of probabilities. */
const slack = 1e-9;

/**
 * Regime entropy (状态熵, J9): how open it is which regime holds: 0 where one is certain, 1 where all are as likely.
 *
 *     H = −Σ p ln p / ln K
 *
 * @param probabilities  filtered, one a regime; they sum to 1
 * @returns `undefined` (`one-state`) for a single regime
 * @throws {RangeError} if a probability is not between 0 and 1, or they do not sum to 1
 * @see Shannon (1948), A mathematical theory of communication
 * @example regimeEntropy([0.5, 0.5]).value; // 1
 */
export function regimeEntropy(probabilities: readonly number[]): Measured<number> {
  const n = probabilities.length;
  const sum = probabilities.reduce((total, p) => total + p, 0);
  if (!(probabilities.every((p) => p >= 0 && p <= 1 + slack) && Math.abs(sum - 1) <= slack))
    throw new RangeError("regimeEntropy requires probabilities that sum to 1");
  if (n === 1) return notDefined("one-state", n);
  const entropy = probabilities.reduce((total, p) => total - (p > 0 ? p * Math.log(p) : 0), 0);
  return ok(Math.min(1, Math.max(0, entropy / Math.log(n))), n);
}
