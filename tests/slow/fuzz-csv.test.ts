import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { readCsvFile } from "#src/sources/csv-file.ts";
import type { FileReading } from "#src/sources/reading.ts";
import { count, edits, withEdits } from "#tests/slow/edits.ts";
import { fileOf, seriesOf } from "#tests/sources/csv-folder.ts";

const series = [seriesOf("A"), seriesOf("B")];
const known = { date: "date", series: "series", value: "value", knownAt: "known_at" };
const files = {
  wide: fileOf(),
  long: fileOf({ layout: "long", columns: known }),
  semicolons: fileOf({ delimiter: ";" }),
};
const texts: Readonly<Record<keyof typeof files, string>> = {
  wide: 'date,A,B\n2026-02-09,100.5,"1,234.50"\n2026-02-10,.,-3\n2026-02-11,7e2,+0.25\n2026-02-12,NA,12\n2026-02-13,102,13\n',
  long: "series,date,value,known_at\nA,2026-02-12,5.5,2026-02-13T02:00:00Z\nB,2026-02-12,6,\nA,2026-02-13,5.75,2026-02-14T09:30:00+09:00\n",
  semicolons: "\uFEFFdate;A;B\r\n2026-02-12;1 000;2,000,000\r\n2026-02-13;1001.25;-\r\n",
};
const tokens = [
  ",",
  ";",
  '"',
  '""',
  "\n",
  "\r",
  "\r\n",
  "\t",
  "\0",
  "\uFEFF",
  " ",
  "\u00A0",
  "NaN",
  "Infinity",
  "-Infinity",
  "null",
  "1e999",
  "1e-999",
  "0x10",
  "1_000",
  "1.2.3",
  "--1",
  "(5)",
  "5%",
  "$5",
  "٣",
  "１２",
  "−5",
  "1,5",
  "1.234,5",
  "=1+1",
  "2026-02-30",
  "2026-02-14",
  "9999-12-31",
  "0000-00-00",
  "13/02/2026",
  "2026-02-13T00:00",
  "A",
  "B",
  "date",
  "value",
  "__proto__",
];

/** Every number that a cell of the text may be meant as, found without knowing what a row or a column is. */
function numbersIn(text: string): ReadonlySet<number> {
  const cells = [...text.split(/[\n\r",;]/), ...text.split(/[\n\r;]/), ...(text.match(/"[^"]*"/g) ?? [])];
  return new Set(
    cells.flatMap((cell) => {
      const bare = cell.replace(/"/g, "").trim();
      return [Number(bare), Number(bare.replace(/[, \u00A0\u2009\u202F]/g, ""))];
    }),
  );
}

function check(text: string, { gathered, faults }: FileReading): "refused" | "read" {
  const lines = text.split(/\r\n|\n|\r/).length;
  for (const { line, column, expected } of faults) {
    expect(expected).not.toBe("");
    expect(line === undefined || (line >= 1 && line <= lines + 1)).toBe(true);
    expect(column === undefined || column >= 1).toBe(true);
  }
  if (faults.length > 0) return "refused";
  const numbers = numbersIn(text);
  for (const { observations, gap } of gathered) {
    expect(gap === null).toBe(observations.length > 0);
    for (const { date, value, knownAt } of observations) {
      expect(Number.isFinite(value) && numbers.has(value)).toBe(true);
      expect(text).toContain(date);
      expect([1, 2, 3, 4, 5]).toContain(new Date(`${date}T00:00:00Z`).getUTCDay());
      expect(knownAt === null || Number.isFinite(knownAt)).toBe(true);
    }
    const keys = Array.from(observations, ({ date, knownAt }) => `${date} ${knownAt}`);
    expect(new Set(keys).size).toBe(keys.length);
  }
  return "read";
}

describe("the check of a reading", () => {
  const reading = (value: number): FileReading => ({
    gathered: [{ series: "A", gap: null, observations: [{ date: "2026-02-13", knownAt: null, value }] }],
    faults: [],
    unmapped: 0,
  });

  it("passes what is in the text and refuses what is not", () => {
    expect(check("date,A\n2026-02-13,5", reading(5))).toBe("read");
    expect(() => check("date,A\n2026-02-13,5", reading(6))).toThrow();
    expect(() => check("date,A\n2026-02-13,5", reading(Number.NaN))).toThrow();
    expect(() => check("date,A\n2026-02-12,5", reading(5))).toThrow();
  });
});

describe.each(Object.keys(files) as (keyof typeof files)[])("a %s file with random edits", (name) => {
  it("is read to what it says or refused with places, never more, and the same again", () => {
    const outcomes = { read: 0, refused: 0 };
    fc.assert(
      fc.property(edits(tokens), (made) => {
        const bytes = withEdits(texts[name], made);
        const reading = readCsvFile(files[name], bytes, series);
        outcomes[check(bytes.toString().replace(/^\uFEFF/, ""), reading)]++;
        expect(readCsvFile(files[name], bytes, series)).toEqual(reading);
      }),
      { numRuns: count(1000), seed: 20260213 },
    );
    const all = outcomes.read + outcomes.refused;
    expect(outcomes.read / all).toBeGreaterThan(0.05);
    expect(outcomes.refused / all).toBeGreaterThan(0.2);
  });
});
