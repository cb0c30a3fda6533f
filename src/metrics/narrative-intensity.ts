import { coverage } from "#src/metrics/coverage.ts";
import { meanOf, deviationOf as sampleDeviation } from "#src/metrics/mean.ts";
import {
  type AnyNewsSource,
  type NewsBucket,
  newsBuckets,
  pathsOf,
  weeksOf,
} from "#src/metrics/news-buckets.ts";
import { percentileRank } from "#src/metrics/percentile-rank.ts";
import {
  insufficient,
  type Measured,
  notDefined,
  okFrom,
  type Reason,
  tooFew,
  warn,
} from "#src/metrics/result.ts";
import { noise } from "#src/metrics/z-score.ts";

/** A bucket on the scale of its base. */
export interface IntensityBucket extends NewsBucket {
  /** 100 is the mean of the base; `null` while the base is not over or has too little, and where no source counts. */
  readonly index: number | null;
  /** It lies in the base, and its index was not known before the base's end. */
  readonly isBase: boolean;
  /** The first week of its base: indices of different bases are not to be compared. */
  readonly base: number;
}

/** The intensity of a narrative in the latest bucket. */
export interface NarrativeIntensity extends IntensityBucket {
  readonly index: number;
  /** Among the earlier buckets of its base and after it, at most 260; `null` below 104. */
  readonly percentile: number | null;
  /** Weeks after the bucket that have not come to 30 hits. */
  readonly pending: number;
}

/** Rules of narrative intensity (N1). */
export const narrativeRules = {
  /** Weeks of the base, and buckets that it needs for a deviation. */
  base: 104,
  leastBuckets: 26,
  history: { min: 104, preferred: 260 },
} as const;

const { base: baseWeeks, leastBuckets, history } = narrativeRules;

/**
 * Narrative intensity (叙事强度, N1): how much a narrative is told, with sources of any size and habit brought to one scale, as the
 * index of economic policy uncertainty does.
 *
 *     Y = mean over sources of (share / sd of the source's shares in the base),   I = 100 · Y / mean(Y in the base)
 *
 * The base is the first 104 weeks of a list of sources. Where the list changes a new base begins. Thin weeks are merged. A source
 * counts where it has shares in three quarters of the base's buckets, and these move.
 *
 * @param sources  counts or shares of each; one that a list does not have is `null` in its weeks
 * @param lists  the version of the list of sources in each week; one throughout unless given
 * @param beside  sources of another narrative, on the same weeks, which is to have the same buckets
 * @returns `n` counts earlier buckets, at most 260; `insufficient` (`too-few`) below 104 weeks of the latest list, (`thin-base`) with
 *   fewer than 26 buckets in its base; `warn` (`short-history`) below 260 earlier buckets, (`open-bucket`) where weeks at the end have
 *   not come to 30 hits, (`sources-missing`) where a source of the list does not count; `undefined` (`no-source`) where none does
 * @throws {RangeError} if lengths differ, or as {@link newsBuckets}
 * @see Baker, Bloom and Davis (2016), Quarterly Journal of Economics 131(4)
 */
export function narrativeIntensity(
  sources: readonly AnyNewsSource[],
  lists?: readonly string[],
  beside: readonly AnyNewsSource[] = [],
): Measured<NarrativeIntensity> {
  const weeks = weeksOf(sources);
  const start = startsOf(weeks, lists).at(-1) ?? 0;
  if (weeks - start < baseWeeks) return tooFew(weeks - start, baseWeeks);
  const { buckets, counted } = onBase(sources, start, weeks, beside);
  const latest = buckets.at(-1);
  const inBase = buckets.filter(({ isBase }) => isBase).length;
  if (latest === undefined || inBase < leastBuckets) return thinBase(inBase);
  const earlier = buckets.slice(0, -1).flatMap(({ index }) => (index === null ? [] : [index]));
  const recent = earlier.slice(-history.preferred);
  const { index } = latest;
  if (index === null) return notDefined("no-source", recent.length);
  const pending = weeks - 1 - latest.to;
  const percentile = percentileRank(recent, index, history).value;
  const value: NarrativeIntensity = { ...latest, index, percentile, pending };
  const found = okFrom(value, recent.length, history.preferred);
  const listed = sources.filter((source) =>
    pathsOf(source).every((path) => path.slice(start).some((number) => number !== null)),
  );
  const have = counted.filter((i) => (latest.sources[i] ?? null) !== null).length;
  const reasons: readonly Reason[] = [
    ...found.reasons,
    ...(pending > 0 ? [{ code: "open-bucket", have: pending }] : []),
    ...(have < listed.length ? [{ code: "sources-missing", need: listed.length, have }] : []),
  ];
  return reasons.length > 0 ? warn(value, found.n, ...reasons) : found;
}

const thinBase = (have: number): Measured<never> =>
  insufficient(have, { code: "thin-base", need: leastBuckets, have });

/**
 * The buckets of all lists, one list after the other. A bucket after its base is the same whatever comes later; those in the base
 * have their index from its end on.
 *
 * @throws {RangeError} as {@link narrativeIntensity}
 */
export function narrativeIntensityPath(
  sources: readonly AnyNewsSource[],
  lists?: readonly string[],
  beside: readonly AnyNewsSource[] = [],
): readonly IntensityBucket[] {
  const weeks = weeksOf(sources);
  const starts = startsOf(weeks, lists);
  return starts.flatMap((start, i) => onBase(sources, start, starts[i + 1] ?? weeks, beside).buckets);
}

/** The first week of every list. */
function startsOf(weeks: number, lists: readonly string[] | undefined): readonly number[] {
  if (lists !== undefined && lists.length !== weeks)
    throw new RangeError("narrative intensity requires a list of sources for each week");
  return Array.from({ length: weeks }, (_, week) => week).filter(
    (week) => week === 0 || lists?.[week] !== lists?.[week - 1],
  );
}

/** The buckets of one list, and the places of the sources that count. */
function onBase(
  sources: readonly AnyNewsSource[],
  start: number,
  end: number,
  beside: readonly AnyNewsSource[],
) {
  const isOver = end - start >= baseWeeks;
  const made = newsBuckets(sources, start, end, beside.length > 0 ? [beside] : []);
  const inBase = made.filter(({ to }) => to < start + baseWeeks);
  const isKnown = isOver && inBase.length >= leastBuckets;
  const deviations = sources.map((_, i) => (isKnown ? deviationOf(inBase, i) : null));
  const levels = made.map((bucket) => levelOf(bucket, deviations));
  const base = levels.slice(0, inBase.length).filter((level) => level !== null);
  const scale = meanOf(base);
  const buckets = made.map((bucket, b): IntensityBucket => {
    const level = levels[b] ?? null;
    const index = level === null ? null : (100 * level) / scale;
    return { ...bucket, index, isBase: b < inBase.length, base: start };
  });
  return { buckets, counted: deviations.flatMap((deviation, i) => (deviation === null ? [] : [i])) };
}

/** Sample deviation (n − 1) of a source's shares in the base; `null` where it does not count. */
function deviationOf(base: readonly NewsBucket[], source: number): number | null {
  const shares = base.flatMap(({ sources }) => sources[source] ?? []);
  if (shares.length < coverage.least * base.length) return null;
  const deviation = sampleDeviation(shares);
  return deviation < noise ? null : deviation;
}

/** Y: the mean over the sources that count and are there. */
function levelOf({ sources }: NewsBucket, deviations: readonly (number | null)[]): number | null {
  const scaled = sources.flatMap((share, i) => {
    const deviation = deviations[i] ?? null;
    return share === null || deviation === null ? [] : [share / deviation];
  });
  return scaled.length === 0 ? null : meanOf(scaled);
}
