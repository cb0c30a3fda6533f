import { bendFlows } from "./bend-flows.ts";
import { type Entry, quotedSeries, type WideFile, wideFiles } from "./catalogue.ts";
import { deriveDaily, drawDaily } from "./daily.ts";
import { type Happening, happenings } from "./events.ts";
import { drawFactors } from "./factors.ts";
import { drawFlows, type FlowRow } from "./flows.ts";
import { deriveFundamentals, deriveMonthly, drawFundamentals, drawMonthly } from "./monthly.ts";
import { firstDay, firstFundamentals, lastDay } from "./parameters.ts";
import { mapOf, type Paths } from "./path.ts";
import { type Quote, quotes } from "./quotes.ts";
import { streams } from "./random.ts";
import type { Scenario } from "./scenario.ts";
import { fridays, monthEnds, weekdays } from "./sessions.ts";
import { bend } from "./targets.ts";
import { countStories, drawStories } from "./weekly.ts";

/** Paths of one file of columns, on the days of its rows. */
export interface WideTable {
  readonly dates: readonly string[];
  readonly series: readonly Entry[];
  readonly paths: Paths;
}

/** The simulated market, file by file. */
export interface Market {
  readonly wide: Readonly<Record<WideFile, WideTable>>;
  readonly flows: readonly FlowRow[];
  readonly quotes: readonly Quote[];
  readonly events: readonly Happening[];
}

/**
 * The whole market from one seed: the same seed gives the same bytes on every machine.
 *
 * @param scenario  what it is bent to; `null` for an ordinary market
 */
export function simulate(seed: number, scenario: Scenario | null): Market {
  const days = weekdays(firstDay, lastDay);
  const next = streams(seed);
  const factors = drawFactors(days, next);
  const moved = bend(drawDaily(days, factors, next), scenario);
  const derived = bend(deriveDaily(moved, next), scenario, moved);
  const daily = merged(moved, derived);
  const weeks = fridays(days).filter((day) => day >= "2015-01-02");
  const stories = bend(drawStories(weeks, next), scenario);
  const weekly = merged(stories, mapOf(countStories(weeks, stories, next)));
  const months = monthEnds(days);
  const drawn = bend(drawMonthly(months, daily, next), scenario);
  const monthly = merged(drawn, mapOf(deriveMonthly(months, daily, drawn)));
  const quarters = monthEnds(days, 3).filter((day) => day >= firstFundamentals);
  const accounts = bend(drawFundamentals(quarters, next), scenario);
  const fundamentals = merged(accounts, mapOf(deriveFundamentals(accounts)));
  const table = (file: WideFile, dates: readonly string[], paths: Paths): WideTable => ({
    ...{ dates, paths },
    series: wideFiles[file],
  });
  return {
    wide: {
      prices: table("prices", days, daily),
      weekly: table("weekly", weeks, weekly),
      monthly: table("monthly", months, monthly),
      fundamentals: table("fundamentals", quarters, fundamentals),
    },
    flows: bendFlows(drawFlows(days, factors, next), scenario),
    quotes: quotes(quotedSeries, { daily, monthly }, scenario),
    events: happenings(days),
  };
}

const merged = (...all: readonly Paths[]): Paths => new Map(all.flatMap((paths) => [...paths]));
