import type { Fact } from "#src/domain/fact.ts";
import { directionOf, quantumOf, type Unit } from "#src/domain/quantity.ts";
import { factOf as plainFact } from "#tests/statements/evidence.ts";

const wordUnits: ReadonlySet<Unit> = new Set(["date", "month", "instant", "label"]);

/** A fact of an issue as of 2026-02-13, with the quantum of its unit unless another is given. */
export function factOf(value: number | string | null, unit: Unit, quantum?: number): Fact {
  const own = typeof value === "number" && !wordUnits.has(unit) ? (quantum ?? quantumOf(value, unit)) : null;
  return plainFact("levels.x.measure", value, unit, {
    quantum: own,
    state: typeof value === "string" ? "none" : directionOf(value, unit, own),
    status: value === null ? "undefined" : "ok",
  });
}
