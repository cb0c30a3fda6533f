import type { Nodes, Parents, PhrasingContent, RootContent } from "mdast";
import { fromMarkdown } from "mdast-util-from-markdown";
import { cjkFriendlyExtension } from "micromark-extension-cjk-friendly";
import { strangeIn, strangeProblem } from "#src/commentary/characters.ts";
import { isWebAddress } from "#src/commentary/web-address.ts";
import { type Block, type Inline, paragraphsOf } from "#src/domain/commentary.ts";
import type { Problem } from "#src/domain/errors.ts";
import type { Locale } from "#src/domain/locale.ts";

/** A text of Markdown that is being read. */
interface Reading {
  readonly text: string;
  readonly file: string;
  readonly locale: Locale;
  readonly problems: Problem[];
}

/**
 * Reads a person's words from Markdown: paragraphs, lists of one level, emphasis, strong emphasis and links to the web. Anything
 * else is a problem with its place: what is left out unseen would be words that somebody has not said.
 */
export function readBody(
  text: string,
  file: string,
  locale: Locale,
): { readonly blocks: readonly Block[]; readonly problems: readonly Problem[] } {
  const reading: Reading = { text, file, locale, problems: [] };
  // Marks that stand between a full-width stop and a Han mark nothing in Markdown as such.
  const { children } = fromMarkdown(text, { extensions: [cjkFriendlyExtension()] });
  const blocks = children.flatMap((node) => blocksOf(node, reading));
  const { problems } = reading;
  if (problems.length === 0) problems.push(...speechless(blocks, text, file, locale));
  return { blocks, problems };
}

/** A body without words of its language. */
function speechless(
  blocks: readonly Block[],
  text: string,
  file: string,
  locale: Locale,
): readonly Problem[] {
  const said = paragraphsOf(blocks).join("");
  const [letters, language] =
    locale === "en" ? [/\p{Script=Latin}/u, "English"] : [/\p{Script=Han}/u, "Chinese"];
  if (letters.test(said)) return [];
  const at = text.search(/\S/u);
  const line = text.slice(0, at < 0 ? text.length : at).split("\n").length;
  const found = said.trim() === "" ? "no words" : "none of its language";
  return [{ file, line, column: 1, found, expected: `a paragraph in ${language} below the head` }];
}

function report({ file, problems }: Reading, node: Nodes, found: string, expected: string): void {
  const { line, column } = node.position?.start ?? { line: 1, column: 1 };
  problems.push({ file, line, column, found, expected });
}

/** What is not for commentary, and what to do about it. */
const unwanted: Readonly<Record<string, readonly [found: string, expected: string]>> = {
  heading: ["a heading", "a paragraph: take away the # or the line of = or - below it"],
  html: ["HTML", "words and Markdown; write \\< for the sign itself"],
  image: ["an image", "words; a link to it is [words](https://…)"],
  imageReference: ["an image", "words; a link to it is [words](https://…)"],
  code: ["a block of code", "a paragraph: without ``` and without four spaces before its lines"],
  inlineCode: ["code", "words without ` round them"],
  blockquote: ["a quotation", "a paragraph without >: all of a commentary is quoted"],
  thematicBreak: ["a rule", "a blank line between paragraphs"],
  definition: ["a reference", "the address at the link itself: [words](https://…)"],
  linkReference: ["a reference", "the address at the link itself: [words](https://…)"],
  break: ["a line that is broken by hand", "one paragraph, or a blank line for a new one"],
};

function refuse(reading: Reading, node: Nodes): readonly never[] {
  const [found, expected] = unwanted[node.type] ?? [
    `a ${node.type}`,
    "paragraphs, lists, emphasis and links",
  ];
  report(reading, node, found, expected);
  return [];
}

function blocksOf(node: RootContent, reading: Reading): readonly Block[] {
  if (node.type === "paragraph") {
    if (isTable(sourceOf(node, reading)))
      report(reading, node, "a table", "paragraphs or a list: tables are the note's own");
    return [{ kind: "paragraph", inner: inlinesOf(node, reading) }];
  }
  if (node.type !== "list") return refuse(reading, node);
  if (node.ordered === true && node.start !== 1)
    report(
      reading,
      node,
      `a list that begins with ${node.start}`,
      "1. for a list, or \\. for a number at the head of a line",
    );
  const items = node.children.map((item) => {
    const [only, ...others] = item.children;
    if (only?.type === "paragraph" && others.length === 0) return inlinesOf(only, reading);
    report(reading, others[0] ?? item, "an item of more or less than a paragraph", "one paragraph an item");
    return [];
  });
  return [{ kind: "list", isOrdered: node.ordered === true, items }];
}

const sourceOf = ({ position }: Nodes, { text }: Reading): string =>
  text.slice(position?.start.offset, position?.end.offset);

/** Whether one of the lines is the rule below the head of a table. */
const isTable = (source: string): boolean =>
  source.split("\n").some((line) => /^[\s|:-]+$/u.test(line) && line.includes("|") && line.includes("-"));

const inlinesOf = ({ children }: Parents, reading: Reading): readonly Inline[] =>
  children.flatMap((node) => inlineOf(node as PhrasingContent, reading));

function inlineOf(node: PhrasingContent, reading: Reading): readonly Inline[] {
  switch (node.type) {
    case "text":
      return textOf(node, reading);
    case "emphasis":
    case "strong":
      return [{ kind: node.type, inner: inlinesOf(node, reading) }];
    case "link":
      if (!isWebAddress(node.url))
        report(
          reading,
          node,
          `a link to ${node.url || "nothing"}`,
          "an address that begins with https:// or http://",
        );
      if (node.title) report(reading, node, "a link with a title", "the words and the address alone");
      return [{ kind: "link", url: node.url, inner: inlinesOf(node, reading) }];
    default:
      return refuse(reading, node);
  }
}

function textOf(node: PhrasingContent & { readonly type: "text" }, reading: Reading): readonly Inline[] {
  // An entity such as &#xE000; shows its character only here.
  const strange = strangeIn(node.value, reading.locale);
  if (strange !== null && !sourceOf(node, reading).includes(strange)) {
    const { found = "", expected } = strangeProblem(strange);
    report(reading, node, found, expected);
  }
  if (/(?<!\\)\*/u.test(sourceOf(node, reading)))
    report(
      reading,
      node,
      "a * that marks nothing",
      "a * or ** right before and right after the words that it marks, or \\* for the sign itself",
    );
  return [{ kind: "text", text: joined(node.value, reading.locale) }];
}

/** A text on one line. In Chinese the end of a line is no space, unless Latin letters or digits stand on both sides. */
const joined = (text: string, locale: Locale): string =>
  text.replace(/[ \t]{2,}(?![ \t]*\n)/gu, " ").replace(/[ \t]*\n[ \t]*/gu, (_, at: number) => {
    if (locale === "en") return " ";
    const [before, after] = [text.slice(0, at).at(-1), text.slice(at).trimStart().at(0)];
    return [before, after].some((side) => side !== undefined && isWide(side)) ? "" : " ";
  });

const isWide = (character: string): boolean =>
  /[\p{Script=Han}\u2014\u2018-\u201D\u2026\u3000-\u303F\uFF00-\uFF65]/u.test(character);
