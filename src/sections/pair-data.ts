import { isSession, lastSession, sessionsIn } from "#src/calendar/sessions.ts";
import { calendarOf, type ExchangeCalendar } from "#src/domain/calendar.ts";
import type { Fact, Reason } from "#src/domain/fact.ts";
import type { Panel } from "#src/domain/panel.ts";
import type { Place } from "#src/domain/say.ts";
import { addDays, type IsoDate } from "#src/domain/time.ts";
import type { PairRule } from "#src/domain/workspace.ts";
import { coverage } from "#src/metrics/coverage.ts";
import { isoWeek } from "#src/metrics/iso-week.ts";
import { basketReturns, type Legs, type PairReturns, pairReturns } from "#src/metrics/pair-return.ts";
import { insufficient, type Measured } from "#src/metrics/result.ts";
import type { FactBook, FactInput } from "#src/sections/facts.ts";
import { staleAfter } from "#src/sections/market.ts";
import { type DatedPair, datedPair, jointStretches, presentMembers } from "#src/sections/pair-legs.ts";
import { type Piece, pieces, type Side } from "#src/sections/pair-pieces.ts";
import type { SectionContext } from "#src/sections/section.ts";

/** A pair on the days on which all its members of that day traded; returns stand on the days after the first. */
export interface PairData {
  /** Days of the returns. */
  readonly dates: readonly IsoDate[];
  readonly returns: PairReturns;
  /** Sessions that each return spans for the member that had most of them: a return over several is no day's. */
  readonly spans: readonly number[];
  /** The same in pieces through which the members are the same; one where they never changed. */
  readonly pieces: readonly Piece[];
  /** The first day of the joined prices. */
  readonly start: IsoDate;
}

/**
 * Joins the members' sessions first and takes returns afterwards (G6); `null` without two common days or a return.
 *
 * @param also  other series that must have a value on each of the days
 */
export function pairData(panel: Panel, pair: DatedPair, also: readonly string[] = []): PairData | null {
  const all = pieces(panel, jointStretches(pair), also);
  const [first] = all;
  if (first === undefined) return null;
  const up = returnsOf(all.map(({ long }) => long));
  const down = returnsOf(all.map(({ short }) => short));
  if (up === null || down === null) return null;
  const returns = pairReturns(up, down);
  if (returns.value === null) return null;
  return {
    dates: all.flatMap(({ dates }) => dates.slice(1)),
    start: first.dates[0] ?? "",
    pieces: all,
    returns: returns.value,
    spans: all.flatMap(({ spans }) => spans),
  };
}

/** A leg's returns through its pieces; `null` where one of them has none. */
function returnsOf(sides: readonly Side[]): readonly number[] | null {
  const all = sides.map(({ prices }) => basketReturns(prices).value);
  return all.every((each) => each !== null) ? all.flat() : null;
}

/** Ids of the series that are or were in either leg, each once, the long ones first. */
export const membersOf = ({ long, shorts }: DatedPair): readonly string[] => [
  ...new Set([...long.members, ...shorts.members]),
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
  readonly rule: DatedPair;
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
export function openPair(context: SectionContext, id: string, undated: PairRule): Pair | null {
  const { panel, week, lastDay } = context;
  const rule = datedPair(context, undated);
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

/** Sessions after a day to the end of the week that the exchanges of all present members have had: one that only some had is none of the pair's. */
function commonSessionsAfter(context: SectionContext, rule: DatedPair, day: IsoDate): number {
  const calendars = calendarsOf(context, presentMembers(rule, context.week));
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
 * Why nothing is made of a window of a pair's days: it holds less than three quarters of the sessions that the exchanges of
 * the members of each day, and of the series beside them, had (G14). `null` where it holds enough.
 */
export function thinness(
  context: SectionContext,
  { pieces }: Pick<PairData, "pieces">,
  days: readonly IsoDate[],
  also: readonly string[] = [],
): Reason | null {
  const [start, end] = [days[0], days.at(-1)];
  if (start === undefined || end === undefined) return null;
  const sessions = pieces.map(({ dates, long, short }, i) => {
    const [first = start, last = end] = [dates[0], dates.at(-1)];
    // The first day of a piece is the last of the one before.
    const own = i === 0 ? first : addDays(first, 1);
    const calendars = calendarsOf(context, [...long.members, ...short.members, ...also]);
    return sharedSessions(calendars, own > start ? own : start, last < end ? last : end);
  });
  const have = days.length / sessions.reduce((sum, n) => sum + n, 0);
  return have < coverage.least ? { code: "coverage-below", need: coverage.least, have } : null;
}

/** What is measured of a window, unless the window is too thin. */
export const unlessThin = <T>(reason: Reason | null, n: number, measure: () => Measured<T>): Measured<T> =>
  reason === null ? measure() : insufficient(n, reason);

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
