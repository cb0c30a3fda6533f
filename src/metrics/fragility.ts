import type { Path } from "#src/metrics/panel.ts";
import { type Measured, ok, warn } from "#src/metrics/result.ts";

/** The four cells: whether markets are turbulent, and whether they are tightly coupled. */
export type FragilityState = "calm-resilient" | "calm-fragile" | "turbulent-resilient" | "turbulent-fragile";

/** From where on a market is turbulent (a percentile), and fragile (a standardised shift). */
export const fragilityRules = { turbulent: 75, fragile: 1 } as const;

/**
 * Turbulence and absorption (湍流与脆弱性, J4): a 2 × 2 grid.
 *
 *     turbulent   percentile of the turbulence index (D8) in its own history ≥ 75
 *     fragile     standardised shift of the absorption ratio (D7) ≥ 1
 *
 * @param turbulence  percentile, 0 to 100
 * @param shift  in standard deviations of a year's absorption ratios
 * @returns as the weaker of the two: no state unless both have a value
 * @throws {RangeError} if the percentile is not one, or the shift not finite
 * @see Kritzman and Li (2010), Skulls, financial turbulence, and risk management, Financial Analysts Journal 66(5);
 *   Kritzman, Li, Page and Rigobon (2011), Principal components as a measure of systemic risk, JPM 37(4)
 */
export function fragility(turbulence: Measured<number>, shift: Measured<number>): Measured<FragilityState> {
  if (turbulence.value === null) return turbulence;
  if (shift.value === null) return shift;
  const state = fragilityState(turbulence.value, shift.value);
  const n = Math.min(turbulence.n, shift.n);
  const reasons = [...turbulence.reasons, ...shift.reasons];
  return turbulence.status === "warn" || shift.status === "warn" ? warn(state, n, ...reasons) : ok(state, n);
}

/**
 * {@link fragility} of every session; `null` where one of the two has no value. Element `t` uses nothing after `t`.
 *
 * @throws {RangeError} as {@link fragility}, and if lengths differ
 */
export function fragilityPath(turbulence: Path, shift: Path): readonly (FragilityState | null)[] {
  if (turbulence.length !== shift.length)
    throw new RangeError("fragilityPath requires turbulence and shifts of one length");
  return turbulence.map((rank, t) => {
    const moved = shift[t] ?? null;
    return rank === null || moved === null ? null : fragilityState(rank, moved);
  });
}

function fragilityState(rank: number, shift: number): FragilityState {
  if (!(rank >= 0 && rank <= 100 && Number.isFinite(shift)))
    throw new RangeError(`fragility requires a percentile and a finite shift, got ${rank} and ${shift}`);
  const word = rank >= fragilityRules.turbulent ? "turbulent" : "calm";
  return `${word}-${shift >= fragilityRules.fragile ? "fragile" : "resilient"}`;
}
