import type { IsoDate } from "#src/domain/time.ts";
import type { VolatilityState } from "#src/metrics/trend-volatility.ts";
import type { Break } from "#src/sections/regime-break-search.ts";
import type { Market } from "#src/sections/regime-market.ts";
import type { HiddenState, StatesFinding } from "#src/sections/regime-states.ts";

/** What else tells of a market's state: its cell of the grid, and hidden states. */
export interface Own {
  readonly market: Market | undefined;
  readonly states: StatesFinding | null;
}

interface Witness {
  readonly by: "grid" | "states";
  readonly date: IsoDate;
}

const gridOrder: readonly VolatilityState[] = ["calm", "normal", "high"];
const stateOrder: readonly HiddenState[] = ["calm", "between", "stressed"];

/** Whether a state was reached from the side that a break came from; the first that there is was reached from nowhere. */
function went<State>(order: readonly State[], from: State | null, to: State, isUp: boolean): boolean {
  if (from === null) return false;
  const steps = order.indexOf(to) - order.indexOf(from);
  return isUp ? steps > 0 : steps < 0;
}

/** Those of the two whose volatility last changed the way of the break. */
function witnessesOf({ before, after }: Break, { market, states }: Own): readonly Witness[] {
  const isUp = after > before;
  const cell = market?.measured.value ?? null;
  const change = states?.change ?? null;
  const isGrids = cell !== null && went(gridOrder, cell.volatilityBefore, cell.volatility, isUp);
  const isStates = change !== null && went(stateOrder, change.from, change.to, isUp);
  return [
    ...(isGrids ? [{ by: "grid" as const, date: cell.volatilitySince }] : []),
    ...(isStates ? [{ by: "states" as const, date: change.date }] : []),
  ];
}

/**
 * The witness nearest to the break, and how many sessions off. A break that may have come later than it could be found has
 * none before it: that one may be farther off than it seems.
 */
export function nearestWitness(found: Break, own: Own, away: (day: IsoDate) => number) {
  return witnessesOf(found, own)
    .filter(({ date }) => !found.isLatest || date >= found.since)
    .map(({ by, date }) => ({ by, distance: away(date) }))
    .toSorted((a, b) => a.distance - b.distance)[0];
}
