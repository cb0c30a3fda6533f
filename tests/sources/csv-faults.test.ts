import { describe, expect, it } from "vitest";
import { describeProblem, TidelineError } from "#src/domain/errors.ts";
import { gatherFiles } from "#src/sources/files.ts";
import { csvFolder, problemsOf, seriesOf } from "#tests/sources/csv-folder.ts";

const folder = csvFolder();
const place = ({ file, line, column }: { file?: string; line?: number; column?: number }) =>
  [file, line, column].join(":");

describe("faults", () => {
  it("of all files are reported at once, by file and line, each with its column", async () => {
    const files = {
      prices: folder.put("date,A,B\n2026-02-30,1,2\n2026-02-12,one,(2)\n2026-02-14,1,2\n", { id: "prices" }),
      good: folder.put("date,C\n2026-02-13,1\n", { id: "good" }),
      flows: folder.put(
        "date,series,value,known_at\n2026-02-12,D,$5,\n2026-02-13,D,4,2026-02-13\n2026-02-13,D\n",
        { id: "flows", layout: "long" },
      ),
    };
    const series = [
      seriesOf("D", { file: "flows" }),
      seriesOf("B", { file: "prices" }),
      seriesOf("C", { file: "good" }),
      seriesOf("A", { file: "prices" }),
    ];
    const found = await problemsOf(gatherFiles(files, series));
    expect(found.map(place)).toEqual([
      "data/prices.csv:2:1",
      "data/prices.csv:3:2",
      "data/prices.csv:3:3",
      "data/prices.csv:4:1",
      "data/flows.csv:2:3",
      "data/flows.csv:3:4",
      "data/flows.csv:4:2",
    ]);
    const error = await gatherFiles(files, series).catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(TidelineError);
    for (const problem of found)
      expect(String(error)).toContain(
        `${place(problem)}: found ${problem.found}, expected ${problem.expected}`,
      );
  });

  it("show the file as the configuration writes it, never where it lies", async () => {
    const path = `\${TIDELINE_DATA}/a.csv`;
    const [first] = await folder.problems("date,A\n2026-02-13,x\n", { file: { path } });
    expect(first?.file).toBe(path);
    expect(describeProblem(first ?? { expected: "" })).not.toContain(folder.dir);
  });

  it.each([
    ["4.1%", /percent/],
    ['"1,5"', /decimal point/],
    ['"1.234,5"', /decimal point/],
    ["1e999", /double/],
    ["many", /a number/],
  ])("say what to do about %s", async (cell, expected) => {
    const [first] = await folder.problems(`date,A\n2026-02-13,${cell}\n`);
    expect(first?.expected).toMatch(expected);
  });

  it("quote a cell, and shorten a long one", async () => {
    const [first] = await folder.problems(`date,A\n2026-02-13,${"x".repeat(10_000)}\n`);
    expect(first?.found).toMatch(/^"x{30,40}…"$/);
    const [second] = await folder.problems('date,A\n2026-02-13,"a ""b""\nc"\n');
    expect(second?.found).toBe('"a \\"b\\"\\nc"');
  });

  const bad = (count: number) => `date,A\n${"2026-02-13,x\n".repeat(count)}`;

  it("are all listed up to 50", async () => {
    const found = await folder.problems(bad(50));
    expect(found).toHaveLength(50);
    expect(found.map(({ line }) => line)).toEqual(Array.from({ length: 50 }, (_, i) => i + 2));
  });

  it.each([
    [51, 1],
    [60, 10],
    [1050, 1000],
  ])("of which there are %d are cut after 50, with the number of the others", async (count, others) => {
    const found = await folder.problems(bad(count));
    expect(found).toHaveLength(51);
    expect(found[49]).toMatchObject({ file: "data/f.csv", line: 51, column: 2 });
    expect(describeProblem(found[50] ?? { expected: "" })).toBe(`and ${others} more`);
  });

  it("in several files are cut together", async () => {
    const files = { f: folder.put(bad(40)), g: folder.put(bad(40), { id: "g" }) };
    const found = await problemsOf(
      gatherFiles(files, [seriesOf("A"), seriesOf("A2", { file: "g", column: "A" })]),
    );
    expect(found.filter(({ file }) => file === "data/g.csv")).toHaveLength(10);
    expect(found.at(-1)?.expected).toBe("and 30 more");
  });

  it("of every cell of a wide row are reported", async () => {
    const series = [seriesOf("A"), seriesOf("B"), seriesOf("C")];
    const found = await folder.problems("date,A,B,C\n2026-02-13,x,1,y\n", { series });
    expect(found.map(place)).toEqual(["data/f.csv:2:2", "data/f.csv:2:4"]);
  });

  // A row whose day or known-at is at fault is given up before its numbers are read, so mending one shows the next.
  it("of one row are reported together: its day, its known-at and its number", async () => {
    const found = await folder.problems("date,A,known_at\n2026-02-30,x,later\n");
    expect(found.map(place)).toEqual(["data/f.csv:2:1", "data/f.csv:2:2", "data/f.csv:2:3"]);
  });
});
