import { describe, expect, it } from "vitest";
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
