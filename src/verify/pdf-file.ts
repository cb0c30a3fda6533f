import {
  ParseSpeeds,
  PDFArray,
  PDFBool,
  PDFDict,
  PDFDocument,
  PDFHexString,
  PDFName,
  type PDFObject,
  PDFRawStream,
  PDFRef,
  PDFStream,
  PDFString,
} from "@cantoo/pdf-lib";
import { Unreadable } from "#src/verify/finding.ts";
import { drawsNotdef } from "#src/verify/pdf-content.ts";

/** A node of the tags, in reading order. */
export interface Tag {
  readonly name: string;
  /** Its alternative text; `null` when it has none. */
  readonly alt: string | null;
  /** Its language, where that is not the one round it. */
  readonly lang: string | null;
}

/** A font of a PDF. */
export interface PdfFont {
  /** Without the letters that mark a subset. */
  readonly name: string;
  /** `Type0`, `Type3`, `TrueType`, … */
  readonly type: string;
  /** What a composite font is made of: `CIDFontType2` for TrueType. */
  readonly descendant: string | null;
  /** Key of the embedded font file: `FontFile2` for TrueType; `null` when it is not embedded. */
  readonly file: string | null;
}

/** The objects of a PDF, as far as the checks ask for them. */
export interface PdfFile {
  readonly lang: string;
  readonly title: string;
  readonly isMarked: boolean;
  readonly displaysTitle: boolean;
  readonly outline: readonly string[];
  readonly tags: readonly Tag[];
  readonly pages: readonly { readonly width: number; readonly height: number }[];
  readonly fonts: readonly PdfFont[];
  /** Content streams that draw glyph 0, the box of a missing character. */
  readonly notdef: readonly string[];
  /** Actions that lead out of the document, scripts, and files inside it. */
  readonly outward: readonly string[];
}

/** Reads a PDF's objects. */
export async function openPdf(bytes: Uint8Array, name: string): Promise<PdfFile> {
  try {
    const options = {
      updateMetadata: false,
      throwOnInvalidObject: true,
      parseSpeed: ParseSpeeds.Fastest,
    } as const;
    return describe(await PDFDocument.load(bytes, options));
  } catch (error) {
    throw new Unreadable(name, `found no PDF that can be read (${error}), expected one`, { cause: error });
  }
}

const key = (name: string): PDFName => PDFName.of(name);
const dictAt = (dict: PDFDict, name: string): PDFDict | undefined => dict.lookupMaybe(key(name), PDFDict);
const isTrue = (dict: PDFDict | undefined, name: string): boolean => dict?.lookup(key(name)) === PDFBool.True;

function textAt(dict: PDFDict, name: string): string | null {
  const value = dict.lookup(key(name));
  return value instanceof PDFString || value instanceof PDFHexString ? value.decodeText() : null;
}

const nameAt = (dict: PDFDict, name: string): string | null => {
  const value = dict.lookup(key(name));
  return value instanceof PDFName ? value.decodeText() : null;
};

function describe(document: PDFDocument): PdfFile {
  const { catalog, context } = document;
  const objects = context.enumerateIndirectObjects().map(([, object]) => object);
  const dicts = objects.flatMap((object) => dictOf(object) ?? []);
  const root = dictAt(catalog, "StructTreeRoot");
  return {
    lang: textAt(catalog, "Lang") ?? "",
    title: document.getTitle() ?? "",
    isMarked: isTrue(dictAt(catalog, "MarkInfo"), "Marked"),
    displaysTitle: isTrue(dictAt(catalog, "ViewerPreferences"), "DisplayDocTitle"),
    outline: outlineOf(dictAt(catalog, "Outlines")),
    tags: root === undefined ? [] : tagsBelow(root),
    pages: document.getPages().map((page) => page.getSize()),
    fonts: dicts.filter((dict) => nameAt(dict, "Type") === "Font" && !isDescendant(dict)).map(fontOf),
    notdef: notdefIn(document, objects),
    outward: [...new Set(objects.flatMap((object) => outwardIn(object)))],
  };
}

const dictOf = (object: PDFObject | undefined): PDFDict | undefined =>
  object instanceof PDFDict ? object : object instanceof PDFStream ? object.dict : undefined;

/** Titles of the outline, a parent before its children. */
function outlineOf(parent: PDFDict | undefined): readonly string[] {
  const titles: string[] = [];
  const seen = new Set<PDFDict>();
  let item = parent && dictAt(parent, "First");
  while (item !== undefined && !seen.has(item)) {
    seen.add(item);
    titles.push(textAt(item, "Title") ?? "", ...outlineOf(item));
    item = dictAt(item, "Next");
  }
  return titles;
}

/** Tags in reading order. The tree is walked from its root: what has been cut off from it does not count. */
function tagsBelow(root: PDFDict): readonly Tag[] {
  const tags: Tag[] = [];
  const seen = new Set<PDFDict>();
  const visit = (node: PDFObject | undefined): void => {
    if (node instanceof PDFArray) for (let i = 0; i < node.size(); i++) visit(node.lookup(i));
    if (!(node instanceof PDFDict) || seen.has(node)) return;
    seen.add(node);
    const name = nameAt(node, "S");
    if (name !== null) tags.push({ name, alt: textAt(node, "Alt"), lang: textAt(node, "Lang") });
    visit(node.lookup(key("K")));
  };
  visit(root);
  return tags;
}

const isDescendant = (dict: PDFDict): boolean => (nameAt(dict, "Subtype") ?? "").startsWith("CIDFont");

function fontOf(font: PDFDict): PdfFont {
  const descendant = font.lookupMaybe(key("DescendantFonts"), PDFArray)?.lookupMaybe(0, PDFDict);
  const descriptor = dictAt(descendant ?? font, "FontDescriptor");
  return {
    name: (nameAt(font, "BaseFont") ?? nameAt(font, "Name") ?? "").replace(/^[A-Z]{6}\+/u, ""),
    type: nameAt(font, "Subtype") ?? "",
    descendant: descendant ? nameAt(descendant, "Subtype") : null,
    file: ["FontFile", "FontFile2", "FontFile3"].find((name) => descriptor?.has(key(name))) ?? null,
  };
}

function notdefIn(document: PDFDocument, objects: readonly PDFObject[]): readonly string[] {
  const pages = document
    .getPages()
    .flatMap((page, i) =>
      streamsOf(page.node.lookup(key("Contents"))).map((stream) => [`page ${i + 1}`, stream] as const),
    );
  const drawings = objects
    .filter((object) => object instanceof PDFRawStream)
    .filter(({ dict }) => nameAt(dict, "Subtype") === "Form")
    .map((stream) => ["a drawing", stream] as const);
  return [...pages, ...drawings].flatMap(([where, stream]) => (drawsNotdef(stream) ? [where] : []));
}

function streamsOf(contents: PDFObject | undefined): readonly PDFRawStream[] {
  if (contents instanceof PDFRawStream) return [contents];
  if (!(contents instanceof PDFArray)) return [];
  return Array.from({ length: contents.size() }, (_, i) => contents.lookup(i)).flatMap(streamsOf);
}

/** Kinds of action that do more than turn to a page of the same document. */
const actions: ReadonlySet<string> = new Set(
  "URI JavaScript Launch SubmitForm ImportData GoToR GoToE Rendition Movie Sound RichMediaExecute".split(" "),
);
/** Keys that hold a script or a file wherever they stand. */
const keys: ReadonlySet<string> = new Set(["JS", "JavaScript", "EmbeddedFiles", "EmbeddedFile", "EF", "XFA"]);

/** What leads out of the document in an object and in what it holds; what it refers to is looked at by itself. */
function outwardIn(object: PDFObject | undefined): readonly string[] {
  if (object instanceof PDFArray) return object.asArray().flatMap(outwardIn);
  const dict = dictOf(object);
  if (dict === undefined) return [];
  const [action, type] = [nameAt(dict, "S"), nameAt(dict, "Type")];
  return [
    ...(action !== null && actions.has(action) ? [`${action} ${textAt(dict, "URI") ?? ""}`.trim()] : []),
    ...(type !== null && keys.has(type) ? [type] : []),
    ...dict
      .entries()
      .flatMap(([name, value]) => [
        ...(keys.has(name.decodeText()) ? [name.decodeText()] : []),
        ...(value instanceof PDFRef ? [] : outwardIn(value)),
      ]),
  ];
}
