import type { Fact, Reason } from "#src/domain/fact.ts";
import type { SurfaceRule } from "#src/domain/workspace.ts";
import { type CalmSurfacePaths, calmSurface, calmSurfacePaths } from "#src/metrics/calm-surface.ts";
import { ownHistory, percentileOfLatest } from "#src/metrics/own-history.ts";
import type { Path } from "#src/metrics/panel.ts";
import { type Measured, notDefined, ok } from "#src/metrics/result.ts";
import { shortName, subjectOf } from "#src/sections/market.ts";
import { type Ranked, rankedFacts } from "#src/sections/own-history.ts";
import type { Question, SectionContext } from "#src/sections/section.ts";
import { leastNames, type Surface } from "#src/sections/surface-data.ts";
import { surfaceDepth } from "#src/statements/rules/surface.ts";

/** The index's volatility against that of the names, each in its own history. */
export interface Depth {
  readonly index: Ranked;
  readonly names: Ranked;
  readonly gap: Ranked;
  readonly ratio: Ranked;
  /** Names whose volatility is known. */
  readonly count: Fact;
  readonly paths: CalmSurfacePaths;
}

const window = 20;

/** Where names of today stand for those of the past, every percentile of theirs is of survivors. */
export const caveatsOf = ({ pointInTime }: SurfaceRule): readonly Reason[] =>
  pointInTime ? [] : [{ code: "survivorship" }];

/** The index and the names under it, by their volatility (D4). */
export function depthOf(context: SectionContext, surface: Surface): Depth {
  const { log, indexReturns, weights, dates, series } = surface;
  const paths = calmSurfacePaths(log, indexReturns, weights);
  const whole = withoutLone(paths);
  const caveats = caveatsOf(surface.rule);
  const { noise, structure } = ownHistory;
  const prefix = `surface.${surface.index.series.id}`;
  const shared = { dates, method: "D4 calm surface", params: { window }, overlap: window };
  const missing = (): Measured<never> => why(surface);
  const history = percentileOfLatest(whole.names, noise);
  return {
    paths,
    index: rankedFacts(context, {
      ...shared,
      id: `${prefix}.rv20`,
      series: [surface.index.series.id],
      unit: "volatility",
      measured: latest(paths.indexVolatility, missing),
      path: whole.index,
      need: noise,
      caveats: [],
    }),
    names: rankedFacts(context, {
      ...shared,
      id: `${prefix}.names-rv20`,
      series,
      unit: "volatility",
      measured: latest(paths.stockVolatility, missing),
      path: whole.names,
      need: noise,
      caveats,
    }),
    gap: rankedFacts(context, {
      ...shared,
      id: `${prefix}.gap`,
      series,
      unit: "points",
      measured: latest(paths.gap, () => (history.value === null ? history : missing())),
      path: paths.gap,
      need: structure,
      caveats,
    }),
    ratio: rankedFacts(context, {
      ...shared,
      id: `${prefix}.diversification-ratio`,
      series,
      unit: "multiple",
      measured: latest(paths.diversificationRatio, () =>
        paths.indexVolatility.at(-1) === 0 ? notDefined("zero-variance", window) : missing(),
      ),
      path: paths.diversificationRatio,
      need: noise,
      caveats,
    }),
    count: context.facts.add({
      id: `${prefix}.names-rv20.count`,
      value: countAtEnd(surface),
      unit: "count",
      series,
      method: "D4 names counted",
    }),
  };
}

/** What the rules are asked about it, beside the dispersion of the names. */
export function depthQuestion(surface: Surface, depth: Depth, dispersion: Ranked): Question {
  const { index, names, gap, ratio, count } = depth;
  return {
    ladder: surfaceDepth,
    subject: {
      ...subjectOf(surface.index.series),
      places: { index: shortName(surface.index.series) },
      evidence: {
        indexVolatility: index.value,
        indexPercentile: index.percentile,
        indexEnd: index.end,
        namesVolatility: names.value,
        namesPercentile: names.percentile,
        namesEnd: names.end,
        dispersionPercentile: dispersion.percentile,
        dispersionEnd: dispersion.end,
        gap: gap.percentile,
        ratio: ratio.value,
        ratioPercentile: ratio.percentile,
        basis: basisOf(surface.rule),
        names: count,
        n: names.n,
      },
      proof: volatilityFigure,
    },
  };
}

export const volatilityFigure = "surface.volatility";

/** Whether the history is that of today's names. */
export const basisOf = ({ pointInTime }: SurfaceRule): "survivors" | "members" =>
  pointInTime ? "members" : "survivors";

/** Both volatilities where both are there, so that their percentiles are of the same sessions. */
function withoutLone({ indexVolatility, stockVolatility }: CalmSurfacePaths): {
  readonly index: Path;
  readonly names: Path;
} {
  const where = (path: Path, other: Path): Path => path.map((v, t) => (other[t] === null ? null : v));
  return {
    index: where(indexVolatility, stockVolatility),
    names: where(stockVolatility, indexVolatility),
  };
}

function latest(path: Path, missing: () => Measured<never>): Measured<number> {
  const value = path.at(-1) ?? null;
  return value === null ? missing() : ok(value, window);
}

function why({ log, indexReturns, weights }: Surface): Measured<never> {
  const measured = calmSurface(log, indexReturns, weights);
  return measured.value === null ? measured : notDefined("no-value", leastNames);
}

function countAtEnd({ log, weights }: Surface): number {
  const isWhole = (path: Path) => path.length >= window && path.slice(-window).every((r) => r !== null);
  return log.filter((path, i) => weights[i]?.at(-1) === 1 && isWhole(path)).length;
}
