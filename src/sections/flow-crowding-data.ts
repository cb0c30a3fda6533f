import type { Column } from "#src/domain/panel.ts";
import { addDays, type IsoDate } from "#src/domain/time.ts";
import type { CrowdingRule } from "#src/domain/workspace.ts";
import type { CrowdingComponent, Observed } from "#src/metrics/crowding.ts";
import { excessCorrelation } from "#src/metrics/excess-correlation.ts";
import { flowToAssetsPath } from "#src/metrics/flow-to-assets.ts";
import { innerJoin } from "#src/metrics/inner-join.ts";
import { monthEnds } from "#src/metrics/month-ends.ts";
import { simpleReturns } from "#src/metrics/returns.ts";
import { aligned, weeklyAssets } from "#src/sections/flow-assets.ts";
import type { Group } from "#src/sections/flow-data.ts";
import { staleness } from "#src/sections/market.ts";
import type { SectionContext } from "#src/sections/section.ts";

/** Components that could be measured, the series of all that are named, and why the others are missing. */
export interface ObservedComponents {
  readonly given: Partial<Record<CrowdingComponent, Observed>>;
  readonly series: Partial<Record<CrowdingComponent, readonly string[]>>;
  readonly whyNot: Partial<Record<CrowdingComponent, string>>;
}

/** Months of history that a component is judged by, at most. */
const longest = 120;
/** Sessions of returns behind a correlation. */
const sessions = 60;

/** What is observed at month-ends: today, and in the months before. */
type Path = readonly { readonly date: IsoDate; readonly value: number | null }[];

/** The components of a group's crowding (H8), observed at month-ends of at most ten years and today. */
export function observedComponents(
  context: SectionContext,
  rule: CrowdingRule,
  group: Group,
): ObservedComponents {
  const { panel, workspace } = context;
  const level = (id: string | null) => (id === null ? null : levels(context, panel.column(id)));
  const named = {
    concentration: level(rule.concentration),
    forwardPe: level(rule.valuation),
    excessCorrelation: correlations(context, rule),
    daysToCover: level(rule.daysToCover),
    flowToAssets: flowShares(context, group, workspace.flows.groups[group.id]?.assets ?? []),
  };
  const found = Object.entries(named).flatMap(([name, each]) =>
    each === null ? [] : [{ name, series: each.series, observed: observe(each.path, each.from) }],
  );
  return {
    given: Object.fromEntries(
      found.flatMap(({ name, observed }) => (observed === null ? [] : [[name, observed]])),
    ),
    series: Object.fromEntries(found.map(({ name, series }) => [name, series])),
    whyNot: Object.fromEntries(
      found.flatMap(({ name, observed }) => (observed === null ? [[name, "stale"]] : [])),
    ),
  };
}

/** The values of a component, and since when one of them is today's. */
interface Seen {
  readonly series: readonly string[];
  readonly path: Path;
  readonly from: IsoDate;
}

/** Values of this month or the one before are today's; of a series whose values stand for so many days, the last of these. */
function levels(context: SectionContext, { series, dates, values }: Column): Seen {
  const path = dates.map((date, i) => ({ date, value: values[i] ?? null }));
  const { id, staleAfter } = series;
  const from = staleAfter === null ? monthBefore(context) : addDays(context.lastDay, -staleAfter);
  return { series: [id], path, from };
}

/** The first day of the month before this one. */
const monthBefore = ({ lastDay }: SectionContext): IsoDate =>
  `${addDays(`${lastDay.slice(0, 7)}-01`, -1).slice(0, 7)}-01`;

/** The last value is today's, where it is not too old; the months before it are its history. */
function observe(path: Path, from: IsoDate): Observed | null {
  const there = path.flatMap(({ date, value }) => (value === null ? [] : [{ date, value }]));
  const months = monthEnds(there.map(({ date }) => date));
  const today = months.at(-1);
  if (today === undefined || (there[today.index]?.date ?? "") < from) return null;
  const at = ({ index }: { readonly index: number }) => there[index]?.value ?? Number.NaN;
  return { value: at(today), history: months.slice(-1 - longest, -1).map(at) };
}

/** How the names move together beyond the market, over the sixty sessions to each month-end; none where one of them is stale. */
function correlations(context: SectionContext, { members, market }: CrowdingRule): Seen | null {
  if (market === null || members.length === 0) return null;
  const series = [...members, market];
  const columns = series.map((id) => context.panel.column(id));
  const from = monthBefore(context);
  if (columns.some((column) => staleness(context, column) !== null)) return { series, path: [], from };
  const { dates, values } = innerJoin(columns);
  const returns = values.map((prices) => simpleReturns(prices).value ?? []);
  const path = monthEnds(dates).map(({ index }) => {
    const windows = returns.map((each) => each.slice(Math.max(0, index - sessions), index));
    const [ofMarket = []] = windows.slice(-1);
    return {
      date: dates[index] ?? "",
      value: excessCorrelation(windows.slice(0, -1), ofMarket).value,
    };
  });
  return { series, path, from };
}

/** The flow of 52 weeks against the assets before it, at the end of each week; none without assets. */
function flowShares(context: SectionContext, group: Group, assets: readonly string[]): Seen | null {
  if (assets.length === 0) return null;
  const [weeks, stood] = aligned(group.weeks, weeklyAssets(context, group));
  const path = flowToAssetsPath(weeks, stood).map((value, i) => ({
    date: addDays(group.span.end, 7 * (i + 1 - weeks.length)),
    value,
  }));
  return { series: [...group.fact.series, ...assets], path, from: monthBefore(context) };
}
