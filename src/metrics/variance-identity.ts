import {
  type CrossSection,
  crossSectionPath,
  isCovered,
  presence,
  type Weights,
} from "#src/metrics/cross-section.ts";
import type { Panel, Path } from "#src/metrics/panel.ts";
import { type Measured, notDefined, ok, tooFew, warn } from "#src/metrics/result.ts";
import { rollingVariance } from "#src/metrics/rolling.ts";

const leastNames = 2;
const usualWindow = 60;

/**
 * Average correlation by the variance identity (方差恒等式, D2; D3 with implied volatilities): the one correlation of all
 * pairs that would make the index as volatile as it is.
 *
 *     ρ = (s_I² − Σ w² s²) / ((Σ w s)² − Σ w² s²),   w scaled to 1
 *
 * @param index  standard deviation of the index
 * @param deviations  those of its names, in the same unit
 * @param weights  index weights, not negative
 * @returns `warn` (`clipped`, with what was found) where weights that drifted put it outside [−1, 1]; `insufficient` unless two
 *   names have weight, `undefined` (`zero-variance`) unless two of those move
 * @throws {RangeError} if a number is negative or not finite, or there are not as many weights as deviations
 * @see Cboe (2021), Implied Correlation Index methodology
 * @example varianceIdentity(0.234520788, [0.3, 0.25, 0.4], [0.5, 0.3, 0.2]).value; // 0.35
 */
export function varianceIdentity(
  index: number,
  deviations: readonly number[],
  weights: Weights,
): Measured<number> {
  if (weights.length !== deviations.length)
    throw new RangeError("varianceIdentity requires as many weights as deviations");
  if (![index, ...deviations, ...weights].every((v) => v >= 0 && Number.isFinite(v)))
    throw new RangeError("varianceIdentity requires numbers that are finite and not negative");
  const names = weights.filter((w) => w > 0).length;
  if (names < leastNames) return tooFew(names, leastNames);
  const found = correlationOf(index ** 2, {
    returns: Float64Array.from(deviations),
    weights: Float64Array.from(weights),
  });
  if (Number.isNaN(found)) return notDefined("zero-variance", names);
  const value = clipped(found);
  return value === found ? ok(found, names) : warn(value, names, { code: "clipped", have: found });
}

/**
 * {@link varianceIdentity} of the standard deviations of every full window, clipped to [−1, 1]; `null` where there is none, or
 * less than 90 % of the weight is there.
 *
 * @param index  log returns of the index, oldest first; `null` where one is missing
 * @param returns  those of its names on the same sessions, one array a name
 * @param weights  one array a name, each session's
 * @param window  sessions; 60 unless given
 * @throws {RangeError} if series differ in length, a number is not finite, a weight negative or the window below 2
 */
export function varianceIdentityPath(
  index: Path,
  returns: Panel,
  weights: readonly Weights[],
  window: number = usualWindow,
): Path {
  if (returns.some((path) => path.length !== index.length))
    throw new RangeError("varianceIdentity requires names and index of equal lengths");
  const variances = rollingVariance(index, window);
  const deviations = returns.map((path) =>
    rollingVariance(path, window).map((v) => v && Math.sqrt(Math.max(0, v))),
  );
  return crossSectionPath(deviations, weights, (section, t) =>
    isCovered(presence(section), leastNames)
      ? clipped(correlationOf(variances[t] ?? Number.NaN, section))
      : Number.NaN,
  );
}

const clipped = (correlation: number): number => Math.min(1, Math.max(-1, correlation));

/** NaN where fewer than two names move. */
function correlationOf(variance: number, { returns: deviations, weights }: CrossSection): number {
  let [total, sum, squares, moving] = [0, 0, 0, 0];
  for (let i = 0; i < deviations.length; i++) {
    const s = deviations[i] ?? Number.NaN;
    const w = weights[i] ?? 0;
    if (w === 0 || Number.isNaN(s)) continue;
    total += w;
    sum += w * s;
    squares += (w * s) ** 2;
    if (s > 0) moving++;
  }
  return moving < leastNames ? Number.NaN : (variance * total ** 2 - squares) / (sum ** 2 - squares);
}
