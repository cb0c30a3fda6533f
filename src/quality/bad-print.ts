import type { Kind } from "#src/domain/series.ts";
import { priceJumps } from "#src/quality/price-jumps.ts";
import { dayAt, type Suspicion, spanText, type Values } from "#src/quality/suspicion.ts";
import { isUnusual, scaleOf } from "#src/quality/unit-jump.ts";

/** Kinds that do not move by a share of themselves, of which a slipped decimal point is told by its power of ten. */
const slipping: readonly Kind[] = ["yield", "ratio", "aum"];
/** After a slip the value is this near to what it was before, as a share of it. */
const back = 0.2;

/** Prices that jump away and come back: a slipped decimal point, some days of another share's prices. */
export function badPrint(values: Values): readonly Suspicion[] {
  const found = slipping.includes(values.series.kind)
    ? slips(values)
    : priceJumps(values).filter(({ kind }) => kind === "print");
  return found.map(({ first, last, base }): Suspicion => {
    const [from, to] = [dayAt(values, first), dayAt(values, last)];
    return {
      gate: "bad-print",
      symptom: "print",
      from,
      to,
      days: values.dates.slice(first, last + 1),
      found: `${values.values[first]} ${spanText(from, to)} after ${base}, then ${values.values[last + 1]}`,
      expected: "values that do not leave and come back",
    };
  });
}

/**
 * Single values ten, a hundred or a thousand times their neighbours, or that part of them: of a rate also forty of its
 * usual moves. A rate that doubles for a day, as on the market of overnight money, is none.
 */
function slips({ values: all }: Values) {
  const isSlip = (i: number): boolean => {
    const [before = 0, value = 0, after = 0] = [all[i - 1], all[i], all[i + 1]];
    if (scaleOf(value / before, 1) === null || Math.abs(after - before) > back * Math.abs(before))
      return false;
    return isUnusual(all, i);
  };
  return all.flatMap((_, i) =>
    i > 0 && i < all.length - 1 && isSlip(i) ? [{ first: i, last: i, base: all[i - 1] ?? 0 }] : [],
  );
}
