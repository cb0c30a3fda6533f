import { hedgeCaveats } from "#src/metrics/hedge-caveat.ts";
import { type HedgeLine, hedgeWindow, identicalLegs, rollingHedge } from "#src/metrics/hedge-ratio.ts";
import { logLevels } from "#src/metrics/log-levels.ts";
import { type Measured, notDefined, ok, tooFew, warn } from "#src/metrics/result.ts";

/** Today's spread of two legs against the line of the days before. */
export interface SpreadZ {
  /** In deviations of the line's residuals, whose mean is 0. */
  readonly z: number;
  /** `ln L − intercept − slope · ln S` today, by the line that ends yesterday. */
  readonly spread: number;
  readonly line: HedgeLine;
}

/**
 * z of the spread (价差标准分, P8): how far the long leg is today from where the short leg would have it.
 *
 *     z[t] = ( ln L[t] − a − b·ln S[t] ) / sd(e),   a, b and sd from the 252 sessions that end at t − 1
 *
 * Of legs that are not cointegrated it describes, and promises no return: see `pairZ`.
 *
 * @param long  prices on sessions that the legs share, oldest first
 * @param short  prices on the same sessions
 * @returns `warn` (`hedge-ratio`) for a slope that is negative or above 3; `insufficient` without a session after a whole window; `undefined`: (`zero-variance`) where a leg did not move in
 *   it, (`identical-legs`) where the legs explain each other but for a millionth, (`not-positive`) for a price that is not
 *   positive
 * @throws {RangeError} if the legs differ in length, a price is not finite or the window is below 3
 */
export function spreadZ(
  long: readonly number[],
  short: readonly number[],
  window: number = hedgeWindow,
): Measured<SpreadZ> {
  const n = long.length;
  const found = spreads(long, short, window);
  if (found.value === null) return found;
  if (n <= window) return tooFew(n, window + 1);
  const last = found.value.at(-1) ?? null;
  if (last !== null && isIdentical(last.line)) return notDefined("identical-legs", n);
  if (last === null || last.line.deviation === 0) return notDefined("zero-variance", n);
  const caveats = hedgeCaveats([last.line.slope]);
  return caveats.length > 0 ? warn(last, n, ...caveats) : ok(last, n);
}

/**
 * {@link spreadZ} of every session, in one pass.
 *
 * @returns one element a session, `null` where there is none; `undefined` (`not-positive`) as there
 * @throws {RangeError} as there
 */
export function spreadZPath(
  long: readonly number[],
  short: readonly number[],
  window: number = hedgeWindow,
): Measured<readonly (number | null)[]> {
  const found = spreads(long, short, window);
  if (found.value === null) return found;
  const isOne = (each: SpreadZ | null): each is SpreadZ =>
    each !== null && each.line.deviation > 0 && !isIdentical(each.line);
  return ok(
    found.value.map((each) => (isOne(each) ? each.z : null)),
    long.length,
  );
}

const isIdentical = ({ determination }: HedgeLine): boolean => determination >= identicalLegs;

function spreads(
  long: readonly number[],
  short: readonly number[],
  window: number,
): Measured<readonly (SpreadZ | null)[]> {
  const [logs, lines] = [logLevels(long, short), rollingHedge(long, short, window)];
  if (logs.value === null) return logs;
  if (lines.value === null) return lines;
  const [y, x, before] = [logs.value.long, logs.value.short, lines.value];
  return ok(
    y.map((value, t) => against(before[t - 1] ?? null, value, x[t] ?? Number.NaN)),
    y.length,
  );
}

function against(line: HedgeLine | null, y: number, x: number): SpreadZ | null {
  if (line === null) return null;
  const spread = y - line.intercept - line.slope * x;
  return { z: spread / line.deviation, spread, line };
}
