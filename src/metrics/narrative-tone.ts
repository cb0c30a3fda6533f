import { acrossGaps } from "#src/metrics/gaps.ts";
import { meanOf } from "#src/metrics/mean.ts";
import { type Path, sessionsOf } from "#src/metrics/panel.ts";
import { type Measured, okFrom, tooFew, warn } from "#src/metrics/result.ts";
import { rollingZScore } from "#src/metrics/rolling-z-score.ts";

/** The tone of a narrative, and that of each source. */
export interface NarrativeTone {
  /** Mean z of the sources that have one. */
  readonly tone: number;
  /** z of each in its own history, in the order given; `null` where there is none. */
  readonly sources: Path;
}

/** The paths behind {@link narrativeTone}, one element a bucket. */
export interface NarrativeTonePath {
  readonly tone: Path;
  readonly sources: readonly Path[];
}

/** Weeks of history of a source's tone (N3). */
export const toneHistory = { min: 104, preferred: 260 } as const;

/**
 * Tone of a narrative (叙事语调, N3): the tones that its sources have, each against its own history, for sources differ in how they
 * write and in how tone is measured.
 *
 *     tone = mean z,   z of a source against at most 260 of its weeks before, 104 at least
 *
 * @param sources  tones of each, as (positive − negative) / words or as the source gives them, one a week, all on the same weeks; `null`
 *   where missing
 * @returns `n` counts the earlier weeks of the source that has the fewest of those with a z; `insufficient` where no source has
 *   one; `warn` (`short-history`) below 260 weeks, (`sources-missing`) where a source has none
 * @throws {RangeError} if lengths differ or a tone is not finite
 */
export function narrativeTone(sources: readonly Path[]): Measured<NarrativeTone> {
  const path = narrativeTonePath(sources);
  const scores = path.sources.map((z) => z.at(-1) ?? null);
  const earlier = sources.map((tones) => tones.slice(0, -1).filter((v) => v !== null).length);
  const tone = path.tone.at(-1) ?? null;
  if (tone === null) return tooFew(Math.max(0, ...earlier), toneHistory.min);
  const there = scores.filter((z) => z !== null).length;
  const fewest = Math.min(...earlier.filter((_, i) => scores[i] !== null));
  const n = Math.min(fewest, toneHistory.preferred);
  const value: NarrativeTone = { tone, sources: scores };
  const found = okFrom(value, n, toneHistory.preferred);
  if (there === scores.length) return found;
  return warn(value, n, ...found.reasons, { code: "sources-missing", need: scores.length, have: there });
}

/**
 * {@link narrativeTone} of every week, in one pass. Element `t` uses nothing after `t`.
 *
 * @throws {RangeError} as {@link narrativeTone}
 */
export function narrativeTonePath(sources: readonly Path[]): NarrativeTonePath {
  const weeks = sessionsOf(sources);
  const scores = sources.map((tones) => acrossGaps(tones, (present) => rollingZScore(present, toneHistory)));
  const tone = Array.from({ length: weeks }, (_, t) => {
    const there = scores.map((z) => z[t] ?? null).filter((z) => z !== null);
    return there.length === 0 ? null : meanOf(there);
  });
  return { tone, sources: scores };
}
