import type { Fact } from "#src/domain/fact.ts";
import { addDays } from "#src/domain/time.ts";
import { flowToAssets, spanToAssets } from "#src/metrics/flow-to-assets.ts";
import { groupWeeks, weekEnds } from "#src/metrics/flow-weeks.ts";
import type { Measured } from "#src/metrics/result.ts";
import type { WeeklyFlows } from "#src/metrics/weekly-flows.ts";
import type { Group } from "#src/sections/flow-data.ts";
import { grade } from "#src/sections/market.ts";
import type { SectionContext } from "#src/sections/section.ts";

/** Flows of a group against its assets at the start. */
export interface AssetShares {
  readonly recent: Fact;
  readonly year: Fact;
}

const window = 4;
/** A flow of a month is a few hundredths of a per cent of the assets. */
const quantum = 1e-4;

/** The flow of four weeks, and that since 1 January, against the assets at their beginning (H4); `null` where none are named. */
export function assetShares(context: SectionContext, group: Group): AssetShares | null {
  const { flows } = context.workspace;
  const { id, span, fact, measured } = group;
  const assets = flows.groups[id]?.assets ?? [];
  if (assets.length === 0) return null;
  const { annualised } = flows;
  const [weeks, stood] = aligned(group.weeks, weeklyAssets(context, group));
  const recent = flowToAssets(weeks, stood, { window, annualised });
  const year = spanToAssets(measured, assetsBefore(context, group));
  const add = (name: string, found: Measured<number>, params: Fact["params"]): Fact =>
    context.facts.add({
      ...grade(found),
      id: `flows.${id}.to-assets.${name}`,
      value: found.value,
      unit: "share",
      quantum,
      series: [...fact.series, ...assets],
      window: { end: span.due, n: found.n },
      method: "H4 flow to assets",
      params,
    });
  return { recent: add("4w", recent, { window, annualised }), year: add("year", year, {}) };
}

/** Assets of a group at the end of each of its weeks, summed over its series. */
export const weeklyAssets = ({ panel, workspace }: SectionContext, { id, span }: Group): WeeklyFlows =>
  groupWeeks(
    (workspace.flows.groups[id]?.assets ?? []).map((series) => {
      const { dates, values } = panel.column(series);
      return weekEnds(dates, values, span.end);
    }),
  );

/** Both paths over the weeks that they share; weeks before the first assets are missing. */
export const aligned = (weeks: WeeklyFlows, stood: WeeklyFlows): readonly [WeeklyFlows, WeeklyFlows] => [
  weeks,
  weeks.map((_, i) => stood.at(i - weeks.length) ?? null),
];

/** Assets in the last week before 1 January, summed; `null` where a series has none there. */
function assetsBefore({ panel, workspace }: SectionContext, { id, span }: Group): number | null {
  const from = addDays(span.start, -7);
  return (workspace.flows.groups[id]?.assets ?? []).reduce<number | null>((sum, series) => {
    const { dates, values } = panel.column(series);
    const at = dates.findLastIndex((day) => day < span.start);
    return sum === null || (dates[at] ?? "") < from ? null : sum + (values[at] ?? 0);
  }, 0);
}
