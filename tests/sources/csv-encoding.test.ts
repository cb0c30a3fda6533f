import { describe, expect, it } from "vitest";
import { csvFolder, seriesOf } from "#tests/sources/csv-folder.ts";

const { problems, values } = csvFolder();

describe("encodings", () => {
  const latin = (text: string) => Uint8Array.from(text, (char) => char.charCodeAt(0));

  it("reads UTF-8 of any length", async () => {
    const series = [seriesOf("x", { column: "韩国综合指数😀" })];
    expect(await values("date,韩国综合指数😀\n2026-02-13,1\n", { series })).toEqual([["2026-02-13", 1]]);
  });

  it("a byte that is not UTF-8 is a fault with its line and column, every line of them", async () => {
    const bytes = latin("date,note,A\n2026-02-11,Z\xFCrich,1\n2026-02-12,ok,2\n2026-02-13,caf\xE9,3\n");
    expect(await problems(bytes)).toMatchObject([
      { line: 2, column: 2, found: expect.stringContaining("not UTF-8"), expected: "UTF-8 text" },
      { line: 4, column: 2 },
    ]);
  });

  it("a sequence that is cut off is a fault too", async () => {
    const bytes = new TextEncoder().encode("date,A\n2026-02-13,1\n线");
    expect(await problems(bytes.subarray(0, -1))).toMatchObject([{ line: 3, column: 1 }]);
  });

  // Lines are counted by line feeds alone while bytes are judged; rows are counted by all three ends.
  it("counts lines that end in CR", async () => {
    expect(await problems(latin("date,A\r2026-02-12,1\r2026-02-13,\xFC\r"))).toMatchObject([
      { line: 3, column: 2 },
    ]);
  });
  it("counts lines that end in CR before a NUL", async () => {
    expect(await problems("date,A\r2026-02-12,1\r2026-02-13,\0\r")).toMatchObject([{ line: 3, column: 2 }]);
  });

  // Delimiters inside quotes are counted as the ends of cells.
  it("counts a quoted cell as one", async () => {
    expect(await problems(latin('date,note,A\n2026-02-13,"a,b",\xFC\n'))).toMatchObject([
      { line: 2, column: 3 },
    ]);
  });

  it.each([
    ["little-endian", "utf16le", [0xff, 0xfe]],
    ["big-endian", "utf16be", [0xfe, 0xff]],
  ])("UTF-16 %s is one fault that names it", async (_, order, mark) => {
    const bytes = Buffer.from("date,A\n2026-02-13,1\n", "utf16le");
    if (order === "utf16be") bytes.swap16();
    expect(await problems(Uint8Array.from([...mark, ...bytes]))).toMatchObject([
      { file: "data/f.csv", line: 1, found: "UTF-16", expected: expect.stringContaining("UTF-8") },
    ]);
  });

  it("UTF-16 without a mark is a fault, not a column of names", async () => {
    const [first] = await problems(Uint8Array.from(Buffer.from("date,A\n2026-02-13,1\n", "utf16le")));
    expect(first).toMatchObject({ line: 1, found: "a NUL character" });
  });

  it("a NUL character is a fault with its line and column", async () => {
    expect(await problems("date,A\n2026-02-12,1\n2026-02-13,1\0\n")).toMatchObject([
      { line: 3, column: 2, found: "a NUL character" },
    ]);
  });
});
