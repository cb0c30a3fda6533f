import handlebars from "handlebars";
import {
  type Block,
  type Commentary,
  commentaryFile,
  type Inline,
  paragraphsOf,
} from "#src/domain/commentary.ts";
import type { Locale, Localised } from "#src/domain/locale.ts";
import { printFullDate } from "#src/locale/date.ts";
import type { Desk, helpersOf } from "#src/render/desk.ts";
import { escapeText, textMarkup } from "#src/render/markup.ts";
import { say } from "#src/sections/section.ts";

/** A commentary as an edition sets it. */
export interface SetCommentary {
  readonly section: string;
  /** Name of the file that it was read from. */
  readonly file: string;
  /** SHA-256 of the file's text. */
  readonly hash: string;
  /** The element: it stands on the page byte for byte. */
  readonly html: string;
}

/** Sets what people say in the language of a desk, section by section. Their words are text and never a message, a fact or a name. */
export const setCommentary = (desk: Desk, helpers: ReturnType<typeof helpersOf>): readonly SetCommentary[] =>
  desk.input.composed.commentary.flatMap((commentary) => {
    const { locale, templates } = desk.input;
    const words = commentary.words.get(locale);
    if (words === undefined) return [];
    const model = {
      ...modelOf(desk, commentary),
      body: words.blocks.map((block) => blockMarkup(block, locale)).join("\n"),
    };
    const html = templates.run("commentary", model, helpers).trim();
    return [
      { section: commentary.section, file: commentaryFile(commentary, locale), hash: words.hash, html },
    ];
  });

function modelOf(
  { input: { locale }, translate, set }: Desk,
  { section, number, date, link, words }: Commentary,
) {
  const safe = (text: string) => new handlebars.SafeString(textMarkup(text, locale));
  const { speaker = "", role = "", firm = "", blocks = [] } = words.get(locale) ?? {};
  return {
    id: `${section}.${number}`,
    isLong: lengthOf(blocks) > wholeUpTo[locale],
    speaker: safe(speaker),
    office: safe(
      set.plain(translate(say("commentary.office", { roleName: named(role), firmName: named(firm) }))),
    ),
    date,
    day: printFullDate(date, locale),
    link: link === null ? null : new handlebars.SafeString(escapeText(link)),
    rel,
  };
}

/** Characters of words that stay on one page: some ten lines. Longer ones would leave too much of a page empty. */
const wholeUpTo: Readonly<Record<Locale, number>> = { en: 850, "zh-CN": 400 };

/** Characters of words that page one has room for, below the figure beside its own. */
const besideUpTo: Readonly<Record<Locale, number>> = { en: 330, "zh-CN": 120 };

/** Whether what people say on page one has room beside its words: one speaker has, and briefly. */
export function standsBeside(said: readonly Commentary[], locale: Locale): boolean {
  const length = said.reduce((sum, { words }) => sum + lengthOf(words.get(locale)?.blocks ?? []), 0);
  return said.length <= 1 && length <= besideUpTo[locale];
}

const lengthOf = (blocks: readonly Block[]): number => paragraphsOf(blocks).join("").length;

/** A text of this edition alone in a place of a message. */
const named = (text: string): { readonly name: Localised } => ({ name: { en: text, "zh-CN": text } });

const blockMarkup = (block: Block, locale: Locale): string => {
  if (block.kind === "paragraph") return `<p>${inlineMarkup(block.inner, locale)}</p>`;
  const tag = block.isOrdered ? "ol" : "ul";
  const items = block.items.map((item) => `<li>${inlineMarkup(item, locale)}</li>`);
  return `<${tag}>${items.join("")}</${tag}>`;
};

const tags = { emphasis: "em", strong: "strong" } as const;

const inlineMarkup = (stretches: readonly Inline[], locale: Locale): string =>
  stretches
    .map((each) => {
      if (each.kind === "text") return textMarkup(each.text, locale);
      const inner = inlineMarkup(each.inner, locale);
      return each.kind === "link"
        ? `<a href="${escapeText(each.url)}" rel="${rel}">${inner}</a>`
        : `<${tags[each.kind]}>${inner}</${tags[each.kind]}>`;
    })
    .join("");

/** A link that somebody wrote leads away and vouches for nothing. */
const rel = "noopener noreferrer nofollow";
