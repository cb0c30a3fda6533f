import { type PriceJump, priceJumps } from "#src/quality/price-jumps.ts";
import { dayAt, type Suspicion, type Values } from "#src/quality/suspicion.ts";
import { scaleOf } from "#src/quality/unit-jump.ts";

/**
 * A price that moves by more than 40 per cent in one session and stays (G3): most often old rows that were not adjusted for
 * a split, or two sources joined. What lies before cannot be compared with what is after and is set aside. Until three
 * observations have followed it is what is after that waits.
 *
 * A move by a hundred or a thousand is left to the gate of units.
 */
export function splitSeam(values: Values): readonly Suspicion[] {
  const ofUnit = (jump: PriceJump): boolean =>
    jump.kind === "seam" && scaleOf((values.values[jump.first] ?? 0) / jump.base) !== null;
  return priceJumps(values)
    .filter((jump) => jump.kind !== "print" && !ofUnit(jump))
    .map((jump): Suspicion => {
      const { kind, first, last, base } = jump;
      const day = dayAt(values, first);
      const isSeam = kind === "seam";
      return {
        gate: "split-seam",
        symptom: isSeam ? "seam" : "unconfirmed",
        from: day,
        to: day,
        days: isSeam ? values.dates.slice(0, first) : values.dates.slice(first, last + 1),
        found: `${values.values[first]} on ${day} after ${base}`,
        expected: "prices on one basis: adjusted for splits before as after",
      };
    });
}
