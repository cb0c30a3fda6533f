import { coverage } from "#src/metrics/coverage.ts";
import { type CountSessions, type Day, weekdaysIn } from "#src/metrics/days.ts";
import { realisedVolatilities } from "#src/metrics/realised-volatility.ts";
import {
  insufficient,
  type Measured,
  notDefined,
  okFrom,
  type Reason,
  tooFew,
  warn,
} from "#src/metrics/result.ts";
import { logReturns } from "#src/metrics/returns.ts";
import { meansOf } from "#src/metrics/rolling.ts";
import { ranksOf } from "#src/metrics/rolling-rank.ts";

export type Trend = "up" | "down" | "mixed";
export type VolatilityState = "calm" | "normal" | "high";

/** Where a market stands on the grid of trend and volatility, and the numbers that put it there. */
export interface TrendVolatility {
  readonly trend: Trend;
  readonly volatility: VolatilityState;
  /** Price against its 200-session average, a fraction. */
  readonly priceToAverage: number;
  /** Return from twelve months to one month ago, a fraction. */
  readonly momentum: number;
  /** 20-session realised volatility, a fraction a year. */
  readonly rv20: number;
  /** Its percentile in the ten years before, 0 to 100. */
  readonly rv20Percentile: number;
  /** The session that confirmed the younger of the two states: its third in a row. */
  readonly since: Day;
  /** The session that confirmed the state of volatility. */
  readonly volatilitySince: Day;
  /** The state of volatility before it; `null` where it is the first. */
  readonly volatilityBefore: VolatilityState | null;
  /** Whether the price of the last session has crossed its average against the trend, by more than the band. */
  readonly isTrendContradicted: boolean;
  /** Whether the volatility of the last session is high where calm is confirmed, or calm where high is. */
  readonly isVolatilityContradicted: boolean;
}

/** Parameters of the grid (J3), as the page and `facts.json` name them. */
export const gridRules = {
  average: 200,
  year: 252,
  month: 21,
  volatility: 20,
  band: 0.02,
  calmBelow: 33,
  highFrom: 80,
  confirm: 3,
  leastHistory: 756,
  history: 2520,
} as const;

/**
 * Trend and volatility regime (趋势与波动状态, J3), by rule.
 *
 *     trend       up     price more than 2 % above its 200-session average and p[t−21]/p[t−252] − 1 > 0
 *                 down   more than 2 % below it and that return < 0
 *                 mixed  otherwise
 *     volatility  calm   percentile of 20-session volatility in its last 2,520 sessions below 33
 *                 high   80 or more
 *                 normal otherwise
 *
 * Each of the two changes only once the new state has held for three sessions. A state at `t` uses no price after `t`. Until
 * then the last session may contradict it: volatility is high where calm is confirmed, or calm where high is; the price is
 * more than 2 % below its average where the trend is up, or above it where it is down.
 *
 * @param dates  sessions, oldest first
 * @param prices  one a session, positive
 * @throws {RangeError} if a price is not finite
 * @returns `insufficient` below 756 sessions of volatility, `warn` below 2,520; the same (`coverage`) where less than
 *   75 %, or 90 %, of the sessions of its windows have a price: of weekly closes 20 are no month; `undefined` (`unconfirmed`) while no state has
 *   held for three sessions, (`not-positive`) for a price that is not positive
 */
export function trendVolatility(
  dates: readonly Day[],
  prices: readonly number[],
  sessions: CountSessions = weekdaysIn,
): Measured<TrendVolatility> {
  const returns = logReturns(prices);
  if (returns.value === null) return returns;
  const rv = volatilitiesOf(returns.value);
  const ranks = ranksOf(rv, { min: gridRules.leastHistory, preferred: gridRules.history });
  const last = prices.length - 1;
  const rank = ranks[last] ?? Number.NaN;
  const known = prices.length - gridRules.volatility - 1;
  if (Number.isNaN(rank)) return tooFew(Math.max(0, known), gridRules.leastHistory);
  const covered = leastCovered(dates, sessions);
  const { least, wanted } = coverage;
  if (covered < least) return insufficient(prices.length, short(least, covered));
  const gaps = priceToAverage(prices);
  const trend = confirmed(prices.length, (t) => trendAt(gaps[t] ?? Number.NaN, prices, t));
  const volatility = confirmed(prices.length, (t) => stateAt(ranks[t] ?? Number.NaN));
  if (trend === null || volatility === null) return notDefined("unconfirmed", prices.length);
  const value: TrendVolatility = {
    trend: trend.state,
    volatility: volatility.state,
    priceToAverage: gaps[last] ?? Number.NaN,
    momentum: momentum(prices, last),
    rv20: rv[last] ?? Number.NaN,
    rv20Percentile: rank,
    since: dates[Math.max(trend.since, volatility.since)] ?? "",
    volatilitySince: dates[volatility.since] ?? "",
    volatilityBefore: volatility.before,
    isTrendContradicted: isOtherSide(trend.state, gaps[last] ?? Number.NaN),
    isVolatilityContradicted: isOtherEnd(volatility.state, stateOf(rank)),
  };
  const n = Math.min(known, gridRules.history);
  const found = okFrom(value, n, gridRules.history);
  return covered < wanted ? warn(value, n, ...found.reasons, short(wanted, covered)) : found;
}

const short = (need: number, have: number): Reason => ({ code: "coverage", need, have });

/** The least share of sessions that have a price among the windows: of volatility, of a year, and of all that is ranked. */
function leastCovered(dates: readonly Day[], sessions: CountSessions): number {
  const { volatility, year, history } = gridRules;
  return Math.min(
    ...[volatility + 1, year, history + volatility].map((n) => covered(dates.slice(-n), sessions)),
  );
}

function covered(dates: readonly Day[], sessions: CountSessions): number {
  const [first = "", last = ""] = [dates[0], dates.at(-1)];
  return first === "" ? 0 : dates.length / sessions(first, last);
}

/** Realised volatility at each price: of one more than there are returns. */
function volatilitiesOf(returns: readonly number[]): Float64Array {
  const volatilities = new Float64Array(returns.length + 1).fill(Number.NaN);
  volatilities.set(realisedVolatilities(Float64Array.from(returns), gridRules.volatility), 1);
  return volatilities;
}

/** Each price against the mean of the 200 that end with it; NaN before there are as many. */
function priceToAverage(prices: readonly number[]): Float64Array {
  const gaps = meansOf(Float64Array.from(prices), gridRules.average);
  for (let t = 0; t < gaps.length; t++) gaps[t] = (prices[t] ?? 0) / (gaps[t] ?? 0) - 1;
  return gaps;
}

const momentum = (prices: readonly number[], t: number): number =>
  (prices[t - gridRules.month] ?? Number.NaN) / (prices[t - gridRules.year] ?? Number.NaN) - 1;

function trendAt(gap: number, prices: readonly number[], t: number): Trend | null {
  if (t < gridRules.year) return null;
  const year = momentum(prices, t);
  if (gap > gridRules.band && year > 0) return "up";
  return gap < -gridRules.band && year < 0 ? "down" : "mixed";
}

const stateAt = (rank: number): VolatilityState | null => (Number.isNaN(rank) ? null : stateOf(rank));

function stateOf(rank: number): VolatilityState {
  if (rank < gridRules.calmBelow) return "calm";
  return rank >= gridRules.highFrom ? "high" : "normal";
}

/** Whether volatility has gone from one end to the other: what lies beside a state may come and go. */
const isOtherEnd = (confirmed: VolatilityState, latest: VolatilityState | null): boolean =>
  (confirmed === "calm" && latest === "high") || (confirmed === "high" && latest === "calm");

/** Whether the price has crossed its average against the trend, by more than the band. */
const isOtherSide = (trend: Trend, gap: number): boolean =>
  (trend === "up" && gap < -gridRules.band) || (trend === "down" && gap > gridRules.band);

interface Confirmed<State> {
  readonly state: State;
  readonly since: number;
  readonly before: State | null;
}

/** The state that last held for three sessions in a row, and the session at which it came to be confirmed. */
function confirmed<State>(sessions: number, stateAt: (t: number) => State | null): Confirmed<State> | null {
  let current: Confirmed<State> | null = null;
  let before: State | null = null;
  let run = 0;
  for (let t = 0; t < sessions; t++) {
    const state = stateAt(t);
    run = state !== null && state === before ? run + 1 : 1;
    before = state;
    current = next(current, state, run, t);
  }
  return current;
}

function next<State>(current: Confirmed<State> | null, state: State | null, run: number, t: number) {
  const isNew = state !== null && run >= gridRules.confirm && state !== current?.state;
  return isNew ? { state, since: t, before: current?.state ?? null } : current;
}
