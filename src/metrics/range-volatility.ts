import { type Measured, notDefined, ok, type Reason, tooFew, warn } from "#src/metrics/result.ts";
import { rollingMean, rollingVariance } from "#src/metrics/rolling.ts";

/** Sessions by their four prices: parallel arrays, oldest first. */
export interface Bars {
  readonly open: readonly number[];
  readonly high: readonly number[];
  readonly low: readonly number[];
  readonly close: readonly number[];
}

/** How the range of a session becomes a variance. */
export type RangeEstimator = "parkinson" | "garman-klass" | "rogers-satchell" | "yang-zhang";

const sessionsAYear = 252;
const leastShare = 0.75;
const usualWindow = 20;

/** The variance of one session. */
type Term = (open: number, high: number, low: number, close: number) => number;

const terms: Readonly<Record<Exclude<RangeEstimator, "yang-zhang">, Term>> = {
  parkinson: (_, high, low) => Math.log(high / low) ** 2 / (4 * Math.LN2),
  "garman-klass": (open, high, low, close) =>
    Math.log(high / low) ** 2 / 2 - (2 * Math.LN2 - 1) * Math.log(close / open) ** 2,
  "rogers-satchell": (open, high, low, close) =>
    Math.log(high / close) * Math.log(high / open) + Math.log(low / close) * Math.log(low / open),
};

/**
 * Range volatility (区间波动率, A7) of the last sessions, a year: what highs and lows tell that closes do not.
 *
 *     Parkinson         252/(4n ln 2) Σ ln(H/L)²
 *     Garman–Klass      252/n Σ ( ½ ln(H/L)² − (2 ln 2 − 1) ln(C/O)² )
 *     Rogers–Satchell   252/n Σ ( ln(H/C) ln(H/O) + ln(L/C) ln(L/O) )
 *     Yang–Zhang        s²(ln O/C[t−1]) + k s²(ln C/O) + (1 − k) s²_RS,   k = 0.34 / (1.34 + (n+1)/(n−1))
 *
 * and of each the root. A session whose high lies below its open or close, or whose low above, is rejected, and for Yang and Zhang
 * the one after it too, for it has no close before it.
 *
 * @param window  sessions; Yang and Zhang take the close before the first as well
 * @returns a fraction a year; `insufficient` where fewer than three quarters of the window are left, `warn`
 *   (`short-window`) where fewer than all, (`no-movement`) where it is 0; `undefined` (`not-positive`) for a price that is not positive
 * @throws {RangeError} if lengths differ, a price is not finite or the window is below 2
 * @see Parkinson (1980), Garman and Klass (1980), Rogers and Satchell (1991), Yang and Zhang (2000); with R:
 *   `TTR::volatility(OHLC, n = window, N = 252)`
 */
export function rangeVolatility(
  bars: Bars,
  estimator: RangeEstimator,
  window = usualWindow,
): Measured<number> {
  requireBars(bars, window);
  const last = lastBars(bars, window + (estimator === "yang-zhang" ? 1 : 0));
  if (!isPositive(last)) return notDefined("not-positive", last.close.length);
  const parts = partsOf(last, estimator).map((part) => part.slice(-window));
  const n = parts[0]?.filter((value) => value !== null).length ?? 0;
  const least = Math.max(2, Math.ceil(leastShare * window));
  if (n < least) return tooFew(n, least);
  // Rejected sessions are left out, so that a whole window is what remains.
  const whole = parts.map((part) => part.filter((value) => value !== null));
  const value = pathOf(whole, estimator, n).at(-1) ?? 0;
  const caveats: readonly Reason[] = [
    ...(value === 0 ? [{ code: "no-movement" }] : []),
    ...(n < window ? [{ code: "short-window", need: window, have: n }] : []),
  ];
  return caveats.length > 0 ? warn(value, n, ...caveats) : ok(value, n);
}

/**
 * Range volatility of every whole window; element `t` uses no session after `t`.
 *
 * @returns `null` before the first whole window and where it holds a rejected session or a price that is not positive
 * @throws {RangeError} as {@link rangeVolatility}
 */
export function rangeVolatilityPath(
  bars: Bars,
  estimator: RangeEstimator,
  window = usualWindow,
): readonly (number | null)[] {
  requireBars(bars, window);
  return pathOf(partsOf(bars, estimator), estimator, window);
}

type Part = readonly (number | null)[];

/** What the estimator is made of, session by session: one part, or for Yang and Zhang three. */
function partsOf(bars: Bars, estimator: RangeEstimator): readonly Part[] {
  if (estimator !== "yang-zhang") return [termsOf(bars, terms[estimator])];
  const overnight = termsOf(bars, (open) => Math.log(open)).map((open, t) => {
    const before = isSound(bars, t - 1) ? (bars.close[t - 1] ?? 0) : null;
    return open === null || before === null ? null : open - Math.log(before);
  });
  // All three of the same sessions.
  const within = (part: Part) => part.map((value, t) => (overnight[t] === null ? null : value));
  return [
    overnight,
    within(termsOf(bars, (open, _, __, close) => Math.log(close / open))),
    within(termsOf(bars, terms["rogers-satchell"])),
  ];
}

function pathOf(parts: readonly Part[], estimator: RangeEstimator, window: number): Part {
  const [first = [], day = [], range = []] = parts;
  if (estimator !== "yang-zhang") return rollingMean(first, window).map(annual);
  const k = 0.34 / (1.34 + (window + 1) / (window - 1));
  const [overnight, intraday] = [rollingVariance(first, window), rollingVariance(day, window)];
  return rollingMean(range, window).map((rs, t) => {
    const [o, c] = [overnight[t] ?? null, intraday[t] ?? null];
    return rs === null || o === null || c === null ? null : annual(o + k * c + (1 - k) * rs);
  });
}

const annual = (variance: number | null): number | null =>
  variance === null ? null : Math.sqrt(sessionsAYear * Math.max(0, variance));

const termsOf = (bars: Bars, term: Term): Part =>
  bars.close.map((close, t) =>
    isSound(bars, t) ? term(bars.open[t] ?? 0, bars.high[t] ?? 0, bars.low[t] ?? 0, close) : null,
  );

/** Whether the session's prices are positive, and none lies outside its range. */
function isSound(bars: Bars, t: number): boolean {
  const open = bars.open[t] ?? 0;
  const high = bars.high[t] ?? 0;
  const low = bars.low[t] ?? 0;
  const close = bars.close[t] ?? 0;
  return low > 0 && low <= open && low <= close && high >= open && high >= close;
}

const isPositive = ({ open, high, low, close }: Bars): boolean =>
  [open, high, low, close].every((prices) => prices.every((price) => price > 0));

const lastBars = ({ open, high, low, close }: Bars, count: number): Bars => ({
  open: open.slice(-count),
  high: high.slice(-count),
  low: low.slice(-count),
  close: close.slice(-count),
});

function requireBars({ open, high, low, close }: Bars, window: number): void {
  if ([open, high, low].some((prices) => prices.length !== close.length))
    throw new RangeError("range volatility requires four prices a session");
  if (![open, high, low, close].every((prices) => prices.every(Number.isFinite)))
    throw new RangeError("range volatility requires finite prices");
  if (!(Number.isInteger(window) && window >= 2))
    throw new RangeError(`range volatility requires a window of 2 or more, got ${window}`);
}
