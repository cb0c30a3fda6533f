import {
  type Era,
  eras,
  type Factor,
  factorScale,
  factorSigma,
  leaving,
  ownScale,
  type State,
  wandering,
  worldDrift,
} from "./parameters.ts";
import type { Draws } from "./random.ts";

/** What drives every series, one value a weekday. */
export interface Factors {
  readonly values: Readonly<Record<Factor, Float64Array>>;
  /** By how much a series' own noise is scaled on each day. */
  readonly ownScales: Float64Array;
}

/** Calm or turbulent, day by day: a Markov chain that an era overrides. */
function drawStates(days: readonly string[], { uniform }: Draws): State[] {
  let state: State = "calm";
  return days.map((day) => {
    const turns = uniform() < leaving[state];
    if (turns) state = state === "calm" ? "turbulent" : "calm";
    state = eraOf(day)?.state ?? state;
    return state;
  });
}

const eraOf = (day: string): Era | undefined => eras.find(({ from, to }) => from <= day && day <= to);

/** The factors, and how wild each day is; each has a stream of its own. */
export function drawFactors(days: readonly string[], next: () => Draws): Factors {
  const states = drawStates(days, next());
  const moods = drawMoods(days.length, next());
  const draw = (factor: Factor): Float64Array => {
    const { normal } = next();
    return Float64Array.from(days, (day, t) => {
      const sigma = factorSigma[factor] * factorScale[states[t] ?? "calm"] * (moods[t] ?? 1);
      const drift = (factor === "world" ? worldDrift : 0) + (eraOf(day)?.drift[factor] ?? 0);
      return drift + sigma * normal();
    });
  };
  const factors = Object.keys(factorSigma) as readonly Factor[];
  return {
    values: Object.fromEntries(factors.map((factor) => [factor, draw(factor)])) as Factors["values"],
    ownScales: Float64Array.from(states, (state, t) => ownScale[state] * (moods[t] ?? 1)),
  };
}

/** A scale that wanders about 1. */
function drawMoods(length: number, { normal }: Draws): Float64Array {
  let log = 0;
  return Float64Array.from({ length }, () => {
    log = wandering.persistence * log + wandering.sigma * normal();
    return Math.exp(log);
  });
}
