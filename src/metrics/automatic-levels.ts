import { deviationOf } from "#src/metrics/mean.ts";
import { type Measured, notDefined, ok, tooFew } from "#src/metrics/result.ts";
import { logReturns } from "#src/metrics/returns.ts";

/** The round numbers next to a price. */
export interface RoundLevels {
  /** Between round numbers: 1, 2 or 5 times a power of ten. */
  readonly spacing: number;
  /** The nearest below the price, or at it; `null` where that is 0. */
  readonly below: number | null;
  /** The nearest above it. */
  readonly above: number;
}

/** Round numbers are to be 1 to 2 % of the price apart; their middle on a scale of ratios. */
const wantedSpacing = Math.sqrt(0.01 * 0.02);

/**
 * Round numbers (整数关口, B4) about a price: the grid of 1, 2 or 5 · 10^k whose spacing is nearest to 1.4 % of it, and so from
 * 0.9 to 2.2 %.
 *
 * Their effects differ between markets and times: a level that is tested because it is round is a choice of ours.
 *
 * @returns `undefined` (`not-positive`) for a price that is not positive
 * @throws {RangeError} if the price is not finite
 * @see Donaldson and Kim (1993), JFQA 28(3); Osler (2000), FRBNY Economic Policy Review 6(2)
 * @example roundLevels(6932).value; // { spacing: 100, below: 6900, above: 7000 }
 */
export function roundLevels(price: number): Measured<RoundLevels> {
  if (!Number.isFinite(price)) throw new RangeError(`roundLevels requires a finite price, got ${price}`);
  if (price <= 0) return notDefined("not-positive", 1);
  const decade = Math.floor(Math.log10(wantedSpacing * price));
  const candidates = [decade - 1, decade, decade + 1].flatMap((power) =>
    [1, 2, 5].map((digit) => ({ digit, power })),
  );
  const off = ({ digit, power }: Grid) =>
    Math.abs(Math.log(digit) + power * Math.LN10 - Math.log(wantedSpacing * price));
  const grid = candidates.reduce((best, each) => (off(each) < off(best) ? each : best));
  // A price of exactly 7,000 stands at it, however 7000 / 100 is rounded.
  const steps = Math.floor(price / onGrid(1, grid) + 1e-9);
  return ok(
    {
      spacing: onGrid(1, grid),
      below: steps > 0 ? onGrid(steps, grid) : null,
      above: onGrid(steps + 1, grid),
    },
    1,
  );
}

interface Grid {
  readonly digit: number;
  readonly power: number;
}

/** Without a rounding of its own: 3 · 0.1 is not 0.3, and 3 / 10 is. */
const onGrid = (steps: number, { digit, power }: Grid): number =>
  power < 0 ? (steps * digit) / 10 ** -power : steps * digit * 10 ** power;

/** The highest and the lowest of a year of sessions, and where they stand in it. */
export interface YearExtremes {
  readonly high: number;
  readonly low: number;
  /** Positions in the values that were given; the first of equals. */
  readonly highAt: number;
  readonly lowAt: number;
}

const year = 252;

/**
 * Extremes of the year before (前期高低点, B4): of the last 252 values, which are to end before the window that is tested.
 *
 * @param values  closes, or highs for the high and lows for the low; oldest first
 * @returns `insufficient` below 252
 * @throws {RangeError} if a value is not finite
 */
export function yearExtremes(values: readonly number[]): Measured<YearExtremes> {
  if (!values.every(Number.isFinite)) throw new RangeError("yearExtremes requires finite values");
  if (values.length < year) return tooFew(values.length, year);
  const before = values.length - year;
  const last = values.slice(before);
  const [high, low] = [Math.max(...last), Math.min(...last)];
  return ok({ high, low, highAt: before + last.indexOf(high), lowAt: before + last.indexOf(low) }, year);
}

/** Bounds of a zone, as fractions of the level, and the part of a daily deviation that it is between them. */
const zone = { deviations: 0.5, least: 0.0025, most: 0.01, sessions: 20 } as const;

/**
 * Zone of a level by volatility (波动率区间, B4): half a daily deviation, from 0.25 to 1 %; the `delta` of a level test.
 *
 *     δ = min(1 %, max(0.25 %, ½ sd(r[t−19 … t])))
 *
 * @param closes  oldest first, up to the day before the window: a zone that moved with the window would change its tests
 * @returns a fraction; `insufficient` below 21 closes, `undefined` (`not-positive`) where one of the last 21 is not positive
 * @throws {RangeError} if one of these is not finite
 */
export function levelZone(closes: readonly number[]): Measured<number> {
  const { deviations, least, most, sessions } = zone;
  const recent = closes.slice(-sessions - 1);
  if (recent.length < sessions + 1) return tooFew(recent.length, sessions + 1);
  const returns = logReturns(recent);
  if (returns.value === null) return returns;
  const deviation = deviationOf(returns.value);
  return ok(Math.min(most, Math.max(least, deviations * deviation)), sessions);
}
