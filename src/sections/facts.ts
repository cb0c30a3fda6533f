import type { Fact, FactStatus, FactWindow, Reason } from "#src/domain/fact.ts";
import type { Localised } from "#src/domain/locale.ts";
import type { Panel } from "#src/domain/panel.ts";
import { directionOf, quantumOf, type Unit } from "#src/domain/quantity.ts";
import { isoInstant } from "#src/domain/time.ts";

/** What a section says of a fact; the book adds the as-of, the quantum, the direction and the hash. */
export interface FactInput {
  readonly id: string;
  readonly value: number | string | null;
  readonly unit: Unit;
  /** Overrides the unit's own quantum: decimals of a level, one scale for a column of money. */
  readonly quantum?: number;
  readonly status?: FactStatus;
  readonly reasons?: readonly Reason[];
  readonly window?: Partial<FactWindow>;
  readonly series: readonly string[];
  readonly method: string;
  readonly params?: Fact["params"];
  readonly stats?: Fact["stats"];
  /** Whose word it is; `null` where no one's. */
  readonly source?: Localised | null;
  /** A size that went nowhere, such as a market value, although its unit has a direction: money otherwise flows in or out. */
  readonly isSize?: true;
}

/** The facts of one issue, in the order in which sections made them. */
export interface FactBook {
  /** Enters a fact and returns it. An id can be entered once. */
  add(input: FactInput): Fact;
  /** Enters a fact as it is: one of an earlier issue. */
  keep(fact: Fact): Fact;
  /** Puts a fact in the place of that of its id: what is known of it is more. */
  replace(fact: Fact): void;
  /** The fact of that id; `undefined` before it was entered. */
  get(id: string): Fact | undefined;
  all(): readonly Fact[];
}

/** Facts as of the panel's cut-off. `digest` is SHA-256; it is passed in because sections are pure. */
export function factBook(panel: Panel, digest: (text: string) => string): FactBook {
  const facts = new Map<string, Fact>();
  const keep = (fact: Fact): Fact => {
    if (facts.has(fact.id)) throw new RangeError(`factBook requires unique ids, got ${fact.id} twice`);
    facts.set(fact.id, fact);
    return fact;
  };
  return {
    all: () => [...facts.values()],
    get: (id) => facts.get(id),
    add: (input) => keep(complete(input, panel, digest)),
    keep,
    replace(fact) {
      if (!facts.has(fact.id))
        throw new RangeError(`factBook requires a fact to replace, got none ${fact.id}`);
      facts.set(fact.id, fact);
    },
  };
}

function complete(input: FactInput, panel: Panel, digest: (text: string) => string): Fact {
  const { value, unit } = input;
  const numeric = typeof value === "number";
  const quantum = numeric ? (input.quantum ?? quantumOf(value, unit)) : null;
  const params = input.params ?? {};
  const origins = input.series.map((id) => panel.column(id).digest);
  return {
    id: input.id,
    value,
    unit,
    quantum,
    state:
      typeof value === "string" || (input.isSize === true && value !== null)
        ? "none"
        : directionOf(value, unit, quantum),
    status: input.status ?? (value === null ? "insufficient" : "ok"),
    reasons: input.reasons ?? [],
    asOf: isoInstant(panel.cutoff),
    window: { start: null, end: null, n: 0, ...input.window },
    series: input.series,
    method: input.method,
    params,
    ...(input.stats ? { stats: input.stats } : {}),
    ...(input.source ? { source: input.source } : {}),
    inputsHash: digest(JSON.stringify([origins, input.method, params, input.window ?? null])),
  };
}
