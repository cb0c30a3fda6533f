import { type DefaultTreeAdapterTypes, parse, serialize, defaultTreeAdapter as tree } from "parse5";

type Parent = DefaultTreeAdapterTypes.ParentNode;
type Element = DefaultTreeAdapterTypes.Element;

/**
 * A page without its `<data>` and `<time>` elements, whose content stays: mail programs know neither, and some drop what they do
 * not know with all that is in it. One that has a style is a `<span>` from then on.
 */
export function unwrapped(html: string): string {
  const document = parse(html);
  unwrapIn(document);
  return serialize(document);
}

function unwrapIn(parent: Parent): void {
  for (const child of [...tree.getChildNodes(parent)]) {
    if (!tree.isElementNode(child)) continue;
    unwrapIn(child);
    if (child.tagName === "data" || child.tagName === "time") unwrap(child);
  }
}

function unwrap(element: Element): void {
  const kept = element.attrs.filter(({ name }) => ["class", "style", "lang", "dir", "title"].includes(name));
  const span = kept.length === 0 ? null : tree.createElement("span", element.namespaceURI, kept);
  if (span !== null) tree.insertBefore(element.parentNode as Parent, span, element);
  for (const child of [...tree.getChildNodes(element)]) {
    tree.detachNode(child);
    if (span !== null) tree.appendChild(span, child);
    else if (tree.isTextNode(child)) tree.insertTextBefore(parentOf(element), child.value, element);
    else tree.insertBefore(parentOf(element), child, element);
  }
  tree.detachNode(element);
}

/** Elements that were found in a page have a parent. */
const parentOf = (element: Element): Parent => element.parentNode as Parent;

/** The text of a page's `<title>`; `null` where it has none, or an empty one. */
export function titleOf(html: string): string | null {
  const found = firstTitle(parse(html));
  const text = found === null ? "" : tree.getChildNodes(found).map(textOf).join("");
  return text.replace(/\s+/g, " ").trim() || null;
}

function firstTitle(parent: Parent): Element | null {
  for (const child of tree.getChildNodes(parent)) {
    if (!tree.isElementNode(child)) continue;
    const found = child.tagName === "title" ? child : firstTitle(child);
    if (found !== null) return found;
  }
  return null;
}

const textOf = (node: DefaultTreeAdapterTypes.ChildNode): string => (tree.isTextNode(node) ? node.value : "");
