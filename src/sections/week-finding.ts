import type { Fact, Reason } from "#src/domain/fact.ts";
import type { Column } from "#src/domain/panel.ts";
import type { Say } from "#src/domain/say.ts";
import type { Refusal, Statement } from "#src/domain/statement.ts";
import type { IsoDate } from "#src/domain/time.ts";
import { percentileRank } from "#src/metrics/percentile-rank.ts";
import { periodReturn } from "#src/metrics/period-return.ts";
import { leastCoverage, type Superlative, superlative } from "#src/metrics/superlative.ts";
import { zScore } from "#src/metrics/z-score.ts";
import {
  grade,
  proseName,
  quantumOfDecimals,
  sessionCount,
  shortName,
  staleAfter,
  type Weeks,
  weeklyHistory,
  weeksOf,
  yearStart,
} from "#src/sections/market.ts";
import { type SectionContext, say } from "#src/sections/section.ts";
import { tailShare } from "#src/sections/tail.ts";

/** One sentence that stands, and the stronger one that did not. */
export interface Finding {
  readonly statement: Statement;
  readonly refusal: Refusal | null;
}

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

/** The week's superlative if its gate holds; otherwise the plain change. */
export function weekFinding(context: SectionContext, each: Market, scan: Scan): Finding | null {
  const { weeks, week, column, close, lastDay } = each;
  const { current } = weeks;
  if (current === null || week.state === "na") return null;
  const { id } = column.series;
  const direction = current.ret >= 0 ? "best" : "worst";
  const found = superlative(weeks.all, weeks.index, direction);
  const history = weeklyHistory(weeks).map(({ ret }) => ret);
  const common = {
    section: "levels",
    gate: { rule: "B2 superlative", found: gateOf(found.value, found.n, scan) },
    stance: `${id}.week:${week.state}`,
    proof: `levels.weeks-${id}`,
  };
  const tail =
    current.spanWeeks === 1
      ? { share: tailShare(history, current.ret), n: history.length + 1, record: false }
      : { share: 1, n: 1, record: false };
  // A week whose last session is missing, or was a holiday, is not known to be whole.
  if (found.value?.speakable && week.state !== "flat" && weeks.age + weeks.open === 0) {
    const record = found.value.since === null;
    const statement = superlativeStatement(context, each, found.value, direction);
    return { statement: { ...common, ...statement, tail: { ...tail, record } }, refusal: null };
  }
  const facts = { week: { fact: week.id }, close: { fact: close.id } };
  const plain: Statement = {
    ...common,
    tail,
    id: `levels.${id}.week.${week.state}`,
    claim: say(`levels.week.claim.${week.state}`, { name: shortName(column.series), ...facts }),
    text: [
      say(`levels.week.text.${week.state}`, { name: proseName(column.series), ...facts }),
      ...partial(weeks).map((word) => say(`levels.week.${word}`, { day: { fact: lastDay.id } })),
      ...(current.spanWeeks > 1 ? [spanSentence(context, each)] : []),
    ],
  };
  const reasons = found.value === null ? found.reasons : shortfalls(found.value, weeks.age + weeks.open);
  return {
    statement: plain,
    refusal: {
      id: `levels.${id}.${direction}`,
      word: direction,
      section: "levels",
      reasons,
      instead: plain.id,
    },
  };
}

/** How a week that does not end with its last close is said to end: before sessions without a value, or before ones to come. */
export function partial({ age, open }: Weeks): readonly ("early" | "open")[] {
  if (age > 0) return ["early"];
  return open > 0 ? ["open"] : [];
}

/** A change over a closure of a whole week says from which close it is measured. */
function spanSentence({ facts }: SectionContext, { column, week }: Market): Say {
  const { id } = column.series;
  const base = facts.add({
    id: `levels.${id}.week.base`,
    value: week.window.start,
    unit: "date",
    series: [id],
    method: "A2 base of the week",
  });
  return say("levels.week.span", { day: { fact: base.id } });
}

/** What a superlative lacks: the end of its week (`rest` of its sessions), a whole year, or the weeks of its span (a flat week is neither best nor worst). */
function shortfalls({ years, coverage, speakable }: Superlative, rest: number): readonly Reason[] {
  if (rest > 0) return [{ code: "week-incomplete", need: 0, have: rest }];
  if (speakable) return [{ code: "flat" }];
  return [
    ...(years < 1 ? [{ code: "superlative-too-short", have: years, need: 1 }] : []),
    ...(coverage < leastCoverage ? [{ code: "coverage-below", have: coverage, need: leastCoverage }] : []),
  ];
}

const gateOf = (found: Superlative | null, n: number, scan: Scan): Statement["gate"]["found"] => ({
  since: found?.since?.end ?? null,
  years: found?.years ?? null,
  coverage: found?.coverage ?? null,
  weeks: found?.n ?? n,
  seriesScanned: scan.series,
  chanceRecords: scan.chanceRecords,
});

function superlativeStatement(
  context: SectionContext,
  { column, week, close }: Market,
  found: Superlative,
  direction: "best" | "worst",
): Pick<Statement, "id" | "claim" | "text"> {
  const { id } = column.series;
  const since = context.facts.add({
    id: `levels.${id}.${direction}.since`,
    value: found.since?.end ?? found.start,
    unit: "date",
    window: { start: found.start, end: week.window.end, n: found.n },
    series: [id],
    method: "B2 superlative",
    params: { years: found.years, coverage: found.coverage },
  });
  const word = found.since === null ? `${direction}-on-record` : direction;
  const facts = { week: { fact: week.id }, close: { fact: close.id }, since: { fact: since.id } };
  return {
    id: `levels.${id}.${word}`,
    claim: say(`levels.${word}.claim`, { name: shortName(column.series), ...facts }),
    text: [say(`levels.${word}.text`, { name: proseName(column.series), ...facts })],
  };
}
