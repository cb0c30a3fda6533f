import {
  type Contradiction,
  contradictionIn,
  contradictionOf,
  type SignalSums,
  signalSums,
} from "#src/metrics/contradiction.ts";
import { acrossGaps } from "#src/metrics/gaps.ts";
import { type Path, sessionsOf } from "#src/metrics/panel.ts";
import { type Measured, ok, type Reason, tooFew, warn } from "#src/metrics/result.ts";
import { rollingZScore } from "#src/metrics/rolling-z-score.ts";

/** A price that says something of growth. */
export interface GrowthSignal {
  /** 1 where a rise says growth (metals, yields, cyclicals over defensives), −1 where it says the contrary (VIX, credit spread). */
  readonly sign: 1 | -1;
  /** How it changes: prices by logarithms; yields, spreads and volatility indices by differences, never in per cent. */
  readonly change: "logarithm" | "difference";
  /** Levels, one a session, all signals on the same sessions; `null` where missing. */
  readonly levels: Path;
  /** In any unit, above 0; 1 unless given. */
  readonly weight?: number;
}

/** The contradiction of a session, and its signals: a positive one says growth. */
export interface CrossAssetContradiction extends Contradiction {
  /** g, −3 to 3, in the order given; `null` where there is none. */
  readonly signals: Path;
  /** A contradiction may be spoken of: C is 0.6 or more, and A 0.8 or more. */
  readonly isContradictory: boolean;
}

/** The paths behind {@link crossAssetContradiction}, one element a session. */
export interface CrossAssetPath {
  readonly contradiction: Path;
  readonly intensity: Path;
  readonly signals: readonly Path[];
}

/** Rules of the cross-asset contradiction (E2). */
export const contradictionRules = {
  horizon: 20,
  clip: 3,
  leastSignals: 5,
  least: 0.6,
  leastIntensity: 0.8,
  history: { min: 756, preferred: 2520 },
} as const;

/** What rounding may take from a number that is exactly at its threshold: seven signals of 3 against three have a C of 0.6. */
const slack = 1e-9;

/**
 * Cross-asset contradiction (跨资产信号矛盾, E2): whether markets say growth and its contrary at once.
 *
 *     g = sign · clip(z, −3, 3),   z of the change over 20 sessions against at most 2,520 such changes before, 756 at least
 *     C = 1 − |Σ w g| / Σ w |g|,   A = Σ w |g|,   Σ w = 1
 *
 * Each signal's sessions are its own: on one that it lacks it has no signal, and its changes step over it; so they do where a
 * price is not positive and has no logarithm. Signals: industrial
 * metals +, copper over gold +, ten-year yield +, slope of the curve +, cyclicals over defensives +, high-yield spread −,
 * VIX −, AUDJPY +, oil +; what a slope says depends on the regime. A house measure: the correlation surprise (D9) is always
 * shown beside it.
 *
 * @returns `n` counts signals; `insufficient` (`too-few`) below five with a z of today; `warn` (`short-history`) where one of
 *   them has fewer than 2,520 earlier changes, (`components-missing`) where one that is given has no z; `undefined` (`no-signal`)
 *   where all are 0
 * @throws {RangeError} if lengths differ, a level is not finite, or a weight not above 0
 */
export function crossAssetContradiction(signals: readonly GrowthSignal[]): Measured<CrossAssetContradiction> {
  sessionsOf(signals.map(({ levels }) => levels));
  const changes = signals.map(changesOf);
  const today = signals.map((signal, i) => signalPath(signal, changes[i] ?? []).at(-1) ?? null);
  const there = today.flatMap((g, i) => (g === null ? [] : [i]));
  const { leastSignals, least, leastIntensity, history } = contradictionRules;
  const n = there.length;
  if (n < leastSignals) return tooFew(n, leastSignals);
  const found = contradictionOf(
    there.map((i) => today[i] ?? 0),
    there.map((i) => weightOf(signals[i])),
  );
  if (found.value === null) return found;
  const { contradiction, intensity } = found.value;
  const value: CrossAssetContradiction = {
    ...found.value,
    opposing: found.value.opposing.map(({ positive, negative, size }) => ({
      positive: there[positive] ?? positive,
      negative: there[negative] ?? negative,
      size,
    })),
    signals: today,
    isContradictory: contradiction >= least - slack && intensity >= leastIntensity - slack,
  };
  const shortest = Math.min(...there.map((i) => knownBefore(changes[i] ?? [])));
  const reasons: readonly Reason[] = [
    ...(shortest < history.preferred
      ? [{ code: "short-history", need: history.preferred, have: shortest }]
      : []),
    ...(n < signals.length ? [{ code: "components-missing", need: signals.length, have: n }] : []),
  ];
  return reasons.length > 0 ? warn(value, n, ...reasons) : ok(value, n);
}

/**
 * {@link crossAssetContradiction} of every session, in one pass. Element `t` uses nothing after `t`.
 *
 * @returns `null` where fewer than five have a z, or all are 0
 * @throws {RangeError} as {@link crossAssetContradiction}
 */
export function crossAssetPath(signals: readonly GrowthSignal[]): CrossAssetPath {
  const sessions = sessionsOf(signals.map(({ levels }) => levels));
  const paths = signals.map((signal) => signalPath(signal, changesOf(signal)));
  const weights = signals.map(weightOf);
  const contradiction: (number | null)[] = [];
  const intensity: (number | null)[] = [];
  for (let t = 0; t < sessions; t++) {
    const sums = sumsAt(paths, weights, t);
    contradiction.push(sums && contradictionIn(sums));
    intensity.push(sums?.intensity ?? null);
  }
  return { contradiction, intensity, signals: paths };
}

/** Of the signals that are there; `null` of fewer than five, or where all are 0. A signal that is missing weighs nothing. */
function sumsAt(paths: readonly Path[], weights: readonly number[], t: number): SignalSums | null {
  const there = new Float64Array(paths.length);
  const weight = new Float64Array(paths.length);
  let n = 0;
  for (let i = 0; i < there.length; i++) {
    const g = paths[i]?.[t] ?? null;
    if (g === null) continue;
    there[i] = g;
    weight[i] = weights[i] ?? 0;
    n++;
  }
  if (n < contradictionRules.leastSignals) return null;
  const sums = signalSums(there, weight);
  return sums.intensity === 0 ? null : sums;
}

function weightOf(signal: GrowthSignal | undefined): number {
  const { weight = 1 } = signal ?? {};
  if (!(weight > 0)) throw new RangeError(`a signal requires a weight above 0, got ${weight}`);
  return weight;
}

const knownBefore = (changes: Path): number => changes.filter((change) => change !== null).length - 1;

/** Changes over the horizon, from a signal's own session to another of its own. */
const changesOf = ({ levels, change }: GrowthSignal): Path =>
  acrossGaps(change === "logarithm" ? levels.map(logarithm) : levels, (present) =>
    present.map((level, t) => {
      const before = present[t - contradictionRules.horizon];
      return before === undefined ? null : level - before;
    }),
  );

/** Oil was below 0 on a day of 2020. */
const logarithm = (level: number | null): number | null =>
  level === null || level <= 0 ? null : Math.log(level);

function signalPath({ sign }: GrowthSignal, changes: Path): Path {
  const { clip, history } = contradictionRules;
  return acrossGaps(changes, (present) => rollingZScore(present, history)).map((z) =>
    z === null ? null : sign * Math.min(clip, Math.max(-clip, z)),
  );
}
