import type { Fact } from "#src/domain/fact.ts";
import type { Column } from "#src/domain/panel.ts";
import type { Say } from "#src/domain/say.ts";
import { shortName, staleness } from "#src/sections/market.ts";
import type { Ranked } from "#src/sections/own-history.ts";
import { type SectionContext, say } from "#src/sections/section.ts";
import { longestWindow, type Surface } from "#src/sections/surface-data.ts";
import type { Implied } from "#src/sections/surface-implied.ts";

/** What a statistic of the names is called in a gap. */
export type Statistic = "volatility" | "dispersion" | "correlation";

/** What of a statistic cannot be said: the number itself, or its place in a history that is too short. */
export function shortOf({ facts }: SectionContext, what: Statistic, ranked: Ranked): readonly Say[] {
  const { value, percentile } = ranked;
  if (percentile.value !== null) return [];
  const isKnown = value.value !== null;
  const { reasons } = isKnown ? percentile : value;
  const reason = reasons.find(({ code }) => code === "too-few");
  // Of names that are missing their share tells, whatever else is short.
  if (reason === undefined || reasons.some(({ code }) => code === "coverage"))
    return [say(`surface.gap.${what}.names`)];
  const count = (measure: string, n: number | undefined): Fact =>
    facts.add({
      id: `${value.id}-${measure}`,
      value: n ?? 0,
      unit: "count",
      series: value.series,
      method: value.method,
    });
  const places = {
    have: { fact: count("have", reason.have).id },
    need: { fact: count("need", reason.need).id },
  };
  return [say(`surface.gap.${what}.${isKnown ? "unranked" : "short"}`, places)];
}

/** Names that do not count, or lack a close in the longest window: those that are too new, and those whose data end or are broken. */
export function leftOut(context: SectionContext, surface: Surface): readonly Say[] {
  const out = surface.names.filter((_, i) => !isWhole(surface, i)).map(({ column }) => column);
  const isNew = (column: Column): boolean =>
    staleness(context, column) === null &&
    (column.dates[0] ?? "9999-12-31") >= (surface.dates.at(-longestWindow) ?? "");
  const hasLeft = (column: Column): boolean =>
    surface.rule.pointInTime && column.dates.length > 0 && staleness(context, column) !== null;
  return [
    ...named(context, surface, "new", out.filter(isNew)),
    ...named(
      context,
      surface,
      "incomplete",
      out.filter((each) => !isNew(each) && !hasLeft(each)),
    ),
  ];
}

function isWhole({ weights, log }: Surface, i: number): boolean {
  const path = log[i]?.slice(-longestWindow) ?? [];
  return weights[i]?.at(-1) === 1 && path.every((r) => r !== null);
}

/** One is named, of several the first and how many others there are. */
function named(
  { facts }: SectionContext,
  { index }: Surface,
  why: "new" | "incomplete",
  columns: readonly Column[],
): readonly Say[] {
  const [first, ...others] = columns;
  if (first === undefined) return [];
  const name = shortName(first.series);
  if (others.length === 0) return [say(`surface.gap.${why}.one`, { name })];
  const n = facts.add({
    id: `surface.${index.series.id}.left-out.${why}`,
    value: others.length,
    unit: "count",
    series: columns.map(({ series }) => series.id),
    method: "names left out",
  });
  return [say(`surface.gap.${why}.several`, { name, n: { fact: n.id } })];
}

/** An implied measure without a value, or too old to speak of. */
export const impliedGap = ({ column, ranked }: Implied): readonly Say[] =>
  ranked.value.value === null ? [say("surface.gap.implied", { name: shortName(column.series) })] : [];
