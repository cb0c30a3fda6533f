import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { addDays } from "#src/domain/time.ts";
import { readCsvFile } from "#src/sources/csv-file.ts";
import { csvFolder, fileOf, seriesOf } from "#tests/sources/csv-folder.ts";

const seed = 20_260_213;
const { gather, problems, values } = csvFolder();
const at = (text: string): number => Date.parse(text);

describe("a day that stands twice", () => {
  it("is kept once when its values are equal, however they are written", async () => {
    const text = 'date,A\n2026-02-13,1234.5\n2026-02-12,1\n2026-02-13,"1,234.50"\n2026-02-13,1.2345e3\n';
    expect(await values(text)).toEqual([
      ["2026-02-12", 1],
      ["2026-02-13", 1234.5],
    ]);
  });

  it("is kept when one of the two says that there is no value", async () => {
    expect(await values("date,A\n2026-02-13,\n2026-02-13,1\n2026-02-13,NA\n")).toEqual([["2026-02-13", 1]]);
  });

  it("is a fault when its values differ, naming both lines, both values, the series and the day", async () => {
    const text = "date,A,B\n2026-02-13,1,5\n2026-02-12,7,5\n2026-02-13,2,5\n";
    const [first, ...others] = await problems(text, { series: [seriesOf("B"), seriesOf("A")] });
    expect(others).toEqual([]);
    expect(first).toMatchObject({ file: "data/f.csv", line: 4, column: 2 });
    expect(first?.found).toMatch(/"2" for A on 2026-02-13, where line 2 has "1"/);
    expect(first?.expected).toContain("known_at");
  });

  it("is a fault in a long file for the same series only", async () => {
    const file = { layout: "long" } as const;
    const series = [seriesOf("A"), seriesOf("B")];
    const text = "date,series,value\n2026-02-13,A,1\n2026-02-13,B,2\n";
    expect(await values(text, { file, series })).toEqual([["2026-02-13", 1]]);
    expect(await problems(`${text}2026-02-13,B,3\n`, { file, series })).toMatchObject([
      { line: 4, column: 3, found: expect.stringContaining("line 3") },
    ]);
  });

  it("may have different values at different known-at", async () => {
    const text = [
      "date,A,known_at",
      "2026-02-13,1.5,2026-02-20T13:30:00Z",
      "2026-02-13,1.4,2026-02-13T21:00:00Z",
      "2026-02-13,1.3,",
      "2026-02-13,1.5,2026-02-20T14:30:00+01:00",
    ].join("\n");
    const [{ observations } = { observations: [] }] = await gather(text);
    // The last row names the moment of the first in another zone, and the same value.
    expect(observations).toEqual([
      { date: "2026-02-13", knownAt: null, value: 1.3 },
      { date: "2026-02-13", knownAt: at("2026-02-13T21:00:00Z"), value: 1.4 },
      { date: "2026-02-13", knownAt: at("2026-02-20T13:30:00Z"), value: 1.5 },
    ]);
    expect(await problems(`${text}\n2026-02-13,9,2026-02-13T16:00:00-05:00`)).toMatchObject([
      { line: 6, column: 2, found: expect.stringContaining("line 3") },
    ]);
  });
});

describe("the order of rows", () => {
  const series = [seriesOf("B"), seriesOf("A", { unit: "percent" })];
  const read = (rows: readonly string[], layout: "long" | "wide", head: string) =>
    readCsvFile(fileOf({ layout }), new TextEncoder().encode([head, ...rows, ""].join("\n")), series);
  const day = fc
    .integer({ min: 0, max: 9 })
    .map((n) => addDays("2026-02-02", Math.floor(n / 5) * 7 + (n % 5)));
  const knownAt = fc.constantFrom(
    "",
    "2026-03-01T21:00:00Z",
    "2026-03-02T06:00:00+09:00",
    "2026-03-08T21:00:00Z",
  );
  /** A value decided by day and known-at, so that rows repeated agree. */
  const valueAt = (date: string, known: string) => `${date.slice(8)}.${at(known || "2026-01-01") % 97}`;
  const wideRow = fc
    .tuple(day, knownAt, fc.boolean(), fc.boolean())
    .map(([date, known, a, b]) => `${date},${a ? valueAt(date, known) : ""},${b ? "7" : "NA"},${known}`);
  const longRow = fc
    .tuple(day, knownAt, fc.constantFrom("A", "B", "C"))
    .map(([date, known, id]) => `${date},${id},${valueAt(date, known)},${known}`);

  it.each([
    ["wide", wideRow, "date,A,B,known_at"],
    ["long", longRow, "date,series,value,known_at"],
  ] as const)("changes nothing in what a %s file gives", (layout, row, head) => {
    const rowsTwice = fc
      .array(row, { maxLength: 30 })
      .chain((rows) =>
        fc.tuple(
          fc.constant(rows),
          fc.shuffledSubarray(rows, { minLength: rows.length, maxLength: rows.length }),
        ),
      );
    let given = 0;
    fc.assert(
      fc.property(rowsTwice, ([rows, shuffled]) => {
        const once = read(rows, layout, head);
        expect(once.faults).toEqual([]);
        expect(read(shuffled, layout, head)).toEqual(once);
        given += once.gathered.flatMap(({ observations }) => [...observations]).length;
      }),
      { seed, numRuns: 300 },
    );
    expect(given).toBeGreaterThan(500);
  });

  it("and another value does change it", () => {
    const rows = ["2026-02-12,1,2,", "2026-02-13,3,4,"];
    const head = "date,A,B,known_at";
    expect(read(["2026-02-13,3,5,", "2026-02-12,1,2,"], "wide", head)).not.toEqual(read(rows, "wide", head));
  });
});
