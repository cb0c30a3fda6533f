import type { Transition } from "#src/metrics/markov-chain.ts";

/** Probabilities of each state at each time: that of state `k` at `t` stands at `t · states + k`. */
export type StateProbabilities = Float64Array;

/** A chain of hidden states: how it goes on, and how likely each state is at the beginning. */
export interface Chain {
  readonly transition: Transition;
  /** Of the first observation's state, before it is seen. */
  readonly start: readonly number[];
}

/** What is known of hidden states. */
export interface Filtered {
  /** Of the state at `t`, from the observations up to `t`. */
  readonly filtered: StateProbabilities;
  /** Of the state at `t`, from the observations before `t`. */
  readonly predicted: StateProbabilities;
  readonly logLikelihood: number;
}

/**
 * Hamilton filter (汉密尔顿滤波, J1): the probability of each hidden state given the observations up to each time.
 *
 *     predicted[t](j) = Σ_i filtered[t−1](i) · p(i, j),   filtered[t](j) ∝ predicted[t](j) · L[t](j)
 *
 * Likelihoods enter as logarithms, of which the largest is taken out at each time, so that none underflows. Element `t`
 * uses nothing after `t`.
 *
 * @param logLikelihoods  `ln L[t](k)` of the observation at `t` in state `k`, at `t · states + k`
 * @throws {RangeError} if the shapes do not fit, or an observation is impossible in every state
 * @see Hamilton (1989), Econometrica 57(2)
 */
export function hamiltonFilter(logLikelihoods: Float64Array, chain: Chain): Filtered {
  const path = {
    filtered: new Float64Array(logLikelihoods.length),
    predicted: new Float64Array(logLikelihoods.length),
  };
  return { ...path, logLikelihood: filterInto(logLikelihoods, chain, path) };
}

/** {@link hamiltonFilter} into arrays that are there already; returns the log-likelihood. */
export function filterInto(
  logLikelihoods: Float64Array,
  { transition, start }: Chain,
  { filtered, predicted }: Omit<Filtered, "logLikelihood">,
): number {
  const states = start.length;
  const size = logLikelihoods.length;
  const flat = flatTransition(transition, states);
  if (size % states !== 0 || filtered.length !== size || predicted.length !== size)
    throw new RangeError("the Hamilton filter requires a likelihood of each state at each time");
  const taken = likelihoodsInto(logLikelihoods, states, filtered);
  for (let k = 0; k < Math.min(states, size); k++) predicted[k] = start[k] ?? 0;
  let [logs, product] = [0, 1];
  for (let at = 0; at < size; at += states) {
    if (at > 0) predict(filtered, predicted, flat, at, states);
    const total = update(filtered, predicted, at, states);
    product *= total;
    // One logarithm of many factors: one of each would take a third of the filter's time.
    if (product < leastProduct) {
      logs += Math.log(product / total) + Math.log(total);
      product = 1;
    }
  }
  const sum = taken + logs + Math.log(product);
  if (!Number.isFinite(sum)) throw new RangeError("the Hamilton filter requires possible observations");
  return sum;
}

/** Below it a product of likelihoods is not let fall: doubles lose digits where they end. */
const leastProduct = 1e-100;

/** A transition matrix row by row. @throws {RangeError} if it is not square */
export function flatTransition(transition: Transition, states: number): Float64Array {
  if (transition.length !== states || transition.some((row) => row.length !== states))
    throw new RangeError(`a chain of ${states} states requires as many rows and columns`);
  return Float64Array.from(transition.flat());
}

/** The likelihoods over the largest of their time; returns the sum of what was taken out, as logarithms. */
function likelihoodsInto(logLikelihoods: Float64Array, states: number, into: Float64Array): number {
  let sum = 0;
  for (let at = 0; at < into.length; at += states) {
    let largest = Number.NEGATIVE_INFINITY;
    for (let k = at; k < at + states; k++) largest = Math.max(largest, logLikelihoods[k] ?? 0);
    sum += largest;
    for (let k = at; k < at + states; k++) {
      const less = (logLikelihoods[k] ?? 0) - largest;
      // Most of the filter's time goes into exponentials: the one of 0 is known.
      into[k] = less === 0 ? 1 : Math.exp(less);
    }
  }
  return sum;
}

function predict(
  filtered: Float64Array,
  predicted: Float64Array,
  flat: Float64Array,
  at: number,
  states: number,
): void {
  for (let j = 0; j < states; j++) {
    let sum = 0;
    for (let i = 0; i < states; i++) sum += (filtered[at - states + i] ?? 0) * (flat[i * states + j] ?? 0);
    predicted[at + j] = sum;
  }
}

/** Makes of the likelihoods at one time the filtered probabilities, and returns the likelihood of its observation. */
function update(filtered: Float64Array, predicted: Float64Array, at: number, states: number): number {
  let total = 0;
  for (let k = at; k < at + states; k++) {
    const joint = (predicted[k] ?? 0) * (filtered[k] ?? 0);
    filtered[k] = joint;
    total += joint;
  }
  for (let k = at; k < at + states; k++) filtered[k] = (filtered[k] ?? 0) / total;
  return total;
}
