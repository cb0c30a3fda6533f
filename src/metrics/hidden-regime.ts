import type { MarkovModel } from "#src/metrics/baum-welch.ts";
import { type ChoiceOptions, type ChosenStates, chooseStates } from "#src/metrics/choose-states.ts";
import type { Day } from "#src/metrics/days.ts";
import { firstOf, type Observations, observationsOf } from "#src/metrics/gaussian-states.ts";
import { filterStates } from "#src/metrics/hidden-markov.ts";
import { type LabelStability, labelStability } from "#src/metrics/label-stability.ts";
import { type Measured, notDefined, warn } from "#src/metrics/result.ts";
import { matchStates } from "#src/metrics/state-matching.ts";

/** What the model says today. States are numbered from the calmest, 0. */
export interface HiddenRegime {
  /** The model, estimated at the end of the month before, and how many states were chosen. */
  readonly chosen: ChosenStates;
  /** The last day that it was estimated from. */
  readonly estimatedTo: Day;
  /** Filtered probabilities of the states today. */
  readonly probabilities: readonly number[];
  /** The state that may be spoken of; `null` while none has been likely enough for long enough, or the model is unstable. */
  readonly spoken: number | null;
  /** Filtered probabilities of every day, with the parameters of today's model. */
  readonly path: readonly (readonly number[])[];
  /** Against the estimate of a month earlier. */
  readonly stability: LabelStability;
}

/**
 * From which probability on, and for how many observations in a row, a state may be spoken of; and below which, for as many, it
 * no longer may.
 */
export const spokenRules = { probability: 0.7, lost: 0.5, confirm: 3 } as const;

/**
 * Hidden regime (隐含市场状态, J1): re-estimated at the end of every month, with parameters frozen in between, and filtered.
 *
 * Of a day only observations up to it are used, and for the parameters none of its own month. The estimate is compared with
 * that of a month earlier, its states matched to it, on the days of both: where fewer than nine tenths of the labels stay, or the
 * number of states changes, the model is unstable and no state is spoken of.
 *
 * @param dates  one an observation, oldest first
 * @param columns  as of `fitHiddenMarkov`
 * @returns as `chooseHiddenMarkov` at the end of the two months before; `undefined` (`one-state`) where no regimes were found; `warn`
 *   (`unstable-labels`) where the model is unstable
 * @throws {RangeError} if there is not a day an observation, or as `fitHiddenMarkov`
 */
export function hiddenRegime(
  dates: readonly Day[],
  columns: readonly (readonly number[])[],
  options: ChoiceOptions = {},
): Measured<HiddenRegime> {
  const x = observationsOf(columns);
  if (dates.length !== x.n)
    throw new RangeError(`hiddenRegime requires a day an observation, got ${dates.length}`);
  const now = monthStart(dates, dates.length - 1);
  const earlier = monthStart(dates, now - 1);
  const before = chooseStates(firstOf(x, earlier), options);
  const chosen = chooseStates(firstOf(x, now), options);
  if (chosen.value === null) return chosen;
  if (before.value === null) return before;
  if (chosen.value.states === 1) return notDefined("one-state", x.n);
  const { rows } = filterStates(x, chosen.value.fit.model);
  const stability = stabilityOf(firstOf(x, earlier), before.value.fit.model, chosen.value.fit.model);
  const value: HiddenRegime = {
    chosen: chosen.value,
    estimatedTo: dates[now - 1] ?? "",
    probabilities: rows.at(-1) ?? [],
    spoken: stability.isStable ? (spokenStates(rows).at(-1) ?? null) : null,
    path: rows,
    stability,
  };
  if (stability.isStable) return { ...chosen, value };
  return warn(value, chosen.n, ...chosen.reasons, { code: "unstable-labels" });
}

/** The place of the first observation of the month of the one at `t`. */
function monthStart(dates: readonly Day[], t: number): number {
  const month = dates[t]?.slice(0, 7);
  return month === undefined ? 0 : dates.findIndex((date) => date.startsWith(month));
}

function stabilityOf(overlap: Observations, before: MarkovModel, after: MarkovModel): LabelStability {
  const matched = matchStates(before.states, after.states);
  if (matched === null) return { unchanged: 0, adjustedRand: 0, isStable: false };
  const old = filterStates(overlap, before).rows.map(likeliest);
  const renamed = filterStates(overlap, after).rows.map((row) => matched[likeliest(row)] ?? -1);
  const { value } = labelStability(old, renamed);
  const stability = value ?? { unchanged: 0, adjustedRand: 0, isStable: false };
  // States that have changed places in the order of their variances are not the states that they were.
  return { ...stability, isStable: stability.isStable && matched.every((old, k) => old === k) };
}

const likeliest = (row: readonly number[]): number => row.indexOf(Math.max(...row));

/**
 * The state that may be spoken of at each time: the last that had a filtered probability of 0.7 or more for three observations in
 * a row, until its own has been below 0.5 for three, or another state is confirmed. Element `t` uses no row after `t`.
 *
 * @returns `null` while there is none
 */
export function spokenStates(rows: readonly (readonly number[])[]): readonly (number | null)[] {
  const { probability, lost, confirm } = spokenRules;
  let spoken: number | null = null;
  let [candidate, run, weak] = [-1, 0, 0];
  return rows.map((row) => {
    const state = row.findIndex((p) => p >= probability);
    run = state === candidate ? run + 1 : 1;
    candidate = state;
    weak = spoken !== null && (row[spoken] ?? 0) < lost ? weak + 1 : 0;
    if (weak >= confirm) spoken = null;
    if (state >= 0 && run >= confirm) [spoken, weak] = [state, 0];
    return spoken;
  });
}
