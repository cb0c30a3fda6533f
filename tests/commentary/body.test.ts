import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { readBody } from "#src/commentary/body.ts";
import { paragraphsOf } from "#src/domain/commentary.ts";
import type { Locale } from "#src/domain/locale.ts";

const read = (text: string, locale: Locale = "en") => readBody(text, "f.md", locale);
const told = (text: string, locale: Locale = "en") =>
  read(text, locale).problems.map(({ line, column, found }) => `${line}:${column} ${found}`);
const plain = (text: string, locale: Locale = "en") => {
  const { blocks, problems } = read(text, locale);
  expect(problems).toEqual([]);
  return paragraphsOf(blocks);
};

describe("a person's words in Markdown", () => {
  it("are paragraphs, lists, emphasis and links", () => {
    const text = "One *two* **three [four](https://a.b/c?d=1&e=2)**.\n\n- a\n- _b_\n\n1. c\n";
    expect(read(text)).toEqual({
      problems: [],
      blocks: [
        {
          kind: "paragraph",
          inner: [
            { kind: "text", text: "One " },
            { kind: "emphasis", inner: [{ kind: "text", text: "two" }] },
            { kind: "text", text: " " },
            {
              kind: "strong",
              inner: [
                { kind: "text", text: "three " },
                { kind: "link", url: "https://a.b/c?d=1&e=2", inner: [{ kind: "text", text: "four" }] },
              ],
            },
            { kind: "text", text: "." },
          ],
        },
        {
          kind: "list",
          isOrdered: false,
          items: [
            [{ kind: "text", text: "a" }],
            [{ kind: "emphasis", inner: [{ kind: "text", text: "b" }] }],
          ],
        },
        { kind: "list", isOrdered: true, items: [[{ kind: "text", text: "c" }]] },
      ],
    });
  });

  it("mark Chinese beside a full-width stop as the writer means it", () => {
    expect(read("**韩股领涨，**资金“*继续*”流入", "zh-CN").blocks).toMatchObject([
      { inner: [{ kind: "strong" }, { text: "资金“" }, { kind: "emphasis" }, { text: "”流入" }] },
    ]);
  });

  it.each([
    ["en", "one\ntwo  three\n four", "one two three four"],
    ["zh-CN", "韩股\n领涨，\n资金流入", "韩股领涨，资金流入"],
    ["zh-CN", "韩股\nAI\n行情", "韩股AI行情"],
    ["zh-CN", "看好AI\nETF", "看好AI ETF"],
    ["zh-CN", "**重点**\n其后", "重点其后"],
    ["en", "**note**\nthen", "note then"],
  ] as const)("stand on one line in %s: %j", (locale, text, line) => {
    expect(plain(text, locale)).toEqual([line]);
  });

  it("keep signs that Markdown would take for marks where they are escaped", () => {
    expect(plain("5 \\* 3 \\< 20, S&amp;P and snake_case")).toEqual(["5 * 3 < 20, S&P and snake_case"]);
  });

  it.each([
    ["Text.\n\n# A heading", "3:1 a heading"],
    ["Heading\n===", "1:1 a heading"],
    ["Two\nlines\n---", "1:1 a heading"],
    ["a\n\n***\n\nb", "3:1 a rule"],
    ["a <b>b</b>", "1:3 HTML"],
    ["<div>a</div>", "1:1 HTML"],
    ["a\n\n<!-- a note to myself -->", "3:1 HTML"],
    ["<script>alert(1)</script>", "1:1 HTML"],
    ["see ![a](https://a.b/c.png)", "1:5 an image"],
    ["see ![a][b]\n\n[b]: https://a.b/c.png", "1:5 an image"],
    ["a `code` b", "1:3 code"],
    ["```\na\n```", "1:1 a block of code"],
    ["a\n\n    four spaces", "3:1 a block of code"],
    ["> quoted", "1:1 a quotation"],
    ["| a | b |\n|---|---|\n| 1 | 2 |", "1:1 a table"],
    ["a | b\n:-: | -\n1 | 2", "1:1 a table"],
    ["a  \nb", "1:2 a line that is broken by hand"],
    ["a\\\nb", "1:2 a line that is broken by hand"],
    ["[a][b]\n\n[b]: https://a.b", "1:1 a reference"],
    ["- a\n  - b", "2:3 an item of more or less than a paragraph"],
    ["- a\n\n  b", "3:3 an item of more or less than a paragraph"],
    ["2026. was a good year", "1:1 a list that begins with 2026"],
    ["5 * 3 is a sum", "1:1 a * that marks nothing"],
    ["**not closed", "1:1 a * that marks nothing"],
    ["[a](javascript:alert\\(1\\))", "1:1 a link to javascript:alert(1)"],
    ["[a](data:text/html,x)", "1:1 a link to data:text/html,x"],
    ["[a](file:///etc/passwd)", "1:1 a link to file:///etc/passwd"],
    ["[a](//a.b/c)", "1:1 a link to //a.b/c"],
    ["[a](b.html)", "1:1 a link to b.html"],
    ["[a]()", "1:1 a link to nothing"],
    ["[a](https://name:word@a.b/)", "1:1 a link to https://name:word@a.b/"],
    ['[a](https://a.b "t")', "1:1 a link with a title"],
    ["a &#xE000;f&#xE001; b", "1:1 the character U+E000"],
    ["a &#x202E; b", "1:1 the character U+202E"],
    ["a &#x8D44; b", "1:1 资"],
  ])("hold nothing else: %j", (text, first) => {
    const [found] = told(text);
    expect(found).toBe(first);
    for (const { file, expected } of read(text).problems) {
      expect(file).toBe("f.md");
      expect(expected.length).toBeGreaterThan(10);
    }
  });

  it("are read or refused with a place in the file, whatever is written, and lose no letter where they are read", () => {
    const pieces = [
      ..."*_`#>-|[]()!<&\\\n 1.aB资金，。",
      "\n\n",
      "](https://a.b/)",
      "**",
      "\n- ",
      "\n2. ",
      "&#42;",
    ];
    const text = fc.array(fc.constantFrom(...pieces), { maxLength: 40 }).map((parts) => parts.join(""));
    fc.assert(
      fc.property(text, fc.constantFrom("en", "zh-CN"), (written, locale) => {
        const { blocks, problems } = read(written, locale as Locale);
        const lines = written.split("\n");
        for (const { line = 0, column = 0 } of problems) {
          expect(line).toBeGreaterThanOrEqual(1);
          expect(line).toBeLessThanOrEqual(lines.length);
          expect(column).toBeLessThanOrEqual((lines[line - 1] ?? "").length + 1);
        }
        if (problems.length > 0) return;
        const letters = (given: string) => given.replaceAll("https://a.b/", "").match(/[aB资金]/gu) ?? [];
        expect(letters(paragraphsOf(blocks).join(""))).toEqual(letters(written));
      }),
      { numRuns: 2000 },
    );
  });

  it.each([
    ["", "en", "1:1 no words"],
    ["\n\n", "en", "3:1 no words"],
    ["\n\n&nbsp;", "en", "3:1 no words"],
    ["\n资金", "en", "2:1 none of its language"],
    ["Money left.", "zh-CN", "1:1 none of its language"],
  ] as const)("are there, in their language: %j in %s", (text, locale, problem) => {
    expect(told(text, locale)).toEqual([problem]);
  });
});
