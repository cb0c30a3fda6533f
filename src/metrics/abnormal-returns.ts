import { type BetaWindow, betaWindows, rollingBeta } from "#src/metrics/market-beta.ts";
import type { Path } from "#src/metrics/panel.ts";

/**
 * Abnormal returns (异常收益, B6) of every session: what is left of a return beyond the market's part, by the beta of the sessions before.
 *
 *     AR[t] = R[t] − β[t−1] M[t]
 *
 * Element `t` uses nothing after `t`.
 *
 * @param asset  simple returns, `null` where missing
 * @param market  of the same sessions
 * @returns `null` where one of the three is missing
 * @throws {RangeError} as {@link rollingBeta}
 */
export function abnormalReturnPath(asset: Path, market: Path, of: BetaWindow = betaWindows.daily): Path {
  const betas = rollingBeta(asset, market, of);
  return asset.map((r, t) => {
    const [beta, shared] = [betas[t - 1] ?? null, market[t] ?? null];
    return r === null || beta === null || shared === null ? null : r - beta * shared;
  });
}
