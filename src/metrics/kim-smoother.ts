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
  for (let k = 0; k < states; k++) smoothed[last + k] = filtered[last + k] ?? 0;
  const backward = states === 2 ? backwardTwo : states === 3 ? backwardThree : backwardAny;
  backward({ filtered, predicted, flat, smoothed, steps });
}

/** What a pass backwards reads and fills; the smoothed probabilities of the last time are there. */
interface Backward extends Omit<Filtered, "logLikelihood">, Smoothed {
  readonly flat: Float64Array;
}

/*
 * As in the filter, two and three states have passes of their own, with a variable for each number, that give the same bits.
 */

const at = (values: Float64Array, place: number): number => values[place] ?? 0;

/** What cannot come is not gone to. */
const ratioOf = (smoothed: number, expected: number): number => (expected > 0 ? smoothed / expected : 0);

function backwardTwo({ filtered, predicted, flat, smoothed, steps }: Backward): void {
  const [aa = 0, ab = 0, ba = 0, bb = 0] = flat;
  let sumAA = 0;
  let sumAB = 0;
  let sumBA = 0;
  let sumBB = 0;
  let a = at(filtered, filtered.length - 2);
  let b = at(filtered, filtered.length - 1);
  for (let i = filtered.length - 4; i >= 0; i -= 2) {
    const ratioA = ratioOf(a, at(predicted, i + 2));
    const ratioB = ratioOf(b, at(predicted, i + 3));
    const nowA = at(filtered, i);
    const nowB = at(filtered, i + 1);
    const jointAA = nowA * aa * ratioA;
    const jointAB = nowA * ab * ratioB;
    const jointBA = nowB * ba * ratioA;
    const jointBB = nowB * bb * ratioB;
    sumAA += jointAA;
    sumAB += jointAB;
    sumBA += jointBA;
    sumBB += jointBB;
    a = jointAA + jointAB;
    b = jointBA + jointBB;
    smoothed[i] = a;
    smoothed[i + 1] = b;
  }
  steps.set([sumAA, sumAB, sumBA, sumBB]);
}

function backwardThree({ filtered, predicted, flat, smoothed, steps }: Backward): void {
  const [aa = 0, ab = 0, ac = 0, ba = 0, bb = 0, bc = 0, ca = 0, cb = 0, cc = 0] = flat;
  let sumAA = 0;
  let sumAB = 0;
  let sumAC = 0;
  let sumBA = 0;
  let sumBB = 0;
  let sumBC = 0;
  let sumCA = 0;
  let sumCB = 0;
  let sumCC = 0;
  let a = at(filtered, filtered.length - 3);
  let b = at(filtered, filtered.length - 2);
  let c = at(filtered, filtered.length - 1);
  for (let i = filtered.length - 6; i >= 0; i -= 3) {
    const ratioA = ratioOf(a, at(predicted, i + 3));
    const ratioB = ratioOf(b, at(predicted, i + 4));
    const ratioC = ratioOf(c, at(predicted, i + 5));
    const nowA = at(filtered, i);
    const nowB = at(filtered, i + 1);
    const nowC = at(filtered, i + 2);
    const jointAA = nowA * aa * ratioA;
    const jointAB = nowA * ab * ratioB;
    const jointAC = nowA * ac * ratioC;
    const jointBA = nowB * ba * ratioA;
    const jointBB = nowB * bb * ratioB;
    const jointBC = nowB * bc * ratioC;
    const jointCA = nowC * ca * ratioA;
    const jointCB = nowC * cb * ratioB;
    const jointCC = nowC * cc * ratioC;
    sumAA += jointAA;
    sumAB += jointAB;
    sumAC += jointAC;
    sumBA += jointBA;
    sumBB += jointBB;
    sumBC += jointBC;
    sumCA += jointCA;
    sumCB += jointCB;
    sumCC += jointCC;
    a = jointAA + jointAB + jointAC;
    b = jointBA + jointBB + jointBC;
    c = jointCA + jointCB + jointCC;
    smoothed[i] = a;
    smoothed[i + 1] = b;
    smoothed[i + 2] = c;
  }
  steps.set([sumAA, sumAB, sumAC, sumBA, sumBB, sumBC, sumCA, sumCB, sumCC]);
}

function backwardAny({ filtered, predicted, flat, smoothed, steps }: Backward): void {
  const states = Math.sqrt(flat.length);
  const ratio = new Float64Array(states);
  for (let i = filtered.length - 2 * states; i >= 0; i -= states) {
    for (let j = 0; j < states; j++)
      ratio[j] = ratioOf(at(smoothed, i + states + j), at(predicted, i + states + j));
    for (let k = 0; k < states; k++) smoothed[i + k] = leave(k, at(filtered, i + k), flat, ratio, steps);
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
    const joint = from * at(flat, i * states + j) * at(ratio, j);
    steps[i * states + j] = at(steps, i * states + j) + joint;
    sum += joint;
  }
  return sum;
}
