/** A file's text as every system would have written it: no byte order mark, lines that end with LF. */
export const plainText = (text: string): string => text.replace(/^\uFEFF/, "").replace(/\r\n?/g, "\n");
