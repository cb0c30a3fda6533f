import { CsvError, parse } from "csv-parse/sync";
import type { ConfigDocument } from "#src/config/document.ts";
import type { Problem } from "#src/domain/errors.ts";
import { didYouMean } from "#src/domain/nearest.ts";

/** What the header of a list may hold, in any order. A full stop leads into a map: `name.en` is `en` of `name`. */
export interface RowShape {
  readonly columns: readonly string[];
  readonly needed: readonly string[];
  /** Columns whose cells hold several texts, separated by `;` or blanks. */
  readonly lists?: readonly string[];
}

interface Row {
  readonly cells: readonly string[];
  readonly line: number;
}

/** A list from CSV text, as raw as from YAML: one map a row. Columns are counted in cells. */
export function readRows(file: string, text: string, shape: RowShape): ConfigDocument {
  const { rows, fault } = split(text);
  const [header = { cells: [], line: 1 }, ...body] = rows;
  const names = header.cells.map((cell) => cell.trim());
  const problems: Problem[] = [
    ...(fault === null ? [] : [{ file, ...fault }]),
    ...headerFaults(names, shape).map((each) => ({ file, line: header.line, ...each })),
  ];
  if (problems.length > 0)
    return { values: undefined, problems, place: ({ expected }) => ({ file, expected }) };
  const entries = body.filter(({ cells }) => cells.some((cell) => cell.trim() !== ""));
  const ragged = entries.filter(({ cells }) => cells.length !== names.length);
  return {
    values: entries.map(({ cells }) => entryOf(names, cells, shape)),
    problems: ragged.map(({ cells, line }) => ({
      file,
      line,
      found: cells.length === 1 ? "1 cell" : `${cells.length} cells`,
      expected: `${names.length} cells, as in the header`,
    })),
    place: ({ path: [i, ...keys], found, expected }) => ({
      file,
      line: entries[Number(i)]?.line ?? header.line,
      ...columnOf(names, keys),
      ...(found === undefined ? {} : { found }),
      expected,
    }),
  };
}

/** The cell that a path of keys leads to; of a map in several columns the first of them. */
function columnOf(names: readonly string[], keys: readonly PropertyKey[]): { readonly column?: number } {
  if (keys.length === 0) return {};
  const path = keys.filter((key) => typeof key === "string").join(".");
  const at = names.findIndex((name) => name === path || name.startsWith(`${path}.`));
  const column = at < 0 ? names.indexOf(String(keys[0])) : at;
  return { column: column + 1 };
}

/** An empty cell says that there is nothing, unless something must be there; then it is a fault, found where it lies. */
function entryOf(
  names: readonly string[],
  cells: readonly string[],
  { needed, lists = [] }: RowShape,
): Readonly<Record<string, unknown>> {
  const entry: Record<string, unknown> = {};
  for (const [i, name] of names.entries()) {
    const cell = (cells[i] ?? "").trim();
    if (cell === "" && !needed.includes(name)) continue;
    const [key = name, inner] = name.split(".");
    const value = lists.includes(name) ? cell.split(/[;\s]+/).filter(Boolean) : cell;
    entry[key] = inner === undefined ? value : { ...mapAt(entry, key), [inner]: value };
  }
  return entry;
}

const mapAt = (entry: Readonly<Record<string, unknown>>, key: string): object => {
  const here = entry[key];
  return typeof here === "object" && here !== null ? here : {};
};

function headerFaults(
  names: readonly string[],
  { columns, needed }: RowShape,
): readonly Omit<Problem, "file" | "line">[] {
  const strange = names.flatMap((name, i) =>
    columns.includes(name) && names.indexOf(name) === i
      ? []
      : [
          {
            column: i + 1,
            found: name === "" ? "a column without a name" : `the column ${name}`,
            expected: `each of ${columns.join(", ")} once${didYouMean(name, columns)}`,
          },
        ],
  );
  const missing = needed.filter((name) => !names.includes(name));
  return [...strange, ...missing.map((name) => ({ found: "no such column", expected: `a column ${name}` }))];
}

/** Cells by row with the line on which it begins; after a broken quote nothing can be trusted, so reading stops there. */
function split(text: string): { rows: readonly Row[]; fault: Omit<Problem, "file"> | null } {
  const rows: Row[] = [];
  try {
    parse(text, {
      bom: true,
      relax_column_count: true,
      record_delimiter: ["\r\n", "\n", "\r"],
      on_record: (record: string[], { lines }) => {
        const inner = record.reduce((n, cell) => n + cell.split(/\r\n|\n|\r/).length - 1, 0);
        rows.push({ cells: record, line: lines - inner });
        return null;
      },
    });
    return { rows, fault: null };
  } catch (error) {
    if (!(error instanceof CsvError)) throw error;
    const line = Number(error.lines ?? 1);
    return { rows, fault: { line, expected: `quotes around the whole cell, and "" for a quote inside it` } };
  }
}
