import { didYouMean } from "#src/domain/nearest.ts";
import type { CatalogueSeries, CsvFile } from "#src/domain/workspace.ts";
import type { Fault } from "#src/sources/fault.ts";

/** Positions of the columns that are read, from 0; `-1` for a column that the layout does not have. */
export interface CsvHeader {
  readonly cells: number;
  readonly date: number;
  readonly series: number;
  readonly value: number;
  readonly knownAt: number;
  /** Wide files: the position of each series, in the order of the catalogue; `-1` where its column is absent. */
  readonly columns: readonly number[];
  readonly faults: readonly Fault[];
  /** Whether the rows can be read at all. */
  readonly isReadable: boolean;
}

const customaryKnownAt = "known_at";

/** Finds the columns by their names in the header. A name that stands twice and one that is required and absent are faults. */
export function readHeader(
  row: readonly string[],
  file: CsvFile,
  series: readonly CatalogueSeries[],
): CsvHeader {
  const names = row.map((cell) => cell.trim());
  const faults: Fault[] = repeatedNames(names);
  const require = (name: string | null): number => {
    if (name === null) return -1;
    const position = names.indexOf(name);
    if (position < 0)
      faults.push({
        line: 1,
        found: shownNames(names),
        expected: `a column ${name}${didYouMean(name, names)}`,
      });
    return position;
  };
  const date = require(file.columns.date);
  const key = require(file.columns.series);
  const value = require(file.columns.value);
  const knownAt =
    file.columns.knownAt === null ? names.indexOf(customaryKnownAt) : require(file.columns.knownAt);
  const isLong = file.layout === "long";
  return {
    cells: row.length,
    date,
    series: key,
    value,
    knownAt,
    columns: isLong ? [] : series.map(({ column }) => require(column)),
    faults,
    isReadable: date >= 0 && (!isLong || (key >= 0 && value >= 0)),
  };
}

const repeatedNames = (names: readonly string[]): Fault[] =>
  names.flatMap((name, i) =>
    name !== "" && names.indexOf(name) < i
      ? [
          {
            line: 1,
            column: i + 1,
            found: `the column ${name} a second time`,
            expected: "each name once in the header",
          },
        ]
      : [],
  );

function shownNames(names: readonly string[]): string {
  const text = names.slice(0, 12).join(", ");
  return `the header ${names.length > 12 ? `${text}, …` : text}`;
}
