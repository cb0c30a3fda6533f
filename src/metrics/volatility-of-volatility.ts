import type { Path } from "#src/metrics/panel.ts";
import { realisedVolatilityPath } from "#src/metrics/realised-volatility.ts";
import { rollingVariance } from "#src/metrics/rolling.ts";

const [volatilityWindow, usualWindow, sessionsAYear] = [20, 63, 252];

/**
 * Volatility of volatility (波动率的波动率, Q3) of every session: how much realised volatility itself moves, a year.
 *
 *     sd of the last 63 values of Δ ln RV20, times √252
 *
 * RV20 overlaps from day to day and so moves too smoothly: the value may be ranked in its own history, but not compared with a
 * quoted volatility of volatility.
 *
 * @param returns  log returns, oldest first; `null` where one is missing
 * @param window  changes; 63 unless given
 * @returns `null` before 20 + 63 returns, and within so many of a missing one or of a price that stood still for 20
 * @throws {RangeError} if a return is not finite
 */
export function volatilityOfVolatilityPath(returns: Path, window: number = usualWindow): Path {
  const logs = realisedVolatilityPath(returns, volatilityWindow).map((v) => (v ? Math.log(v) : null));
  const changes = logs.map((log, t) => {
    const before = logs[t - 1] ?? null;
    return log === null || before === null ? null : log - before;
  });
  return rollingVariance(changes, window).map((v) => v && Math.sqrt(sessionsAYear * Math.max(0, v)));
}
