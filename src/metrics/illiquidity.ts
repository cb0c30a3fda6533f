import { coverage } from "#src/metrics/coverage.ts";
import { meanOf } from "#src/metrics/mean.ts";
import type { Path } from "#src/metrics/panel.ts";
import { type Measured, okFrom, tooFew } from "#src/metrics/result.ts";
import { rollingMean } from "#src/metrics/rolling.ts";

/** How far a name's price moves with the money that is traded. */
export interface Illiquidity {
  /** By what fraction a million of the currency moves it, on average. */
  readonly amihud: number;
  /** Sessions of the window that were left out: without a return, or without turnover. */
  readonly excluded: number;
}

/** Sessions of the mean, and money that it is a million of. */
export const illiquidityRules = { window: 252, scale: 1e6 } as const;

/** Sessions that must be there. */
const least = Math.ceil(coverage.least * illiquidityRules.window);

/**
 * Amihud's illiquidity (阿米胡德非流动性, K6): what a unit of turnover does to the price.
 *
 *     ILLIQ = 10⁶ · mean( |R[t]| / V[t] ),   V turnover in money, the last 252 sessions
 *
 * A session without turnover has no ratio; it is left out and counted, and is not taken for a liquid one.
 *
 * @param returns  simple daily returns, oldest first; `null` where one is missing
 * @param turnover  money traded, 0 or more
 * @returns `insufficient` below 189 sessions with both, `warn` below 227 (nine tenths)
 * @throws {RangeError} if lengths differ, a return is not finite or a turnover negative or not finite
 * @see Amihud (2002), Journal of Financial Markets 5(1)
 */
export function illiquidity(returns: Path, turnover: Path): Measured<Illiquidity> {
  const ratios = ratiosOf(returns, turnover).slice(-illiquidityRules.window);
  const there = ratios.filter((ratio) => ratio !== null);
  const n = there.length;
  if (n < least) return tooFew(n, least);
  const amihud = meanOf(there);
  const wanted = Math.ceil(coverage.wanted * illiquidityRules.window);
  return okFrom({ amihud, excluded: ratios.length - n }, n, wanted);
}

/**
 * {@link illiquidity} of every session, in one pass: of the last 252, while 189 of them have a ratio. Element `t` uses nothing after `t`.
 *
 * @throws {RangeError} as {@link illiquidity}
 */
export function illiquidityPath(returns: Path, turnover: Path): Path {
  const ratios = ratiosOf(returns, turnover);
  const { window } = illiquidityRules;
  // A missing ratio is 0 among the ratios and among the counts.
  const means = rollingMean(
    ratios.map((ratio) => ratio ?? 0),
    window,
    least,
  );
  const counts = countsOf(ratios, window);
  return means.map((mean, t) => {
    const count = counts[t] ?? 0;
    return mean === null || count < least ? null : (Math.max(0, mean) * Math.min(t + 1, window)) / count;
  });
}

function countsOf(ratios: Path, window: number): Int32Array {
  const counts = new Int32Array(ratios.length);
  let count = 0;
  for (const [t, ratio] of ratios.entries()) {
    count += Number(ratio !== null);
    if (t >= window) count -= Number((ratios[t - window] ?? null) !== null);
    counts[t] = count;
  }
  return counts;
}

function ratiosOf(returns: Path, turnover: Path): Path {
  if (returns.length !== turnover.length) throw new RangeError("illiquidity requires a turnover a return");
  const isSound = (v: number | null) => v === null || Number.isFinite(v);
  if (!returns.every(isSound)) throw new RangeError("illiquidity requires finite returns");
  if (!turnover.every((v) => isSound(v) && (v ?? 0) >= 0))
    throw new RangeError("illiquidity requires turnover of 0 or more");
  return returns.map((r, t) => {
    const money = turnover[t] ?? 0;
    return r === null || money === 0 ? null : (illiquidityRules.scale * Math.abs(r)) / money;
  });
}
