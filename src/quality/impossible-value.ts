import { median } from "d3-array";
import type { Kind } from "#src/domain/series.ts";
import { dayAt, runsOf, type Suspicion, spanText, type Values } from "#src/quality/suspicion.ts";

/** So many negative prices, and at least half of all up to the last of them, are no slips but a distorted history. */
const distortedFrom = 3;
/**
 * A zero is impossible when its neighbours are this many usual moves away from it. In real data the farthest true zero lies
 * at 7 (a price index in 1917), the nearest false one at 52.
 */
const farFromZero = 20;
/** Zeros that last longer are a level: a policy rate stays there for years. */
const longestSlip = 5;
/** Kinds that may be zero, but not out of nowhere. Flows and tones cross zero as a matter of course. */
const zeroable: readonly Kind[] = ["yield", "ratio", "count"];

/**
 * Values that cannot be: prices and assets of zero or less, and zeros that stand for a missing yield, ratio or count.
 *
 * A negative history, as adjusting for dividends by subtraction makes, is distorted up to its last negative price and set
 * aside up to there. A single bad row is set aside alone.
 */
export function impossibleValue(values: Values): readonly Suspicion[] {
  if (values.isPrice || values.series.kind === "aum") return notAboveZero(values);
  return zeroable.includes(values.series.kind) ? zerosFromNowhere(values) : [];
}

function notAboveZero(values: Values): readonly Suspicion[] {
  const { values: all } = values;
  const distorted = distortedThrough(all);
  const runs = runsOf(all.length, (i) => i > distorted && (all[i] ?? 1) <= 0);
  return [
    ...(distorted < 0 ? [] : [suspect(values, 0, distorted, "over-adjusted")]),
    ...runs.map(([first, last]) =>
      suspect(
        values,
        first,
        last,
        all.slice(first, last + 1).some((value) => value < 0) ? "negative" : "zero",
      ),
    ),
  ];
}

/** Position of the last negative price of a distorted history; -1 where there is none. */
function distortedThrough(all: readonly number[]): number {
  const last = all.findLastIndex((value) => value < 0);
  const count = all.filter((value) => value < 0).length;
  return count >= distortedFrom && 2 * count >= last + 1 ? last : -1;
}

function zerosFromNowhere(values: Values): readonly Suspicion[] {
  const { values: all } = values;
  const runs = runsOf(all.length, (i) => all[i] === 0);
  if (runs.length === 0) return [];
  const live = all.filter((value) => value !== 0);
  // Of a policy rate most moves are none: what is usual is how far it moves when it does.
  const moves = live.slice(1).map((value, i) => Math.abs(value - (live[i] ?? value)));
  const usual = median(moves.filter((move) => move > 0));
  if (usual === undefined) return [];
  const isFar = (value: number | undefined): boolean =>
    value === undefined || Math.abs(value) >= farFromZero * usual;
  return runs
    .filter(([first, last]) => last - first < longestSlip && isFar(all[first - 1]) && isFar(all[last + 1]))
    .map(([first, last]) => suspect(values, first, last, "zero"));
}

function suspect(
  values: Values,
  first: number,
  last: number,
  symptom: "zero" | "negative" | "over-adjusted",
): Suspicion {
  const [from, to] = [dayAt(values, first), dayAt(values, last)];
  const found = symptom === "over-adjusted" ? "a history with negative prices" : String(values.values[first]);
  return {
    gate: "impossible-value",
    symptom,
    from,
    to,
    days: values.dates.slice(first, last + 1),
    found: `${found} ${spanText(from, to)}`,
    expected: symptom === "zero" ? "a value, or an empty cell where there is none" : "values above 0",
  };
}
