import { type Measured, notDefined, ok, tooFew } from "#src/metrics/result.ts";

/** What earnings did: a growth rate says nothing where a loss is at its beginning. */
export type EarningsState =
  | "profit-up"
  | "profit-down"
  | "profit-unchanged"
  | "to-loss"
  | "to-profit"
  | "loss-narrower"
  | "loss-wider"
  | "loss-unchanged";

/** Growth of earnings, and whether its base makes it large. */
export interface EarningsGrowth {
  /** `E₁/E₀ − 1`, a fraction; `null` where E₀ is not positive. */
  readonly growth: number | null;
  /** `E₁ − E₀`, in the unit of the earnings. */
  readonly change: number;
  readonly state: EarningsState;
  /** E₀ is below half of the highest of the five years up to it; `null` without these, or without a growth rate. */
  readonly isBaseEffect: boolean | null;
}

/** E₀ below this share of the five years' highest is a low base. */
const lowBase = 0.5;

/**
 * Earnings growth (盈利增长, V4).
 *
 *     g = E₁/E₀ − 1   only where E₀ > 0, otherwise the change of state and of currency;   base effect: E₀ < ½ max(E of five years)
 *
 * @param before  E₀
 * @param after  E₁, of the same definition
 * @param fiveYears  earnings of the five years up to E₀, with or without it; without any there is no word on the base
 * @throws {RangeError} if a number, or the growth, is not finite
 * @example earningsGrowth(2, 2.72).growth; // 0.36
 */
export function earningsGrowth(
  before: number,
  after: number,
  fiveYears: readonly number[] = [],
): EarningsGrowth {
  const change = after - before;
  const growth = before > 0 ? after / before - 1 : null;
  if (![...fiveYears, change, growth ?? 0].every(Number.isFinite))
    throw new RangeError("earningsGrowth requires finite earnings");
  const isBaseEffect =
    growth === null || fiveYears.length === 0 ? null : before < lowBase * Math.max(before, ...fiveYears);
  return { growth, change, state: stateOf(before, after), isBaseEffect };
}

function stateOf(before: number, after: number): EarningsState {
  if (before > 0 !== after > 0) return before > 0 ? "to-loss" : "to-profit";
  const side = before > 0 ? (["profit-up", "profit-down", "profit-unchanged"] as const) : lossWords;
  if (after === before) return side[2];
  return after > before ? side[0] : side[1];
}

const lossWords = ["loss-narrower", "loss-wider", "loss-unchanged"] as const;

/**
 * Growth of several years together (累计增长, V4): `Π (1 + g) − 1`, not the sum of the rates.
 *
 * @param rates  fractions, one a year
 * @returns `insufficient` without a rate; `undefined` (`total-loss`) where a rate is −100 % or less, for nothing grows from a loss
 * @throws {RangeError} if a rate, or the product, is not finite
 * @example compoundGrowth([0.36, 1.2]).value; // 1.992
 */
export function compoundGrowth(rates: readonly number[]): Measured<number> {
  if (!rates.every(Number.isFinite)) throw new RangeError("compoundGrowth requires finite rates");
  if (rates.length === 0) return tooFew(0, 1);
  if (rates.some((rate) => rate <= -1)) return notDefined("total-loss", rates.length);
  const growth = rates.reduce((product, rate) => product * (1 + rate), 1) - 1;
  if (!Number.isFinite(growth))
    throw new RangeError("compoundGrowth requires a product that a double can hold");
  return ok(growth, rates.length);
}
