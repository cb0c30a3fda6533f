import type { IsoDate } from "#src/domain/time.ts";
import type { Break } from "#src/sections/regime-break-search.ts";
import type { Market } from "#src/sections/regime-market.ts";
import type { StatesFinding } from "#src/sections/regime-states.ts";

/** What else tells of a market's state: its cell of the grid, and hidden states. */
export interface Own {
  readonly market: Market | undefined;
  readonly states: StatesFinding | null;
}

interface Witness {
  readonly by: "grid" | "states";
  readonly date: IsoDate;
}

/** Those of the two whose volatility last changed the way of the break. Normal volatility is reached from either side. */
function witnessesOf({ before, after }: Break, { market, states }: Own): readonly Witness[] {
  const [otherGrid, otherState] =
    after > before ? (["calm", "calm"] as const) : (["high", "stressed"] as const);
  const cell = market?.measured.value ?? null;
  const change = states?.change ?? null;
  const isGrids = cell !== null && cell.volatility !== otherGrid;
  const isStates = change !== null && change.to !== otherState;
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
