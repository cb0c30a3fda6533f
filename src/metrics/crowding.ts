import { meanOf } from "#src/metrics/mean.ts";
import { type HistoryNeed, percentileRank } from "#src/metrics/percentile-rank.ts";
import { type Measured, ok, tooFew, warn } from "#src/metrics/result.ts";

/** What crowding is read from. `daysToCover` counts the other way round: few sold short is crowded. */
export const crowdingComponents = [
  "concentration",
  "forwardPe",
  "excessCorrelation",
  "daysToCover",
  "flowToAssets",
] as const;

export type CrowdingComponent = (typeof crowdingComponents)[number];

/** A component today, and what it was before, excluding today. */
export interface Observed {
  readonly history: readonly number[];
  readonly value: number;
}

/** The composite and all that it is made from: components are shown even where they are too few for a composite. */
export interface Crowding {
  /** Mean percentile of the components that have one, 0 to 100; `n` counts them. */
  readonly score: Measured<number>;
  /** The percentile of each component that was given, in the order of {@link crowdingComponents}; high is crowded. */
  readonly components: readonly { readonly name: CrowdingComponent; readonly percentile: Measured<number> }[];
}

const leastComponents = 3;
/** Months of history. */
const monthly: HistoryNeed = { min: 60, preferred: 60 };

/**
 * Crowding (拥挤度, H8): the mean percentile, in their own history, of what is high where too many hold the same.
 *
 *     score = mean( PR(weight of the ten largest, or HHI), PR(forward P/E), PR(excess correlation), 100 − PR(days to cover),
 *                   PR(flow of 52 weeks / assets) )
 *
 * A house composite: equal weights, fixed in advance, components always shown.
 *
 * @param given  at least three of the components, each with its history
 * @param need  observations of history that a component must have; 60 months unless given
 * @returns score `insufficient` (`too-few`) below three components with a percentile; `warn` where one that was given has
 *   none (`components-missing`)
 * @throws {RangeError} if a number is not finite
 * @see Lou and Polk (2022), Comomentum, Review of Financial Studies 35(7), for the correlation of excess returns
 */
export function crowding(
  given: Readonly<Partial<Record<CrowdingComponent, Observed>>>,
  need: HistoryNeed = monthly,
): Crowding {
  const components = crowdingComponents.flatMap((name) => {
    const observed = given[name];
    return observed === undefined ? [] : [{ name, percentile: crowdedness(name, observed, need) }];
  });
  const known = components.flatMap(({ percentile: { value } }) => (value === null ? [] : [value]));
  return { score: scoreOf(known, components.length), components };
}

function crowdedness(
  name: CrowdingComponent,
  { history, value }: Observed,
  need: HistoryNeed,
): Measured<number> {
  const rank = percentileRank(history, value, need);
  return rank.value === null || name !== "daysToCover" ? rank : { ...rank, value: 100 - rank.value };
}

function scoreOf(known: readonly number[], given: number): Measured<number> {
  const n = known.length;
  if (n < leastComponents) return tooFew(n, leastComponents);
  const score = meanOf(known);
  return n < given ? warn(score, n, { code: "components-missing", need: given, have: n }) : ok(score, n);
}
