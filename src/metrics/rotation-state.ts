import { coverage } from "#src/metrics/coverage.ts";
import { grossShare } from "#src/metrics/gross-share.ts";
import { marginalShare } from "#src/metrics/marginal-share.ts";
import {
  insufficient,
  type Measured,
  notDefined,
  ok,
  type Reason,
  tooFew,
  warn,
} from "#src/metrics/result.ts";
import { requireFlows, type WeeklyFlows } from "#src/metrics/weekly-flows.ts";

/** Where the money of a group goes, on two axes: its own sign, and its share of all. */
export type RotationWord =
  | "in-gaining"
  | "in-losing"
  | "in-steady"
  | "out-gaining"
  | "out-losing"
  | "out-steady";

/** The state of a group's flow, and the numbers that put it there. */
export interface RotationState {
  /** `in-losing` is relative rotation, not selling. */
  readonly state: RotationWord;
  /** Its net flow of the window, in units of currency. */
  readonly flow: number;
  /** Its share of the flows of all groups in the window, and in the weeks before it. */
  readonly share: number;
  readonly trailingShare: number;
  /** What the shares are shares of: the net flow, or the sum of the sizes of all flows. */
  readonly basis: "net" | "gross";
}

/** Spans of the rotation state, in weeks. */
export interface RotationOptions {
  /** The window; 4 unless given. */
  readonly window?: number;
  /** The weeks before it, that its share is compared with; 52 unless given. */
  readonly trailing?: number;
}

/** A change of a share below this size is rounding. */
const noise = 1e-12;

/**
 * Rotation state (资金轮动状态, H7): whether money comes or goes, and whether the group's share of it rises or falls.
 *
 *     flow axis    in: F > 0;   out: F < 0
 *     share axis   gaining: share > share of the 52 weeks before the window;   losing: below it;   steady: equal
 *
 * Shares of the net flow exist only where no group loses money, in the window and before it; otherwise both are
 * F / Σ|F|, so that a growing part of all outflows is a loss and no gain. A week that a group lacks counts for none.
 *
 * @param own  weekly net flows of the group, `null` where missing
 * @param others  those of each of the other groups, for the same weeks, in one currency; at least one
 * @returns `n` counts weeks; `insufficient` below window + trailing weeks (`too-few`), or where less than three quarters of
 *   the weeks of either span are there (`coverage`), `warn` below nine tenths; `undefined` (`no-flow`) where the group's flow of
 *   the window, or all flows of a span, are zero
 * @throws {RangeError} if lengths differ, there is no other group, or a flow is not finite
 */
export function rotationState(
  own: WeeklyFlows,
  others: readonly WeeklyFlows[],
  { window = 4, trailing = 52 }: RotationOptions = {},
): Measured<RotationState> {
  const groups = [own, ...others];
  groups.forEach(requireFlows);
  if (others.length === 0 || groups.some((group) => group.length !== own.length))
    throw new RangeError("rotationState requires two groups or more, of one length");
  if (own.length < window + trailing) return tooFew(own.length, window + trailing);
  const recent = spanSums(groups, own.length - window, own.length);
  const before = spanSums(groups, own.length - window - trailing, own.length - window);
  const n = recent.weeks + before.weeks;
  const covered = Math.min(recent.weeks / window, before.weeks / trailing);
  const short = (need: number): Reason => ({ code: "coverage", need, have: covered });
  const { least, wanted } = coverage;
  if (covered < least) return insufficient(n, short(least));
  const value = stateOf(recent.sums, before.sums);
  if (value === null) return notDefined("no-flow", n);
  return covered < wanted ? warn(value, n, short(wanted)) : ok(value, n);
}

/** Each group's sum over the weeks of a span that all of them have, and how many these are. */
function spanSums(groups: readonly WeeklyFlows[], from: number, to: number) {
  const sums = groups.map(() => 0);
  let weeks = 0;
  for (let t = from; t < to; t++) {
    if (groups.some((group) => (group[t] ?? null) === null)) continue;
    weeks++;
    for (const [i, group] of groups.entries()) sums[i] = (sums[i] ?? 0) + (group[t] ?? 0);
  }
  return { sums, weeks };
}

function stateOf(recent: readonly number[], before: readonly number[]): RotationState | null {
  const [flow = 0] = recent;
  const basis = [...recent, ...before].every((sum) => sum >= 0) ? "net" : "gross";
  const shareOf = basis === "net" ? marginalShare : grossShare;
  const [share, trailingShare] = [recent, before].map((sums) => shareOf(sums).value?.shares[0] ?? null);
  if (flow === 0 || share == null || trailingShare == null) return null;
  return {
    state: `${flow > 0 ? "in" : "out"}-${axis(share - trailingShare)}`,
    flow,
    share,
    trailingShare,
    basis,
  };
}

function axis(change: number): "gaining" | "losing" | "steady" {
  if (Math.abs(change) <= noise) return "steady";
  return change > 0 ? "gaining" : "losing";
}
