import { PDFArray, PDFDict, type PDFDocument, PDFName, PDFRawStream, type PDFString } from "@cantoo/pdf-lib";

/** A key of a PDF's dictionary. */
export const key = (name: string): PDFName => PDFName.of(name);

/** Draws glyph 0 of the first page's first font on that page. */
export function drawNotdef(document: PDFDocument): void {
  const page = document.getPage(0);
  const [name] = page.node.Resources()?.lookup(key("Font"), PDFDict).keys() ?? [];
  const drawn = document.context.flateStream(`q BT ${name} 9 Tf 100 100 Td [<00000000>] TJ ET Q`);
  page.node.addContentStream(document.context.register(drawn));
}

/** Puts a link with this action on the first page. */
export const withAction = (action: Record<string, string | PDFString>) => (document: PDFDocument) => {
  const { context } = document;
  const link = context.obj({ Type: "Annot", Subtype: "Link", Rect: [0, 0, 9, 9], A: action });
  const page = document.getPage(0).node;
  const annotations = page.lookupMaybe(key("Annots"), PDFArray) ?? context.obj([]);
  annotations.push(context.register(link));
  page.set(key("Annots"), annotations);
};

/** Adds a stream of so many bytes that no page uses. */
export const withBallast = (bytes: number) => (document: PDFDocument) => {
  const dict = PDFDict.withContext(document.context);
  document.context.register(PDFRawStream.of(dict, new Uint8Array(bytes)));
};
