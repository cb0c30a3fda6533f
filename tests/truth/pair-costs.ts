import { type Checker, claimsAndTexts, ofSubject, type Truth } from "#tests/truth/judge.ts";
import { daysOf, grown, pairNames, pairOf, pairReturns } from "#tests/truth/pair-days.ts";
import { at, mean, printedDirection, simpleReturns, tenth } from "#tests/truth/plain.ts";
import { daysFrom, joined, type World } from "#tests/truth/world.ts";

/** Costs are printed in whole basis points. */
const quantum = 1;

/** A pair of so many last sessions before and after what it costs to hold (P10). */
interface Carried {
  readonly gross: number;
  readonly net: number;
}

/** What was made of 1. */
const madeOf = (returns: readonly number[]): number => at(grown(returns), -1) - 1;

/** With equal weights the rate on what is sold short pays that on what is held: the fee and the spread are left. */
function carried(world: World, id: string, sessions: number): Carried {
  const { long, shorts, costs } = pairOf(world, id);
  if (costs === null) throw new RangeError(`pair ${id} has no costs`);
  const { values } = joined(world, [...long.members, ...shorts.members]);
  const names = values.map((prices) => simpleReturns(prices).slice(-sessions));
  const pair = daysOf(world, id);
  const gross = pairReturns(pair).slice(-sessions);
  const ends = [pair.start, ...pair.days].slice(-sessions - 1);
  const net = gross.map((r, t) => {
    // What each name has moved away from its part of the capital is traded back.
    const away = names.map((returns) => Math.abs(at(returns, t) - r));
    const traded = mean(away.slice(0, long.members.length)) + mean(away.slice(long.members.length));
    const held = daysFrom(at(ends, t), at(ends, t + 1)) / 360;
    return r - (costs.borrow + costs.spread) * held - traded * costs.trading;
  });
  return { gross: madeOf(gross), net: madeOf(net) };
}

const basisPoints = ({ gross, net }: Carried): number => (net - gross) * 10_000;

function costTruth(world: World, id: string): Truth {
  const { start, days, week } = daysOf(world, id);
  const january = `${world.lastDay.slice(0, 4)}-01-01`;
  if (start >= january) throw new RangeError(`pair ${id} begins in the year of its issue`);
  const ofWeek = carried(world, id, week);
  const cost = basisPoints(ofWeek);
  const ofYear = basisPoints(carried(world, id, days.filter((day) => day >= january).length));
  const [gross, net] = [printedDirection(ofWeek.gross, tenth), printedDirection(ofWeek.net, tenth)];
  const isSome = printedDirection(cost, quantum) === "down";
  return {
    facts: {
      [`pair.${id}.gross.week`]: ofWeek.gross,
      [`pair.${id}.net.week`]: ofWeek.net,
      [`pair.${id}.cost.week`]: cost,
      [`pair.${id}.cost.year`]: ofYear,
    },
    names: pairNames(world, id),
    says: {
      ...claimsAndTexts("pair.costs.", {
        turned: isSome && gross === "up" && net === "down",
        some: isSome,
        none: printedDirection(cost, quantum) === "flat",
      }),
      "pair.costs.year": printedDirection(ofYear, quantum) === "down",
    },
  };
}

/** What holding pairs costs. */
export const pairCostCheckers: readonly Checker[] = [
  {
    section: "pair",
    standard: "P10 carry and costs",
    ids: /^pair\.[^.]+\.costs\.(turned|some|none)$/,
    truth: ofSubject(costTruth),
  },
];
