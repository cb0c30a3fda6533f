import { parse, serialize } from "parse5";
import { describe, expect, it } from "vitest";
import { titleOf, unwrapped } from "#src/deliver/unwrap.ts";

const body = (html: string): string => /<body>(.*)<\/body>/s.exec(unwrapped(html))?.[1] ?? "";

describe("a page without data and time", () => {
  it.each([
    ["a <data value=1>1</data> b", "a 1 b"],
    ['<p><time datetime="2026-02-13">13 <b>February</b></time>.</p>', "<p>13 <b>February</b>.</p>"],
    ["<data value=1><data value=2>x</data><time>y</time></data>", "xy"],
    ["<data value=1></data>z", "z"],
    [
      '<data value="1" class="up" style="color:red">+1</data>',
      '<span class="up" style="color:red">+1</span>',
    ],
    [
      "<table><tbody><tr><td><data value=1>1</data></td></tr></tbody></table>",
      "<table><tbody><tr><td>1</td></tr></tbody></table>",
    ],
    ["<data value=1>a &lt; b &amp; c</data>", "a &lt; b &amp; c"],
    ["<a href=x?a=1&amp;b=2>k</a>", '<a href="x?a=1&amp;b=2">k</a>'],
  ])("%s", (html, expected) => {
    expect(body(html)).toBe(expected);
  });

  it("is the same page where there is neither", () => {
    const html =
      '<!DOCTYPE html><html lang="en"><head><title>t</title><!--[if mso]><style>x</style><![endif]--></head><body><p>韩国 &nbsp;</p></body></html>';
    expect(unwrapped(html)).toBe(serialize(parse(html)));
    expect(unwrapped(html)).toContain("<!--[if mso]><style>x</style><![endif]-->");
  });
});

describe("the title of a page", () => {
  it.each([
    ["<title> A &amp; B\n C </title>", "A & B C"],
    ["<title>潮线周报</title><svg><title>no</title></svg>", "潮线周报"],
    ["<title> </title>", null],
    ["<p>x</p>", null],
  ])("%s", (html, expected) => {
    expect(titleOf(html)).toBe(expected);
  });
});
