import type { Say } from "#src/domain/say.ts";
import type { Row, Table } from "#src/domain/table.ts";
import { shortName } from "#src/sections/market.ts";
import type { Ranked } from "#src/sections/own-history.ts";
import { say } from "#src/sections/section.ts";
import type { Surface } from "#src/sections/surface-data.ts";
import type { Depth } from "#src/sections/surface-depth.ts";
import { survivorNote } from "#src/sections/surface-figures.ts";
import type { Implied } from "#src/sections/surface-implied.ts";

/** What the table shows, line by line. */
export interface TableInput {
  readonly depth: Depth;
  readonly dispersion: Ranked;
  readonly correlation: Ranked;
  readonly implied: readonly Implied[];
}

/** Every statistic with its place in its own history; those that do not exist are left out. */
export function historyTable(
  surface: Surface,
  method: Say,
  { depth, dispersion, correlation, implied }: TableInput,
): Table {
  const head = (key: string, align: "left" | "right" = "right") => ({
    say: say(`surface.table.${key}`),
    align,
  });
  const name = shortName(surface.index.series);
  const rows = [
    row(say("surface.table.index", { name }), depth.index),
    row(say("surface.table.names"), depth.names),
    row(say("surface.table.gap"), depth.gap),
    row(say("surface.table.ratio"), depth.ratio),
    row(say("surface.table.dispersion"), dispersion),
    row(say("surface.table.correlation"), correlation),
    ...implied.map(({ column, ranked }) => row(say("page.name", { name: shortName(column.series) }), ranked)),
  ].filter((each) => each !== null);
  return {
    id: "surface.history",
    claim: say("surface.table.claim", { name }),
    unit: say("surface.table.unit"),
    head: [head("measure", "left"), head("value"), head("percentile"), head("sessions")],
    rows,
    notes: [method, say("surface.table.note"), ...survivorNote(surface)],
    series: [...surface.series, ...implied.map(({ column }) => column.series.id)],
    size: "wide",
  };
}

const row = (head: Say, { value, percentile, n }: Ranked): Row | null =>
  value.value === null
    ? null
    : {
        head,
        cells: [
          { fact: value.id },
          percentile.value === null ? { fact: percentile.id } : { percentile: percentile.id },
          { fact: n.id },
        ],
      };
