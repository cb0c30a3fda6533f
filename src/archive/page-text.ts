import { parse, parseFragment, type DefaultTreeAdapterTypes as Tree } from "parse5";

/** A sentence or heading of an edition, and the id of the section in which it stands. */
export interface Passage {
  readonly section: string;
  /** Who says it; `null` where the note itself does. */
  readonly speaker: string | null;
  readonly text: string;
}

/** The claim that heads an edition; `null` where the page has none. */
export function claimOf(html: Uint8Array): string | null {
  const bytes = Buffer.from(html.buffer, html.byteOffset, html.byteLength);
  // Fonts make a page long, and its first heading stands behind them: it is found without reading them.
  const start = bytes.indexOf("<h1");
  const end = bytes.indexOf("</h1>", start);
  if (start < 0 || end < 0) return null;
  const text = textOf(parseFragment(bytes.toString("utf8", start, end)));
  return text === "" ? null : text;
}

/** Statements and commentary of an edition in the order of the page: claims, sentences, gaps and titles of figures, each once in a section. */
export function passagesOf(html: Uint8Array): readonly Passage[] {
  const text = Buffer.from(html.buffer, html.byteOffset, html.byteLength).toString("utf8");
  const found: Passage[] = [];
  collect(parse(text.replace(/<style>[\s\S]*?<\/style>/u, "")), null, found);
  return [
    ...new Map(found.map((each) => [`${each.section} ${each.speaker ?? ""} ${each.text}`, each])).values(),
  ];
}

/** What is no sentence: names and numbers of strips and tables, the masthead, contents, pictures. */
const furniture: ReadonlySet<string> = new Set(
  "header nav footer table dl svg title style script".split(" "),
);
const labels: ReadonlySet<string> = new Set(["kicker", "strip-n", "fig-u", "src"]);
const blocks: ReadonlySet<string> = new Set(["h1", "h2", "h3", "p"]);

function collect(node: Tree.Node, section: string | null, found: Passage[]): void {
  if (!isElement(node)) {
    for (const child of childrenOf(node)) collect(child, section, found);
    return;
  }
  if (furniture.has(node.tagName) || classesOf(node).some((name) => labels.has(name))) return;
  if (section !== null && attributeOf(node, "data-commentary") !== undefined)
    found.push(...saidIn(node, section));
  else if (section !== null && blocks.has(node.tagName)) found.push(...passagesIn(node, section));
  else {
    const inner = node.tagName === "section" ? (attributeOf(node, "id") ?? section) : section;
    for (const child of childrenOf(node)) collect(child, inner, found);
  }
}

/** Each message of a block by itself, since it is a sentence; the whole block where it holds none. */
function passagesIn(block: Tree.Element, section: string): readonly Passage[] {
  const said = messagesIn(block);
  return (said.length === 0 ? [block] : said)
    .map((node) => ({ section, speaker: null, text: textOf(node) }))
    .filter(({ text }) => text !== "");
}

/** Each paragraph and each item of a person's words, with their name: nothing of it reads as if the note said it. */
function saidIn(node: Tree.Element, section: string): readonly Passage[] {
  const speaker = within(node, ["cite"]).map(textOf).join(" ");
  const words = within(node, ["blockquote"]).flatMap((quotation) => within(quotation, ["p", "li"]));
  return words.map((each) => ({ section, speaker, text: textOf(each) }));
}

const within = (node: Tree.Node, tags: readonly string[]): readonly Tree.Element[] =>
  childrenOf(node)
    .filter(isElement)
    .flatMap((child) => (tags.includes(child.tagName) ? [child] : within(child, tags)));

const messagesIn = (node: Tree.Element): readonly Tree.Element[] =>
  childrenOf(node)
    .filter(isElement)
    .flatMap((child) => (attributeOf(child, "data-say") === undefined ? messagesIn(child) : [child]));

const isElement = (node: Tree.Node): node is Tree.Element => "tagName" in node;
const childrenOf = (node: Tree.Node): readonly Tree.ChildNode[] =>
  "childNodes" in node ? node.childNodes : [];
const attributeOf = ({ attrs }: Tree.Element, wanted: string): string | undefined =>
  attrs.find(({ name }) => name === wanted)?.value;
const classesOf = (node: Tree.Element): readonly string[] => (attributeOf(node, "class") ?? "").split(/\s+/u);

/** The text that a reader sees, but for the numbers of figures. */
const textOf = (node: Tree.Node): string => rawText(node).replace(/\s+/gu, " ").trim();

function rawText(node: Tree.Node): string {
  if (node.nodeName === "#text") return (node as Tree.TextNode).value;
  if (isElement(node) && attributeOf(node, "data-structure") !== undefined) return "";
  return childrenOf(node).map(rawText).join("");
}
