import { type NarrativeBalance, narrativeBalance } from "#src/metrics/narrative-balance.ts";
import {
  type IntensityBucket,
  type NarrativeIntensity,
  narrativeIntensity,
  narrativeIntensityPath,
} from "#src/metrics/narrative-intensity.ts";
import type { AnyNewsSource } from "#src/metrics/news-buckets.ts";
import { type Measured, mapMeasured, ok, warn } from "#src/metrics/result.ts";

/** Two narratives in the same weeks. */
export interface NarrativeContest extends NarrativeBalance {
  readonly intensities: readonly [NarrativeIntensity, NarrativeIntensity];
  /** Every bucket of each: the same weeks at the same place. */
  readonly paths: readonly [readonly IntensityBucket[], readonly IntensityBucket[]];
}

/**
 * Contest of two narratives (叙事之争, N1, N2): both intensities in the same buckets, and how they stand against each other.
 *
 * A narrative that is thinly told would have longer buckets than the other, and two numbers of different weeks are no comparison. So a
 * bucket ends with the week that brings *both* to 30 hits; it is the same whatever comes later.
 *
 * @param first  sources of the one narrative, all on the same weeks
 * @param second  sources of the other, on the same weeks
 * @returns `n` counts earlier buckets; as {@link narrativeIntensity} of either, the first that has none, and as {@link narrativeBalance}
 * @throws {RangeError} as {@link narrativeIntensity}
 */
export function narrativeContest(
  first: readonly AnyNewsSource[],
  second: readonly AnyNewsSource[],
): Measured<NarrativeContest> {
  const a = narrativeIntensity(first, undefined, second);
  if (a.value === null) return a;
  const b = narrativeIntensity(second, undefined, first);
  if (b.value === null) return b;
  const intensities = [a.value, b.value] as const;
  const paths = [
    narrativeIntensityPath(first, undefined, second),
    narrativeIntensityPath(second, undefined, first),
  ] as const;
  const n = Math.min(a.n, b.n);
  const found = mapMeasured(narrativeBalance(a.value.index, b.value.index), (balance) => ({
    ...balance,
    intensities,
    paths,
  }));
  if (found.value === null) return { ...found, n };
  const reasons = [...new Map([...a.reasons, ...b.reasons].map((reason) => [reason.code, reason])).values()];
  return reasons.length > 0 ? warn(found.value, n, ...reasons) : ok(found.value, n);
}
