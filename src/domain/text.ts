/** A file's text as every system would have written it: no byte order mark, lines that end with LF. */
export const plainText = (text: string): string => text.replace(/^\uFEFF/, "").replace(/\r\n?/g, "\n");

/** Runs of a text: of characters that are written without spaces between words, of other letters, of digits. */
export const runs =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}々〇ー]+|\p{N}+|(?:(?![\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}々〇ー])[\p{L}\p{M}])+/gu;

/**
 * A text as it is searched: its runs of Chinese, of letters and of digits in lower case, each after one space. Folded again
 * it is the same.
 *
 * @example fold("沪深300 fell 3.5％"); // " 沪深 300 fell 3 5"
 */
export const fold = (text: string): string =>
  (text.normalize("NFKC").toLowerCase().match(runs) ?? []).map((run) => ` ${run}`).join("");

/**
 * What a folded text must contain for a word to stand in it: letters and digits match from the beginning of a word on, Chinese
 * anywhere, since nothing says where its words begin. Empty where the word has neither.
 *
 * @example needle("指数"); // "指数": in " 综合指数"
 * @example needle("S&P"); // " s p"
 */
export const needle = (word: string): string =>
  fold(word).replace(/^ (?=[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}々〇ー])/u, "");
