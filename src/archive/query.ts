/** A stretch of a text that is a hit, or is none. */
export interface Part {
  readonly text: string;
  readonly hit: boolean;
}

/** The longest query that is looked up, in characters. */
export const queryLimit = 100;

/** A text as it is compared: wide and narrow forms, and great and small letters, are alike. */
const folded = (text: string): string => text.normalize("NFKC").toLowerCase();

/** The words of a query, each once: runs of Chinese characters, and runs of other letters and digits. What else it holds parts words. */
export const wordsOf = (query: string): readonly string[] => [
  ...new Set(folded(query).match(/\p{Script=Han}+|(?:(?!\p{Script=Han})[\p{L}\p{M}\p{N}])+/gu) ?? []),
];

/** A text cut at the hits of words: Chinese wherever they stand, others where they begin a word. */
export function highlighted(text: string, words: readonly string[]): readonly Part[] {
  const characters = [...text];
  const starts: number[] = [];
  let whole = "";
  // A character may be several when it is folded.
  for (const [i, character] of characters.entries()) {
    const fold = folded(character);
    for (let k = 0; k < fold.length; k++) starts.push(i);
    whole += fold;
  }
  const isHit = characters.map(() => false);
  for (const word of words) {
    for (let at = whole.indexOf(word); at >= 0; at = whole.indexOf(word, at + 1)) {
      if (!isHanFirst(word) && /[\p{L}\p{N}]$/u.test(whole.slice(0, at)) && !endsInHan(whole.slice(0, at)))
        continue;
      for (let i = starts[at] ?? 0; i <= (starts[at + word.length - 1] ?? -1); i++) isHit[i] = true;
    }
  }
  return joined(characters, isHit);
}

const isHanFirst = (text: string): boolean => /^\p{Script=Han}/u.test(text);
const endsInHan = (text: string): boolean => /\p{Script=Han}$/u.test(text);

function joined(characters: readonly string[], isHit: readonly boolean[]): readonly Part[] {
  const parts: { text: string; hit: boolean }[] = [];
  for (const [i, character] of characters.entries()) {
    const [last, hit] = [parts.at(-1), isHit[i] ?? false];
    if (last?.hit === hit) last.text += character;
    else parts.push({ text: character, hit });
  }
  return parts;
}
