import type { Reason } from "#src/domain/fact.ts";
import type { Column } from "#src/domain/panel.ts";
import type { IsoDate } from "#src/domain/time.ts";
import type { SurfaceRule } from "#src/domain/workspace.ts";
import { isCovered, leastWeight, type Presence, type Weights } from "#src/metrics/cross-section.ts";
import type { Panel, Path } from "#src/metrics/panel.ts";
import { insufficient, type Measured, ok } from "#src/metrics/result.ts";
import { ageOf, staleAfter } from "#src/sections/market.ts";
import { remembered } from "#src/sections/remembered.ts";
import type { SectionContext } from "#src/sections/section.ts";

/** Fewer names are no cross-section to speak of. */
export const leastNames = 10;

/** A name under the surface. */
export interface Name {
  readonly column: Column;
  readonly group: string;
}

/** An index and the names under it, on the sessions that it and nearly all of them had. */
export interface Surface {
  readonly rule: SurfaceRule;
  readonly index: Column;
  readonly names: readonly Name[];
  /** Days of the returns. */
  readonly dates: readonly IsoDate[];
  /** Log returns of the index. */
  readonly indexReturns: Path;
  /** Levels of the index, and closes of the names; `null` where one has none. */
  readonly levels: Path;
  readonly closes: Panel;
  /** Returns of the names; `null` where one has no close, or had none the session before. */
  readonly simple: Panel;
  readonly log: Panel;
  /**
   * 1 for a name that counts at a session, 0 for one that does not: one that has not been there for the longest window, or has
   * left. Where fewer than ten count, none does.
   */
  readonly weights: readonly Weights[];
  /** Ids of the index and the names, for facts that are of all of them. */
  readonly series: readonly string[];
}

/** Sessions of the longest window: that of correlation. */
export const longestWindow = 60;

/**
 * Joins the index's sessions with those of the names (G6): days on which ten of them, and nine in ten of those that had begun, have a
 * close. Returns are taken afterwards, so that a day without most names makes one return over two sessions for all.
 *
 * @returns `insufficient` where there are not ten names (`too-few`), not nine in ten of them (`coverage`), or the last such day is
 *   too old (`stale`)
 */
function openSurface(context: SectionContext, rule: SurfaceRule): Measured<Surface> {
  const index = context.panel.column(rule.index);
  const names = Object.entries(rule.groups).flatMap(([group, { members }]) =>
    members.map((id): Name => ({ column: context.panel.column(id), group })),
  );
  const prices = names.map(({ column }) => alignedTo(index.dates, column));
  const lives = names.map(({ column }) => lifeOf(context, rule, column));
  const kept = index.dates.flatMap((_, t) =>
    isCovered(there(t, index.dates, prices, lives), leastNames) ? [t] : [],
  );
  const days = kept.map((t) => index.dates[t] ?? "");
  const why = whyNone(context, index, days, there(index.dates.length - 1, index.dates, prices, lives));
  if (why !== null) return insufficient(why.have ?? 0, why);
  const simple = prices.map((price) => returnsOf(price, kept, (before, after) => after / before - 1));
  const log = prices.map((price) => returnsOf(price, kept, (before, after) => Math.log(after / before)));
  const dates = days.slice(1);
  return ok(
    {
      rule,
      index,
      names,
      dates,
      levels: pricesOf(index.values, kept),
      closes: prices.map((price) => pricesOf(price, kept)),
      indexReturns: returnsOf(index.values, kept, (before, after) => Math.log(after / before)),
      simple,
      log,
      weights: weightsOf(simple, dates, lives),
      series: [index.series.id, ...names.map(({ column }) => column.series.id)],
    },
    names.length,
  );
}

/** The surface of an issue, which several sections look at; `null` where the workspace has none. */
export const surfaceOf = remembered((context: SectionContext): Measured<Surface> | null => {
  const { surface: rule } = context.workspace;
  return rule === null ? null : openSurface(context, rule);
});

/** Why there is nothing to speak of: no common session near the week's end, and what its last one lacked. */
function whyNone(
  context: SectionContext,
  index: Column,
  days: readonly IsoDate[],
  { names, share }: Presence,
): Reason | null {
  const have = ageOf(context, { ...index, dates: days });
  if (days.length > 0 && have > staleAfter) return { code: "stale", need: staleAfter, have };
  if (days.length > 1) return null;
  if (names >= leastNames && share < leastWeight) return { code: "coverage", need: leastWeight, have: share };
  return { code: "too-few", need: leastNames, have: names };
}

/** First and last day on which a name should have a close. */
interface Life {
  readonly from: IsoDate;
  readonly to: IsoDate;
}

const [firstDay, lastDay] = ["0001-01-01", "9999-12-31"];

/**
 * A name begins with its first close; where the names are those of each day, it has left with its last one. One that has none
 * because its data are broken should have them all; one of which nothing was known yet has no life.
 */
function lifeOf(context: SectionContext, { pointInTime }: SurfaceRule, column: Column): Life | null {
  const [from, last] = [column.dates[0], column.dates.at(-1)];
  if (from === undefined || last === undefined)
    return column.gap === null || column.gap === "not-yet-known" ? null : { from: firstDay, to: lastDay };
  const hasLeft = pointInTime && ageOf(context, column) > staleAfter;
  return { from, to: hasLeft ? last : lastDay };
}

const isAlive = (life: Life | null, day: IsoDate): boolean =>
  life !== null && life.from <= day && day <= life.to;

/** Names with a close on a day, and their share of those that should have one. */
function there(
  t: number,
  days: readonly IsoDate[],
  prices: readonly (readonly number[])[],
  lives: readonly (Life | null)[],
): Presence {
  let [alive, names] = [0, 0];
  for (let i = 0; i < prices.length; i++) {
    if (!isAlive(lives[i] ?? null, days[t] ?? lastDay)) continue;
    alive++;
    if (!Number.isNaN(prices[i]?.[t] ?? Number.NaN)) names++;
  }
  return { names, share: alive === 0 ? 0 : names / alive };
}

/** A series' values on given days, oldest first; NaN where it has none. */
export function alignedTo(days: readonly IsoDate[], { dates, values }: Column): readonly number[] {
  let at = 0;
  return days.map((day) => {
    while ((dates[at] ?? lastDay) < day) at++;
    return dates[at] === day ? (values[at] ?? Number.NaN) : Number.NaN;
  });
}

/** Prices of the kept days but the first, which has no return; `null` where one is none. */
const pricesOf = (prices: readonly number[], kept: readonly number[]): Path =>
  kept.slice(1).map((t) => {
    const price = prices[t] ?? Number.NaN;
    return price > 0 ? price : null;
  });

/** Returns between kept days; `null` without two prices that are positive. */
const returnsOf = (
  prices: readonly number[],
  kept: readonly number[],
  change: (before: number, after: number) => number,
): Path =>
  kept.slice(1).map((t, k) => {
    const [before = Number.NaN, after = Number.NaN] = [prices[kept[k] ?? 0], prices[t]];
    return before > 0 && after > 0 ? change(before, after) : null;
  });

function weightsOf(
  returns: Panel,
  dates: readonly IsoDate[],
  lives: readonly (Life | null)[],
): readonly Weights[] {
  const spans = returns.map((path, i) => ({
    from: lives[i]?.from === firstDay ? 0 : entryOf(path),
    to: dates.findLastIndex((day) => isAlive(lives[i] ?? null, day)),
  }));
  const enough = dates.map(
    (_, t) => spans.filter(({ from, to }) => from <= t && t <= to).length >= leastNames,
  );
  return spans.map(({ from, to }) => dates.map((_, t) => (enough[t] && from <= t && t <= to ? 1 : 0)));
}

/** The session from which a name counts: one that did not begin with the data, once it has a whole window of returns. */
function entryOf(path: Path): number {
  const first = path.findIndex((r) => r !== null);
  if (first < 0) return path.length;
  return first === 0 ? 0 : first + longestWindow - 1;
}
