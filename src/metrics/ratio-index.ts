import { logLevels } from "#src/metrics/log-levels.ts";
import { type Measured, ok, tooFew } from "#src/metrics/result.ts";

/**
 * Ratio index of a pair (比价指数, P1): `ln(L / S)`. It is what cointegration speaks of; nobody can hold it, as no rebalancing
 * makes it, and over long spans it differs from the level of a rebalanced pair by the drag of variance.
 *
 * @param long  prices on sessions that the legs share, oldest first
 * @param short  prices on the same sessions
 * @returns one element a session; `insufficient` without a session, `undefined` (`not-positive`) for a price that is not positive
 * @throws {RangeError} if the legs differ in length or a price is not finite
 */
export function ratioIndex(long: readonly number[], short: readonly number[]): Measured<readonly number[]> {
  const logs = logLevels(long, short);
  if (logs.value === null) return logs;
  if (long.length === 0) return tooFew(0, 1);
  const { long: y, short: x } = logs.value;
  return ok(
    y.map((value, t) => value - (x[t] ?? Number.NaN)),
    y.length,
  );
}
