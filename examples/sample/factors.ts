import { type Episode, episodes, type Factor, factorSigma, leaving, type State } from "./parameters.ts";
import type { Draws } from "./random.ts";

/** What drives every series, one value a weekday. */
export interface Factors {
  readonly states: readonly State[];
  readonly world: readonly number[];
  readonly tech: readonly number[];
  readonly asia: readonly number[];
}

/** Calm or turbulent, day by day: a two-state Markov chain that an episode overrides. */
function drawStates(days: readonly string[], { uniform }: Draws): State[] {
  let state: State = "calm";
  return days.map((day) => {
    const turns = uniform() < leaving[state];
    if (turns) state = state === "calm" ? "turbulent" : "calm";
    state = episodeOf(day)?.state ?? state;
    return state;
  });
}

const episodeOf = (day: string): Episode | undefined =>
  episodes.find(({ from, to }) => from <= day && day <= to);

/** The log returns of the three factors; each has a stream of its own. */
export function drawFactors(days: readonly string[], next: () => Draws): Factors {
  const states = drawStates(days, next());
  const draw = (factor: Factor): number[] => {
    const { normal } = next();
    return days.map((day, t) => {
      const sigma = factorSigma[factor][states[t] ?? "calm"];
      return (episodeOf(day)?.drift[factor] ?? 0) + sigma * normal();
    });
  };
  return { states, world: draw("world"), tech: draw("tech"), asia: draw("asia") };
}
