import type { Locale } from "#src/domain/locale.ts";

/** Columns of a line of plain text; lines of Chinese are left to the reader's program, which breaks them anywhere. */
const columns = 76;

/**
 * Plain text as mails carry it: English in lines of at most 76 columns, longer ones only where a word, such as an address, is
 * longer itself. What follows a list's mark is set in. No-break spaces, which many programs show as signs, become spaces after
 * they have kept together what belongs together.
 */
export function plainMail(text: string, locale: Locale): string {
  const lines = text.split("\n").map((line) => line.trimEnd());
  const wrapped = locale === "en" ? lines.flatMap(wrap) : lines;
  return `${wrapped
    .join("\n")
    .replace(/\u00A0/g, " ")
    .replace(/\n{3,}/g, "\n\n")
    .trim()}\n`;
}

function wrap(line: string): readonly string[] {
  const [, indent = "", mark = ""] = /^( *)(- )?/.exec(line) ?? [];
  const hanging = indent + " ".repeat(mark.length);
  const out: string[] = [];
  let current = indent + mark;
  let isEmpty = true;
  for (const word of line.slice(current.length).split(/ +/)) {
    if (!isEmpty && current.length + 1 + word.length > columns) {
      out.push(current);
      current = hanging;
      isEmpty = true;
    }
    current += isEmpty ? word : ` ${word}`;
    isEmpty = false;
  }
  return [...out, current];
}
