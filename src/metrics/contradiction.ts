import { type Measured, notDefined, ok, tooFew } from "#src/metrics/result.ts";

/** Two signals that say the contrary, by their places in the order given. */
export interface OpposingPair {
  readonly positive: number;
  readonly negative: number;
  /** What each of them brings at least: the smaller of the two weighted sizes. */
  readonly size: number;
}

/** How far signals contradict one another. */
export interface Contradiction {
  /** C, 0 to 1: 0 where all say one thing, 1 where they cancel out. */
  readonly contradiction: number;
  /** A, the mean size of the signals. */
  readonly intensity: number;
  /** Weighted mean of the signals. */
  readonly balance: number;
  /** The two largest opposing pairs, no signal in both; fewer where fewer oppose. */
  readonly opposing: readonly OpposingPair[];
}

const pairs = 2;

/**
 * Contradiction of signals (信号矛盾, E2).
 *
 *     C = 1 − |Σ w g| / Σ w |g|,   A = Σ w |g|,   Σ w = 1
 *
 * @param signals  g, each with a sign that tells what it says
 * @param weights  as many, not negative, in any unit; equal ones unless given. A signal of weight 0 is none.
 * @returns `n` counts signals; `insufficient` without any; `undefined` (`no-signal`) where all are 0
 * @throws {RangeError} if lengths differ, a number is not finite or a weight negative
 * @example contradictionOf([1.8, 1.2, -1.5, -0.9]).value?.contradiction; // 0.888889
 */
export function contradictionOf(
  signals: readonly number[],
  weights: readonly number[] = signals.map(() => 1),
): Measured<Contradiction> {
  if (signals.length !== weights.length)
    throw new RangeError("a contradiction requires as many weights as signals");
  if (!signals.every(Number.isFinite)) throw new RangeError("a contradiction requires finite signals");
  if (!weights.every((w) => w >= 0 && Number.isFinite(w)))
    throw new RangeError("a contradiction requires weights that are finite and not negative");
  const n = weights.filter((w) => w > 0).length;
  if (n === 0) return tooFew(0, 1);
  const sums = signalSums(signals, weights);
  if (sums.intensity === 0) return notDefined("no-signal", n);
  const total = weights.reduce((sum, w) => sum + w, 0);
  const parts = signals.map((g, i) => ((weights[i] ?? 0) / total) * g);
  return ok({ ...sums, contradiction: contradictionIn(sums), opposing: opposingPairs(parts) }, n);
}

/** What a contradiction is made of. */
export type SignalSums = Pick<Contradiction, "balance" | "intensity">;

/** `Σ w g` and `Σ w |g|`, with weights brought to a sum of 1, which must not be 0. A signal of weight 0 must be a number too. */
export function signalSums(signals: ArrayLike<number>, weights: ArrayLike<number>): SignalSums {
  let [balance, intensity, total] = [0, 0, 0];
  for (let i = 0; i < weights.length; i++) total += weights[i] ?? 0;
  for (let i = 0; i < weights.length; i++) {
    const part = ((weights[i] ?? 0) / total) * (signals[i] ?? 0);
    balance += part;
    intensity += Math.abs(part);
  }
  return { balance, intensity };
}

/** C. No rounding of the two sums takes it out of 0 to 1, for |Σ x| ≤ Σ |x| holds in doubles too. */
export const contradictionIn = ({ balance, intensity }: SignalSums): number =>
  1 - Math.abs(balance) / intensity;

/** The largest of each side, and the second largest. Of equal ones the earlier comes first. */
function opposingPairs(parts: readonly number[]): readonly OpposingPair[] {
  const ranked = (sign: 1 | -1) =>
    parts
      .map((part, place) => ({ size: sign * part, place }))
      .filter(({ size }) => size > 0)
      .toSorted((a, b) => b.size - a.size)
      .slice(0, pairs);
  const negatives = ranked(-1);
  return ranked(1).flatMap((positive, k) => {
    const negative = negatives[k];
    return negative === undefined
      ? []
      : [
          {
            positive: positive.place,
            negative: negative.place,
            size: Math.min(positive.size, negative.size),
          },
        ];
  });
}
