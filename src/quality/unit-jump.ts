import { median } from "d3-array";
import type { Kind } from "#src/domain/series.ts";
import { dayAt, type Suspicion, type Values } from "#src/quality/suspicion.ts";

/** Decades from which a change of scale is one of unit: per cent and fractions, pence and pounds, thousands and units. */
const fewestDecades = 2;
/** How far from a whole number of decades, in decades: a factor of 1.41. */
const nearDecade = 0.15;
/** Observations on either side that are compared, and the fewest on each. */
const [window, fewest] = [10, 3];
/** On one side of the change everything is this many times what it is on the other. */
const apart = 5;
/**
 * Flows differ by hundreds from day to day: so many decades, so many observations on either side, and so few of them that
 * lie on the wrong side of the middle.
 */
const flow = { decades: 2.5, fewest: 8, astray: 1 } as const;

/**
 * Rates may truly change by a factor of a hundred near zero: one is of another unit where it also moves by this many of
 * its usual moves. A cut by a point is 33 of a bond's three basis points; 4 per cent read as 4 basis points is 80 of five.
 */
const usualMoves = 40;
const rates: readonly Kind[] = ["yield", "ratio"];
/** Of these the first observations in another unit are told at once; prices have a gate for that, and counts may leap. */
const toldAtOnce: readonly Kind[] = ["yield", "ratio", "aum"];

const bySize: readonly Kind[] = ["price", "total-return", "level", "fx", "yield", "ratio", "count", "aum"];

/**
 * A change of scale by a hundred or more that stays: the numbers are in another unit from some day on. Which side is
 * right cannot be told from the numbers, so nothing less than holding the issue keeps a wrong one off the page; where the
 * workspace lets it pass, what came after the change is set aside, until it is undone.
 */
export function unitJump(values: Values): readonly Suspicion[] {
  const { series, values: all } = values;
  const { kind } = series;
  if (kind !== "flow" && !bySize.includes(kind)) return [];
  const test = kind === "flow" ? flowScaleAt : (own: readonly number[], i: number) => scaleAt(own, i, kind);
  const found: Suspicion[] = [];
  for (let i = 1; i < all.length; i++) {
    const decades = test(all, i);
    if (decades === null) continue;
    let end = i + 1;
    while (end < all.length && test(all, end) !== -decades) end++;
    found.push(suspect(values, i, end));
    i = end;
  }
  return found;
}

/** Whole decades that a ratio comes to, where it is near enough to so many of them (two) or more; `null` otherwise. */
export function scaleOf(ratio: number, fewestOf = fewestDecades): number | null {
  const decades = Math.log10(ratio);
  const whole = Math.round(decades);
  return Math.abs(whole) >= fewestOf && Math.abs(decades - whole) <= nearDecade ? whole : null;
}

/** Nearly every day is no candidate, and there are hundreds of thousands. */
function isStep(before = 0, value = 0): boolean {
  const step = Math.abs(value) / Math.abs(before);
  return step > apart || step < 1 / apart;
}

function scaleAt(all: readonly number[], i: number, kind: Kind): number | null {
  if (!isStep(all[i - 1], all[i])) return null;
  const [low, high] = sidesOf(all, i);
  const needed = toldAtOnce.includes(kind) ? Math.min(fewest, all.length - i) : fewest;
  if (low.length < fewest || high.length < needed) return null;
  if (rates.includes(kind) && !isUnusual(all, i)) return null;
  const decades = scaleOf((median(high) ?? 0) / (median(low) ?? 0));
  if (decades === null) return null;
  const [small, large] = decades > 0 ? [low, high] : [high, low];
  return Math.min(...large) >= apart * Math.max(...small) ? decades : null;
}

/** Whether the step to a position is many of the usual ones before it; so is any after none. */
export function isUnusual(all: readonly number[], i: number): boolean {
  const moves = all.slice(1, i).map((value, j) => Math.abs(value - (all[j] ?? value)));
  const usual = median(moves.filter((move) => move > 0)) ?? 0;
  return Math.abs((all[i] ?? 0) - (all[i - 1] ?? 0)) >= usualMoves * usual;
}

function flowScaleAt(all: readonly number[], i: number): number | null {
  if (!isStep(all[i - 1], all[i])) return null;
  const [before, after] = sidesOf(all, i);
  if (before.length < flow.fewest || after.length < flow.fewest) return null;
  const [from, to] = [median(before) ?? 0, median(after) ?? 0];
  const decades = Math.log10(to / from);
  if (Math.abs(decades) < flow.decades) return null;
  const middle = Math.sqrt(from * to);
  const astray = (side: readonly number[], isLow: boolean): number =>
    side.filter((size) => size < middle !== isLow).length;
  const isLow = [from < middle, to < middle] as const;
  const isApart = astray(before, isLow[0]) <= flow.astray && astray(after, isLow[1]) <= flow.astray;
  // The change is where the neighbours lie on their own sides.
  const neighbours = [Math.abs(all[i - 1] ?? 0), Math.abs(all[i] ?? 0)];
  const isHere = neighbours.every((size, side) => size < middle === isLow[side]);
  return isApart && isHere ? Math.round(decades) : null;
}

/** Sizes of the values before a position and from it on; zeros have none. */
function sidesOf(all: readonly number[], i: number): readonly [readonly number[], readonly number[]] {
  const sizes = (part: readonly number[]) => part.map(Math.abs).filter((size) => size > 0);
  return [sizes(all.slice(Math.max(0, i - window), i)), sizes(all.slice(i, i + window))];
}

function suspect(values: Values, first: number, end: number): Suspicion {
  const day = dayAt(values, first);
  return {
    gate: "unit-jump",
    symptom: "unit",
    from: day,
    to: day,
    days: values.dates.slice(first, end),
    found: `${values.values[first]} on ${day} after ${values.values[first - 1]}, and the like on either side`,
    expected: "numbers in one unit throughout",
  };
}
