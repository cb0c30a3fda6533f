import type { IsoDate } from "#src/domain/time.ts";
import {
  at,
  isAtLeast,
  logReturns,
  mean,
  type Path,
  percentileOf,
  present,
  rolled,
  yearlyVolatility,
} from "#tests/truth/plain.ts";
import { once, type World } from "#tests/truth/world.ts";

type Trend = "up" | "down" | "mixed";
export type Calmness = "calm" | "normal" | "high";

/** A market on the grid of trend and volatility (J3). */
export interface Cell {
  readonly trend: Trend;
  readonly calmness: Calmness;
  /** The day that confirmed the younger of the two states, and the one that confirmed that of volatility. */
  readonly since: IsoDate;
  readonly calmSince: IsoDate;
  /** The state of volatility that was confirmed before it; `null` where there was none. */
  readonly calmBefore: Calmness | null;
  /** Price against its 200-session average. */
  readonly gap: number;
  readonly volatility: number;
  readonly percentile: number;
  readonly n: number;
  /** Whether the last session is at the other end of volatility, or across its average. */
  readonly isContradicted: boolean;
}

/** The state that last held for three sessions in a row, and the place of the third. */
function confirmed<T>(states: readonly (T | null)[]): { state: T; place: number; before: T | null } | null {
  let current = null as { state: T; place: number; before: T | null } | null;
  for (let t = 2; t < states.length; t++) {
    const state = at(states, t);
    const holds = state !== null && states[t - 1] === state && states[t - 2] === state;
    if (holds && state !== current?.state) current = { state, place: t, before: current?.state ?? null };
  }
  return current;
}

/** Where each of a path stands among up to 2,520 values before it, from 756 of them on. */
function rankedPath(path: Path): Path {
  const places = path.map((_, t) => t).filter((t) => path[t] !== null);
  const values = present(path);
  const own = values.map((v, i) =>
    i < 756 ? null : percentileOf(values.slice(Math.max(0, i - 2520), i), v),
  );
  const byPlace = new Map(places.map((place, i) => [place, own[i] ?? null]));
  return path.map((_, t) => byPlace.get(t) ?? null);
}

const calmnessOf = (percentile: number): Calmness =>
  percentile < 33 ? "calm" : isAtLeast(percentile, 80) ? "high" : "normal";

/** The cell of a market; `null` where it has none. */
export const cellOf = (world: World, id: string): Cell | null =>
  once(world, `cell of ${id}`, () => {
    const points = world.points(id);
    const prices = points.map(({ value }) => value);
    const volatilities: Path = [null, ...rolled(logReturns(prices), 20, yearlyVolatility)];
    const ranks = rankedPath(volatilities);
    const averages = rolled(prices, 200, mean);
    const gaps = prices.map((price, t) => price / (averages[t] ?? Number.NaN) - 1);
    const trends = prices.map((_, t): Trend | null => {
      if (t < 252) return null;
      const year = at(prices, t - 21) / at(prices, t - 252) - 1;
      if (at(gaps, t) > 0.02 && year > 0) return "up";
      return at(gaps, t) < -0.02 && year < 0 ? "down" : "mixed";
    });
    const trend = confirmed(trends);
    const calmness = confirmed(ranks.map((rank) => (rank === null ? null : calmnessOf(rank))));
    const rank = ranks.at(-1) ?? null;
    if (trend === null || calmness === null || rank === null) return null;
    const gap = at(gaps, -1);
    const last = calmnessOf(rank);
    const dayAt = (place: number): IsoDate => at(points, place).day;
    return {
      trend: trend.state,
      calmness: calmness.state,
      since: dayAt(Math.max(trend.place, calmness.place)),
      calmSince: dayAt(calmness.place),
      calmBefore: calmness.before,
      gap,
      volatility: volatilities.at(-1) ?? Number.NaN,
      percentile: rank,
      n: Math.min(2520, present(volatilities).length - 1),
      isContradicted:
        (calmness.state === "calm" && last === "high") ||
        (calmness.state === "high" && last === "calm") ||
        (trend.state === "up" && gap < -0.02) ||
        (trend.state === "down" && gap > 0.02),
    };
  });
