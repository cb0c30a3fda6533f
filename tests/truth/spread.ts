import { byWeek, fresh, fridays, narrativesOf } from "#tests/truth/news.ts";
import { at, type Path, present, sum, zOf } from "#tests/truth/plain.ts";
import { joined, once, type Point, type World } from "#tests/truth/world.ts";

/** How far a narrative has spread over sub-industries (N4), at the end of a week. */
export interface Spread {
  readonly day: string;
  /** Series that are hit; of how many that is known; those hit that four weeks before were not. */
  readonly hit: readonly string[];
  readonly known: number;
  readonly entrants: readonly string[];
  readonly leavers: readonly string[];
  /** Of the share; `null` without one four weeks before. */
  readonly change: number | null;
}

type State = boolean | null;

/** z of each against the 156 before it (three years, the 756 sessions of A4). */
const scores = (path: Path): Path => {
  const there = path.map((_, t) => t).filter((t) => path[t] !== null);
  const values = present(path);
  const z = values.map((v, i) => (i < 156 ? null : zOf(values.slice(i - 156, i), v)));
  const byPlace = new Map(there.map((t, i) => [t, z[i] ?? null]));
  return path.map((_, t) => byPlace.get(t) ?? null);
};

/** Relative strength of 20 sessions at the last session of each week that both had. */
function strengthOf(world: World, series: string, market: string): ReadonlyMap<string, number> {
  const { days, values } = joined(world, [series, market]);
  const [own, other] = [at(values, 0), at(values, 1)];
  const strength = days.flatMap((day, t): readonly Point[] => {
    if (t < 20) return [];
    const of = (prices: readonly number[]) => Math.log(at(prices, t) / at(prices, t - 20));
    return [{ day, value: of(own) - of(other) }];
  });
  return byWeek(strength);
}

/** Mentions among the articles of four weeks, one of which may be missing. */
function mentionsOf(
  mentions: ReadonlyMap<string, number>,
  articles: ReadonlyMap<string, number>,
  weeks: readonly string[],
): Path {
  return weeks.map((_, t) => {
    const own = weeks.slice(Math.max(0, t - 3), t + 1);
    const there = own.filter((week) => mentions.has(week) && articles.has(week));
    const of = (map: ReadonlyMap<string, number>) => sum(there.map((week) => map.get(week) ?? 0));
    return there.length < 3 ? null : of(mentions) / of(articles);
  });
}

/** Hit: headlines name it more than usual by a deviation, and its returns are below what is usual by one. */
function statesOf(told: Path, strength: Path): readonly State[] {
  const [named, fell] = [scores(told), scores(strength)];
  return fell.map((z, t) => {
    const mention = named[t] ?? null;
    return z === null || mention === null ? null : z < -1 && mention > 1;
  });
}

/** The index of the last week that all have; `null` below five sub-industries. */
export const spreadOf = (world: World): Spread | null =>
  once(world, "spread", () => {
    const { diffusion: rule } = narrativesOf(world);
    if (rule === null) return null;
    const industries = rule.industries.map(({ series, news }) => {
      if (news === null) throw new RangeError("only sub-industries with headlines are checked");
      for (const id of [series, news.mentions, news.articles]) fresh(world, id);
      return {
        series,
        strength: strengthOf(world, series, rule.market),
        mentions: byWeek(world.points(news.mentions)),
        articles: byWeek(world.points(news.articles)),
      };
    });
    const all = industries.flatMap(({ strength, mentions, articles }) =>
      [strength, mentions, articles].map((map) => [...map.keys()]),
    );
    const from = at(all.map((weeks) => at(weeks, 0)).toSorted(), 0);
    const to = at([...all.map((weeks) => at(weeks, -1)), world.friday].toSorted(), 0);
    const weeks = fridays(from, to);
    const states = industries.map(({ strength, mentions, articles }) =>
      statesOf(
        mentionsOf(mentions, articles, weeks),
        weeks.map((week) => strength.get(week) ?? null),
      ),
    );
    const shareAt = (t: number): number | null => {
      const known = states.map((path) => path.at(t) ?? null).filter((state) => state !== null);
      const isEnough = known.length >= 5 && known.length >= 0.75 * states.length;
      return isEnough ? known.filter((state) => state).length / known.length : null;
    };
    const [share, before] = [shareAt(-1), shareAt(-5)];
    if (share === null) return null;
    const hit = industries.filter((_, i) => states[i]?.at(-1) === true);
    const entrants = industries.filter((_, i) => states[i]?.at(-1) === true && states[i]?.at(-5) === false);
    const leavers = industries.filter((_, i) => states[i]?.at(-1) === false && states[i]?.at(-5) === true);
    return {
      leavers: leavers.map(({ series }) => series),
      day: at(weeks, -1),
      hit: hit.map(({ series }) => series),
      known: states.filter((path) => (path.at(-1) ?? null) !== null).length,
      entrants: entrants.map(({ series }) => series),
      change: before === null ? null : share - before,
    };
  });
