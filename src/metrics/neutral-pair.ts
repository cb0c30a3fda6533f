import { hedgeCaveats } from "#src/metrics/hedge-caveat.ts";
import { type BetaWindow, betaWindows, rollingBeta } from "#src/metrics/market-beta.ts";
import type { Legs } from "#src/metrics/pair-return.ts";
import { type Measured, notDefined, ok, tooFew, warn } from "#src/metrics/result.ts";
import { rollingVariance } from "#src/metrics/rolling.ts";

/** A pair with a short leg of another size than the long one. */
export interface NeutralPair {
  /** `R_L − h·R_S`, one a day from the first that has a ratio. */
  readonly pair: readonly number[];
  /** h of each of these days, from the days before it. */
  readonly ratio: readonly number[];
  /** One element more than returns: 1 before the first. */
  readonly level: readonly number[];
  /** The day, counted from 0, of the first of these returns. */
  readonly first: number;
}

const volatilityWindow = 252;

/**
 * Beta-neutral pair (贝塔中性配对, P1): the short leg sized so that the market's part of both is the same.
 *
 *     R[t] = R_L[t] − h[t]·R_S[t],   h[t] = β_L[t−1] / β_S[t−1]
 *
 * Betas of a position move: what came of it says `realisedBeta`.
 *
 * @param market  returns of the market on the same days
 * @returns `warn` (`hedge-ratio`) where a ratio is negative or above 3; `insufficient` below 121 returns; `undefined`:
 *   (`zero-variance`) where a day has no ratio, (`total-loss`) where a day loses everything
 * @throws {RangeError} as `rollingBeta`, or if the legs differ in length
 */
export function betaNeutralPair(
  { long, short }: Legs,
  market: readonly number[],
  of: BetaWindow = betaWindows.daily,
): Measured<NeutralPair> {
  const [up, down] = [long, short].map((leg) => rollingBeta(leg, market, of));
  return sized({ long, short }, quotients(up ?? [], down ?? []), of.min);
}

/**
 * Volatility-neutral pair (波动率中性配对, P1): `h[t] = s_L[t−1] / s_S[t−1]`, of deviations over 252 returns.
 *
 * @returns as {@link betaNeutralPair}; `insufficient` up to as many returns as the window has
 * @throws {RangeError} if the legs differ in length, a return is not finite or the window is below 2
 */
export function volatilityNeutralPair(
  { long, short }: Legs,
  window: number = volatilityWindow,
): Measured<NeutralPair> {
  if (![...long, ...short].every(Number.isFinite))
    throw new RangeError("volatilityNeutralPair requires finite returns");
  const [up, down] = [long, short].map((leg) =>
    rollingVariance(leg, window).map((variance) => (variance === null ? null : Math.sqrt(variance))),
  );
  return sized({ long, short }, quotients(up ?? [], down ?? []), window);
}

const quotients = (up: readonly (number | null)[], down: readonly (number | null)[]) =>
  up.map((value, t) => {
    const by = down[t] ?? null;
    const quotient = value === null || by === null ? null : value / by;
    return quotient !== null && Number.isFinite(quotient) ? quotient : null;
  });

/** The pair by ratios of which each is for the day after. */
function sized(
  { long, short }: Legs,
  ratios: readonly (number | null)[],
  min: number,
): Measured<NeutralPair> {
  const n = long.length;
  if (short.length !== n) throw new RangeError("a pair requires legs of one length");
  if (n <= min) return tooFew(n, min + 1);
  const ratio = ratios.slice(min - 1, -1).filter((h) => h !== null);
  if (ratio.length < n - min) return notDefined("zero-variance", n);
  const pair = ratio.map((h, i) => (long[min + i] ?? Number.NaN) - h * (short[min + i] ?? Number.NaN));
  if (pair.some((r) => r <= -1)) return notDefined("total-loss", n);
  const level = [1];
  for (const r of pair) level.push((level.at(-1) ?? 1) * (1 + r));
  const value = { pair, ratio, level, first: min };
  const reasons = hedgeCaveats(ratio);
  return reasons.length > 0 ? warn(value, pair.length, ...reasons) : ok(value, pair.length);
}
