import type { IsoDate } from "#src/domain/time.ts";
import type { PairRule } from "#src/domain/workspace.ts";
import type { Truth } from "#tests/truth/judge.ts";
import { at, mean, simpleReturns } from "#tests/truth/plain.ts";
import { joined, longestSpans, once, type World } from "#tests/truth/world.ts";

/** A pair on the days that all its members share, through the week. */
export interface PairDays {
  /** The day before the first return. */
  readonly start: IsoDate;
  /** Days of the returns. */
  readonly days: readonly IsoDate[];
  readonly long: readonly number[];
  readonly short: readonly number[];
  /** Of the market, where it was joined beside the members. */
  readonly market: readonly number[];
  /** Sessions that each return spans for the member that had most of them. */
  readonly spans: readonly number[];
  /** How many of the last returns are of the week. */
  readonly week: number;
}

export function pairOf(world: World, id: string): PairRule {
  const found = world.workspace.pairs[id];
  if (found === undefined) throw new RangeError(`no pair ${id}`);
  if (found.long.basket !== null || found.shorts.basket !== null || found.inception !== null)
    throw new RangeError(`pair ${id}: only listed members without an inception are checked`);
  return found;
}

/** Joins first and takes returns afterwards; both legs at equal weights each day. */
export const daysOf = (world: World, id: string, beside: readonly string[] = []): PairDays =>
  once(world, `days of ${id} beside ${beside.join()}`, () => {
    const { long, shorts } = pairOf(world, id);
    const members = [...long.members, ...shorts.members];
    const { days, values } = joined(world, [...members, ...beside]);
    const returns = values.map(simpleReturns);
    const leg = (from: number, to: number): readonly number[] =>
      days.slice(1).map((_, t) => mean(returns.slice(from, to).map((each) => at(each, t))));
    return {
      start: at(days, 0),
      days: days.slice(1),
      long: leg(0, long.members.length),
      short: leg(long.members.length, members.length),
      market: returns[members.length] ?? [],
      spans: longestSpans(world, members, days),
      week: days.filter((day) => day >= world.monday).length,
    };
  });

/** Returns of the pair: what is held long less what is held short. */
export const pairReturns = ({ long, short }: PairDays): readonly number[] =>
  long.map((r, t) => r - at(short, t));

/** What 1 became with such returns, day by day, 1 at first. */
export function grown(returns: readonly number[]): readonly number[] {
  const levels = [1];
  for (const r of returns) levels.push(at(levels, -1) * (1 + r));
  return levels;
}

/** As headlines and as sentences call a pair. */
export function pairNames(world: World, id: string): Truth["names"] {
  const { short, prose, long, shorts, market } = pairOf(world, id);
  return {
    name: [short, prose],
    longName: [long.name],
    shortName: [shorts.name],
    marketName: market === null ? [] : [world.series(market).prose],
  };
}
