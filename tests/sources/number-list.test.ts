import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import type { CatalogueSeries, ListFile } from "#src/domain/workspace.ts";
import { gatherFiles } from "#src/sources/files.ts";
import type { Source } from "#src/sources/source.ts";
import { contractSeries, type FeedRow, testSource } from "#tests/sources/contract.ts";
import { csvFolder, problemsOf, seriesOf } from "#tests/sources/csv-folder.ts";

const { dir } = csvFolder();
let count = 0;
const listFile = (location: string): ListFile => ({
  id: "f",
  path: "data/targets.yaml",
  location,
  layout: "list",
});
function put(content: string | Uint8Array): ListFile {
  const location = join(dir, `${++count}.yaml`);
  writeFileSync(location, content);
  return listFile(location);
}
/** A list knows the whole catalogue, so that a name that nothing bears is a fault; what is asked for is picked from it. */
const source =
  (file: ListFile): Source =>
  async (asked) => {
    const all = await gatherFiles({ f: file }, contractSeries);
    return asked.flatMap(({ id }) => all.find(({ series }) => series === id) ?? []);
  };

const printed = ({ series, date, value, knownAt }: FeedRow): string =>
  `- { series: ${series}, date: ${date}, value: "${value}", known_at: ${knownAt ?? ""} }\n`;
const plain = ({ series, date, value, knownAt }: FeedRow): string =>
  `- series: ${series}\n  date: ${date}\n  value: ${value}\n${knownAt === null ? "" : `  known_at: ${knownAt}\n`}`;

for (const [name, print] of [
  ["a YAML list of quoted numbers", printed],
  ["a YAML list of plain numbers", plain],
] as const) {
  testSource(name, {
    holding: async (rows) => source(put(rows.length === 0 ? "[]\n" : rows.map(print).join(""))),
    missing: async () => source(listFile(join(dir, "absent.yaml"))),
  });
}

const target = seriesOf("target", { column: "KRIX target", kind: "level", staleAfter: 30 });
const pe = seriesOf("pe", { kind: "ratio", staleAfter: 45 });
const gather = (text: string | Uint8Array, series: readonly CatalogueSeries[] = [target, pe]) =>
  gatherFiles({ f: put(text) }, series);
const entry = (rest: string) => `- { series: KRIX target, date: 2026-02-10, ${rest} }\n`;

describe("a list of numbers", () => {
  it("keeps the source that an entry names, one text for both languages or one in each", async () => {
    const [found] = await gather(
      `${entry("value: 6400, known_at: 2026-02-10T05:00:00Z, source: { en: Analyst A, zh-CN: 分析师甲 }")}
       # the same day, by somebody else, later\n${entry("value: 6500, known_at: 2026-02-11T05:00:00Z, source: Broker B")}
       - { series: KRIX target, date: 2026-02-11, value: "6,600" }\n`.replaceAll(/^ +/gm, ""),
    );
    expect(found?.observations).toEqual([
      {
        date: "2026-02-10",
        knownAt: Date.parse("2026-02-10T05:00:00Z"),
        value: 6400,
        source: { en: "Analyst A", "zh-CN": "分析师甲" },
      },
      {
        date: "2026-02-10",
        knownAt: Date.parse("2026-02-11T05:00:00Z"),
        value: 6500,
        source: { en: "Broker B", "zh-CN": "Broker B" },
      },
      { date: "2026-02-11", knownAt: null, value: 6600 },
    ]);
  });

  it("of comments alone is empty", async () => {
    for (const text of ["", "# nothing yet\n", "---\n", "\uFEFF"])
      expect((await gather(text)).map(({ gap }) => gap)).toEqual(["file-empty", "file-empty"]);
  });

  it.each([
    ["a misspelt key", entry("valeu: 1, value: 1"), /unknown key valeu.*one of series, date, value.*value\?/],
    ["no value", "- { series: pe, date: 2026-02-10 }\n", /no such key.*value: a number/],
    ["no number", "- { series: pe, date: 2026-02-10, value: about ten }\n", /"about ten".*a number/],
    [
      "an unknown name",
      "- { series: gold, date: 2026-02-10, value: 1 }\n",
      /"gold".*read from this file.*KRIX target, pe/,
    ],
    ["a known-at before its day", entry("value: 1, known_at: 2026-02-09T00:00:00Z"), /not before 2026-02-10/],
    ["a map in place of a source", entry("value: 1, source: { en: only }"), /no such key.*zh-CN/],
    ["one entry that is not in a list", "series: pe\ndate: 2026-02-10\nvalue: 1\n", /a map.*a list/],
    ["broken YAML", "- { series: pe\n", /YAML that can be read/],
  ])("with %s is a fault that says so", async (_, text, words) => {
    const problems = await problemsOf(gather(text));
    expect(problems).toHaveLength(1);
    expect(`${problems[0]?.found} ${problems[0]?.expected}`).toMatch(words);
    expect(problems[0]).toMatchObject({ file: "data/targets.yaml", line: expect.any(Number) });
  });

  it("reports all faults at once, each where it stands", async () => {
    const text = [
      "# targets",
      "- { series: pe, date: 2026-02-10, value: 10 }",
      "- series: pe",
      "  date: 2026-02-14",
      "  value: 11",
      "- series: other",
      "  date: yesterday",
      "  value: x",
      "- { series: pe, date: 2026-02-10, value: 10.5 }",
      "- { series: pe, date: 2026-02-10, value: 10.0 }",
      "- { series: pe, date: 2026-02-10, value: 10, source: me }",
      "",
    ].join("\n");
    const problems = await problemsOf(gather(text));
    expect(problems.map(({ line, column, found }) => [line, column, found])).toEqual([
      [4, 9, '"2026-02-14"'],
      [6, 11, '"other"'],
      [7, 9, '"yesterday"'],
      [9, 42, '"10.5" for pe on 2026-02-10, of which line 2 says something else'],
      [11, 42, '"10" for pe on 2026-02-10, of which line 2 says something else'],
    ]);
  });

  it("that is not UTF-8 is refused with the line", async () => {
    const bytes = Buffer.concat([Buffer.from("- a\n- "), Buffer.from([0xc3, 0x28])]);
    expect(await problemsOf(gather(bytes))).toMatchObject([{ line: 2, found: "a byte that is not UTF-8" }]);
  });
});
