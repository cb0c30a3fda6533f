import { describe, expect, it } from "vitest";
import { locales } from "#src/domain/locale.ts";
import { facesOf } from "#src/render/faces.ts";
import { familiesIn, familiesOf } from "#src/verify/font-families.ts";
import { expectedFaces } from "#src/verify/glyphs.ts";
import { readStyle } from "#src/verify/style-sheet.ts";

const css = `@font-face{font-family:"A B";font-weight:600;src:url(data:font/woff;base64,AAEC) format("woff")}
@font-face{font-family:C;src:url(c.woff2) format("woff2")}
@page { size: A4;
@top-left { content: "潮线　周报"; color: red; }
@top-right { content: "a \\"b\\" \\3c c; d: e"; }
@bottom-right { content: counter(page); } }
@page :first { margin: 0; @top-left { content: none; } @top-right { content: none; } }
/* content: "a comment"; */
.mast::after { content: ""; }
.x::before { content: 'No. ' counter(x) "!"; }
.justify { align-content: center; }`;

describe("a style sheet", () => {
  it("prints its running heads and its generated content", () => {
    expect(readStyle(css).texts).toEqual([
      { text: "潮线　周报", box: "top-left" },
      { text: 'a "b" <c; d: e', box: "top-right" },
      { text: "No. ", box: null },
      { text: "!", box: null },
    ]);
  });

  it("leaves boxes of the first page empty", () => {
    expect([...readStyle(css).emptyOnFirst]).toEqual(["top-left", "top-right"]);
    expect([...readStyle("p { color: red; }").emptyOnFirst]).toEqual([]);
  });

  it("brings faces along, or names them only", () => {
    expect(readStyle(css).faces).toEqual([
      { family: "A B", weight: "600", format: "woff", data: Buffer.from([0, 1, 2]) },
      { family: "C", weight: "400", format: "woff2", data: null },
    ]);
  });
});

describe("the families of a style", () => {
  it.each([
    ['600 7.8pt "Source Sans 3"', ["Source Sans 3"]],
    ['italic 400 9.4pt/13.6pt "A B", Georgia, serif', ["A B", "Georgia", "serif"]],
    ["'A B' !important", ["A B"]],
    ["inherit", []],
    ["menu", ["menu"]],
    ["400 9pt/1 var(--sans)", ["var(--sans)"]],
  ])("in %j are %j", (value, families) => {
    expect(familiesIn(value)).toEqual(families);
  });

  it("are those of its language, with what custom properties stand for", () => {
    const style =
      readStyle(`:root { --size: 9pt; --mono: "M"; } :root:lang(en) { --serif: "E"; --sans: var(--mono); }
:root:lang(zh-CN) { --serif: "Z"; } p { font: 400 var(--size)/1 var(--serif); } b { font-family: var(--sans); }
/* i { font-family: "I"; } */ u { font-weight: 600; }`);
    expect(familiesOf(style, "en")).toEqual(["E", "M"]);
    expect(familiesOf(style, "zh-CN")).toEqual(["Z", "var(--sans)"]);
  });

  it.each(locales)("have the faces in %s that are set with", (locale) => {
    expect(expectedFaces[locale]).toEqual(
      facesOf(locale).map(({ family, weight }) => [family, String(weight)]),
    );
  });
});
