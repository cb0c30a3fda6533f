import type { GridRule } from "#src/domain/grid-rules.ts";
import { beginningOf, type IsoDate } from "#src/domain/time.ts";
import { at, mean, type Path } from "#tests/truth/plain.ts";
import { type ListedMember, once, type World } from "#tests/truth/world.ts";

/** A theme's basket on the sessions of its market since it is there (L1). */
export interface ThemeDays {
  readonly days: readonly IsoDate[];
  readonly levels: readonly number[];
  readonly market: readonly number[];
  /** By member that ever was in it, while it was. */
  readonly members: readonly Path[];
  /** How many are in it at the end. */
  readonly names: number;
}

export function themeRule(world: World): GridRule {
  const { grid } = world.workspace;
  if (grid === null) throw new RangeError("no theme");
  return grid;
}

/** The list as it was known at the cut-off: of several rows for one beginning the latest. */
function listOf(world: World): readonly ListedMember[] {
  const own = world.members.filter(({ basket }) => basket === themeRule(world).basket);
  const rows = Map.groupBy(own, ({ member, from }) => `${member} ${from}`);
  const list = [...rows.values()].map((each) =>
    at(
      each.toSorted((a, b) => a.knownAt - b.knownAt),
      -1,
    ),
  );
  const wasFollowed = own.every(({ from, until, knownAt }) =>
    until === null ? knownAt <= beginningOf(from) : knownAt <= beginningOf(until) + 86_400_000,
  );
  if (!wasFollowed) throw new RangeError("a basket that was told of afterwards is not checked");
  return list;
}

const isIn = ({ from, until }: ListedMember, day: IsoDate): boolean =>
  from <= day && (until === null || day <= until);

/** Equal weights at the close before each month, drift in between. */
export const themeOf = (world: World): ThemeDays =>
  once(world, "theme", () => {
    const list = listOf(world);
    const market = world.points(themeRule(world).market);
    const prices = list.map(
      ({ member }) => new Map(world.points(member).map(({ day, value }) => [day, value])),
    );
    const there = (day: IsoDate) =>
      list.flatMap((each, i) => (isIn(each, day) && prices[i]?.has(day) ? [i] : []));
    const start = market.findIndex(({ day }) => there(day).length >= 5);
    const days = market.slice(start).map(({ day }) => day);
    const priceOf = (i: number, day: IsoDate): number => {
      const price = prices[i]?.get(day);
      if (price === undefined) throw new RangeError(`no price of ${list[i]?.member} on ${day}`);
      return price;
    };
    const levels = [100];
    // The place of the close at which weights were equal last, and who was chosen there.
    let [base, chosen] = [0, there(at(days, 0))];
    for (let t = 1; t < days.length; t++) {
      const [day, before] = [at(days, t), at(days, t - 1)];
      if (day.slice(0, 7) !== before.slice(0, 7)) [base, chosen] = [t - 1, there(day)];
      if (there(day).join() !== chosen.join()) throw new RangeError("a change within a month is not checked");
      // With fewer than seven names no cap of 15 per cent can hold.
      if (chosen.length > 6) throw new RangeError("a cap on weights is not checked");
      const grown = mean(chosen.map((i) => priceOf(i, day) / priceOf(i, at(days, base))));
      levels.push(at(levels, base) * grown);
    }
    return {
      days,
      levels,
      market: market.slice(start).map(({ value }) => value),
      // Members are those of the list, before the basket's first day as well: averages of prices may reach back.
      members: list.map((each, i) =>
        days.map((day) => (isIn(each, day) ? (prices[i]?.get(day) ?? null) : null)),
      ),
      names: chosen.length,
    };
  });
