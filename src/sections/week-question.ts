import type { Fact, Reason } from "#src/domain/fact.ts";
import type { Column } from "#src/domain/panel.ts";
import type { IsoDate } from "#src/domain/time.ts";
import { percentileRank } from "#src/metrics/percentile-rank.ts";
import { periodReturn } from "#src/metrics/period-return.ts";
import { type Measured, mapMeasured } from "#src/metrics/result.ts";
import { type Superlative, superlative } from "#src/metrics/superlative.ts";
import { zScore } from "#src/metrics/z-score.ts";
import {
  grade,
  quantumOfDecimals,
  sessionCount,
  staleAfter,
  subjectOf,
  type Weeks,
  weeklyHistory,
  weeksOf,
  yearStart,
} from "#src/sections/market.ts";
import type { Question, SectionContext } from "#src/sections/section.ts";
import { tailOf } from "#src/sections/tail.ts";
import { marketWeek } from "#src/statements/rules/levels.ts";

/** What one market did: its facts and its weeks. */
export interface Market {
  readonly column: Column;
  readonly weeks: Weeks;
  readonly close: Fact;
  readonly week: Fact;
  readonly year: Fact;
  readonly percentile: Fact;
  readonly z: Fact;
  /** Weeks of the history that the week is compared with. */
  readonly history: Fact;
  readonly lastDay: Fact;
}

export const fiveYears = 260;

/** The day of a series' last close. */
export const lastCloseDay = ({ facts }: SectionContext, id: string, day: IsoDate): Fact =>
  facts.add({
    id: `levels.${id}.close.date`,
    value: day,
    unit: "date",
    window: { start: day, end: day, n: 1 },
    series: [id],
    method: "last close",
  });

/** The market's facts; `null` without a price. */
export function market(context: SectionContext, column: Column): Market | null {
  const { id, decimals } = column.series;
  const weeks = weeksOf(context, column);
  const [last, value] = [column.dates.at(-1), column.values.at(-1)];
  if (last === undefined || value === undefined) return null;
  const { current } = weeks;
  const history = weeklyHistory(weeks).slice(-fiveYears);
  // A change over two weeks has no place among changes of one.
  const returns = current?.spanWeeks === 1 ? history.map((each) => each.ret) : [];
  const rank = percentileRank(returns, current?.ret ?? 0);
  const z = zScore(returns, current?.ret ?? 0);
  const year = periodReturn(
    column.dates,
    column.values,
    yearStart(context),
    sessionCount(context, column.series),
  );
  const span = { start: history[0]?.end ?? null, end: history.at(-1)?.end ?? null, n: history.length };
  const fact = (
    measure: string,
    rest: Omit<Parameters<typeof context.facts.add>[0], "id" | "series">,
  ): Fact => context.facts.add({ id: `levels.${id}.${measure}`, series: [id], ...rest });
  return {
    column,
    weeks,
    close: fact("close", {
      value,
      unit: "points",
      quantum: quantumOfDecimals(decimals),
      window: { start: last, end: last, n: 1 },
      method: "last close",
    }),
    week: fact("return.week", {
      value: current?.ret ?? null,
      unit: "return",
      window: { start: current?.base ?? null, end: current?.end ?? null, n: current ? 2 : 0 },
      reasons: weekless(weeks),
      method: "A2 period return, week",
      ...(current?.spanWeeks === 1
        ? {
            stats: tailOf(
              weeklyHistory(weeks).map(({ ret }) => ret),
              current.ret,
            ),
          }
        : {}),
    }),
    year: fact("return.year", {
      ...grade(year),
      value: year.value?.ret ?? null,
      unit: "return",
      window: { start: year.value?.baseDate ?? null, end: year.value?.endDate ?? null, n: year.n },
      method: "A2 period return, year to date",
    }),
    percentile: fact("percentile.week", {
      ...grade(rank),
      value: rank.value,
      unit: "percentile",
      window: span,
      method: "A10 percentile rank of the weekly return, five years",
    }),
    history: fact("history.weeks", {
      value: returns.length,
      unit: "count",
      window: span,
      method: "weeks compared",
    }),
    lastDay: lastCloseDay(context, id, last),
    z: fact("z.week", {
      ...grade(z),
      value: z.value,
      unit: "z",
      window: span,
      method: "A9 z-score of the weekly return, five years",
    }),
  };
}

/** Why there is no return for the week. */
export function weekless({ current, traded, sessions, age }: Weeks): readonly Reason[] {
  if (current !== null) return [];
  if (sessions === 0) return [{ code: "no-session" }];
  if (age > staleAfter) return [{ code: "stale", need: staleAfter, have: age }];
  return [{ code: traded ? "no-return" : "no-value" }];
}

/** How many series were scanned, and how many records chance alone would set in one week (G17). */
export interface Scan {
  readonly series: number;
  readonly chanceRecords: number;
}

/** What the rules are asked about a market's week; nothing where there is no week. */
export function weekQuestion(context: SectionContext, each: Market, scan: Scan): Question | null {
  const { weeks, week, column, close, lastDay } = each;
  const { current, age, open } = weeks;
  if (current === null || week.state === "na") return null;
  const direction = current.ret >= 0 ? "best" : "worst";
  const found = superlative(weeks.all, weeks.index, direction);
  const { series } = column;
  return {
    ladder: marketWeek,
    subject: {
      ...subjectOf(series),
      evidence: {
        week,
        close,
        lastDay,
        since: sinceFact(context, each, found, direction),
        base: context.facts.add({
          id: `levels.${series.id}.week.base`,
          value: week.window.start,
          unit: "date",
          series: [series.id],
          method: "A2 base of the week",
        }),
        direction,
        isRecord: mapMeasured(found, ({ since }) => since === null),
        years: mapMeasured(found, ({ years }) => years),
        coverage: mapMeasured(found, ({ coverage }) => coverage),
        // A week whose last session is missing, or was a holiday, is not known to be whole.
        rest: age + open,
        age,
        span: current.spanWeeks,
        seriesScanned: scan.series,
        chanceRecords: scan.chanceRecords,
      },
      proof: `levels.weeks-${series.id}`,
    },
  };
}

/** Since when there was no such week; a fact of the page only where the rules let it be said. */
const sinceFact = (
  { facts }: SectionContext,
  { column, week }: Market,
  found: Measured<Superlative>,
  direction: "best" | "worst",
): Fact =>
  facts.add({
    ...grade(found),
    id: `levels.${column.series.id}.${direction}.since`,
    value: found.value?.since?.end ?? found.value?.start ?? null,
    unit: "date",
    window: { start: found.value?.start ?? null, end: week.window.end, n: found.n },
    series: [column.series.id],
    method: "B2 superlative",
    params: { years: found.value?.years ?? null, coverage: found.value?.coverage ?? null },
  });

/** How a week that does not end with its last close is said to end: before sessions without a value, or before ones to come. */
export function partial({ age, open }: Weeks): readonly ("early" | "open")[] {
  if (age > 0) return ["early"];
  return open > 0 ? ["open"] : [];
}
