import type { Day } from "#src/metrics/days.ts";
import { type LinearFit, leastSquares } from "#src/metrics/least-squares.ts";
import { isExact } from "#src/metrics/newey-west.ts";
import { type Measured, notDefined, ok, tooFew, warn } from "#src/metrics/result.ts";

/** An abnormal return of some sessions about an event. */
export interface AbnormalReturn {
  /** First and last session, counted from the event's. */
  readonly from: number;
  readonly to: number;
  /** Cumulative abnormal return (CAR), a fraction. */
  readonly car: number;
  /** `CAR / (σ √k)`, k sessions. */
  readonly z: number;
  /** CAR in the standard error of a forecast of it, which is what tests of several events are made from. */
  readonly standardised: number;
}

/** What an event did to a series. */
export interface EventReaction {
  /** One a window, in the order given; `null` where the window is not over yet. */
  readonly windows: readonly (AbnormalReturn | null)[];
  /** What is normal: `R = α + β M`; β is `null` where the mean is. */
  readonly alpha: number;
  readonly beta: number | null;
  /** Deviation of a session's abnormal return, in the estimation. */
  readonly sigma: number;
}

/** Sessions of an event's windows, counted from its own. */
export type EventWindow = readonly [from: number, to: number];

/** The rules of event reactions (B6). */
export const eventRules = {
  /** Sessions before the event of which the first and last serve to estimate what is normal. */
  estimation: { first: 250, last: 30 },
  least: 120,
  windows: [
    [0, 0],
    [0, 1],
    [0, 5],
  ],
} as const satisfies { readonly windows: readonly EventWindow[]; readonly [rule: string]: unknown };

/**
 * The session of an event: the first whose trading follows the news.
 *
 * @param day  when it became known, in the exchange's time
 * @param afterClose  after that day's session: the next one is the event's
 * @returns its position, or `null` where there is none yet
 */
export function eventSession(dates: readonly Day[], day: Day, afterClose: boolean): number | null {
  const at = dates.findIndex((date) => (afterClose ? date > day : date >= day));
  return at < 0 ? null : at;
}

/**
 * Event reaction (事件反应, B6): returns about an event against what was normal before it.
 *
 *     AR[t] = R[t] − (a + b M[t]),   or R[t] − mean(R) without a market;   CAR = Σ AR
 *     z = CAR / (σ √k),   σ² = Σ e² / (T − 2), or T − 1
 *     standardised = CAR / √( σ² (k + x' (X'X)⁻¹ x) ),   x the sum over the window of (1, M[t])
 *
 * a, b and σ are estimated on the sessions 250 to 30 before the event, so that what leaked is not taken as normal.
 *
 * @param returns  of the series, oldest first
 * @param market  of the market in the same periods; none for an index itself
 * @param at  position of the event's return, of {@link eventSession}
 * @returns `insufficient` below 120 sessions of estimation; `warn` (`short-window`) below 221; `undefined` (`zero-variance`) where
 *   the market did not move, or the series never parted from what is normal
 * @throws {RangeError} if lengths differ, a return is not finite, the position is not one of the returns or a window ends before
 *   it begins
 * @see MacKinlay (1997), Journal of Economic Literature 35(1)
 */
export function eventReaction(
  returns: readonly number[],
  market: readonly number[] | null,
  at: number,
  windows: readonly EventWindow[] = eventRules.windows,
): Measured<EventReaction> {
  requireEvent(returns, market, at, windows);
  const { first, last } = eventRules.estimation;
  const [start, end] = [Math.max(0, at - first), Math.max(0, at - last + 1)];
  const normal = returns.slice(start, end);
  const [n, whole] = [normal.length, first - last + 1];
  if (n < eventRules.least) return tooFew(n, eventRules.least);
  const columns = [normal.map(() => 1), ...(market === null ? [] : [market.slice(start, end)])];
  const { value: fit } = leastSquares(columns, normal);
  if (fit === null || isExact(columns, fit)) return notDefined("zero-variance", n);
  const sigma = Math.sqrt(fit.squares / (n - columns.length));
  const reactions = windows.map(([from, to]) =>
    at + to < returns.length ? abnormal({ returns, market, fit, sigma }, at, from, to) : null,
  );
  const [alpha = 0, beta = null] = fit.coefficients;
  const value = { windows: reactions, alpha, beta, sigma };
  return n < whole ? warn(value, n, { code: "short-window", need: whole, have: n }) : ok(value, n);
}

interface Estimated {
  readonly returns: readonly number[];
  readonly market: readonly number[] | null;
  readonly fit: LinearFit;
  readonly sigma: number;
}

function abnormal(
  { returns, market, fit, sigma }: Estimated,
  at: number,
  from: number,
  to: number,
): AbnormalReturn {
  const sumOf = (values: readonly number[]) =>
    values.slice(at + from, at + to + 1).reduce((sum, v) => sum + v, 0);
  const sessions = to - from + 1;
  const x = [sessions, ...(market === null ? [] : [sumOf(market)])];
  const car = sumOf(returns) - x.reduce((sum, v, j) => sum + v * (fit.coefficients[j] ?? 0), 0);
  const forecast = x.reduce(
    (sum, v, i) => sum + v * x.reduce((s, w, j) => s + w * (fit.inverse[i]?.[j] ?? 0), 0),
    sessions,
  );
  const z = car / (sigma * Math.sqrt(sessions));
  return { from, to, car, z, standardised: car / (sigma * Math.sqrt(forecast)) };
}

function requireEvent(
  returns: readonly number[],
  market: readonly number[] | null,
  at: number,
  windows: readonly EventWindow[],
): void {
  if (market !== null && market.length !== returns.length)
    throw new RangeError("eventReaction requires a market of the same periods");
  if (!(returns.every(Number.isFinite) && (market ?? []).every(Number.isFinite)))
    throw new RangeError("eventReaction requires finite returns");
  if (!(Number.isInteger(at) && at >= 0 && at < returns.length))
    throw new RangeError(`eventReaction requires an event among its returns, got ${at}`);
  if (
    windows.some(
      ([from, to]) => !(Number.isInteger(from) && Number.isInteger(to) && from <= to && at + from >= 0),
    )
  )
    throw new RangeError("eventReaction requires windows that end after they begin");
}
