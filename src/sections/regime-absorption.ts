import type { Fact } from "#src/domain/fact.ts";
import type { IsoDate } from "#src/domain/time.ts";
import { absorptionRatioPath, absorptionShiftPath } from "#src/metrics/absorption-ratio.ts";
import { ownHistory } from "#src/metrics/own-history.ts";
import type { Path } from "#src/metrics/panel.ts";
import { type Measured, ok } from "#src/metrics/result.ts";
import { logReturns } from "#src/metrics/returns.ts";
import {
  factsOf,
  joinedPrices,
  lateness,
  latestOf,
  type Members,
  membersOf,
  rankOf,
  shortage,
  without,
} from "#src/sections/regime-data.ts";
import type { SectionContext } from "#src/sections/section.ts";

/** How much of the names' variance a few common factors take up, and whether that has lately been more than in the year. */
export interface Absorption {
  readonly members: Members;
  readonly ratio: Fact;
  readonly percentile: Fact;
  readonly shift: Fact;
}

interface Ratios {
  readonly dates: readonly IsoDate[];
  readonly path: Path;
}

/** Parameters of the ratio and of its shift (D7), as `facts.json` names them. */
const rules = { window: 500, halfLife: 250, lately: 15, year: 252 } as const;
const leastNames = 10;
const mostRatios = ownHistory.structure.preferred + rules.year;
/** A name that begins inside the window is left out until it has the whole, and the year of its shift. */
const leastPrices = rules.window + rules.year;

/** The absorption ratio of today and its shift; `null` where the workspace names nothing to measure it of. */
export function absorptionOf(context: SectionContext): Absorption | null {
  const ids = context.workspace.conditions.absorption;
  if (ids.length === 0) return null;
  const members = membersOf(context, ids, { least: leastPrices, returns: true });
  const measured = ratiosOf(context, members);
  const { dates } = measured.value ?? { dates: [] };
  const fact = factsOf(context, "regime.conditions", {
    series: members.columns.map(({ series }) => series.id),
    method: "D7 absorption ratio",
    params: { ...rules },
    window: { start: dates[0] ?? null, end: dates.at(-1) ?? null, n: dates.length },
  });
  const pathOf = ({ path }: Ratios) => path;
  return {
    members,
    ratio: fact("absorption", latestOf(measured, pathOf, "zero-variance"), "share"),
    percentile: fact("absorption-percentile", rankOf(measured, pathOf, ownHistory.structure), "percentile"),
    shift: fact(
      "absorption-shift",
      latestOf(measured, ({ path }) => absorptionShiftPath(path), "short-history"),
      "z",
    ),
  };
}

function ratiosOf(context: SectionContext, members: Members): Measured<Ratios> {
  const { window, halfLife } = rules;
  const lack = shortage(members, leastNames);
  if (lack !== null) return without(lack);
  const { dates, prices, isDaily } = joinedPrices(members.columns, mostRatios + window + 1);
  const late = lateness(context, dates.at(-1) ?? "");
  if (late !== null) return without(late);
  const isKept = (_: unknown, t: number): boolean => isDaily[t] === true;
  const returns = prices.map((path) => (logReturns(path).value ?? []).filter(isKept));
  const days = dates.slice(1).filter(isKept);
  const path = absorptionRatioPath(returns, { window, halfLife, from: days.length - mostRatios });
  return ok({ dates: days, path }, days.length);
}
