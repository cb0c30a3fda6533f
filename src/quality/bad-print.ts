import { priceJumps } from "#src/quality/price-jumps.ts";
import { dayAt, type Suspicion, spanText, type Values } from "#src/quality/suspicion.ts";

/** Prices that jump away and come back: a slipped decimal point, some days of another share's prices. */
export function badPrint(values: Values): readonly Suspicion[] {
  return priceJumps(values)
    .filter(({ kind }) => kind === "print")
    .map(({ first, last, base }): Suspicion => {
      const [from, to] = [dayAt(values, first), dayAt(values, last)];
      return {
        gate: "bad-print",
        symptom: "print",
        from,
        to,
        days: values.dates.slice(first, last + 1),
        found: `${values.values[first]} ${spanText(from, to)} after ${base}, then ${values.values[last + 1]}`,
        expected: "prices that do not leave and come back",
      };
    });
}
