import type { FrontMatter } from "#src/commentary/front-matter.ts";
import type { Named } from "#src/commentary/names.ts";
import { slipsOfScale } from "#src/commentary/numerals.ts";
import { type Block, commentaryFile, paragraphsOf, type Words } from "#src/domain/commentary.ts";
import type { Problem } from "#src/domain/errors.ts";
import type { Locale } from "#src/domain/locale.ts";

/** A commentary in one language as its file has it. */
export interface ReadWords extends Named {
  readonly front: FrontMatter;
  readonly words: Words;
}

/** The files of each commentary, language by language, in the order of the sections and of their numbers. */
export const groupsOf = (
  read: readonly ReadWords[],
  sections: readonly string[],
): readonly (readonly ReadWords[])[] =>
  [...Map.groupBy(read, ({ section, number }) => `${section}.${number}`).values()].toSorted(
    ([a], [b]) =>
      sections.indexOf(a?.section ?? "") - sections.indexOf(b?.section ?? "") ||
      (a?.number ?? 0) - (b?.number ?? 0),
  );

/** Why a commentary cannot be published: a language lacks, or two languages do not say the same. */
export function objections(
  group: readonly ReadWords[],
  languages: readonly Locale[],
  folder: string,
): readonly Problem[] {
  const [first, ...others] = group;
  if (first === undefined) return [];
  const missing = languages.filter((locale) => group.every((own) => own.locale !== locale));
  return [
    ...missing.map((locale) => ({
      file: `${folder}/${commentaryFile(first, locale)}`,
      found: "no such file",
      expected: `the words of ${first.words.file} in ${names[locale]}; add it, or take ${first.words.file} away`,
    })),
    ...others.flatMap((other) => differences(first, other, folder)),
  ];
}

const names: Readonly<Record<Locale, string>> = { en: "English", "zh-CN": "Chinese" };

function differences(first: ReadWords, other: ReadWords, folder: string): readonly Problem[] {
  const own = (found: string, expected: string): Problem => ({
    file: `${folder}/${other.words.file}`,
    found,
    expected: `${expected}, as in ${first.words.file}`,
  });
  const compared = [
    [`the date ${other.front.date}`, `the date ${first.front.date}`],
    [linked(other.front), linked(first.front)],
    [shapeOf(other.words.blocks), shapeOf(first.words.blocks)],
  ] as const;
  return [
    ...compared
      .filter(([found, expected]) => found !== expected)
      .map(([found, expected]) => own(found, expected)),
    ...slipsOfScale(textOf(first), textOf(other)).map(([expected, found]) =>
      own(found, `the same amount as ${expected}`),
    ),
  ];
}

const linked = ({ link }: FrontMatter): string => (link === undefined ? "no link" : `the link ${link}`);

const textOf = ({ words }: ReadWords): string => paragraphsOf(words.blocks).join("\n");

/** Paragraphs and lists in words, in their order. */
const shapeOf = (blocks: readonly Block[]): string =>
  blocks
    .map((block) =>
      block.kind === "paragraph"
        ? "a paragraph"
        : `a ${block.isOrdered ? "numbered " : ""}list of ${block.items.length}`,
    )
    .join(", ");
