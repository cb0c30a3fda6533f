import { type Panel, type Path, sessionsOf } from "#src/metrics/panel.ts";
import { type Measured, ok, tooFew } from "#src/metrics/result.ts";
import { leastRankedNames, namesAtEnd, ofTwoPeriods, type TwoPeriods } from "#src/metrics/two-periods.ts";

/** How many of the leaders are new. */
export interface LeadershipTurnover {
  /** 0, the same leaders, to 1, all others. */
  readonly turnover: number;
  /** What it would be if the leaders of the two periods had nothing to do with one another. */
  readonly expected: number;
  readonly leaders: number;
  readonly names: number;
}

const usualSpan = 20;
const fewestLeaders = 3;

/**
 * Leadership turnover (领涨更替, Q7): the share of the leaders by return that did not lead in the period before.
 *
 *     1 − |Top[t] ∩ Top[t−k]| / m,   expected under independence 1 − m/N
 *
 * Leaders are the m names with the highest returns over k sessions: a tenth, and three at least, as of sectors. Of equal returns the
 * name given first leads.
 *
 * @param prices  as in `rankChurn`, whose cases and errors these are too
 * @param span  k; 20 unless given
 */
export function leadershipTurnover(prices: Panel, span = usualSpan): Measured<LeadershipTurnover> {
  const [sessions, least] = [sessionsOf(prices), 2 * span + 1];
  const latest = turnovers(
    prices.map((path) => path.slice(-least)),
    span,
  ).at(-1);
  if (latest) return ok(latest, latest.names);
  return sessions < least ? tooFew(sessions, least) : tooFew(namesAtEnd(prices, span), leastRankedNames);
}

/** The turnover of {@link leadershipTurnover} at every session, `null` where there is none. */
export const leadershipTurnoverPath = (prices: Panel, span = usualSpan): Path =>
  turnovers(prices, span).map((each) => each?.turnover ?? null);

const turnovers = (prices: Panel, span: number): readonly (LeadershipTurnover | null)[] =>
  ofTwoPeriods(prices, span, turnoverOf);

function turnoverOf({ now, before }: TwoPeriods): LeadershipTurnover {
  const names = now.length;
  const leaders = Math.max(fewestLeaders, Math.floor(names / 10));
  const [leading, led] = [isLeader(now, leaders), isLeader(before, leaders)];
  let stayed = 0;
  for (let i = 0; i < names; i++) if (leading(i) && led(i)) stayed++;
  return { turnover: 1 - stayed / leaders, expected: 1 - leaders / names, leaders, names };
}

/** Whether a name is among the first by return, and of equal ones by place. */
function isLeader(returns: Float64Array, leaders: number): (i: number) => boolean {
  const least = returns.toSorted().at(-leaders) ?? 0;
  let room = leaders;
  for (const r of returns) if (r > least) room--;
  const last = placeOf(returns, least, room);
  return (i) => (returns[i] ?? 0) > least || (returns[i] === least && i <= last);
}

/** Where a value stands for the `count`th time. */
function placeOf(values: Float64Array, value: number, count: number): number {
  let place = -1;
  for (let k = 0; k < count; k++) place = values.indexOf(value, place + 1);
  return place;
}
