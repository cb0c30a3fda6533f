import { isSession, lastSession, sessionsIn } from "#src/calendar/sessions.ts";
import { calendarOf } from "#src/domain/calendar.ts";
import type { Panel } from "#src/domain/panel.ts";
import type { Place } from "#src/domain/say.ts";
import { addDays, type IsoDate } from "#src/domain/time.ts";
import type { PairRule } from "#src/domain/workspace.ts";
import { isoWeek } from "#src/metrics/iso-week.ts";
import { basketReturns, type PairReturns, pairReturns } from "#src/metrics/pair-return.ts";
import type { FactBook } from "#src/sections/facts.ts";
import { staleAfter } from "#src/sections/market.ts";
import { type DatedPair, datedPair, jointStretches } from "#src/sections/pair-legs.ts";
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

/** Joins the members' sessions first and takes returns afterwards (G6); `null` without two common days or a return. */
export function pairData(panel: Panel, pair: DatedPair): PairData | null {
  const all = pieces(panel, jointStretches(pair));
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
function commonSessionsAfter(
  { workspace, panel, week }: SectionContext,
  rule: DatedPair,
  day: IsoDate,
): number {
  const { long = [], short = [] } = jointStretches(rule).findLast(({ from }) => from <= week) ?? {};
  const ids = new Set([...long, ...short].map((id) => panel.column(id).series.calendar));
  const calendars = [...ids].map((calendar) => calendarOf(workspace.calendars, { id: "pair", calendar }));
  const closed = calendars.map((calendar) => lastSession(calendar, panel.cutoff));
  const [end = week] = [week, ...closed].sort();
  const [first, ...others] = calendars;
  if (first === undefined) return 0;
  return sessionsIn(first, addDays(day, 1), end).filter((each) =>
    others.every((calendar) => isSession(calendar, each)),
  ).length;
}
