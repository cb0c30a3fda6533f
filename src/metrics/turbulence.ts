import fCdf from "@stdlib/stats-base-dists-f-cdf";
import { type Panel, type Path, sessionsOf } from "#src/metrics/panel.ts";
import {
  insufficient,
  type Measured,
  notDefined,
  ok,
  type Reason,
  tooFew,
  warn,
} from "#src/metrics/result.ts";
import {
  arePresent,
  leastSessions,
  type ReturnSurprise,
  returnSurprises,
  surpriseRules,
} from "#src/metrics/return-surprise.ts";

/** How unusual a session's returns are, sizes and combination together. */
export interface Turbulence {
  /** Squared Mahalanobis distance an asset: about 1 on a usual day. */
  readonly turbulence: number;
  readonly distance: number;
  /** Assets that have a return. */
  readonly assets: number;
  /** Of so large a distance among normal returns; much too small for real ones, so that only the percentile may be said. `null` where the covariance is shrunk. */
  readonly pValue: number | null;
  readonly isShrunk: boolean;
}

/**
 * Turbulence (湍流指数, D8): how far the assets' returns of a session are from their usual ones, by the covariance up to the
 * session before.
 *
 *     d/n = (y − μ)' S⁻¹ (y − μ) / n,   d T(T − n) / (n(T² − 1)) ~ F(n, T − n) for normal returns
 *
 * @param returns  simple returns on joined sessions, one array an asset, oldest first, of 5 to 15 asset classes or sectors; `null`
 *   where one is missing. See `returnSurprises` for what μ and S are of
 * @returns `insufficient` below 250 complete sessions before, or 3 an asset, and where less than 80 % of the assets have a return
 *   (`coverage`); `warn` (`short-window`) below 756; `undefined` (`zero-variance`) where no asset moves
 * @throws {RangeError} if series differ in length or a return is not finite
 * @see Kritzman and Li (2010), Skulls, Financial Turbulence, and Risk Management, Financial Analysts Journal 66(5)
 */
export function turbulence(returns: Panel): Measured<Turbulence> {
  const latest = latestSurprise(returns);
  if (latest.value === null) return latest;
  const { distance, assets, sessions: n, isShrunk } = latest.value;
  const pValue = isShrunk ? null : normalTail(distance, assets, n);
  return { ...latest, value: { turbulence: distance / assets, distance, assets, pValue, isShrunk } };
}

/** {@link turbulence} of every session, an asset, in one pass; `null` where there is none. Errors are the same. */
export const turbulencePath = (returns: Panel): Path => turbulencesOf(returnSurprises(returns));

/** The same of surprises that are known already, as correlation surprise is of them too. */
export const turbulencesOf = (surprises: readonly (ReturnSurprise | null)[]): Path =>
  surprises.map((surprise) => surprise && surprise.distance / surprise.assets);

/** The surprise of the last session, with the reasons for which there is none or it is weak. */
export function latestSurprise(returns: Panel): Measured<ReturnSurprise> {
  const [assets, sessions] = [returns.length, sessionsOf(returns)];
  const latest = returnSurprises(returns, sessions - 1).at(-1) ?? null;
  if (latest === null) return withoutSurprise(returns, assets);
  const { sessions: n } = latest;
  const { window } = surpriseRules;
  return n < window ? warn(latest, n, { code: "short-window", need: window, have: n }) : ok(latest, n);
}

function withoutSurprise(returns: Panel, assets: number): Measured<never> {
  const isComplete = (t: number): boolean => returns.every((path) => typeof path[t] === "number");
  const before = Array.from({ length: Math.max(0, sessionsOf(returns) - 1) }, (_, t) => t).filter(
    isComplete,
  ).length;
  if (before < leastSessions(assets)) return tooFew(before, leastSessions(assets));
  const there = returns.filter((path) => typeof path.at(-1) === "number").length;
  if (arePresent(there, assets)) return notDefined("zero-variance", before);
  const reason: Reason = { code: "coverage", need: surpriseRules.leastPresent, have: there / assets };
  return insufficient(before, reason);
}

/** Chance of at least this distance; the lower tail of the inverse, which keeps its digits. */
const normalTail = (distance: number, n: number, sessions: number): number =>
  distance === 0
    ? 1
    : fCdf((n * (sessions ** 2 - 1)) / (distance * sessions * (sessions - n)), sessions - n, n);
