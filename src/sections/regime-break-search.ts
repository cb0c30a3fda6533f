import type { Column } from "#src/domain/panel.ts";
import type { IsoDate } from "#src/domain/time.ts";
import { type ChangePoints, changePoints } from "#src/metrics/change-points.ts";
import { meanOf } from "#src/metrics/mean.ts";
import { type Measured, mapMeasured, notDefined, ok } from "#src/metrics/result.ts";
import { logReturns } from "#src/metrics/returns.ts";
import { winsorised } from "#src/metrics/winsorise.ts";
import { lackOf, without } from "#src/sections/regime-data.ts";
import type { SectionContext } from "#src/sections/section.ts";

/** Returns that are searched: two years at least, ten at most. */
const searched = { least: 504, most: 2520 } as const;
/** Parameters of the search, as `facts.json` names them. */
export const breakRules = { minSegment: 20, winsorisedAt: 5 } as const;
const sessionsAYear = 252;

/** The last change of a market's volatility. */
export interface Break {
  /** The last session before it, and the first after it. */
  readonly last: IsoDate;
  readonly since: IsoDate;
  /** Volatility a year between it and the change before, and since. */
  readonly before: number;
  readonly after: number;
  /** Whether it could not have been found any later, and so may have come later. */
  readonly isLatest: boolean;
}

/** What was searched, and the last change in it; `null` where there is none. */
export interface Search {
  readonly dates: readonly IsoDate[];
  readonly penalty: number;
  readonly found: Break | null;
}

/** Looks for changes in returns less their mean, the farthest drawn in; the volatilities are of the returns as they were. */
export function searchOf(context: SectionContext, column: Column): Measured<Search> {
  const lack = lackOf(context, column, { least: searched.least + 1, returns: true });
  if (lack !== null) return without(lack);
  const returns = logReturns(column.values.slice(-searched.most - 1));
  if (returns.value === null) return returns;
  const dates = column.dates.slice(-returns.value.length);
  const mean = meanOf(returns.value);
  const moves = returns.value.map((r) => r - mean);
  const points = changePoints(dates, winsorised(moves, breakRules.winsorisedAt), {
    model: "variance",
    minSegment: breakRules.minSegment,
  });
  return mapMeasured(points, (value) => ({
    dates,
    penalty: value.penalty,
    found: lastOf(value, dates, moves),
  }));
}

function lastOf(
  { segments }: ChangePoints,
  dates: readonly IsoDate[],
  moves: readonly number[],
): Break | null {
  const [before, after] = segments.slice(-2);
  if (before === undefined || after === undefined) return null;
  const volatility = ({ from, to }: typeof before): number => {
    const inside = moves.slice(from, to + 1);
    return Math.sqrt((sessionsAYear * inside.reduce((sum, r) => sum + r * r, 0)) / inside.length);
  };
  return {
    last: dates[before.to] ?? "",
    since: dates[after.from] ?? "",
    before: volatility(before),
    after: volatility(after),
    isLatest: after.to - after.from + 1 === breakRules.minSegment,
  };
}

/** The last change, or that there is none. */
export function foundIn(search: Measured<Search>): Measured<Break> {
  if (search.value === null) return search;
  const { found } = search.value;
  return found === null ? notDefined("no-change", search.n) : ok(found, search.n);
}
