import { type Path, presentOf, withNulls } from "#src/metrics/panel.ts";
import { annualDeviations, realisedVolatilities } from "#src/metrics/realised-volatility.ts";
import { variancesOf } from "#src/metrics/rolling.ts";

const [volatilityWindow, usualWindow] = [20, 63];

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
  const volatilities = realisedVolatilities(presentOf(returns), volatilityWindow);
  const changes = new Float64Array(volatilities.length);
  let before = Number.NaN;
  for (let t = 0; t < changes.length; t++) {
    const volatility = volatilities[t] ?? 0;
    const log = volatility > 0 ? Math.log(volatility) : Number.NaN;
    changes[t] = log - before;
    before = log;
  }
  return withNulls(annualDeviations(variancesOf(changes, window)));
}
