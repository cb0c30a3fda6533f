/** Rows of cells as lines, a cell of several lines on one, each column as wide as its widest cell and two spaces apart. */
export function inColumns(table: readonly (readonly string[])[]): readonly string[] {
  const rows = table.map((row) => row.map((cell) => cell.replace(/\s*\n\s*/g, " ")));
  const columns = Math.max(0, ...rows.map((row) => row.length));
  const widths = Array.from({ length: columns }, (_, i) =>
    Math.max(...rows.map((row) => (row[i] ?? "").length)),
  );
  return rows.map((row) =>
    row
      .map((cell, i) => cell.padEnd(widths[i] ?? 0))
      .join("  ")
      .trimEnd(),
  );
}
