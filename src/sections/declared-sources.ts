import type { DeclaredKind, Told } from "#src/domain/declared.ts";
import type { Localised } from "#src/domain/locale.ts";
import type { Place, Say } from "#src/domain/say.ts";
import type { Row, Table } from "#src/domain/table.ts";
import { type IsoDate, isoInstant } from "#src/domain/time.ts";
import { type SectionContext, say } from "#src/sections/section.ts";
import { basis, head } from "#src/sections/source-cells.ts";

/** What the list of sources says of the lists that somebody keeps by hand. */
export interface DeclaredSources {
  readonly tables: readonly Table[];
  readonly gaps: readonly Say[];
}

/** Every list that counted, by whose word it is; nothing where the workspace keeps none. */
export function declaredSources(context: SectionContext): DeclaredSources {
  const { declared, remembered } = context;
  const rows = entriesByList(context).flatMap((list) => rowsOf(context, list));
  const gaps = declared.lists.flatMap(({ kind, gap }): readonly Say[] => {
    const what = gap ?? (remembered.includes(`declared.${kind}`) ? "remembered" : null);
    return what === null ? [] : [say(`sources.gap.${what}`, { name: listName(kind) })];
  });
  if (rows.length === 0) return { tables: [], gaps };
  const table: Table = {
    id: "sources.declared",
    claim: say("sources.table.declared.claim"),
    unit: say("sources.table.declared.unit"),
    head: [
      head("declared.list", "left"),
      head("provider", "left"),
      head("declared.entries"),
      head("declared.newest"),
      head("known"),
      head("assumed", "left"),
    ],
    rows,
    notes: [],
    series: [],
    size: "wide",
  };
  return { tables: [table], gaps };
}

const listName = (kind: DeclaredKind): Place => ({ term: `declared.${kind}` });

/** An entry as the list of sources sees it. */
interface Listed extends Told {
  readonly date: IsoDate;
}

/** A list under the name that facts and pages give it. */
interface NamedList {
  readonly id: string;
  readonly name: Place;
  readonly entries: readonly Listed[];
}

/** Baskets each for itself, then events and crises. */
function entriesByList({ declared, workspace }: SectionContext): readonly NamedList[] {
  const baskets = Object.entries(workspace.baskets).flatMap(([id, { name }]): readonly NamedList[] => {
    const memberships = declared.baskets[id]?.memberships ?? [];
    return [{ id: `baskets.${id}`, name: { name }, entries: memberships.map(newestDay) }];
  });
  return [
    ...baskets,
    { id: "events", name: listName("events"), entries: declared.events },
    { id: "crises", name: listName("crises"), entries: declared.crises.map(newestDay) },
  ];
}

const newestDay = <Each extends Told & { readonly from: IsoDate; readonly until: IsoDate | null }>(
  each: Each,
): Listed => ({ ...each, date: each.until ?? each.from });

/** A row for each whose word the entries are, in the order in which they come. */
function rowsOf(context: SectionContext, { id, name, entries }: NamedList): readonly Row[] {
  const groups = [...Map.groupBy(entries, ({ source }) => JSON.stringify(source)).values()];
  return groups.map((own, i) => row(context, groups.length > 1 ? `${id}.${i + 1}` : id, name, own));
}

function row({ facts }: SectionContext, id: string, name: Place, entries: readonly Listed[]): Row {
  const source = entries[0]?.source ?? null;
  const fact = (measure: string, value: number | string, unit: "count" | "date" | "instant") =>
    facts.add({
      id: `sources.declared.${id}.${measure}`,
      value,
      unit,
      series: [],
      method: "entries of a list kept by hand",
      source,
    }).id;
  const newest = entries.map(({ date }) => date).reduce((a, b) => (a > b ? a : b));
  const known = Math.max(...entries.map(({ knownAt }) => knownAt));
  return {
    head: say("page.name", { name }),
    cells: [
      { say: sourceSay(source) },
      { fact: fact("entries", entries.length, "count") },
      { fact: fact("newest", newest, "date") },
      { fact: fact("known", isoInstant(known), "instant") },
      basis(entries.some(({ assumed }) => assumed)),
    ],
  };
}

const sourceSay = (source: Localised | null): Say =>
  source === null ? say("sources.mark.none") : say("page.name", { name: { name: source } });
