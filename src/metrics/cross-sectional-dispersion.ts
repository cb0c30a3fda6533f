import {
  type CrossSection,
  crossSection,
  crossSectionPath,
  isCovered,
  notCovered,
  presence,
  type Weights,
  weightedMean,
} from "#src/metrics/cross-section.ts";
import type { Panel, Path } from "#src/metrics/panel.ts";
import { type Measured, ok } from "#src/metrics/result.ts";
import { rollingMean } from "#src/metrics/rolling.ts";

/** The dispersion of one name is 0 and says nothing. */
const leastNames = 2;
const month = 21;

/**
 * Cross-sectional dispersion (横截面离散度, D1) of one session: how far the names' returns lie from the index's.
 *
 *     CSD = sqrt( Σ w (R − R_I)² ),   R_I = Σ w R,   w scaled to 1 over the names that are there
 *
 * @param returns  simple returns of the session, one a name; `null` where one is missing
 * @param weights  index weights at the close before; without, all names weigh the same. Members of today under a session
 *   long ago are survivors, which understates it
 * @returns a fraction; 0 only where all returns are equal; `insufficient` below two names, or where less than 90 % of the
 *   weight is there (`coverage`)
 * @throws {RangeError} if a return is not finite, a weight negative or not finite, or there are not as many of each
 * @see Edwards and Lazzara (2013), Dispersion: Measuring Market Opportunity, S&P Dow Jones Indices
 */
export function crossSectionalDispersion(returns: Path, weights?: Weights): Measured<number> {
  const section = crossSection(returns, weights);
  const there = presence(section);
  if (!isCovered(there, leastNames)) return notCovered(there, leastNames);
  return ok(dispersionOf(section), there.names);
}

/**
 * {@link crossSectionalDispersion} of every session, `null` where there is none. Each element uses its own session alone.
 *
 * @param returns  one array a name, all as long
 * @param weights  one array a name as well, each session's as they stood at the close before
 * @throws {RangeError} also if series differ in length
 */
export const crossSectionalDispersionPath = (returns: Panel, weights?: readonly Weights[]): Path =>
  crossSectionPath(returns, weights, (section) =>
    isCovered(presence(section), leastNames) ? dispersionOf(section) : Number.NaN,
  );

/** Mean of the daily dispersions of the last 21 sessions, or another number of them; `null` where one is missing. */
export const meanDispersionPath = (
  returns: Panel,
  weights?: readonly Weights[],
  window: number = month,
): Path => rollingMean(crossSectionalDispersionPath(returns, weights), window);

function dispersionOf(section: CrossSection): number {
  const mean = weightedMean(section);
  const squares = section.returns.slice();
  for (let i = 0; i < squares.length; i++) squares[i] = ((squares[i] ?? 0) - mean) ** 2;
  return Math.sqrt(weightedMean({ returns: squares, weights: section.weights }));
}
