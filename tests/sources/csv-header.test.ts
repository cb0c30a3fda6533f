import { describe, expect, it } from "vitest";
import { csvFolder, seriesOf } from "#tests/sources/csv-folder.ts";

const { problems, values } = csvFolder();

describe("rows of another length than the header", () => {
  it.each([
    ["too short", "2026-02-13,1", 2, "2 cells"],
    ["much too short", "2026-02-13", 1, "1 cell"],
    ["too long", "2026-02-13,1,2,3", 4, "4 cells"],
    ["much too long", "2026-02-13,1,2,3,4,5,6", 4, "7 cells"],
  ])("%s: a fault where the row leaves the header", async (_, bad, column, found) => {
    expect(await problems(`date,A,B\n2026-02-12,1,2\n${bad}\n`)).toMatchObject([
      { line: 3, column, found, expected: expect.stringContaining("3 cells") },
    ]);
  });

  it("a number with a decimal comma that is not quoted becomes one cell too many, never another number", async () => {
    expect(await problems("date,A\n2026-02-13,1,5\n")).toMatchObject([{ line: 2, found: "3 cells" }]);
  });
});

describe("the header", () => {
  it("a name that stands twice is a fault at its second place, used or not", async () => {
    expect(await problems("date,A,note,A,note\n2026-02-13,1,x,2,y\n")).toMatchObject([
      { line: 1, column: 4, found: expect.stringContaining("A") },
      { line: 1, column: 5, found: expect.stringContaining("note") },
    ]);
  });

  it("cells without a name may be several", async () => {
    expect(await values("date,A,,\n2026-02-13,1,,\n")).toEqual([["2026-02-13", 1]]);
  });

  it("a name that is missing is a fault that shows the header and the nearest name", async () => {
    const [first, ...others] = await problems("Date,A\n2026-02-13,1\n");
    expect(others).toEqual([]);
    expect(first).toMatchObject({ file: "data/f.csv", line: 1, found: expect.stringContaining("Date, A") });
    expect(first?.expected).toContain("a column date");
    expect(first?.expected).toContain("did you mean Date?");
  });

  it("says nothing of a nearest name when none is near", async () => {
    const [first] = await problems("observation_period,A\n2026-02-13,1\n");
    expect(first?.expected).toBe("a column date");
  });

  it("all missing names are reported at once, and the rows of the columns that are there", async () => {
    const series = [seriesOf("A"), seriesOf("SPX"), seriesOf("KOSPI")];
    const found = await problems("date,A,SP,KOSPY\n2026-02-13,x,1,2\n", { series });
    expect(found.map(({ line, column }) => [line, column])).toEqual([
      [1, undefined],
      [1, undefined],
      [2, 2],
    ]);
    expect(found.map(({ expected }) => expected).join()).toMatch(/SPX.*mean SP\?.*KOSPI.*mean KOSPY\?/);
  });

  it("long: each of its three columns is required", async () => {
    const found = await problems("day,ticker,amount\n2026-02-13,A,1\n", { file: { layout: "long" } });
    expect(found.map(({ expected }) => expected)).toEqual([
      "a column date",
      "a column series",
      "a column value",
    ]);
  });

  it("a wide header of many names is shown in part", async () => {
    const names = Array.from({ length: 300 }, (_, i) => `S${i}`);
    const [first] = await problems(`date,${names}\n2026-02-13,${names.map(() => 1)}\n`);
    expect(first?.found?.length).toBeLessThan(200);
    expect(first?.found).toContain("…");
  });
});
