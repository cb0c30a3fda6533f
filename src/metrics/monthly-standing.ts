import { coverage } from "#src/metrics/coverage.ts";
import type { Day } from "#src/metrics/days.ts";
import { meanOf } from "#src/metrics/mean.ts";
import { monthEnds } from "#src/metrics/month-ends.ts";
import { monthNumber } from "#src/metrics/month-number.ts";
import type { Path } from "#src/metrics/panel.ts";
import { percentileRank } from "#src/metrics/percentile-rank.ts";
import { insufficient, type Measured, ok, type Reason, tooFew, warn } from "#src/metrics/result.ts";
import { median, zScore } from "#src/metrics/z-score.ts";

/** A span of calendar months before the current one, or all of them. */
export type MonthsWindow = number | "full";

/** Where a value stands in a window of month-ends. */
export interface WindowStanding {
  readonly window: MonthsWindow;
  readonly mean: number;
  readonly median: number;
  /** `null` where the month-ends do not differ. */
  readonly z: number | null;
  /** 0 to 100. */
  readonly percentile: number;
}

/** Where a value stands against its long-run average, by every window that was declared. */
export interface MonthlyStanding {
  readonly value: number;
  /** In the order given. */
  readonly windows: readonly Measured<WindowStanding>[];
  /** What all windows say of value and mean; `depends` where they do not agree, `null` where one of them has too few months. */
  readonly verdict: "below" | "above" | "depends" | null;
}

/** Months in ten and fifteen years, and in all: the windows of a long-run average (V2). */
export const longRunWindows: readonly MonthsWindow[] = [120, 180, "full"];

const leastMonths = 60;
/** All months are the long run from so many on. */
const preferredMonths = 180;

/**
 * Standing in month-ends (估值分位, V2): mean, median, z (G11) and percentile (G12) of the latest value against the last value of
 * every earlier month. Those are serially correlated: they make no test.
 *
 * The month of the latest value is no history. A month without a value, as of a P/E that is not meaningful, is missing.
 *
 * @param dates  days of the values, oldest first, of any frequency
 * @param values  `null` where missing
 * @param declared  windows to be compared with; 10 years, 15 years and all unless given
 * @returns `n` counts earlier months; `insufficient` without a latest value. Of each window, `n` counts its months; `insufficient`
 *   (`too-few`) below 60, (`coverage`) below 75 % of the window, where it is not all; `warn` (`coverage`) below 90 %,
 *   (`short-history`) where all months are fewer than 180, (`zero-variance`) where there is no z
 * @throws {RangeError} if lengths differ, a value is not finite, no window is declared or one is not an integer of 1 or more
 */
export function monthlyStanding(
  dates: readonly Day[],
  values: Path,
  declared: readonly MonthsWindow[] = longRunWindows,
): Measured<MonthlyStanding> {
  requireMonths(dates, values, declared);
  const [today, value] = [dates.at(-1) ?? "", values.at(-1) ?? null];
  const months = monthsBefore(dates, values);
  if (value === null) return tooFew(0, 1);
  const windows = declared.map((window) => standingIn(months, monthNumber(today.slice(0, 7)), window, value));
  return ok({ value, windows, verdict: verdictOf(value, windows) }, months.length);
}

interface Month {
  readonly number: number;
  readonly value: number;
}

/** The last value of every month before that of the latest day. */
function monthsBefore(dates: readonly Day[], values: Path): readonly Month[] {
  const there = dates.flatMap((_, i) => (values[i] === null ? [] : [i]));
  const current = dates.at(-1)?.slice(0, 7) ?? "";
  return monthEnds(there.map((i) => dates[i] ?? ""))
    .filter(({ month }) => month < current)
    .map(({ month, index }) => ({ number: monthNumber(month), value: values[there[index] ?? 0] ?? 0 }));
}

function standingIn(
  months: readonly Month[],
  now: number,
  window: MonthsWindow,
  value: number,
): Measured<WindowStanding> {
  const inside = window === "full" ? months : months.filter(({ number }) => number >= now - window);
  const history = inside.map((month) => month.value);
  const n = history.length;
  if (n < leastMonths) return tooFew(n, leastMonths);
  const share = n / (window === "full" ? now - (months[0]?.number ?? now) : window);
  const { least, wanted } = coverage;
  const short = (need: number): Reason => ({ code: "coverage", need, have: share });
  if (window !== "full" && share < least) return insufficient(n, short(least));
  const percentile = percentileRank(history, value).value ?? Number.NaN;
  const z = zScore(history, value);
  const mean = meanOf(history);
  const found = { window, mean, median: median(history), z: z.value, percentile };
  const isYoung = window === "full" && n < preferredMonths;
  const reasons = [
    ...(share < wanted ? [short(wanted)] : []),
    ...(isYoung ? [{ code: "short-history", need: preferredMonths, have: n }] : []),
    ...z.reasons,
  ];
  return reasons.length > 0 ? warn(found, n, ...reasons) : ok(found, n);
}

function verdictOf(value: number, windows: readonly Measured<WindowStanding>[]): MonthlyStanding["verdict"] {
  const means = windows.flatMap((window) => (window.value === null ? [] : [window.value.mean]));
  if (means.length < windows.length) return null;
  if (means.every((mean) => value < mean)) return "below";
  return means.every((mean) => value > mean) ? "above" : "depends";
}

function requireMonths(dates: readonly Day[], values: Path, declared: readonly MonthsWindow[]): void {
  if (dates.length !== values.length) throw new RangeError("monthlyStanding requires a day of each value");
  if (!values.every((value) => value === null || Number.isFinite(value)))
    throw new RangeError("monthlyStanding requires finite values");
  if (declared.length === 0) throw new RangeError("monthlyStanding requires a window");
  if (!declared.every((window) => window === "full" || (Number.isInteger(window) && window >= 1)))
    throw new RangeError("monthlyStanding requires windows of 1 month or more");
}
