import { type Measured, notDefined, ok, tooFew } from "#src/metrics/result.ts";

/** How concentrated a set of weights is. */
export interface Concentration {
  /** Herfindahl-Hirschman index `Σ w²`, from 1/n to 1. */
  readonly herfindahl: number;
  /** `1 / Σ w²`: so many equal members would be as concentrated. */
  readonly effectiveN: number;
  /** Weight of the ten largest members, a fraction. */
  readonly topTen: number;
}

const top = 10;

/**
 * Concentration (集中度, H8) of an index by its members' weights, which are brought to a sum of 1.
 *
 * @param sizes  weights or market values, in any unit
 * @returns `insufficient` without members; `undefined` (`not-positive`) where a size is negative or all are zero
 * @throws {RangeError} if a size is not finite
 * @example concentration([1, 1, 1, 1]).value?.effectiveN; // 4
 */
export function concentration(sizes: readonly number[]): Measured<Concentration> {
  const n = sizes.length;
  if (!sizes.every(Number.isFinite)) throw new RangeError("concentration requires finite weights");
  if (n === 0) return tooFew(0, 1);
  const total = sizes.reduce((sum, size) => sum + size, 0);
  if (!Number.isFinite(total)) throw new RangeError("concentration requires weights that a double can sum");
  if (total <= 0 || sizes.some((size) => size < 0)) return notDefined("not-positive", n);
  const weights = sizes.map((size) => size / total).toSorted((a, b) => b - a);
  const herfindahl = weights.reduce((sum, w) => sum + w * w, 0);
  const topTen = weights.slice(0, top).reduce((sum, w) => sum + w, 0);
  return ok({ herfindahl, effectiveN: 1 / herfindahl, topTen }, n);
}
