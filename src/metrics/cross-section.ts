import { bySession, type Panel, type Path, pathOf, sessionsOf } from "#src/metrics/panel.ts";
import { insufficient, type Measured, type Reason } from "#src/metrics/result.ts";

/** Weights of a session, one a name, not negative, in any unit; 0 for a name that is no member then. */
export type Weights = readonly number[];

/** One session's returns and weights, one a name; NaN for a return that is missing. */
export interface CrossSection {
  readonly returns: Float64Array;
  readonly weights: Float64Array;
}

/** The share of the weight that must be there for a cross-section to stand for all of it. */
export const leastWeight = 0.9;
/** What rounding may take from a share that is exactly at its threshold. */
const slack = 1e-9;

/**
 * One session of a cross-section; without weights all names weigh the same.
 *
 * @throws {RangeError} if a return is not finite, a weight is not finite or negative, or the two differ in length
 */
export function crossSection(returns: Path, weights: Weights = returns.map(() => 1)): CrossSection {
  if (weights.length !== returns.length)
    throw new RangeError("a cross-section requires as many weights as returns");
  checkWeights(weights);
  return { returns: bySession(returns.map((r) => [r])), weights: Float64Array.from(weights) };
}

/**
 * What a function makes of every session's cross-section; missing where it gives NaN.
 *
 * @param weights  one array a name, as long as its returns; without, all names weigh the same
 * @throws {RangeError} as {@link crossSection}, and if series differ in length
 */
export function crossSectionPath(
  returns: Panel,
  weights: readonly Weights[] | undefined,
  statistic: (section: CrossSection, t: number) => number,
): Path {
  const names = returns.length;
  const flat = bySession(returns);
  const sessions = names === 0 ? 0 : flat.length / names;
  const even = new Float64Array(names).fill(1);
  const weight = weights && flatWeights(weights, returns);
  return pathOf(sessions, (t) => {
    const [from, to] = [t * names, (t + 1) * names];
    return statistic({ returns: flat.subarray(from, to), weights: weight?.subarray(from, to) ?? even }, t);
  });
}

function flatWeights(weights: readonly Weights[], returns: Panel): Float64Array {
  if (weights.length !== returns.length || sessionsOf(weights) !== sessionsOf(returns))
    throw new RangeError("a cross-section requires as many weights as returns");
  for (const path of weights) checkWeights(path);
  return bySession(weights);
}

function checkWeights(weights: Weights): void {
  if (!weights.every((w) => w >= 0 && Number.isFinite(w)))
    throw new RangeError("a cross-section requires weights that are finite and not negative");
}

/** How much of a cross-section is there. */
export interface Presence {
  /** Members with a return. */
  readonly names: number;
  /** Their share of the weight of all members, 0 to 1. */
  readonly share: number;
}

export function presence({ returns, weights }: CrossSection): Presence {
  let [names, there, all] = [0, 0, 0];
  for (let i = 0; i < returns.length; i++) {
    const w = weights[i] ?? 0;
    all += w;
    if (w === 0 || Number.isNaN(returns[i])) continue;
    names++;
    there += w;
  }
  return { names, share: all === 0 ? 0 : there / all };
}

/** Whether so many names are there, and so much of the weight that the rest may be left out. */
export const isCovered = ({ names, share }: Presence, leastNames: number): boolean =>
  names >= leastNames && share >= leastWeight - slack;

/** No value, since {@link isCovered} does not hold. */
export function notCovered({ names, share }: Presence, leastNames: number): Measured<never> {
  const reasons: readonly Reason[] = [
    ...(names < leastNames ? [{ code: "too-few", need: leastNames, have: names }] : []),
    ...(share < leastWeight - slack ? [{ code: "coverage", need: leastWeight, have: share }] : []),
  ];
  return insufficient(names, ...reasons);
}

/** Mean of the returns that are there, by the weights of those: `Σ w R / Σ w`. It is that of equal returns exactly. */
export function weightedMean({ returns, weights }: CrossSection): number {
  let [sum, total, origin] = [0, 0, Number.NaN];
  for (let i = 0; i < returns.length; i++) {
    const r = returns[i] ?? Number.NaN;
    const w = weights[i] ?? 0;
    if (w === 0 || Number.isNaN(r)) continue;
    if (Number.isNaN(origin)) origin = r;
    sum += w * (r - origin);
    total += w;
  }
  return origin + sum / total;
}
