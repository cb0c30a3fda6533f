import { pearson } from "#src/metrics/correlation.ts";
import { empiricalRarity, type Rarity } from "#src/metrics/empirical-rarity.ts";
import type { Path } from "#src/metrics/panel.ts";
import type { HistoryNeed } from "#src/metrics/percentile-rank.ts";
import {
  type RelativeStrength,
  relativeStrength,
  relativeStrengthPath,
} from "#src/metrics/relative-strength.ts";
import { type Measured, notDefined, okFrom, tooFew } from "#src/metrics/result.ts";
import { rollingZScore } from "#src/metrics/rolling-z-score.ts";
import type { Resampling } from "#src/metrics/stationary-bootstrap.ts";

/** Prices of the two groups and of the index that both are measured against, on the same sessions, oldest first. */
export interface JointGroups {
  /** Cap-weighted, as industrials and materials together. */
  readonly cyclical: readonly number[];
  /** Cap-weighted, as staples and utilities together. */
  readonly defensive: readonly number[];
  readonly index: readonly number[];
}

/** What a joint strength is shown beside. */
export interface JointContext {
  /** Prices of the sectors in neither group: who lagged. */
  readonly others?: readonly (readonly number[])[];
  /** The index with equal weights. */
  readonly equalWeight?: readonly number[];
}

/** Horizon and histories, in sessions, and how the rarity's interval is drawn. */
export interface JointOptions extends Omit<Resampling, "block"> {
  readonly horizon?: number;
  /** Earlier relative strengths of which each z is made. */
  readonly history?: HistoryNeed;
  /** Earlier sessions with both z among which today's is rare or not. */
  readonly rarityHistory?: HistoryNeed;
}

/** Whether groups that beat the cap-weighted index together also beat the equal-weight one. */
export type AgainstEqualWeight = "survives" | "weakens" | "vanishes";

/** Groups that should not be strong, or weak, together, and whether they are. */
export interface JointStrength {
  /** Positive: both strong; negative: both weak; 0: neither. */
  readonly joint: number;
  /** z of the relative strength of each. */
  readonly cyclical: number;
  readonly defensive: number;
  /** “At once” may be said: both z are 1 or more on one side. */
  readonly isJoint: boolean;
  /** How often both were as strong, or as weak; `null` where they are neither, or the history is too short. */
  readonly rarity: Rarity | null;
  /** Of the two z before today; `null` where it does not exist. */
  readonly correlation: number | null;
  /** Who paid: relative strength of each of the other sectors, in the order given. */
  readonly others: readonly Measured<RelativeStrength>[];
  /** The same J against the equal-weight index; `null` without one. */
  readonly equalWeight: number | null;
  /** `vanishes`: the mirror image of a heavy sector's weakness, or strength; `null` where either J is missing, or J is 0. */
  readonly againstEqualWeight: AgainstEqualWeight | null;
}

/** Paths behind {@link jointStrength}, one element a session. */
export interface JointStrengthPath {
  readonly joint: Path;
  readonly cyclical: Path;
  readonly defensive: Path;
}

/** Rules of joint relative strength (E1). */
export const jointRules = {
  horizon: 20,
  gate: 1,
  history: { min: 756, preferred: 756 },
  rarityHistory: { min: 756, preferred: 2520 },
} as const;

/**
 * Joint relative strength (攻防同强, E1): cyclicals and defensives that beat the index at once, which they seldom do.
 *
 *     J = min(z_c, z_d)        both above 0
 *         −min(|z_c|, |z_d|)   both below 0
 *         0                    otherwise;   z of the 20-session relative strength (A4) against its last 756 before
 *
 * Rarity is the share of earlier sessions with J as far out on the same side. To beat a cap-weighted index together is arithmetic
 * once a heavy sector lags: so the rest and J against the equal-weight index stand beside it.
 *
 * @returns `n` counts earlier sessions with both z, at most 2,520; `insufficient` (`too-few`) without a z of today, which takes
 *   horizon + 757 prices; `warn` (`short-history`) below 2,520, and below 756 there is no rarity; `undefined` (`not-positive`) for a
 *   price that is not positive, (`zero-variance`) where a history does not move
 * @throws {RangeError} if lengths differ, a price is not finite, or an option is not possible
 */
export function jointStrength(
  groups: JointGroups,
  { others = [], equalWeight }: JointContext = {},
  options: JointOptions = {},
): Measured<JointStrength> {
  const { horizon = jointRules.horizon, history = jointRules.history } = options;
  const { rarityHistory: need = jointRules.rarityHistory } = options;
  const { index, ...both } = groups;
  const equal = equalWeight && jointStrengthPath({ ...both, index: equalWeight }, options);
  const path = jointStrengthPath(groups, options);
  const rest = others.map((sector) => relativeStrength(sector, index, { horizon, history }));
  const [cyclical, defensive] = [path.cyclical.at(-1) ?? null, path.defensive.at(-1) ?? null];
  if (cyclical === null || defensive === null) return withoutZ(groups, horizon + history.min);
  const before = pairsOf(path).slice(-need.preferred);
  const joint = jointOf(cyclical, defensive);
  const isAsFar = ({ joint: then }: Pair) => then * Math.sign(joint) >= Math.abs(joint);
  const rarity = joint === 0 ? null : empiricalRarity(before.map(isAsFar), { ...options, horizon, need });
  const other = equal?.joint.at(-1) ?? null;
  const value: JointStrength = {
    joint,
    cyclical,
    defensive,
    isJoint: Math.abs(joint) >= jointRules.gate,
    rarity: rarity?.value ?? null,
    correlation: pearson(
      before.map((pair) => pair.cyclical),
      before.map((pair) => pair.defensive),
    ).value,
    others: rest,
    equalWeight: other,
    againstEqualWeight: other === null || joint === 0 ? null : standingAgainst(joint, other),
  };
  return okFrom(value, before.length, need.preferred);
}

/**
 * J and both z of every session, in one pass. Element `t` uses nothing after `t`.
 *
 * @returns `null` where a z does not exist
 * @throws {RangeError} as {@link jointStrength}
 */
export function jointStrengthPath(
  { cyclical, defensive, index }: JointGroups,
  { horizon = jointRules.horizon, history = jointRules.history }: JointOptions = {},
): JointStrengthPath {
  const [c, d] = [cyclical, defensive].map((prices) =>
    rollingZScore(relativeStrengthPath(prices, index, horizon), history),
  );
  const joint = (c ?? []).map((z, t) => {
    const other = d?.[t] ?? null;
    return z === null || other === null ? null : jointOf(z, other);
  });
  return { joint, cyclical: c ?? [], defensive: d ?? [] };
}

function jointOf(cyclical: number, defensive: number): number {
  if (cyclical > 0 && defensive > 0) return Math.min(cyclical, defensive);
  return cyclical < 0 && defensive < 0 ? Math.max(cyclical, defensive) : 0;
}

function withoutZ({ cyclical, defensive, index }: JointGroups, sessions: number): Measured<never> {
  const n = index.length;
  if ([...cyclical, ...defensive, ...index].some((price) => price <= 0)) return notDefined("not-positive", n);
  return n < sessions + 1 ? tooFew(n, sessions + 1) : notDefined("zero-variance", n);
}

interface Pair {
  readonly joint: number;
  readonly cyclical: number;
  readonly defensive: number;
}

/** Earlier sessions with both z. */
function pairsOf(path: JointStrengthPath): readonly Pair[] {
  return path.joint.slice(0, -1).flatMap((joint, t): readonly Pair[] => {
    const [cyclical, defensive] = [path.cyclical[t] ?? null, path.defensive[t] ?? null];
    return joint === null || cyclical === null || defensive === null ? [] : [{ joint, cyclical, defensive }];
  });
}

/** What remains of a J against the equal-weight index: as much as the gate takes, or as it was; less; nothing on its side. */
export function standingAgainst(joint: number, other: number): AgainstEqualWeight {
  const left = other * Math.sign(joint);
  if (left <= 0) return "vanishes";
  return left >= Math.min(jointRules.gate, Math.abs(joint)) ? "survives" : "weakens";
}
