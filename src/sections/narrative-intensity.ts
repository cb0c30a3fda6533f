import type { Fact, Reason } from "#src/domain/fact.ts";
import type { NarrativeRules, NarrativeTheme } from "#src/domain/narrative-rules.ts";
import { daysBetween, type IsoDate } from "#src/domain/time.ts";
import { type NarrativeContest, narrativeContest } from "#src/metrics/narrative-contest.ts";
import {
  type IntensityBucket,
  type NarrativeIntensity,
  narrativeIntensity,
  narrativeIntensityPath,
  narrativeRules,
} from "#src/metrics/narrative-intensity.ts";
import { type Measured, mapMeasured, ok } from "#src/metrics/result.ts";
import type { Stake } from "#src/sections/narrative-capital.ts";
import { missing, type News, narrativeFacts, openNews } from "#src/sections/narrative-data.ts";
import { endOf } from "#src/sections/own-history.ts";
import type { Question, SectionContext } from "#src/sections/section.ts";
import { rankTail } from "#src/sections/tail.ts";
import type { End } from "#src/statements/percentile-end.ts";
import { narrativeContest as ladder } from "#src/statements/rules/narrative.ts";

/** How much one narrative is told. */
export interface Told {
  readonly theme: NarrativeTheme;
  readonly value: Fact;
  readonly percentile: Fact;
  readonly end: End | null;
  /** Of all headlines, where they are counted, with its interval. */
  readonly share: Fact;
  readonly low: Fact;
  readonly high: Fact;
  /** Every bucket, oldest first. */
  readonly path: readonly IntensityBucket[];
}

/** Both narratives, and how they stand against each other. */
export interface Intensities {
  readonly news: News;
  readonly told: readonly [Told, Told];
  readonly contest: Fact;
  /** The lesser of the two intensities in their sum. */
  readonly weaker: Fact;
  readonly stronger: Fact;
  /** Earlier buckets that percentiles are taken among. */
  readonly n: Fact;
  /** The Friday of the latest bucket. */
  readonly day: Fact;
  /** First and last week of the base whose mean is 100. */
  readonly base: { readonly from: Fact; readonly to: Fact };
  /** Of the intervals of shares. */
  readonly level: Fact;
  readonly series: readonly string[];
}

/** Wilson's usual level. */
const level = 0.95;
/** Weeks as persistent as these: one in so many is independent of the others (G20). */
const overlap = 4;
/** A narrative whose last bucket ended so many weeks ago, for want of hits, is none of this week. */
const mostWeeksOld = 4;

/** What was found of the two: each in the buckets of both, or where there is no contest in its own. */
interface Found {
  readonly contest: Measured<NarrativeContest>;
  readonly each: readonly Measured<NarrativeIntensity>[];
  readonly paths: readonly (readonly IntensityBucket[])[];
}

/** Both intensities in the same buckets (N1), their balance and their contest (N2). */
export function intensitiesOf(context: SectionContext, { themes }: NarrativeRules): Intensities {
  const news = openNews(context, themes);
  const found = measure(context, news);
  const series = [...new Set(news.told.flatMap((each) => each?.series ?? []))];
  const fact = narrativeFacts(context, "contest", {
    series,
    method: "N2 balance and contest",
    params: { base: narrativeRules.base },
    window: { start: news.weeks[0] ?? null, end: news.weeks.at(-1) ?? null, n: news.weeks.length },
  });
  const known = found.each.findIndex(({ value }) => value !== null);
  const path = found.paths[known] ?? [];
  const base = path.filter(({ isBase }) => isBase);
  const dayOf = (week: number | undefined): Measured<string> => {
    const day = news.weeks[week ?? -1];
    return day === undefined
      ? found.each[0]?.value === null
        ? found.each[0]
        : missing(noValue)
      : ok(day, 1);
  };
  const n = found.each[known]?.n ?? 0;
  const { contest } = found;
  return {
    news,
    told: [toldOf(context, news, themes[0], found, 0), toldOf(context, news, themes[1], found, 1)],
    contest: fact(
      "contest",
      mapMeasured(contest, (value) => value.contest),
      "ratio",
    ),
    weaker: fact("weaker", mapMeasured(contest, weakerOf), "share", { quantum: 0.01 }),
    stronger: fact(
      "stronger",
      mapMeasured(contest, (value) => 1 - weakerOf(value)),
      "share",
      { quantum: 0.01 },
    ),
    n: fact("history", ok(n, n), "count"),
    day: fact("day", dayOf(path.at(-1)?.to), "date"),
    base: {
      from: fact("base-from", dayOf(base[0]?.from), "date"),
      to: fact("base-to", dayOf(base.at(-1)?.to), "date"),
    },
    level: fact("level", ok(level, 1), "share", { quantum: 0.01 }),
    series,
  };
}

const noValue: Reason = { code: "no-value" };

/** K is twice the share that the lesser has of both. */
const weakerOf = ({ contest }: NarrativeContest): number => contest / 2;

function measure(context: SectionContext, { weeks, told }: News): Found {
  const [first = null, second = null] = told;
  const contest: Measured<NarrativeContest> =
    first === null || second === null
      ? missing({ code: "stale" })
      : current(
          context,
          weeks,
          narrativeContest(first.sources, second.sources),
          ({ intensities }) => intensities[0].to,
        );
  if (contest.value !== null) {
    const { intensities, paths } = contest.value;
    return {
      contest,
      each: intensities.map((_, i) => mapMeasured(contest, (v) => v.intensities[i] ?? intensities[0])),
      paths,
    };
  }
  const each = told.map((one) =>
    one === null
      ? missing({ code: "stale" })
      : current(context, weeks, narrativeIntensity(one.sources), ({ to }) => to),
  );
  return {
    contest,
    each,
    paths: told.map((one) => (one === null ? [] : narrativeIntensityPath(one.sources))),
  };
}

/** What was found, unless its latest bucket is too old. */
function current<T>(
  { week }: SectionContext,
  weeks: readonly IsoDate[],
  found: Measured<T>,
  lastOf: (value: T) => number,
): Measured<T> {
  if (found.value === null) return found;
  const have = Math.floor(daysBetween(weeks[lastOf(found.value)] ?? week, week) / 7);
  return have > mostWeeksOld ? missing({ code: "open-bucket", need: mostWeeksOld, have }) : found;
}

function toldOf(
  context: SectionContext,
  { weeks, told }: News,
  theme: NarrativeTheme,
  { each, paths }: Found,
  i: number,
): Told {
  const measured = each[i] ?? missing(noValue);
  const { value: bucket, n } = measured;
  const path = bucket === null ? [] : (paths[i] ?? []);
  const dayOf = (week: number | undefined): IsoDate | null => weeks[week ?? -1] ?? null;
  const fact = narrativeFacts(context, theme.id, {
    series: told[i]?.series ?? [],
    method: "N1 narrative intensity",
    params: { base: narrativeRules.base },
    window: {
      start: dayOf(bucket?.from),
      end: dayOf(bucket?.to),
      n: bucket === null ? 0 : bucket.to - bucket.from + 1,
    },
  });
  const rank = rankOf(measured);
  const percentile = fact("percentile", rank, "percentile", {
    window: { start: dayOf(path.at(-1 - n)?.from), end: dayOf(bucket?.to), n },
    stats: rank.value === null ? {} : rankTail(rank.value, { n, overlap, side: "top" }),
  });
  const counted = (of: (bucket: NarrativeIntensity) => number | null): Measured<number> => {
    if (measured.value === null) return measured;
    const value = of(measured.value);
    return value === null ? missing({ code: "not-counted" }) : ok(value, measured.value.articles);
  };
  return {
    theme,
    value: fact(
      "intensity",
      mapMeasured(measured, ({ index }) => index),
      "points",
      { stats: rank.value === null ? {} : { percentile: rank.value } },
    ),
    percentile,
    end: endOf(percentile),
    share: fact(
      "share",
      counted(({ share }) => share),
      "share",
    ),
    low: fact(
      "share-low",
      counted(({ interval }) => interval?.low ?? null),
      "share",
    ),
    high: fact(
      "share-high",
      counted(({ interval }) => interval?.high ?? null),
      "share",
    ),
    path,
  };
}

/** The percentile, or that its history is too short for one. */
function rankOf(measured: Measured<NarrativeIntensity>): Measured<number> {
  if (measured.value === null) return measured;
  const { percentile } = measured.value;
  const need = narrativeRules.history.min;
  return percentile === null
    ? missing({ code: "too-few", need, have: measured.n })
    : ok(percentile, measured.n);
}

export const intensityFigure = "narrative.intensity";

/** What the rules are asked about the two, beside the money at stake. */
export function contestQuestion(
  { told: [first, second], contest, weaker, stronger, n, day }: Intensities,
  stake: Stake,
): Question {
  const rank = ({ percentile }: Told): number => Number(percentile.value ?? -1);
  const isFirstLouder = Number(first.value.value) >= Number(second.value.value);
  const [louder, fainter] = isFirstLouder ? [first, second] : [second, first];
  return {
    ladder,
    subject: {
      id: "contest",
      evidence: {
        firstIntensity: first.value,
        firstPercentile: first.percentile,
        firstEnd: first.end,
        secondIntensity: second.value,
        secondPercentile: second.percentile,
        secondEnd: second.end,
        higher: rank(first) >= rank(second) ? "first" : "second",
        contest,
        weaker,
        stronger,
        capital: stake.total,
        companies: stake.names,
        valued: stake.day,
        n,
        day,
      },
      places: {
        first: { name: first.theme.name },
        second: { name: second.theme.name },
        firstProse: { name: first.theme.prose },
        secondProse: { name: second.theme.prose },
        louder: { name: louder.theme.prose },
        fainter: { name: fainter.theme.prose },
      },
      proof: intensityFigure,
    },
  };
}
