import type { Locale } from "#src/domain/locale.ts";

/** The words of page one as an edition says them. */
export interface FirstWords {
  readonly claim: string;
  readonly standfirst: string;
  readonly paragraphs: readonly string[];
}

/** A kind of text: how many characters fit on a line of it (of Chinese: Han), and the line's height in mm. */
interface Measure {
  readonly fits: number;
  readonly line: number;
}

interface Measures {
  readonly claim: Measure;
  readonly standfirst: Measure;
  readonly words: Measure;
  /** Between two paragraphs. */
  readonly gap: number;
}

const measures: Readonly<Record<Locale, Measures>> = {
  en: {
    claim: { fits: 41, line: 10.2 },
    standfirst: { fits: 75, line: 5.8 },
    words: { fits: 42, line: 4.8 },
    gap: 2,
  },
  "zh-CN": {
    claim: { fits: 19, line: 12 },
    standfirst: { fits: 44, line: 6.8 },
    words: { fits: 20.5, line: 5.43 },
    gap: 1.2,
  },
};

/** Heights of the words, in mm, up to which page one has room for its wide figure; contents of seven sections take so much of it. */
const full = 142;
const contents = { sections: 7, height: 20, more: 2.9 } as const;

/** What there is room for on page one below its words: contents and figure, the figure alone, or not even that. */
export type FirstRoom = "contents" | "figure" | "none";

/** Letters and digits are a little over half as wide as Han. */
const widthOf = (text: string): number =>
  [...text].reduce((sum, each) => sum + (/\p{Script=Han}|[，。：；（）“”]/u.test(each) ? 1 : 0.55), 0);

/** How high the words of page one stand, in mm: an estimate, since nothing is set before the page is printed. */
function heightOf({ claim, standfirst, paragraphs }: FirstWords, locale: Locale): number {
  const measure = measures[locale];
  return (
    linesOf(claim, measure.claim, locale) +
    linesOf(standfirst, measure.standfirst, locale) +
    paragraphs.reduce((sum, text) => sum + heightBeside(text, locale), 0)
  );
}

/** How high a paragraph stands beside a figure, in mm, with the gap after it. */
function heightBeside(text: string, locale: Locale): number {
  const { words, gap } = measures[locale];
  return linesOf(text, words, locale) + gap;
}

const linesOf = (text: string, { fits, line }: Measure, locale: Locale): number =>
  Math.ceil((locale === "en" ? text.length : widthOf(text)) / fits) * line;

/** About as high as a figure beside words stands, in mm. */
const besideFigure = 68;

/**
 * How many of a section's paragraphs stand beside its figure: those that its height has room for in every language, and the first.
 * What follows goes on below in full width, where it takes less than half the room.
 */
export function countBeside(editions: readonly (readonly [Locale, readonly string[]])[]): number {
  const counts = editions.map(([locale, paragraphs]) => {
    let height = 0;
    const beyond = paragraphs.findIndex((text) => {
      height += heightBeside(text, locale);
      return height > besideFigure;
    });
    return beyond < 0 ? paragraphs.length : beyond;
  });
  return Math.max(1, Math.min(...counts));
}

/**
 * What page one has room for in every language, so that its editions hold the same: its contents are the first to go,
 * and without room for its figure the page runs on.
 *
 * @param sections  that its contents name
 */
export function firstRoom(
  editions: readonly (readonly [Locale, FirstWords])[],
  sections: number = contents.sections,
): FirstRoom {
  const height = Math.max(...editions.map(([locale, words]) => heightOf(words, locale)));
  const named = contents.height + contents.more * Math.max(0, sections - contents.sections);
  if (height <= full - named) return "contents";
  return height <= full ? "figure" : "none";
}
