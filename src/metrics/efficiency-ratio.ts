import { bySession, type Panel, type Path, pathOf, sessionsOf } from "#src/metrics/panel.ts";
import { type Measured, notDefined, ok, tooFew } from "#src/metrics/result.ts";
import { rollingMean } from "#src/metrics/rolling.ts";

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
export function efficiencyRatioPath(returns: Path, window = usualWindow): Path {
  if (!returns.every((r) => r === null || Number.isFinite(r)))
    throw new RangeError("an efficiency ratio requires finite returns");
  const way = rollingMean(
    returns.map((r) => r && Math.abs(r)),
    window,
  );
  return rollingMean(returns, window).map((moved, t) => {
    const length = way[t] ?? null;
    return moved === null || length === null || length <= 0 ? null : Math.min(1, Math.abs(moved) / length);
  });
}

/**
 * Median efficiency ratio over a universe, of every session; `null` below 10 names that have one.
 *
 * @param returns  log returns, one array a name; `null` where one is missing
 * @throws {RangeError} also if series differ in length
 */
export function medianEfficiencyPath(returns: Panel, window = usualWindow): Path {
  const [names, sessions] = [returns.length, sessionsOf(returns)];
  const flat = bySession(returns.map((path) => efficiencyRatioPath(path, window)));
  return pathOf(sessions, (t) => {
    const sorted = flat.slice(t * names, (t + 1) * names).sort();
    // What is missing, NaN, stands at the end.
    const count = names - sorted.reduce((missing, v) => missing + (Number.isNaN(v) ? 1 : 0), 0);
    if (count < leastNames) return Number.NaN;
    return ((sorted[(count - 1) >> 1] ?? 0) + (sorted[count >> 1] ?? 0)) / 2;
  });
}
