import cdf from "@stdlib/stats-base-dists-t-cdf";
import { leastSquares } from "#src/metrics/least-squares.ts";
import { deviationOf, meanOf } from "#src/metrics/mean.ts";
import { neweyWest } from "#src/metrics/newey-west.ts";
import { type Measured, notDefined, okFrom, tooFew } from "#src/metrics/result.ts";
import { requireFlows, type WeeklyFlows, weeksMissing } from "#src/metrics/weekly-flows.ts";

/** A test of the difference of two means. */
export interface DifferenceTest {
  readonly t: number;
  /** Two-sided. */
  readonly p: number;
  /** Lags of the Newey–West errors. */
  readonly lags: number;
}

/** How the flow of the last weeks differs from that of the weeks before, and from what it usually is at this time of year. */
export interface FlowAcceleration {
  /** Weekly means of the last 4 weeks and of the 13 before them, in units of currency. */
  readonly recent: number;
  readonly prior: number;
  /** Standard deviation of the weekly flows of the 156 weeks before the last 4. */
  readonly deviation: number;
  /** `(recent − prior) / deviation`. */
  readonly acceleration: number;
  /** With errors of the 17 weeks themselves, which are too small: of four weeks nobody knows the spread. */
  readonly own: DifferenceTest;
  /** With errors from the long-run variance of the 156 weeks. */
  readonly history: DifferenceTest;
  /** The larger of the two probabilities: what “accelerating” is judged by. */
  readonly pValue: number;
  /** Against the same four weeks of the years before; `null` below two of them. */
  readonly seasonal: SeasonalDifference | null;
}

export interface SeasonalDifference {
  /** Years that have these four weeks, at most five. */
  readonly years: number;
  /** Weekly mean of these weeks. */
  readonly usual: number;
  /** `(recent − usual) / deviation`. */
  readonly distance: number;
}

/** Spans of flow acceleration (H6), in weeks, and of its seasonal comparison, in years. */
export const accelerationRules = {
  recent: 4,
  prior: 13,
  leastHistory: 104,
  history: 156,
  leastYears: 2,
  years: 5,
} as const;

const { recent: last, prior, leastHistory, history } = accelerationRules;
const weeksInAYear = 365.25 / 7;

/**
 * Flow acceleration (资金流加速度, H6): whether money comes faster than in the quarter before.
 *
 *     a = (mean f[t−3 … t] − mean f[t−16 … t−4]) / sd f[t−159 … t−4]
 *
 * The difference of the means is tested twice, both with Newey–West errors (G15): by a regression of the 17 weeks on a constant
 * and a dummy of the last four; and against the long-run variance of the 156 weeks. The first alone finds an acceleration of
 * independent flows at the 10 % level in a quarter of all weeks.
 *
 * @param flows  weekly net flows, `null` where missing
 * @returns `n` counts weeks of history; `insufficient` below 104 of them (`too-few`), or where one of the last 17 weeks is missing
 *   (`weeks-missing`); `warn` below 156; `undefined` (`zero-variance`) for a history that does not move, (`perfect-fit`) where
 *   the thirteen weeks before the last four, or all seventeen, stand still
 * @throws {RangeError} if a flow is not finite
 */
export function flowAcceleration(flows: WeeklyFlows): Measured<FlowAcceleration> {
  requireFlows(flows);
  const before = flows.slice(-history - last, -last).filter((flow) => flow !== null);
  const n = before.length;
  if (n < leastHistory) return tooFew(n, leastHistory);
  const seventeen = flows.slice(-prior - last).filter((flow) => flow !== null);
  if (seventeen.length < prior + last) return weeksMissing(seventeen.length, prior + last);
  if (before.every((flow) => flow === before[0])) return notDefined("zero-variance", n);
  const own = ownTest(seventeen);
  if (own.value === null) return own;
  const { recent, prior: earlier, ...test } = own.value;
  const deviation = deviationOf(before);
  const against = historyTest(before, recent - earlier);
  if (against.value === null) return against;
  const value: FlowAcceleration = {
    recent,
    prior: earlier,
    deviation,
    acceleration: (recent - earlier) / deviation,
    own: test,
    history: against.value,
    pValue: Math.max(test.p, against.value.p),
    seasonal: seasonalOf(flows, recent, deviation),
  };
  return okFrom(value, n, history);
}

/** The 17 weeks on a constant and a dummy of the last four. */
function ownTest(weeks: readonly number[]): Measured<DifferenceTest & { recent: number; prior: number }> {
  const columns = [weeks.map(() => 1), weeks.map((_, t) => (t < prior ? 0 : 1))];
  const fit = leastSquares(columns, weeks);
  if (fit.value === null) return fit;
  const errors = neweyWest(columns, fit.value);
  if (errors.value === null) return errors;
  const { t, p, lags } = errors.value;
  const [recent, earlier] = [meanOf(weeks.slice(prior)), meanOf(weeks.slice(0, prior))];
  return { ...errors, value: { t: t[1] ?? 0, p: p[1] ?? 1, lags, recent, prior: earlier } };
}

/** The difference in the error that means of so few weeks have, by the long-run variance of the history. */
function historyTest(before: readonly number[], difference: number): Measured<DifferenceTest> {
  const columns = [before.map(() => 1)];
  const fit = leastSquares(columns, before);
  if (fit.value === null) return fit;
  const errors = neweyWest(columns, fit.value);
  if (errors.value === null) return errors;
  const n = before.length;
  const weekly = Math.sqrt(n) * (errors.value.errors[0] ?? Number.NaN);
  const t = difference / (weekly * Math.sqrt(1 / last + 1 / prior));
  return { ...errors, value: { t, p: 2 * cdf(-Math.abs(t), n - 1), lags: errors.value.lags } };
}

function seasonalOf(flows: WeeklyFlows, recent: number, deviation: number): SeasonalDifference | null {
  const { leastYears, years } = accelerationRules;
  const same = Array.from({ length: years }, (_, i) => {
    const end = flows.length - Math.round(weeksInAYear * (i + 1));
    return end < last ? [] : flows.slice(end - last, end).filter((flow) => flow !== null);
  }).filter((weeks) => weeks.length === last);
  if (same.length < leastYears) return null;
  const usual = meanOf(same.map(meanOf));
  return { years: same.length, usual, distance: (recent - usual) / deviation };
}
