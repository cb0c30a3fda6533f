import { type Localised, locales } from "#src/domain/locale.ts";
import type { Column } from "#src/domain/panel.ts";
import type { Say } from "#src/domain/say.ts";
import type { Cell } from "#src/domain/table.ts";
import { type SectionContext, say } from "#src/sections/section.ts";
import { wordOf } from "#src/sections/source-cells.ts";

/** What is said of a series under Sources. */
export interface SourceRow {
  readonly column: Column;
  readonly age: number;
  readonly cells: readonly Cell[];
}

/** A line of the table, of one series or of several that have the same to tell. */
export interface SourceLine {
  readonly head: Say;
  readonly cells: readonly Cell[];
}

/** Of more alike than these a line names the first, and says how many there are. */
const mostNamed = 3;

/**
 * The lines of the table: series of one source whose last values are of one day, were known at one time and are as old as one another
 * stand in one, by their names. A hundred lines that say the same would hide the one that does not.
 */
export const linesOf = ({ facts }: SectionContext, rows: readonly SourceRow[]): readonly SourceLine[] =>
  [...Map.groupBy(rows, vintageOf).values()].map((alike) => {
    const columns = alike.map(({ column }) => column);
    const [first] = columns;
    const [names, cells] = [{ name: namesOf(columns.slice(0, mostNamed)) }, alike[0]?.cells ?? []];
    if (first === undefined || columns.length <= mostNamed)
      return { head: say("page.name", { name: names }), cells };
    const more = facts.add({
      id: `sources.${first.series.id}.alike`,
      value: columns.length - mostNamed,
      unit: "count",
      series: columns.map(({ series }) => series.id),
      method: "count of series",
    });
    return { head: say("sources.table.more", { names, n: { fact: more.id } }), cells };
  });

/** What the cells tell, which is what series of one line have in common. */
const vintageOf = ({ column, age }: SourceRow): string =>
  JSON.stringify([
    column.series.provider,
    wordOf(column),
    column.series.staleAfter,
    column.dates.at(-1),
    column.knownAt,
    column.assumed,
    column.gap,
    age,
  ]);

const comma: Readonly<Localised> = { en: ", ", "zh-CN": "、" };

/** One is called by its whole name, several by their short ones. */
function namesOf(columns: readonly Column[]): Localised {
  const names = columns.map(({ series }) => (columns.length === 1 ? series.name : series.short));
  const [en, zh] = locales.map((locale) => names.map((name) => name[locale]).join(comma[locale]));
  return { en: en ?? "", "zh-CN": zh ?? "" };
}
