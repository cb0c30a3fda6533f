import { coverage } from "#src/metrics/coverage.ts";
import type { Day } from "#src/metrics/days.ts";
import { insufficient, type Measured, ok, type Reason, tooFew, warn } from "#src/metrics/result.ts";

/** Sessions without a flow at the end of the span that a sum may have (G6). */
const latest = 3;

/** The span of a sum, and the sessions that it should hold. */
export interface FlowSpan {
  /** The first day. */
  readonly start: Day;
  /** The last day for which a flow could be known: later ones are not missing, they are not due. */
  readonly due: Day;
  /** Sessions of the fund's exchange from the first to the last day, oldest first. */
  readonly sessions: readonly Day[];
}

/**
 * Cumulative flow (累计净流量, H2): the sum of a fund's net flows over a span.
 *
 *     F = Σ f[t],   start ≤ t ≤ due
 *
 * A missing session is not zero: the sum is refused when too many are missing.
 *
 * @param dates  days of the flows, oldest first
 * @param flows  net flow of each day, in units of currency; inflows positive
 * @returns `warn` (`coverage`) below 90 % of the expected sessions; `insufficient` (`coverage`) below 75 %, or when no
 *   session is due; `insufficient` (`stale`) when its last flow is more than three sessions before the last due; `n` counts sessions with a flow
 * @throws {RangeError} if a flow of the span is not finite
 */
export function cumulativeFlow(
  dates: readonly Day[],
  flows: readonly number[],
  { start, due, sessions }: FlowSpan,
): Measured<number> {
  const inside = flows.filter((_, i) => start <= (dates[i] ?? "") && (dates[i] ?? "") <= due);
  const sum = inside.reduce((total, flow) => total + flow, 0);
  if (!Number.isFinite(sum)) throw new RangeError("cumulativeFlow requires finite flows");
  const n = inside.length;
  const expected = sessions.length;
  if (expected === 0) return tooFew(0, 1);
  const short = (share: number): Reason => ({ code: "coverage", need: Math.ceil(share * expected), have: n });
  const { least, wanted } = coverage;
  if (n < least * expected) return insufficient(n, short(least));
  // A sum that ends days before the others' is no sum to the same day.
  const last = dates.findLast((date) => start <= date && date <= due) ?? "";
  const late = sessions.filter((session) => session > last).length;
  if (late > latest) {
    const reason = { code: "stale", need: latest, have: late };
    return insufficient(n, reason);
  }
  return n < wanted * expected ? warn(sum, n, short(wanted)) : ok(sum, n);
}

/**
 * The flow of a group: the sum of its members', or none where a member has none.
 *
 * @param members  each member's cumulative flow over the same span, at least one
 * @returns `n` is the fewest sessions of a member; `insufficient` (`members-missing`) unless all have a sum; `warn` where
 *   a member's is
 */
export function groupFlow(members: readonly Measured<number>[]): Measured<number> {
  const n = members.length === 0 ? 0 : Math.min(...members.map((member) => member.n));
  const given = members.flatMap(({ value }) => (value === null ? [] : [value]));
  if (given.length < members.length || members.length === 0) {
    const reason = { code: "members-missing", need: members.length, have: given.length };
    return insufficient(n, reason);
  }
  const sum = given.reduce((total, flow) => total + flow, 0);
  const weak = members.find(({ status }) => status === "warn");
  return weak === undefined ? ok(sum, n) : warn(sum, n, ...weak.reasons);
}
