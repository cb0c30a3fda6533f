import {
  crossSection,
  isCovered,
  notCovered,
  presence,
  type Weights,
  weightedMean,
} from "#src/metrics/cross-section.ts";
import type { Path } from "#src/metrics/panel.ts";
import { type Measured, notDefined, ok } from "#src/metrics/result.ts";

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
  const mean = weightedMean(section);
  const parts = section.returns.map((r, i) =>
    Number.isNaN(r) ? 0 : (section.weights[i] ?? 0) * (r - mean) ** 2,
  );
  const total = parts.reduce((sum, part) => sum + part, 0);
  if (total === 0) return notDefined("zero-variance", there.names);
  const shares = new Map<string, number>();
  for (const [i, group] of groups.entries())
    shares.set(group, (shares.get(group) ?? 0) + (parts[i] ?? 0) / total);
  return ok(shares, there.names);
}
