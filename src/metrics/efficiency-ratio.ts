import {
  type Panel,
  type Path,
  pathOf,
  presentOf,
  sessionsOf,
  transposed,
  withNulls,
} from "#src/metrics/panel.ts";
import { type Measured, notDefined, ok, tooFew } from "#src/metrics/result.ts";
import { meansOf } from "#src/metrics/rolling.ts";

import { select } from "#src/metrics/select.ts";

const usualWindow = 20;
const leastNames = 10;

/**
 * Efficiency ratio (效率系数, Q1) of Kaufman: how much of the way that a price went got it anywhere. Noise is 1 less it.
 *
 *     ER = |x[t] − x[t−n]| / Σ |Δx|,   x = ln P
 *
 * Of a Gaussian random walk it is about `1/√n`, 0.22 for 20 sessions: it is to be compared with that, and by its percentile.
 *
 * @param returns  log returns, oldest first; the last `window` of them count, and none may be missing
 * @returns 0 to 1, 1 for a price that went one way; `insufficient` below the window, `undefined` (`no-movement`) for a price that
 *   did not move
 * @throws {RangeError} if a return is not finite, or the window is below 1
 * @see Kaufman (1995), Smarter Trading
 */
export function efficiencyRatio(returns: Path, window = usualWindow): Measured<number> {
  const recent = returns.slice(-window);
  const n = recent.filter((r) => r !== null).length;
  const latest = efficiencyRatioPath(recent, window).at(-1) ?? null;
  if (latest !== null) return ok(latest, n);
  return n < window ? tooFew(n, window) : notDefined("no-movement", n);
}

/** {@link efficiencyRatio} of every full window in one pass, `null` where there is none. Each element uses nothing after it. */
export const efficiencyRatioPath = (returns: Path, window = usualWindow): Path =>
  withNulls(efficiencyRatios(returns, window));

function efficiencyRatios(returns: Path, window: number): Float64Array {
  const numbers = presentOf(returns);
  const ratios = meansOf(numbers, window);
  for (let t = 0; t < numbers.length; t++) numbers[t] = Math.abs(numbers[t] ?? 0);
  const way = meansOf(numbers, window);
  for (let t = 0; t < ratios.length; t++) {
    const length = way[t] ?? 0;
    ratios[t] = length > 0 ? Math.min(1, Math.abs(ratios[t] ?? 0) / length) : Number.NaN;
  }
  return ratios;
}

/**
 * Median efficiency ratio over a universe, of every session; `null` below 10 names that have one.
 *
 * @param returns  log returns, one array a name; `null` where one is missing
 * @throws {RangeError} also if series differ in length
 */
export function medianEfficiencyPath(returns: Panel, window = usualWindow): Path {
  const [names, sessions] = [returns.length, sessionsOf(returns)];
  const flat = transposed(returns.map((path) => efficiencyRatios(path, window)));
  const there = new Float64Array(names + 1);
  return pathOf(sessions, (t) => {
    let count = 0;
    for (let i = t * names; i < (t + 1) * names; i++) {
      const ratio = flat[i] ?? 0;
      there[count] = ratio;
      count += Number(!Number.isNaN(ratio));
    }
    if (count < leastNames) return Number.NaN;
    const lower = select(there, count, (count - 1) >> 1);
    return (lower + select(there, count, count >> 1)) / 2;
  });
}
