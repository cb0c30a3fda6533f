import type { Fact } from "#src/domain/fact.ts";
import type { NarrativeRules } from "#src/domain/narrative-rules.ts";
import type { Column } from "#src/domain/panel.ts";
import { type CapitalAtStake, capitalAtStake } from "#src/metrics/capital-at-stake.ts";
import { type Measured, mapMeasured, ok } from "#src/metrics/result.ts";
import { staleness } from "#src/sections/market.ts";
import { missing, narrativeFacts } from "#src/sections/narrative-data.ts";
import type { SectionContext } from "#src/sections/section.ts";

/** What the companies that the narratives are about are worth. */
export interface Stake {
  readonly total: Fact;
  /** Companies with a market value. */
  readonly names: Fact;
  /** The day of the oldest of these values. */
  readonly day: Fact;
}

/** Free-float market value of the companies, each once (N7); one whose number is too old counts as missing. */
export function stakeOf(context: SectionContext, { capital }: NarrativeRules): Stake {
  const columns = capital.map((id) => context.panel.column(id));
  const counts = (column: Column): boolean =>
    staleness(context, column) === null && (column.values.at(-1) ?? -1) >= 0;
  const measured: Measured<CapitalAtStake> =
    columns.length === 0
      ? missing({ code: "not-configured" })
      : capitalAtStake([
          columns.map((column) => ({
            id: column.series.id,
            cap: counts(column) ? (column.values.at(-1) ?? null) : null,
          })),
        ]);
  const days = columns
    .filter(counts)
    .flatMap(({ dates }) => dates.at(-1) ?? [])
    .toSorted();
  const fact = narrativeFacts(context, "capital", {
    series: capital,
    method: "N7 capital at stake",
    params: { companies: capital.length },
    window: { start: days[0] ?? null, end: days.at(-1) ?? null, n: measured.n },
  });
  return {
    total: fact(
      "total",
      mapMeasured(measured, ({ total }) => total),
      "USD",
      { isSize: true },
    ),
    names: fact("names", measured.value === null ? measured : ok(measured.n, measured.n), "count"),
    day: fact("day", measured.value === null ? measured : ok(days[0] ?? "", 1), "date"),
  };
}
