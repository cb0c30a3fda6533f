import type { Run } from "#src/verify/page.ts";

/** What stands between two characters: nothing, a space, or the end of a line. */
type Between = "" | " " | "\n";

/** Text without its white space, with what stood before each character. */
interface Solid {
  readonly characters: readonly string[];
  readonly before: readonly Between[];
}

/** A text to be searched. */
export interface Stack extends Solid {
  /** The characters as one string, and which of them begins where. */
  readonly text: string;
  readonly start: ReadonlyMap<number, number>;
}

/** A text to be found. */
export interface Needle extends Solid {
  readonly text: string;
  /** The characters as one string. */
  readonly sought: string;
  /** For each character, whether it and the one before it belong to one number or date. */
  readonly inFact: readonly boolean[];
  /** Whether it must not be part of a longer number. */
  readonly isNumber: boolean;
}

/** How often a text is found at all, how often in one piece, and how it looks where it is not. */
export interface Found {
  readonly found: number;
  readonly whole: number;
  readonly broken: string;
}

function solid(text: string): Solid {
  const characters: string[] = [];
  const before: Between[] = [];
  let between = "" as Between;
  for (const character of text) {
    if (/\s/u.test(character)) between = character === "\n" || between === "\n" ? "\n" : " ";
    else {
      characters.push(character);
      before.push(between);
      between = "";
    }
  }
  return { characters, before };
}

/** Makes a text ready to be searched. */
export function stackOf(text: string): Stack {
  const { characters, before } = solid(text);
  const start = new Map<number, number>();
  let length = 0;
  for (const [i, character] of characters.entries()) {
    start.set(length, i);
    length += character.length;
  }
  return { characters, before, text: characters.join(""), start };
}

/** Makes the text of some neighbouring runs ready to be found. */
export function needleOf(runs: readonly Pick<Run, "text" | "kind">[], isNumber = false): Needle {
  const inFact: boolean[] = [];
  for (const { text, kind } of runs) {
    const length = solid(text).characters.length;
    const isFact = kind === "fact" || kind === "tick";
    for (let i = 0; i < length; i++) inFact.push(isFact && i > 0);
  }
  const text = runs
    .map((run) => run.text)
    .join("")
    .replace(/\s+/gu, " ")
    .trim();
  const { characters, before } = solid(text);
  return { characters, before, text, sought: characters.join(""), inFact, isNumber };
}

/** Counts a text in another. */
export function find(stack: Stack, needle: Needle): Found {
  const { sought } = needle;
  let [found, whole, broken] = [0, 0, ""];
  let step = 1;
  for (let at = stack.text.indexOf(sought); at >= 0; at = stack.text.indexOf(sought, at + step)) {
    // What is no whole occurrence may overlap one: in “0.7 77” the first two sevens are not the number 77.
    step = 1;
    const first = stack.start.get(at);
    if (first === undefined || (needle.isNumber && goesOn(stack, first, needle.characters.length))) continue;
    found++;
    if (isWhole(stack, first, needle)) {
      whole++;
      step = sought.length;
    } else broken = printed(stack, first, needle.characters.length);
  }
  return { found, whole, broken };
}

const isDigit = (character: string | undefined): boolean => /^\p{Nd}$/u.test(character ?? "");

/** Whether what stands before or after, with nothing between, makes a stretch part of another number. */
function goesOn({ characters, before }: Stack, first: number, length: number): boolean {
  const end = first + length;
  const touches = (i: number) => before[i] === "";
  const [outer = "", inner = ""] = [characters[first - 1], characters[first]];
  const isLonger = isDigit(inner) && /[\p{Nd}.,]/u.test(outer);
  const isSigned = /[+\u2212-]/u.test(outer) && !/[+\u2212-]/u.test(inner);
  const right =
    isDigit(characters[end - 1]) &&
    touches(end) &&
    (isDigit(characters[end]) ||
      (/[.,%]/u.test(characters[end] ?? "") && touches(end + 1) && isDigit(characters[end + 1])));
  return right || (touches(first) && (isLonger || isSigned));
}

function isWhole(stack: Stack, first: number, needle: Needle): boolean {
  return needle.characters.every((character, i) => {
    if (i === 0) return true;
    const pair = [needle.characters[i - 1] ?? "", character] as const;
    return isJoint(stack.before[first + i] ?? "", needle.before[i] ?? "", pair, needle.inFact[i] ?? false);
  });
}

const isHan = (character: string): boolean => /\p{Script=Han}/u.test(character);
const isLatin = (character: string): boolean => /\p{Script=Latin}/u.test(character);

/**
 * Whether what stands between two printed characters may stand there.
 *
 * A space of the page is a space or the end of a line. Elsewhere a line may end, but inside a number only between
 * two Han, as in 890亿|美元; and no space may come in but the gap that is set between Han and Latin letters.
 */
function isJoint(
  found: Between,
  wanted: Between,
  [a, b]: readonly [string, string],
  inFact: boolean,
): boolean {
  if (wanted !== "") return found !== "";
  if (found === "\n") return !inFact || (isHan(a) && isHan(b));
  if (found === " ") return !inFact && ((isHan(a) && isLatin(b)) || (isLatin(a) && isHan(b)));
  return true;
}

const printed = ({ characters, before }: Stack, first: number, length: number): string =>
  characters
    .slice(first, first + length)
    .map((character, i) => (i === 0 ? character : `${before[first + i] ?? ""}${character}`))
    .join("");
