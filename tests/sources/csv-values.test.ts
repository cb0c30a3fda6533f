import { describe, expect, it } from "vitest";
import { csvFolder, seriesOf } from "#tests/sources/csv-folder.ts";

const { gather, problems, values } = csvFolder();
const at = (text: string): number => Date.parse(text);

describe("no value", () => {
  it.each([["a blank", ""], ["spaces", "  "], ["a point", "."], ["NA"], ["ND"], ["-"], [" NA "]])(
    "%s is no value that day, never zero",
    async (_, cell = _) => {
      expect(await values(`date,A,B\n2026-02-12,${cell},1\n2026-02-13,2,${cell}\n`)).toEqual([
        ["2026-02-13", 2],
      ]);
    },
  );

  it("a zero is a value", async () => {
    expect(await values("date,A\n2026-02-12,0\n2026-02-13,0.00\n")).toEqual([
      ["2026-02-12", 0],
      ["2026-02-13", 0],
    ]);
  });

  it("markers may be chosen: those, and no others", async () => {
    const file = { missing: ["n/a", "-999", "未公布"] };
    const text = "date,A\n2026-02-10,n/a\n2026-02-11,-999\n2026-02-12,未公布\n2026-02-13,1\n";
    expect(await values(text, { file })).toEqual([["2026-02-13", 1]]);
    for (const cell of ["", ".", "NA", "ND", "-", "N/A"])
      expect(await problems(`date,A\n2026-02-13,${cell}\n`, { file })).toMatchObject([
        { line: 2, column: 2, found: JSON.stringify(cell) },
      ]);
  });

  it.each(["na", "nan", "null", "None", "#N/A", "--", "..", "n.a."])(
    "%s is a fault unless it is among the markers",
    async (cell) => {
      expect(await problems(`date,A\n2026-02-13,${cell}\n`)).toMatchObject([{ line: 2, column: 2 }]);
      expect(await gather(`date,A\n2026-02-13,${cell}\n`, { file: { missing: [cell] } })).toMatchObject([
        { gap: "no-rows" },
      ]);
    },
  );
});

describe("days", () => {
  it.each([
    ["a day that does not exist", "2026-02-30"],
    ["29 February of a common year", "2025-02-29"],
    ["a thirteenth month", "2026-13-01"],
    ["a month zero", "2026-00-10"],
    ["a day zero", "2026-02-00"],
    ["digits left out", "2026-2-3"],
    ["a day before its month", "13/02/2026"],
    ["the US order", "02/13/2026"],
    ["the US order, digits left out", "2/13/26"],
    ["slashes", "2026/02/13"],
    ["points", "13.02.2026"],
    ["no dashes", "20260213"],
    ["a month in words", "Feb 13 2026"],
    ["an instant", "2026-02-13T00:00:00Z"],
    ["a month alone", "2026-02"],
    ["a year of five digits", "12026-02-13"],
    ["fullwidth digits", "２０２６-02-13"],
    ["a Chinese date", "2026年2月13日"],
    ["a number of days", "46066"],
    ["nothing", ""],
    ["a marker", "NA"],
  ])("%s is a fault: %s", async (_, day) => {
    expect(await problems(`date,A\n2026-02-12,1\n${day},2\n`)).toMatchObject([
      { line: 3, column: 1, found: JSON.stringify(day), expected: expect.stringContaining("YYYY-MM-DD") },
    ]);
  });

  it("29 February of a leap year is a day", async () => {
    expect(await values("date,A\n2024-02-29,1\n")).toEqual([["2024-02-29", 1]]);
  });

  it("a value on a weekend is a fault that names the calendar and the series", async () => {
    const series = [seriesOf("A"), seriesOf("KOSPI", { calendar: "KRX" })];
    const text = "date,A,KOSPI\n2026-02-13,1,1\n2026-02-14,,2\n2026-02-15,3,\n";
    const found = await problems(text, { series });
    expect(found).toMatchObject([
      { line: 3, column: 1, found: '"2026-02-14"' },
      { line: 4, column: 1, found: '"2026-02-15"' },
    ]);
    expect(found[0]?.expected).toMatch(/KRX.*KOSPI/);
    expect(found[1]?.expected).toMatch(/NYSE.*A/);
  });

  it("news are counted on any day of the week", async () => {
    const text = "date,A,B\n2026-02-14,1,\n2026-02-15,2,\n";
    for (const kind of ["count", "tone", "ratio"] as const) {
      const found = await values(text, { series: [seriesOf("A", { kind })] });
      expect(
        found?.map(([date]) => date),
        kind,
      ).toEqual(["2026-02-14", "2026-02-15"]);
    }
    // Beside a price in one row, the price's value is the fault.
    const both = [seriesOf("A", { kind: "count" }), seriesOf("B")];
    expect(await problems("date,A,B\n2026-02-14,1,2\n", { series: both })).toMatchObject([
      { line: 2, column: 1, expected: expect.stringContaining("B has a value") },
    ]);
  });

  it("a weekend without a value is not", async () => {
    const text = "date,A\n2026-02-13,1\n2026-02-14,\n2026-02-15,NA\n2026-02-16,2\n";
    expect(await values(text)).toEqual([
      ["2026-02-13", 1],
      ["2026-02-16", 2],
    ]);
  });

  it("a number that stands until the next may be of a weekend, where a month ends", async () => {
    const text = "date,A\n2026-01-31,1\n2026-02-28,2\n";
    expect(await values(text, { series: [seriesOf("A", { staleAfter: 75, kind: "return" })] })).toEqual([
      ["2026-01-31", 1],
      ["2026-02-28", 2],
    ]);
  });

  it("may stand in any order", async () => {
    const text = "date,A\n2026-02-13,3\n2026-02-11,1\n2026-02-12,2\n";
    expect(await values(text)).toEqual([
      ["2026-02-11", 1],
      ["2026-02-12", 2],
      ["2026-02-13", 3],
    ]);
  });
});

describe("known_at", () => {
  const knownAt = async (text: string, file = {}) =>
    (await gather(text, { file }))[0]?.observations.map((each) => each.knownAt);

  it("is read where the file has it, and not stated where it has none", async () => {
    expect(await knownAt("date,A\n2026-02-13,1\n")).toEqual([null]);
    expect(await knownAt("date,A,known_at\n2026-02-13,1,2026-02-13T21:00:00Z\n")).toEqual([
      at("2026-02-13T21:00:00Z"),
    ]);
  });

  it("may be blank, or a marker, in some rows", async () => {
    const text =
      "date,known_at,A\n2026-02-11,,1\n2026-02-12,2026-02-12T22:00:00+09:00,2\n2026-02-13,NA,3\n2026-02-16,-,4\n";
    expect(await knownAt(text)).toEqual([null, at("2026-02-12T13:00:00Z"), null, null]);
  });

  it("may have another name, which is then required", async () => {
    const columns = { date: "date", series: null, value: null, knownAt: "released" };
    const text = "date,A,released,known_at\n2026-02-13,1,2026-02-13T21:00:00Z,rubbish\n";
    expect(await knownAt(text, { columns })).toEqual([at("2026-02-13T21:00:00Z")]);
    const [first] = await problems("date,A,relaesed\n2026-02-13,1,\n", { file: { columns } });
    expect(first?.expected).toMatch(/released.*mean relaesed/);
  });

  it.each([
    ["a day alone", "2026-02-13"],
    ["an instant without its zone", "2026-02-13T21:00:00"],
    ["an hour that does not exist", "2026-02-13T25:00:00Z"],
    ["a day that does not exist", "2026-02-30T21:00:00Z"],
    ["seconds since the epoch", "1771016400"],
    ["words", "later"],
  ])("%s is a fault: %s", async (_, text) => {
    expect(await problems(`date,A,known_at\n2026-02-13,1,${text}\n`)).toMatchObject([
      { line: 2, column: 3, found: JSON.stringify(text), expected: expect.stringContaining("zone") },
    ]);
  });

  it("cannot lie before the day has begun anywhere on earth", async () => {
    // 13 February begins first on the islands 14 hours before UTC: at 10:00 UTC on the 12th.
    const row = (text: string) => `date,A,known_at\n2026-02-13,1,${text}\n`;
    expect(await knownAt(row("2026-02-12T10:00:00Z"))).toEqual([at("2026-02-12T10:00:00Z")]);
    expect(await knownAt(row("2026-02-13T00:00:00+14:00"))).toEqual([at("2026-02-12T10:00:00Z")]);
    expect(await problems(row("2026-02-12T09:59:59Z"))).toMatchObject([
      { line: 2, column: 3, expected: expect.stringContaining("2026-02-13") },
    ]);
  });
});

describe("units", () => {
  it.each([
    ["unit", "6836.17", 6836.17],
    ["percent", "4.13", 0.0413],
    ["bp", "61", 0.0061],
    ["thousand", "1.005", 1005],
    ["million", "-340", -340_000_000],
    ["billion", "1.1", 1_100_000_000],
  ] as const)("%s: %s becomes %d exactly", async (unit, cell, value) => {
    const series = [seriesOf("A", { unit })];
    expect(await values(`date,A\n2026-02-13,${cell}\n`, { series })).toEqual([["2026-02-13", value]]);
  });

  it("each series of a file has its own", async () => {
    const series = [seriesOf("A", { unit: "percent" }), seriesOf("B")];
    const gathered = await gather("date,A,B\n2026-02-13,4.13,4.13\n", { series });
    expect(gathered.map(({ observations }) => observations[0]?.value)).toEqual([0.0413, 4.13]);
  });
});
