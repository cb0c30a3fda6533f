import { type Entry, fundSeries, priceSeries } from "./catalogue.ts";
import { drawFactors, type Factors } from "./factors.ts";
import * as parameters from "./parameters.ts";
import {
  type FlowMotion,
  flowModel,
  flowMotions,
  type Motion,
  motions,
  type Waypoint,
} from "./parameters.ts";
import { type Draws, streams } from "./random.ts";
import { isSession, weekdays } from "./sessions.ts";

/** One fund's net flow of one day, in USD. */
export interface FlowRow {
  readonly date: string;
  readonly fund: string;
  readonly usd: number;
}

/** The simulated market as it is written. */
export interface Market {
  /** Weekdays on which at least one exchange is open, oldest first. */
  readonly dates: readonly string[];
  /** For each series, its printed value on each of `dates`; `null` where its exchange is closed. */
  readonly prices: ReadonlyMap<string, readonly (string | null)[]>;
  readonly flows: readonly FlowRow[];
}

/** The whole market from one seed: the same seed gives the same bytes on every machine. */
export function simulate(seed: number): Market {
  const days = weekdays(parameters.firstDay, parameters.lastDay);
  const next = streams(seed);
  const factors = drawFactors(days, next);
  const paths = new Map<string, readonly number[]>();
  for (const [id, motion] of Object.entries(motions)) paths.set(id, drawPath(days, factors, motion, next()));
  paths.set("VOLIX", drawVolatility(paths.get("USLC") ?? [], next()));
  const flows = fundSeries.map((fund) => drawFlows(days, factors, fund, next()));
  const dates = days.filter((day) => priceSeries.some(({ calendar }) => isSession(calendar, day)));
  return {
    dates,
    prices: new Map(
      priceSeries.map((entry) => [entry.id, printPath(days, dates, entry, paths.get(entry.id) ?? [])]),
    ),
    flows: flows.flat().sort((a, b) => (a.date < b.date ? -1 : a.date > b.date ? 1 : 0)),
  };
}

/** Levels on every weekday: the sum of shocks, bent to pass its waypoints. */
function drawPath(days: readonly string[], factors: Factors, motion: Motion, draws: Draws): number[] {
  const { world = 0, worldLag = 0, tech = 0, asia = 0 } = motion;
  const [chance, size] = motion.jump ?? [0, 0];
  let sum = 0;
  const path = days.map((_, t) => {
    const own =
      motion.own * (factors.states[t] === "turbulent" ? parameters.ownTurbulence : 1) * draws.normal();
    const jump = draws.uniform() < chance ? size * draws.normal() : 0;
    const common = world * at(factors.world, t) + worldLag * at(factors.world, t - 1);
    sum += common + tech * at(factors.tech, t) + asia * at(factors.asia, t) + own + jump;
    return sum;
  });
  return bend(days, path, motion.waypoints).map(Math.exp);
}

const at = (values: readonly number[], t: number): number => values[t] ?? 0;

/** Adds to a path of logs the constant drift a day that leads it from each waypoint to the next. */
function bend(days: readonly string[], path: readonly number[], waypoints: readonly Waypoint[]): number[] {
  const pins = waypoints.map(([date, level]) => {
    const t = days.indexOf(date);
    if (t < 0) throw new RangeError(`a waypoint must be a weekday of the sample, got ${date}`);
    return { t, gap: Math.log(level) - at(path, t) };
  });
  return path.map((value, t) => {
    const after = pins.findIndex((pin) => pin.t >= t);
    const [from, to] = [pins[after - 1], pins[after] ?? pins.at(-1)];
    if (!to) return value;
    if (!from) return value + to.gap;
    return value + from.gap + ((to.gap - from.gap) * (t - from.t)) / (to.t - from.t);
  });
}

/** An index of expected volatility, made from the returns of the US index up to the day. */
function drawVolatility(closes: readonly number[], { normal }: Draws): number[] {
  const { decay, start, floor, floorShare, premium, leverage, noise } = parameters.volatility;
  let variance = start * start;
  let mood = 0;
  return closes.map((close, t) => {
    const ret = close / (closes[t - 1] ?? close) - 1;
    variance = decay * variance + (1 - decay) * ret * ret;
    mood = noise.persistence * mood + noise.sigma * normal();
    const expected = (1 - floorShare) * variance + floorShare * floor;
    return 100 * premium * Math.sqrt(252 * expected) * Math.exp(mood - leverage * ret);
  });
}

/** Values as the file writes them; never the same three sessions in a row, which would look stale. */
function printPath(days: readonly string[], dates: readonly string[], entry: Entry, path: readonly number[]) {
  const tick = 10 ** -entry.decimals;
  const open = new Map(days.map((day, t) => [day, at(path, t)]));
  let last: readonly string[] = [];
  return dates.map((date) => {
    if (!isSession(entry.calendar, date)) return null;
    const value = open.get(date) ?? 0;
    const printed = value.toFixed(entry.decimals);
    const stale = last.length === 2 && last.every((earlier) => earlier === printed);
    const given = stale
      ? (value + (value < Number(printed) ? -tick : tick)).toFixed(entry.decimals)
      : printed;
    last = [...last.slice(-1), given];
    return given;
  });
}

/** A fund's rows: an average that turns once, noise that fades, and money that follows yesterday's market. */
function drawFlows(days: readonly string[], factors: Factors, fund: Entry, draws: Draws): FlowRow[] {
  const motion = flowMotions[fund.id];
  if (!motion) throw new RangeError(`a fund must have a motion, got ${fund.id}`);
  let noise = 0;
  return days.flatMap((date, t) => {
    noise = flowModel.persistence * noise + draws.normal();
    const isMissing = draws.uniform() < flowModel.missing;
    if (date < parameters.firstFlowDay || isMissing || !isSession(fund.calendar, date)) return [];
    return [{ date, fund: fund.id, usd: flowOf(motion, date, noise, at(factors.world, t - 1)) }];
  });
}

function flowOf({ before, since, sigma }: FlowMotion, date: string, noise: number, world: number): number {
  const chased = (flowModel.chase * world) / parameters.factorSigma.world.calm;
  const million = (date < flowModel.turn ? before : since) + sigma * (noise + chased);
  const steps = Math.round((million * 1_000_000) / flowModel.step);
  return steps * flowModel.step;
}
