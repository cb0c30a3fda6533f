import { leastMagnitude } from "#src/metrics/correlation-surprise.ts";
import type { Path } from "#src/metrics/panel.ts";
import type { ReturnSurprise } from "#src/metrics/return-surprise.ts";
import { rollingMean } from "#src/metrics/rolling.ts";

/** Turbulence of a week and what it is made of: size times combination. */
export interface SurpriseOfWeek {
  /** Mean of the sessions' turbulence (D8). */
  readonly turbulence: Path;
  /** Turbulence over the mean of the sessions' magnitudes (D9). */
  readonly correlation: Path;
}

const week = 5;

/**
 * Turbulence and correlation surprise of five sessions (周湍流指数与相关性意外, D8, D9), at every session.
 *
 *     turbulence = mean(d/n),   correlation surprise = mean(d/n) / mean(m)
 *
 * A weekly speaks of its week: of a single session both jump from one end of their history to the other. Magnitudes are added
 * before they are divided by, so that a session in which next to nothing moved does not count like the others.
 *
 * @param surprises  of `returnSurprises`
 * @returns `null` where one of the five has none, the second also where the mean magnitude is below 0.05
 */
export function surpriseOfWeek(surprises: readonly (ReturnSurprise | null)[]): SurpriseOfWeek {
  const meanOf = (of: (surprise: ReturnSurprise) => number): Path =>
    rollingMean(
      surprises.map((surprise) => surprise && of(surprise)),
      week,
    );
  const turbulence = meanOf(({ distance, assets }) => distance / assets);
  const magnitude = meanOf(({ squares, assets }) => squares / assets);
  const correlation = turbulence.map((distance, t) => {
    const size = magnitude[t] ?? null;
    return distance === null || size === null || size < leastMagnitude ? null : distance / size;
  });
  return { turbulence, correlation };
}
