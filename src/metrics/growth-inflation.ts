import { type Day, dayNumber } from "#src/metrics/days.ts";
import { meanOf } from "#src/metrics/mean.ts";
import { monthNumber, monthNumbers } from "#src/metrics/month-number.ts";
import type { Path } from "#src/metrics/panel.ts";
import { type Measured, okFrom, type Reason, tooFew, warn } from "#src/metrics/result.ts";
import { zScore } from "#src/metrics/z-score.ts";

/** A monthly series as it was published up to a day: one vintage, never a later revision. */
export interface MonthlySeries {
  /** `YYYY-MM`, increasing; a month that is not there, or whose value is `null`, was not published. */
  readonly months: readonly string[];
  readonly values: Path;
}

export type Quadrant = "recovery" | "overheat" | "stagflation" | "reflation";

/** Where the economy stands on the investment clock. */
export interface GrowthInflation {
  /** Mean z of the growth signals' changes over three months. */
  readonly growth: number;
  /** z of core inflation of three months, a year, less that of twelve. */
  readonly inflation: number;
  /** `null` where one of the two is within a quarter of 0: the direction is not clear. */
  readonly quadrant: Quadrant | null;
  /** z of each growth signal, in the order given; `null` where it has too little history or does not move. */
  readonly components: readonly (number | null)[];
  /** Days from the end of the month that each tells of to the day of the report. */
  readonly lags: { readonly growth: readonly number[]; readonly inflation: number };
}

/** Parameters of the quadrant (J5). */
export const quadrantRules = { band: 0.25, history: { min: 60, preferred: 180 } } as const;

/**
 * Growth and inflation quadrant (增长—通胀象限, 美林时钟, J5).
 *
 *     growth     mean z of v[t] − v[t−3], of leading indicators, surveys, nowcasts
 *     inflation  z of (c[t]/c[t−3])⁴ − c[t]/c[t−12], c core consumer prices
 *
 *     growth +  inflation −  recovery (复苏)      growth +  inflation +  overheat (过热)
 *     growth −  inflation +  stagflation (滞胀)   growth −  inflation −  reflation (再通胀)
 *
 * Each z is against the values of the months before the latest, in the same vintage, at most 180.
 *
 * @param growth  levels of growth signals, in points
 * @param inflation  core consumer price index
 * @param asOf  the day of the report; every series as known then
 * @returns `n` is the shortest history; `insufficient` below 60 months of inflation's, or of every growth signal's, or where a month
 *   that the latest change is from was not published; `warn`
 *   (`short-history`) below 180, (`components-missing`) where a growth signal has no z; `undefined` (`zero-variance`)
 *   where inflation does not move
 * @throws {RangeError} if lengths differ, months do not increase, a value is not finite or a price not positive, or a month is not over
 *   on the day of the report
 * @see Greetham and Hartnett (2004), The Investment Clock, Merrill Lynch
 */
export function growthInflation(
  growth: readonly MonthlySeries[],
  inflation: MonthlySeries,
  asOf: Day,
): Measured<GrowthInflation> {
  const lags = { growth: growth.map((each) => lagOf(each, asOf)), inflation: lagOf(inflation, asOf) };
  if (inflation.values.some((price) => price !== null && price <= 0))
    throw new RangeError("growthInflation requires positive consumer prices");
  const signals = growth.map((each) => latestZ(each, (at, t) => at(t) - at(t - 3)));
  const known = signals.flatMap(({ value }) => (value === null ? [] : [value]));
  if (known.length === 0) return tooFew(Math.max(0, ...signals.map(({ n }) => n)), quadrantRules.history.min);
  const prices = latestZ(inflation, (at, t) => (at(t) / at(t - 3)) ** 4 - at(t) / at(t - 12));
  if (prices.value === null) return prices;
  const mean = meanOf(known);
  const value = {
    growth: mean,
    inflation: prices.value,
    quadrant: quadrantOf(mean, prices.value),
    components: signals.map((signal) => signal.value),
    lags,
  };
  const n = Math.min(
    prices.n,
    ...signals.filter((signal) => signal.value !== null).map((signal) => signal.n),
  );
  const found = okFrom<GrowthInflation>(value, n, quadrantRules.history.preferred);
  if (known.length === growth.length) return found;
  const missing: Reason = { code: "components-missing", need: growth.length, have: known.length };
  return warn(value, n, ...found.reasons, missing);
}

function quadrantOf(growth: number, inflation: number): Quadrant | null {
  if (Math.abs(growth) <= quadrantRules.band || Math.abs(inflation) <= quadrantRules.band) return null;
  if (growth > 0) return inflation > 0 ? "overheat" : "recovery";
  return inflation > 0 ? "stagflation" : "reflation";
}

/** z of the latest month's change in those of the months before it. */
function latestZ(
  { months, values }: MonthlySeries,
  change: (at: (month: number) => number, month: number) => number,
): Measured<number> {
  const numbers = monthNumbers(months);
  const byMonth = new Map(numbers.map((number, t) => [number, values[t] ?? Number.NaN]));
  const at = (month: number) => byMonth.get(month) ?? Number.NaN;
  const published = numbers.filter((month) => !Number.isNaN(at(month)));
  const changes = published.map((month) => change(at, month));
  const earlier = changes.slice(0, -1).filter((each) => !Number.isNaN(each));
  const latest = changes.at(-1) ?? Number.NaN;
  const { history } = quadrantRules;
  if (Number.isNaN(latest)) return tooFew(0, history.min);
  return zScore(earlier.slice(-history.preferred), latest, history);
}

/** Days since the end of the last month that has a value. */
function lagOf({ months, values }: MonthlySeries, asOf: Day): number {
  if (months.length !== values.length) throw new RangeError("a monthly series requires one value a month");
  if (!values.every((value) => value === null || Number.isFinite(value)))
    throw new RangeError("a monthly series requires finite values");
  const last = values.findLastIndex((value) => value !== null);
  if (last < 0) return 0;
  const lag = dayNumber(asOf) - dayNumber(firstAfter(months[last] ?? "")) + 1;
  if (lag < 1) throw new RangeError(`the month ${months[last]} is not over on ${asOf}`);
  return lag;
}

/** The first day after a month. */
function firstAfter(month: string): Day {
  const next = monthNumber(month) + 1;
  return `${Math.floor(next / 12)}-${String((next % 12) + 1).padStart(2, "0")}-01`;
}
