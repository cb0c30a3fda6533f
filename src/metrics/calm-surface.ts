import {
  crossSection,
  crossSectionPath,
  isCovered,
  notCovered,
  presence,
  type Weights,
  weightedMean,
} from "#src/metrics/cross-section.ts";
import { ownHistory } from "#src/metrics/own-history.ts";
import type { Panel, Path } from "#src/metrics/panel.ts";
import { realisedVolatilityPath } from "#src/metrics/realised-volatility.ts";
import { type Measured, notDefined, okFrom, tooFew } from "#src/metrics/result.ts";
import { rollingRank } from "#src/metrics/rolling-rank.ts";

/** How much livelier the names are than the index that they make up. */
export interface CalmSurface {
  /** −100 to 100: the percentile of the names' volatility less that of the index. */
  readonly gap: number;
  /** Percentiles in their own history, 0 to 100. */
  readonly stockPercentile: number;
  readonly indexPercentile: number;
  /** Fractions a year. */
  readonly stockVolatility: number;
  readonly indexVolatility: number;
  /** The one over the other; 1 where all move as one. */
  readonly diversificationRatio: number;
}

/** The same at every session, `null` where there is none. */
export interface CalmSurfacePaths {
  readonly gap: Path;
  readonly stockPercentile: Path;
  readonly indexPercentile: Path;
  readonly stockVolatility: Path;
  readonly indexVolatility: Path;
  readonly diversificationRatio: Path;
}

const window = 20;
const leastNames = 2;
const need = ownHistory.noise;

/**
 * Calm surface (表面平静, D4): whether the names of an index are livelier, by their own past, than the index.
 *
 *     gap = PR(mean RV20 of the names) − PR(RV20 of the index),   diversification ratio = Σ w s / s_I
 *
 * @param stocks  log returns, one array a name, oldest first; `null` where one is missing
 * @param index  log returns of the index on the same sessions
 * @param weights  one array a name, each session's; without, all names weigh the same
 * @returns `insufficient` below 756 earlier volatilities, 20 returns of the index or 90 % of the weight; `warn` below 2,520;
 *   `undefined` (`zero-variance`) for an index that does not move
 * @throws {RangeError} if series differ in length, a return is not finite or a weight negative
 * @see Choueifaty and Coignard (2008), Toward Maximum Diversification, Journal of Portfolio Management 35(1)
 */
export function calmSurface(stocks: Panel, index: Path, weights?: readonly Weights[]): Measured<CalmSurface> {
  const paths = calmSurfacePaths(stocks, index, weights);
  const [stockVolatility, indexVolatility] = [paths.stockVolatility.at(-1), paths.indexVolatility.at(-1)];
  if (typeof indexVolatility !== "number") return tooFew(presentAtEnd(index), window);
  if (typeof stockVolatility !== "number") return withoutStocks(stocks, weights);
  const known = rankedOf(paths).length - 1;
  const [stockPercentile, indexPercentile] = [paths.stockPercentile.at(-1), paths.indexPercentile.at(-1)];
  if (typeof stockPercentile !== "number" || typeof indexPercentile !== "number")
    return tooFew(known, need.min);
  if (indexVolatility === 0) return notDefined("zero-variance", known);
  const value: CalmSurface = {
    gap: stockPercentile - indexPercentile,
    stockPercentile,
    indexPercentile,
    stockVolatility,
    indexVolatility,
    diversificationRatio: stockVolatility / indexVolatility,
  };
  const n = Math.min(known, need.preferred);
  return okFrom(value, n, need.preferred);
}

/**
 * {@link calmSurface} of every session, in one pass. Volatilities of names and index are ranked where both are there, so that
 * both percentiles are of the same sessions. Errors are the same.
 */
export function calmSurfacePaths(stocks: Panel, index: Path, weights?: readonly Weights[]): CalmSurfacePaths {
  if (stocks.some((path) => path.length !== index.length))
    throw new RangeError("calmSurface requires names and index of equal lengths");
  const stockVolatility = crossSectionPath(volatilities(stocks), weights, (section) =>
    isCovered(presence(section), leastNames) ? weightedMean(section) : Number.NaN,
  );
  const indexVolatility = realisedVolatilityPath(index, window);
  const where = (path: Path, other: Path): Path =>
    path.map((v, t) => (typeof other[t] === "number" ? v : null));
  const stockPercentile = rollingRank(where(stockVolatility, indexVolatility), need);
  const indexPercentile = rollingRank(where(indexVolatility, stockVolatility), need);
  return {
    gap: combined(stockPercentile, indexPercentile, (a, b) => a - b),
    stockPercentile,
    indexPercentile,
    stockVolatility,
    indexVolatility,
    diversificationRatio: combined(stockVolatility, indexVolatility, (a, b) => (b === 0 ? null : a / b)),
  };
}

const volatilities = (stocks: Panel): Panel => stocks.map((path) => realisedVolatilityPath(path, window));

const combined = (a: Path, b: Path, make: (a: number, b: number) => number | null): Path =>
  a.map((x, t) => {
    const y = b[t] ?? null;
    return x === null || y === null ? null : make(x, y);
  });

const rankedOf = ({ stockVolatility, indexVolatility }: CalmSurfacePaths): Path =>
  stockVolatility.filter((v, t) => v !== null && indexVolatility[t] !== null);

const presentAtEnd = (path: Path): number => path.slice(-window).filter((r) => r !== null).length;

function withoutStocks(stocks: Panel, weights?: readonly Weights[]): Measured<never> {
  const last = volatilities(stocks).map((path) => path.at(-1) ?? null);
  const section = crossSection(
    last,
    weights?.map((path) => path.at(-1) ?? 0),
  );
  return notCovered(presence(section), leastNames);
}
