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
  const totals = new Float64Array(size / states);
  const taken = forward(states)({ logLikelihoods, flat, start, filtered, predicted, totals });
  const sum = logOfProduct(taken, totals);
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

/** The logarithm of a product, from what was taken out of its factors: one logarithm of many, as one of each takes a third of the filter's time. */
function logOfProduct(taken: number, factors: Float64Array): number {
  let [logs, product] = [0, 1];
  for (let t = 0; t < factors.length; t++) {
    const factor = factors[t] ?? 0;
    product *= factor;
    if (product >= leastProduct) continue;
    logs += Math.log(product / factor) + Math.log(factor);
    product = 1;
  }
  return taken + logs + Math.log(product);
}

/** What a pass through the observations reads, and what it fills: `totals` with the likelihood of each over the largest of its time. */
interface Forward extends Omit<Filtered, "logLikelihood"> {
  readonly logLikelihoods: Float64Array;
  readonly flat: Float64Array;
  readonly start: readonly number[];
  readonly totals: Float64Array;
}

/*
 * Two and three states, of which nearly all models are, have passes of their own, with a variable for each number: loops over
 * states take three times as long. All passes give the same bits, and return the sum of the logarithms that were taken out.
 */

const forward = (states: number): ((pass: Forward) => number) =>
  states === 2 ? forwardTwo : states === 3 ? forwardThree : forwardAny;

/** Most of the filter's time goes into exponentials: the one of 0, the largest of its time, is known. */
const likelihood = (less: number): number => (less === 0 ? 1 : Math.exp(less));

const at = (values: Float64Array, place: number): number => values[place] ?? 0;

function forwardTwo({ logLikelihoods, flat, start, filtered, predicted, totals }: Forward): number {
  const [aa = 0, ab = 0, ba = 0, bb = 0] = flat;
  let [a = 0, b = 0] = start;
  let taken = 0;
  for (let t = 0, i = 0; t < totals.length; t++, i += 2) {
    const logA = at(logLikelihoods, i);
    const logB = at(logLikelihoods, i + 1);
    const largest = Math.max(logA, logB);
    taken += largest;
    predicted[i] = a;
    predicted[i + 1] = b;
    a *= likelihood(logA - largest);
    b *= likelihood(logB - largest);
    const total = a + b;
    totals[t] = total;
    const nowA = a / total;
    const nowB = b / total;
    filtered[i] = nowA;
    filtered[i + 1] = nowB;
    a = nowA * aa + nowB * ba;
    b = nowA * ab + nowB * bb;
  }
  return taken;
}

function forwardThree({ logLikelihoods, flat, start, filtered, predicted, totals }: Forward): number {
  const [aa = 0, ab = 0, ac = 0, ba = 0, bb = 0, bc = 0, ca = 0, cb = 0, cc = 0] = flat;
  let [a = 0, b = 0, c = 0] = start;
  let taken = 0;
  for (let t = 0, i = 0; t < totals.length; t++, i += 3) {
    const logA = at(logLikelihoods, i);
    const logB = at(logLikelihoods, i + 1);
    const logC = at(logLikelihoods, i + 2);
    const largest = Math.max(logA, logB, logC);
    taken += largest;
    predicted[i] = a;
    predicted[i + 1] = b;
    predicted[i + 2] = c;
    a *= likelihood(logA - largest);
    b *= likelihood(logB - largest);
    c *= likelihood(logC - largest);
    const total = a + b + c;
    totals[t] = total;
    const nowA = a / total;
    const nowB = b / total;
    const nowC = c / total;
    filtered[i] = nowA;
    filtered[i + 1] = nowB;
    filtered[i + 2] = nowC;
    a = nowA * aa + nowB * ba + nowC * ca;
    b = nowA * ab + nowB * bb + nowC * cb;
    c = nowA * ac + nowB * bc + nowC * cc;
  }
  return taken;
}

function forwardAny({ logLikelihoods, flat, start, filtered, predicted, totals }: Forward): number {
  const states = start.length;
  let taken = 0;
  predicted.set(totals.length === 0 ? [] : start);
  for (let t = 0, i = 0; t < totals.length; t++, i += states) {
    if (t > 0) predict(filtered, predicted, flat, i, states);
    taken += likelihoodsInto(logLikelihoods, filtered, i, states);
    totals[t] = update(filtered, predicted, i, states);
  }
  return taken;
}

/** The likelihoods at one time over the largest of them; returns what was taken out, as a logarithm. */
function likelihoodsInto(
  logLikelihoods: Float64Array,
  into: Float64Array,
  from: number,
  states: number,
): number {
  let largest = Number.NEGATIVE_INFINITY;
  for (let k = from; k < from + states; k++) largest = Math.max(largest, at(logLikelihoods, k));
  for (let k = from; k < from + states; k++) into[k] = likelihood(at(logLikelihoods, k) - largest);
  return largest;
}

function predict(
  filtered: Float64Array,
  predicted: Float64Array,
  flat: Float64Array,
  from: number,
  states: number,
): void {
  for (let j = 0; j < states; j++) {
    let sum = 0;
    for (let i = 0; i < states; i++) sum += at(filtered, from - states + i) * at(flat, i * states + j);
    predicted[from + j] = sum;
  }
}

/** Makes of the likelihoods at one time the filtered probabilities, and returns the likelihood of its observation. */
function update(filtered: Float64Array, predicted: Float64Array, from: number, states: number): number {
  let total = 0;
  for (let k = from; k < from + states; k++) {
    const joint = at(predicted, k) * at(filtered, k);
    filtered[k] = joint;
    total += joint;
  }
  for (let k = from; k < from + states; k++) filtered[k] = at(filtered, k) / total;
  return total;
}
