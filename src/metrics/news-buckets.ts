import { meanOf } from "#src/metrics/mean.ts";
import { type Path, sessionsOf } from "#src/metrics/panel.ts";
import { type ShareInterval, wilsonInterval } from "#src/metrics/wilson-interval.ts";

/** What one source published in each week, all sources on the same weeks, oldest first; `null` where it was not read. */
export interface NewsSource {
  /** Articles that tell the narrative, syndicated copies counted once. */
  readonly hits: Path;
  /** All its articles: without them a count says nothing. */
  readonly articles: Path;
}

/** A source that tells only shares, as GDELT's volume timeline does: what they were counted from is not known. */
export interface NewsShares {
  /** Share of its articles that tell the narrative, 0 to 1. */
  readonly shares: Path;
}

export type AnyNewsSource = NewsSource | NewsShares;

/** Weeks taken together, so that they have hits enough to be compared. */
export interface NewsBucket {
  /** First and last week, by their places. */
  readonly from: number;
  readonly to: number;
  /** Of all sources that are counted. */
  readonly hits: number;
  readonly articles: number;
  /** Their quotient, and its interval at 95 %; `null` where none is counted. */
  readonly share: number | null;
  readonly interval: ShareInterval | null;
  /** The share of each source, in the order given; `null` for one that published nothing or was not read. */
  readonly sources: Path;
}

/** Fewer hits than this are no bucket. */
export const leastHits = 30;

/**
 * Buckets of news (新闻分桶, N1): weeks in their order, merged until they have 30 hits.
 *
 * A bucket ends with the week that brings it to 30; so it is the same whatever comes later. Weeks at the end that have not come to
 * 30 are in none. Sources that tell only shares have no hits to wait for: one share is enough where no other is counted, and a bucket
 * has the mean of those of its weeks.
 *
 * @param from  the first week
 * @param to  the week after the last
 * @param beside  sources of narratives that are compared with this one: a bucket ends only where each of them has enough as well,
 *   so that all have the same buckets
 * @throws {RangeError} if lengths differ, a count is not an integer of 0 or more, a source has more hits than articles, or a share
 *   does not lie between 0 and 1
 */
export function newsBuckets(
  sources: readonly AnyNewsSource[],
  from = 0,
  to: number = weeksOf(sources),
  beside: readonly (readonly AnyNewsSource[])[] = [],
): readonly NewsBucket[] {
  const told = [sources, ...beside];
  weeksOf(told.flat());
  for (const source of told.flat()) requireNews(source);
  const buckets: NewsBucket[] = [];
  let start = from;
  for (let week = from; week < to; week++) {
    if (!told.every((each) => hasEnough(each, start, week))) continue;
    buckets.push(bucketOf(sources, start, week));
    start = week + 1;
  }
  return buckets;
}

/** How many weeks sources have. @throws {RangeError} if they differ */
export const weeksOf = (sources: readonly AnyNewsSource[]): number => sessionsOf(sources.flatMap(pathsOf));

/** The numbers of a source: its counts, or its shares. */
export const pathsOf = (source: AnyNewsSource): readonly Path[] =>
  isCounted(source) ? [source.hits, source.articles] : [source.shares];

const isCounted = (source: AnyNewsSource): source is NewsSource => "hits" in source;

function hasEnough(sources: readonly AnyNewsSource[], from: number, to: number): boolean {
  const counted = sources.filter(isCounted);
  const { hits } = totalOf(counted.map((source) => sumsOf(source, from, to)));
  return counted.length > 0
    ? hits >= leastHits
    : sources.some((source) => shareOf(source, from, to) !== null);
}

function bucketOf(sources: readonly AnyNewsSource[], from: number, to: number): NewsBucket {
  const { hits, articles } = totalOf(sources.filter(isCounted).map((source) => sumsOf(source, from, to)));
  const share = articles === 0 ? null : hits / articles;
  return {
    from,
    to,
    hits,
    articles,
    share,
    interval: share === null ? null : wilsonInterval(share, articles),
    sources: sources.map((source) => shareOf(source, from, to)),
  };
}

/** The share of a source in some weeks: of its counts added up, or the mean of its shares. */
function shareOf(source: AnyNewsSource, from: number, to: number): number | null {
  if (isCounted(source)) {
    const { hits, articles } = sumsOf(source, from, to);
    return articles === 0 ? null : hits / articles;
  }
  const shares = source.shares.slice(from, to + 1).filter((share) => share !== null);
  return shares.length === 0 ? null : meanOf(shares);
}

interface Counts {
  readonly hits: number;
  readonly articles: number;
}

const totalOf = (counts: readonly Counts[]): Counts =>
  counts.reduce((sum, each) => ({ hits: sum.hits + each.hits, articles: sum.articles + each.articles }), {
    hits: 0,
    articles: 0,
  });

function sumsOf(source: NewsSource, from: number, to: number): Counts {
  let [hits, articles] = [0, 0];
  for (let week = from; week <= to; week++) {
    const [told, all] = [source.hits[week] ?? null, source.articles[week] ?? null];
    // A week counts only with both numbers.
    if (told === null || all === null) continue;
    hits += told;
    articles += all;
  }
  return { hits, articles };
}

function requireNews(source: AnyNewsSource): void {
  if (isCounted(source)) requireCounts(source);
  else if (!source.shares.every((share) => share === null || (share >= 0 && share <= 1)))
    throw new RangeError("news buckets require shares from 0 to 1");
}

function requireCounts({ hits, articles }: NewsSource): void {
  if (![hits, articles].every((path) => path.every((v) => v === null || (Number.isInteger(v) && v >= 0))))
    throw new RangeError("news buckets require counts");
  if (hits.some((count, week) => count !== null && count > (articles[week] ?? Number.POSITIVE_INFINITY)))
    throw new RangeError("news buckets require no more hits than articles");
}
