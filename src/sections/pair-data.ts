import { isSession, lastSession, sessionsIn } from "#src/calendar/sessions.ts";
import { calendarOf, type ExchangeCalendar } from "#src/domain/calendar.ts";
import type { Fact, Reason } from "#src/domain/fact.ts";
import type { Panel } from "#src/domain/panel.ts";
import type { Place } from "#src/domain/say.ts";
import { addDays, type IsoDate } from "#src/domain/time.ts";
import type { PairRule } from "#src/domain/workspace.ts";
import { coverage } from "#src/metrics/coverage.ts";
import { innerJoin, sessionsSpanned } from "#src/metrics/inner-join.ts";
import { isoWeek } from "#src/metrics/iso-week.ts";
import { basketReturns, type Legs, type PairReturns, pairReturns } from "#src/metrics/pair-return.ts";
import type { Measured } from "#src/metrics/result.ts";
import type { FactBook, FactInput } from "#src/sections/facts.ts";
import { staleAfter } from "#src/sections/market.ts";
import type { SectionContext } from "#src/sections/section.ts";

/** A pair on the days on which all its members traded; returns stand on the days after the first. */
export interface PairData {
  /** Days of the returns. */
  readonly dates: readonly IsoDate[];
  readonly returns: PairReturns;
  /** Sessions that each return spans for the member that had most of them: a return over several is no day's. */
  readonly spans: readonly number[];
  /** Prices of each member on the joined days, one more than the returns. */
  readonly prices: {
    readonly long: readonly (readonly number[])[];
    readonly short: readonly (readonly number[])[];
    /** Of the series that were joined beside the members. */
    readonly beside: readonly (readonly number[])[];
  };
  /** The first day of the joined prices. */
  readonly start: IsoDate;
}

/**
 * Joins the members' sessions first and takes returns afterwards (G6); `null` without two common days or a return.
 *
 * @param also  other series that must have a value on each of the days
 */
export function pairData(panel: Panel, pair: PairRule, also: readonly string[] = []): PairData | null {
  const columns = [...membersOf(pair), ...also].map((id) => panel.column(id));
  const joined = innerJoin(columns);
  const [start, ...dates] = joined.dates;
  const [split, members] = [pair.long.members.length, membersOf(pair).length];
  const [long, short] = [joined.values.slice(0, split), joined.values.slice(split, members)];
  const [up, down] = [basketReturns(long), basketReturns(short)];
  if (start === undefined || up.value === null || down.value === null) return null;
  const returns = pairReturns(up.value, down.value);
  if (returns.value === null) return null;
  const spans = sessionsSpanned(columns, joined.dates);
  const prices = { long, short, beside: joined.values.slice(members) };
  return { dates, start, prices, returns: returns.value, spans };
}

/** Ids of the series of both legs, the long ones first. */
export const membersOf = ({ long, shorts }: PairRule): readonly string[] => [
  ...long.members,
  ...shorts.members,
];

const tradingYear = 252;

/** The pair's level on the days of its returns, 100 on the day a trading year before the last, and that day. */
export function pairLevel({ dates, start, returns }: PairData, to = dates.length) {
  const at = Math.max(0, to - tradingYear);
  const base = returns.level[at] ?? 1;
  return {
    base: at === 0 ? start : (dates[at - 1] ?? start),
    values: returns.level.slice(1, to + 1).map((level) => (100 * level) / base),
  };
}

/** Since when the basket is followed, as a place of a message; none for one that is wholly back-cast. */
export function inception(facts: FactBook, { id, rule }: Pair): Readonly<Record<string, Place>> {
  if (rule.inception === null) return {};
  const name = `pair.${id}.inception`;
  if (facts.get(name) === undefined) {
    const method = "inception of the basket";
    facts.add({ id: name, value: rule.inception, unit: "date", series: membersOf(rule), method });
  }
  return { inception: { fact: name } };
}

/** A pair with its data and the span of the week that the issue is about. */
export interface Pair {
  readonly id: string;
  readonly rule: PairRule;
  readonly data: PairData;
  /** Positions in `data.dates`: the week's first day, and the day after its last. */
  readonly from: number;
  readonly to: number;
  /** Whether the last common session comes before the last of the publication's week. */
  readonly isEarly: boolean;
  /** As headlines and as sentences name it. */
  readonly name: Place;
  readonly prose: Place;
}

/**
 * The pair, when its week can be measured: it has a common session near the end of the week, and a base in the week
 * before, or before a closure that all members shared.
 */
export function openPair(context: SectionContext, id: string, rule: PairRule): Pair | null {
  const { panel, week, lastDay } = context;
  const data = pairData(panel, rule);
  if (data === null) return null;
  const { monday } = isoWeek(week);
  const from = data.dates.findIndex((date) => date >= monday);
  const to = data.dates.findLastIndex((date) => date <= week) + 1;
  if (from < 0 || to <= from) return null;
  const end = data.dates[to - 1] ?? week;
  const base = data.dates[from - 1] ?? data.start;
  const isLongAgo = base < addDays(monday, -7) && (data.spans[from] ?? 1) > 1;
  if (commonSessionsAfter(context, rule, end) > staleAfter || isLongAgo) return null;
  return {
    id,
    rule,
    data,
    from,
    to,
    isEarly: end < lastDay,
    name: { name: rule.short },
    prose: { name: rule.prose },
  };
}

/** Sessions after a day to the end of the week that all members' exchanges have had: one that only some had is none of the pair's. */
function commonSessionsAfter(context: SectionContext, rule: PairRule, day: IsoDate): number {
  const calendars = calendarsOf(context, membersOf(rule));
  const closed = calendars.map((calendar) => lastSession(calendar, context.panel.cutoff));
  const [end = context.week] = [context.week, ...closed].sort();
  return sharedSessions(calendars, addDays(day, 1), end);
}

/** Calendars of series, each once. */
export function calendarsOf(
  { workspace, panel }: SectionContext,
  series: readonly string[],
): readonly ExchangeCalendar[] {
  const ids = new Set(series.map((id) => panel.column(id).series.calendar));
  return [...ids].map((calendar) => calendarOf(workspace.calendars, { id: "pair", calendar }));
}

/** Days from one to another, both included, on which all of these exchanges met. */
function sharedSessions(
  [first, ...others]: readonly ExchangeCalendar[],
  start: IsoDate,
  end: IsoDate,
): number {
  if (first === undefined) return 0;
  return sessionsIn(first, start, end).filter((each) => others.every((calendar) => isSession(calendar, each)))
    .length;
}

/**
 * Why nothing is made of a window of joined days: it holds less than three quarters of the sessions that the exchanges of all
 * its series had (G14). `null` where it holds enough.
 */
export function thinness(
  context: SectionContext,
  series: readonly string[],
  days: readonly IsoDate[],
): Reason | null {
  const [start, end] = [days[0], days.at(-1)];
  if (start === undefined || end === undefined) return null;
  const have = days.length / sharedSessions(calendarsOf(context, series), start, end);
  return have < coverage.least ? { code: "coverage-below", need: coverage.least, have } : null;
}

/** What is measured of a window, unless the window is too thin. */
export const unlessThin = <T>(reason: Reason | null, n: number, measure: () => Measured<T>): Measured<T> =>
  reason === null ? measure() : { status: "insufficient", value: null, n, reasons: [reason] };

/** Levels of both legs on the pair's days through the week: what 1 of each became, brought back to equal weights daily. */
export function legLevels({ data, to }: Pair): Legs & { readonly dates: readonly IsoDate[] } {
  const levelOf = (returns: readonly number[]): readonly number[] => {
    const level = [1];
    for (const r of returns.slice(0, to)) level.push((level.at(-1) ?? 1) * (1 + r));
    return level;
  };
  const { long, short } = data.returns;
  return { dates: [data.start, ...data.dates.slice(0, to)], long: levelOf(long), short: levelOf(short) };
}

/** Enters facts of a pair under its id. */
export const pairFacts =
  ({ facts }: SectionContext, { id, rule }: Pair) =>
  (measure: string, rest: Omit<FactInput, "id" | "series">): Fact =>
    facts.add({ ...rest, id: `pair.${id}.${measure}`, series: membersOf(rule) });
