import type { Fact } from "#src/domain/fact.ts";
import { crossSectionalDispersion, meanDispersionPath } from "#src/metrics/cross-sectional-dispersion.ts";
import { ownHistory } from "#src/metrics/own-history.ts";
import { type Measured, ok, tooFew } from "#src/metrics/result.ts";
import { shortName, subjectOf } from "#src/sections/market.ts";
import { type Ranked, rankedFacts } from "#src/sections/own-history.ts";
import { remembered } from "#src/sections/remembered.ts";
import type { Question, SectionContext } from "#src/sections/section.ts";
import type { Surface } from "#src/sections/surface-data.ts";
import { basisOf, caveatsOf } from "#src/sections/surface-depth.ts";
import { namesDispersion } from "#src/statements/rules/surface.ts";

/** Sessions of the mean. */
export const month = 21;
/** A tenth of the usual quantum of a per cent: of daily dispersions all are between one and three. */
const quantum = 1e-4;

/** How far the names' daily returns lie apart, the mean of a month, and of how many names. */
export interface Dispersion {
  readonly ranked: Ranked;
  readonly count: Fact;
}

/** Mean dispersion of a month at every session of a surface. */
export const dispersionPathOf = remembered(({ simple, weights }: Surface) =>
  meanDispersionPath(simple, weights, month),
);

/** Cross-sectional dispersion, names alike (D1). */
export function dispersionOf(context: SectionContext, surface: Surface): Dispersion {
  const { simple, weights, dates, series, index, rule } = surface;
  const path = dispersionPathOf(surface);
  const today = crossSectionalDispersion(
    simple.map((returns) => returns.at(-1) ?? null),
    weights.map((each) => each.at(-1) ?? 0),
  );
  const id = `surface.${index.series.id}.dispersion`;
  const method = "D1 cross-sectional dispersion, equal weight, mean of 21 sessions";
  return {
    ranked: rankedFacts(context, {
      id,
      dates,
      series,
      unit: "volatility",
      quantum,
      method,
      params: { window: month },
      measured: meanOf(path.at(-1) ?? null, today, dates.length),
      path,
      need: ownHistory.structure,
      overlap: month,
      caveats: caveatsOf(rule),
    }),
    count: context.facts.add({ id: `${id}.count`, value: today.n, unit: "count", series, method }),
  };
}

function meanOf(mean: number | null, today: Measured<number>, sessions: number): Measured<number> {
  if (mean !== null) return ok(mean, month);
  return today.value === null ? today : tooFew(Math.min(sessions, month - 1), month);
}

/** What the rules are asked about it. */
export const dispersionQuestion = ({ index, rule }: Surface, { ranked, count }: Dispersion): Question => ({
  ladder: namesDispersion,
  subject: {
    ...subjectOf(index.series),
    places: { index: shortName(index.series) },
    evidence: {
      dispersion: ranked.value,
      percentile: ranked.percentile,
      end: ranked.end,
      basis: basisOf(rule),
      names: count,
      n: ranked.n,
    },
    proof: contributionFigure,
  },
});

export const contributionFigure = "surface.contributions";
