import { ewmaPath } from "#src/metrics/ewma-volatility.ts";
import { type Path, pathOf, sessionsOf } from "#src/metrics/panel.ts";

const week = 5;
const leastFactors = 3;

/**
 * Factor-rotation speed (因子轮动速度, Q8) of every session: how far style factors moved in a week, in what is usual for each.
 *
 *     √( mean over factors of ( R_5d / (σ √5) )² ),   σ the exponentially weighted volatility before those five days
 *
 * About 1 in usual times.
 *
 * @param returns  daily log returns of long-short factors (value, momentum, size, quality, low volatility) on joined sessions, one
 *   array a factor, oldest first
 * @returns `null` for the first 34 sessions, where a factor did not move before, and below 3 factors
 * @throws {RangeError} if series differ in length or a return is not finite
 */
export function factorRotationPath(returns: readonly (readonly number[])[]): Path {
  const [factors, sessions] = [returns.length, sessionsOf(returns)];
  const volatilities = returns.map(ewmaPath);
  return pathOf(sessions, (t) => {
    const first = t + 1 - week;
    if (factors < leastFactors || first < 0) return Number.NaN;
    let squares = 0;
    for (let f = 0; f < factors; f++)
      squares += scaledMove(returns[f] ?? [], volatilities[f]?.[first] ?? null, first);
    return Math.sqrt(squares / factors);
  });
}

/** `(Σ r)² / (σ² · 5)` of the five returns from `first` on. */
function scaledMove(returns: readonly number[], sigma: number | null, first: number): number {
  if (sigma === null || sigma === 0) return Number.NaN;
  let sum = 0;
  for (let t = first; t < first + week; t++) sum += returns[t] ?? 0;
  return (sum / sigma) ** 2 / week;
}
