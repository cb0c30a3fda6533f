import { needle, runs } from "#src/domain/text.ts";

/** A stretch of a text that is a hit, or is none. */
export interface Part {
  readonly text: string;
  readonly hit: boolean;
}

/** The longest query that is looked up, in characters. */
export const queryLimit = 100;

/** What parts the words of a query: white space, and what opens, closes and ends sentences. A word may hold other signs: S&P, 3.5%. */
const between = /[\s\p{Ps}\p{Pe}\p{Pi}\p{Pf}"，。、；：！？]+/u;

/** The words of a query that can be looked up, each once. */
export const wordsOf = (query: string): readonly string[] => {
  const words = new Map(query.split(between).map((word) => [needle(word), word]));
  words.delete("");
  return [...words.values()];
};

/** A text cut at what was found by words, as the store finds them. */
export function highlighted(text: string, words: readonly string[]): readonly Part[] {
  const characters = [...text.normalize("NFC")];
  const { folded, origin } = foldedFrom(characters);
  const isHit = characters.map(() => false);
  for (const sought of words.map(needle).filter((each) => each !== "")) {
    for (let at = folded.indexOf(sought); at >= 0; at = folded.indexOf(sought, at + 1)) {
      const first = sought.startsWith(" ") ? at + 1 : at;
      isHit.fill(true, origin[first], (origin[at + sought.length - 1] ?? -1) + 1);
    }
  }
  return joined(characters, isHit);
}

/** A text as `fold` makes it, and from which character each of its places comes. */
function foldedFrom(characters: readonly string[]) {
  let [plain, folded] = ["", ""];
  const [source, origin]: [number[], number[]] = [[], []];
  for (const [i, character] of characters.entries()) {
    // One character may become several: ㎏ is kg.
    const fold = character.normalize("NFKC").toLowerCase();
    for (let k = 0; k < fold.length; k++) source.push(i);
    plain += fold;
  }
  for (const { index, 0: run } of plain.matchAll(runs)) {
    folded += ` ${run}`;
    origin.push(...source.slice(index, index + 1), ...source.slice(index, index + run.length));
  }
  return { folded, origin };
}

function joined(characters: readonly string[], isHit: readonly boolean[]): readonly Part[] {
  const parts: { text: string; hit: boolean }[] = [];
  for (const [i, character] of characters.entries()) {
    const [last, hit] = [parts.at(-1), isHit[i] ?? false];
    if (last?.hit === hit) last.text += character;
    else parts.push({ text: character, hit });
  }
  return parts;
}
