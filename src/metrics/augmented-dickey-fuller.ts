import { leastSquares } from "#src/metrics/least-squares.ts";
import {
  type CriticalValues,
  type Deterministics,
  mackinnonCritical,
  mackinnonP,
} from "#src/metrics/mackinnon.ts";
import { nestedSquares } from "#src/metrics/nested-squares.ts";
import { type Measured, notDefined, ok, tooFew } from "#src/metrics/result.ts";

/** A test for a unit root. */
export interface UnitRootTest {
  /** The t-value of the lagged level: the more negative, the less a unit root. */
  readonly statistic: number;
  /** Of a unit root, by MacKinnon's approximation. */
  readonly pValue: number;
  /** How many lagged differences the regression holds. */
  readonly lags: number;
  /** How many differences it explains. */
  readonly observations: number;
  readonly critical: CriticalValues;
}

/** What the regression holds beside the level, and how many lags: chosen by AIC up to `maxLag`, or as many as `lags`. */
export interface UnitRootOptions {
  readonly trend?: Deterministics;
  readonly maxLag?: number;
  readonly lags?: number;
}

/** Fewest values of which a test of a pair or its spread speaks (P3 to P8). */
export const leastSessions = 250;
/** Residuals below this share of the levels' size are their rounding. */
const noise = 1e-12;

/** Most lags that are tried on `n` values (Schwert 1989), rounded down: 17 of 500. */
export const schwertLags = (n: number): number => Math.floor(12 * (n / 100) ** 0.25);

/**
 * Augmented Dickey–Fuller test (ADF 单位根检验, P6): whether a series has a unit root, so that its level never comes back.
 *
 *     Δs[t] = a (+ b·t) + γ·s[t−1] + Σ δ[i]·Δs[t−i] + e[t],   the statistic is the t-value of γ
 *
 * The number of lags is that of the least AIC among regressions of one and the same sample; the regression is then made
 * anew with all the differences that this many lags leave.
 *
 * @param values  levels, oldest first, at least 250
 * @returns `insufficient` below 250 values; `undefined` (`zero-variance`) for a series that does not move, (`perfect-fit`)
 *   for one that its past explains but for rounding, which has no t-value
 * @throws {RangeError} if a value is not finite, or the lags are not whole, negative or more than a quarter of the values
 * @see Dickey and Fuller (1979), JASA 74; Said and Dickey (1984), Biometrika 71
 */
export function augmentedDickeyFuller(
  values: readonly number[],
  { trend = "constant", maxLag = schwertLags(values.length), lags }: UnitRootOptions = {},
): Measured<UnitRootTest> {
  const n = values.length;
  if (!values.every(Number.isFinite)) throw new RangeError("augmentedDickeyFuller requires finite values");
  if (n < leastSessions) return tooFew(n, leastSessions);
  const most = lags ?? maxLag;
  if (!(Number.isInteger(most) && most >= 0 && most <= n / 4))
    throw new RangeError(`augmentedDickeyFuller requires from no lags to ${n / 4}, got ${most}`);
  if (values.every((value) => value === values[0])) return notDefined("zero-variance", n);
  return testWith(values, trend, lags ?? leastAic(regression(values, trend, maxLag)));
}

function testWith(values: readonly number[], trend: Deterministics, lags: number): Measured<UnitRootTest> {
  const { columns, y, level } = regression(values, trend, lags);
  const fit = leastSquares(columns, y);
  if (fit.value === null) return notDefined("perfect-fit", values.length);
  const { coefficients, errors, squares } = fit.value;
  const size = values.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
  if (Math.sqrt(squares / y.length) < noise * size) return notDefined("perfect-fit", values.length);
  const statistic = (coefficients[level] ?? Number.NaN) / (errors[level] ?? Number.NaN);
  return ok(
    {
      statistic,
      pValue: mackinnonP(statistic, trend),
      lags,
      observations: y.length,
      critical: mackinnonCritical(trend, y.length),
    },
    values.length,
  );
}

const terms = { none: 0, constant: 1, trend: 2 } as const;

interface Regression {
  readonly y: readonly number[];
  /** Constant and trend if any, the lagged level, and lagged differences, nearest first. */
  readonly columns: readonly (readonly number[])[];
  /** Which column is the level. */
  readonly level: number;
}

function regression(values: readonly number[], trend: Deterministics, lags: number): Regression {
  const differences = values.slice(1).map((value, i) => value - (values[i] ?? Number.NaN));
  const y = differences.slice(lags);
  const fixed = [y.map(() => 1), y.map((_, i) => i + 1)].slice(0, terms[trend]);
  const lagged = Array.from({ length: lags }, (_, i) => differences.slice(lags - 1 - i, -1 - i));
  return { y, columns: [...fixed, values.slice(lags, -1), ...lagged], level: fixed.length };
}

/** How many lags have the least AIC, `n ln Σe² + 2k`; the fewer of equals. */
function leastAic({ y, columns, level }: Regression): number {
  const criteria = nestedSquares(columns, y)
    .slice(level + 1)
    .map((squares, lags) => y.length * Math.log(squares) + 2 * lags);
  return criteria.indexOf(Math.min(...criteria));
}
