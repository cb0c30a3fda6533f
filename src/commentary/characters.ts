import type { Problem } from "#src/domain/errors.ts";
import type { Locale } from "#src/domain/locale.ts";

/**
 * What no text of readers holds: control and private-use characters, those that turn the direction of writing, and those that
 * stand for something lost. Ends of lines and tabs are the file's own.
 */
const unfit = /[[\p{Cc}--[\n\t]]\p{Co}\p{Cs}\u2028\u2029\u202A-\u202E\u2066-\u2069\uFFFC\uFFFD]/v;
/** What an English text cannot be set with: its faces have no Chinese. */
const chinese = /\p{Script=Han}/v;

/** The first character of a text that cannot stand in it; `null` where all can. */
export const strangeIn = (text: string, locale: Locale): string | null =>
  unfit.exec(text)?.[0] ?? (locale === "en" ? (chinese.exec(text)?.[0] ?? null) : null);

/** What is said of a character that cannot stand in a text. */
export const strangeProblem = (character: string): Pick<Problem, "found" | "expected"> =>
  chinese.test(character)
    ? { found: character, expected: "English: Chinese words belong into the file of the Chinese edition" }
    : { found: `the character ${codeOf(character)}`, expected: "characters that a reader sees; remove it" };

const codeOf = (character: string): string =>
  `U+${(character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, "0")}`;

/** The first strange character of each line of a file. */
export const strangeCharacters = (text: string, locale: Locale, file: string): readonly Problem[] =>
  text.split("\n").flatMap((line, i) => {
    const character = strangeIn(line, locale);
    if (character === null) return [];
    return [{ file, line: i + 1, column: line.indexOf(character) + 1, ...strangeProblem(character) }];
  });
