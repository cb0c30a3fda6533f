import { type Panel, type Path, sessionsOf } from "#src/metrics/panel.ts";
import { type Measured, ok, tooFew } from "#src/metrics/result.ts";
import { select } from "#src/metrics/select.ts";
import { leastRankedNames, namesAtEnd, ofTwoPeriods } from "#src/metrics/two-periods.ts";

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
  ofTwoPeriods(prices, span, { of: leadersOf, between: turnoverOf });

function turnoverOf(leading: Uint8Array, led: Uint8Array): LeadershipTurnover {
  const names = leading.length;
  const leaders = leaderCount(names);
  let stayed = 0;
  for (let i = 0; i < names; i++) stayed += (leading[i] ?? 0) * (led[i] ?? 0);
  return { turnover: 1 - stayed / leaders, expected: 1 - leaders / names, leaders, names };
}

const leaderCount = (names: number): number => Math.max(fewestLeaders, Math.floor(names / 10));

/** Of each name 1 if it is among the first by return, and of equal ones by place; otherwise 0. */
function leadersOf(returns: Float64Array): Uint8Array {
  const leaders = new Uint8Array(returns.length);
  const count = leaderCount(returns.length);
  const least = select(returns.slice(), returns.length, returns.length - count);
  let room = count;
  for (let i = 0; i < returns.length; i++) {
    if (!((returns[i] ?? 0) > least)) continue;
    leaders[i] = 1;
    room--;
  }
  for (let i = returns.indexOf(least); room > 0; i = returns.indexOf(least, i + 1), room--) leaders[i] = 1;
  return leaders;
}
