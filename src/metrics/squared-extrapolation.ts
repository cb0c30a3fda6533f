import type { EstimationRule, MarkovModel } from "#src/metrics/baum-welch.ts";
import { type Gaussian, mostCorrelation } from "#src/metrics/gaussian-states.ts";
import { normalised, stationaryDistribution } from "#src/metrics/markov-chain.ts";

/** So much of a probability is left at the least: from 0 no step of an estimation comes back. */
const leastLeft = 0.5;

/**
 * Squared extrapolation (SQUAREM) of three models that follow one another by plain steps of an estimation: where such steps lead
 * if each is the one before times a constant.
 *
 *     θ' = θ₀ − 2α r + α² v,   r = θ₁ − θ₀,   v = (θ₂ − θ₁) − r,   α = −|r| / |v|
 *
 * What no plain step moves is not moved either: an estimation comes to rest where it would have, and sooner.
 *
 * @param reach  the most that −α may be
 * @returns `null` where that is not beyond the plain steps
 * @see Varadhan and Roland (2008), Scandinavian Journal of Statistics 35(2), scheme S3
 */
export function squaredExtrapolation(
  zero: MarkovModel,
  one: MarkovModel,
  two: MarkovModel,
  rule: EstimationRule,
  reach: number,
): MarkovModel | null {
  const [a, b, c] = [vectorOf(zero), vectorOf(one), vectorOf(two)];
  const r = b.map((value, i) => value - (a[i] ?? 0));
  const v = c.map((value, i) => value - (b[i] ?? 0) - (r[i] ?? 0));
  const alpha = Math.max(-reach, -lengthOf(r) / lengthOf(v));
  if (!(alpha < -1)) return null;
  return modelOf(
    a.map((value, i) => value - 2 * alpha * (r[i] ?? 0) + alpha * alpha * (v[i] ?? 0)),
    two,
    rule,
  );
}

const lengthOf = (vector: readonly number[]): number =>
  Math.sqrt(vector.reduce((sum, each) => sum + each * each, 0));

/** Probabilities; then of each state variances as logarithms, means in standard deviations, and correlation: numbers without a unit. */
function vectorOf({ transition, start, states }: MarkovModel): readonly number[] {
  return [...transition.flat(), ...start, ...states.flatMap(shapeOf)];
}

function shapeOf({ mean, covariance }: Gaussian): readonly number[] {
  const deviations = covariance.map((row, c) => Math.sqrt(row[c] ?? 1));
  const [d = 1, e = 1] = deviations;
  return [
    ...deviations.map((deviation) => 2 * Math.log(deviation)),
    ...mean.map((m, c) => m / (deviations[c] ?? 1)),
    (covariance[0]?.[1] ?? 0) / (d * e),
  ];
}

/** The model of a vector, within what a model may be; `near` has its shape. */
function modelOf(vector: readonly number[], near: MarkovModel, rule: EstimationRule): MarkovModel {
  const rest = [...vector];
  const probabilities = (row: readonly number[]): readonly number[] =>
    normalised(rest.splice(0, row.length).map((p, j) => Math.max(p, leastLeft * (row[j] ?? 0))));
  const transition = near.transition.map(probabilities);
  const start = probabilities(near.start);
  return {
    transition,
    start: rule.freeStart ? start : stationaryDistribution(transition),
    states: near.states.map(({ mean }) => gaussianOf(rest.splice(0, 2 * mean.length + 1), mean.length, rule)),
  };
}

function gaussianOf(shape: readonly number[], columns: number, { floor }: EstimationRule): Gaussian {
  const variances = shape.slice(0, columns).map((log, c) => Math.max(floor[c] ?? 0, Math.exp(log)));
  const correlation = Math.min(mostCorrelation, Math.max(-mostCorrelation, shape.at(-1) ?? 0));
  const joint = correlation * Math.sqrt(variances.reduce((product, variance) => product * variance, 1));
  return {
    mean: variances.map((variance, c) => (shape[columns + c] ?? 0) * Math.sqrt(variance)),
    covariance: variances.map((variance, i) => variances.map((_, j) => (i === j ? variance : joint))),
  };
}
