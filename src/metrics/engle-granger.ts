import { augmentedDickeyFuller, leastSessions, schwertLags } from "#src/metrics/augmented-dickey-fuller.ts";
import { identicalLegs } from "#src/metrics/hedge-ratio.ts";
import { leastSquares } from "#src/metrics/least-squares.ts";
import { logLevels } from "#src/metrics/log-levels.ts";
import { type CriticalValues, mackinnonCritical, mackinnonP } from "#src/metrics/mackinnon.ts";
import { meanOf } from "#src/metrics/mean.ts";
import { type Measured, notDefined, ok, tooFew } from "#src/metrics/result.ts";

/** The test with one leg explained by the other. */
export interface CointegrationOrder {
  /** t-value of the residual's lagged level. */
  readonly statistic: number;
  readonly pValue: number;
  readonly lags: number;
  /** Of two series, not of one: the residual was made as stationary as it could be. */
  readonly critical: CriticalValues;
  /** `explained = intercept + slope · other`, in logarithms. */
  readonly slope: number;
  readonly intercept: number;
}

/** Whether two legs keep together. */
export interface EngleGranger {
  readonly longOnShort: CointegrationOrder;
  readonly shortOnLong: CointegrationOrder;
  /** The smaller p-value of the two orders, twice (Bonferroni), at most 1. */
  readonly pValue: number;
  /** Whether that is 5 % or less. */
  readonly isCointegrated: boolean;
}

const level = 0.05;

/**
 * Engle–Granger test of cointegration (协整检验, P4): whether some combination of the logarithms of two prices comes back.
 *
 *     ln y[t] = a + b·ln x[t] + e[t];   ADF of e without constant, lags by AIC up to ⌊12 (T/100)^¼⌋
 *
 * It is not symmetric, so both orders are given, and the p-value counts both. Critical values are those of two series in a
 * sample of T − 1.
 *
 * @param long  prices on sessions that the legs share, oldest first, at least 250
 * @param short  prices on the same sessions
 * @returns `insufficient` below 250 sessions; `undefined`: (`identical-legs`) for legs that explain each other but for a
 *   millionth, (`zero-variance`) for a leg that does not move, (`not-positive`) for a price that is not positive
 * @throws {RangeError} if the legs differ in length or a price is not finite
 * @see Engle and Granger (1987), Econometrica 55(2), 251–276
 */
export function engleGranger(long: readonly number[], short: readonly number[]): Measured<EngleGranger> {
  const n = long.length;
  const logs = logLevels(long, short);
  if (logs.value === null) return logs;
  if (n < leastSessions) return tooFew(n, leastSessions);
  const longOnShort = inOrder(logs.value.long, logs.value.short);
  if (longOnShort.value === null) return longOnShort;
  const shortOnLong = inOrder(logs.value.short, logs.value.long);
  if (shortOnLong.value === null) return shortOnLong;
  const pValue = Math.min(1, 2 * Math.min(longOnShort.value.pValue, shortOnLong.value.pValue));
  return ok(
    {
      longOnShort: longOnShort.value,
      shortOnLong: shortOnLong.value,
      pValue,
      isCointegrated: pValue <= level,
    },
    n,
  );
}

function inOrder(y: readonly number[], x: readonly number[]): Measured<CointegrationOrder> {
  const n = y.length;
  if ([y, x].some((leg) => leg.every((value) => value === leg[0]))) return notDefined("zero-variance", n);
  const fit = leastSquares([x.map(() => 1), x], y);
  if (fit.value === null) return notDefined("zero-variance", n);
  const { coefficients, residuals, squares } = fit.value;
  const mean = meanOf(y);
  const moved = y.reduce((sum, value) => sum + (value - mean) ** 2, 0);
  if (1 - squares / moved >= identicalLegs) return notDefined("identical-legs", n);
  const test = augmentedDickeyFuller(residuals, { trend: "none", maxLag: schwertLags(n) });
  if (test.value === null) return test;
  const { statistic, lags } = test.value;
  const [intercept = Number.NaN, slope = Number.NaN] = coefficients;
  const critical = mackinnonCritical("constant-2", n - 1);
  return ok({ statistic, pValue: mackinnonP(statistic, "constant-2"), lags, critical, slope, intercept }, n);
}
