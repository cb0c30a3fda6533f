import type { Locale } from "#src/domain/locale.ts";
import type { IsoDate } from "#src/domain/time.ts";
import type { SectionName } from "#src/domain/workspace.ts";

/** A stretch of a person's words. */
export type Inline =
  | { readonly kind: "text"; readonly text: string }
  | { readonly kind: "emphasis" | "strong"; readonly inner: readonly Inline[] }
  | { readonly kind: "link"; readonly url: string; readonly inner: readonly Inline[] };

/** A paragraph, or a list of which each item is one. */
export type Block =
  | { readonly kind: "paragraph"; readonly inner: readonly Inline[] }
  | {
      readonly kind: "list";
      readonly isOrdered: boolean;
      readonly items: readonly (readonly Inline[])[];
    };

/** Who says it, as an edition names them. */
export interface Speaker {
  readonly speaker: string;
  readonly role: string;
  readonly firm: string;
}

/** A commentary in one language. */
export interface Words extends Speaker {
  /** Name of its file: `flows.en.md`. */
  readonly file: string;
  /** SHA-256 of the file's text. */
  readonly hash: string;
  readonly blocks: readonly Block[];
}

/** Attributed words of a person on a section of one issue. Nothing in them is computed. */
export interface Commentary {
  readonly section: SectionName;
  /** Its place among the words on its section, from 1 on. */
  readonly number: number;
  /** When it was said. */
  readonly date: IsoDate;
  /** Where it was published; `null` where nowhere else. */
  readonly link: string | null;
  /** In every language that the issue is made in. */
  readonly words: ReadonlyMap<Locale, Words>;
}

type Told = Readonly<Partial<Record<Locale, string>>>;

/** A commentary as `facts.json` holds it: what was said by whom, as plain text in each language. */
export interface Quotation extends Pick<Commentary, "section" | "number" | "date" | "link"> {
  readonly speaker: Told;
  readonly role: Told;
  readonly firm: Told;
  /** Paragraphs with a blank line between them; an item of a list is one. */
  readonly text: Told;
}

/** The name of a commentary's file: `flows.en.md` for the first on a section, `flows.2.en.md` for the second. */
export const commentaryFile = (
  { section, number }: { readonly section: string; readonly number: number },
  locale: Locale,
): string => `${section}${number === 1 ? "" : `.${number}`}.${locale}.md`;

/** Paragraphs and items as plain text, in order. */
export const paragraphsOf = (blocks: readonly Block[]): readonly string[] =>
  blocks.flatMap((block) => (block.kind === "list" ? block.items : [block.inner])).map(plain);

const plain = (stretches: readonly Inline[]): string =>
  stretches.map((each) => (each.kind === "text" ? each.text : plain(each.inner))).join("");

/** What `facts.json` says of a commentary. */
export function quotationOf({ section, number, date, link, words }: Commentary): Quotation {
  const told = (of: (own: Words) => string): Told =>
    Object.fromEntries([...words].map(([locale, own]) => [locale, of(own)]));
  return {
    section,
    number,
    speaker: told(({ speaker }) => speaker),
    role: told(({ role }) => role),
    firm: told(({ firm }) => firm),
    date,
    link,
    text: told(({ blocks }) => paragraphsOf(blocks).join("\n\n")),
  };
}
