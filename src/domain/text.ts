/** A file's text as every system would have written it: no byte order mark, lines that end with LF. */
export const plainText = (text: string): string => text.replace(/^\uFEFF/, "").replace(/\r\n?/g, "\n");

/** Letters of scripts that leave no space between words. */
const unspaced = String.raw`[[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}〇ー]&&[\p{L}〇]]`;
/** Runs of a text: of such letters, of digits, of other letters with their marks. */
export const runs = new RegExp(String.raw`${unspaced}+|\p{N}+|[[\p{L}\p{M}]--${unspaced}]+`, "gv");
const beginsUnspaced = new RegExp(`^ (?=${unspaced})`, "v");

/**
 * A text as it is searched: its runs of Chinese, of letters and of digits in lower case, each after one space. Folded again
 * it is the same.
 *
 * @example fold("沪深300 fell 3.5％"); // " 沪深 300 fell 3 5"
 */
export const fold = (text: string): string =>
  (text.normalize("NFKC").toLowerCase().normalize("NFKC").match(runs) ?? []).map((run) => ` ${run}`).join("");

/**
 * What a folded text must contain for a word to stand in it: letters and digits match from the beginning of a word on, Chinese
 * anywhere, since nothing says where its words begin. Empty where the word has neither.
 *
 * @example needle("指数"); // "指数": in " 综合指数"
 * @example needle("S&P"); // " s p"
 */
export const needle = (word: string): string => fold(word).replace(beginsUnspaced, "");

/**
 * A name at the head of a row, with a capital; one whose second letter is a capital is spelt so on purpose.
 *
 * @example headed("leaders"); // "Leaders"
 * @example headed("iPhone makers"); // "iPhone makers"
 */
export const headed = (name: string): string =>
  name.replace(/^\p{Ll}(?!\p{Lu})/u, (first) => first.toUpperCase());
