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

/** Heights of the words, in mm, up to which page one has room for its contents too, and for its wide figure. */
const roomy = 122;
const full = roomy + 20;

/** What there is room for on page one below its words: contents and figure, the figure alone, or not even that. */
export type FirstRoom = "contents" | "figure" | "none";

/** Letters and digits are a little over half as wide as Han. */
const widthOf = (text: string): number =>
  [...text].reduce((sum, each) => sum + (/\p{Script=Han}|[，。：；（）“”]/u.test(each) ? 1 : 0.55), 0);

/** How high the words of page one stand, in mm: an estimate, since nothing is set before the page is printed. */
function heightOf({ claim, standfirst, paragraphs }: FirstWords, locale: Locale): number {
  const measure = measures[locale];
  const lines = (text: string, { fits, line }: Measure) =>
    Math.ceil((locale === "en" ? text.length : widthOf(text)) / fits) * line;
  const words = paragraphs.map((text) => lines(text, measure.words) + measure.gap);
  return (
    lines(claim, measure.claim) +
    lines(standfirst, measure.standfirst) +
    words.reduce((sum, each) => sum + each, 0)
  );
}

/**
 * What page one has room for in every language, so that its editions hold the same: its contents are the first to go,
 * and without room for its figure the page runs on.
 */
export function firstRoom(editions: readonly (readonly [Locale, FirstWords])[]): FirstRoom {
  const height = Math.max(...editions.map(([locale, words]) => heightOf(words, locale)));
  if (height <= roomy) return "contents";
  return height <= full ? "figure" : "none";
}
