import type { Panel } from "#src/domain/panel.ts";
import type { IsoDate } from "#src/domain/time.ts";
import { type Dated, innerJoin, sessionsSpanned } from "#src/metrics/inner-join.ts";
import type { JointStretch } from "#src/sections/pair-legs.ts";

/** One side of a pair through a piece of its history: its members, and the prices of each on the days of the piece. */
export interface Side {
  readonly members: readonly string[];
  readonly prices: readonly (readonly number[])[];
}

/** A piece of a pair's history through which its members are the same. */
export interface Piece {
  /** The day before the first return, and the days of the returns. */
  readonly dates: readonly IsoDate[];
  readonly long: Side;
  readonly short: Side;
  /** Prices of the series that were joined beside the members. */
  readonly beside: readonly (readonly number[])[];
  /** Sessions that each return spans for the member that had most of them. */
  readonly spans: readonly number[];
}

/** A stretch with the days on which all its members have a price. */
interface Joined extends JointStretch {
  readonly columns: readonly Dated[];
  readonly base: IsoDate;
  /** Its own days after the base: those of its returns. */
  readonly days: readonly IsoDate[];
}

/**
 * The history in pieces, the oldest first. Each begins on a day on which the piece before has a price and its own members
 * have one too, so that no day's return is lost or counted twice. Where there is no such day, or a stretch between had
 * sessions and not one that all its members shared, the history begins anew.
 *
 * @param also  other series that must have a value on each of the days
 */
export function pieces(
  panel: Panel,
  stretches: readonly JointStretch[],
  also: readonly string[] = [],
): readonly Piece[] {
  let history: readonly Joined[] = [];
  let isBroken = false;
  for (const stretch of stretches) {
    const last: Joined | undefined = isBroken ? undefined : history.at(-1);
    const members = membersOf(stretch);
    const columns: readonly Dated[] = [...members, ...also].map((id) =>
      between(panel.column(id), last?.base ?? "", stretch),
    );
    const joined = follow(last, stretch, columns);
    if (joined === null) {
      // A session of a series beside them alone is none that the pair lost.
      const own = columns.slice(0, members.length);
      isBroken ||= own.some(({ dates }) => dates.some((day) => isWithin(stretch, day)));
      continue;
    }
    const isContinued = last?.base === joined.base || last?.days.includes(joined.base);
    const before = last === undefined ? [] : [...history.slice(0, -1), upTo(last, joined.base)];
    history = isContinued ? [...before, joined] : [joined];
    isBroken = false;
  }
  return history.filter(({ days }) => days.length > 0).map(pieceOf);
}

const membersOf = ({ long, short }: JointStretch): readonly string[] => [...long, ...short];

const isWithin = ({ from, until }: JointStretch, day: IsoDate): boolean =>
  day >= from && (until === null || day <= until);

/** From a day to the end of a stretch: what lies outside is of no use to it, and baskets may have changed a hundred times. */
function between({ dates, values }: Dated, day: IsoDate, { until }: JointStretch): Dated {
  const first = dates.findIndex((each) => each >= day);
  const after = until === null ? -1 : dates.findIndex((each) => each > until);
  const [from, to] = [first < 0 ? dates.length : first, after < 0 ? dates.length : after];
  return { dates: dates.slice(from, to), values: values.slice(from, to) };
}

/** A stretch after the one before; `null` where it has no day of its own. */
function follow(last: Joined | undefined, stretch: JointStretch, columns: readonly Dated[]): Joined | null {
  const { dates } = innerJoin(columns);
  const own = dates.filter((day) => isWithin(stretch, day));
  const before = dates.filter((day) => day < stretch.from);
  const shared = new Set(last === undefined ? [] : [last.base, ...last.days]);
  const base = before.findLast((day) => shared.has(day)) ?? before.at(-1) ?? own[0];
  if (own.length === 0 || base === undefined) return null;
  return { ...stretch, columns, base, days: own.filter((day) => day > base) };
}

const upTo = (joined: Joined, day: IsoDate): Joined => ({
  ...joined,
  days: joined.days.filter((each) => each <= day),
});

function pieceOf({ columns, base, days, long, short }: Joined): Piece {
  const dates = [base, ...days];
  const wanted = new Set(dates);
  const prices = columns.map(({ dates: all, values }) => values.filter((_, i) => wanted.has(all[i] ?? "")));
  return {
    dates,
    long: { members: long, prices: prices.slice(0, long.length) },
    short: { members: short, prices: prices.slice(long.length, long.length + short.length) },
    beside: prices.slice(long.length + short.length),
    spans: sessionsSpanned(columns, dates),
  };
}
