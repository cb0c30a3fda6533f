import type { Fact } from "#src/domain/fact.ts";
import type { DiffusionRule, NarrativeRules, NarrativeTheme } from "#src/domain/narrative-rules.ts";
import type { Column } from "#src/domain/panel.ts";
import type { IsoDate } from "#src/domain/time.ts";
import { type DiffusionIndex, diffusionIndex } from "#src/metrics/diffusion-index.ts";
import { innerJoin } from "#src/metrics/inner-join.ts";
import { fridaysBetween, onWeeks, type WeeklyNews } from "#src/metrics/news-weeks.ts";
import type { Path } from "#src/metrics/panel.ts";
import { relativeStrengthPath } from "#src/metrics/relative-strength.ts";
import { type Measured, mapMeasured, ok } from "#src/metrics/result.ts";
import { weeklyCloses } from "#src/metrics/weekly-returns.ts";
import { staleness } from "#src/sections/market.ts";
import { listed, missing, narrativeFacts, newsOf } from "#src/sections/narrative-data.ts";
import type { Question, SectionContext } from "#src/sections/section.ts";
import { narrativeDiffusion as ladder } from "#src/statements/rules/narrative.ts";

/** How far a narrative has spread over the sub-industries. */
export interface Diffusion {
  readonly rule: DiffusionRule;
  readonly theme: NarrativeTheme;
  readonly measured: Measured<DiffusionIndex>;
  readonly hit: Fact;
  /** Sub-industries of which it is known. */
  readonly known: Fact;
  /** Against twenty sessions, four weeks, before. */
  readonly change: Fact;
  readonly entrants: Fact;
  readonly leavers: Fact;
  readonly day: Fact;
  readonly absent: readonly Column[];
}

/** By weeks: twenty sessions, three years of history, and as few sub-industries as a count can be told of by name. */
const options = { horizon: 4, history: { min: 156, preferred: 156 }, least: 5 } as const;
/** Mentions of the same four weeks as the returns, one of which may be missing. */
const [window, leastWeeks] = [4, 3];

/** A sub-industry by weeks. */
interface Industry {
  readonly excess: WeeklyNews;
  readonly news: WeeklyNews | null;
  readonly absent: readonly Column[];
}

/** The diffusion index (N4) at the ends of weeks; `null` where no sub-industries are named. */
export function diffusionOf(
  context: SectionContext,
  { diffusion: rule, themes }: NarrativeRules,
): Diffusion | null {
  if (rule === null) return null;
  const market = context.panel.column(rule.market);
  const industries = rule.industries.map((industry) => readIndustry(context, market, industry));
  const weeks = weeksOf(context, industries);
  const isTold = rule.industries.every(({ news }) => news !== null);
  const mentions = industries.map(({ news }) => mentionShare(news, weeks));
  const excess = industries.map((industry) => onWeeks(industry.excess, weeks));
  const measured: Measured<DiffusionIndex> =
    weeks.length === 0
      ? missing({ code: "stale" })
      : diffusionIndex(excess, isTold ? { ...options, mentions } : options);
  const series = rule.industries.flatMap(({ series: id, news }) =>
    news === null ? [id] : [id, news.mentions, news.articles],
  );
  const fact = narrativeFacts(context, "diffusion", {
    series: [...series, rule.market],
    method: isTold ? "N4 diffusion index" : "N4 diffusion index, returns alone",
    params: { horizon: options.horizon, history: options.history.preferred },
    window: { start: weeks[0] ?? null, end: weeks.at(-1) ?? null, n: measured.n },
  });
  const change = measured.value === null ? null : measured.value.change;
  return {
    rule,
    theme: themes.find(({ id }) => id === rule.theme) ?? themes[0],
    measured,
    hit: fact(
      "hit",
      mapMeasured(measured, ({ hit }) => hit.length),
      "count",
    ),
    known: fact("known", measured.value === null ? measured : ok(measured.n, measured.n), "count"),
    change: fact(
      "change",
      measured.value === null
        ? measured
        : change === null
          ? missing({ code: "short-history" })
          : ok(change, measured.n),
      "pp",
    ),
    entrants: fact(
      "entrants",
      mapMeasured(measured, ({ entrants }) => entrants.length),
      "count",
    ),
    leavers: fact(
      "leavers",
      mapMeasured(measured, ({ leavers }) => leavers.length),
      "count",
    ),
    day: fact("day", weeks.length === 0 ? missing({ code: "stale" }) : ok(weeks.at(-1) ?? "", 1), "date"),
    absent: industries.flatMap(({ absent }) => absent),
  };
}

/** Its excess return of twenty sessions, and its mentions, by weeks; nothing of one whose numbers have ended. */
function readIndustry(
  context: SectionContext,
  market: Column,
  { series, news }: DiffusionRule["industries"][number],
): Industry {
  const { panel } = context;
  const price = panel.column(series);
  const articles = news === null ? [] : [panel.column(news.mentions), panel.column(news.articles)];
  const isFresh = (column: Column) => column.dates.length > 0 && staleness(context, column) === null;
  const absent = [price, ...articles].filter((column) => !isFresh(column));
  const isThere = absent.length === 0 && isFresh(market);
  return {
    excess: isThere ? excessOf(price, market) : new Map(),
    news: isThere && news !== null ? newsOf(articles, "sum") : null,
    absent,
  };
}

/** Relative strength at each week's last session that both had. */
function excessOf(price: Column, market: Column): WeeklyNews {
  const { dates, values } = innerJoin([price, market]);
  const [own = [], other = []] = values;
  const path = relativeStrengthPath(own, other);
  const known = path.findIndex((value) => value !== null);
  const closes = weeklyCloses(
    dates.slice(Math.max(0, known)),
    path.slice(Math.max(0, known)).map((value) => value ?? Number.NaN),
  );
  return new Map(
    closes.flatMap(({ week, value }) => (Number.isFinite(value) ? [[week, [value]] as const] : [])),
  );
}

/** Weeks from the first of any to the last that all have that count. */
function weeksOf({ week }: SectionContext, industries: readonly Industry[]): readonly IsoDate[] {
  const read = industries.flatMap(({ excess, news }) => [excess, ...(news === null ? [] : [news])]);
  const some = read.filter(({ size }) => size > 0).map((each) => [...each.keys()]);
  const first = some.flatMap(([day]) => day ?? []).toSorted()[0];
  const last = some.flatMap((days) => days.at(-1) ?? []).toSorted()[0];
  return first === undefined || last === undefined ? [] : fridaysBetween(first, last < week ? last : week);
}

/** Mentions among articles, of four weeks together. */
function mentionShare(news: WeeklyNews | null, weeks: readonly IsoDate[]): Path {
  if (news === null) return weeks.map(() => null);
  const [mentions, articles] = [0, 1].map((i) => sumsOf(onWeeks(news, weeks, i)));
  return weeks.map((_, t) => {
    const [told = null, all = null] = [mentions?.[t], articles?.[t]];
    return told === null || all === null || all <= 0 || told > all ? null : told / all;
  });
}

/** Sums over what is there of four weeks: of mentions and articles the same ones. */
function sumsOf(path: Path): Path {
  return path.map((_, t) => {
    const there = path.slice(Math.max(0, t - window + 1), t + 1).filter((value) => value !== null);
    return there.length < leastWeeks ? null : there.reduce((sum, value) => sum + value, 0);
  });
}

/** What the rules are asked about it. */
export function diffusionQuestion(context: SectionContext, diffusion: Diffusion): Question {
  const { rule, theme, measured, hit, known, change, entrants, leavers, day } = diffusion;
  const nameOf = (i: number) => context.panel.column(rule.industries[i]?.series ?? rule.market).series.short;
  const isTold = rule.industries.every(({ news }) => news !== null);
  return {
    ladder,
    subject: {
      id: "diffusion",
      name: { name: theme.name },
      prose: { name: theme.prose },
      evidence: { hit, known, change, entrants, leavers, day, basis: isTold ? "headlines" : "returns" },
      places: {
        new: { name: listed((measured.value?.entrants ?? []).map(nameOf)) },
        gone: { name: listed((measured.value?.leavers ?? []).map(nameOf)) },
        all: { name: listed((measured.value?.hit ?? []).map(nameOf)) },
        market: { name: context.panel.column(rule.market).series.prose },
      },
    },
  };
}
