import type { Fact } from "#src/domain/fact.ts";
import { directionOf, quantumOf } from "#src/domain/quantity.ts";

/** A fact as the rules see one. */
export function factOf(id: string, value: Fact["value"], unit: Fact["unit"], rest: Partial<Fact> = {}): Fact {
  const quantum = typeof value === "number" ? quantumOf(value, unit) : null;
  return {
    id,
    value,
    unit,
    quantum,
    state: typeof value === "string" ? "none" : directionOf(value, unit, quantum),
    status: value === null ? "insufficient" : "ok",
    reasons: [],
    asOf: "2026-02-13T23:00:00Z",
    window: { start: null, end: null, n: 0 },
    series: [],
    method: "made for a test",
    params: {},
    inputsHash: "",
    ...rest,
  };
}
