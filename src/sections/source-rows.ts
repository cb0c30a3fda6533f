import type { Localised } from "#src/domain/locale.ts";
import type { Column } from "#src/domain/panel.ts";
import type { Place, Say } from "#src/domain/say.ts";
import type { Cell } from "#src/domain/table.ts";
import type { ConditionRules } from "#src/domain/workspace.ts";
import { shortName } from "#src/sections/market.ts";
import { datedPair } from "#src/sections/pair-legs.ts";
import { type SectionContext, say } from "#src/sections/section.ts";
import { wordOf } from "#src/sections/source-cells.ts";

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

/** Series of which the page speaks together: they may stand in one line. */
interface Together {
  readonly id: string;
  readonly members: readonly string[];
  /** Fewer that are alike are named, each by itself. */
  readonly least: number;
  /** By the number of them, and the name of one. */
  head(n: Place, first: Place): Say;
}

/** Two of what the page speaks of together stand in one line; of a file that it does not, so many. */
const [leastAlike, leastOfFile] = [2, 3];

/**
 * The lines of the table: one a series, but series that the page names nowhere else and speaks of together (names of a leg or under a
 * surface, funds of a group, what market conditions are measured by) stand in one where they come from one source and are as old as one
 * another; so do the rest of a file, where they are many. A hundred lines that say the same would hide the one that does not.
 */
export function linesOf(context: SectionContext, rows: readonly SourceRow[]): readonly SourceLine[] {
  const kinds = togetherOf(context);
  const kindOf = ({ column }: SourceRow) => kinds.find(({ members }) => members.includes(column.series.id));
  const folded = Map.groupBy(rows, (row) => {
    const kind = kindOf(row);
    return kind === undefined ? row.column.series.id : `${kind.id} ${vintageOf(row)}`;
  });
  const places = new Map<string, number>();
  return [...folded.values()].flatMap((alike): readonly SourceLine[] => {
    const [first] = alike;
    if (first === undefined) return [];
    const kind = kindOf(first);
    const named = alike.find(({ column }) => isPlain(column.series.name));
    if (kind === undefined || named === undefined || alike.length < kind.least) return alike.map(lineOf);
    const place = (places.get(kind.id) ?? 0) + 1;
    places.set(kind.id, place);
    const table = first.column.series.staleAfter === null ? "" : "standing.";
    const n = countOf(context, `${table}${kind.id}.${place}`, alike);
    return [{ head: kind.head(n, { name: named.column.series.name }), cells: first.cells }];
  });
}

/** A name whose digits stand nowhere else would be taken for a number. */
const isPlain = (name: Localised): boolean => !Object.values(name).some((text) => /\d/u.test(text));

const lineOf = ({ column, cells }: SourceRow): SourceLine => ({
  head: say("page.name", { name: { name: column.series.name } }),
  cells,
});

/** What the page speaks of together, without the series that it names by themselves. */
function togetherOf(context: SectionContext): readonly Together[] {
  const { surface, flows, pairs, conditions, hedgeFunds, catalogue } = context.workspace;
  const named = namedAlone(context);
  const rest = (ids: readonly string[]) => ids.filter((id) => !named.has(id));
  const index = catalogue.find(({ id }) => id === surface?.index);
  const names: readonly Together[] =
    index === undefined
      ? []
      : [
          {
            id: "names",
            members: rest(Object.values(surface?.groups ?? {}).flatMap(({ members }) => members)),
            least: leastAlike,
            head: (n) => say("sources.table.names", { name: shortName(index), n }),
          },
        ];
  const funds = Object.entries(flows.groups).map(
    ([id, { name, members }]): Together => ({
      id: `flows.${id}`,
      members: rest(members),
      least: leastAlike,
      head: (n) => say("sources.table.funds", { name: { name }, n }),
    }),
  );
  const legs = Object.entries(pairs).flatMap(([id, rule]) => {
    const dated = datedPair(context, rule);
    return (["long", "shorts"] as const).map(
      (side): Together => ({
        id: `pair.${id}.${side}`,
        members: rest(dated[side].members),
        least: leastAlike,
        head: (n) => say("sources.table.funds", { name: { name: dated[side].name }, n }),
      }),
    );
  });
  const measures: Together = {
    id: "conditions",
    members: rest(seriesOf(conditions)),
    least: leastAlike,
    head: (n) => say("sources.table.conditions", { n }),
  };
  const strategies: Together = {
    id: "hedge-funds",
    members: rest(Object.values(hedgeFunds?.strategies ?? {}).map(({ series }) => series)),
    least: leastAlike,
    head: (n) => say("sources.table.strategies", { n }),
  };
  const files = [...Map.groupBy(catalogue, ({ file }) => file)].map(
    ([file, all]): Together => ({
      id: `file.${file}`,
      members: rest(all.map(({ id }) => id)),
      least: leastOfFile,
      head: (n, first) => say("sources.table.file", { first, n }),
    }),
  );
  return [...legs, ...names, ...funds, strategies, measures, ...files];
}

/** Series that have a line, a number or a picture of their own somewhere on the pages. */
function namedAlone(context: SectionContext): ReadonlySet<string> {
  const { surface, superlatives, levels, milestones, regime } = context.workspace;
  return new Set([
    ...context.publication.keyNumbers.map(({ id }) => id),
    ...superlatives,
    ...[...levels, ...milestones].map(({ series }) => series),
    ...regime,
    ...(surface === null ? [] : [surface.index, ...surface.implied]),
  ]);
}

const seriesOf = (rules: ConditionRules): readonly string[] => [
  ...rules.turbulence,
  ...rules.absorption,
  ...rules.appetite.flatMap(({ series, over }) => (over === null ? [series] : [series, over])),
  ...rules.universe,
  ...rules.factors.flatMap(({ long, short }) => [long, short]),
];

/** What the cells tell, which is what names of one line have in common. */
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

function countOf({ facts }: SectionContext, id: string, alike: readonly SourceRow[]): Place {
  const n = facts.add({
    id: `sources.${id}`,
    value: alike.length,
    unit: "count",
    series: alike.map(({ column }) => column.series.id),
    method: "count of series",
  });
  return { fact: n.id };
}
