import { isSession, lastSession, sessionsIn } from "#src/calendar/sessions.ts";
import { calendarOf } from "#src/domain/calendar.ts";
import type { Panel } from "#src/domain/panel.ts";
import type { Place } from "#src/domain/say.ts";
import { addDays, type IsoDate } from "#src/domain/time.ts";
import type { PairRule } from "#src/domain/workspace.ts";
import { innerJoin, sessionsSpanned } from "#src/metrics/inner-join.ts";
import { isoWeek } from "#src/metrics/iso-week.ts";
import { basketReturns, type PairReturns, pairReturns } from "#src/metrics/pair-return.ts";
import type { FactBook } from "#src/sections/facts.ts";
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
  };
  /** The first day of the joined prices. */
  readonly start: IsoDate;
}

/** Joins the members' sessions first and takes returns afterwards (G6); `null` without two common days or a return. */
export function pairData(panel: Panel, pair: PairRule): PairData | null {
  const columns = membersOf(pair).map((id) => panel.column(id));
  const joined = innerJoin(columns);
  const [start, ...dates] = joined.dates;
  const long = joined.values.slice(0, pair.long.members.length);
  const short = joined.values.slice(pair.long.members.length);
  const [up, down] = [basketReturns(long), basketReturns(short)];
  if (start === undefined || up.value === null || down.value === null) return null;
  const returns = pairReturns(up.value, down.value);
  if (returns.value === null) return null;
  const spans = sessionsSpanned(columns, joined.dates);
  return { dates, start, prices: { long, short }, returns: returns.value, spans };
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
function commonSessionsAfter(
  { workspace, panel, week }: SectionContext,
  rule: PairRule,
  day: IsoDate,
): number {
  const ids = new Set(membersOf(rule).map((id) => panel.column(id).series.calendar));
  const calendars = [...ids].map((calendar) => calendarOf(workspace.calendars, { id: "pair", calendar }));
  const closed = calendars.map((calendar) => lastSession(calendar, panel.cutoff));
  const [end = week] = [week, ...closed].sort();
  const [first, ...others] = calendars;
  if (first === undefined) return 0;
  return sessionsIn(first, addDays(day, 1), end).filter((each) =>
    others.every((calendar) => isSession(calendar, each)),
  ).length;
}
