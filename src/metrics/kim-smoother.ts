import { type Filtered, flatTransition, type StateProbabilities } from "#src/metrics/hamilton-filter.ts";
import type { Transition } from "#src/metrics/markov-chain.ts";

/** What all observations, later ones too, tell of hidden states: for estimation and for history, never for today. */
export interface Smoothed {
  readonly smoothed: StateProbabilities;
  /** Expected number of steps from state `i` to `j`, at `i · states + j`. */
  readonly steps: Float64Array;
}

/**
 * Kim smoother (平滑概率, J1): the probability of each hidden state given all observations, from the filter's, backwards.
 *
 *     smoothed[t](i) = Σ_j ξ[t](i, j),   ξ[t](i, j) = filtered[t](i) · p(i, j) · smoothed[t+1](j) / predicted[t+1](j)
 *
 * @throws {RangeError} if the shapes do not fit
 * @see Kim (1994), Journal of Econometrics 60(1–2)
 */
export function kimSmoother(filter: Omit<Filtered, "logLikelihood">, transition: Transition): Smoothed {
  const states = transition.length;
  const smoothed = new Float64Array(filter.filtered.length);
  const steps = new Float64Array(states * states);
  smoothInto(filter, transition, { smoothed, steps });
  return { smoothed, steps };
}

/** {@link kimSmoother} into arrays that are there already. */
export function smoothInto(
  { filtered, predicted }: Omit<Filtered, "logLikelihood">,
  transition: Transition,
  { smoothed, steps }: Smoothed,
): void {
  const states = transition.length;
  const flat = flatTransition(transition, states);
  const last = filtered.length - states;
  steps.fill(0);
  const ratio = new Float64Array(states);
  for (let k = 0; k < states; k++) smoothed[last + k] = filtered[last + k] ?? 0;
  for (let at = last - states; at >= 0; at -= states) {
    for (let j = 0; j < states; j++) {
      const expected = predicted[at + states + j] ?? 0;
      // What cannot come is not gone to.
      ratio[j] = expected > 0 ? (smoothed[at + states + j] ?? 0) / expected : 0;
    }
    for (let i = 0; i < states; i++) smoothed[at + i] = leave(i, filtered[at + i] ?? 0, flat, ratio, steps);
  }
}

/** Counts the steps from state `i` at one time, and returns its smoothed probability. */
function leave(
  i: number,
  from: number,
  flat: Float64Array,
  ratio: Float64Array,
  steps: Float64Array,
): number {
  const states = ratio.length;
  let sum = 0;
  for (let j = 0; j < states; j++) {
    const joint = from * (flat[i * states + j] ?? 0) * (ratio[j] ?? 0);
    steps[i * states + j] = (steps[i * states + j] ?? 0) + joint;
    sum += joint;
  }
  return sum;
}
