import type { Day } from "#src/metrics/days.ts";
import { meanOf } from "#src/metrics/mean.ts";
import { pelt } from "#src/metrics/pelt.ts";
import { type Measured, notDefined, ok, tooFew } from "#src/metrics/result.ts";
import { type CostModel, segmentCost } from "#src/metrics/segment-cost.ts";

/** A change, named by what it ends. */
export interface ChangePoint {
  /** The last position of the left segment, and its day. */
  readonly last: number;
  readonly date: Day;
}

/** What lies between two changes. */
export interface Segment {
  /** First and last position. */
  readonly from: number;
  readonly to: number;
  readonly mean: number;
  /** Root of the mean square about the mean, or about 0 where the mean is known to be 0. */
  readonly deviation: number;
}

/** The changes of a series, oldest first, the segments between them, and by which parameters they were found. */
export interface ChangePoints {
  readonly changes: readonly ChangePoint[];
  readonly segments: readonly Segment[];
  readonly model: CostModel;
  /** What a change must gain to be one: printed with the result. */
  readonly penalty: number;
  readonly minSegment: number;
  /** The variance that is taken as known (`mean`), or the least that a segment may have. */
  readonly variance: number;
}

/** What is to change, and how much it must gain. */
export interface ChangePointOptions {
  readonly model: CostModel;
  /** 3 ln n unless given. */
  readonly penalty?: number;
  /** What the penalty is multiplied with where values go on from one another: the long-run variance ratio; 1 unless given. */
  readonly inflation?: number;
  /** Values in a segment; 20 unless given, at least 2 where it has a variance of its own. */
  readonly minSegment?: number;
  /** The known variance, for `mean`; half the mean squared step unless given, which changes of the mean hardly move. */
  readonly variance?: number;
}

const leastSegments = 5;
const perParameter = 3;
const usualSegment = 20;
/** The least variance of a segment, in that of all values: a likelihood has no bound without it. */
const floorShare = 1e-4;

/**
 * Change points (结构突变点, J2): where mean, variance or both change, by the exact best segmentation.
 *
 *     min Σ C(segment) + β · (segments − 1),   β = 3 ln n
 *
 * It looks at the whole series: of a change today nothing is known until a segment has gone by, and a change may move as
 * data come. For changes of volatility: `variance` of returns less their mean.
 *
 * @param dates  one a value
 * @param values  oldest first
 * @returns `insufficient` below five least segments; `undefined` (`zero-variance`) where nothing moves
 * @throws {RangeError} if lengths differ, a value is not finite or an option not what it must be
 * @see Killick, Fearnhead and Eckley (2012), JASA 107(500); von Neumann (1941), Annals of Mathematical Statistics 12(4),
 *   for the variance from steps
 */
export function changePoints(
  dates: readonly Day[],
  values: readonly number[],
  options: ChangePointOptions,
): Measured<ChangePoints> {
  const n = values.length;
  const { model, minSegment = usualSegment, inflation = 1 } = options;
  if (dates.length !== n)
    throw new RangeError(`changePoints requires a day a value, got ${dates.length} and ${n}`);
  if (!values.every(Number.isFinite)) throw new RangeError("changePoints requires finite values");
  const penalty = (options.penalty ?? perParameter * Math.log(Math.max(n, 1))) * inflation;
  requireOptions(options, minSegment, penalty, inflation);
  if (n < leastSegments * minSegment) return tooFew(n, leastSegments * minSegment);
  const variance = options.variance ?? usualVariance(values, model);
  // Of equal values the mean may differ by a rounding, and so may they from it.
  if (!(variance > 0) || values.every((v) => v === values[0] && model !== "variance"))
    return notDefined("zero-variance", n);
  const lasts = pelt(n, segmentCost(values, model, variance), penalty, minSegment);
  return ok(
    {
      changes: lasts.map((last) => ({ last, date: dates[last] ?? "" })),
      segments: segmentsOf(values, lasts, model),
      model,
      penalty,
      minSegment,
      variance,
    },
    n,
  );
}

function requireOptions(
  { model, variance }: ChangePointOptions,
  minSegment: number,
  penalty: number,
  inflation: number,
): void {
  const shortest = model === "mean-variance" ? 2 : 1;
  if (!(Number.isInteger(minSegment) && minSegment >= shortest))
    throw new RangeError(
      `changePoints of ${model} requires segments of ${shortest} or more, got ${minSegment}`,
    );
  if (!(penalty >= 0 && penalty < Number.POSITIVE_INFINITY && inflation > 0))
    throw new RangeError(`changePoints requires a penalty, got ${penalty}`);
  if (variance !== undefined && !(model === "mean" && variance > 0 && variance < Number.POSITIVE_INFINITY))
    throw new RangeError(
      `changePoints takes a known variance for a mean only, and a positive one, got ${variance}`,
    );
}

function usualVariance(values: readonly number[], model: CostModel): number {
  const n = values.length;
  if (model === "mean") {
    const steps = values.slice(1).reduce((sum, v, i) => sum + (v - (values[i] ?? 0)) ** 2, 0);
    return steps / (2 * (n - 1));
  }
  return floorShare * spread(values, model) ** 2;
}

function spread(values: readonly number[], model: CostModel): number {
  const about = model === "variance" ? 0 : meanOf(values);
  return Math.sqrt(values.reduce((sum, v) => sum + (v - about) ** 2, 0) / values.length);
}

function segmentsOf(
  values: readonly number[],
  lasts: readonly number[],
  model: CostModel,
): readonly Segment[] {
  const ends = [...lasts, values.length - 1];
  return ends.map((to, i) => {
    const from = (ends[i - 1] ?? -1) + 1;
    const inside = values.slice(from, to + 1);
    return { from, to, mean: meanOf(inside), deviation: spread(inside, model) };
  });
}
