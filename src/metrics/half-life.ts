import { leastSessions } from "#src/metrics/augmented-dickey-fuller.ts";
import { leastSquares } from "#src/metrics/least-squares.ts";
import { meanOf } from "#src/metrics/mean.ts";
import { persistenceInterval, type Simulation } from "#src/metrics/persistence-interval.ts";
import { type Measured, notDefined, ok, tooFew } from "#src/metrics/result.ts";

/** How fast a spread comes back. */
export interface HalfLife {
  /** The share of a deviation that is left after a session. */
  readonly phi: number;
  /** `no-mean-reversion` where φ is 1 or more, `under-one-session` where it is 0 or less. */
  readonly reading: "sessions" | "no-mean-reversion" | "under-one-session";
  /** Sessions after which half of a deviation is left; `null` where there is no such number. */
  readonly sessions: number | null;
  /** 95 % interval in sessions; 0 for less than one, `null` for never. */
  readonly interval: { readonly low: number | null; readonly high: number | null };
  /** Whether it may be said: the upper end is below half of the window. */
  readonly isSpoken: boolean;
}

/** Residuals below this share of the values' size are their rounding. */
const noise = 1e-12;

/**
 * Half-life of mean reversion (均值回复半衰期, P7), from an autoregression of order 1.
 *
 *     s[t] = c + φ·s[t−1] + e[t],   HL = −ln 2 / ln φ       (0 < φ < 1)
 *
 * φ is biased down, so the half-life alone is too short; the interval is not: see {@link persistenceInterval}. Residuals of a
 * line fitted to two legs are made to come back: of pairs of independent walks one in eight passes, so of legs it may be said
 * only where they are cointegrated too.
 *
 * @param spread  values of the window, oldest first, at least 250
 * @returns `insufficient` below 250 values; `undefined`: (`zero-variance`) for a spread that does not move, (`perfect-fit`) for
 *   one that its last value explains but for rounding
 * @throws {RangeError} if a value is not finite
 * @see Andrews (1993), Econometrica 61(1), 139–165, for the bias
 * @example halfLifeOf(0.9); // 6.578813
 */
export function halfLife(spread: readonly number[], simulation: Simulation = {}): Measured<HalfLife> {
  const n = spread.length;
  if (!spread.every(Number.isFinite)) throw new RangeError("halfLife requires finite values");
  if (n < leastSessions) return tooFew(n, leastSessions);
  const before = spread.slice(0, -1);
  const fit = leastSquares([before.map(() => 1), before], spread.slice(1));
  if (fit.value === null) return notDefined("zero-variance", n);
  const { coefficients, errors, residuals, squares } = fit.value;
  const size = spread.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
  if (Math.sqrt(squares / n) < noise * size) return notDefined("perfect-fit", n);
  const [phi, error] = [coefficients[1] ?? Number.NaN, errors[1] ?? Number.NaN];
  const start = (spread[0] ?? 0) - meanOf(spread);
  const bounds = persistenceInterval({ phi, error, residuals, start }, simulation);
  const interval = { low: halfLifeOf(bounds.low ?? 1), high: halfLifeOf(bounds.high ?? 1) };
  return ok(
    {
      phi,
      reading: readingOf(phi),
      sessions: phi > 0 ? halfLifeOf(phi) : null,
      interval,
      isSpoken: interval.high !== null && interval.high < n / 2,
    },
    n,
  );
}

/** Sessions after which half of a deviation is left: 0 where φ is 0 or less, `null` (never) where it is 1 or more. */
export function halfLifeOf(phi: number): number | null {
  if (phi >= 1) return null;
  return phi <= 0 ? 0 : -Math.LN2 / Math.log(phi);
}

function readingOf(phi: number): HalfLife["reading"] {
  if (phi >= 1) return "no-mean-reversion";
  return phi <= 0 ? "under-one-session" : "sessions";
}
