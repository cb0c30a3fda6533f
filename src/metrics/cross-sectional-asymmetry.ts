import {
  type CrossSection,
  crossSection,
  crossSectionPath,
  isCovered,
  notCovered,
  presence,
  type Weights,
} from "#src/metrics/cross-section.ts";
import type { Panel, Path } from "#src/metrics/panel.ts";
import { type Measured, notDefined, ok, warn } from "#src/metrics/result.ts";

/** How lopsided the returns of a session are. */
export interface Asymmetry {
  /** −1 to 1: below 0 where the losers lie farther from the median than the winners. */
  readonly bowley: number;
  /** Mean of the losers less the median, a fraction, not above 0. */
  readonly loserSpread: number;
  /** Share of the names in each tail: a tenth, or a fifth below 100 names. */
  readonly tail: number;
}

const namesForDeciles = 100;
const leastNames = 30;

/**
 * Cross-sectional asymmetry (横截面不对称, D6) of one session.
 *
 *     Bowley = (q[1−p] + q[p] − 2 q[½]) / (q[1−p] − q[p]),   loser spread = mean of the ⌊p n⌋ lowest − q[½]
 *
 * with p = 10 % from 100 names on and 20 % from 30 on; quantiles of type 7. Names count alike, whatever their weight.
 *
 * @param returns  simple returns of the session, one a name; `null` where one is missing
 * @param weights  only which names are members, and whether 90 % of the weight is there
 * @returns `insufficient` below 30 names or 90 % of the weight; `warn` (`few-names`) below 100; `undefined`
 *   (`zero-variance`) where both tails begin at one value
 * @throws {RangeError} as `crossSectionalDispersion`
 * @see Bowley (1920), Elements of Statistics; Hyndman and Fan (1996), American Statistician 50(4)
 */
export function crossSectionalAsymmetry(returns: Path, weights?: Weights): Measured<Asymmetry> {
  const section = crossSection(returns, weights);
  const there = presence(section);
  if (!isCovered(there, leastNames)) return notCovered(there, leastNames);
  const { names } = there;
  const value = asymmetryOf(section);
  if (Number.isNaN(value.bowley)) return notDefined("zero-variance", names);
  return names < namesForDeciles
    ? warn(value, names, { code: "few-names", need: namesForDeciles, have: names })
    : ok(value, names);
}

/** One of the numbers of {@link crossSectionalAsymmetry} at every session, `null` where there is none. */
export const crossSectionalAsymmetryPath = (
  of: "bowley" | "loserSpread",
  returns: Panel,
  weights?: readonly Weights[],
): Path =>
  crossSectionPath(returns, weights, (section) => {
    if (!isCovered(presence(section), leastNames)) return Number.NaN;
    const value = asymmetryOf(section);
    return Number.isNaN(value.bowley) ? Number.NaN : value[of];
  });

function asymmetryOf({ returns, weights }: CrossSection): Asymmetry {
  const sorted = returns.filter((r, i) => !Number.isNaN(r) && (weights[i] ?? 0) > 0).sort();
  const tail = sorted.length >= namesForDeciles ? 0.1 : 0.2;
  const [low = 0, median = 0, high = 0] = [tail, 0.5, 1 - tail].map((p) => quantile(sorted, p));
  const losers = sorted.subarray(0, Math.floor(tail * sorted.length + 1e-9));
  return {
    bowley: high > low ? (high + low - 2 * median) / (high - low) : Number.NaN,
    loserSpread: losers.reduce((sum, r) => sum + r, 0) / losers.length - median,
    tail,
  };
}

/** Quantile of ascending values, type 7. */
function quantile(sorted: Float64Array, p: number): number {
  const at = p * (sorted.length - 1);
  const below = sorted[Math.floor(at)] ?? Number.NaN;
  const above = sorted[Math.ceil(at)] ?? Number.NaN;
  return below + (at - Math.floor(at)) * (above - below);
}
