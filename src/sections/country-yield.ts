import type { Fact } from "#src/domain/fact.ts";
import type { Column } from "#src/domain/panel.ts";
import { changeRules } from "#src/metrics/change-z.ts";
import { type Measured, ok, tooFew } from "#src/metrics/result.ts";
import { type Country, presentColumn } from "#src/sections/country-data.ts";
import { factsOf } from "#src/sections/regime-data.ts";
import type { SectionContext } from "#src/sections/section.ts";

/** How far a country's yield moved over twenty of its sessions. */
export interface YieldMove {
  readonly column: Column;
  /** In basis points. */
  readonly move: Fact;
}

const basisPoints = 1e4;

/** The yield and its move; `null` where none is named, or nothing can be said of it. */
export function yieldOf(context: SectionContext, { id, rule }: Country): YieldMove | null {
  const column = presentColumn(context, rule.yield);
  if (column === null) return null;
  return { column, move: moveInBp(context, `${id}.yield`, column) };
}

/** The move of a yield over twenty sessions, in basis points and never in per cent (G5). */
export function moveInBp(context: SectionContext, prefix: string, { series, dates, values }: Column): Fact {
  const { horizon } = changeRules;
  const [before, now] = [values.at(-1 - horizon), values.at(-1)];
  const measured: Measured<number> =
    before === undefined || now === undefined
      ? tooFew(values.length, horizon + 1)
      : ok((now - before) * basisPoints, horizon);
  return factsOf(context, prefix, {
    series: [series.id],
    method: "change over 20 sessions",
    window: { start: dates.at(-1 - horizon) ?? null, end: dates.at(-1) ?? null, n: measured.n },
  })("move", measured, "bp");
}
