import type { NarrativeRules, NarrativeTheme } from "#src/domain/narrative-rules.ts";
import { addDays, type IsoDate } from "#src/domain/time.ts";
import { at, deviation, mean, percentileOf, sum } from "#tests/truth/plain.ts";
import { daysFrom, mondayOf, once, type Point, type World } from "#tests/truth/world.ts";

/** The Friday of a day's week, by which weeks of headlines go. */
export const fridayOf = (day: IsoDate): IsoDate => addDays(mondayOf(day), 4);

/** The last value of each week. */
export const byWeek = (points: readonly Point[]): ReadonlyMap<IsoDate, number> =>
  new Map(points.map(({ day, value }) => [fridayOf(day), value]));

/** Every Friday from one to another. */
export const fridays = (from: IsoDate, to: IsoDate): readonly IsoDate[] =>
  Array.from({ length: Math.max(0, Math.floor(daysFrom(from, to) / 7) + 1) }, (_, i) => addDays(from, 7 * i));

export function narrativesOf(world: World): NarrativeRules {
  const { narratives } = world.workspace;
  if (narratives === null) throw new RangeError("no narratives");
  return narratives;
}

/** Series that are told of must be there and not too old: what is said without one is not checked. */
export function fresh(world: World, id: string): readonly Point[] {
  const points = world.points(id);
  const { staleAfter } = world.series(id);
  const last = at(points, -1).day;
  const isOld =
    staleAfter === null
      ? world.sessions(id, addDays(last, 1), world.lastDay).length > 5
      : daysFrom(last, world.lastDay) > staleAfter;
  if (isOld) throw new RangeError(`${id} is too old to be checked`);
  return points;
}

/** Counts of a source in some week. */
interface Counted {
  readonly hits: number;
  readonly articles: number;
}

/** By source, then by week. */
type Sources = readonly (readonly Counted[])[];

/** Both narratives in the same buckets. */
export interface Intensities {
  /** The Friday that ends each bucket. */
  readonly ends: readonly IsoDate[];
  /** 100 is the mean of the base; of the first narrative and of the second. */
  readonly first: readonly number[];
  readonly second: readonly number[];
}

function sourcesOf(world: World, theme: NarrativeTheme): readonly { hits: string; articles: string }[] {
  return theme.sources.map((source) => {
    if ("share" in source) throw new RangeError("only counted sources are checked");
    fresh(world, source.hits);
    fresh(world, source.articles);
    return source;
  });
}

/** Weeks are merged until both narratives have 30 hits: numbers of different weeks are no comparison (a house choice for N1). */
function bucketsOf(told: readonly Sources[]): readonly { from: number; to: number }[] {
  const weeks = at(at(told, 0), 0).length;
  const buckets: { from: number; to: number }[] = [];
  let from = 0;
  for (let to = 0; to < weeks; to++) {
    const hits = told.map((sources) =>
      sum(sources.map((each) => sum(each.slice(from, to + 1).map((week) => week.hits)))),
    );
    if (hits.some((count) => count < 30)) continue;
    buckets.push({ from, to });
    from = to + 1;
  }
  return buckets;
}

/** N1: shares over their deviations in the first 104 weeks, their mean over the sources, 100 in those weeks. */
function indexOf(sources: Sources, buckets: readonly { from: number; to: number }[]): readonly number[] {
  const shares = sources.map((weeks) =>
    buckets.map(({ from, to }) => {
      const own = weeks.slice(from, to + 1);
      return sum(own.map(({ hits }) => hits)) / sum(own.map(({ articles }) => articles));
    }),
  );
  const base = buckets.filter(({ to }) => to < 104).length;
  if (base < 26) throw new RangeError("fewer than 26 buckets in the base are not checked");
  const scaled = shares.map((path) => path.map((share) => share / deviation(path.slice(0, base))));
  const levels = buckets.map((_, b) => mean(scaled.map((path) => at(path, b))));
  const scale = mean(levels.slice(0, base));
  return levels.map((level) => (100 * level) / scale);
}

/** The intensities of both narratives (N1), in the weeks that all of their sources have. */
export const intensitiesOf = (world: World): Intensities =>
  once(world, "intensities", () => {
    const told = narrativesOf(world).themes.map((theme) =>
      sourcesOf(world, theme).map(({ hits, articles }) => ({
        hits: byWeek(world.points(hits)),
        articles: byWeek(world.points(articles)),
      })),
    );
    const all = told.flat().flatMap(({ hits, articles }) => [[...hits.keys()], [...articles.keys()]]);
    const from = at(all.map((weeks) => at(weeks, 0)).toSorted(), -1);
    const to = at(all.map((weeks) => at(weeks, -1)).toSorted(), 0);
    const weeks = fridays(from, to);
    const counted = told.map((sources) =>
      sources.map(({ hits, articles }) =>
        weeks.map((week) => {
          const [own, of] = [hits.get(week), articles.get(week)];
          if (own === undefined || of === undefined) throw new RangeError(`no headlines of ${week}`);
          return { hits: own, articles: of };
        }),
      ),
    );
    const buckets = bucketsOf(counted);
    const ends = buckets.map(({ to: end }) => at(weeks, end));
    if (daysFrom(at(ends, -1), world.friday) > 28)
      throw new RangeError("headlines are too old to be checked");
    const [first, second] = [indexOf(at(counted, 0), buckets), indexOf(at(counted, 1), buckets)];
    return { ends, first, second };
  });

/** Where the latest of such numbers stands among the 260 before it, and how many these are; no percentile among fewer than 104. */
export function placeOf(path: readonly number[]): { percentile: number | null; n: number } {
  const history = path.slice(0, -1).slice(-260);
  const n = history.length;
  return { percentile: n < 104 ? null : percentileOf(history, at(path, -1)), n };
}
