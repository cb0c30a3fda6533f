import { parse, type DefaultTreeAdapterTypes as Tree } from "parse5";
import type { Locale } from "#src/domain/locale.ts";
import { facesOf } from "#src/render/faces.ts";
import { openFace } from "#src/render/fonts.ts";

/** A text of a chart with the box that its glyphs cover, in CSS px from the picture's top left corner. */
export interface InkedText {
  readonly text: string;
  readonly x0: number;
  readonly y0: number;
  readonly x1: number;
  readonly y1: number;
}

/** A chart as it stands in a page. */
export interface Picture {
  /** Id of the figure or class of the element that holds it. */
  readonly where: string;
  readonly width: number;
  readonly height: number;
  readonly texts: readonly InkedText[];
  /** Every mark but text: what it is, where, and how it looks. */
  readonly marks: readonly string[];
  readonly ids: readonly string[];
}

type Element = Tree.Element;
const isElement = (node: Tree.Node): node is Element => "tagName" in node;
const attribute = (element: Element, name: string): string | undefined =>
  element.attrs.find((each) => each.name === name)?.value;
const children = (node: Tree.Node): readonly Tree.Node[] => ("childNodes" in node ? node.childNodes : []);

/** All elements below a node, itself included. */
export const elementsOf = (node: Tree.Node): Element[] => [
  ...(isElement(node) ? [node] : []),
  ...children(node).flatMap(elementsOf),
];

/** The text of a node and of all that it holds. */
export const textOf = (node: Tree.Node): string =>
  node.nodeName === "#text" ? (node as Tree.TextNode).value : children(node).map(textOf).join("");

/** A page as a browser would parse it. */
export const pageOf = (html: string): Tree.Document => parse(html);

/** The charts of a page, with the glyphs of their texts measured from the edition's own faces. */
export function picturesOf(html: string, locale: Locale): Picture[] {
  let figure = "";
  return elementsOf(pageOf(html)).flatMap((element) => {
    if (element.tagName === "figure") figure = attribute(element, "id") ?? "";
    if (element.tagName !== "svg") return [];
    return [picture(element, figure || "strip", locale)];
  });
}

function picture(svg: Element, where: string, locale: Locale): Picture {
  const [texts, marks]: [InkedText[], string[]] = [[], []];
  const visit = (element: Element, x: number, y: number): void => {
    const [dx, dy] = translation(element);
    const [left, top] = [x + dx, y + dy];
    if (element.tagName === "text") texts.push(inked(element, left, top, locale));
    else if (["path", "line", "rect", "circle"].includes(element.tagName))
      marks.push(mark(element, left, top));
    if (element.tagName !== "text")
      for (const child of children(element)) if (isElement(child)) visit(child, left, top);
  };
  visit(svg, 0, 0);
  const ids = elementsOf(svg).flatMap((element) => attribute(element, "id") ?? []);
  return {
    where,
    width: Number(attribute(svg, "width")),
    height: Number(attribute(svg, "height")),
    texts,
    marks,
    ids,
  };
}

function translation(element: Element): readonly [number, number] {
  const transform = attribute(element, "transform");
  if (transform === undefined) return [0, 0];
  const [, x, y] = /^translate\(([-\d.e]+),([-\d.e]+)\)$/.exec(transform) ?? [];
  if (x === undefined) throw new RangeError(`a chart that is only moved, found ${transform}`);
  return [Number(x), Number(y)];
}

const mark = (element: Element, x: number, y: number): string =>
  [
    element.tagName,
    `at ${x.toFixed(3)},${y.toFixed(3)}`,
    ...element.attrs
      .filter(({ name }) => name !== "transform")
      .map(({ name, value }) => `${name}=${value}`)
      .toSorted(),
  ].join(" ");

function inked(element: Element, x: number, y: number, locale: Locale): InkedText {
  const size = Number.parseFloat(attribute(element, "font-size") ?? "");
  const weight = Number(attribute(element, "font-weight") ?? 400);
  const family = attribute(element, "font-family")?.replace(/^['"]|['"]$/g, "");
  const face = facesOf(locale).find((each) => each.family === family && each.weight === weight);
  if (face === undefined) throw new RangeError(`a face of the edition, found ${family} ${weight}`);
  const placed = elementsOf(element).filter((each) =>
    each.attrs.some(({ name }) => /^(x|y|dx|dy)$/.test(name)),
  );
  if (placed.length > 0) throw new RangeError("texts of one line");
  const text = textOf(element);
  const font = openFace(face);
  const scale = size / font.unitsPerEm;
  const run = font.layout(text);
  const width = run.advanceWidth * scale;
  const anchor = attribute(element, "text-anchor") ?? "start";
  const left = x - ({ start: 0, middle: width / 2, end: width }[anchor] ?? Number.NaN);
  const { minY, maxY } = run.bbox;
  return { text, x0: left, x1: left + width, y0: y - maxY * scale, y1: y - minY * scale };
}
