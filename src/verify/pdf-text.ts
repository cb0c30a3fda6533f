import type { PDFDocumentProxy, TextItem, TextMarkedContent } from "pdfjs-dist/types/src/display/api.d.ts";
import { Unreadable } from "#src/verify/finding.ts";

/** The text of a page as it is extracted: a space where one is read, a line's end where the text goes on elsewhere. */
interface PrintedPage {
  readonly number: number;
  /** What stands in the structure of the document. */
  readonly body: string;
  /** Running heads, page number, and whatever else has no place in the structure. */
  readonly furniture: string;
}

/** The text of a PDF, extracted by pdf.js, in the order in which it is painted. */
export interface PrintedText {
  readonly pages: readonly PrintedPage[];
  readonly title: string;
  readonly outline: readonly string[];
}

/** Extracts the text of a PDF. */
export async function readPrint(bytes: Uint8Array, name: string): Promise<PrintedText> {
  const { getDocument } = await loadPdfJs();
  // pdf.js takes possession of the bytes it is given.
  const task = getDocument({ data: Uint8Array.from(bytes), verbosity: 0 });
  try {
    const document = await task.promise;
    return { ...(await headOf(document)), pages: await pagesOf(document) };
  } catch (error) {
    throw new Unreadable(name, `found no PDF whose text can be read (${error}), expected one`, {
      cause: error,
    });
  } finally {
    await task.destroy();
  }
}

/**
 * Loads pdf.js. When it is loaded it looks for the classes of a canvas and warns on the terminal where they are
 * missing; extraction needs none, so stand-ins are there for as long as that takes.
 */
let loading: Promise<typeof import("pdfjs-dist/legacy/build/pdf.mjs")> | undefined;
function loadPdfJs() {
  loading ??= (async () => {
    const missing = ["DOMMatrix", "Path2D"].filter((name) => !(name in globalThis));
    for (const name of missing) Reflect.set(globalThis, name, class {});
    try {
      return await import("pdfjs-dist/legacy/build/pdf.mjs");
    } finally {
      for (const name of missing) Reflect.deleteProperty(globalThis, name);
    }
  })();
  return loading;
}

interface OutlineNode {
  readonly title: string;
  readonly items: readonly OutlineNode[];
}

async function headOf(document: PDFDocumentProxy) {
  const { info } = await document.getMetadata();
  const title = "Title" in info && typeof info.Title === "string" ? info.Title : "";
  const nodes: readonly OutlineNode[] = (await document.getOutline()) ?? [];
  return { title, outline: nodes.flatMap(titlesOf) };
}

const titlesOf = ({ title, items }: OutlineNode): readonly string[] => [title, ...items.flatMap(titlesOf)];

async function pagesOf(document: PDFDocumentProxy): Promise<readonly PrintedPage[]> {
  const pages: PrintedPage[] = [];
  for (let number = 1; number <= document.numPages; number++) {
    const page = await document.getPage(number);
    const { items } = await page.getTextContent({ includeMarkedContent: true });
    pages.push({ number, ...partsOf(items) });
  }
  return pages;
}

/** Text inside marked content with an id belongs to the structure of the document. */
function partsOf(items: readonly (TextItem | TextMarkedContent)[]) {
  const [body, furniture]: TextItem[][] = [[], []];
  const open: boolean[] = [];
  for (const item of items) {
    if ("str" in item) (open.includes(true) ? body : furniture)?.push(item);
    else if (item.type === "endMarkedContent") open.pop();
    else open.push(Boolean(item.id));
  }
  return { body: textOf(body ?? []), furniture: textOf(furniture ?? []) };
}

function textOf(items: readonly TextItem[]): string {
  let text = "";
  let last: TextItem | undefined;
  for (const item of items) {
    if (last !== undefined && item.str !== "" && leaps(last, item)) text += "\n";
    text += item.hasEOL ? `${item.str}\n` : item.str;
    if (item.str.trim() !== "") last = item;
    else if (item.hasEOL) last = undefined;
  }
  return text;
}

/** Whether an item does not go on where the last one ended, by more than a space: pdf.js does not always say so. */
function leaps(last: TextItem, item: TextItem): boolean {
  const [a = 1, b = 0, , , x = 0, y = 0] = last.transform as readonly number[];
  const [c = 1, d = 0, , , left = 0, top = 0] = item.transform as readonly number[];
  const size = Math.hypot(a, b) || 1;
  const [dx, dy] = [left - x, top - y];
  const along = (dx * a + dy * b) / size - last.width;
  const across = Math.abs(dy * a - dx * b) / size;
  const isTurned = Math.abs(a * d - b * c) > 0.01 * size * Math.hypot(c, d);
  return isTurned || across > size / 2 || along < -size || along > 2 * size;
}
