import type { IsoDate } from "#src/domain/time.ts";
import { medianEfficiencyPath } from "#src/metrics/efficiency-ratio.ts";
import { factorRotationPath } from "#src/metrics/factor-rotation.ts";
import { leadershipTurnoverPath } from "#src/metrics/leadership-turnover.ts";
import type { Components } from "#src/metrics/noise-velocity.ts";
import { ownHistory } from "#src/metrics/own-history.ts";
import type { Panel, Path } from "#src/metrics/panel.ts";
import { rankChurnPath } from "#src/metrics/rank-churn.ts";
import { logReturns } from "#src/metrics/returns.ts";
import { varianceRatioPath } from "#src/metrics/variance-ratio.ts";
import { volatilityOfVolatilityPath } from "#src/metrics/volatility-of-volatility.ts";
import { joinedPrices, lackOf, type Members } from "#src/sections/regime-data.ts";
import type { TurbulencePaths } from "#src/sections/regime-turbulence.ts";
import type { SectionContext } from "#src/sections/section.ts";

/** What noise and velocity are measured by (Q10), all over the same sessions. */
export interface NoiseComponents {
  readonly dates: readonly IsoDate[];
  readonly noise: Components;
  readonly velocity: Components;
}

/**
 * What is told of reaches back 2,520 sessions twice, so that crises before the last ten years are seen; each component's rank is in as many
 * before, and the longest window comes before those.
 */
const mostSessions = 3 * ownHistory.composite.preferred + 256;
const days = 5;
/** A factor needs what its volatility is made of. */
const factorNeeds = { least: 252, returns: true };

/** The components of the universe's sessions, of which at least half of its names have a price. */
export function componentsOf(
  context: SectionContext,
  { columns }: Members,
  turbulence: TurbulencePaths | null,
): NoiseComponents {
  const { dates, prices } = clockOf(columns);
  const returns = prices.map(returnsOf);
  const market = meanOf(returns, dates.length);
  const onClock = (from: readonly IsoDate[], path: Path): Path => {
    const byDay = new Map(from.map((day, t) => [day, path[t] ?? null]));
    return dates.map((day) => byDay.get(day) ?? null);
  };
  const factors = factorsOf(context);
  return {
    dates,
    noise: {
      inefficiency: medianEfficiencyPath(returns).map((ratio) => (ratio === null ? null : 1 - ratio)),
      "volatility-of-volatility": volatilityOfVolatilityPath(market),
      "variance-ratio": varianceRatioPath(market, days).map((ratio) =>
        ratio === null ? null : Math.abs(ratio - 1),
      ),
      "correlation-surprise": onClock(turbulence?.dates ?? [], turbulence?.correlation ?? []),
    },
    velocity: {
      "rank-churn": rankChurnPath(prices),
      "leadership-turnover": leadershipTurnoverPath(prices),
      "factor-rotation": onClock(factors.dates, factors.path),
      turbulence: onClock(turbulence?.dates ?? [], turbulence?.turbulence ?? []),
    },
  };
}

/** The last sessions of the universe, and each name's prices on them. */
function clockOf(columns: Members["columns"]): {
  readonly dates: readonly IsoDate[];
  readonly prices: Panel;
} {
  const counts = new Map<IsoDate, number>();
  for (const { dates } of columns)
    for (const day of dates.slice(-mostSessions)) counts.set(day, (counts.get(day) ?? 0) + 1);
  const dates = [...counts]
    .filter(([, names]) => 2 * names >= columns.length)
    .map(([day]) => day)
    .toSorted()
    .slice(-mostSessions);
  const prices = columns.map((column) => {
    const byDay = new Map(column.dates.map((day, t) => [day, column.values[t] ?? null]));
    return dates.map((day) => byDay.get(day) ?? null);
  });
  return { dates, prices };
}

/** Log returns between sessions that follow one another; a path as long as the prices. */
const returnsOf = (prices: Path): Path =>
  prices.map((price, t) => {
    const before = prices[t - 1] ?? null;
    return price === null || before === null ? null : Math.log(price / before);
  });

/** The mean return of the names that have one: the universe at equal weights. */
const meanOf = (returns: Panel, sessions: number): Path =>
  Array.from({ length: sessions }, (_, t) => {
    let [sum, names] = [0, 0];
    for (const path of returns) {
      const r = path[t] ?? null;
      if (r === null) continue;
      sum += Math.expm1(r);
      names++;
    }
    return names === 0 ? null : Math.log1p(sum / names);
  });

/** How fast the factors rotate whose both sides count. */
function factorsOf(context: SectionContext): { readonly dates: readonly IsoDate[]; readonly path: Path } {
  const counted = context.workspace.conditions.factors
    .map(({ long, short }) => [context.panel.column(long), context.panel.column(short)] as const)
    .filter((legs) => legs.every((column) => lackOf(context, column, factorNeeds) === null));
  if (counted.length === 0) return { dates: [], path: [] };
  const { dates, prices, isDaily } = joinedPrices(counted.flat(), mostSessions);
  const isKept = (_: unknown, t: number): boolean => isDaily[t] === true;
  const legs = prices.map((path) => (logReturns(path).value ?? []).filter(isKept));
  const returns = counted.map((_, k) => (legs[2 * k] ?? []).map((r, t) => r - (legs[2 * k + 1]?.[t] ?? 0)));
  return { dates: dates.slice(1).filter(isKept), path: factorRotationPath(returns) };
}
