import { type Observations, observationsOf } from "#src/metrics/gaussian-states.ts";
import { fitStates, type MarkovFit, type MarkovOptions } from "#src/metrics/hidden-markov.ts";
import { type Measured, notDefined, ok, type Reason, warn } from "#src/metrics/result.ts";

/** The model that the information criterion chose, and all that it chose from. */
export interface ChosenStates {
  /** K: 1 is a market without regimes. */
  readonly states: number;
  readonly fit: MarkovFit;
  /** The fits of 1, 2, … states. */
  readonly fits: readonly MarkovFit[];
}

/** How the number of states is chosen. */
export interface ChoiceOptions extends MarkovOptions {
  /** Models of up to so many states are compared; 3 unless given. */
  readonly mostStates?: number;
}

const usualMost = 3;

/**
 * Number of hidden states (状态数, J1): the least BIC of 1, 2 and 3, of the fits that are not rejected. One state may win.
 *
 * A fit is rejected that has a state with less than 5 % of the observations, one that lasts less than five of them, or
 * one that is all but never left (p ≥ 0.999), which is one change and no regime.
 *
 * @param columns  as of `fitHiddenMarkov`
 * @returns as `fitHiddenMarkov`; `undefined` (`absorbing`) where a state that is never left fits better than what remains: look for
 *   a change point (J2); `warn` (`rejected-occupancy`, `rejected-duration`) where another fit that was rejected does
 * @throws {RangeError} as `fitHiddenMarkov`
 * @see Hansen (1992), Journal of Applied Econometrics 7(S1), for why no likelihood-ratio test is made
 */
export const chooseHiddenMarkov = (
  columns: readonly (readonly number[])[],
  options: ChoiceOptions = {},
): Measured<ChosenStates> => chooseStates(observationsOf(columns), options);

/** {@link chooseHiddenMarkov} of observations that are there already. */
export function chooseStates(x: Observations, options: ChoiceOptions = {}): Measured<ChosenStates> {
  const fits: MarkovFit[] = [];
  for (let states = 1; states <= (options.mostStates ?? usualMost); states++) {
    const fit = fitStates(x, states, options);
    if (fit.value === null) return fit;
    fits.push(fit.value);
  }
  return choiceOf(fits, x.n);
}

/** The choice among fits of 1, 2, … states. */
export function choiceOf(fits: readonly MarkovFit[], n: number): Measured<ChosenStates> {
  const usable = fits.filter(({ rejected }) => rejected.length === 0);
  const [fit] = usable.toSorted((a, b) => a.bic - b.bic);
  if (fit === undefined) return notDefined("rejected", n);
  const better = fits.filter((other) => other.bic < fit.bic);
  if (better.some(({ rejected }) => rejected.includes("absorbing"))) return notDefined("absorbing", n);
  const value = { states: fits.indexOf(fit) + 1, fit, fits };
  const reasons: readonly Reason[] = [...new Set(better.flatMap(({ rejected }) => rejected))].map(
    (rejection) => ({
      code: `rejected-${rejection}`,
    }),
  );
  return reasons.length === 0 ? ok(value, n) : warn(value, n, ...reasons);
}
