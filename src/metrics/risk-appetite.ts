import { acrossGaps } from "#src/metrics/gaps.ts";
import { type Path, sessionsOf } from "#src/metrics/panel.ts";
import { type Measured, okFrom, tooFew, warn } from "#src/metrics/result.ts";
import { rollingRank } from "#src/metrics/rolling-rank.ts";
import { rollingZScore } from "#src/metrics/rolling-z-score.ts";

/** One signal of risk appetite. */
export interface AppetiteSignal {
  /** 1 where a high value means appetite (small over large companies), −1 where it means fear (VIX, credit spread). */
  readonly sign: 1 | -1;
  /** Levels, one a session, all signals on the same sessions; `null` where missing. */
  readonly values: Path;
}

/** Risk appetite today, and what it is made from. */
export interface RiskAppetite {
  /** Mean signed z of the signals that have one. */
  readonly score: number;
  /** Its place in its own history, 0 to 100; `null` below 756 sessions of it. */
  readonly percentile: number | null;
  /** The signed z of each signal, in the order given. */
  readonly components: readonly (number | null)[];
}

/** The paths behind {@link riskAppetite}, one element a session. */
export interface RiskAppetitePath {
  readonly score: Path;
  readonly percentile: Path;
  readonly components: readonly Path[];
}

/** Parameters of risk appetite (J6): more than half of the seven signals must be there. */
export const appetiteRules = {
  leastSignals: 4,
  zHistory: { min: 252, preferred: 756 },
  rankHistory: { min: 756, preferred: 2520 },
} as const;

/**
 * Risk appetite (风险偏好, J6): the mean of z-scores of what investors pay for risk, each signed so that high is appetite.
 *
 *     A[t] = mean( sign[i] · z[i,t] ),   z against the 756 sessions before t;   PR of A in its own history
 *
 * Signals: VIX −, high-yield spread −, cyclicals over defensives +, emerging over developed +, small over large +,
 * copper over gold +, AUDJPY +. A house composite: equal weights, fixed in advance, components always shown.
 *
 * @returns `n` counts the earlier scores that today's is ranked in, at most 2,520; `insufficient` (`too-few`) below four
 *   signals with a z of today; `warn` below 2,520 (`short-history`), and where a signal has no z (`components-missing`)
 * @throws {RangeError} if lengths differ, or a value is not finite
 */
export function riskAppetite(signals: readonly AppetiteSignal[]): Measured<RiskAppetite> {
  const path = riskAppetitePath(signals);
  const components = path.components.map((z) => z.at(-1) ?? null);
  const there = components.filter((z) => z !== null).length;
  const score = path.score.at(-1) ?? null;
  if (score === null) return tooFew(there, appetiteRules.leastSignals);
  const { preferred } = appetiteRules.rankHistory;
  const n = Math.min(preferred, path.score.filter((each) => each !== null).length - 1);
  const value = { score, percentile: path.percentile.at(-1) ?? null, components };
  const found = okFrom<RiskAppetite>(value, n, preferred);
  if (there === signals.length) return found;
  return warn(value, n, ...found.reasons, { code: "components-missing", need: signals.length, have: there });
}

/**
 * {@link riskAppetite} of every session, in one pass. Element `t` uses nothing after `t`.
 *
 * @throws {RangeError} as {@link riskAppetite}
 */
export function riskAppetitePath(signals: readonly AppetiteSignal[]): RiskAppetitePath {
  const sessions = sessionsOf(signals.map(({ values }) => values));
  const components = signals.map(({ sign, values }) =>
    acrossGaps(values, (present) => rollingZScore(present, appetiteRules.zHistory)).map((z) =>
      z === null ? null : sign * z,
    ),
  );
  const score = Array.from({ length: sessions }, (_, t) => meanAt(components, t));
  return { score, percentile: rollingRank(score, appetiteRules.rankHistory), components };
}

function meanAt(components: readonly Path[], t: number): number | null {
  let [sum, there] = [0, 0];
  for (const component of components) {
    const z = component[t] ?? null;
    if (z === null) continue;
    sum += z;
    there++;
  }
  return there < appetiteRules.leastSignals ? null : sum / there;
}
