import { type Path, sessionsOf } from "#src/metrics/panel.ts";
import { type Measured, ok, type Reason, tooFew, warn } from "#src/metrics/result.ts";
import { rollingMean } from "#src/metrics/rolling.ts";
import { median } from "#src/metrics/z-score.ts";

/** A company's quarters, or those of a group added up, oldest first, in one currency; `null` where missing. */
export interface CapexQuarters {
  /** Capital expenditure, positive. */
  readonly capex: Path;
  readonly sales: Path;
  /** Net operating profit after taxes, or operating income: one of them throughout. */
  readonly profit: Path;
  readonly freeCashFlow: Path;
  /** Depreciation and amortisation. */
  readonly depreciation: Path;
}

/** Capital expenditure and what comes of it, of four quarters each. */
interface CapexMeasures<T> {
  /** Capital expenditure over sales. */
  readonly intensity: T;
  /** Against the four quarters before, as the growth of depreciation below. */
  readonly capexGrowth: T;
  /** Rise of profit over the four quarters before, per unit of the capital expenditure of these. */
  readonly incrementalReturn: T;
  /** Free cash flow over sales. */
  readonly cashMargin: T;
  readonly depreciationGrowth: T;
}

export type CapexReturnPaths = CapexMeasures<Path>;

/** The latest of them, and whether investors have reason to ask. */
export interface CapexReturn extends CapexMeasures<number | null> {
  /** Median abnormal return on days of guidance; `null` without any. */
  readonly medianReaction: number | null;
  /** The intensity is above that of four quarters before. */
  readonly isRising: boolean | null;
  /** The incremental return is below that of four quarters before. */
  readonly isReturnFalling: boolean | null;
  /** It is rising, and its return falls or markets did not like it. */
  readonly isQuestioned: boolean;
}

const year = 4;
/** Quarters behind an incremental return, and behind its change. */
const [least, preferred] = [2 * year, 3 * year];

/**
 * Capital expenditure and its return (资本开支回报, V8).
 *
 *     intensity = Σ capex / Σ sales,   incremental return = (Σ profit − Σ profit[−4]) / Σ capex[−4],   sums of four quarters
 *
 * @param reactions  abnormal returns of event reactions (B6) on days of guidance
 * @returns `insufficient` below 8 quarters; `warn` (`short-history`) below 12, of which the change of the return needs all, and
 *   (`components-missing`) where a missing quarter, or a base that is not positive, leaves one of the five without a number: it is `null`
 * @throws {RangeError} if lengths differ, a number is not finite or capital expenditure negative
 */
export function capexReturn(
  quarters: CapexQuarters,
  reactions: readonly number[] = [],
): Measured<CapexReturn> {
  if (!reactions.every(Number.isFinite)) throw new RangeError("capexReturn requires finite reactions");
  const paths = capexReturnPaths(quarters);
  const n = quarters.capex.length;
  if (n < least) return tooFew(n, least);
  const latest = latestOf(paths);
  const { intensity, incrementalReturn } = paths;
  const medianReaction = reactions.length === 0 ? null : median(reactions);
  const isRising = isAbove(latest.intensity, intensity.at(-1 - year));
  const isReturnFalling = isAbove(incrementalReturn.at(-1 - year), latest.incrementalReturn);
  const isQuestioned = isRising === true && (isReturnFalling === true || (medianReaction ?? 0) < 0);
  const value: CapexReturn = { ...latest, medianReaction, isRising, isReturnFalling, isQuestioned };
  const numbers = Object.values(latest);
  const have = numbers.filter((number) => number !== null).length;
  const reasons: readonly Reason[] = [
    ...(n < preferred ? [{ code: "short-history", need: preferred, have: n }] : []),
    ...(have < numbers.length ? [{ code: "components-missing", need: numbers.length, have }] : []),
  ];
  return reasons.length > 0 ? warn(value, n, ...reasons) : ok(value, n);
}

function latestOf(paths: CapexReturnPaths): CapexMeasures<number | null> {
  const latest = (path: Path) => path.at(-1) ?? null;
  return {
    intensity: latest(paths.intensity),
    capexGrowth: latest(paths.capexGrowth),
    incrementalReturn: latest(paths.incrementalReturn),
    cashMargin: latest(paths.cashMargin),
    depreciationGrowth: latest(paths.depreciationGrowth),
  };
}

const isAbove = (a: number | null = null, b: number | null = null): boolean | null =>
  a === null || b === null ? null : a > b;

/**
 * The numbers of {@link capexReturn} at every quarter. Element `t` uses nothing after `t`.
 *
 * @throws {RangeError} as {@link capexReturn}
 */
export function capexReturnPaths(quarters: CapexQuarters): CapexReturnPaths {
  const { capex, sales, profit, freeCashFlow, depreciation } = quarters;
  sessionsOf([capex, sales, profit, freeCashFlow, depreciation]);
  if (capex.some((spent) => spent !== null && spent < 0))
    throw new RangeError("capexReturn requires capital expenditure that is not negative");
  // Ratios of sums are those of means.
  const of = (path: Path) => rollingMean(path, year);
  const [spent, sold, earned, cash, written] = [capex, sales, profit, freeCashFlow, depreciation].map(of);
  return {
    intensity: ratio(spent, sold),
    capexGrowth: ratio(changeOf(spent), yearBefore(spent)),
    incrementalReturn: ratio(changeOf(earned), yearBefore(spent)),
    cashMargin: ratio(cash, sold),
    depreciationGrowth: ratio(changeOf(written), yearBefore(written)),
  };
}

const yearBefore = (path: Path = []): Path => path.map((_, t) => path[t - year] ?? null);

function changeOf(path: Path = []): Path {
  return path.map((now, t) => {
    const before = path[t - year] ?? null;
    return now === null || before === null ? null : now - before;
  });
}

const ratio = (above: Path = [], below: Path = []): Path =>
  above.map((a, t) => {
    const b = below[t] ?? null;
    return a === null || b === null || b <= 0 ? null : a / b;
  });
