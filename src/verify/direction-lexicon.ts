import type { Locale } from "#src/domain/locale.ts";
import { gap } from "#src/verify/shown-text.ts";

/** Which way a word says that something went. */
export type Course = "up" | "down" | "flat";

/** A word of direction in a text. */
export interface CourseWord {
  readonly course: Course;
  readonly word: string;
  readonly start: number;
  readonly end: number;
}

/** Alternatives of a pattern for each course. */
type Words = Readonly<Record<Locale, Readonly<Record<Course, string>>>>;

/** Words that say where a number went: the verb that carries its sign, or the noun or preposition in its place. */
const motion: Words = {
  en: {
    up: [
      "gain|gains|gained|rise|rises|rose|rising|soared|climbs?|climbed|advanced?|increased?|raised|higher",
      "up(?! to\\b)|uptrends?|above|over(?= (?:its|their)\\b)|strengthened|widened",
      "beat|beats|beaten|adds?|added|contributed|took in|takes in|drew|draws|comes? into|inflows?",
      "outperform(?:s|ed)?",
    ].join("|"),
    down: [
      "loss|losses|lost|loses|fall|falls|fell|falling|drops?|dropped|declined?|dips?|dipped|slid|decreased?",
      "down|downtrends?|below|under|lower|weakened|narrowed|cut",
      "lags?|lagged|cost|shed|sheds|left|leaves?|outflows?",
      "underperform(?:s|ed)?",
    ].join("|"),
    flat: "unchanged|netted out|made no difference|stands at its|flat",
  },
  "zh-CN": {
    up: [
      "上涨|上升|上行|上调|走高|走强|走阔|攀升|涨幅|领涨|升值|飙升|高于|上方|增加|增持|升至|涨至",
      // Growth as a noun goes no way by itself; before its number it does.
      `净流入|流入|吸纳|贡献|跑赢|领先|增长(?=${gap})`,
    ].join("|"),
    down: [
      "下跌|下降|下行|下调|走低|走弱|收窄|回落|跌幅|领跌|贬值|低于|下方|减少|减持|降至|跌至|腰斩",
      "净流出|流出|拖累|跑输|落后",
    ].join("|"),
    flat: "收平|持平|基本相抵|影响可忽略|不变",
  },
};

/** Words that rank a move; they contradict, but they carry no number's sign. */
const rank: Words = {
  en: { up: "best|(?<=was )better", down: "worst|(?<=was )worse", flat: "\uFFFF" },
  "zh-CN": { up: "最佳", down: "最差", flat: "\uFFFF" },
};

/** Words made of both directions, which claim neither. */
const neutral: Readonly<Record<Locale, RegExp>> = {
  en: /before costs|back-cast|cut-off|\bleft out\b|per cent either side|ups and downs/giu,
  "zh-CN": /涨跌幅?|升跌|进出|流入与流出|流入流出|上下/gu,
};

const courses: readonly Course[] = ["up", "down", "flat"];

const patternOf = (words: string, locale: Locale): RegExp =>
  locale === "en" ? new RegExp(`(?<![\\w-])(?:${words})(?![\\w-])`, "giu") : new RegExp(words, "gu");

const patterns = (table: Words) =>
  Object.fromEntries(
    (["en", "zh-CN"] as const).map((locale) => [
      locale,
      courses.map((course) => [course, patternOf(table[locale][course], locale)] as const),
    ]),
  );

const motionPatterns = patterns(motion);
const rankPatterns = patterns(rank);

const wordsBy = (table: typeof motionPatterns, text: string, locale: Locale): readonly CourseWord[] => {
  const bare = text.replace(neutral[locale], (word) => "\uFFFD".repeat(word.length));
  return (table[locale] ?? [])
    .flatMap(([course, pattern]) =>
      [...bare.matchAll(pattern)].map((match) => ({
        course,
        word: match[0],
        start: match.index,
        end: match.index + match[0].length,
      })),
    )
    .sort((a, b) => a.start - b.start);
};

/** Words of a text that can carry the sign of a number, in order. */
export const motionWords = (text: string, locale: Locale): readonly CourseWord[] =>
  wordsBy(motionPatterns, text, locale);

/** Directions in which words rank a move: best is up, worst is down. */
export const ranksOf = (text: string, locale: Locale): ReadonlySet<Course> =>
  new Set(wordsBy(rankPatterns, text, locale).map(({ course }) => course));

/** Every course that a text speaks of, by any word. */
export const coursesOf = (text: string, locale: Locale): ReadonlySet<Course> =>
  new Set([...motionWords(text, locale).map(({ course }) => course), ...ranksOf(text, locale)]);
