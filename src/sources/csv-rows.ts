import { CsvError, parse } from "csv-parse/sync";
import type { Fault } from "#src/sources/fault.ts";

/** Told of each row: its cells, and the line on which it begins. */
export type Visit = (cells: readonly string[], line: number) => void;

/**
 * Takes a CSV text apart row by row, the header first; none is kept, since there may be a million. Lines end in LF, CRLF
 * or CR, mixed as they may be; cells may be quoted (RFC 4180) and quoted cells may hold delimiters, line ends and doubled
 * quotes. Rows may be of any length: what is required of them is the reader's business. After a broken quote nothing can
 * be trusted, so reading stops there.
 *
 * @returns what stopped the reading
 */
export function eachRow(text: string, delimiter: string, visit: Visit): readonly Fault[] {
  // Most files have no quotes, and are then read several times as fast.
  if (text.includes('"')) return eachQuotedRow(text, delimiter, visit);
  const lines = text.replace(/\r\n?/g, "\n");
  for (let start = 0, line = 1; start < lines.length; line++) {
    const found = lines.indexOf("\n", start);
    const end = found < 0 ? lines.length : found;
    visit(lines.slice(start, end).split(delimiter), line);
    start = end + 1;
  }
  return [];
}

const options = { relax_column_count: true, skip_empty_lines: false, record_delimiter: ["\r\n", "\n", "\r"] };

function eachQuotedRow(text: string, delimiter: string, visit: Visit): readonly Fault[] {
  let line = 1;
  const take = (cells: string[]): null => {
    visit(cells, line);
    line += 1 + innerLines(cells);
    return null;
  };
  try {
    parse(text, { ...options, delimiter, on_record: take });
    return [];
  } catch (error) {
    if (!(error instanceof CsvError)) throw error;
    const column = Number(error.index ?? 0) + 1;
    const expected = 'quotes around the whole cell, and "" for a quote inside it';
    return [{ line, column, found: quoteFaults[error.code] ?? error.message, expected }];
  }
}

const quoteFaults: Readonly<Record<string, string>> = {
  CSV_QUOTE_NOT_CLOSED: "a row whose quote is not closed",
  CSV_INVALID_CLOSING_QUOTE: "text after a closing quote",
  INVALID_OPENING_QUOTE: "a quote in the middle of a cell",
};

/** A row takes one line, and one more for every line end inside its cells. */
const innerLines = (row: readonly string[]): number =>
  row.reduce((n, cell) => (/[\r\n]/.test(cell) ? n + cell.split(/\r\n|\n|\r/).length - 1 : n), 0);
