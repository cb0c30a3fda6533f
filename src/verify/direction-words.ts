import type { Fact } from "#src/domain/fact.ts";
import type { Locale } from "#src/domain/locale.ts";
import {
  type Course,
  type CourseWord,
  coursesOf,
  motionWords,
  ranksOf,
} from "#src/verify/direction-lexicon.ts";
import { quote, type Slip, slip } from "#src/verify/finding.ts";
import { type Issue, inEachEdition } from "#src/verify/issue.ts";
import type { Mark, Page, Run, Sentence } from "#src/verify/page.ts";
import { alwaysSigned } from "#src/verify/read-printed.ts";
import { bareTexts, gap, namesOf, withoutNames } from "#src/verify/shown-text.ts";

/**
 * `direction-words`: the word that carries a magnitude's sign says the direction of the fact, in each edition; no
 * sentence contradicts the direction in its key, and none the same sentence of another edition; colours and triangles
 * agree.
 */
export const directionWords = (issue: Issue): Promise<readonly Slip[]> =>
  inEachEdition(
    issue,
    [
      (locale) => issue.page(locale).sentences.flatMap((sentence) => magnitudes(issue, sentence, locale)),
      (locale) => issue.page(locale).sentences.flatMap((sentence) => againstKey(sentence, locale)),
      (locale) => issue.page(locale).marks.flatMap((mark) => bareMagnitude(issue, mark)),
      (locale) => issue.page(locale).marks.flatMap((mark) => colour(issue, mark)),
      (locale) => triangles(issue, issue.page(locale)),
    ],
    (first, other) => [
      ...contradictions(spoken(issue, first), first, spoken(issue, other), other),
      ...contradictions(labels(issue, first), first, labels(issue, other), other),
    ],
  );

/** Whether a word must say where the number went: it has a direction, and is printed without a sign. */
const leansOnWord = (fact: Fact | undefined, style: string): fact is Fact & { readonly state: Course } =>
  fact !== undefined &&
  style === "plain" &&
  !alwaysSigned.has(fact.unit) &&
  ["up", "down", "flat"].includes(fact.state);

/** A sentence as its words alone, each fact and name a gap, with the place of each fact. */
function bared({ runs }: Sentence): { readonly text: string; readonly facts: ReadonlyMap<Mark, number> } {
  const facts = new Map<Mark, number>();
  let text = "";
  let last: Run | undefined;
  for (const run of runs) {
    if (run.mark !== null && !facts.has(run.mark)) facts.set(run.mark, text.length);
    const isSame = run.mark !== null && run.mark === last?.mark;
    text += run.kind === "text" ? run.text : isSame ? "" : gap;
    last = run;
  }
  return { text, facts };
}

function magnitudes(issue: Issue, sentence: Sentence, locale: Locale): readonly Slip[] {
  const { text, facts } = bared(sentence);
  return [...facts].flatMap(([mark, at]) => [
    ...doublySigned(mark, text.slice(0, at), locale),
    ...wronglyCarried(issue.fact(mark.id), mark, governing(text, at, locale), whole(sentence)),
  ]);
}

function wronglyCarried(
  fact: Fact | undefined,
  { id, style, where }: Mark,
  word: CourseWord | null,
  told: string,
): readonly Slip[] {
  if (!leansOnWord(fact, style) || word?.course === fact.state) return [];
  if (word !== null)
    return [slip(where, `“${word.word}” for ${id} in ${quote(told)}`, `a word that says ${fact.state}`)];
  return fact.state === "flat"
    ? []
    : [slip(where, `no word for the direction of ${id} in ${quote(told)}`, `one that says ${fact.state}`)];
}

const whole = ({ runs }: Sentence): string => runs.map(({ text }) => text).join("");

/** A signed number right after a word that has said the sign already: up −3%. */
function doublySigned(mark: Mark, before: string, locale: Locale): readonly Slip[] {
  if (!/^[+\u2212-]/u.test(mark.printed)) return [];
  const word = motionWords(before, locale).at(-1);
  return word !== undefined && before.slice(word.end).trim() === ""
    ? [slip(mark.where, `“${word.word}” before ${quote(mark.printed)}`, "a word or a sign, not both")]
    : [];
}

const clauseEnd: Readonly<Record<Locale, RegExp>> = { en: /[,;:.!?—]/u, "zh-CN": /[，；：。！？、]/u };

/**
 * The word that carries a number's sign: the nearest before it in its clause, otherwise the nearest after it there
 * (“stands 2.7% above”), otherwise the nearest before it in the sentence, otherwise the nearest after it.
 */
function governing(text: string, at: number, locale: Locale): CourseWord | null {
  const words = motionWords(text, locale);
  const before = words.filter(({ end }) => end <= at).reverse();
  const after = words.filter(({ start }) => start > at);
  const isNear = (from: number, to: number) => !clauseEnd[locale].test(text.slice(from, to));
  return (
    before.find(({ end }) => isNear(end, at)) ??
    after.find(({ start }) => isNear(at, start)) ??
    before[0] ??
    after[0] ??
    null
  );
}

/** Directions that a key may hold as a whole part of itself. */
const keyCourses: Readonly<Record<string, Course>> = {
  up: "up",
  down: "down",
  flat: "flat",
  best: "up",
  "best-on-record": "up",
  worst: "down",
  "worst-on-record": "down",
};

/** A sentence that speaks only of another direction than its key. */
function againstKey(sentence: Sentence, locale: Locale): readonly Slip[] {
  const wanted = sentence.key.split(".").flatMap((part) => keyCourses[part] ?? []);
  const told = coursesOf(bared(sentence).text, locale);
  const [course] = wanted;
  if (course === undefined || wanted.length > 1 || told.size === 0 || told.has(course)) return [];
  return [
    slip(
      sentence.where,
      `${[...told].join(" and ")} in ${quote(whole(sentence))}`,
      `a word that says ${course}`,
    ),
  ];
}

/** A magnitude that stands in no sentence, so that nothing says its direction. */
function bareMagnitude(issue: Issue, mark: Mark): readonly Slip[] {
  const fact = issue.fact(mark.id);
  return mark.sentence === null && leansOnWord(fact, mark.style) && fact.state !== "flat"
    ? [slip(mark.where, `${quote(mark.printed)} for ${mark.id}, ${fact.state}`, "a sign")]
    : [];
}

/** A colour of gain or loss round a fact that went the other way. */
function colour(issue: Issue, { id, classes, where }: Mark): readonly Slip[] {
  const state = issue.fact(id)?.state;
  return classes
    .filter((name) => (name === "up" || name === "down") && name !== state)
    .map((name) => slip(where, `the colour of ${name} on ${id}`, `that of ${state}`));
}

/** Triangles, and the fact that follows each in the same element. */
function triangles(issue: Issue, { items }: Page): readonly Slip[] {
  return items.flatMap(({ attributes, parent, where }, i) => {
    const classes = (attributes.get("class") ?? "").split(/\s+/u);
    if (!classes.includes("tri")) return [];
    const course = classes.includes("d") ? "down" : "up";
    const beside = items.find(
      (item, j) => j > i && item.parent === parent && item.attributes.has("data-fact"),
    );
    const id = beside?.attributes.get("data-fact") ?? "";
    const state = issue.fact(id)?.state;
    return state === course
      ? []
      : [slip(where, `a triangle that says ${course} beside ${id || "no fact"}`, state ?? "a fact there")];
  });
}

interface Said {
  readonly key: string;
  readonly text: string;
  readonly where: string;
}

const spoken = (issue: Issue, locale: Locale): readonly Said[] =>
  issue.page(locale).sentences.map((sentence) => ({
    key: sentence.key,
    text: bared(sentence).text,
    where: sentence.where,
  }));

/** Texts for readers who do not see, in order; they have no key. */
function labels(issue: Issue, locale: Locale): readonly Said[] {
  const names = namesOf(issue, locale);
  return bareTexts(issue.page(locale))
    .filter(({ what }) => what === "aria-label")
    .map(({ what, text, where }) => ({ key: what, text: withoutNames(text, names), where }));
}

/** Texts of two editions that stand in the same place, of which one speaks only of up and the other only of down. */
function contradictions(as: readonly Said[], a: Locale, bs: readonly Said[], b: Locale): readonly Slip[] {
  return bs.flatMap((said, i) => {
    const other = as[i];
    if (other === undefined || other.key !== said.key) return [];
    // A week that rose and was the worst speaks of both directions: what ranks it is held against what ranks it elsewhere.
    for (const told of [coursesOf, ranksOf]) {
      const [here, there] = [sideOf(said.text, b, told), sideOf(other.text, a, told)];
      if (here !== null && there !== null && here !== there)
        return [slip(said.where, `${here} in ${quote(said.text)}`, `${there}, as in ${quote(other.text)}`)];
    }
    return [];
  });
}

/** The one direction that a text speaks of; `null` when it speaks of none or of both. */
export function sideOf(text: string, locale: Locale, coursesIn = coursesOf): "up" | "down" | null {
  const told = coursesIn(text, locale);
  if (told.has("up") === told.has("down")) return null;
  return told.has("up") ? "up" : "down";
}
