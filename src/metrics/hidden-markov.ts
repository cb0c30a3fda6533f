import { BaumWelch, type Estimate, type EstimationRule, type MarkovModel } from "#src/metrics/baum-welch.ts";
import {
  logDensities,
  type Observations,
  observationsOf,
  weightedGaussian,
} from "#src/metrics/gaussian-states.ts";
import { hamiltonFilter } from "#src/metrics/hamilton-filter.ts";
import { kimSmoother } from "#src/metrics/kim-smoother.ts";
import { markovStarts } from "#src/metrics/markov-starts.ts";
import { type Measured, notDefined, ok, tooFew } from "#src/metrics/result.ts";

/** Why a fitted model may not be used. */
export type Rejection = "occupancy" | "duration" | "absorbing";

/** A fitted model of K states, ordered by the variance of the first column: the calmest is the first. */
export interface MarkovFit {
  readonly model: MarkovModel;
  readonly logLikelihood: number;
  readonly parameters: number;
  /** −2 ln L + parameters · ln n. */
  readonly bic: number;
  /** Share of the observations that each state has. */
  readonly occupancy: readonly number[];
  /** Expected length of a stay in each state, `1 / (1 − p)`, in observations. */
  readonly duration: readonly number[];
  readonly rejected: readonly Rejection[];
  readonly converged: boolean;
}

/** How hidden states are estimated. */
export interface MarkovOptions {
  /** Whether two columns may move together within a state; they may unless told. */
  readonly full?: boolean;
  /** Whether the first state has probabilities of its own; otherwise those of the chain in the long run. */
  readonly freeStart?: boolean;
  /** Random starts beside those from quantiles; 20 unless given. */
  readonly randomStarts?: number;
  readonly seed?: number;
  /** Observations that a fit needs: 260 weeks, unless given; 1,000 days. */
  readonly leastObservations?: number;
}

/** Parameters of the model (J1), as the page and `facts.json` name them. */
export const markovRules = {
  leastObservations: 260,
  randomStarts: 20,
  seed: 20_260_213,
  floorShare: 1e-4,
  leastOccupancy: 0.05,
  leastDuration: 5,
  mostStay: 0.999,
} as const;

/** Rounds of estimation: so many of the best starts that differ are given so many steps. All others are left behind. */
const heats = [
  { starts: Number.POSITIVE_INFINITY, steps: 6 },
  { starts: 8, steps: 12 },
  { starts: 3, steps: 60 },
  { starts: 1, steps: 1000 },
] as const;
/** Log-likelihoods this close are of one and the same model. */
const same = 1e-3;

/**
 * Gaussian hidden Markov model (高斯隐马尔可夫模型, J1) of K states, by Baum–Welch from many starts.
 *
 * Every start is given six steps, the best eight that differ twelve more, the best three of these sixty, and the best one goes on
 * until a step gains less than 1e-8, or for 1,000; every third step is a leap. No variance falls below 1e-4 of the column's.
 *
 * @param columns  one or two: weekly log return, and ln of realised volatility; oldest first
 * @param states  K
 * @returns `insufficient` below 260 observations; `undefined` (`zero-variance`) where a column does not move
 * @throws {RangeError} if there are not one or two columns of one length and finite numbers, or K is below 1
 * @see Hamilton (1989), Econometrica 57(2); Baum et al. (1970); Biernacki, Celeux and Govaert (2003), CSDA 41(3–4), for the starts
 */
export function fitHiddenMarkov(
  columns: readonly (readonly number[])[],
  states: number,
  options: MarkovOptions = {},
): Measured<MarkovFit> {
  return fitStates(observationsOf(columns), states, options);
}

/** {@link fitHiddenMarkov} of observations that are there already. */
export function fitStates(x: Observations, states: number, options: MarkovOptions = {}): Measured<MarkovFit> {
  const { full = true, freeStart = false, leastObservations = markovRules.leastObservations } = options;
  if (!(Number.isInteger(states) && states >= 1))
    throw new RangeError(`a model of hidden states requires one or more, got ${states}`);
  const least = Math.max(leastObservations, states + 1);
  if (x.n < least) return tooFew(x.n, least);
  const none = { full, freeStart, floor: [0, 0] };
  const all = weightedGaussian(x, new Float64Array(x.n).fill(1), 0, none);
  if (all === null || isStill(x)) return notDefined("zero-variance", x.n);
  const floor = all.covariance.map((row, c) => markovRules.floorShare * (row[c] ?? 0));
  const best = bestEstimate(x, states, { ...none, floor }, options);
  return ok(fitOf(ordered(best), x, { full, freeStart }), x.n);
}

function isStill({ flat, columns }: Observations): boolean {
  return Array.from({ length: columns }, (_, c) => c).some((c) =>
    flat.every((v, at) => at % columns !== c || v === flat[c]),
  );
}

/** An estimate, and the share of the observations that each state has. */
interface Occupied extends Estimate {
  readonly occupancy: readonly number[];
}

function bestEstimate(
  x: Observations,
  states: number,
  rule: EstimationRule,
  { randomStarts = markovRules.randomStarts, seed = markovRules.seed }: MarkovOptions,
): Occupied {
  const welch = new BaumWelch(x, states, rule);
  const random = states === 1 ? 0 : randomStarts;
  let models = markovStarts(x, states, rule, { random, seed });
  let estimates: readonly Estimate[] = [];
  for (const { starts, steps } of heats) {
    estimates = models.slice(0, starts).map((model) => welch.run(model, steps));
    estimates = distinct(estimates.toSorted((a, b) => b.logLikelihood - a.logLikelihood));
    models = estimates.map(({ model }) => model);
  }
  const [best] = estimates;
  if (best === undefined) throw new RangeError("a model of hidden states requires a start");
  return { ...best, occupancy: welch.occupancyOf(best.model) };
}

/** Of estimates in the order of their likelihood, those that are not the one before once more. */
const distinct = (estimates: readonly Estimate[]): readonly Estimate[] =>
  estimates.filter(
    ({ logLikelihood }, i) => i === 0 || (estimates[i - 1]?.logLikelihood ?? 0) - logLikelihood > same,
  );

function ordered(estimate: Occupied): Occupied {
  const { states, transition, start } = estimate.model;
  const varianceOf = (k: number) => states[k]?.covariance[0]?.[0] ?? 0;
  const order = states.map((_, k) => k).toSorted((a, b) => varianceOf(a) - varianceOf(b));
  const pick = <T>(list: readonly T[]): readonly T[] => order.flatMap((k) => list.slice(k, k + 1));
  const model = { states: pick(states), transition: pick(transition).map(pick), start: pick(start) };
  return { ...estimate, model, occupancy: pick(estimate.occupancy) };
}

function fitOf(
  { model, logLikelihood, occupancy, converged }: Occupied,
  { n, columns }: Observations,
  { full, freeStart }: { readonly full: boolean; readonly freeStart: boolean },
): MarkovFit {
  const states = model.start.length;
  const perState = columns + (full ? (columns * (columns + 1)) / 2 : columns);
  const parameters = states * (states - 1) + states * perState + (freeStart ? states - 1 : 0);
  const stays = model.transition.map((row, k) => row[k] ?? 0);
  return {
    model,
    logLikelihood,
    parameters,
    bic: parameters * Math.log(n) - 2 * logLikelihood,
    occupancy,
    // An absorbing state has no end; no infinity leaves.
    duration: stays.map((p) => Math.min(n, 1 / (1 - p))),
    rejected: states === 1 ? [] : rejections(occupancy, stays),
    converged,
  };
}

function rejections(occupancy: readonly number[], stays: readonly number[]): readonly Rejection[] {
  const { leastOccupancy, leastDuration, mostStay } = markovRules;
  return [
    ...(occupancy.some((share) => share < leastOccupancy) ? (["occupancy"] as const) : []),
    ...(stays.some((p) => p < 1 - 1 / leastDuration) ? (["duration"] as const) : []),
    ...(stays.some((p) => p >= mostStay) ? (["absorbing"] as const) : []),
  ];
}

/** Filtered probabilities of every state (row `t`: `[p(1), …, p(K)]`), and the log-likelihood, with parameters as they are. */
export interface StatePath {
  readonly rows: readonly (readonly number[])[];
  readonly logLikelihood: number;
}

/**
 * Filtered probabilities (滤波概率) of a model whose parameters are frozen. Row `t` uses no observation after `t`: what may be said
 * of a day on that day.
 *
 * @throws {RangeError} as {@link fitHiddenMarkov}
 */
export const filteredStates = (columns: readonly (readonly number[])[], model: MarkovModel): StatePath =>
  filterStates(observationsOf(columns), model);

/** {@link filteredStates} of observations that are there already. */
export function filterStates(x: Observations, model: MarkovModel): StatePath {
  const { filtered, logLikelihood } = hamiltonFilter(logDensities(x, model.states), model);
  return { rows: rowsOf(filtered, model.states.length), logLikelihood };
}

/**
 * Smoothed probabilities (平滑概率): each row uses all observations, later ones too. For charts of history, labelled so, and never
 * for today.
 *
 * @throws {RangeError} as {@link fitHiddenMarkov}
 */
export function smoothedStates(columns: readonly (readonly number[])[], model: MarkovModel): StatePath {
  const filter = hamiltonFilter(logDensities(observationsOf(columns), model.states), model);
  const { smoothed } = kimSmoother(filter, model.transition);
  return { rows: rowsOf(smoothed, model.states.length), logLikelihood: filter.logLikelihood };
}

const rowsOf = (flat: Float64Array, states: number): readonly (readonly number[])[] =>
  Array.from({ length: flat.length / states }, (_, t) => [...flat.subarray(t * states, (t + 1) * states)]);
