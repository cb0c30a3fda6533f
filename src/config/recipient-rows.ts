import { CsvError, parse } from "csv-parse/sync";
import type { ConfigDocument } from "#src/config/document.ts";
import type { Problem } from "#src/domain/errors.ts";
import { didYouMean } from "#src/domain/nearest.ts";

const columns = ["name", "address", "language", "groups", "from", "until"] as const;
const needed = ["name", "address", "language", "groups"];

interface Row {
  readonly cells: readonly string[];
  readonly line: number;
}

/**
 * Recipients from CSV text, as raw as from YAML: a header with `name,address,language,groups` and where wanted `from,until`, in
 * any order; groups separated by `;` or blanks. Columns are counted in cells.
 */
export function readRecipientRows(file: string, text: string): ConfigDocument {
  const { rows, fault } = split(text);
  const [header = { cells: [], line: 1 }, ...body] = rows;
  const names = header.cells.map((cell) => cell.trim());
  const problems: Problem[] = [
    ...(fault === null ? [] : [{ file, ...fault }]),
    ...headerFaults(names).map((each) => ({ file, line: header.line, ...each })),
  ];
  if (problems.length > 0)
    return { values: undefined, problems, place: ({ expected }) => ({ file, expected }) };
  const people = body.filter(({ cells }) => cells.some((cell) => cell.trim() !== ""));
  const ragged = people.filter(({ cells }) => cells.length !== names.length);
  return {
    values: people.map(({ cells }) => recipientOf(names, cells)),
    problems: ragged.map(({ cells, line }) => ({
      file,
      line,
      found: cells.length === 1 ? "1 cell" : `${cells.length} cells`,
      expected: `${names.length} cells, as in the header`,
    })),
    place: ({ path: [i, key], found, expected }) => ({
      file,
      line: people[Number(i)]?.line ?? header.line,
      ...(key === undefined ? {} : { column: names.indexOf(String(key)) + 1 }),
      ...(found === undefined ? {} : { found }),
      expected,
    }),
  };
}

/** An empty cell of a day says that there is none; any other is a fault, which is found where it lies. */
function recipientOf(names: readonly string[], cells: readonly string[]): Record<string, unknown> {
  const entries = names.map((name, i) => [name, (cells[i] ?? "").trim()] as const);
  return Object.fromEntries(
    entries
      .filter(([name, cell]) => cell !== "" || needed.includes(name))
      .map(([name, cell]) => [name, name === "groups" ? cell.split(/[;\s]+/).filter(Boolean) : cell]),
  );
}

function headerFaults(names: readonly string[]): readonly Omit<Problem, "file" | "line">[] {
  const known: readonly string[] = columns;
  const strange = names.flatMap((name, i) =>
    known.includes(name) && names.indexOf(name) === i
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
