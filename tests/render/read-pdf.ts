import { PDFDict, PDFDocument, PDFName, type PDFObject } from "@cantoo/pdf-lib";

/** pdf.js looks for the classes of a canvas when it is loaded, and complains; reading text needs none. */
const missing = ["DOMMatrix", "Path2D", "ImageData"].filter((name) => !(name in globalThis));
for (const name of missing) Reflect.set(globalThis, name, class {});
const { getDocument } = await import("pdfjs-dist/legacy/build/pdf.mjs");
for (const name of missing) Reflect.deleteProperty(globalThis, name);

/** A text of a printed page and where it stands, in points from the left and from the foot. */
export interface Placed {
  readonly text: string;
  readonly x: number;
  readonly y: number;
}

/** What pdf.js reads of a PDF: the texts of each page in painting order, the outline, the dates and the title. */
export async function readPdf(bytes: Uint8Array) {
  const task = getDocument({ data: Uint8Array.from(bytes), verbosity: 0 });
  try {
    const document = await task.promise;
    const pages: Placed[][] = [];
    for (let number = 1; number <= document.numPages; number++) {
      const { items } = await (await document.getPage(number)).getTextContent();
      pages.push(
        items.flatMap((item) =>
          "str" in item
            ? [{ text: item.str, x: Number(item.transform[4]), y: Number(item.transform[5]) }]
            : [],
        ),
      );
    }
    const info = (await document.getMetadata()).info as Readonly<Record<string, unknown>>;
    const outline = ((await document.getOutline()) ?? []).flatMap(function titles({
      title,
      items,
    }): string[] {
      return [title, ...items.flatMap(titles)];
    });
    return { pages, info, outline };
  } finally {
    await task.destroy();
  }
}

/** All that a PDF says, without white space: how lines were broken does not matter. */
export const solid = (pages: readonly (readonly Placed[])[]): string =>
  pages
    .map((page) => page.map(({ text }) => text).join(""))
    .join("")
    .replace(/\s/g, "");

/** What the catalogue of a PDF says of the document, and what is in its fonts, by pdf-lib. */
export async function structureOf(bytes: Uint8Array) {
  const document = await PDFDocument.load(bytes, { updateMetadata: false });
  const { catalog, context } = document;
  const said = (dictionary: PDFDict | undefined, name: string) =>
    dictionary?.lookup(PDFName.of(name))?.toString();
  const dictionaries = context.enumerateIndirectObjects().flatMap(([, object]) => dictionaryOf(object));
  return {
    pages: document.getPages().map((page) => page.getSize()),
    lang: said(catalog, "Lang"),
    marked: said(catalog.lookupMaybe(PDFName.of("MarkInfo"), PDFDict), "Marked"),
    displaysTitle: said(catalog.lookupMaybe(PDFName.of("ViewerPreferences"), PDFDict), "DisplayDocTitle"),
    tags: new Set(dictionaries.flatMap((each) => each.get(PDFName.of("S"))?.toString() ?? [])),
    fonts: dictionaries
      .filter((each) => said(each, "Type") === "/Font")
      .map((each) => ({
        kind: said(each, "Subtype"),
        base: said(each, "BaseFont")?.replace(/^\/[A-Z]{6}\+/, ""),
      })),
    images: dictionaries.filter((each) => said(each, "Subtype") === "/Image").length,
    actions: dictionaries.filter((each) => /^\/(JavaScript|Launch|URI|GoToR)$/.test(said(each, "S") ?? ""))
      .length,
  };
}

const dictionaryOf = (object: PDFObject): PDFDict[] => {
  if (object instanceof PDFDict) return [object];
  return "dict" in object && object.dict instanceof PDFDict ? [object.dict] : [];
};
