import type { Panel, Path } from "#src/metrics/panel.ts";
import { type Measured, notDefined } from "#src/metrics/result.ts";
import { type ReturnSurprise, returnSurprises } from "#src/metrics/return-surprise.ts";
import { latestSurprise } from "#src/metrics/turbulence.ts";

/** How a session's turbulence comes about. */
export interface CorrelationSurprise {
  /** Above 1: the moves go together in a way that is unusual, whatever their sizes. */
  readonly surprise: number;
  /** Mean squared move in standard deviations: about 1 on a usual day. */
  readonly magnitude: number;
  readonly assets: number;
}

/** Of moves smaller than this, the combination says nothing. */
export const leastMagnitude = 0.05;

/**
 * Correlation surprise (相关性意外, D9): whether assets moved together in an unusual way, apart from how much they moved.
 *
 *     magnitude m = (1/n) Σ ((y − μ)/s)²,   surprise = (d/n) / m
 *
 * `d` is the distance of turbulence, and `s²` the diagonal of its covariance, so that `m` is what it would be without
 * correlations. The field's own measure of contradictory signals.
 *
 * @param returns  as in `turbulence`, whose cases and errors these are too
 * @returns also `undefined` (`small-moves`) for a magnitude below 0.05
 * @see Kinlaw and Turkington (2014), Correlation Surprise, Journal of Asset Management 14(6)
 */
export function correlationSurprise(returns: Panel): Measured<CorrelationSurprise> {
  const latest = latestSurprise(returns);
  if (latest.value === null) return latest;
  const surprise = surpriseOf(latest.value);
  if (surprise === null) return notDefined("small-moves", latest.n);
  const { squares, assets } = latest.value;
  return { ...latest, value: { surprise, magnitude: squares / assets, assets } };
}

/** {@link correlationSurprise} of every session in one pass; `null` where there is none. */
export const correlationSurprisePath = (returns: Panel): Path =>
  correlationSurprisesOf(returnSurprises(returns));

/** The same of surprises that are known already, as turbulence is of them too. */
export const correlationSurprisesOf = (surprises: readonly (ReturnSurprise | null)[]): Path =>
  surprises.map((surprise) => surprise && surpriseOf(surprise));

const surpriseOf = ({ distance, squares, assets }: ReturnSurprise): number | null =>
  squares / assets < leastMagnitude ? null : distance / squares;
