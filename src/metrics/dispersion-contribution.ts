import {
  type CrossSection,
  crossSection,
  isCovered,
  notCovered,
  presence,
  type Weights,
  weightedMean,
} from "#src/metrics/cross-section.ts";
import { type Panel, type Path, sessionsOf } from "#src/metrics/panel.ts";
import { type Measured, notDefined, ok, tooFew } from "#src/metrics/result.ts";

const leastNames = 2;

/**
 * Contributions to dispersion (离散度贡献, D5): the share of each group of names in the squared cross-sectional dispersion.
 *
 *     c_g = Σ_{i in g} w (R − R_I)² / CSD²,   Σ c_g = 1
 *
 * @param returns  simple returns of one session, one a name; `null` where one is missing
 * @param groups  the group of each name
 * @param weights  as in `crossSectionalDispersion`, whose cases and errors these are too
 * @returns each group and its share, 0 to 1, in the order in which the groups first appear; `undefined` (`zero-variance`)
 *   where all returns are equal
 * @throws {RangeError} also if there are not as many groups as returns
 */
export function dispersionContribution(
  returns: Path,
  groups: readonly string[],
  weights?: Weights,
): Measured<ReadonlyMap<string, number>> {
  if (groups.length !== returns.length)
    throw new RangeError("dispersionContribution requires as many groups as returns");
  const section = crossSection(returns, weights);
  const there = presence(section);
  if (!isCovered(there, leastNames)) return notCovered(there, leastNames);
  return sharesOf(squaresOf(section), groups, there.names);
}

/**
 * {@link dispersionContribution} of several sessions taken together: squares are added up, so that each session counts by its own
 * dispersion.
 *
 *     c_g = Σ_t Σ_{i in g} w (R − R_I)² / Σ_t CSD²
 *
 * @param returns  one array a name, all as long; each of the sessions counts
 * @param weights  one array a name as well
 * @returns the same, with the number of names of the last session; `insufficient` where a session is, or there is none
 * @throws {RangeError} also if series differ in length
 */
export function dispersionContributionOver(
  returns: Panel,
  groups: readonly string[],
  weights?: readonly Weights[],
): Measured<ReadonlyMap<string, number>> {
  if (groups.length !== returns.length)
    throw new RangeError("dispersionContribution requires as many groups as returns");
  const totals = new Float64Array(returns.length);
  let names = 0;
  for (let t = 0; t < sessionsOf(returns); t++) {
    const section = crossSection(
      returns.map((path) => path[t] ?? null),
      weights?.map((path) => path[t] ?? Number.NaN),
    );
    const there = presence(section);
    if (!isCovered(there, leastNames)) return notCovered(there, leastNames);
    for (const [i, square] of squaresOf(section).entries()) totals[i] = (totals[i] ?? 0) + square;
    names = there.names;
  }
  return names === 0 ? tooFew(0, leastNames) : sharesOf(totals, groups, names);
}

/** Each name's `w (R − R_I)²`, w scaled to 1; 0 for one that is missing. */
function squaresOf(section: CrossSection): Float64Array {
  const mean = weightedMean(section);
  const there = section.weights.map((w, i) => (Number.isNaN(section.returns[i]) ? 0 : w));
  const total = there.reduce((sum, w) => sum + w, 0);
  return there.map((w, i) => (w === 0 ? 0 : (w / total) * ((section.returns[i] ?? 0) - mean) ** 2));
}

function sharesOf(
  squares: Float64Array,
  groups: readonly string[],
  names: number,
): Measured<ReadonlyMap<string, number>> {
  const total = squares.reduce((sum, square) => sum + square, 0);
  if (total === 0) return notDefined("zero-variance", names);
  const shares = new Map<string, number>();
  for (const [i, group] of groups.entries())
    shares.set(group, (shares.get(group) ?? 0) + (squares[i] ?? 0) / total);
  return ok(shares, names);
}
