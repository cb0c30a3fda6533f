import { quote, type Slip, slip } from "#src/verify/finding.ts";
import { type Issue, inEachEdition } from "#src/verify/issue.ts";
import type { Page, Run } from "#src/verify/page.ts";
import type { PrintedText } from "#src/verify/pdf-text.ts";
import { styleOf } from "#src/verify/shown-text.ts";
import { find, type Needle, needleOf, stackOf } from "#src/verify/text-search.ts";

/**
 * `extraction`: every fact, axis value and sentence of the HTML is found in the text that is extracted from the PDF,
 * as often as it stands on the page, in one piece but for the ends of lines; running heads and page numbers too.
 */
export const extraction = (issue: Issue): Promise<readonly Slip[]> =>
  inEachEdition(issue, [
    async (locale) => bodyMissing(await issue.print(locale), issue.page(locale), `${locale}.pdf`),
    async (locale) => headsMissing(await issue.print(locale), headsOf(issue.page(locale)), `${locale}.pdf`),
  ]);

/** What is hidden from those who do not see stands outside the structure of the print, and must be found there. */
function bodyMissing({ pages }: PrintedText, page: Page, name: string): readonly Slip[] {
  const heads = headsOf(page).map(({ text }) => text);
  const hidden = pages.map(({ number, furniture }) => withoutHeads(furniture, [...heads, String(number)]));
  return missingFrom([...pages.map(({ body }) => body), ...hidden].join("\n"), page, name);
}

/** A running head, and the first page that bears it. */
interface Head {
  readonly text: string;
  readonly from: number;
}

function headsOf(page: Page): readonly Head[] {
  const { texts, emptyOnFirst } = styleOf(page);
  return texts.flatMap(({ text, box }) =>
    box === null ? [] : [{ text, from: emptyOnFirst.has(box) ? 2 : 1 }],
  );
}

/** Running heads say again what stands on the page, where it must be found by itself. Long ones may hold short ones. */
const withoutHeads = (furniture: string, heads: readonly string[]): string =>
  heads
    .toSorted((a, b) => b.length - a.length)
    .reduce((left, head) => left.replace(spaced(head), "\n"), furniture);

/** A text by itself, with any white space between its characters. */
function spaced(text: string): RegExp {
  const characters = [...text.replace(/\s+/gu, "")];
  const codes = characters.map((character) => `\\u{${character.codePointAt(0)?.toString(16)}}`);
  return new RegExp(`(?<!\\S)${codes.join("\\s*")}(?!\\S)`, "u");
}

/** What stands on a page and is not found, or not whole, in a text extracted from its print. */
export function missingFrom(text: string, page: Page, name: string): readonly Slip[] {
  const stack = stackOf(text);
  const pieces = piecesOf(page);
  const own = pieces.map((runs) => stackOf(runs.map((run) => run.text).join("")));
  return distinct(wantedOf(page, pieces)).flatMap(({ needle, what }) => {
    // The letters of a short word stand on the page in pairs of others too: “no” in “in one”.
    const count = own.reduce((sum, piece) => sum + find(piece, needle).whole, 0);
    const { found, whole, broken } = find(stack, needle);
    if (whole >= count) return [];
    return found < count
      ? [slip(name, `${what} ${quote(needle.text)} ${times(found)}`, times(count))]
      : [slip(name, `${what} ${quote(needle.text)} taken apart, as ${quote(broken)}`, "in one piece")];
  });
}

const times = (n: number): string => (n === 1 ? "once" : n === 0 ? "nowhere" : `${n} times`);

interface Wanted {
  readonly needle: Needle;
  readonly what: string;
}

/** Sentences, and what stands outside sentences element by element. */
const piecesOf = ({ runs }: Page): readonly (readonly Run[])[] =>
  joined(runs.filter(isPrinted), (a, b) =>
    a.sentence === null ? sameMark(a, b) : a.sentence === b.sentence,
  ).filter((piece) => piece.some(({ text }) => text.trim() !== ""));

/** Links between files of the issue are for screens; `links` sees to it that nothing else is. */
const isPrinted = ({ kind }: Run): boolean => kind !== "screen";

const sameMark = (a: Run, b: Run): boolean =>
  a.mark === null && b.mark === null ? a.element === b.element : a.mark === b.mark;

/** Every piece, and by themselves once more facts and axis values, which may not be part of a longer number. */
function wantedOf({ runs }: Page, pieces: readonly (readonly Run[])[]): readonly Wanted[] {
  const isNumber = ({ kind }: Run) => kind === "fact" || kind === "tick";
  return [
    ...pieces
      .filter((piece) => !piece.every(isNumber))
      .map((piece) => ({ needle: needleOf(piece), what: piece[0]?.sentence ? "the sentence" : "the text" })),
    ...joined(runs.filter(isNumber), sameMark).map((number) => ({
      needle: needleOf(number, true),
      what: "the number",
    })),
  ];
}

/** Neighbours that belong together. */
function joined(runs: readonly Run[], belong: (a: Run, b: Run) => boolean): readonly (readonly Run[])[] {
  const groups: Run[][] = [];
  for (const run of runs) {
    const last = groups.at(-1);
    const before = last?.at(-1);
    if (last !== undefined && before !== undefined && belong(before, run)) last.push(run);
    else groups.push([run]);
  }
  return groups;
}

const distinct = (wanted: readonly Wanted[]): readonly Wanted[] => [
  ...new Map(wanted.map((each) => [`${each.what} ${each.needle.text}`, each])).values(),
];

/** Running heads stand on every page, but for those that the first page leaves out; each page has its number. */
const headsMissing = ({ pages }: PrintedText, heads: readonly Head[], name: string): readonly Slip[] =>
  pages.flatMap(({ number, furniture }) => {
    const due = heads.filter(({ from }) => number >= from).map(({ text }) => text);
    const isThere = (text: string) =>
      find(stackOf(furniture), needleOf([{ text, kind: "text" }], true)).whole > 0;
    const missing = [
      ...due.filter((text) => !isThere(text)),
      ...(furniture.split(/\s+/u).includes(String(number)) ? [] : [String(number)]),
    ];
    return missing.map((text) =>
      slip(`${name} page ${number}`, `no ${quote(text)} in ${quote(furniture)}`, "it in the margin"),
    );
  });
