import type { Column } from "#src/domain/panel.ts";
import type { Say } from "#src/domain/say.ts";
import type { Cell } from "#src/domain/table.ts";
import { membersOf } from "#src/sections/pair-data.ts";
import { datedPair } from "#src/sections/pair-legs.ts";
import { type SectionContext, say } from "#src/sections/section.ts";

/** What is said of a series under Sources. */
export interface SourceRow {
  readonly column: Column;
  readonly age: number;
  readonly cells: readonly Cell[];
}

/** A line of the table, of one series or of several that have nothing of their own to tell. */
export interface SourceLine {
  readonly head: Say;
  readonly cells: readonly Cell[];
}

/**
 * The lines of the table: one a series, but names under a surface that come from one source and are as old as one another stand in
 * one. A hundred lines that say the same would hide the one that does not.
 */
export function linesOf(context: SectionContext, rows: readonly SourceRow[]): readonly SourceLine[] {
  const names = namesOnly(context);
  const folded = Map.groupBy(rows, (row) =>
    names.has(row.column.series.id) ? vintageOf(row) : row.column.series.id,
  );
  let place = 0;
  return [...folded.values()].flatMap((alike): readonly SourceLine[] => {
    const [first] = alike;
    if (first === undefined) return [];
    if (alike.length > 1) return [{ head: namesHead(context, ++place, alike), cells: first.cells }];
    return [{ head: say("page.name", { name: { name: first.column.series.name } }), cells: first.cells }];
  });
}

/** Names under the surface that no pair names as its own. */
function namesOnly(context: SectionContext): ReadonlySet<string> {
  const { surface, pairs } = context.workspace;
  const ofPairs = new Set(Object.values(pairs).flatMap((rule) => membersOf(datedPair(context, rule))));
  const members = Object.values(surface?.groups ?? {}).flatMap((group) => group.members);
  return new Set(members.filter((id) => !ofPairs.has(id)));
}

/** What the cells tell, which is what names of one line have in common. */
const vintageOf = ({ column, age }: SourceRow): string =>
  JSON.stringify([
    column.series.provider,
    column.dates.at(-1),
    column.knownAt,
    column.assumed,
    column.gap,
    age,
  ]);

function namesHead(
  { facts, workspace, known }: SectionContext,
  place: number,
  alike: readonly SourceRow[],
): Say {
  const n = facts.add({
    id: `sources.names.${place}`,
    value: alike.length,
    unit: "count",
    series: alike.map(({ column }) => column.series.id),
    method: "count of series",
  });
  const index = workspace.surface?.index;
  const name = index === undefined ? { en: "", "zh-CN": "" } : known.column(index).series.short;
  return say("sources.table.names", { name: { name }, n: { fact: n.id } });
}
