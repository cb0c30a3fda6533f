import { uniformFloat64 } from "pure-rand/distribution/uniformFloat64";
import { xoroshiro128plus } from "pure-rand/generator/xoroshiro128plus";
import type { EstimationRule, MarkovModel } from "#src/metrics/baum-welch.ts";
import { type Gaussian, type Observations, weightedGaussian } from "#src/metrics/gaussian-states.ts";
import { stationaryDistribution } from "#src/metrics/markov-chain.ts";

/** How likely a state stays, in a start that was not drawn. */
const usualStay = 0.9;

/**
 * Models to start an estimation from: states that are the quantile groups of each column, and of its distance from the middle
 * (states that differ in spread alone); then `random` seeded ones.
 */
export function markovStarts(
  x: Observations,
  states: number,
  rule: EstimationRule,
  { random, seed }: { readonly random: number; readonly seed: number },
): readonly MarkovModel[] {
  const all = weightedGaussian(x, new Float64Array(x.n).fill(1), 0, rule);
  if (all === null) return [];
  const groups = Array.from({ length: x.columns }, (_, c) => column(x, c)).flatMap((values) => {
    const middle = values.toSorted((a, b) => a - b)[values.length >> 1] ?? 0;
    return [values, values.map((v) => Math.abs(v - middle))];
  });
  const generator = xoroshiro128plus(seed);
  const draw = () => uniformFloat64(generator);
  return [
    ...groups.map((values) => fromGroups(x, states, rule, all, values)),
    ...Array.from({ length: random }, () => drawn(x, states, all, draw)),
  ];
}

const column = ({ flat, columns, n }: Observations, c: number): readonly number[] =>
  Array.from({ length: n }, (_, t) => flat[t * columns + c] ?? 0);

/** States that are the equal groups of observations by a value. */
function fromGroups(
  x: Observations,
  states: number,
  rule: EstimationRule,
  all: Gaussian,
  values: readonly number[],
): MarkovModel {
  const order = values.map((_, t) => t).toSorted((a, b) => (values[a] ?? 0) - (values[b] ?? 0));
  const weights = new Float64Array(x.n * states);
  for (const [place, t] of order.entries()) weights[t * states + Math.floor((place * states) / x.n)] = 1;
  return withChain(
    Array.from({ length: states }, (_, k) => weightedGaussian(x, weights, k, rule) ?? all),
    Array.from({ length: states }, () => usualStay),
  );
}

/** States half way between the mean and an observation, of a variance from a quarter to four times that of all. */
function drawn(
  { flat, columns, n }: Observations,
  states: number,
  all: Gaussian,
  draw: () => number,
): MarkovModel {
  const gaussians = Array.from({ length: states }, () => {
    const t = Math.floor(draw() * n);
    const size = 4 ** (2 * draw() - 1);
    return {
      mean: all.mean.map((m, c) => (m + (flat[t * columns + c] ?? 0)) / 2),
      covariance: all.covariance.map((row, i) => row.map((v, j) => (i === j ? size * v : 0))),
    };
  });
  return withChain(
    gaussians,
    gaussians.map(() => 0.7 + 0.28 * draw()),
  );
}

function withChain(states: readonly Gaussian[], stays: readonly number[]): MarkovModel {
  const others = states.length - 1;
  const transition = stays.map((stay, i) =>
    states.map((_, j) => (others === 0 ? 1 : i === j ? stay : (1 - stay) / others)),
  );
  return { states, transition, start: stationaryDistribution(transition) };
}
