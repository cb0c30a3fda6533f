import type { Fact, Reason } from "#src/domain/fact.ts";
import type { Localised } from "#src/domain/locale.ts";
import type { NarrativeSource, NarrativeTheme } from "#src/domain/narrative-rules.ts";
import type { Column } from "#src/domain/panel.ts";
import type { IsoDate } from "#src/domain/time.ts";
import type { AnyNewsSource } from "#src/metrics/news-buckets.ts";
import { dailyNews, fridaysBetween, onWeeks, type WeeklyNews, weeklyNews } from "#src/metrics/news-weeks.ts";
import type { Path } from "#src/metrics/panel.ts";
import { insufficient, type Measured } from "#src/metrics/result.ts";
import type { FactInput } from "#src/sections/facts.ts";
import { grade, staleness } from "#src/sections/market.ts";
import type { SectionContext } from "#src/sections/section.ts";

/** A narrative's sources, all on the same weeks. */
export interface Telling {
  readonly theme: NarrativeTheme;
  readonly sources: readonly AnyNewsSource[];
  /** Ids of the series that count. */
  readonly series: readonly string[];
}

/** Narratives on the same weeks, each named by its Friday; `null` for one of which no source counts. */
export interface News {
  readonly weeks: readonly IsoDate[];
  readonly told: readonly (Telling | null)[];
  /** Series that do not count, because they have no value or their last one is too old. */
  readonly absent: readonly Column[];
}

interface Read {
  readonly theme: NarrativeTheme;
  readonly source: NarrativeSource;
  readonly columns: readonly Column[];
  readonly news: WeeklyNews;
}

/**
 * The headlines of both narratives, from the week in which the last of their sources begins to the last that all have: a source that
 * begins later begins another base, and one whose numbers have ended is left out as if it had never been listed.
 */
export function openNews(context: SectionContext, themes: readonly NarrativeTheme[]): News {
  const read = themes.flatMap((theme) => theme.sources.map((source) => readSource(context, theme, source)));
  const kept = read.filter(({ columns, news }) => news.size > 0 && columns.every(isFresh(context)));
  const ends = kept.map(({ news }) => [...news.keys()]);
  const from = ends
    .flatMap(([first]) => first ?? [])
    .toSorted()
    .at(-1);
  const to = ends.flatMap((weeks) => weeks.at(-1) ?? []).toSorted()[0];
  const weeks = from === undefined || to === undefined ? [] : fridaysBetween(from, to);
  const told = themes.map((theme): Telling | null => {
    const own = kept.filter((each) => each.theme === theme);
    if (own.length === 0 || weeks.length === 0) return null;
    return {
      theme,
      sources: own.map(({ source, news }) => sourceOn(source, news, weeks)),
      series: own.flatMap(({ columns }) => columns.map(({ series }) => series.id)),
    };
  });
  const lost = read.filter((each) => !kept.includes(each));
  const columns = lost.flatMap((each) => {
    const late = each.columns.filter((column) => !isFresh(context)(column));
    return late.length > 0 ? late : each.columns;
  });
  return { weeks, told, absent: [...new Map(columns.map((column) => [column.series.id, column])).values()] };
}

const isFresh =
  (context: SectionContext) =>
  (column: Column): boolean =>
    column.dates.length > 0 && staleness(context, column) === null;

function readSource({ panel }: SectionContext, theme: NarrativeTheme, source: NarrativeSource): Read {
  const isShare = "share" in source;
  const columns = (isShare ? [source.share] : [source.hits, source.articles]).map((id) => panel.column(id));
  return { theme, source, columns, news: newsOf(columns, isShare ? "mean" : "sum") };
}

/** What columns of one frequency have in each week. */
export function newsOf(columns: readonly Column[], combine: "sum" | "mean"): WeeklyNews {
  return columns[0]?.series.frequency === "weekly" ? weeklyNews(columns) : dailyNews(columns, combine);
}

/** A week with numbers that cannot be, such as more hits than articles, has none. */
function sourceOn(source: NarrativeSource, news: WeeklyNews, weeks: readonly IsoDate[]): AnyNewsSource {
  const [first, second] = [onWeeks(news, weeks), onWeeks(news, weeks, 1)];
  if ("share" in source) return { shares: first.map((v) => (v !== null && v >= 0 && v <= 1 ? v : null)) };
  const isCount = (t: number): boolean => {
    const [hits, articles] = [first[t] ?? -1, second[t] ?? -1];
    return Number.isInteger(hits) && Number.isInteger(articles) && hits >= 0 && articles >= hits;
  };
  const counts = (path: Path): Path => path.map((v, t) => (isCount(t) ? v : null));
  return { hits: counts(first), articles: counts(second) };
}

/** Enters facts under one prefix, all of the same series and method. */
export const narrativeFacts =
  (
    { facts }: SectionContext,
    prefix: string,
    shared: Pick<FactInput, "series" | "method" | "params" | "window">,
  ) =>
  (
    measure: string,
    measured: Measured<number | string>,
    unit: FactInput["unit"],
    more: Partial<Pick<FactInput, "stats" | "quantum" | "window" | "isSize">> = {},
  ): Fact =>
    facts.add({
      ...shared,
      ...grade(measured),
      id: `narrative.${prefix}.${measure}`,
      value: measured.value,
      unit,
      ...more,
    });

/** No value, for that reason. */
export const missing = (reason: Reason): Measured<never> => insufficient(reason.have ?? 0, reason);

/** Names in a row as a sentence lists them. */
export function listed(names: readonly Localised[]): Localised {
  const join = (locale: keyof Localised, comma: string, and: string): string => {
    const texts = names.map((name) => name[locale]);
    const last = texts.at(-1) ?? "";
    return texts.length < 2 ? last : `${texts.slice(0, -1).join(comma)}${and}${last}`;
  };
  return { en: join("en", ", ", " and "), "zh-CN": join("zh-CN", "、", "和") };
}
