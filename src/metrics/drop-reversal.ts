import { blockLength } from "#src/metrics/block-length.ts";
import { type Panel, sessionsOf } from "#src/metrics/panel.ts";
import { type Measured, notDefined, ok, tooFew, warn } from "#src/metrics/result.ts";
import {
  type BootstrapInterval,
  bootstrapInterval,
  type Resampling,
} from "#src/metrics/stationary-bootstrap.ts";
import type { Drop } from "#src/metrics/unexplained-drops.ts";

/** How much of a drop the days after it took back. */
export interface DropReversal {
  /** A fraction of the drop: 1 all of it, 0 nothing, negative where it went on. */
  readonly reversal: number;
  readonly interval: BootstrapInterval;
  /** Whether all of the interval is above 0. */
  readonly isReversed: boolean;
  /** Drops, and the sessions on which they fell. */
  readonly drops: number;
  readonly days: number;
}

/** Sessions after a drop, and days with drops below which an interval says nothing. */
export const reversalRules = { after: 5, leastDays: 10 } as const;

/**
 * Reversal after drops (急跌后反转, L4): whether they were shot first and aimed at later.
 *
 *     reversal = − mean CAR[+1, +5] / mean AR[0]
 *
 * Names fall together, so that days with drops, not drops, are drawn anew (A13): in their order, each with all of its drops.
 *
 * @param abnormal  daily returns over what was to be expected of the name, one array a name
 * @param drops  of `findDrops`: those without an explanation
 * @param resampling  the block's mean length by `blockLength` of the days' CAR, unless given
 * @returns drops with five sessions after them count, `n` counts their days; `insufficient` below ten; `undefined` (`no-fall`) where the
 *   abnormal returns of the drops are no fall, (`lost-replicates`) where that is so in more than a tenth of the draws; `warn` where in some
 * @throws {RangeError} if series differ in length, an abnormal return is not finite, or a drop is none of their sessions
 */
export function dropReversal(
  abnormal: Panel,
  drops: readonly Pick<Drop, "name" | "at">[],
  resampling: Partial<Resampling> = {},
): Measured<DropReversal> {
  requireDrops(abnormal, drops);
  const outcomes = drops.flatMap((drop) => outcomeOf(abnormal, drop) ?? []);
  const days = [...byDay(outcomes).values()];
  const n = days.length;
  if (n < reversalRules.leastDays) return tooFew(n, reversalRules.leastDays);
  const all = reversalOf(days, Int32Array.from(days.keys()));
  if (Number.isNaN(all)) return notDefined("no-fall", n);
  const block = resampling.block ?? blockLength(days.map(({ after }) => after)).value ?? 1;
  const interval = bootstrapInterval(n, (at) => reversalOf(days, at), { ...resampling, block });
  if (interval.value === null) return interval;
  const isReversed = interval.value.low > 0;
  const value = { reversal: all, interval: interval.value, isReversed, drops: outcomes.length, days: n };
  return interval.status === "ok" ? ok(value, n) : warn(value, n, ...interval.reasons);
}

interface Outcome {
  readonly at: number;
  /** Abnormal return of the drop, and of the sessions after it. */
  readonly on: number;
  readonly after: number;
}

/** `null` where a return is missing or not there yet. */
function outcomeOf(abnormal: Panel, { name, at }: Pick<Drop, "name" | "at">): Outcome | null {
  const path = abnormal[name] ?? [];
  const on = path[at] ?? null;
  let after = 0;
  for (let t = at + 1; t <= at + reversalRules.after; t++) {
    const r = path[t] ?? null;
    if (r === null) return null;
    after += r;
  }
  return on === null ? null : { at, on, after };
}

/** Sums of the drops of each day, oldest first. */
function byDay(outcomes: readonly Outcome[]): ReadonlyMap<number, Outcome> {
  const days = new Map<number, Outcome>();
  for (const { at, on, after } of outcomes.toSorted((a, b) => a.at - b.at)) {
    const so = days.get(at) ?? { at, on: 0, after: 0 };
    days.set(at, { at, on: so.on + on, after: so.after + after });
  }
  return days;
}

/** NaN where the drops are no fall. */
function reversalOf(days: readonly Outcome[], positions: Int32Array): number {
  let [on, after] = [0, 0];
  for (const i of positions) {
    on += days[i]?.on ?? 0;
    after += days[i]?.after ?? 0;
  }
  return on < 0 ? -after / on : Number.NaN;
}

function requireDrops(abnormal: Panel, drops: readonly Pick<Drop, "name" | "at">[]): void {
  const sessions = sessionsOf(abnormal);
  if (!abnormal.every((path) => path.every((r) => r === null || Number.isFinite(r))))
    throw new RangeError("dropReversal requires finite abnormal returns");
  const isThere = ({ name, at }: Pick<Drop, "name" | "at">) =>
    Number.isInteger(name) &&
    name >= 0 &&
    name < abnormal.length &&
    Number.isInteger(at) &&
    at >= 0 &&
    at < sessions;
  if (!drops.every(isThere)) throw new RangeError("dropReversal requires drops among its sessions");
}
