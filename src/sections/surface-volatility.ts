import type { CalmSurfacePaths } from "#src/metrics/calm-surface.ts";
import { crossSection, isCovered, notCovered, presence, weightedMean } from "#src/metrics/cross-section.ts";
import { realisedVolatility } from "#src/metrics/realised-volatility.ts";
import { type Measured, ok, tooFew } from "#src/metrics/result.ts";
import { grade, shortName, subjectOf } from "#src/sections/market.ts";
import type { Question, SectionContext } from "#src/sections/section.ts";
import { leastNames, type Surface } from "#src/sections/surface-data.ts";
import { type Depth, volatilityFigure } from "#src/sections/surface-depth.ts";
import { namesVolatility } from "#src/statements/rules/surface.ts";

const [window, year] = [20, 252];

/** Where the names' mean volatility came from: twenty sessions ago, and over a year. */
export function volatilityQuestion(context: SectionContext, surface: Surface, depth: Depth): Question {
  const { index, series, dates } = surface;
  const { names, paths } = depth;
  const [before, yearly] = [beforeOf(paths), yearlyOf(surface)];
  const prefix = `surface.${index.series.id}.names-rv20`;
  const fact = (
    measure: string,
    unit: "volatility" | "pp" | "multiple",
    measured: Measured<number>,
    sessions: number,
  ) =>
    context.facts.add({
      ...grade(measured),
      id: `${prefix}.${measure}`,
      value: measured.value,
      unit,
      series,
      method: "A5 realised volatility, mean of the names",
      window: { start: dates.at(-sessions) ?? null, end: dates.at(-1) ?? null, n: sessions },
    });
  const now = Number(names.value.value ?? Number.NaN);
  const against = (other: Measured<number>, of: (v: number) => number): Measured<number> =>
    other.value === null || names.value.value === null ? tooFew(0, 1) : ok(of(other.value), other.n);
  return {
    ladder: namesVolatility,
    subject: {
      ...subjectOf(index.series),
      places: { index: shortName(index.series) },
      evidence: {
        volatility: names.value,
        before: fact("before", "volatility", before, 2 * window),
        change: fact(
          "change",
          "pp",
          against(before, (v) => now - v),
          2 * window,
        ),
        percentile: names.percentile,
        multiple: fact(
          "to-year",
          "multiple",
          against(yearly, (v) => now / v),
          year,
        ),
      },
      proof: volatilityFigure,
    },
  };
}

/** The mean volatility of the twenty sessions before the last twenty. */
function beforeOf({ stockVolatility }: CalmSurfacePaths): Measured<number> {
  const value = stockVolatility.at(-1 - window) ?? null;
  return value === null ? tooFew(stockVolatility.length, 2 * window) : ok(value, window);
}

/** The mean of the names' volatilities over a year. */
function yearlyOf({ log, weights }: Surface): Measured<number> {
  const section = crossSection(
    log.map((path) => {
      const returns = path.slice(-year).filter((r) => r !== null);
      return realisedVolatility(returns, { window: year }).value;
    }),
    weights.map((path) => path.at(-1) ?? 0),
  );
  const there = presence(section);
  return isCovered(there, leastNames)
    ? ok(weightedMean(section), there.names)
    : notCovered(there, leastNames);
}
