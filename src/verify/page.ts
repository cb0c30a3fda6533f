import { createHash } from "node:crypto";
import { parse, type DefaultTreeAdapterTypes as Tree } from "parse5";
import { Unreadable } from "#src/verify/finding.ts";

/** A fact on the page: a `<data>` or `<time>`, or in a chart a `<tspan>`. */
export interface Mark {
  readonly id: string;
  /** The value it carries for machines. */
  readonly value: string;
  readonly style: string;
  readonly printed: string;
  readonly tag: string;
  /** The sentence it stands in; `null` in cells and charts. */
  readonly sentence: Sentence | null;
  /** Number of the chart it stands in; `null` outside charts. */
  readonly chart: number | null;
  /** Classes of the element round it, which may colour it. */
  readonly classes: readonly string[];
  readonly where: string;
}

/** A value of an axis. */
export interface Tick {
  readonly value: string;
  readonly printed: string;
  readonly chart: number | null;
  readonly where: string;
}

/** What a stretch of text is, which decides what it may hold. */
export type RunKind = "text" | "screen" | "fact" | "tick" | "name" | "structure" | "commentary";

/** A stretch of text that a reader sees. */
export interface Run {
  readonly text: string;
  readonly kind: RunKind;
  readonly mark: Mark | null;
  readonly sentence: Sentence | null;
  readonly chart: number | null;
  readonly lang: string;
  /** The element that holds it. */
  readonly element: number;
  readonly where: string;
}

/** A message on the page. */
export interface Sentence {
  readonly key: string;
  readonly runs: readonly Run[];
  readonly where: string;
}

/** An element that the page marks as a person's words. */
export interface Said {
  /** What it calls itself: the section and the number, `flows.1`. */
  readonly name: string;
  /** SHA-256 of the element as it stands in the file. */
  readonly hash: string;
  /** Whether the manifest has that digest. */
  readonly isKnown: boolean;
  /** Place among the items. */
  readonly element: number;
  readonly where: string;
}

/** An element, for the checks that look at markup. */
export interface Item {
  readonly tag: string;
  readonly attributes: ReadonlyMap<string, string>;
  readonly text: string;
  readonly lang: string;
  /** Place among the items of the element round it; -1 for the root. */
  readonly parent: number;
  readonly where: string;
}

/** The HTML of an edition, taken apart once. Everything stands in the order of the document. */
export interface Page {
  readonly name: string;
  readonly lang: string;
  readonly title: string;
  readonly items: readonly Item[];
  readonly runs: readonly Run[];
  readonly marks: readonly Mark[];
  readonly ticks: readonly Tick[];
  readonly sentences: readonly Sentence[];
  readonly said: readonly Said[];
}

/** The nearest element round an item that is of a tag, or as is asked for. */
export function enclosing(
  { items }: Page,
  { parent }: Item,
  wanted: string | ((item: Item) => boolean),
): Item | undefined {
  const isWanted = typeof wanted === "string" ? ({ tag }: Item) => tag === wanted : wanted;
  let around = items[parent];
  while (around !== undefined && !isWanted(around)) around = items[around.parent];
  return around;
}

/** Whether an element, by its place among the items, is or stands in one of a person's words that the manifest knows. */
export function isSaid({ items, said }: Page, element: number): boolean {
  for (let at = element; at >= 0; at = items[at]?.parent ?? -1)
    if (said.some((each) => each.element === at && each.isKnown)) return true;
  return false;
}

/** What holds for everything inside an element. */
interface Scope {
  readonly kind: RunKind;
  readonly mark: Mark | null;
  readonly sentence: (Sentence & { readonly runs: Run[] }) | null;
  readonly chart: number | null;
  readonly lang: string;
  readonly id: string;
  readonly classes: readonly string[];
  readonly element: number;
  readonly isShown: boolean;
}

interface Draft {
  readonly name: string;
  readonly items: Item[];
  readonly runs: Run[];
  readonly marks: Mark[];
  readonly ticks: Tick[];
  readonly sentences: Sentence[];
  readonly said: Said[];
  /** The file, of which a person's words are compared byte for byte. */
  readonly source: string;
  /** Digests of the elements that may be a person's words. */
  readonly known: ReadonlySet<string>;
  charts: number;
}

const outside: Scope = {
  kind: "text",
  mark: null,
  sentence: null,
  chart: null,
  lang: "",
  id: "",
  classes: [],
  element: -1,
  isShown: false,
};

/**
 * Takes the HTML of an edition apart. What it marks as a person's words counts as such only where the digest of the element is
 * `known`; otherwise it is text like any other, in which no digit may stand.
 */
export function readPage(bytes: Uint8Array, name: string, known: ReadonlySet<string> = new Set()): Page {
  const source = Buffer.from(bytes).toString("utf8");
  const parts = { items: [], runs: [], marks: [], ticks: [], sentences: [], said: [] };
  const draft: Draft = { name, ...parts, source, known, charts: 0 };
  visit(parse(source, { sourceCodeLocationInfo: true }), outside, draft);
  const root = draft.items.find(({ tag }) => tag === "html");
  if (root === undefined || draft.runs.length === 0)
    throw new Unreadable(name, "found no text on the page, expected some");
  const { source: _, known: __, ...page } = draft;
  return {
    ...page,
    lang: root.lang,
    title: draft.items.find(({ tag }) => tag === "title")?.text ?? "",
  };
}

function visit(node: Tree.Node, scope: Scope, draft: Draft): void {
  if (isText(node)) return void addRun(node.value, scope, draft);
  const inner = isElement(node) ? enter(node, scope, draft) : scope;
  for (const child of childrenOf(node)) visit(child, inner, draft);
}

const isText = (node: Tree.Node): node is Tree.TextNode => node.nodeName === "#text";
const isElement = (node: Tree.Node): node is Tree.Element => "tagName" in node;
const isTemplate = (node: Tree.Node): node is Tree.Template => "content" in node;

const childrenOf = (node: Tree.Node): readonly Tree.ChildNode[] =>
  isTemplate(node) ? node.content.childNodes : "childNodes" in node ? node.childNodes : [];

function addRun(text: string, scope: Scope, draft: Draft): void {
  if (!scope.isShown) return;
  const { kind, mark, sentence, chart, lang, element } = scope;
  const run: Run = { text, kind, mark, sentence, chart, lang, element, where: placeOf(draft.name, scope) };
  draft.runs.push(run);
  sentence?.runs.push(run);
}

const placeOf = (
  name: string,
  { id, sentence }: { readonly id: string; readonly sentence: { readonly key: string } | null },
): string => [name, id === "" ? "" : `#${id}`, sentence?.key ?? ""].filter((part) => part !== "").join(" ");

/** Elements whose text a reader does not see. */
const unseen: ReadonlySet<string> = new Set([
  "head",
  "script",
  "style",
  "template",
  "title",
  "desc",
  "noscript",
]);

function enter(node: Tree.Element, scope: Scope, draft: Draft): Scope {
  const attributes = new Map(
    node.attrs.map(({ name, prefix, value }) => [prefix ? `${prefix}:${name}` : name, value]),
  );
  const own: Scope = {
    ...scope,
    lang: attributes.get("lang") ?? scope.lang,
    id: attributes.get("id") ?? scope.id,
    classes: (attributes.get("class") ?? "").split(/\s+/u),
    chart: node.tagName === "svg" ? draft.charts++ : scope.chart,
    element: draft.items.length,
    isShown: node.tagName === "body" || (scope.isShown && !unseen.has(node.tagName)),
  };
  const spoken = { ...own, sentence: speak(attributes.get("data-say"), own, draft) };
  const item = { tag: node.tagName, attributes, text: textOf(node), lang: own.lang, parent: scope.element };
  draft.items.push({ ...item, where: placeOf(draft.name, spoken) });
  const name = attributes.get("data-commentary");
  return name === undefined
    ? marked(item, spoken, scope.classes, draft)
    : { ...spoken, kind: quoted(node, name, spoken, draft) };
}

/** Notes an element that is marked as a person's words, and says whether the text inside is. */
function quoted(node: Tree.Element, name: string, scope: Scope, draft: Draft): RunKind {
  const { startOffset, endOffset } = node.sourceCodeLocation ?? { startOffset: 0, endOffset: 0 };
  const hash = createHash("sha256").update(draft.source.slice(startOffset, endOffset)).digest("hex");
  const isKnown = draft.known.has(hash);
  draft.said.push({ name, hash, isKnown, element: scope.element, where: placeOf(draft.name, scope) });
  return isKnown ? "commentary" : "text";
}

function speak(key: string | undefined, scope: Scope, draft: Draft): Scope["sentence"] {
  if (key === undefined) return scope.sentence;
  const sentence = { key, runs: [], where: placeOf(draft.name, { ...scope, sentence: { key } }) };
  draft.sentences.push(sentence);
  return sentence;
}

/** Notes a fact or an axis value, and says what the text inside the element is. */
function marked(
  { tag, attributes, text }: Omit<Item, "where">,
  scope: Scope,
  classes: readonly string[],
  draft: Draft,
): Scope {
  const { sentence, chart } = scope;
  const where = placeOf(draft.name, scope);
  const [id, tick] = [attributes.get("data-fact"), attributes.get("data-tick")];
  if (id !== undefined) {
    const value = attributes.get("value") ?? attributes.get("datetime") ?? attributes.get("data-value") ?? "";
    const style = attributes.get("data-style") ?? "";
    const mark = { id, value, style, printed: text, tag, sentence, chart, classes, where };
    draft.marks.push(mark);
    return { ...scope, kind: "fact", mark };
  }
  if (tick !== undefined) {
    draft.ticks.push({ value: tick, printed: text, chart, where });
    return { ...scope, kind: "tick" };
  }
  if (attributes.has("data-screen")) return { ...scope, kind: "screen" };
  if (attributes.has("data-name")) return { ...scope, kind: "name" };
  return attributes.has("data-structure") ? { ...scope, kind: "structure" } : scope;
}

const textOf = (node: Tree.Node): string =>
  isText(node) ? node.value : childrenOf(node).map(textOf).join("");
