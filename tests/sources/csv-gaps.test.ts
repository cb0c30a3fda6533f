import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { gatherFiles } from "#src/sources/files.ts";
import { csvFolder, fileOf, problemsOf, seriesOf } from "#tests/sources/csv-folder.ts";

const folder = csvFolder();
const { gather, problems } = folder;
const two = [seriesOf("B"), seriesOf("A")];

describe("what is not there", () => {
  const gaps = async (content: string) =>
    (await gather(content, { series: two })).map(({ series, gap, observations }) => [
      series,
      gap,
      observations.length,
    ]);
  const both = (gap: string) => [
    ["B", gap, 0],
    ["A", gap, 0],
  ];

  it.each([
    ["holds nothing", ""],
    ["holds a byte order mark only", "\uFEFF"],
    ["holds line ends only", "\n\r\n\n"],
    ["holds a header only", "date,A,B"],
    ["holds a header and rows of blanks", "date,A,B\n\n,,\n , , \n"],
  ])("a file that %s is a gap of its series", async (_, content) => {
    expect(await gaps(content)).toEqual(both("file-empty"));
  });

  it("a header only is judged all the same", async () => {
    expect(await problems("date,AA\n")).toHaveLength(1);
  });

  it.each(["absent.csv", "absent/deeper.csv", "1.csv/deeper.csv"])("%s is a missing file", async (path) => {
    folder.put("date,A\n");
    const file = fileOf({ location: join(folder.dir, path) });
    expect((await gatherFiles({ f: file }, two)).map(({ series, gap }) => [series, gap])).toEqual([
      ["B", "file-missing"],
      ["A", "file-missing"],
    ]);
  });

  it("what is there and cannot be read is a fault, not a gap", async () => {
    const location = join(folder.dir, "folder.csv");
    mkdirSync(location);
    expect(await problemsOf(gatherFiles({ f: fileOf({ location }) }, two))).toMatchObject([
      { file: "data/f.csv", found: "EISDIR" },
    ]);
  });

  it("a series without a value in a file that has others is a gap of its own", async () => {
    expect(await gaps("date,A,B\n2026-02-12,1,\n2026-02-13,2,NA\n")).toEqual([
      ["B", "no-rows", 0],
      ["A", null, 2],
    ]);
  });

  it("a gap of one file leaves the others", async () => {
    const files = {
      f: folder.put("date,A\n2026-02-13,1\n"),
      g: fileOf({ id: "g", location: join(folder.dir, "absent.csv") }),
    };
    const gathered = await gatherFiles(files, [seriesOf("X", { file: "g" }), seriesOf("A")]);
    expect(gathered.map(({ series, gap }) => [series, gap])).toEqual([
      ["X", "file-missing"],
      ["A", null],
    ]);
  });

  it("a series of a file that is not given is a misuse", async () => {
    await expect(gatherFiles({}, [seriesOf("A")])).rejects.toThrow(RangeError);
  });
});
