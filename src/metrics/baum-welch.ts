import {
  type CovarianceRule,
  type Gaussian,
  logDensitiesInto,
  type Observations,
  weightedGaussian,
} from "#src/metrics/gaussian-states.ts";
import { type Chain, type Filtered, filterInto } from "#src/metrics/hamilton-filter.ts";
import { type Smoothed, smoothInto } from "#src/metrics/kim-smoother.ts";
import { normalised, stationaryDistribution } from "#src/metrics/markov-chain.ts";
import { squaredExtrapolation } from "#src/metrics/squared-extrapolation.ts";
import { stationaryStep } from "#src/metrics/stationary-step.ts";

/** Hidden states that follow one another as a Markov chain, each with a normal distribution of what is seen. */
export interface MarkovModel extends Chain {
  readonly states: readonly Gaussian[];
}

/** How a model is estimated. */
export interface EstimationRule extends CovarianceRule {
  /** Whether the first state has probabilities of its own, or those of the chain in the long run. */
  readonly freeStart: boolean;
}

/** A model after some steps of estimation. */
export interface Estimate {
  readonly model: MarkovModel;
  readonly logLikelihood: number;
  readonly steps: number;
  readonly converged: boolean;
}

/** A model, how likely the observations are by it, and the model that a step makes of it. */
interface Located {
  readonly model: MarkovModel;
  readonly logLikelihood: number;
  readonly next: MarkovModel;
}

/** Gain of a step, in log-likelihood, below which a model stands. */
const tolerance = 1e-8;
/** How many steps a leap may be worth: four times as many after one that was kept, a quarter after one that was not. */
const [leastReach, mostReach] = [4, 256];

/**
 * Baum–Welch (鲍姆-韦尔奇算法, EM) for models of hidden Gaussian states over the same observations, whose arrays it keeps.
 *
 * With the start of the long run, which depends on the transitions, their step is one uphill and not to the top; both come
 * to rest at a maximum.
 *
 * @see Baum, Petrie, Soules and Weiss (1970), Annals of Mathematical Statistics 41(1)
 */
export class BaumWelch {
  private readonly x: Observations;
  private readonly rule: EstimationRule;
  private readonly count: number;
  private readonly densities: Float64Array;
  private readonly filter: Omit<Filtered, "logLikelihood">;
  private readonly smoother: Smoothed;

  constructor(x: Observations, states: number, rule: EstimationRule) {
    const size = x.n * states;
    this.x = x;
    this.rule = rule;
    this.count = states;
    this.densities = new Float64Array(size);
    this.filter = { filtered: new Float64Array(size), predicted: new Float64Array(size) };
    this.smoother = { smoothed: new Float64Array(size), steps: new Float64Array(states * states) };
  }

  /**
   * From a model, until a step gains no more or `most` steps are done. After two steps it leaps to where they lead; what a leap
   * does not raise is taken back.
   */
  run(from: MarkovModel, most: number): Estimate {
    let here = this.locate(from);
    let best = here;
    let [steps, converged, reach] = [1, false, leastReach];
    while (!converged && steps < most) {
      const there = this.locate(here.next);
      steps++;
      if (there.logLikelihood > best.logLikelihood) best = there;
      converged = Math.abs(there.logLikelihood - here.logLikelihood) < tolerance;
      const leap = squaredExtrapolation(here.model, there.model, there.next, this.rule, reach);
      here = there;
      if (leap === null || converged || steps === most) continue;
      const landed = this.locate(leap);
      steps++;
      if (landed.logLikelihood > best.logLikelihood) here = best = landed;
      reach = here === landed ? Math.min(mostReach, 4 * reach) : Math.max(leastReach, reach / 4);
    }
    return { model: best.model, logLikelihood: best.logLikelihood, steps, converged };
  }

  /** Share of the observations that each state of a model has, smoothed. */
  occupancyOf(model: MarkovModel): readonly number[] {
    this.expect(model);
    const { smoothed } = this.smoother;
    const shares = model.start.map(() => 0);
    for (let at = 0; at < smoothed.length; at++) {
      const k = at % this.count;
      shares[k] = (shares[k] ?? 0) + (smoothed[at] ?? 0) / this.x.n;
    }
    return shares;
  }

  private locate(model: MarkovModel): Located {
    const logLikelihood = this.expect(model);
    return { model, logLikelihood, next: this.maximise(model) };
  }

  private expect(model: MarkovModel): number {
    logDensitiesInto(this.x, model.states, this.densities);
    const logLikelihood = filterInto(this.densities, model, this.filter);
    smoothInto(this.filter, model.transition, this.smoother);
    return logLikelihood;
  }

  private maximise({ states, transition }: MarkovModel): MarkovModel {
    const { smoothed } = this.smoother;
    const first = [...smoothed.subarray(0, this.count)];
    // A state that is never left from, being empty, goes on as before.
    const steps = transition.map((row, i) => {
      const counted = [...this.smoother.steps.subarray(i * this.count, (i + 1) * this.count)];
      return counted.some((n) => n > 0) ? counted : row;
    });
    const next = this.rule.freeStart ? steps.map(normalised) : stationaryStep(steps, first);
    return {
      states: states.map((state, k) => weightedGaussian(this.x, smoothed, k, this.rule) ?? state),
      transition: next,
      start: this.rule.freeStart ? normalised(first) : stationaryDistribution(next),
    };
  }
}
