import type { Fact } from "#src/domain/fact.ts";
import type { Column } from "#src/domain/panel.ts";
import type { IsoDate } from "#src/domain/time.ts";
import { markovRules } from "#src/metrics/hidden-markov.ts";
import { type HiddenRegime, hiddenRegime, spokenStates } from "#src/metrics/hidden-regime.ts";
import { regimeEntropy } from "#src/metrics/regime-entropy.ts";
import { type Measured, mapMeasured, ok } from "#src/metrics/result.ts";
import type { VolatilityState } from "#src/metrics/trend-volatility.ts";
import { type WeeklyMove, weeklyMoves } from "#src/metrics/weekly-moves.ts";
import { shortName, subjectOf } from "#src/sections/market.ts";
import { factsOf, lackOf, without } from "#src/sections/regime-data.ts";
import { type Finding, nothing, rowOf } from "#src/sections/regime-finding.ts";
import type { Market } from "#src/sections/regime-market.ts";
import { type Question, type SectionContext, say } from "#src/sections/section.ts";
import { hiddenOpinion } from "#src/statements/rules/second-opinion.ts";

export type HiddenState = "calm" | "between" | "stressed";

/** The last change of the state that may be spoken of; from none where it is the first. */
export interface StateChange {
  readonly date: IsoDate;
  readonly from: HiddenState | null;
  readonly to: HiddenState;
}

/** What hidden states bring to the page, and when the state last changed. */
export interface StatesFinding extends Finding {
  readonly id: string;
  readonly change: StateChange | null;
}

/** Weeks of so many years before the issue's, so that the weeks of one year are of one estimate a month. */
const years = 10;
const needs = { least: 5 * markovRules.leastObservations, returns: true };
/** How many decimals a probability is said with. */
const wholePercent = 0.01;

/** The second opinion of hidden states on a market (J1), and whether it goes with the grid. */
export function statesOf(context: SectionContext, id: string, markets: readonly Market[]): StatesFinding {
  const column = context.panel.column(id);
  const measured = modelOf(context, column);
  const calmness = markets.find((each) => each.column === column)?.measured.value?.volatility ?? null;
  const facts = statesFacts(context, column, measured);
  const question = questionOf(column, measured.hidden, facts, calmness);
  const name = { name: shortName(column.series) };
  return {
    ...nothing,
    id,
    change: changeOf(measured),
    questions: [question],
    rows(answers) {
      const { statement } = answers(question);
      // The side and, where there is one, the state: the row says which.
      const reading = statement && `states-${statement.claim.key.replace("regime.states.claim.", "")}`;
      const row = reading && rowOf("states", facts.probability, null, { reading, places: name });
      return row ? [row] : [];
    },
    notes: measured.hidden.value === null ? [] : [say("regime.conditions.states-note")],
    gaps:
      measured.hidden.value === null ? [say(`regime.conditions.gap.${gapOf(measured.hidden)}`, name)] : [],
    series: [id],
  };
}

/** That a market has no regimes is found out; that it has too few weeks is a gap. */
const gapOf = ({ reasons }: Measured<HiddenRegime>): string =>
  reasons.some(({ code }) => ["one-state", "absorbing", "rejected"].includes(code)) ? "no-states" : "states";

interface Model {
  readonly weeks: readonly WeeklyMove[];
  readonly hidden: Measured<HiddenRegime>;
}

function modelOf(context: SectionContext, column: Column): Model {
  const lack = lackOf(context, column, needs);
  if (lack !== null) return { weeks: [], hidden: without(lack) };
  const start = `${Number(context.lastDay.slice(0, 4)) - years}-01-01`;
  const moves = weeklyMoves(column.dates, column.values);
  if (moves.value === null) return { weeks: [], hidden: moves };
  const weeks = moves.value.filter(({ end }) => end >= start);
  const columns = [weeks.map(({ ret }) => ret), weeks.map(({ logVolatility }) => logVolatility)];
  const hidden = hiddenRegime(
    weeks.map(({ end }) => end),
    columns,
  );
  return { weeks, hidden };
}

/** A state by its place among those of the model, which are ordered by variance. */
function nameOfState(state: number, states: number): HiddenState {
  if (state === 0) return "calm";
  return state === states - 1 ? "stressed" : "between";
}

function changeOf({ weeks, hidden }: Model): StateChange | null {
  if (hidden.value === null || !hidden.value.stability.isStable) return null;
  const { path, chosen } = hidden.value;
  const spoken = spokenStates(path);
  const at = spoken.findLastIndex((state, t) => state !== null && t > 0 && spoken[t - 1] !== state);
  const [state, week] = [spoken[at], weeks[at]];
  if (state === undefined || state === null || week === undefined) return null;
  const before = spoken.slice(0, at).findLast((each) => each !== null) ?? null;
  return {
    date: week.end,
    from: before === null ? null : nameOfState(before, chosen.states),
    to: nameOfState(state, chosen.states),
  };
}

type Facts = Readonly<Record<"probability" | "entropy" | "unchanged", Fact>>;

function statesFacts(context: SectionContext, { series, dates }: Column, { weeks, hidden }: Model): Facts {
  const { chosen, estimatedTo, stability } = hidden.value ?? {};
  const fact = factsOf(context, `regime.${series.id}`, {
    series: [series.id],
    method: "J1 hidden states, weekly",
    params: {
      states: chosen?.states ?? null,
      estimatedTo: estimatedTo ?? null,
      randomStarts: markovRules.randomStarts,
      seed: markovRules.seed,
      adjustedRand: stability?.adjustedRand ?? null,
    },
    window: { start: weeks[0]?.end ?? null, end: dates.at(-1) ?? null, n: weeks.length },
  });
  const entropy = hidden.value === null ? hidden : regimeEntropy(hidden.value.probabilities);
  const share = { quantum: wholePercent };
  return {
    probability: fact("state-probability", mapMeasured(hidden, probabilityOf), "share", share),
    entropy: fact("state-entropy", entropy, "share", share),
    unchanged: fact(
      "state-stability",
      mapMeasured(hidden, (value) => value.stability.unchanged),
      "share",
      share,
    ),
  };
}

/** That of the state that is spoken of; without one, of the likeliest. */
const probabilityOf = ({ probabilities, spoken }: HiddenRegime): number =>
  (spoken === null ? undefined : probabilities[spoken]) ?? Math.max(...probabilities);

function questionOf(
  { series }: Column,
  hidden: Measured<HiddenRegime>,
  facts: Facts,
  calmness: VolatilityState | null,
): Question {
  const state = stateOf(hidden);
  return {
    ladder: hiddenOpinion,
    subject: {
      ...subjectOf(series),
      evidence: {
        ...facts,
        isStable: mapMeasured(hidden, ({ stability }) => stability.isStable),
        state,
        opinion:
          state.value === null ? null : opinionOf(state.value, hidden.value?.chosen.states ?? 0, calmness),
        calmness,
      },
    },
  };
}

/** The state that may be spoken of. */
function stateOf(hidden: Measured<HiddenRegime>): Measured<HiddenState> {
  if (hidden.value === null) return hidden;
  const { spoken, chosen, stability } = hidden.value;
  if (spoken === null) return without({ code: stability.isStable ? "unconfirmed" : "unstable-labels" });
  return ok(nameOfState(spoken, chosen.states), hidden.n);
}

/** Of two states the calm one goes with low and normal volatility; of three each with its own. */
function opinionOf(
  state: HiddenState,
  states: number,
  calmness: VolatilityState | null,
): "agrees" | "disagrees" | "alone" {
  if (calmness === null) return "alone";
  const fits: Readonly<Record<HiddenState, readonly VolatilityState[]>> = {
    calm: states === 2 ? ["calm", "normal"] : ["calm"],
    between: ["normal"],
    stressed: ["high"],
  };
  return fits[state].includes(calmness) ? "agrees" : "disagrees";
}
