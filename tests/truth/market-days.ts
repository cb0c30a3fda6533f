import type { IsoDate } from "#src/domain/time.ts";
import { type Flip, flipOf, flipWindows } from "#tests/truth/flip.ts";
import { at } from "#tests/truth/plain.ts";
import { daysFrom, joined, mondayOf, once, type World } from "#tests/truth/world.ts";

/** The market abroad and the one at home on the days that both have. */
export const marketDays = (
  world: World,
): { abroad: string; home: string; days: readonly IsoDate[]; values: number[][] } =>
  once(world, "markets", () => {
    const { markets } = world.workspace.flows;
    if (markets === null) throw new RangeError("no markets");
    return { ...markets, ...joined(world, [markets.abroad, markets.home]) };
  });

/** Their correlation by weekly log returns, between the last joined days of weeks that follow one another (G7, G8). */
export const marketFlip = (world: World): Flip | null =>
  once(world, "correlation of markets", () => {
    if (world.workspace.flows.markets === null) return null;
    const { days, values } = marketDays(world);
    const ends = days.flatMap((day, t) =>
      t + 1 < days.length && mondayOf(at(days, t + 1)) === mondayOf(day) ? [] : [t],
    );
    const pairs = ends
      .slice(1)
      .map((t, i): readonly [number, number] => [at(ends, i), t])
      .filter(([before, t]) => daysFrom(mondayOf(at(days, before)), mondayOf(at(days, t))) === 7);
    const returns = values.map((path) =>
      pairs.map(([before, t]) => Math.log(at(path, t) / at(path, before))),
    );
    return flipOf(at(returns, 1), at(returns, 0), flipWindows.weekly);
  });
