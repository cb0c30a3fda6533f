import { isUtf8 } from "node:buffer";
import type { Fault } from "#src/sources/fault.ts";

/** A file's text without its byte order mark, or why it is not text. */
export interface DecodedText {
  readonly text: string;
  readonly faults: readonly Fault[];
}

/** Decodes UTF-8 strictly: a byte that is not UTF-8 or a NUL character is a fault with its line and column. */
export function decodeText(bytes: Uint8Array, delimiter: string): DecodedText {
  if (hasUtf16Mark(bytes)) return { text: "", faults: [{ line: 1, found: "UTF-16", expected: "UTF-8" }] };
  const text = new TextDecoder().decode(bytes);
  const faults = isUtf8(bytes) ? [] : brokenLines(bytes, delimiter);
  return { text, faults: text.includes("\0") ? [...faults, ...nulLines(text, delimiter)] : faults };
}

const hasUtf16Mark = ([first, second]: Uint8Array): boolean =>
  (first === 0xff && second === 0xfe) || (first === 0xfe && second === 0xff);

const lineEnd = /\r\n|\n|\r/;

/** No byte of a longer UTF-8 sequence is a line end, so lines can be told apart before they are decoded. */
const brokenLines = (bytes: Uint8Array, delimiter: string): readonly Fault[] =>
  Buffer.from(bytes)
    .toString("latin1")
    .split(lineEnd)
    .flatMap((each, i) => {
      const line = Buffer.from(each, "latin1");
      const found = "a byte that is not UTF-8";
      return isUtf8(line) ? [] : [faultAt(line.toString("utf8"), "\uFFFD", i + 1, delimiter, found)];
    });

const nulLines = (text: string, delimiter: string): readonly Fault[] =>
  text
    .split(lineEnd)
    .flatMap((each, i) =>
      each.includes("\0") ? [faultAt(each, "\0", i + 1, delimiter, "a NUL character")] : [],
    );

const quoted = /"(?:[^"]|"")*(?:"|$)/g;

const faultAt = (text: string, mark: string, line: number, delimiter: string, found: string): Fault => ({
  line,
  column: text.slice(0, text.indexOf(mark)).replace(quoted, "").split(delimiter).length,
  found,
  expected: "UTF-8 text",
});
