import { lastMonths, ofMonths, tooFewMonths } from "#src/metrics/fund-months.ts";
import { leastSquares } from "#src/metrics/least-squares.ts";
import { meanOf } from "#src/metrics/mean.ts";
import { type HacErrors, neweyWest } from "#src/metrics/newey-west.ts";
import { type Measured, notDefined } from "#src/metrics/result.ts";
import { noise } from "#src/metrics/z-score.ts";

const monthsAYear = 12;

/** A coefficient and how sure it is. The three others are `null` where the line fits exactly. */
export interface Coefficient {
  readonly value: number;
  /** HAC standard error. */
  readonly error: number | null;
  /** Against 0. */
  readonly t: number | null;
  readonly p: number | null;
}

/** What of a fund's return is the market's and what is its own. */
export interface AlphaBeta {
  /** Mean monthly return that is not the market's, a fraction. */
  readonly alpha: Coefficient;
  /** Alpha of twelve months, `12 α`. */
  readonly annualAlpha: number;
  readonly beta: Coefficient;
  /** Deviation of the return over the benchmark's, a year. */
  readonly trackingError: number;
  /** Mean of that return, a year, over the tracking error; `null` where the fund is the benchmark but for a constant. */
  readonly informationRatio: number | null;
  /** Lags of the errors; `null` without them. */
  readonly lags: number | null;
}

/**
 * Alpha and beta of a fund (阿尔法与贝塔, K1) from monthly returns, by least squares with Newey–West errors (A12), tracking error (跟踪误差)
 * and information ratio (信息比率).
 *
 *     r[t] − f[t] = α + β (m[t] − f[t]) + e[t]
 *     TE = √12 · sd(r − m),   IR = 12 · mean(r − m) / TE,   sd with n − 1
 *
 * The information ratio is arithmetic. PerformanceAnalytics divides the difference of compounded yearly returns instead.
 *
 * @param fund  simple monthly returns, oldest first; the last 60 count
 * @param benchmark  total returns of the same months
 * @param riskless  of the same months; see {@link risklessMonths}
 * @returns `insufficient` below 24 months, `warn` (`short-history`) below 36, (`perfect-fit`) where no error is known; `undefined`
 *   (`zero-variance`) where the benchmark's excess return does not move
 * @throws {RangeError} if lengths differ or a return is not finite
 * @see Bacon, Practical Portfolio Performance Measurement and Attribution, 2nd ed. (2008), chapter 4
 */
export function alphaBeta(
  fund: readonly number[],
  benchmark: readonly number[],
  riskless: readonly number[],
): Measured<AlphaBeta> {
  const [r = [], m = [], f = []] = lastMonths(fund, benchmark, riskless);
  const n = r.length;
  const few = tooFewMonths(n);
  if (few !== null) return few;
  const y = excess(r, f);
  const columns = [y.map(() => 1), excess(m, f)];
  const { value: fit } = leastSquares(columns, y);
  if (fit === null) return notDefined("zero-variance", n);
  const hac = neweyWest(columns, fit);
  const coefficient = (j: number): Coefficient => coefficientOf(fit.coefficients[j] ?? 0, hac.value, j);
  const alpha = coefficient(0);
  return ofMonths(
    {
      alpha,
      annualAlpha: monthsAYear * alpha.value,
      beta: coefficient(1),
      ...activeRisk(excess(r, m)),
      lags: hac.value?.lags ?? null,
    },
    n,
    ...hac.reasons,
  );
}

const excess = (returns: readonly number[], over: readonly number[]): readonly number[] =>
  returns.map((r, t) => r - (over[t] ?? Number.NaN));

function coefficientOf(value: number, hac: HacErrors | null, j: number): Coefficient {
  const of = (values: readonly number[] | undefined) => values?.[j] ?? null;
  return { value, error: of(hac?.errors), t: of(hac?.t), p: of(hac?.p) };
}

function activeRisk(active: readonly number[]): Pick<AlphaBeta, "trackingError" | "informationRatio"> {
  const mean = meanOf(active);
  const squares = active.reduce((sum, a) => sum + (a - mean) ** 2, 0);
  const trackingError = Math.sqrt((monthsAYear * squares) / (active.length - 1));
  const informationRatio = trackingError < noise ? null : (monthsAYear * mean) / trackingError;
  return { trackingError, informationRatio };
}

/**
 * Riskless monthly returns (无风险月收益率, K1): a bill's yield at the end of the month before, over twelve. What a month earns was known
 * when it began.
 *
 * @param yields  at month ends, per cent a year, oldest first; `null` where one is missing
 * @returns fractions, as long; the first, and each after a missing yield, is `null`
 * @throws {RangeError} if a yield is not finite
 */
export function risklessMonths(yields: readonly (number | null)[]): readonly (number | null)[] {
  if (!yields.every((y) => y === null || Number.isFinite(y)))
    throw new RangeError("risklessMonths requires finite yields");
  return yields.map((_, t) => {
    const before = yields[t - 1] ?? null;
    return before === null ? null : before / 100 / monthsAYear;
  });
}
