import { type Path, sessionsOf } from "#src/metrics/panel.ts";
import { type ShareInterval, wilsonInterval } from "#src/metrics/wilson-interval.ts";

/** What one source published in each week, all sources on the same weeks, oldest first; `null` where it was not read. */
export interface NewsSource {
  /** Articles that tell the narrative, syndicated copies counted once. */
  readonly hits: Path;
  /** All its articles: without them a count says nothing. */
  readonly articles: Path;
}

/** Weeks taken together, so that they have hits enough to be compared. */
export interface NewsBucket {
  /** First and last week, by their places. */
  readonly from: number;
  readonly to: number;
  /** Of all sources. */
  readonly hits: number;
  readonly articles: number;
  /** Their quotient, and its interval at 95 %. */
  readonly share: number;
  readonly interval: ShareInterval;
  /** The share of each source, in the order given; `null` for one that published nothing or was not read. */
  readonly sources: Path;
}

/** Fewer hits than this are no bucket. */
export const leastHits = 30;

/**
 * Buckets of news (新闻分桶, N1): weeks in their order, merged until they have 30 hits.
 *
 * A bucket ends with the week that brings it to 30; so it is the same whatever comes later. Weeks at the end that have not come to
 * 30 are in none.
 *
 * @param from  the first week
 * @param to  the week after the last
 * @throws {RangeError} if lengths differ, a count is not an integer of 0 or more, or a source has more hits than articles
 */
export function newsBuckets(
  sources: readonly NewsSource[],
  from = 0,
  to: number = weeksOf(sources),
): readonly NewsBucket[] {
  for (const source of sources) requireCounts(source);
  const buckets: NewsBucket[] = [];
  let [start, hits] = [from, 0];
  for (let week = from; week < to; week++) {
    for (const source of sources) hits += countsAt(source, week)?.hits ?? 0;
    if (hits < leastHits) continue;
    buckets.push(bucketOf(sources, start, week));
    [start, hits] = [week + 1, 0];
  }
  return buckets;
}

/** How many weeks sources have. @throws {RangeError} if they differ */
export const weeksOf = (sources: readonly NewsSource[]): number =>
  sessionsOf(sources.flatMap(({ hits, articles }) => [hits, articles]));

function bucketOf(sources: readonly NewsSource[], from: number, to: number): NewsBucket {
  const sums = sources.map((source) => sumsOf(source, from, to));
  const hits = sums.reduce((sum, each) => sum + each.hits, 0);
  const articles = sums.reduce((sum, each) => sum + each.articles, 0);
  const share = hits / articles;
  return {
    from,
    to,
    hits,
    articles,
    share,
    interval: wilsonInterval(share, articles),
    sources: sums.map((each) => (each.articles === 0 ? null : each.hits / each.articles)),
  };
}

function sumsOf(source: NewsSource, from: number, to: number) {
  let [hits, articles] = [0, 0];
  for (let week = from; week <= to; week++) {
    const counts = countsAt(source, week);
    hits += counts?.hits ?? 0;
    articles += counts?.articles ?? 0;
  }
  return { hits, articles };
}

/** A week counts only with both numbers. */
function countsAt(source: NewsSource, week: number) {
  const [hits, articles] = [source.hits[week] ?? null, source.articles[week] ?? null];
  return hits === null || articles === null ? null : { hits, articles };
}

function requireCounts({ hits, articles }: NewsSource): void {
  if (![hits, articles].every((path) => path.every((v) => v === null || (Number.isInteger(v) && v >= 0))))
    throw new RangeError("news buckets require counts");
  if (hits.some((count, week) => count !== null && count > (articles[week] ?? Number.POSITIVE_INFINITY)))
    throw new RangeError("news buckets require no more hits than articles");
}
