import type { Path } from "#src/metrics/panel.ts";
import { insufficient, type Measured } from "#src/metrics/result.ts";
import { rollingMean } from "#src/metrics/rolling.ts";

/** Net flows of weeks that follow one another, oldest first; `null` where a week's is missing, which is not zero. */
export type WeeklyFlows = Path;

export const weeksAYear = 52;

/**
 * Sums of every `window` weeks: element `t` is that of the weeks up to `t`, `null` before the first whole window and where a
 * week of it is missing.
 *
 * @throws {RangeError} if a flow is not finite
 */
export function windowSums(flows: WeeklyFlows, window: number): WeeklyFlows {
  requireFlows(flows);
  return rollingMean(flows, window).map((mean) => (mean === null ? null : mean * window));
}

/** @throws {RangeError} if a flow is not finite */
export function requireFlows(flows: WeeklyFlows): void {
  if (!flows.every((flow) => flow === null || Number.isFinite(flow)))
    throw new RangeError("weekly flows must be finite, or null where missing");
}

/** No value: of so many weeks that are needed some have no flow. */
export const weeksMissing = (have: number, need: number): Measured<never> =>
  insufficient(have, { code: "weeks-missing", need, have });
