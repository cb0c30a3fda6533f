import { join } from "node:path";
import type { CsvFile } from "#src/domain/workspace.ts";
import { gatherFiles } from "#src/sources/files.ts";
import type { Source } from "#src/sources/source.ts";
import { contractSeries, type FeedRow, testSource } from "#tests/sources/contract.ts";
import { csvFolder, fileOf } from "#tests/sources/csv-folder.ts";

const folder = csvFolder();
const source =
  (file: CsvFile): Source =>
  (series) =>
    gatherFiles({ f: file }, series);
const absent = (layout: CsvFile["layout"]) => fileOf({ layout, location: join(folder.dir, "absent.csv") });

const long = (rows: readonly FeedRow[]): string =>
  `series,date,value,known_at\n${rows.map((row) => `${row.series},${row.date},"${row.value}",${row.knownAt ?? ""}\n`).join("")}`;

testSource("a long CSV file", {
  holding: async (rows) => source(folder.put(long(rows), { layout: "long" })),
  missing: async () => source(absent("long")),
});

/** Each value on a row of its own, the other cells blank. */
const wide = (rows: readonly FeedRow[]): string =>
  `date,known_at,${contractSeries.map(({ column }) => column).join(",")}\n${rows
    .map(
      (row) =>
        `${row.date},${row.knownAt ?? ""},${contractSeries.map(({ column }) => (column === row.series ? `"${row.value}"` : "")).join(",")}\n`,
    )
    .join("")}`;

testSource("a wide CSV file", {
  holding: async (rows) => source(folder.put(wide(rows))),
  missing: async () => source(absent("wide")),
});
