import { type Entry, fundSeries } from "./catalogue.ts";
import type { Factors } from "./factors.ts";
import { factorSigma, firstFlowDay, flowModel, flowMotions } from "./parameters.ts";
import type { Draws } from "./random.ts";
import { sessionsOf } from "./sessions.ts";

/** One fund's net flow of one day, in USD. */
export interface FlowRow {
  readonly date: string;
  readonly fund: string;
  readonly usd: number;
}

/** Every fund's rows, by day: noise that fades about an average, and money that follows yesterday's market. */
export function drawFlows(days: readonly string[], factors: Factors, next: () => Draws): readonly FlowRow[] {
  return fundSeries
    .flatMap((fund) => drawFund(days, factors, fund, next()))
    .sort((a, b) => (a.date < b.date ? -1 : a.date > b.date ? 1 : 0));
}

function drawFund(days: readonly string[], factors: Factors, fund: Entry, draws: Draws): FlowRow[] {
  const motion = flowMotions[fund.id];
  if (motion === undefined) throw new RangeError(`a fund must have a motion, got ${fund.id}`);
  const isOpen = sessionsOf(fund.calendar, days);
  let noise = 0;
  return days.flatMap((date, t) => {
    noise = flowModel.persistence * noise + draws.normal();
    const isMissing = draws.uniform() < flowModel.missing;
    if (date < firstFlowDay || isMissing || isOpen[t] !== true) return [];
    const chased = (flowModel.chase * (factors.values.world[t - 1] ?? 0)) / factorSigma.world;
    const million = motion.mean + motion.sigma * (noise + chased);
    return [{ date, fund: fund.id, usd: stepped(million * 1_000_000) }];
  });
}

/** As flows are written. */
export const stepped = (usd: number): number => Math.round(usd / flowModel.step) * flowModel.step;
