import { inflateSync } from "node:zlib";
import { decodePDFRawStream, PDFName, type PDFRawStream } from "@cantoo/pdf-lib";

/** What a content stream shows at once: one string, or an array of strings and distances. */
const shown =
  /(?:\[(?:<[^>]*>|\((?:\\[\s\S]|[^\\()])*\)|[^\]()<])*\]|<[0-9A-Fa-f\s]*>|\((?:\\[\s\S]|[^\\()])*\))\s*(?:TJ|Tj|'|")/gu;
const strings = /<([0-9A-Fa-f\s]*)>|\(((?:\\[\s\S]|[^\\()])*)\)/gu;

/** Whether a stream shows glyph 0 of a composite font, whose codes have two bytes. */
export const drawsNotdef = (stream: PDFRawStream): boolean =>
  [...contentOf(stream).matchAll(shown)].some(([operation]) =>
    [...operation.matchAll(strings)].some(([, hex, literal]) =>
      hasZero(hex === undefined ? unescaped(literal ?? "") : Buffer.from(hex.replace(/\s/gu, ""), "hex")),
    ),
  );

function hasZero(codes: Uint8Array): boolean {
  for (let i = 0; i + 1 < codes.length; i += 2) if (codes[i] === 0 && codes[i + 1] === 0) return true;
  return false;
}

/** The stream's operators; the usual compression is undone by the platform, which is many times as quick. */
function contentOf(stream: PDFRawStream): string {
  const filter = stream.dict.lookup(PDFName.of("Filter"));
  const isPlainFlate = filter === PDFName.of("FlateDecode") && !stream.dict.has(PDFName.of("DecodeParms"));
  const bytes = isPlainFlate ? inflateSync(stream.getContents()) : decodePDFRawStream(stream).decode();
  return Buffer.from(bytes).toString("latin1");
}

const controls: Readonly<Record<string, number>> = { n: 10, r: 13, t: 9, b: 8, f: 12 };

/** The bytes of a literal string. */
function unescaped(literal: string): Uint8Array {
  const bytes: number[] = [];
  for (const [part] of literal.matchAll(/\\([0-7]{1,3})|\\\r?\n|\\[\s\S]|[\s\S]/gu)) {
    if (/^\\\r?\n$/u.test(part)) continue;
    const [, octal] = /^\\([0-7]+)$/u.exec(part) ?? [];
    const last = part.at(-1) ?? "";
    const isControl = part.length === 2 && Object.hasOwn(controls, last);
    bytes.push(
      octal ? Number.parseInt(octal, 8) & 255 : isControl ? (controls[last] ?? 0) : last.charCodeAt(0),
    );
  }
  return Uint8Array.from(bytes);
}
