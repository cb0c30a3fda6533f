import type { Say } from "#src/domain/say.ts";
import type { Table } from "#src/domain/table.ts";
import type { CountryFinding, Shelf } from "#src/sections/country-data.ts";
import { say } from "#src/sections/section.ts";

type Align = "left" | "right";

/** Columns of each table after the first. */
const columns: Readonly<Record<Shelf, readonly string[]>> = {
  returns: ["local", "fx", "dollars"],
  measures: ["value", "percentile"],
  signs: ["move", "z"],
};
const shelves = ["returns", "measures", "signs"] as const;

/** The tables of a country: those that a part has a row for. The short ones fill a column of the page, and the longest the other. */
export function tablesOf(
  id: string,
  places: Say["places"],
  findings: readonly CountryFinding[],
  hasCurrency: boolean,
): readonly Table[] {
  const tables = shelves.flatMap((shelf): readonly Table[] => {
    const rows = findings.flatMap((finding) => finding.rows.filter((row) => row.shelf === shelf));
    if (rows.length === 0) return [];
    const head = (key: string, align: Align) => ({
      say: say(`country.table.${shelf}.${key}`, places),
      align,
    });
    const cells = shelf === "returns" && !hasCurrency ? columns.returns.slice(0, 1) : columns[shelf];
    const notes = findings.flatMap((finding) => finding.notes.filter((note) => note.shelf === shelf));
    return [
      {
        id: `${id}.${shelf}`,
        claim: say(`country.table.${shelf}.claim`, places),
        unit: say(`country.table.${shelf}.unit`, places),
        head: [head("head", "left"), ...cells.map((key) => head(key, "right"))],
        rows: rows.map(({ head: first, cells: others }) => ({ head: first, cells: others })),
        notes: notes.map(({ key, places: of }) => ({ key, places: of })),
        series: [
          ...new Set(
            findings
              .filter((finding) => finding.rows.some((row) => row.shelf === shelf))
              .flatMap((f) => f.series),
          ),
        ],
        size: "half",
      },
    ];
  });
  const longest = tables.toSorted((a, b) => b.rows.length - a.rows.length)[0];
  return [...tables.filter((table) => table !== longest), ...tables.filter((table) => table === longest)];
}
