import { describe, expect, it } from "vitest";
import { csvFolder, seriesOf } from "#tests/sources/csv-folder.ts";

const { gather, problems, values } = csvFolder();
const two = [seriesOf("B"), seriesOf("A")];
const byId = async (text: string | Uint8Array, setting = {}) =>
  Object.fromEntries(
    (await gather(text, { series: two, ...setting })).map(({ series, observations }) => [
      series,
      observations.map(({ date, value }) => [date, value]),
    ]),
  );

describe("layouts", () => {
  it("wide: a column a series, in any order, other columns disregarded", async () => {
    const text = "note,A,date,B\nx,1,2026-02-12,10\ny,2,2026-02-13,20\n";
    expect(await byId(text)).toEqual({
      A: [
        ["2026-02-12", 1],
        ["2026-02-13", 2],
      ],
      B: [
        ["2026-02-12", 10],
        ["2026-02-13", 20],
      ],
    });
  });

  it("long: a row a series and day, series that the catalogue lacks disregarded", async () => {
    const text = "date,series,value\n2026-02-12,A,1\n2026-02-12,C,3\n2026-02-12,B,2\n";
    expect(await byId(text, { file: { layout: "long" } })).toEqual({
      A: [["2026-02-12", 1]],
      B: [["2026-02-12", 2]],
    });
  });

  it("takes the names of columns and series from the catalogue", async () => {
    const columns = { date: "day", series: "ticker", value: "flow_usd", knownAt: null };
    const text = "day,ticker,flow_usd,bucket\n2026-02-13,VEA US,8.1,non-US\n";
    const series = [seriesOf("vea", { column: "VEA US" })];
    expect(await values(text, { file: { layout: "long", columns }, series })).toEqual([["2026-02-13", 8.1]]);
    const wide = { file: { columns: { date: "Day", series: null, value: null, knownAt: null } }, series };
    expect(await values("Day,VEA US\n2026-02-13,8.1\n", wide)).toEqual([["2026-02-13", 8.1]]);
  });

  it("long: a row without the name of its series is a fault", async () => {
    const text = "date,series,value\n2026-02-12, ,1\n";
    expect(await problems(text, { file: { layout: "long" } })).toMatchObject([{ line: 2, column: 2 }]);
  });

  it.each([",", ";", "\t", "|"])("cells may be separated by %j", async (delimiter) => {
    const text = ["date", "A\n2026-02-13", "1.5\n"].join(delimiter);
    expect(await values(text, { file: { delimiter } })).toEqual([["2026-02-13", 1.5]]);
    const quoted = ['"date"', `"A"\n"2026-02-13"`, '"1.5"\n'].join(delimiter);
    expect(await values(quoted, { file: { delimiter } })).toEqual([["2026-02-13", 1.5]]);
  });

  it("passes over rows that hold nothing, and still counts their lines", async () => {
    expect(await values("date,A\n\n2026-02-12,1\n,\n  , \n2026-02-13,2\n\n\n")).toEqual([
      ["2026-02-12", 1],
      ["2026-02-13", 2],
    ]);
    expect(await problems("date,A\n\n,\n2026-02-12,x\n")).toMatchObject([{ line: 4, column: 2 }]);
  });

  it("disregards spaces around names, days and numbers", async () => {
    expect(await values(" date , A \n 2026-02-13 , 1.5 \n")).toEqual([["2026-02-13", 1.5]]);
  });
});

describe("line ends and marks", () => {
  const rows = ["date,A", "2026-02-12,1", "2026-02-13,2"];
  const expected = [
    ["2026-02-12", 1],
    ["2026-02-13", 2],
  ];

  it.each([
    ["LF", rows.join("\n")],
    ["LF at the end", `${rows.join("\n")}\n`],
    ["CRLF", `${rows.join("\r\n")}\r\n`],
    ["CR", `${rows.join("\r")}\r`],
    ["all of them", `${rows[0]}\r\n${rows[1]}\r${rows[2]}\n`],
    ["a byte order mark", `\uFEFF${rows.join("\n")}\n`],
    ["a byte order mark and CRLF", `\uFEFF${rows.join("\r\n")}\r\n`],
  ])("reads %s, quoted or not", async (_, text) => {
    expect(await values(text)).toEqual(expected);
    const quoted = text.replace(/[\w-]+(?=,)/g, (cell) => `"${cell}"`);
    expect(quoted).not.toBe(text);
    expect(await values(quoted)).toEqual(expected);
  });

  it.each([
    ["LF", "\n"],
    ["CRLF", "\r\n"],
    ["CR", "\r"],
  ])("counts lines that end in %s", async (_, end) => {
    const bad = ["date,A", "2026-02-11,1", "2026-02-12,x", "2026-02-13,y"].join(end);
    expect((await problems(bad)).map(({ line }) => line)).toEqual([3, 4]);
    expect((await problems(bad.replace("date", '"date"'))).map(({ line }) => line)).toEqual([3, 4]);
  });
});

describe("quotes", () => {
  it("a quoted cell may hold delimiters, line ends and doubled quotes", async () => {
    const text =
      'note,date,A\n"a, ""b""\nc\r\nd",2026-02-12,"1,234.5"\n"",2026-02-13,2\n"""",2026-02-16,"3"\n';
    expect(await values(text)).toEqual([
      ["2026-02-12", 1234.5],
      ["2026-02-13", 2],
      ["2026-02-16", 3],
    ]);
  });

  it("names may be quoted", async () => {
    const series = [seriesOf("x", { column: 'Smith, "J" & Co' })];
    const text = 'date,"Smith, ""J"" & Co"\n2026-02-13,1\n';
    expect(await values(text, { series })).toEqual([["2026-02-13", 1]]);
    const long = 'date,series,value\n2026-02-13,"Smith, ""J"" & Co",1\n';
    expect(await values(long, { series, file: { layout: "long" } })).toEqual([["2026-02-13", 1]]);
  });

  it("lines inside quoted cells are counted", async () => {
    const text = 'note,date,A\n"a\nb\r\nc",2026-02-12,x\n"d\re",2026-02-13,y\n,2026-02-16,z\n';
    // The rows begin on lines 2, 5 and 7: the first note takes three lines, the second two.
    expect((await problems(text)).map(({ line, column }) => [line, column])).toEqual([
      [2, 3],
      [5, 3],
      [7, 3],
    ]);
  });

  it.each([
    ["that is not closed", '2026-02-12,"1\n2026-02-13,2\n', 3, "not closed"],
    ["before text", '2026-02-12,"1"2\n2026-02-13,2\n', 3, "after a closing quote"],
    ["in the middle of a cell", '2026-02-12,1"2\n2026-02-13,2\n', 3, "in the middle of a cell"],
    ["after a space", '2026-02-12, "1"\n2026-02-13,2\n', 3, "in the middle of a cell"],
  ])(
    "a quote %s is a fault at its place, and what stands before it is still judged",
    async (_, rest, line, found) => {
      const faults = await problems(`date,A\n2026-02-11,x\n${rest}`);
      expect(faults).toMatchObject([
        { file: "data/f.csv", line: 2, column: 2 },
        { file: "data/f.csv", line, column: 2, found: expect.stringContaining(found) },
      ]);
    },
  );
});
